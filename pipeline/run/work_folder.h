// A folder for what is not complete as yet.
#pragma once

#include <filesystem>
#include <string>

namespace jiyao {

// Made beside where its files will go, so that renaming them there is one step;
// nobody else writes into it. It and all that is left in it go when the object
// does. Not thread safe.
class WorkFolder {
 public:
  // `.jiyao-…` in `parent`, which must exist. Throws std::runtime_error with a
  // line for the user.
  explicit WorkFolder(const std::filesystem::path& parent);
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace jiyao
