#include "pipeline/match/lexicon.h"

#include <algorithm>

#include "pipeline/model/symbols.h"

namespace jiyao {

WordTable::WordTable(const RuleSet& rules) {
  for (uint32_t i = 0; i < rules.lexicon.size(); ++i) {
    const LexiconEntry& e = rules.lexicon[i];
    Word w{e.word, class_symbol(e.lexeme_class), i};
    if (auto it = e.attributes.find("after_number"); it != e.attributes.end()) {
      w.after_number = it->second != "no";
      w.only_after_number = it->second == "only";
    }
    words_.push_back(w);
  }
  for (uint32_t m = 0; m < rules.metrics.size(); ++m)
    for (const std::string& name : rules.metrics[m].names) words_.push_back({name, kMetric, UINT32_MAX, m});
  // 年增, 月活: behind a number the first character is the number's (2024年增长).
  for (Word& w : words_)
    for (std::string_view unit : {"年", "季", "月", "日"})
      if (w.text.starts_with(unit)) w.after_number = false;
  std::erase_if(words_, [](const Word& w) { return code_point_at(w.text, 0).value > 0xFFFF; });
  const auto second = [](const Word& w) {
    const uint32_t at = code_point_at(w.text, 0).size;
    return at < w.text.size() ? code_point_at(w.text, at).value : U'\0';
  };
  std::stable_sort(words_.begin(), words_.end(), [&](const Word& a, const Word& b) {
    const char32_t ca = code_point_at(a.text, 0).value, cb = code_point_at(b.text, 0).value;
    if (ca != cb) return ca < cb;
    if (second(a) != second(b)) return second(a) < second(b);
    if (a.text.size() != b.text.size()) return a.text.size() > b.text.size();
    return a.only_after_number > b.only_after_number;
  });
  for (const Word& w : words_) second_.push_back(second(w));
  first_.assign(0x10001, 0);
  size_t i = 0;
  for (uint32_t c = 0; c <= 0x10000; ++c) {
    while (i < words_.size() && code_point_at(words_[i].text, 0).value < c) ++i;
    first_[c] = static_cast<uint32_t>(i);
  }
}

// Latin words must not touch other letters.
bool WordTable::fits(const Word& word, std::string_view text, uint32_t at) {
  const std::string_view rest = text.substr(at);
  if (!rest.starts_with(word.text)) return false;
  if (is_letter(word.text.front()) && at > 0 && is_letter(text[at - 1])) return false;
  return !(is_letter(word.text.back()) && word.text.size() < rest.size() && is_letter(rest[word.text.size()]));
}

template <class Found>
const Word* WordTable::search(std::string_view text, uint32_t at, CodePoint first, const Found& found) const {
  if (first.value > 0xFFFF) return nullptr;
  const uint32_t begin = first_[first.value], end = first_[first.value + 1];
  if (begin == end) return nullptr;
  const auto scan = [&](char32_t next) -> const Word* {
    const auto range = std::equal_range(second_.begin() + begin, second_.begin() + end, next);
    for (auto it = range.first; it != range.second; ++it) {
      const Word& w = words_[static_cast<size_t>(it - second_.begin())];
      if (found(w) && fits(w, text, at)) return &w;
    }
    return nullptr;
  };
  const uint32_t next = at + first.size;
  if (next < text.size())
    if (const Word* w = scan(code_point_at(text, next).value)) return w;
  return scan(U'\0');
}

const Word* WordTable::longest(std::string_view text, uint32_t at, CodePoint first, bool after_number) const {
  return search(text, at, first, [&](const Word& w) { return after_number ? w.after_number : !w.only_after_number; });
}

const Word* WordTable::longest_unit(std::string_view text, uint32_t at, CodePoint first) const {
  return search(text, at, first, [](const Word& w) { return w.only_after_number; });
}

}  // namespace jiyao
