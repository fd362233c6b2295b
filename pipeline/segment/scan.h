// Reading folded text code point by code point, and what a code point is to
// segmentation. All functions are total: a byte that is no UTF-8 counts as one
// code point of its own.
#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/model/span.h"

namespace jiyao::segmenting {

struct CodePoint {
  char32_t value = 0;
  uint32_t size = 0;  // in bytes; 0 past the end of the text
};

CodePoint code_point_at(std::string_view text, size_t at);
CodePoint code_point_before(std::string_view text, size_t at);
uint32_t count_code_points(std::string_view text);

bool is_space(char32_t c);
bool is_digit(char32_t c);
bool is_latin(char32_t c);
bool is_cjk(char32_t c);    // Han only
bool is_final(char32_t c);  // 。 ! ?
bool is_closer(char32_t c);

// Without the white space at both ends.
Span trimmed(std::string_view text, Span span);
size_t skip_spaces(std::string_view text, size_t at);

// Final punctuation at the end, perhaps followed by closing quotes and brackets.
bool ends_sentence(std::string_view text);

// "+8.4%", "12亿": a quantity, so that what stands before the colon is a label of it.
bool starts_with_value(std::string_view text);

// The next end of a line (\n \v \f \r) at or behind `at`, else the text's.
uint32_t line_end(std::string_view text, uint32_t at);

// Every line, without its end; the last one may be empty.
template <typename Use>
void for_each_line(std::string_view text, Use use) {
  for (uint32_t begin = 0;;) {
    const uint32_t end = line_end(text, begin);
    use(Span{begin, end});
    if (end == text.size()) return;
    begin = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
}

// Han of three bytes begin with these: most of a text, and none of it marks.
inline bool begins_han(char c) {
  return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9;
}

inline std::string_view cut_out(std::string_view text, Span span) { return text.substr(span.begin, span.size()); }

}  // namespace jiyao::segmenting
