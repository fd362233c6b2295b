// Lists of figures that go through time: as many periods as figures, or the parts of a span.
#include "pipeline/resolve/state.h"

namespace jiyao {

// Months of each part of the span that a list goes through: 12 of 2022-24年, 3 of
// 23Q1-Q2; 0 if no such span is spoken of before the figure, from byte `from` on.
int DocumentResolver::step_of(const Candidate& c, uint32_t from) const {
  for (uint32_t i = c.mention; i-- > look_back(c.mention) && mentions_.all[i].span.begin >= from;) {
    if (mentions_.all[i].kind != MentionKind::period || periods_[i - first_].period != c.period) continue;
    const PeriodExpression& said = mentions_.periods[mentions_.all[i].payload];
    if (said.unit == PeriodExpression::Unit::quarter && !said.cumulative && said.m > said.n) return 3;
    if (said.unit == PeriodExpression::Unit::year && said.years_on > 0) return 12;
    if (said.unit == PeriodExpression::Unit::length) return 12;  // 近三年分别为5%、6%、7%
  }
  return 0;
}

// 2021年至2024年6月分别为5%、6%、7%、4%: whole years, and what there is of the last.
void DocumentResolver::distribute_years_and_rest(size_t from, size_t to) {
  const Period span = candidates_[from].period;
  const auto count = static_cast<int>(to - from);
  const int months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1;
  const int rest = months - 12 * (count - 1);
  if (count < 3 || span.empty() || span.start.month != 1 || rest % 3 != 0 || rest <= 0 || rest >= 12) return;
  for (size_t k = from; k < to; ++k)
    candidates_[k].period = Period::fiscal_span(span.start.year + static_cast<int>(k - from), 1, k + 1 < to ? 12 : rest,
                                                known_.context.fiscal_year_end_month);
}

// 2022-24年收入增速7.58%、6.91%、6.48%: a list as long as its years, or quarters.
void DocumentResolver::distribute_spans() {
  for (size_t i = 0; i < candidates_.size();) {
    const size_t end = end_of_list(i);
    const Period span = candidates_[i].period;
    const int months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1;
    // Q1-3制剂25.1亿元、原料药9.3亿元、其他4.2亿元,三者占比65%、24%、11%: the list goes through subjects, not through
    // time.
    const auto same = [](const Topic& a, const Topic& b) { return a.phrase == b.phrase && a.segment == b.segment; };
    const bool dealt = end - i > 1 && !same(candidates_[i].topics.back(), candidates_[i + 1].topics.back());
    const uint32_t from = dealt ? clauses_[candidates_[i].clause].span.begin : 0;
    const int step = end - i > 1 && !span.empty() ? step_of(candidates_[i], from) : 0;
    if (step > 0 && months == static_cast<int>(end - i) * step)
      for (size_t k = i; k < end; ++k) {
        const int month = span.start.month - 1 + static_cast<int>(k - i) * step;
        candidates_[k].period = Period::fiscal_span(span.start.year + month / 12, month % 12 + 1, step,
                                                    known_.context.fiscal_year_end_month);
      }
    else
      distribute_years_and_rest(i, end);
    i = end;
  }
}

// Q1/Q2/Q3分别增长7%、22%、18%; 2022年、2023年，各年费用为2亿元、3亿元: as many periods as
// figures, in their clause or that before it.
void DocumentResolver::distribute_periods() {
  for (size_t i = 0; i < candidates_.size();) {
    const size_t end = end_of_list(i);
    std::vector<uint32_t> periods;
    const uint32_t from = clauses_[candidates_[i].clause == 0 ? 0 : candidates_[i].clause - 1].span.begin;
    for (uint32_t m = candidates_[i].mention; m-- > first_ && mentions_.all[m].span.begin >= from;) {
      // 22Q3/22Q4单季度净利率: which it says again.
      if (periods.empty() && text(mentions_.all[m].span).starts_with("单季")) continue;
      if (mentions_.all[m].kind != MentionKind::period) {
        if (!periods.empty() || is_figure(mentions_.all[m].kind)) break;
        continue;
      }
      if (!periods.empty() && !is_list_separator(mentions_.all[m].span.end, mentions_.all[periods.back()].span.begin))
        break;
      periods.push_back(m);
    }
    if (end - i > 1 && periods.size() == end - i)
      for (size_t k = i; k < end; ++k) candidates_[k].period = periods_[periods[end - 1 - k] - first_].period;
    i = end;
  }
}

// 2025-2027年收入增长9%、8%、7%;EPS为1.15、1.38、1.62: while the sentence names no
// other period, a further list of that length is of the same ones.
void DocumentResolver::repeat_periods() {
  const auto names_period = [&](size_t from, size_t to) {
    const auto at = [&](size_t i) { return mentions_.all.begin() + candidates_[i].mention; };
    return std::any_of(at(from), at(to), [](const Mention& m) { return m.kind == MentionKind::period; });
  };
  size_t given = 0, length = 0;  // the last list of several periods
  for (size_t i = 0; i < candidates_.size();) {
    const size_t end = end_of_list(i);
    if (end - i > 1 && candidates_[i].period != candidates_[i + 1].period)
      given = i, length = end - i;
    else if (length == end - i && !names_period(given, i))
      for (size_t k = i; k < end; ++k) candidates_[k].period = candidates_[given + k - i].period;
    i = end;
  }
}

}  // namespace jiyao
