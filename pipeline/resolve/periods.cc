// Which period a figure speaks of.
#include <algorithm>

#include "pipeline/resolve/state.h"

namespace jiyao {
namespace {

// By the distance of two periods: 比去年同期 is yoy, 较第三季度 qoq.
Basis basis_of_interval(const Period& base, const Period& at) {
  const int months = (at.end.year - base.end.year) * 12 + at.end.month - base.end.month;
  const bool month = at.start.year == 0 || at.start.month == at.end.month;
  const bool quarter = at.start.year == 0 || (at.end.month - at.start.month + 12) % 12 == 2;
  if (months == 12 || months == 0) return Basis::yoy;
  if (months == 3 && quarter) return Basis::qoq;
  return months == 1 && month ? Basis::mom : Basis::change;
}

}  // namespace

// 2023年一季度、二季度, 2024年全年及第四季, 5月8日、9日, 上周一和周二: what is listed is
// of the year, month or week said first.
void DocumentResolver::go_on_with_list(uint32_t mention, PeriodExpression& e) {
  using Unit = PeriodExpression::Unit;
  const auto in_years = [](Unit u) { return Unit::year <= u && u <= Unit::months; };
  const bool part = e.unit != Unit::year && (in_years(e.unit) || e.unit == Unit::day);
  const bool bare = part && e.year_kind == PeriodExpression::YearKind::none && !e.relative_unit;
  const bool behind = bare && mention > first_ && mentions_.all[mention - 1].kind == MentionKind::period;
  const Span between = behind ? Span{mentions_.all[mention - 1].span.end, mentions_.all[mention].span.begin} : Span{};
  // 上市26年，年中报: a comma is not enough between units that differ.
  const bool alike = listed_.unit == e.unit ||
                     (in_years(listed_.unit) && in_years(e.unit) && text(between).find(',') == std::string_view::npos);
  const bool listed = behind && alike && listed_.within == e.within && is_list_separator(between.begin, between.end);
  if (listed && e.within == Unit::week) {
    e.relative_unit = listed_.relative_unit;
    e.shift = listed_.shift;
  } else if (listed && e.within == Unit::none && !listed_.relative_unit) {
    e.year_kind = listed_.year_kind;
    e.year = listed_.year;
    if (e.unit == Unit::day && e.n == 0) e.n = e.m = listed_.n;
  }
  listed_ = e;
}

// The expression with what the sentence adds to it.
std::optional<PeriodExpression> DocumentResolver::in_context(PeriodExpression e) const {
  const Date published = known_.context.published;
  if (e.unit == PeriodExpression::Unit::day && e.n == 0 && e.within == PeriodExpression::Unit::none &&
      !e.relative_unit) {
    // 今(21)日, 19日: of the month of publication.
    if (published.year == 0) return std::nullopt;
    e.year_kind = PeriodExpression::YearKind::absolute;
    e.year = published.year;
    e.n = e.m = published.month;
  }
  // In a call on the fourth quarter, 预期第一季 is the one to come.
  const Period& report = known_.context.period;
  const bool bare_quarter = e.unit == PeriodExpression::Unit::quarter &&
                            e.year_kind == PeriodExpression::YearKind::none && !e.relative_unit && !e.cumulative;
  if (bare_quarter && e.n <= 2 && report.end.month == 12 && report.label.empty() && outlook_distance_ <= 4) {
    e.year_kind = PeriodExpression::YearKind::absolute;
    e.year = static_cast<int16_t>(report.end.year + 1);
  }
  return e;
}

// True if later clauses are about the period too: not if it is a point of
// comparison (自2024年6月, 较8月, 2017年以来), an edge or a day.
bool DocumentResolver::goes_on(const Mention& m, const PeriodExpression& e) const {
  using Unit = PeriodExpression::Unit;
  const bool spans_months = e.reach == PeriodExpression::Reach::until || e.unit == Unit::year || e.unit == Unit::half ||
                            e.unit == Unit::quarter || e.unit == Unit::months || e.unit == Unit::same;
  if ((e.year_kind == PeriodExpression::YearKind::before && !e.relative_unit) || !spans_months ||
      e.edge != PeriodExpression::Edge::none)
    return false;
  if (e.unit == Unit::same && e.year_kind != PeriodExpression::YearKind::none) return false;
  // 年报披露的分红: a document that is named, not a time.
  if (e.unit == Unit::year && e.year_kind == PeriodExpression::YearKind::none && text(m.span).ends_with("报"))
    return false;
  const std::string_view before = std::string_view(document_.folded.text).substr(0, m.span.begin);
  for (std::string_view preposition :
       {"自", "较", "比", "与", "自从", "由", "从", "继", "跟", "同", "相较", "优于", "高于", "低于"})
    if (before.ends_with(preposition)) return false;
  const std::string_view behind = std::string_view(document_.folded.text).substr(m.span.end);
  for (std::string_view after : {"以来", "起", "之后", "以后", "后", "之前", "以前", "前"})
    if (behind.starts_with(after)) return false;
  if (clauses_.empty()) return true;
  const Clause& clause = clauses_[clause_at(m.span.begin)];
  // 主要因2021年受上半年停产拖累: the time of a cause.
  const std::string_view clause_before = text({clause.span.begin, m.span.begin});
  for (std::string_view cause : {"主要是", "主要系", "主要由于", "主要因", "原因是"})
    if (clause_before.find(cause) != std::string_view::npos) return false;
  return !clause.in_brackets;
}

void DocumentResolver::resolve_periods() {
  periods_.assign(last_ - first_, {});
  bool outlook = false;
  for (uint32_t i = first_; i < last_; ++i)
    outlook =
        outlook || (mentions_.all[i].kind == MentionKind::word && classes_.part(mentions_.all[i]) == Part::guidance);
  outlook_distance_ = outlook ? 0 : std::min(outlook_distance_ + 1, 100);
  bool named = false;  // the sentence has named the period at hand
  const Date report_end = known_.context.period.end;
  // What ended before publication is no outlook, whatever the report is on.
  const Date now = known_.context.published.year != 0 ? known_.context.published : report_end;
  PeriodContext context;
  context.published = known_.context.published;
  context.report = known_.context.period;
  context.at_hand = chain_.period.empty() ? known_.context.period : chain_.period;
  context.fiscal_year_end_month = known_.context.fiscal_year_end_month;
  context.last_quarter_is_report = known_.last_quarter_is_report;
  for (uint32_t i = first_; i < last_; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.kind != MentionKind::period) continue;
    const PeriodExpression& e = mentions_.periods[m.payload];
    PeriodExpression said = e;
    go_on_with_list(i, said);
    const auto asked = in_context(said);
    const ResolvedPeriod resolved = asked ? resolve_period(*asked, context) : ResolvedPeriod{};
    PeriodAt& at = periods_[i - first_];
    // No figure is of a length of time, though it may reach from one day to another.
    at.dates = resolved.period;
    if (e.unit != PeriodExpression::Unit::length) at.period = resolved.period;
    at.chains = !at.period.empty() && goes_on(m, e);
    // Without a date of publication, only a word of outlook tells what is to come.
    const bool to_come = at.period.start > now && (outlook || context.published.year != 0);
    at.ahead =
        at.chains && now.year != 0 && (to_come || (at.period.end > now && (outlook || at.period.end > report_end)));
    // 2024年净利润41.7亿元，2023年为26.4亿元，增长58%: the year before is there for comparison.
    at.comparative = at.chains && named && at.period == context.at_hand.years_earlier(1);
    if (at.comparative) at.chains = false;
    named = named || at.chains;
    if (at.chains) context.at_hand = at.period;
    const std::string meaning = resolved.impossible ? "impossible" : resolved.period.text();
    add_ledger(LedgerClass::period, m, meaning.empty() ? e.duration() : meaning);
    if (asked) out_.ledger.back().rule += std::string(";") + resolved.rule;
  }
}

// True if the period at mention `i`, before the figure, is what it speaks of.
bool DocumentResolver::speaks_of(const Candidate& c, uint32_t i) const {
  using P = PeriodExpression;
  const Mention& m = mentions_.all[i];
  const Claim& claim = *c.claim;
  if (m.kind != MentionKind::period || periods_[i - first_].period.empty()) return false;
  const P& said = mentions_.periods[m.payload];
  if (said.edge == P::Edge::start && said.unit == P::Unit::year) return false;
  if (i == claim.base_period || i == claim.period || claim.base.overlaps(m.span)) return false;
  if (periods_[i - first_].taken) return false;  // by a comparison for another figure
  // 今天我们谈的毛利率: of today are but prices.
  const bool today = said.unit == P::Unit::day && said.relative_unit && said.shift == 0;
  if (today && said.within == P::Unit::none && c.basis != Basis::price) return false;
  // 净负债比率为40%(截至9月30日止六个月:44%): the brackets are one clause.
  const auto in_brackets = [&](uint32_t clause) { return clauses_[clause].in_brackets; };
  const uint32_t its_clause = clause_at(m.span.begin);
  const bool here = clauses_[c.clause].span.contains(m.span) ||
                    (its_clause + 1 == c.clause && in_brackets(its_clause) && in_brackets(c.clause));
  const Metric* about = metric(c.topics.front());
  const bool stock = said.edge == P::Edge::end && !(about && about->balance == "flow");
  if (!here && !stock && !periods_[i - first_].chains) return false;
  const uint32_t figure = mentions_.all[c.mention].span.begin;
  if (!here && periods_[i - first_].ahead && text({m.span.end, figure}).find(';') != std::string_view::npos)
    return false;
  if (!is_change_kind(mentions_.all[c.mention].kind)) return true;
  // 去年同期为14架 is of that period; a growth beside it is not.
  const bool comparison =
      periods_[i - first_].comparative ||
      (!periods_[i - first_].chains && said.edge == P::Edge::none && said.year_kind == P::YearKind::before);
  if (comparison && (claim.sign != 0 || is_change_basis(c.basis))) return false;
  // 负债率61.3%，去年底为58.7%，上升2.6个百分点: the rise is not of last year's end.
  return !(claim.sign != 0 && !here && said.year_kind != P::YearKind::absolute && said.year < 0 &&
           said.edge == P::Edge::end);
}

void DocumentResolver::decide_period(Candidate& c, const Candidate* previous) {
  const Claim& claim = *c.claim;
  const auto resolved = [&](uint32_t mention) { return periods_[mention - first_].period; };
  Period at = chain_.period;
  for (uint32_t i = c.mention; i-- > look_back(c.mention);)
    if (speaks_of(c, i)) {
      at = resolved(i);
      break;
    }
  // An outlook goes on: 今年收入预计…。毛利率预计…
  if (at == chain_.period && !chain_.outlook.empty() && c.status != Status::actual) at = chain_.outlook;
  if (at.empty()) at = known_.context.period;
  if (c.listed && previous && claim.period == kNone && !claim.earlier) at = previous->period;
  if (claim.base_period != kNone) c.base_period = resolved(claim.base_period);
  if (claim.earlier && !at.empty()) at = at.years_earlier(1);
  if (claim.period != kNone && !resolved(claim.period).empty()) {
    // 比去年第四季度的100亿元减少: spoken in the year after the report, it is the year before the report's.
    const bool last_year = mentions_.periods[mentions_.all[claim.period].payload].year < 0;
    at = last_year && resolved(claim.period) == at ? at.years_earlier(1) : resolved(claim.period);
  }
  for (uint32_t used : {claim.period, claim.base_period})
    if (used != kNone) periods_[used - first_].taken = true;
  c.period = at;
  if (c.base_period == at && !at.empty()) c.base_period = at.years_earlier(1);
  if (claim.versus && !c.base_period.empty() && !at.empty()) c.basis = basis_of_interval(c.base_period, at);
}

// Months of each part of the span that a list goes through: 12 of 2022-24年, 3 of
// 23Q1-Q2; 0 if no such span is spoken of before the figure.
int DocumentResolver::step_of(const Candidate& c) const {
  for (uint32_t i = c.mention; i-- > look_back(c.mention);) {
    if (mentions_.all[i].kind != MentionKind::period || periods_[i - first_].period != c.period) continue;
    const PeriodExpression& said = mentions_.periods[mentions_.all[i].payload];
    if (said.unit == PeriodExpression::Unit::quarter && !said.cumulative && said.m > said.n) return 3;
    if (said.unit == PeriodExpression::Unit::year && said.years_on > 0) return 12;
  }
  return 0;
}

// 2022-24年收入增速7.58%、6.91%、6.48%: a list as long as its years, or quarters.
void DocumentResolver::distribute_spans() {
  for (size_t i = 0; i < candidates_.size();) {
    size_t end = i + 1;
    while (end < candidates_.size() && candidates_[end].listed) ++end;
    const Period span = candidates_[i].period;
    const int months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1;
    const int step = end - i > 1 && !span.empty() ? step_of(candidates_[i]) : 0;
    if (step > 0 && months == static_cast<int>(end - i) * step)
      for (size_t k = i; k < end; ++k) {
        const int month = span.start.month - 1 + static_cast<int>(k - i) * step;
        candidates_[k].period = Period::fiscal_span(span.start.year + month / 12, month % 12 + 1, step,
                                                    known_.context.fiscal_year_end_month);
      }
    i = end;
  }
}

// Q1/Q2/Q3分别增长7%、22%、18%: as many periods as figures.
void DocumentResolver::distribute_periods() {
  for (size_t i = 0; i < candidates_.size();) {
    size_t end = i + 1;
    while (end < candidates_.size() && candidates_[end].listed) ++end;
    std::vector<uint32_t> periods;
    for (uint32_t m = candidates_[i].mention;
         m-- > first_ && clauses_[candidates_[i].clause].span.contains(mentions_.all[m].span);) {
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
    size_t end = i + 1;
    while (end < candidates_.size() && candidates_[end].listed) ++end;
    if (end - i > 1 && candidates_[i].period != candidates_[i + 1].period)
      given = i, length = end - i;
    else if (length == end - i && !names_period(given, i))
      for (size_t k = i; k < end; ++k) candidates_[k].period = candidates_[given + k - i].period;
    i = end;
  }
}

}  // namespace jiyao
