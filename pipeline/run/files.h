// Whole files into a folder, all or none.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace jiyao {

struct NamedFile {
  std::string name;  // without a folder
  std::string bytes;
};

// Makes the folder if need be. Writes under temporary names and gives the files
// their names only when all are written, so that what was there stays as it was
// if that fails. Throws std::runtime_error with a line for the user.
void write_files(const std::filesystem::path& folder, const std::vector<NamedFile>& files);

}  // namespace jiyao
