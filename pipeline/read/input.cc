#include <fmt/format.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "pipeline/read/bytes.h"
#include "pipeline/read/encoding.h"
#include "pipeline/read/read.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStdin = "-";

// A file name may be any bytes; in the tables it is UTF-8.
std::string utf8_name(const fs::path& path) {
  std::string name = path.generic_string();
  if (find_invalid_utf8(name) == std::string::npos) return name;
  std::string repaired;
  icu::UnicodeString::fromUTF8(name).toUTF8String(repaired);
  return repaired;
}

bool is_text_name(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) c = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return extension == ".txt" || extension == ".md";
}

struct Finder {
  Inputs inputs;
  std::set<std::string> seen;   // canonical paths
  std::vector<fs::path> given;  // of each found input: what stands for its name if that is taken

  void take(const fs::path& path, std::string document) {
    std::error_code failed;
    const fs::path real = path == kStdin ? path : fs::canonical(path, failed);
    if (!seen.insert(failed ? path.string() : real.string()).second) return;
    inputs.found.push_back({path, std::move(document)});
    given.push_back(path.lexically_normal());
  }

  void fail(const fs::path& path, const std::string& what) {
    inputs.errors.push_back({fmt::format("{}: {}", utf8_name(path), what)});
  }

  void search(const fs::path& root, const fs::path& folder);
  void take_entry(const fs::path& root, const fs::directory_entry& entry);
  void take_path(const fs::path& path);
  void name_apart();
};

void Finder::take_entry(const fs::path& root, const fs::directory_entry& entry) {
  std::error_code failed;
  const fs::path& path = entry.path();
  const bool hidden = path.filename().string().starts_with('.');
  if (!hidden && entry.is_directory(failed) && !entry.is_symlink(failed)) return search(root, path);
  if (!hidden && entry.is_regular_file(failed) && is_text_name(path)) {
    return take(path, utf8_name(path.lexically_relative(root)));
  }
  inputs.skipped.push_back(utf8_name(path));
}

// Files and folders of one folder in the order of their names. Links to
// folders are not followed, so there is no circle.
void Finder::search(const fs::path& root, const fs::path& folder) {
  std::vector<fs::directory_entry> entries;
  std::error_code failed;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    entries.push_back(*it);
  }
  if (failed) fail(folder, failed.message() + "; this folder was not read to its end");
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& entry : entries) take_entry(root, entry);
}

void Finder::take_path(const fs::path& path) {
  if (path == kStdin) return take(path, "stdin");
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (status.type() == fs::file_type::not_found) return fail(path, "no such file or folder; check the path");
  if (failed) return fail(path, failed.message());
  if (fs::is_directory(status)) return search(path, path);
  take(path, utf8_name(path.filename()));
}

// Documents of one name could not be told apart in the tables.
void Finder::name_apart() {
  std::map<std::string, int> count;
  for (const Input& input : inputs.found) ++count[input.document];
  for (size_t i = 0; i < inputs.found.size(); ++i) {
    Input& input = inputs.found[i];
    if (count[input.document] > 1) input.document = utf8_name(given[i]);
  }
}

// Up to one byte more than is allowed, which decode() then refuses.
std::string read_all(std::istream& in) {
  std::string bytes;
  std::string piece(size_t{1} << 16, '\0');
  while (bytes.size() <= kMaxTextBytes) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (in.gcount() <= 0) break;
    bytes.append(piece, 0, static_cast<size_t>(in.gcount()));
  }
  return bytes;
}

}  // namespace

Inputs find_inputs(const std::vector<std::string>& paths) {
  Finder finder;
  for (const std::string& path : paths) finder.take_path(path);
  finder.name_apart();
  return std::move(finder.inputs);
}

std::variant<std::string, ReadError> read_bytes(const Input& input) {
  std::string bytes;
  if (input.path == kStdin) {
    bytes = read_all(std::cin);
    if (std::cin.bad()) return ReadError{input.document + ": standard input cannot be read"};
    return bytes;
  }
  const std::string path = utf8_name(input.path);
  std::error_code failed;
  if (fs::is_directory(input.path, failed)) return ReadError{path + ": this is a folder"};
  const auto size = fs::file_size(input.path, failed);  // fails for what is no regular file
  if (!failed && size > kMaxTextBytes)
    return ReadError{fmt::format("{}: larger than {} MiB; split it", path, kMaxTextBytes >> 20)};
  errno = 0;
  std::ifstream in(input.path, std::ios::binary);
  if (!in) return ReadError{fmt::format("{}: {}", path, std::strerror(errno))};
  bytes = read_all(in);
  if (in.bad()) return ReadError{path + ": cannot be read to its end"};
  return bytes;
}

std::variant<SourceText, ReadError> read(const Input& input, const std::string& encoding) {
  auto bytes = read_bytes(input);
  if (auto* error = std::get_if<ReadError>(&bytes)) return std::move(*error);
  const std::string name = input.path == kStdin ? input.document : utf8_name(input.path);
  auto result = decode(std::get<std::string>(std::move(bytes)), name, encoding);
  if (auto* source = std::get_if<SourceText>(&result)) source->document = input.document;
  return result;
}

}  // namespace jiyao
