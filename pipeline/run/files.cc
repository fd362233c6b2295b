#include "pipeline/run/files.h"

#include <fstream>
#include <stdexcept>
#include <system_error>

#include "pipeline/run/work_folder.h"

namespace jiyao {

namespace fs = std::filesystem;

void write_files(const fs::path& folder, const std::vector<NamedFile>& files, const MoreFiles& more) {
  const auto fail = [](const fs::path& path, const std::string& what) {
    throw std::runtime_error(path.string() + ": " + what);
  };
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder, error)) fail(folder, "cannot be made a folder; give -o another one");
  const WorkFolder work(folder);
  std::vector<std::string> names;
  for (const NamedFile& file : files) {
    std::ofstream out(work.path() / file.name, std::ios::binary | std::ios::trunc);
    out << file.bytes;
    out.close();
    if (!out) fail(folder / file.name, "cannot be written; is the disk full?");
    names.push_back(file.name);
  }
  if (more) {
    for (std::string& name : more(work.path())) names.push_back(std::move(name));
  }
  const auto together = WorkFolder::hold();
  for (const std::string& name : names) {
    fs::rename(work.path() / name, folder / name, error);
    if (error) fail(folder / name, error.message());
  }
}

}  // namespace jiyao
