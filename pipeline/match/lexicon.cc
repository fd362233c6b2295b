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
  std::stable_sort(words_.begin(), words_.end(), [](const Word& a, const Word& b) {
    const char32_t ca = code_point_at(a.text, 0).value, cb = code_point_at(b.text, 0).value;
    if (ca != cb) return ca < cb;
    if (a.text.size() != b.text.size()) return a.text.size() > b.text.size();
    return a.only_after_number > b.only_after_number;
  });
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

const Word* WordTable::longest(std::string_view text, uint32_t at, CodePoint first, bool after_number) const {
  if (first.value > 0xFFFF) return nullptr;
  for (uint32_t i = first_[first.value]; i < first_[first.value + 1]; ++i) {
    const Word& w = words_[i];
    if (after_number ? !w.after_number : w.only_after_number) continue;
    if (fits(w, text, at)) return &w;
  }
  return nullptr;
}

const Word* WordTable::longest_unit(std::string_view text, uint32_t at, CodePoint first) const {
  if (first.value > 0xFFFF) return nullptr;
  for (uint32_t i = first_[first.value]; i < first_[first.value + 1]; ++i)
    if (words_[i].only_after_number && fits(words_[i], text, at)) return &words_[i];
  return nullptr;
}

}  // namespace jiyao
