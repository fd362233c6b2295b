// What a pattern tells of itself before it is run: with which characters a
// match can begin, and which ones it cannot do without. Most patterns match at
// few places of few texts, and to see that costs far less than to run them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiyao {

// A set of characters; `any` if it is not known which.
struct CharSet {
  std::u32string characters;  // sorted, each once
  bool any = false;

  void add(const CharSet& other);
};

struct PatternShape {
  CharSet first;               // with which a match begins
  bool may_be_empty = true;    // a match may have no character
  std::vector<CharSet> needs;  // every match has one character of each, in this order

  // Of a pattern in RE2's syntax, as expand_pattern() makes it. Total: what it
  // does not know may begin with anything and needs nothing.
  static PatternShape of(std::string_view pattern);
};

}  // namespace jiyao
