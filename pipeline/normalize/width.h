// Width: NFKC, but for the characters whose compatibility form would say less
// than they do. Full-width digits, letters and signs become ASCII, half-width
// katakana and compatibility ideographs their common forms. And dashes, tildes,
// colons and slashes that only look like the common ones become those (– ― − 〜 ∶ ⁄).
#pragma once

#include <memory>
#include <string_view>

#include "pipeline/model/text.h"

namespace jiyao {

// Left as they are:
//   ① ⑴ ⒈ ㈠ ² ½  (general category No): NFKC makes digits of them, which would
//                  join the digits that follow: ①2024年 is not the year 12024
//   ，             (U+FF0C): between two numbers it parts a list, and only
//                  between full-width digits thousands
//   …              (U+2026): three full stops would end a sentence
//   ﷺ              (U+FDFA): grows eleven times, more than offsets can hold
// Immutable and thread safe.
class WidthFolder {
 public:
  WidthFolder();
  ~WidthFolder();
  NormalizedText fold(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace jiyao
