// The words of the lexicon and the names of the metrics as one table: in groups
// by their first two characters, longest first. A look-up finds a group by one
// hash and compares only the words in it, eight bytes at a time.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/utf8.h"
#include "pipeline/model/rules.h"

namespace jiyao {

struct Word {
  std::string_view text;  // view into the RuleSet
  uint16_t symbol = 0;
  uint32_t entry = UINT32_MAX;     // into RuleSet::lexicon
  uint32_t metric = UINT32_MAX;    // into RuleSet::metrics
  bool after_number = true;        // may stand right behind a number (年增 may not: 2024年增长)
  bool only_after_number = false;  // a unit: 人, 倍, %
  bool before_digit = false;       // a unit that may stand before digits too: 美元3亿

  // Made by the table, so that a word is compared without going to its text:
  // whether it begins and ends with a Latin letter, and up to eight bytes behind
  // its first two characters, with the bits of them that count.
  bool latin_front = false;
  bool latin_back = false;
  bool to_back = false;  // ends in 至, which may belong to 至少
  uint64_t tail = 0;
  uint64_t tail_mask = 0;
};

class WordTable {
 public:
  explicit WordTable(const RuleSet& rules);

  // The longest word at `at` of lower-cased text, or nullptr. Latin words must
  // not touch other letters.
  const Word* longest(std::string_view text, uint32_t at, CodePoint first, bool after_number) const;

  // The longest unit at `at`, or nullptr.
  const Word* longest_unit(std::string_view text, uint32_t at, CodePoint first) const;

  const std::vector<Word>& words() const { return words_; }

 private:
  // Words that begin with the same two characters, or are the same one (0 for
  // the second): words_[begin] .. words_[end].
  struct Group {
    char32_t first = 0;
    char32_t second = 0;
    uint32_t begin = 0;
    uint32_t end = 0;  // nothing for an empty slot
  };
  static uint32_t hash(char32_t first, char32_t second) { return first * 0x9E3779B1U ^ second * 0x85EBCA6BU; }
  bool may_begin(char32_t first, char32_t second) const {
    const uint32_t bit = hash(first, second) >> 16;
    return (heads_[bit / 64] >> bit % 64 & 1) != 0;
  }
  const Group* find_group(char32_t first, char32_t second) const;
  void add_groups();
  static bool fits(const Word& word, std::string_view text, uint32_t at, uint32_t known);
  // The first word at `at`, longest first, for which wanted(word) is true.
  template <class Wanted>
  const Word* search(std::string_view text, uint32_t at, CodePoint first, const Wanted& wanted) const;

  std::vector<Word> words_;
  // A bit for every 2^16th of the pairs that begin a word: small enough to be
  // always at hand, and nearly all pairs of a text begin none.
  std::array<uint64_t, (1 << 16) / 64> heads_ = {};
  std::vector<Group> groups_;  // a hash table with open addressing
  size_t mask_ = 0;
};

}  // namespace jiyao
