// An expression says a unit (第四季度), perhaps a year (去年), perhaps an edge
// (末). Resolving finds the year, places the unit in it and takes the edge:
//
//   去年第三季度末   year: time of speaking - 1   unit: Q3   edge: its last day
//
// Or it says a unit by its distance from now (上季度, 上周五, 三天前), or a length
// up to a day (近五年, 截至6月30日止六个月).
//
// Everything that is not said comes from the context, never from today's date.
#include "pipeline/resolve/period.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "pipeline/resolve/holiday.h"

namespace jiyao {
namespace {

using Unit = PeriodExpression::Unit;
using YearKind = PeriodExpression::YearKind;
using Edge = PeriodExpression::Edge;
using Reach = PeriodExpression::Reach;

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

Period days(Date first, Date last) {
  if (!first.valid() || !last.valid() || last < first) return {};
  Period p;
  p.start = first;
  p.end = last;
  return p;
}

// The same day so many months on, or the last of the month if that has no such day.
Date plus_months(Date d, int months) {
  const int index = month_index(d) + months;
  if (index < kFirstYear * 12 || index >= (kLastYear + 1) * 12) return {};
  const int last = Date::days_in_month(index / 12, index % 12 + 1);
  return {static_cast<int16_t>(index / 12), static_cast<int8_t>(index % 12 + 1),
          static_cast<int8_t>(std::min<int>(d.day, last))};
}

Date plus(Date d, Unit unit, int n) {
  if (unit == Unit::day) return d.plus_days(n);
  if (unit == Unit::week) return d.plus_days(7 * n);
  return plus_months(d, months_in(unit) * n);
}

Date monday_of(Date d) {
  using namespace std::chrono;
  const sys_days at{year{d.year} / static_cast<unsigned>(d.month) / static_cast<unsigned>(d.day)};
  return d.plus_days(1 - static_cast<int>(weekday{at}.iso_encoding()));
}

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
  int last_year = year + e.years_on;
  if (last_month < e.n && last_year == year) ++last_year;  // 12月28日至1月3日
  int last_day = e.day_to == 0 ? e.day : e.day_to;
  if (last_day == PeriodExpression::kLastDay) last_day = Date::days_in_month(last_year, last_month);
  return days({static_cast<int16_t>(year), e.n, e.day},
              {static_cast<int16_t>(last_year), static_cast<int8_t>(last_month), static_cast<int8_t>(last_day)});
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
  if (e.unit == Unit::holiday) return Period::day(holiday(e.n, year));
  const int last = e.m == 0 ? e.n : e.m;
  const int first = e.cumulative ? 1 : e.n;
  int last_year = year + e.years_on;
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
  if (period.empty()) return {Period{}, "impossible-date", true};
  return {std::move(period), rule, false};
}

class Resolving {
 public:
  Resolving(const PeriodExpression& expression, const PeriodContext& context)
      : e_(expression), c_(context), fiscal_end_(valid_month(context.fiscal_year_end_month)) {}

  ResolvedPeriod run() const {
    if (e_.unit == Unit::length) return length();
    if (e_.unit == Unit::same) return same();
    if (e_.within != Unit::none) return within();
    if (e_.relative_unit) return relative_unit();
    if (e_.year_kind == YearKind::absolute) return checked(in_year(e_, e_.year, fiscal_end(e_.fiscal)), "absolute");
    if (e_.year_kind == YearKind::relative) return relative_year();
    if (e_.year_kind == YearKind::before) return before();
    if (e_.unit == Unit::none) return unknown("no-period");
    return bare();
  }

  // Lengths lead up to it: the end of the report's period if nothing is known of publication.
  Date now() const { return c_.published.valid() ? c_.published : c_.report.end; }

 private:
  int fiscal_end(bool fiscal) const { return fiscal ? fiscal_end_ : 12; }

  const Period& at_hand() const { return c_.at_hand.empty() ? c_.report : c_.at_hand; }

  // The publication date, else the day after the report's period; no date if neither is known.
  Date speaking() const {
    if (c_.published.valid()) return c_.published;
    return c_.report.empty() ? Date{} : c_.report.end.plus_days(1);
  }

  // 近五年, 未来两周, 三天前, 两个月后.
  ResolvedPeriod length() const {
    if (e_.reach == Reach::none || e_.length <= 0) return unknown("length-of-time");
    const Date today = now();
    if (!today.valid()) return unknown("no-publication-date");
    const Unit unit = e_.length_unit;
    const Date tomorrow = today.plus_days(1);
    const bool earlier = e_.reach == Reach::back || e_.reach == Reach::ago;
    if (e_.reach == Reach::back) return checked(days(plus(tomorrow, unit, -e_.length), today), "time-of-speaking");
    if (e_.reach == Reach::ahead) {
      return checked(days(tomorrow, plus(tomorrow, unit, e_.length).plus_days(-1)), "time-of-speaking");
    }
    const Date then = plus(today, unit, earlier ? -e_.length : e_.length);
    return then.valid() ? checked(unit_around(then, unit), "time-of-speaking") : unknown("outside-the-calendar");
  }

  // The unit that a day lies in.
  Period unit_around(Date day, Unit unit) const {
    if (unit == Unit::day) return Period::day(day);
    if (unit == Unit::week) return days(monday_of(day), monday_of(day).plus_days(6));
    return around(day, unit, 0, 12);
  }

  // 上周五, 本月8日, 上月中旬; 周五 alone is the latest there was.
  ResolvedPeriod within() const {
    if (!c_.published.valid()) return unknown("no-publication-date");
    const int last = e_.day_to == 0 ? e_.day : e_.day_to;
    if (e_.within == Unit::week) {
      const Date monday = monday_of(c_.published).plus_days(7 * e_.shift);
      const Period p = days(monday.plus_days(e_.day - 1), monday.plus_days(last - 1));
      if (e_.relative_unit || p.empty() || p.start <= c_.published) return checked(p, "publication-date");
      return checked(days(p.start.plus_days(-7), p.end.plus_days(-7)), "before-publication");
    }
    const Period month = around(c_.published, Unit::months, e_.shift, 12);
    if (month.empty()) return checked({}, "");
    PeriodExpression e = e_;
    e.n = month.start.month;
    e.m = 0;
    return checked(days_in_year(e, month.start.year), "publication-date");
  }

  // 同期, 去年同期, 2023年同期, 期末.
  ResolvedPeriod same() const {
    const Period& base = at_hand();
    if (base.empty()) return unknown("no-period-at-hand");
    int years = 0;
    if (e_.year_kind == YearKind::before) years = -e_.year;
    if (e_.year_kind == YearKind::relative) {
      years = speaking().valid() ? base.end.year - speaking().year - e_.year : -e_.year;
      if (years <= 0 && e_.year < 0) years = -e_.year;
    }
    if (e_.year_kind == YearKind::absolute) years = base.end.year - e_.year;
    return checked(base.years_earlier(years), c_.at_hand.empty() ? "report-period" : "period-at-hand");
  }

  // 本季, 上季, 上月, 本年度, 昨日.
  ResolvedPeriod relative_unit() const {
    if (e_.unit == Unit::day || e_.unit == Unit::week) {
      if (!c_.published.valid()) return unknown("no-publication-date");
      return checked(unit_around(plus(c_.published, e_.unit, e_.shift), e_.unit), "publication-date");
    }
    // 单季: of the quarter just named; 今季: of the time of speaking, whatever is reported.
    if (e_.year_kind == YearKind::before && !at_hand().empty())
      return checked(around(at_hand().end, e_.unit, e_.shift, fiscal_end_), "period-at-hand");
    if (e_.year_kind == YearKind::relative && speaking().valid())
      return checked(around(speaking(), e_.unit, e_.shift, fiscal_end_), "time-of-speaking");
    const bool reported = !c_.report.empty();
    // 本季 in a call on the year is the year's last.
    const bool last_of_report = e_.unit == Unit::quarter && e_.shift == 0 && whole_months(c_.report) == 12 &&
                                c_.published <= plus_months(c_.report.end, 4);
    if (reported && (is_year(e_.unit) || whole_months(c_.report) == months_in(e_.unit) || last_of_report)) {
      const bool back = c_.last_quarter_is_report && e_.unit == Unit::quarter && e_.shift < 0;
      return checked(around(c_.report.end, e_.unit, e_.shift + (back ? 1 : 0), fiscal_end_), "report-period");
    }
    if (c_.published.valid()) {
      return checked(around(c_.published, e_.unit, e_.shift, fiscal_end_), "before-publication");
    }
    if (!reported) return unknown("no-year-known");
    const Date anchor = e_.unit == Unit::months ? speaking() : c_.report.end;
    return anchor.valid() ? checked(around(anchor, e_.unit, e_.shift, fiscal_end_), "report-period")
                          : unknown("no-year-known");
  }

  // 去年, 今年第一季度. A fiscal year is counted from the one reported.
  ResolvedPeriod relative_year() const {
    if (e_.fiscal && !c_.report.empty()) {
      return checked(in_year(e_, fiscal_year_of(c_.report.end, fiscal_end_) + e_.year, fiscal_end_), "report-year");
    }
    const Date now = speaking();
    if (!now.valid()) return unknown("no-year-known");
    const int end_month = fiscal_end(e_.fiscal);
    const Period said = in_year(e_, fiscal_year_of(now, end_month) + e_.year, end_month);
    // 今年首九个月 in February, of a fiscal year that ends in March.
    const bool to_come = e_.unit == Unit::months && e_.cumulative && e_.year == 0 && said.end > now;
    if (to_come && fiscal_end_ != 12 && (c_.report.end.month + 11 - fiscal_end_) % 12 + 1 == e_.m)
      return checked(days(plus_months(c_.report.end.plus_days(1), -e_.m), c_.report.end), "report-year");
    return checked(said, "time-of-speaking");
  }

  // 上年, 前一年第四季度: counted from the period at hand.
  ResolvedPeriod before() const {
    const Period& base = at_hand();
    const Date from = base.empty() ? speaking() : base.end;
    if (!from.valid()) return unknown("no-period-at-hand");
    const int end_month = fiscal_end(e_.fiscal || !base.label.empty());
    const int year = fiscal_year_of(from, e_.unit == Unit::months || e_.unit == Unit::day ? 12 : end_month);
    const char* rule = base.empty() ? "time-of-speaking" : c_.at_hand.empty() ? "report-period" : "period-at-hand";
    return checked(in_year(e_, year + e_.year, end_month), rule);
  }

  // 第四季度, 上半年, 11月, 12月19日, 全年, 年末.
  ResolvedPeriod bare() const {
    const bool spans_months = e_.unit == Unit::months && (e_.cumulative || (e_.m != 0 && e_.m != e_.n));
    if (is_year(e_.unit) || is_part_of_year(e_.unit) || spans_months) {
      if (!c_.report.empty()) return in_report_year();
      if (!c_.published.valid()) return unknown("no-year-known");
      return latest(c_.published, from_its_start());
    }
    if (c_.published.valid()) return latest(c_.published, e_.edge != Edge::end && e_.reach != Reach::until);
    if (c_.report.empty()) return unknown("no-year-known");
    // Results come out within four months after the period (the mainland's term for annual reports).
    return latest(around(c_.report.end, Unit::months, 4, 12).end, e_.edge != Edge::end);
  }

  // 年初, 年中 and 3月以来 need but the beginning.
  bool from_its_start() const { return e_.edge != Edge::none && e_.edge != Edge::end; }

  // Later than the report is allowed: 下半年 in a report on the first half.
  ResolvedPeriod in_report_year() const {
    int year = fiscal_year_of(c_.report.end, fiscal_end_);
    if (e_.unit == Unit::months && !e_.cumulative) {
      if (e_.n > fiscal_end_) --year;
      // 1-2月 in March, of a report on the year before.
      const Period next = in_year(e_, year + 1, fiscal_end_);
      if (!next.empty() && next.start > c_.report.end && next.end <= c_.published) return {next, "before-publication"};
    }
    return checked(in_year(e_, year, fiscal_end_), "report-year");
  }

  // The latest occurrence that had begun, or ended, by `limit`. Eight years
  // back find every day there is: 29 February is missing for seven at most.
  ResolvedPeriod latest(Date limit, bool begun) const {
    if (!limit.valid()) return unknown("no-year-known");
    PeriodExpression e = e_;
    if (e.unit == Unit::day && e.n == 0) e.n = limit.month;  // 今(30)日
    for (int year = limit.year + 1; year >= limit.year - 8; --year) {
      const Period p = in_year(e, year, fiscal_end_);
      if (!p.empty() && (begun ? p.start : p.end) <= limit) return {p, "before-publication", false};
    }
    return checked({}, "");
  }

  const PeriodExpression& e_;
  const PeriodContext& c_;
  int fiscal_end_;
};

// The last day of the first half: 30 June of a year.
Date middle(const Period& p) {
  const int months = whole_months(p);
  if (months > 1) return plus_months(p.start, months / 2).plus_days(-1);
  return p.start.plus_days(months == 1 ? 14 : 0);
}

// The whole months, or the days, of a length that ends with `p`.
Period up_to(const Period& p, const PeriodExpression& e, int end_month) {
  const Date start = plus(p.end.plus_days(1), e.length_unit, -e.length);
  const Period span = days(start, p.end);
  const int months = whole_months(span);
  return months == 0 ? span : Period::fiscal_span(start.year, start.month, months, end_month);
}

}  // namespace

ResolvedPeriod resolve_period(const PeriodExpression& expression, const PeriodContext& context) {
  const Resolving resolving(expression, context);
  ResolvedPeriod resolved = resolving.run();
  Period& p = resolved.period;
  if (p.empty()) return resolved;
  if (expression.reach == Reach::until) p = up_to(p, expression, valid_month(context.fiscal_year_end_month));
  if (expression.edge == Edge::end) p = Period::at_end(p.end);
  if (expression.edge == Edge::start) p = Period::day(p.start);
  if (expression.edge == Edge::middle) p = Period::day(middle(p));
  if (expression.edge == Edge::since) p = days(p.start, resolving.now());
  return resolved;
}

}  // namespace jiyao
