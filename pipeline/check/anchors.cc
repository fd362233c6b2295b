#include "pipeline/check/anchors.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "pipeline/check/words.h"

namespace jiyao {
namespace {

std::string_view without_end(std::string_view period) {
  constexpr std::string_view kEnd = "@end";
  if (period.ends_with(kEnd)) period.remove_suffix(kEnd.size());
  return period;
}

// A period where the text names it, in the words of the tables.
struct Named {
  uint32_t at;
  std::string_view meaning;
};

std::vector<Named> named_periods(const Extraction& extraction) {
  std::vector<Named> all;
  for (const LedgerRow& row : extraction.ledger) {
    if (row.kind != LedgerClass::period || row.meaning.empty()) continue;
    all.push_back({row.figure.begin, without_end(row.meaning)});
  }
  std::stable_sort(all.begin(), all.end(), [](const Named& a, const Named& b) { return a.at < b.at; });
  return all;
}

class Anchors {
 public:
  Anchors(const Document& document, const Extraction& extraction, const std::vector<std::string>& looking_back)
      : document_(document), looking_back_(looking_back), periods_(named_periods(extraction)) {
    // Both are in text order: the periods of sentence i are first_[i] .. first_[i + 1].
    size_t next = 0;
    for (const Sentence& sentence : document.sentences) {
      while (next < periods_.size() && periods_[next].at < sentence.span.begin) ++next;
      first_.push_back(next);
    }
    first_.push_back(periods_.size());
  }

  bool anchored(const Fact& fact) {
    if (fact.period.empty() || fact.sentence >= document_.sentences.size()) return false;
    // Facts that follow one another mostly share their period.
    if (fact.period != period_) {
      period_ = fact.period;
      text_ = period_.text();
    }
    if (names(fact.sentence, text_) || names_year_after(fact)) return true;
    return names_before(fact, without_end(text_));
  }

 private:
  bool names(uint32_t sentence, std::string_view period) const {
    const auto begin = periods_.begin() + static_cast<std::ptrdiff_t>(first_[sentence]);
    const auto end = periods_.begin() + static_cast<std::ptrdiff_t>(first_[sentence + 1]);
    return std::any_of(begin, end, [&](const Named& n) { return n.meaning == without_end(period); });
  }

  // 2024年…，去年同期为…: the period named is the year after the fact's.
  bool names_year_after(const Fact& fact) const {
    if (first_[fact.sentence] == first_[fact.sentence + 1]) return false;
    return has_any(cut_out(document_.folded.text, document_.sentences[fact.sentence].span), looking_back_) &&
           names(fact.sentence, fact.period.years_earlier(-1).text());
  }

  // The period last named before the fact, in its paragraph.
  bool names_before(const Fact& fact, std::string_view period) const {
    const auto after = std::upper_bound(periods_.begin(), periods_.end(), fact.figure.begin,
                                        [](uint32_t at, const Named& n) { return at < n.at; });
    if (after == periods_.begin()) return false;
    const uint32_t block = document_.sentences[fact.sentence].block;
    return block < document_.blocks.size() && std::prev(after)->at >= document_.blocks[block].span.begin &&
           std::prev(after)->meaning == period;
  }

  const Document& document_;
  const std::vector<std::string>& looking_back_;
  std::vector<Named> periods_;
  std::vector<size_t> first_;
  Period period_;
  std::string text_;
};

}  // namespace

std::vector<bool> find_anchored(const Document& document, const Extraction& extraction,
                                const std::vector<std::string>& looking_back) {
  Anchors anchors(document, extraction, looking_back);
  std::vector<bool> found;
  found.reserve(extraction.facts.size());
  for (const Fact& fact : extraction.facts) found.push_back(anchors.anchored(fact));
  return found;
}

}  // namespace jiyao
