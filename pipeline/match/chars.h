// What each character may begin, so that most of a text costs one look-up a
// character.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/match/alphabet.h"
#include "pipeline/match/lexicon.h"

namespace jiyao {

class CharTable {
 public:
  enum Flag : uint8_t {
    kWord = 1,        // of the lexicon or a metric name
    kUnit = 2,        // a word that stands behind numbers only
    kNumeral = 4,     // 一 十 百 数 几 上 …
    kEnclosed = 8,    // ① ⑴ ⒈ ❶ and the like, which stand for list numbers
    kPrivate = 16,    // in the range of symbols
    kPattern = 32,    // a mention pattern can match it
    kOpenEnded = 64,  // 多 余 几 来 +, and the / and · of 元/吨·天: a unit may stand behind it still
  };

  CharTable(const WordTable& words, const Alphabet& alphabet);

  uint8_t operator[](char32_t c) const { return c < flags_.size() ? flags_[c] : beyond_; }

 private:
  std::vector<uint8_t> flags_;  // of the BMP
  uint8_t beyond_ = 0;
};

}  // namespace jiyao
