// The audit pages of a result as files of one folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace jiyao {

// Pages are written in a folder of their own and moved to where they belong in
// commit(). Pages of an earlier run that are not among them are then removed:
// files whose last line says that they are jiyao's page of this very name. What
// else lies there (notes, copies of pages, review.json) is left alone.
// Not thread safe; all functions throw std::runtime_error with a line for the user.
class AuditFolder {
 public:
  // `work` is made. A file in `folder` that has the name of one of `pages` or of
  // the index and is not jiyao's is an error.
  AuditFolder(std::filesystem::path folder, std::filesystem::path work, const std::vector<std::string>& pages);

  // A page grows by what it is given; `page` is its file name.
  void append(const std::string& page, const std::string& text);
  // Behind the last of it.
  void close(const std::string& page);

  void commit();

 private:
  std::filesystem::path folder_;
  std::filesystem::path work_;
  std::vector<std::string> closed_;
};

// Whether the file at `path` is a page that jiyao wrote under this very name.
bool is_audit_page(const std::filesystem::path& path);

constexpr const char* kAuditIndex = "index.html";

}  // namespace jiyao
