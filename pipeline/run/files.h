// Whole files into a folder, all or none.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace jiyao {

struct NamedFile {
  std::string name;  // without a folder
  std::string bytes;
};

// Makes the folder if need be. Writes in a WorkFolder and gives the files their
// names only when all are written, so that what was there stays as it was if that
// fails. `more` makes further files from those in the folder that it is called
// with, and says their names. Throws std::runtime_error with a line for the user.
using MoreFiles = std::function<std::vector<std::string>(const std::filesystem::path&)>;
void write_files(const std::filesystem::path& folder, const std::vector<NamedFile>& files, const MoreFiles& more = {});

}  // namespace jiyao
