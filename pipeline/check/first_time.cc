// 首次超過: what is reached for the first time was never reached before. An
// earlier period of the same length whose level lies above the threshold
// refutes it, and the usual reason is a threshold at the wrong power of ten.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "pipeline/check/scale.h"
#include "pipeline/check/wording.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

// Levels of one measure, unit and length of period, by the end of the period;
// `highest` is the place of the highest one up to and with this.
struct Past {
  struct Entry {
    Date end;
    uint32_t fact;
    long double low;  // lowest value the statement allows
    size_t highest;
  };
  std::vector<Entry> entries;

  void index() {
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.end < b.end; });
    for (size_t i = 0; i < entries.size(); ++i) {
      const bool higher = i == 0 || entries[i].low > entries[entries[i - 1].highest].low;
      entries[i].highest = higher ? i : entries[i - 1].highest;
    }
  }

  std::optional<uint32_t> highest_before(Date end) const {
    const auto after =
        std::lower_bound(entries.begin(), entries.end(), end, [](const Entry& e, Date at) { return e.end < at; });
    if (after == entries.begin()) return std::nullopt;
    return entries[std::prev(after)->highest].fact;
  }
};

// Months and instant or not: a quarter is not held against a year.
int length_of(const Period& p) {
  constexpr int kInstant = -1000000;
  const int months = (p.end.year - p.start.year) * 12 + p.end.month - p.start.month;
  return p.instant ? kInstant : p.start == p.end ? -1 : months;
}

// What an entry of one Past has in common.
using Series = std::tuple<Scope, std::string_view, int>;

Series series(const Evidence& e, uint32_t i) { return {e.scope(i), e.fact(i).unit, length_of(e.fact(i).period)}; }

// A word for 首次 before the figure, in its clause.
bool says_first_time(const Evidence& e, uint32_t i) {
  constexpr uint32_t kReach = 120;  // bytes; a clause is shorter
  const std::string_view text = e.document().folded.text;
  const uint32_t begin = e.fact(i).figure.begin;
  const uint32_t sentence = e.sentence_span(i).begin;
  if (begin > text.size() || sentence >= begin) return false;
  std::string_view clause = text.substr(sentence, begin - sentence);
  if (clause.size() > kReach) clause.remove_prefix(clause.size() - kReach);
  for (const auto& end : e.known().words("clause_end")) {
    const size_t at = clause.rfind(end);
    if (at != clause.npos) clause.remove_prefix(at + end.size());
  }
  return has_any(clause, e.known().words("first_time"));
}

bool is_threshold(const Evidence& e, uint32_t i) {
  const Fact& f = e.fact(i);
  const bool passed = f.qualifier == Qualifier::over || f.qualifier == Qualifier::at_least;
  return passed && f.basis == Basis::level && f.status == Status::actual && f.value && !f.value->is_negative() &&
         !f.period.empty() && !e.is_loss(i);
}

std::optional<Severity> weigh(const Evidence& e, uint32_t threshold, uint32_t past) {
  const Fact& a = e.fact(threshold);
  const Fact& b = e.fact(past);
  const bool anchored = e.anchored(threshold) && e.anchored(past);
  const bool alike = !a.segment.empty() || e.same_subject(threshold, past);
  if (anchored && alike && (b.qualifier == Qualifier::none || b.qualifier == Qualifier::about))
    return Severity::contradiction;
  if (anchored || e.same_paragraph(threshold, past)) return Severity::suspicious;
  return std::nullopt;
}

std::map<Series, Past> all_pasts(const Evidence& e) {
  std::map<Series, Past> pasts;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const Fact& f = e.fact(i);
    if (f.basis != Basis::level || f.status != Status::actual || f.period.empty() || e.is_loss(i)) continue;
    if (const auto value = allowed(f)) pasts[series(e, i)].entries.push_back({f.period.end, i, value->low, 0});
  }
  for (auto& [key, past] : pasts) past.index();
  return pasts;
}

Finding report(const Evidence& e, uint32_t i, uint32_t before, Severity severity) {
  const Fact& threshold = e.fact(i);
  Finding f = scale_finding(threshold, severity, printed(e.fact(before)), e.fact(before).decimals);
  const std::string then = e.fact(before).period.text();
  f.message_en = fmt::format("{}: said to be {} for the first time, but it was {} in {} already", measure_en(threshold),
                             stated_en(threshold), cited_en(e, before), then);
  f.message_zh = fmt::format("{}：称首次{}，但 {} 已为 {}", measure_zh(threshold), stated_zh(threshold), then,
                             cited_zh(e, before));
  f.facts = {i, before};
  return f;
}

}  // namespace

void from_first_times(const Evidence& e, Findings& findings) {
  std::vector<uint32_t> thresholds;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    if (is_threshold(e, i) && says_first_time(e, i)) thresholds.push_back(i);
  }
  if (thresholds.empty()) return;
  const auto pasts = all_pasts(e);
  for (const uint32_t i : thresholds) {
    const Fact& threshold = e.fact(i);
    const auto range = printed(threshold);
    const auto past = pasts.find(series(e, i));
    const auto before = past == pasts.end() ? std::nullopt : past->second.highest_before(threshold.period.end);
    const auto earlier = before ? allowed(e.fact(*before)) : std::nullopt;
    if (!range || !earlier || earlier->low <= range->high) continue;
    const auto severity = weigh(e, i, *before);
    if (severity) findings.push_back(report(e, i, *before, *severity));
  }
}

}  // namespace jiyao
