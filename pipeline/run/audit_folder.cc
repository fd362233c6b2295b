#include "pipeline/run/audit_folder.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace jiyao {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& what) {
  throw std::runtime_error(path.string() + ": " + what);
}

// A comment behind the end of the document (HTML standard, 13.1).
std::string last_line(const std::string& page) { return "<!-- jiyao audit page " + page + " -->\n"; }

void expect_not_in_the_way(const fs::path& path) {
  std::error_code failed;
  const bool exists = fs::symlink_status(path, failed).type() != fs::file_type::not_found;
  if (exists && !is_audit_page(path)) fail(path, "was not written by jiyao; move it away, or give -o another folder");
}

}  // namespace

bool is_audit_page(const fs::path& path) {
  std::error_code failed;
  if (fs::symlink_status(path, failed).type() != fs::file_type::regular) return false;
  const std::string expected = last_line(path.filename().string());
  std::string end(expected.size(), '\0');
  std::ifstream in(path, std::ios::binary);
  in.seekg(-static_cast<std::streamoff>(expected.size()), std::ios::end);
  return in.read(end.data(), static_cast<std::streamsize>(end.size())) && end == expected;
}

AuditFolder::AuditFolder(fs::path folder, fs::path work, const std::vector<std::string>& pages)
    : folder_(std::move(folder)), work_(std::move(work)) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(folder_, error).type();
  if (type != fs::file_type::not_found && type != fs::file_type::directory) {
    fail(folder_, "is no folder; move it away, or give -o another folder");
  }
  if (type == fs::file_type::directory) {
    expect_not_in_the_way(folder_ / kAuditIndex);
    for (const std::string& page : pages) expect_not_in_the_way(folder_ / page);
  }
  fs::create_directory(work_, error);
  if (error) fail(work_, error.message());
}

void AuditFolder::append(const std::string& page, const std::string& text) {
  std::ofstream out(work_ / page, std::ios::binary | std::ios::app);
  out << text;
  out.close();
  if (!out) fail(folder_ / page, "cannot be written; is the disk full?");
}

void AuditFolder::close(const std::string& page) {
  append(page, last_line(page));
  closed_.push_back(page);
}

void AuditFolder::commit() {
  std::error_code error;
  fs::create_directory(folder_, error);
  if (error) fail(folder_, error.message());
  for (const std::string& page : closed_) {
    expect_not_in_the_way(folder_ / page);
    fs::rename(work_ / page, folder_ / page, error);
    if (error) fail(folder_ / page, error.message());
  }
  std::sort(closed_.begin(), closed_.end());
  std::vector<fs::path> stale;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (!std::binary_search(closed_.begin(), closed_.end(), name) && is_audit_page(entry.path())) {
      stale.push_back(entry.path());
    }
  }
  for (const fs::path& page : stale) fs::remove(page);
}

}  // namespace jiyao
