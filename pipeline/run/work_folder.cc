#include "pipeline/run/work_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace jiyao {

WorkFolder::WorkFolder(const std::filesystem::path& parent) {
  std::string name = (parent / ".jiyao-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error(parent.string() + ": cannot be written: " + std::strerror(errno));
  }
  path_ = name;
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace jiyao
