#include "pipeline/run/work_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <set>
#include <stdexcept>
#include <system_error>

namespace jiyao {

namespace {

namespace fs = std::filesystem;

struct Present {
  std::mutex mutex;
  std::set<fs::path> folders;
};

Present& present() {
  static Present all;
  return all;
}

// Others may write into it at the same time.
void remove_whole(const fs::path& folder) {
  constexpr int kMostTimes = 100;
  std::error_code failed;
  for (int i = 0; i < kMostTimes && fs::exists(folder, failed); ++i) fs::remove_all(folder, failed);
}

}  // namespace

WorkFolder::WorkFolder(const fs::path& parent) {
  std::string name = (parent / ".jiyao-XXXXXX").string();
  const auto lock = hold();
  if (mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error(parent.string() + ": cannot be written: " + std::strerror(errno));
  }
  path_ = name;
  present().folders.insert(path_);
}

WorkFolder::~WorkFolder() {
  const auto lock = hold();
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  present().folders.erase(path_);
}

void WorkFolder::abandon_all() {
  auto lock = hold();
  for (const fs::path& folder : present().folders) remove_whole(folder);
  lock.release();
}

std::unique_lock<std::mutex> WorkFolder::hold() { return std::unique_lock(present().mutex); }

}  // namespace jiyao
