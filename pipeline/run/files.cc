#include "pipeline/run/files.h"

#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace jiyao {

namespace fs = std::filesystem;

namespace {

// Removes what has not got its name.
struct Temporaries {
  std::vector<std::pair<fs::path, fs::path>> names;  // temporary, final
  ~Temporaries() {
    std::error_code ignored;
    for (const auto& [temporary, name] : names) fs::remove(temporary, ignored);
  }
};

}  // namespace

void write_files(const fs::path& folder, const std::vector<NamedFile>& files) {
  const auto fail = [](const fs::path& path, const std::string& what) {
    throw std::runtime_error(path.string() + ": " + what);
  };
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder, error)) fail(folder, "cannot be made a folder; give -o another one");
  Temporaries made;
  for (const NamedFile& file : files) {
    // The process id keeps two runs into one folder apart.
    const fs::path temporary = folder / ("." + file.name + "." + std::to_string(getpid()));
    made.names.emplace_back(temporary, folder / file.name);
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out << file.bytes;
    out.close();
    if (!out) fail(folder / file.name, "cannot be written; is the disk full?");
  }
  for (const auto& [temporary, name] : made.names) {
    fs::rename(temporary, name, error);
    if (error) fail(name, error.message());
  }
}

}  // namespace jiyao
