#include "pipeline/match/alphabet.h"

#include "pipeline/match/utf8.h"

namespace jiyao {
namespace {

CodePoint character(std::string_view pattern, size_t at) { return code_point_at(pattern, static_cast<uint32_t>(at)); }

}  // namespace

// More than a pattern can match does no harm, so counts ({2,3}) and what else
// is no letter of it may be added as if it were.
void Alphabet::add(std::string_view pattern) {
  for (size_t at = 0; at < pattern.size();) {
    const CodePoint c = character(pattern, at);
    const std::string_view rest = pattern.substr(at);
    if (rest.starts_with("(?P<")) {
      at = pattern.find('>', at);
      at = at == std::string_view::npos ? pattern.size() : at + 1;
    } else if (rest.starts_with("(?:")) {
      at += 3;
    } else if (rest.starts_with("(?") || c.value == '.' || c.value == '^' || c.value == '$') {
      all_ = true;
      at += c.size;
    } else if (c.value == '\\') {
      at = add_escape(pattern, at + 1);
    } else if (c.value == '[') {
      at = add_class(pattern, at + 1);
    } else {
      if (std::string_view("()|?*+").find(static_cast<char>(c.value)) == std::string_view::npos || c.value > 0x7F)
        add_range(c.value, c.value);
      at += c.size;
    }
  }
}

// The character behind a backslash is at `at`. Letters and digits name classes,
// places and code points: all but digits and white space are left to be anything.
size_t Alphabet::add_escape(std::string_view pattern, size_t at) {
  if (at >= pattern.size()) return at;
  const CodePoint c = character(pattern, at);
  if (c.value == 'd')
    add_range('0', '9');
  else if (c.value == 's')
    add_range('\t', ' ');
  else if (c.value == 'b')
    ;  // the edge of a Latin word is a place
  else if (c.value < 0x80 && (is_letter(pattern[at]) || is_digit(pattern[at])))
    all_ = true;
  else
    add_range(c.value, c.value);
  return at + c.size;
}

// The characters of […] begin at `at`.
size_t Alphabet::add_class(std::string_view pattern, size_t at) {
  if (pattern.substr(at).starts_with("^")) all_ = true;
  for (bool first = true; at < pattern.size() && (first || pattern[at] != ']'); first = false) {
    if (pattern.substr(at).starts_with("[:")) all_ = true;
    if (pattern[at] == '\\') {
      at = add_escape(pattern, at + 1);
      continue;
    }
    const CodePoint from = character(pattern, at);
    at += from.size;
    CodePoint to = from;
    if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
      to = character(pattern, at + 1);
      at += 1 + to.size;
      if (to.value == '\\') all_ = true;
    }
    add_range(from.value, to.value);
  }
  return at + 1;
}

void Alphabet::add_range(char32_t first, char32_t last) {
  if (last >= known_.size()) all_ = true;
  for (char32_t c = first; c <= last && c < known_.size(); ++c) known_[c] = true;
}

}  // namespace jiyao
