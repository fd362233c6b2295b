// A folder for what is not complete as yet.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>

namespace jiyao {

// Made beside where its files will go, so that renaming them there is one step;
// nobody else writes into it. It and all that is left in it go when the object
// does. Not thread safe, but for the static functions.
class WorkFolder {
 public:
  // `.jiyao-…` in `parent`, which must exist. Throws std::runtime_error with a
  // line for the user.
  explicit WorkFolder(const std::filesystem::path& parent);
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // For a program that ends at once, whatever its other threads are doing:
  // removes all work folders there are. A thread that fails because of it stays
  // in its ~WorkFolder(), so that it tells nobody.
  static void abandon_all();

  // While it is held abandon_all() waits: what belongs together gets its names
  // together.
  [[nodiscard]] static std::unique_lock<std::mutex> hold();

 private:
  std::filesystem::path path_;
};

}  // namespace jiyao
