#include "pipeline/model/pattern_shape.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace jiyao {
namespace {

// A class of more characters than this is as good as any.
constexpr char32_t kMostInRange = 512;

PatternShape one_of(CharSet characters) {
  PatternShape shape{characters, false, {}};
  if (!characters.any) shape.needs.push_back(std::move(characters));
  return shape;
}

PatternShape then(PatternShape a, PatternShape b) {
  if (a.may_be_empty) a.first.add(b.first);
  a.may_be_empty = a.may_be_empty && b.may_be_empty;
  std::move(b.needs.begin(), b.needs.end(), std::back_inserter(a.needs));
  return a;
}

// The rarest of what it needs.
const CharSet& smallest(const std::vector<CharSet>& needs) {
  return *std::min_element(needs.begin(), needs.end(), [](const CharSet& a, const CharSet& b) {
    return a.characters.size() < b.characters.size();
  });
}

// Either has a character of its own needs, so both have one of a set of both.
PatternShape either(PatternShape a, const PatternShape& b) {
  a.first.add(b.first);
  a.may_be_empty = a.may_be_empty || b.may_be_empty;
  if (a.needs.empty() || b.needs.empty()) {
    a.needs.clear();
  } else {
    CharSet both = smallest(a.needs);
    both.add(smallest(b.needs));
    a.needs = {std::move(both)};
  }
  return a;
}

// Recursive descent over the syntax that rules use. `failed_` at anything else.
class Reader {
 public:
  explicit Reader(std::string_view pattern) : text_(pattern) {}

  std::optional<PatternShape> read() {
    PatternShape shape = alternatives();
    if (failed_ || at_ != text_.size()) return std::nullopt;
    return shape;
  }

 private:
  bool peeks(std::string_view next) const { return text_.substr(at_).starts_with(next); }
  bool takes(std::string_view next) {
    if (!peeks(next)) return false;
    at_ += next.size();
    return true;
  }

  char32_t character() {
    const auto lead = static_cast<unsigned char>(text_[at_]);
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (size_t i = 1; i < size && at_ + i < text_.size(); ++i) {
      c = (c << 6) | (static_cast<unsigned char>(text_[at_ + i]) & 0x3FU);
    }
    at_ = std::min(at_ + size, text_.size());
    return c;
  }

  PatternShape alternatives() {
    PatternShape shape = sequence();
    while (!failed_ && takes("|")) shape = either(std::move(shape), sequence());
    return shape;
  }

  PatternShape sequence() {
    PatternShape shape;
    while (!failed_ && at_ < text_.size() && !peeks("|") && !peeks(")")) shape = then(std::move(shape), repeated());
    return shape;
  }

  PatternShape repeated() {
    PatternShape shape = item();
    bool optional = false;
    for (bool more = true; more && !failed_;) {
      if (takes("*") || takes("?")) {
        optional = true;
      } else if (takes("{")) {
        optional = optional || peeks("0") || peeks(",");
        const size_t end = text_.find('}', at_);
        failed_ = end == std::string_view::npos;
        if (!failed_) at_ = end + 1;
      } else {
        more = takes("+");
      }
    }
    if (optional) {
      shape.may_be_empty = true;
      shape.needs.clear();
    }
    return shape;
  }

  PatternShape item() {
    if (takes("(")) return group();
    if (takes("[")) return char_class();
    if (takes("\\")) return escape();
    if (takes("^") || takes("$")) return {};
    if (takes(".")) return one_of({{}, true});
    return one_of({std::u32string(1, character()), false});
  }

  PatternShape group() {
    if (takes("?P<")) {
      const size_t end = text_.find('>', at_);
      failed_ = end == std::string_view::npos;
      if (!failed_) at_ = end + 1;
    } else if (!takes("?:")) {
      failed_ = failed_ || peeks("?");
    }
    if (failed_) return {};
    PatternShape shape = alternatives();
    failed_ = failed_ || !takes(")");
    return shape;
  }

  // The character behind a backslash; a letter or digit names a class or a place.
  PatternShape escape() {
    if (takes("b")) return {};
    if (takes("d")) return one_of({U"0123456789", false});
    for (const char* kind : {"D", "s", "S", "w", "W"}) {
      if (takes(kind)) return one_of({{}, true});
    }
    failed_ = failed_ || at_ >= text_.size() || is_name(text_[at_]);
    return failed_ ? PatternShape{} : one_of({std::u32string(1, character()), false});
  }

  static bool is_name(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  PatternShape char_class() {
    CharSet set;
    if (takes("^")) set.any = true;
    for (bool first = true; at_ < text_.size() && (first || !peeks("]")); first = false) {
      // [:alpha:], \d and the like.
      if (peeks("[:") || (peeks("\\") && at_ + 1 < text_.size() && is_name(text_[at_ + 1]))) set.any = true;
      takes("\\");
      if (at_ >= text_.size()) break;
      const char32_t from = character();
      char32_t to = from;
      if (peeks("-") && !peeks("-]")) {
        takes("-");
        if (peeks("\\")) set.any = true;
        if (at_ < text_.size()) to = character();
      }
      if (to < from || to - from > kMostInRange) set.any = true;
      std::u32string range;
      for (char32_t c = from; c <= to && !set.any; ++c) range += c;
      set.add({range, set.any});
    }
    failed_ = !takes("]");
    return one_of(std::move(set));
  }

  std::string_view text_;
  size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace

void CharSet::add(const CharSet& other) {
  any = any || other.any;
  characters = any ? std::u32string() : characters + other.characters;
  std::sort(characters.begin(), characters.end());
  characters.erase(std::unique(characters.begin(), characters.end()), characters.end());
}

PatternShape PatternShape::of(std::string_view pattern) {
  return Reader(pattern).read().value_or(PatternShape{{{}, true}, true, {}});
}

}  // namespace jiyao
