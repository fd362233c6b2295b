// Years ten off, and what has been dated behind the day of publication.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "pipeline/check/date.h"
#include "pipeline/check/words.h"

namespace jiyao {
Years::Years(const Evidence& e, const DatedFacts& facts) : e_(e), facts_(facts) {
  const DocumentContext& context = e.extraction().context;
  for (const LedgerRow& row : e.extraction().ledger) {
    if (row.kind != LedgerClass::period || row.meaning.empty()) continue;
    const Period period = Period::parse(row.meaning, context.fiscal_year_end_month);
    if (!period.empty() && writes_out(folded_at(e, row.figure), period.end.year)) named_.push_back(period.end.year);
  }
  std::sort(named_.begin(), named_.end());
}

void Years::check(const LedgerRow& row, Findings& findings) const {
  const Period period = Period::parse(row.meaning, e_.extraction().context.fiscal_year_end_month);
  if (!period.empty() && !check_far(row, period, findings)) check_ahead(row, period, findings);
}

// Written out, and no other year near it is, nor is a fact before it of that time.
bool Years::stands_alone(const LedgerRow& row, int year) const {
  constexpr int kNear = 2;
  if (!writes_out(folded_at(e_, row.figure), year)) return false;
  const auto first = std::lower_bound(named_.begin(), named_.end(), year - kNear);
  if (std::upper_bound(first, named_.end(), year + kNear) - first != 1) return false;
  const uint32_t sentence = facts_.sentence_at(row.figure).begin;
  return std::none_of(e_.facts().begin(), e_.facts().end(), [&](const Fact& f) {
    return f.figure.begin < sentence && !f.period.empty() && std::abs(f.period.end.year - year) <= kNear;
  });
}

// Ten years ago, give or take one: the slip of a digit. True if it was reported.
bool Years::check_far(const LedgerRow& row, const Period& period, Findings& findings) const {
  constexpr int kDecade = 10;
  const int year = period.end.year;
  const DocumentContext& context = e_.extraction().context;
  const auto is_now = [&](Date date) { return date.year != 0 && std::abs(date.year - year - kDecade) <= 1; };
  if (!(is_now(context.published) || is_now(context.period.end)) || !stands_alone(row, year)) return false;
  auto dated = facts_.of_year(row.figure, year);
  if (dated.empty()) return false;
  findings.push_back(date_finding(e_, row, Severity::suspicious, period.text(),
                                  fmt::format("the only mention of that time: {} may be meant", year + kDecade),
                                  fmt::format("全文仅此处提及该时期：疑为 {} 年", year + kDecade), std::move(dated)));
  return true;
}

// The sentence tells what has been, and says of nothing that it is to come.
bool Years::is_told(Span at) const {
  const std::string_view sentence = folded_at(e_, facts_.sentence_at(at));
  return (stands_as_of(e_, at) || has_any(sentence, e_.known().words("told"))) &&
         !has_any(sentence, e_.known().words("to_come"));
}

// What has been (截至, 實現, 同比) of a time that begins behind the day of publication.
void Years::check_ahead(const LedgerRow& row, const Period& period, Findings& findings) const {
  const Date published = e_.extraction().context.published;
  const Date begin = period.instant || period.start.year == 0 ? period.end : period.start;
  if (published.year == 0 || !(published < begin)) return;
  auto dated = facts_.dated(row.figure, period);
  const bool told = writes_out(folded_at(e_, row.figure), period.end.year) && is_told(row.figure);
  std::erase_if(dated, [&](uint32_t i) {
    const Fact& f = e_.fact(i);
    return f.basis != Basis::level || e_.in_table(i) || !(f.status == Status::actual || told);
  });
  if (dated.empty()) return;
  findings.push_back(
      date_finding(e_, row, Severity::suspicious, period.text(),
                   fmt::format("told as a fact, but begins after the day of publication, {}", published.iso()),
                   fmt::format("作为事实陈述，但在发布日 {} 之后", published.iso()), std::move(dated)));
}

}  // namespace jiyao
