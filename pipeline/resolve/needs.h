// Which of many patterns cannot match a text, seen without running them: a
// pattern is left out if the text has not, in their order, the characters that
// every match of it has. Nearly all patterns lack some in nearly all sentences.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/model/pattern_shape.h"

namespace jiyao {

// Immutable after the last add(), then thread safe.
class NeedIndex {
 public:
  NeedIndex() : kind_of_(0x10000, 0), kinds_(1) {}

  void add(std::string_view pattern);

  // The patterns that may match `text`, by the order in which they were added.
  // `scratch` and `found` are overwritten.
  void find(std::string_view text, std::vector<uint16_t>& scratch, std::vector<uint32_t>& found) const;

 private:
  static constexpr size_t kMost = 256;  // needs; those beyond are not asked for
  using Bits = std::bitset<kMost>;
  struct Pattern {
    Bits all;
    std::vector<uint16_t> in_order;
  };

  uint16_t number_of(const CharSet& need);
  bool in_order(const Pattern& pattern, const std::vector<uint16_t>& kinds) const;

  std::vector<Pattern> patterns_;
  std::vector<CharSet> needs_;
  // Characters that meet the same needs are of one kind; kind 0 meets none.
  std::vector<uint16_t> kind_of_;
  std::vector<Bits> kinds_;
};

}  // namespace jiyao
