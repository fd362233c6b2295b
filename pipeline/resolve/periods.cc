// When the times are that a sentence names, and which of them it is about.
#include <algorithm>
#include <array>

#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

using Unit = PeriodExpression::Unit;
using YearKind = PeriodExpression::YearKind;
using Edge = PeriodExpression::Edge;

// With spaces between.
template <size_t N>
bool stands_behind(std::string_view text, const std::array<std::string_view, N>& words) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return ends_with_any(text, words);
}

template <size_t N>
bool stands_before(std::string_view text, const std::array<std::string_view, N>& words) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return starts_with_any(text, words);
}

// What stands before a period that is compared with, or begins something.
constexpr auto kComparing = std::to_array<std::string_view>(
    {"自",     "较",   "比",   "与",   "自从", "由",     "从",     "继",   "跟",   "同", "相较",
     "相较于", "优于", "高于", "低于", "扭转", "恢复至", "恢复到", "环比", "同比", "受", "超过"});
constexpr auto kSince = std::to_array<std::string_view>({"以来", "起", "之后", "以后", "后", "之前", "以前", "前"});
// Between a period and the amount that is all that is said of it: 去年同期为8亿元.
constexpr auto kCopulas = std::to_array<std::string_view>(
    {"为", "是", "则", "仅", "只", "还", "就", "也", "才", "的话", "亦", "约", "达", "有", "同比"});
constexpr uint32_t kCopula = 15;  // bytes: 则只有大约

constexpr int kSoon = 150;  // days in which what follows what was told of is spoken of

bool names_report(std::string_view said) { return said.ends_with("报") || said.ends_with("报告"); }

int months_of(const Period& p) { return (p.end.year - p.start.year) * 12 + p.end.month - p.start.month + 1; }

bool contains(const Period& whole, const Period& part) {
  return !whole.instant && !part.instant && whole.start <= part.start && part.end <= whole.end &&
         !(whole.start == part.start && whole.end == part.end);
}

}  // namespace

// 2023年一季度、二季度, 2024年全年及第四季, 5月8日、9日, 上周一和周二: what is listed is
// of the year, month or week said first.
void DocumentResolver::go_on_with_list(uint32_t mention, PeriodExpression& e) {
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

// The expression with what the sentence adds to it; `named` is the period it has named.
std::optional<PeriodExpression> DocumentResolver::in_context(PeriodExpression e, const Period& named,
                                                             uint32_t mention) const {
  const Date published = known_.context.published;
  const auto set_year = [&e](int year) {
    e.year_kind = YearKind::absolute;
    e.year = static_cast<int16_t>(year);
  };
  // 预计本季收入: that of the time of speaking, not the one reported.
  if (e.relative_unit && e.unit == Unit::quarter && e.shift == 0 && e.year_kind == YearKind::none &&
      looks_ahead(mention))
    e.year_kind = YearKind::relative;
  if (e.year_kind != YearKind::none || e.relative_unit) return e;
  if (e.unit == Unit::day && e.n == 0 && e.within == Unit::none) {
    // 今(21)日, 19日: of the month of publication.
    if (published.year == 0) return std::nullopt;
    set_year(published.year);
    e.n = e.m = published.month;
    return e;
  }
  const Period& report = known_.context.period;
  const bool calendar = known_.context.fiscal_year_end_month == 12 && report.label.empty();
  // 3月销售额5亿元，1-3月累计12亿元: in the year of the month at hand.
  const Period& month = !named.empty() ? named : chain_.period;
  if (e.unit == Unit::months && e.n == 1 && e.m > 1 && !month.empty() && months_of(month) == 1 &&
      month.end.month == e.m)
    set_year(month.end.year);
  if (!calendar || e.cumulative) return e;
  // 展望第四季: the one that publication falls into, or the next.
  if (e.unit == Unit::quarter && published.year != 0 && looks_ahead(mention))
    for (int year = published.year; year <= published.year + 1; ++year) {
      const Period next = Period::quarter(year, e.n);
      const int months = (next.start.year - published.year) * 12 + next.start.month - published.month;
      if (next.end < published || months > 4) continue;
      set_year(year);
      return e;
    }
  // 今年开店30家，年底达到300家; 2023年收入10亿元，其中第四季度3亿元: of the year just named.
  const bool part = e.unit == Unit::quarter || e.unit == Unit::half ||
                    (e.unit == Unit::year && !names_report(text(mentions_.all[mention].span)));
  if (part && !named.empty() && named.start.year == named.end.year) {
    set_year(named.end.year);
    return e;
  }
  // In a call on the fourth quarter, 预期第一季 is the one to come, and so is 全年.
  const bool quarter = e.unit == Unit::quarter && e.n <= 2 && outlook_distance_ <= 4;
  const bool year =
      e.unit == Unit::year && e.edge == Edge::none && months_of(report) == 3 && named.empty() && looks_ahead(mention);
  if ((quarter || year) && report.end.month == 12) set_year(report.end.year + 1);
  return e;
}

// 近五年, 连续五年: those that were over.
Period DocumentResolver::whole_years(const PeriodExpression& e, bool back) const {
  const Date now = known_.now();
  if (!back || e.length_unit != Unit::year || e.length < 2 || now.year == 0) return {};
  const int last = now.month == 12 && now.day == 31 ? now.year : now.year - 1;
  return Period::fiscal_span(last - e.length + 1, 1, 12 * e.length, 12);
}

// True if later clauses are about the period too: not if it is a point of
// comparison (自2024年6月, 较8月, 2017年以来), an edge or a day.
bool DocumentResolver::goes_on(const Mention& m, const PeriodExpression& e) const {
  const bool spans_months = e.reach == PeriodExpression::Reach::until || e.unit == Unit::year || e.unit == Unit::half ||
                            e.unit == Unit::quarter || e.unit == Unit::months || e.unit == Unit::same;
  if ((e.year_kind == YearKind::before && !e.relative_unit) || !spans_months || e.edge != Edge::none) return false;
  if (e.unit == Unit::same && e.year_kind != YearKind::none) return false;
  // 年报披露的分红: a document that is named, not a time.
  if (e.unit == Unit::year && e.year_kind == YearKind::none && names_report(text(m.span))) return false;
  const std::string_view all = document_.folded.text;
  if (stands_behind(all.substr(0, m.span.begin), kComparing) || stands_before(all.substr(m.span.end), kSince))
    return false;
  if (clauses_.empty()) return true;
  const Clause& clause = clauses_[clause_at(m.span.begin)];
  // 主要因2021年受上半年停产拖累: the time of a cause.
  const std::string_view clause_before = text({clause.span.begin, m.span.begin});
  for (std::string_view cause : {"主要是", "主要系", "主要因", "由于", "因为", "原因是"})
    if (clause_before.find(cause) != std::string_view::npos) return false;
  return !clause.in_brackets;
}

bool DocumentResolver::is_outlook_sentence() const {
  return std::any_of(mentions_.all.begin() + first_, mentions_.all.begin() + last_, [&](const Mention& m) {
    return m.kind == MentionKind::word && classes_.part(m) == Part::guidance;
  });
}

// 预计全年增长10%, 全年增长目标是10%: not the year that has been (2024年年报).
bool DocumentResolver::looks_ahead(uint32_t mention) const {
  if (text(mentions_.all[mention].span).find("报") != std::string_view::npos) return false;
  const auto guides = [&](uint32_t i) {
    return mentions_.all[i].kind == MentionKind::word && classes_.part(mentions_.all[i]) == Part::guidance;
  };
  for (uint32_t i = mention; i-- > look_back(mention) && !is_figure(mentions_.all[i].kind);)
    if (guides(i)) return true;
  for (uint32_t i = mention + 1; i < last_ && !is_figure(mentions_.all[i].kind); ++i)
    if (guides(i)) return true;
  return false;
}

// 5月是0.95万辆: what is said of the period is an amount, and nothing else.
bool DocumentResolver::figure_follows(uint32_t mention) const {
  uint32_t next = mention + 1;
  while (next < last_ && !is_figure(mentions_.all[next].kind) && mentions_.all[next].kind != MentionKind::period)
    ++next;
  if (next >= last_ || !is_figure(mentions_.all[next].kind)) return false;
  const std::string_view between = text({mentions_.all[mention].span.end, mentions_.all[next].span.begin});
  return between.size() <= kCopula && stands_before(between, kCopulas);
}

// 6月交付1.2万辆，5月是0.9万辆，增长24%: an earlier period as long as the one at hand
// is there for comparison, and what follows is not about it.
bool DocumentResolver::is_aside(uint32_t mention, const Period& period, const Period& at_hand) const {
  if (period.empty() || period.instant || at_hand.empty() || at_hand.instant || period.end >= at_hand.end) return false;
  return months_of(period) == months_of(at_hand) && figure_follows(mention);
}

// 毛利率22%，去年四季度是24%: of the period at hand itself, which is of last year, nothing
// new is said; the year before it is meant.
bool DocumentResolver::is_last_year_again(uint32_t mention, const Period& period, const Period& at_hand) const {
  const PeriodExpression& e = mentions_.periods[mentions_.all[mention].payload];
  const bool last_year = e.year_kind == YearKind::relative && e.year < 0 && e.unit != Unit::same;
  return last_year && !period.empty() && period == at_hand && !periods_[mention - first_].leads &&
         figure_follows(mention);
}

// 二季度收入21.3亿元(去年为19.4亿元): an amount beside that of a part of the year is of the same part of the last.
bool DocumentResolver::is_same_part(uint32_t mention, const Period& year, const Period& at_hand) const {
  const PeriodExpression& e = mentions_.periods[mentions_.all[mention].payload];
  static constexpr auto whole = std::to_array<std::string_view>({"全年", "年度", "财年", "整年"});
  static constexpr auto verbs = std::to_array<std::string_view>({"为", "是", "则", "仅", "只"});
  const Span said = mentions_.all[mention].span;
  const std::string_view all = document_.folded.text;
  if (!stands_before(all.substr(said.end), verbs) || stands_behind(all.substr(0, said.begin), kComparing)) return false;
  const bool last_year = e.unit == Unit::year && e.edge == Edge::none && e.year == -1 && e.years_on == 0 &&
                         (e.year_kind == YearKind::relative || e.year_kind == YearKind::before);
  return last_year && !year.empty() && !at_hand.empty() && !at_hand.instant && months_of(at_hand) < 12 &&
         at_hand.end.year == year.end.year + 1 && !periods_[mention - first_].leads && !has_any(text(said), whole) &&
         figure_follows(mention);
}

void DocumentResolver::resolve_periods() {
  periods_.assign(last_ - first_, {});
  const bool outlook = is_outlook_sentence();
  outlook_distance_ = outlook ? 0 : std::min(outlook_distance_ + 1, 100);
  Period named;  // by the sentence, as the one at hand
  bool leads = true;
  const Date published = known_.context.published;
  const Date report_end = known_.context.period.end;
  const Date now = known_.now();
  PeriodContext context;
  context.published = published;
  context.report = known_.context.period;
  context.at_hand = chain_.period.empty() ? known_.context.period : chain_.period;
  context.fiscal_year_end_month = known_.context.fiscal_year_end_month;
  context.last_quarter_is_report = known_.last_quarter_is_report;
  for (uint32_t i = first_; i < last_; ++i) {
    const Mention& m = mentions_.all[i];
    leads = leads && !is_figure(m.kind);
    if (m.kind != MentionKind::period) continue;
    const PeriodExpression& e = mentions_.periods[m.payload];
    PeriodExpression said = e;
    go_on_with_list(i, said);
    const auto asked = in_context(said, named, i);
    PeriodContext known = context;
    // Nothing but 2023年7月 tells the year of 8月21日.
    const bool bare =
        asked && asked->year_kind == YearKind::none && !asked->relative_unit && asked->unit != Unit::length;
    if (bare && published.year == 0 && context.report.empty() && known_.told.year != 0)
      known.published = known_.told.plus_days(kSoon);
    const ResolvedPeriod resolved = asked ? resolve_period(*asked, known) : ResolvedPeriod{};
    PeriodAt& at = periods_[i - first_];
    at.leads = leads;
    // Of lengths of time figures are only of whole years, though others may reach from one day to another.
    at.dates = resolved.period;
    at.period = e.unit != Unit::length
                    ? resolved.period
                    : whole_years(e, e.reach == PeriodExpression::Reach::back || text(m.span).starts_with("连"));
    // 报告期内 is what is reported, whatever was spoken of last.
    const Period& report = known_.context.period;
    if (e.unit == Unit::same && e.year_kind == YearKind::none && !report.empty() &&
        text(m.span).find("报告期") != std::string_view::npos)
      at.period = at.dates = e.edge == Edge::end ? Period::at_end(report.end) : report;
    if (is_last_year_again(i, at.period, context.at_hand)) at.period = at.dates = at.period.years_earlier(1);
    if (is_same_part(i, at.period, context.at_hand)) at.period = at.dates = context.at_hand.years_earlier(1);
    at.chains = !at.period.empty() && goes_on(m, e);
    // Without a date of publication, only a word of outlook tells what is to come, or 明年.
    const bool told =
        outlook_distance_ <= 4 || published.year != 0 || (e.year_kind == YearKind::relative && e.year > 0);
    at.ahead = at.chains && now.year != 0 && told &&
               (at.period.start > now || (at.period.end > now && (outlook || at.period.end > report_end)));
    // 2024年净利润41.7亿元，2023年为26.4亿元，增长58%: the year before is there for comparison.
    at.comparative = at.chains && ((!named.empty() && at.period == context.at_hand.years_earlier(1)) ||
                                   is_aside(i, at.period, context.at_hand));
    if (at.comparative) at.chains = false;
    at.aside = at.chains && is_part_aside(i, context.at_hand);
    if (at.chains) context.at_hand = named = at.period;
    if (at.ahead || (at.chains && at.period.start > report_end && outlook_distance_ <= 4)) outlook_distance_ = 0;
    const std::string meaning = resolved.impossible ? "impossible" : at.dates.text();
    add_ledger(LedgerClass::period, m, meaning.empty() ? e.duration() : meaning);
    if (asked) out_.ledger.back().rule += std::string(";") + resolved.rule;
  }
}

// 2024年收入100亿元，其中第四季度30亿元。 第四季度单季增长41%。: a part of what the text is
// about, in a sentence of its own. 上半年亏损，6月当月已打平: the text goes on with the half.
bool DocumentResolver::is_part_aside(uint32_t mention, const Period& at_hand) const {
  const Span said = mentions_.all[mention].span;
  constexpr auto among = std::to_array<std::string_view>({"其中", "当中", "其中,"});
  constexpr auto single = std::to_array<std::string_view>({"单季", "当月"});
  const std::string_view all = document_.folded.text;
  return (contains(at_hand, periods_[mention - first_].period) &&
          (stands_behind(all.substr(0, said.begin), among) || stands_before(all.substr(said.end), single))) ||
         stands_before(text(said), single);
}

}  // namespace jiyao
