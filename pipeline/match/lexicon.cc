#include "pipeline/match/lexicon.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "pipeline/model/symbols.h"

namespace jiyao {
namespace {

using Head = std::pair<char32_t, char32_t>;

Head head_of(std::string_view word) {
  const CodePoint first = code_point_at(word, 0);
  return {first.value, first.size < word.size() ? code_point_at(word, first.size).value : U'\0'};
}

// Bytes of its first two characters.
uint32_t head_size(std::string_view word) {
  const uint32_t first = code_point_at(word, 0).size;
  return first < word.size() ? first + code_point_at(word, first).size : first;
}

// 美元3亿, 美元:-3亿; but 美元3月 and 美元16:30 are no money.
bool amount_follows(std::string_view text, size_t at) {
  at = text.find_first_not_of(" :-+", at);
  if (at == std::string_view::npos || !is_digit(text[at])) return false;
  const std::string_view behind = text.substr(std::min(text.find_first_not_of("0123456789,.", at), text.size()));
  return std::ranges::none_of(
      std::to_array<std::string_view>({"年", "个月", "月", "周", "天", "日", "号", "季", "时", ":"}),
      [&](std::string_view time) { return behind.starts_with(time); });
}

// The first eight bytes, with zeros behind the end.
uint64_t eight_bytes(std::string_view text) {
  uint64_t bytes = 0;
  if (text.size() >= sizeof bytes) {
    std::memcpy(&bytes, text.data(), sizeof bytes);
  } else {
    std::memcpy(&bytes, text.data(), text.size());
  }
  return bytes;
}

}  // namespace

WordTable::WordTable(const RuleSet& rules) {
  for (uint32_t i = 0; i < rules.lexicon.size(); ++i) {
    const LexiconEntry& e = rules.lexicon[i];
    Word w{e.word, class_symbol(e.lexeme_class), i};
    if (auto it = e.attributes.find("after_number"); it != e.attributes.end()) {
      w.after_number = it->second != "no";
      w.before_digit = it->second == "beside";
      w.only_after_number = it->second == "only" || w.before_digit;
    }
    words_.push_back(w);
  }
  for (uint32_t m = 0; m < rules.metrics.size(); ++m)
    for (const std::string& name : rules.metrics[m].names) words_.push_back({name, kMetric, UINT32_MAX, m});
  // 年增, 月活, 多元: behind a number the first character is the number's (2024年增长,
  // 3亿多元).
  for (Word& w : words_)
    for (std::string_view unit : {"年", "季", "月", "日", "多", "余"})
      if (w.text.starts_with(unit) && !w.only_after_number) w.after_number = false;
  std::erase_if(words_, [](const Word& w) { return w.text.empty() || code_point_at(w.text, 0).value > 0xFFFF; });
  std::stable_sort(words_.begin(), words_.end(), [](const Word& a, const Word& b) {
    const Head ha = head_of(a.text), hb = head_of(b.text);
    if (ha != hb) return ha < hb;
    if (a.text.size() != b.text.size()) return a.text.size() > b.text.size();
    return a.only_after_number > b.only_after_number;
  });
  for (Word& word : words_) {
    const std::string_view tail = word.text.substr(head_size(word.text), sizeof word.tail);
    word.tail = eight_bytes(tail);
    std::memset(&word.tail_mask, 0xFF, tail.size());
    word.latin_front = is_letter(word.text.front());
    word.latin_back = is_letter(word.text.back());
    word.to_back = word.text.ends_with("至") && word.text != "至";
  }
  add_groups();
}

void WordTable::add_groups() {
  size_t heads = 0;
  for (size_t i = 0; i < words_.size(); ++i)
    heads += i == 0 || head_of(words_[i].text) != head_of(words_[i - 1].text) ? 1 : 0;
  groups_.resize(std::bit_ceil(heads * 2 + 1));
  mask_ = groups_.size() - 1;
  for (uint32_t i = 0; i < words_.size(); ++i) {
    const auto [first, second] = head_of(words_[i].text);
    heads_[(hash(first, second) >> 16) / 64] |= uint64_t{1} << (hash(first, second) >> 16) % 64;
    size_t at = hash(first, second) & mask_;
    while (groups_[at].end != 0 && (groups_[at].first != first || groups_[at].second != second)) at = (at + 1) & mask_;
    Group& group = groups_[at];
    if (group.end == 0) group = {first, second, i, i};
    group.end = i + 1;
  }
}

const WordTable::Group* WordTable::find_group(char32_t first, char32_t second) const {
  if (!may_begin(first, second)) return nullptr;
  for (size_t at = hash(first, second) & mask_; groups_[at].end != 0; at = (at + 1) & mask_)
    if (groups_[at].first == first && groups_[at].second == second) return &groups_[at];
  return nullptr;
}

// 增长至|少10% is 增长|至少10%.
bool cuts_bound(std::string_view behind) { return behind.starts_with("少") || behind.starts_with("今"); }

// Whether the word stands at `at`, where its first `known` bytes and its tail do.
// Latin words must not touch other letters.
bool WordTable::fits(const Word& word, std::string_view text, uint32_t at, uint32_t known) {
  const auto end = at + word.text.size();
  if (end > text.size()) return false;
  if (word.text.size() > known + sizeof word.tail && !text.substr(at).starts_with(word.text)) return false;
  if (word.to_back && cuts_bound(text.substr(end))) return false;
  if (word.latin_front && at > 0 && is_letter(text[at - 1])) return false;
  if (end == text.size()) return true;
  // M2, but not in 9M24.
  return !(word.latin_back && is_letter(text[end])) && !(is_digit(word.text.back()) && is_digit(text[end]));
}

template <class Wanted>
const Word* WordTable::search(std::string_view text, uint32_t at, CodePoint first, const Wanted& wanted) const {
  const auto in_group = [&](char32_t next, uint32_t known) -> const Word* {
    const Group* group = find_group(first.value, next);
    if (!group) return nullptr;
    const uint64_t there = eight_bytes(text.substr(std::min<size_t>(at + known, text.size())));
    for (uint32_t i = group->begin; i < group->end; ++i) {
      const Word& word = words_[i];
      if (((there ^ word.tail) & word.tail_mask) == 0 && wanted(word) && fits(word, text, at, known)) return &word;
    }
    return nullptr;
  };
  if (at + first.size < text.size()) {
    const CodePoint next = code_point_at(text, at + first.size);
    if (const Word* word = in_group(next.value, first.size + next.size)) return word;
  }
  return in_group(U'\0', first.size);
}

const Word* WordTable::longest(std::string_view text, uint32_t at, CodePoint first, bool after_number) const {
  const auto may_stand = [&](const Word& w) {
    if (after_number ? w.after_number : !w.only_after_number) return true;
    return w.before_digit && amount_follows(text, at + w.text.size());
  };
  return search(text, at, first, may_stand);
}

const Word* WordTable::longest_unit(std::string_view text, uint32_t at, CodePoint first) const {
  return search(text, at, first, [](const Word& w) { return w.only_after_number; });
}

}  // namespace jiyao
