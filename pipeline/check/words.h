// Looking for words in a part of the folded text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/span.h"

namespace jiyao {

// Nothing if the span lies outside of the text.
inline std::string_view cut_out(std::string_view text, Span span) {
  const size_t begin = std::min<size_t>(span.begin, text.size());
  return text.substr(begin, span.end > begin ? span.end - begin : 0);
}

inline bool has_any(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const auto& word) { return text.find(word) != text.npos; });
}

}  // namespace jiyao
