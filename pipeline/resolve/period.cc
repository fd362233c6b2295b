// An expression says a unit (第四季度), perhaps a year (去年), perhaps an edge
// (末). Resolving finds the year, places the unit in it and takes the edge:
//
//   去年第三季度末   year: time of speaking - 1   unit: Q3   edge: its last day
//
// Everything that is not said comes from the context, never from today's date.
#include "pipeline/resolve/period.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace jiyao {
namespace {

using Unit = PeriodExpression::Unit;
using YearKind = PeriodExpression::YearKind;
using Edge = PeriodExpression::Edge;

constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;

int months_in(Unit unit) {
  switch (unit) {
    case Unit::quarter:
      return 3;
    case Unit::half:
      return 6;
    case Unit::months:
      return 1;
    default:
      return 12;
  }
}

int month_index(Date d) { return d.year * 12 + d.month - 1; }

bool is_part_of_year(Unit unit) { return unit == Unit::half || unit == Unit::quarter; }
bool is_year(Unit unit) { return unit == Unit::year || unit == Unit::none; }

int valid_month(int end_month) { return 1 <= end_month && end_month <= 12 ? end_month : 12; }

// The fiscal year a day lies in, by the year it ends in.
int fiscal_year_of(Date d, int end_month) { return d.month <= end_month ? d.year : d.year + 1; }

// How many whole months a period has; 0 if it is not made of whole months.
int whole_months(const Period& p) {
  if (p.empty() || p.instant || p.start.day != 1) return 0;
  if (p.end.day != Date::days_in_month(p.end.year, p.end.month)) return 0;
  return month_index(p.end) - month_index(p.start) + 1;
}

Period span(const Period& first, const Period& last, int end_month) {
  if (first.empty() || last.empty() || last.end < first.start) return {};
  const int months = month_index(last.end) - month_index(first.start) + 1;
  return Period::fiscal_span(first.start.year, first.start.month, months, end_month);
}

Period days_in_year(const PeriodExpression& e, int year) {
  const int last_month = e.m == 0 ? e.n : e.m;
  int last_year = e.year_to == 0 ? year : e.year_to;
  if (last_month < e.n && last_year == year) ++last_year;  // 12月28日至1月3日
  const Date first{static_cast<int16_t>(year), e.n, e.day};
  const Date last{static_cast<int16_t>(last_year), static_cast<int8_t>(last_month), e.day_to == 0 ? e.day : e.day_to};
  if (!first.valid() || !last.valid() || last < first) return {};
  Period p;
  p.start = first;
  p.end = last;
  return p;
}

Period one_unit(Unit unit, int year, int n, int end_month) {
  switch (unit) {
    case Unit::half:
      return Period::fiscal_half(year, n, end_month);
    case Unit::quarter:
      return Period::fiscal_quarter(year, n, end_month);
    case Unit::months:
      return Period::month(year, n);
    default:
      return Period::fiscal_year(year, end_month);
  }
}

// The unit of the expression in a given year; empty if the calendar has no such thing.
Period in_year(const PeriodExpression& e, int year, int end_month) {
  if (year < kFirstYear || year > kLastYear) return {};
  if (e.unit == Unit::day) return days_in_year(e, year);
  const int last = e.m == 0 ? e.n : e.m;
  const int first = e.cumulative ? 1 : e.n;
  int last_year = e.year_to == 0 ? year : e.year_to;
  if (e.unit == Unit::months) {
    if (last < first && last_year == year) ++last_year;  // 12月至2月
    end_month = 12;                                      // months have the same name in every fiscal year
  }
  return span(one_unit(e.unit, year, first, end_month), one_unit(e.unit, last_year, last, end_month), end_month);
}

// The unit that `day` lies in, moved by `shift` units.
Period around(Date day, Unit unit, int shift, int end_month) {
  const int size = months_in(unit);
  const int offset = end_month % 12;
  const int into_unit = (month_index(day) - offset + 12) % 12 % size;
  const int first = month_index(day) - into_unit + shift * size;
  if (first < kFirstYear * 12) return {};
  return Period::fiscal_span(first / 12, first % 12 + 1, size, unit == Unit::months ? 12 : end_month);
}

ResolvedPeriod unknown(const char* why) { return {Period{}, why, false}; }

ResolvedPeriod checked(Period period, const char* rule) {
  if (period.empty()) return {Period{}, "impossible date", true};
  return {std::move(period), rule, false};
}

class Resolving {
 public:
  Resolving(const PeriodExpression& expression, const PeriodContext& context)
      : e_(expression), c_(context), fiscal_end_(valid_month(context.fiscal_year_end_month)) {}

  ResolvedPeriod run() const {
    if (e_.unit == Unit::rolling) return unknown("length of time");
    if (e_.unit == Unit::same) return same();
    if (e_.relative_unit) return relative_unit();
    if (e_.year_kind == YearKind::absolute) return checked(in_year(e_, e_.year, fiscal_end(e_.fiscal)), "absolute");
    if (e_.year_kind == YearKind::relative) return relative_year();
    if (e_.year_kind == YearKind::before) return before();
    if (e_.unit == Unit::none) return unknown("no period");
    return bare();
  }

 private:
  int fiscal_end(bool fiscal) const { return fiscal ? fiscal_end_ : 12; }

  const Period& at_hand() const { return c_.at_hand.empty() ? c_.report : c_.at_hand; }

  // The publication date, else the day after the report's period; no date if neither is known.
  Date speaking() const {
    if (c_.published.valid()) return c_.published;
    return c_.report.empty() ? Date{} : c_.report.end.plus_days(1);
  }

  // 同期, 去年同期, 2023年同期, 期末.
  ResolvedPeriod same() const {
    const Period& base = at_hand();
    if (base.empty()) return unknown("no period at hand");
    int years = 0;
    if (e_.year_kind == YearKind::before) years = std::abs(static_cast<int>(e_.year));
    if (e_.year_kind == YearKind::relative) years = -e_.year;
    if (e_.year_kind == YearKind::absolute) years = base.end.year - e_.year;
    return checked(base.years_earlier(years), c_.at_hand.empty() ? "report period" : "period at hand");
  }

  // 本季, 上季, 上月, 本年度, 昨日.
  ResolvedPeriod relative_unit() const {
    if (e_.unit == Unit::day) {
      if (!c_.published.valid()) return unknown("no publication date");
      return checked(Period::day(c_.published.plus_days(e_.shift)), "publication date");
    }
    const bool reported = !c_.report.empty();
    if (reported && (is_year(e_.unit) || whole_months(c_.report) == months_in(e_.unit))) {
      const bool back = c_.last_quarter_is_report && e_.unit == Unit::quarter && e_.shift < 0;
      return checked(around(c_.report.end, e_.unit, e_.shift + (back ? 1 : 0), fiscal_end_), "report period");
    }
    if (c_.published.valid()) {
      return checked(around(c_.published, e_.unit, e_.shift, fiscal_end_), "before publication");
    }
    if (!reported) return unknown("no year known");
    const Date anchor = e_.unit == Unit::months ? speaking() : c_.report.end;
    return anchor.valid() ? checked(around(anchor, e_.unit, e_.shift, fiscal_end_), "report period")
                          : unknown("no year known");
  }

  // 去年, 今年第一季度. A fiscal year is counted from the one reported.
  ResolvedPeriod relative_year() const {
    if (e_.fiscal && !c_.report.empty()) {
      return checked(in_year(e_, fiscal_year_of(c_.report.end, fiscal_end_) + e_.year, fiscal_end_), "report year");
    }
    const Date now = speaking();
    if (!now.valid()) return unknown("no year known");
    const int end_month = fiscal_end(e_.fiscal);
    return checked(in_year(e_, fiscal_year_of(now, end_month) + e_.year, end_month), "time of speaking");
  }

  // 上年, 前一年第四季度: counted from the period at hand.
  ResolvedPeriod before() const {
    const Period& base = at_hand();
    const Date from = base.empty() ? speaking() : base.end;
    if (!from.valid()) return unknown("no period at hand");
    const int end_month = fiscal_end(e_.fiscal || !base.label.empty());
    const int year = fiscal_year_of(from, e_.unit == Unit::months || e_.unit == Unit::day ? 12 : end_month);
    const char* rule = base.empty() ? "time of speaking" : c_.at_hand.empty() ? "report period" : "period at hand";
    return checked(in_year(e_, year - std::abs(static_cast<int>(e_.year)), end_month), rule);
  }

  // 第四季度, 上半年, 11月, 12月19日, 全年, 年末.
  ResolvedPeriod bare() const {
    const bool spans_months = e_.unit == Unit::months && (e_.cumulative || (e_.m != 0 && e_.m != e_.n));
    if (is_year(e_.unit) || is_part_of_year(e_.unit) || spans_months) {
      if (!c_.report.empty()) return in_report_year();
      if (!c_.published.valid()) return unknown("no year known");
      if (is_year(e_.unit) && e_.edge == Edge::start) return latest(c_.published, true);
      return latest(c_.published, false);
    }
    if (c_.published.valid()) return latest(c_.published, e_.edge != Edge::end);
    if (c_.report.empty()) return unknown("no year known");
    // Results come out within four months after the period (the mainland's term for annual reports).
    return latest(around(c_.report.end, Unit::months, 4, 12).end, e_.edge != Edge::end);
  }

  // Later than the report is allowed: 下半年 in a report on the first half.
  ResolvedPeriod in_report_year() const {
    int year = fiscal_year_of(c_.report.end, fiscal_end_);
    if (e_.unit == Unit::months && !e_.cumulative && e_.n > fiscal_end_) --year;
    return checked(in_year(e_, year, fiscal_end_), "report year");
  }

  // The latest occurrence that had begun, or ended, by `limit`. Eight years
  // back find every day there is: 29 February is missing for seven at most.
  ResolvedPeriod latest(Date limit, bool begun) const {
    if (!limit.valid()) return unknown("no year known");
    PeriodExpression e = e_;
    if (e.unit == Unit::day && e.n == 0) e.n = limit.month;  // 今(30)日
    for (int year = limit.year + 1; year >= limit.year - 8; --year) {
      const Period p = in_year(e, year, fiscal_end_);
      if (!p.empty() && (begun ? p.start : p.end) <= limit) return {p, "before publication", false};
    }
    return checked({}, "");
  }

  const PeriodExpression& e_;
  const PeriodContext& c_;
  int fiscal_end_;
};

Period at_edge(const Period& p, Edge edge) {
  if (edge == Edge::end) return Period::at_end(p.end);
  if (edge == Edge::start) return Period::day(p.start);
  return p;
}

}  // namespace

ResolvedPeriod resolve_period(const PeriodExpression& expression, const PeriodContext& context) {
  ResolvedPeriod resolved = Resolving(expression, context).run();
  if (!resolved.period.empty()) resolved.period = at_edge(resolved.period, expression.edge);
  return resolved;
}

}  // namespace jiyao
