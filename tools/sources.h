// The texts that tables are of, found by their names in the tables.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/read.h"

namespace jiyao::command {

// Holds one text at a time. What cannot be read is reported.
class Sources {
 public:
  // `paths` as extract takes them; none: no text is known.
  explicit Sources(const std::vector<std::string>& paths, std::string encoding = "");

  bool empty() const { return inputs_.empty(); }

  // The file's path, if there is one, else the document's name.
  std::string path(std::string_view document) const;

  // Nothing if there is no such text, or another one than that of `sha256`.
  // Good until the next call.
  const SourceText* text(std::string_view document, std::string_view sha256);

 private:
  const Input* find(std::string_view document) const;
  void read_text(std::string_view document);

  std::string encoding_;
  std::map<std::string, Input, std::less<>> inputs_;
  std::string document_;
  std::optional<SourceText> source_;
};

}  // namespace jiyao::command
