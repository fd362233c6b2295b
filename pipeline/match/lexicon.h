// The words of the lexicon and the names of the metrics as one table: by first
// code point, then by second, longest first. A look-up costs one load where no
// word begins, and compares only words that agree in two characters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/utf8.h"
#include "pipeline/model/rules.h"

namespace jiyao {

struct Word {
  std::string_view text;    // view into the RuleSet
  uint16_t symbol = 0;
  uint32_t entry = UINT32_MAX;   // into RuleSet::lexicon
  uint32_t metric = UINT32_MAX;  // into RuleSet::metrics
  bool after_number = true;      // may stand right behind a number (年增 may not: 2024年增长)
  bool only_after_number = false;  // a unit: 人, 倍, %
};

class WordTable {
 public:
  explicit WordTable(const RuleSet& rules);

  // The longest word at `at` of lower-cased text, or nullptr. Latin words must
  // not touch other letters.
  const Word* longest(std::string_view text, uint32_t at, CodePoint first, bool after_number) const;

  // The longest unit at `at`, or nullptr.
  const Word* longest_unit(std::string_view text, uint32_t at, CodePoint first) const;

  bool begins(char32_t c) const { return c < first_.size() && first_[c] != first_[c + 1]; }

 private:
  static bool fits(const Word& word, std::string_view text, uint32_t at);
  // Calls found(word) for the words at `at`, longest first, until it returns true.
  template <class Found>
  const Word* search(std::string_view text, uint32_t at, CodePoint first, const Found& found) const;

  std::vector<Word> words_;
  std::vector<char32_t> second_;  // of each word: its second code point, 0 if it has none
  std::vector<uint32_t> first_;  // first_[c] .. first_[c + 1]: words that begin with code point c of the BMP
};

}  // namespace jiyao
