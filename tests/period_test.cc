#include "pipeline/model/period.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "pipeline/resolve/holiday.h"
#include "pipeline/resolve/period.h"

namespace jiyao {
namespace {

using Unit = PeriodExpression::Unit;
using YearKind = PeriodExpression::YearKind;
using Edge = PeriodExpression::Edge;
using Reach = PeriodExpression::Reach;

Date date(int year, int month, int day) {
  return Date{static_cast<int16_t>(year), static_cast<int8_t>(month), static_cast<int8_t>(day)};
}

TEST(DateTest, KnowsTheCalendar) {
  EXPECT_TRUE(date(2024, 2, 29).valid());
  EXPECT_FALSE(date(2023, 2, 29).valid());
  EXPECT_FALSE(date(1900, 2, 29).valid());
  EXPECT_TRUE(date(2000, 2, 29).valid());
  EXPECT_FALSE(date(2024, 13, 1).valid());
  EXPECT_FALSE(date(2024, 4, 31).valid());
  EXPECT_FALSE(date(2024, 1, 0).valid());
  EXPECT_FALSE(Date{}.valid());
  EXPECT_FALSE(date(-5, 1, 1).valid());
  EXPECT_TRUE(date(9999, 12, 31).valid());
}

TEST(DateTest, ParsesOnlyIso) {
  EXPECT_EQ(Date::parse("2024-12-31"), date(2024, 12, 31));
  for (const char* bad : {"", "2024-2-3", "2024-02-30", "2024/02/03", "20240203", "2024-02-03 ", "abcd-ef-gh"}) {
    EXPECT_FALSE(Date::parse(bad)) << bad;
  }
  EXPECT_EQ(date(7, 2, 3).iso(), "0007-02-03");
}

TEST(DateTest, AddsDays) {
  EXPECT_EQ(date(2024, 12, 31).plus_days(1), date(2025, 1, 1));
  EXPECT_EQ(date(2024, 3, 1).plus_days(-1), date(2024, 2, 29));
  EXPECT_EQ(date(9999, 12, 31).plus_days(1), Date{});
  EXPECT_EQ(date(1, 1, 1).plus_days(-1), Date{});
  EXPECT_EQ(date(2024, 2, 30).plus_days(1), Date{});
  EXPECT_EQ(date(2024, 1, 1).plus_days(2'000'000'000), Date{});
}

TEST(PeriodTest, TextIsTheShortestFormAndParseItsInverse) {
  const std::vector<std::pair<Period, std::string>> cases = {
      {Period::quarter(2024, 2), "2024Q2"},
      {Period::half(2024, 2), "2024H2"},
      {Period::year_of(2024), "2024"},
      {Period::month(2024, 2), "2024-02"},
      {Period::day(date(2024, 2, 3)), "2024-02-03"},
      {Period::at_end(date(2024, 12, 31)), "2024-12-31@end"},
      {Period::fiscal_span(2024, 1, 9, 12), "2024-01-01..2024-09-30"},
      {Period::fiscal_span(2024, 11, 4, 12), "2024-11-01..2025-02-28"},
      {Period::fiscal_span(2022, 1, 36, 12), "2022..2024"},
      {Period::fiscal_span(2024, 7, 3, 12), "2024Q3"},
      {Period::fiscal_span(2024, 2, 3, 12), "2024-02-01..2024-04-30"},
      {Period::year_of(1), "0001"},
      {Period::year_of(9999), "9999"},
      {Period{}, ""},
  };
  for (const auto& [period, text] : cases) {
    EXPECT_EQ(period.text(), text);
    EXPECT_EQ(Period::parse(text), period) << text;
  }
  EXPECT_EQ(Period::quarter(2024, 2).start, date(2024, 4, 1));
  EXPECT_EQ(Period::quarter(2024, 2).end, date(2024, 6, 30));
}

TEST(PeriodTest, ParsesNothingElse) {
  for (const char* bad : {"2024Q5", "2024Q0",     "2024H3", "2024-13",      "2024-02-30", "2024-02-30@end", "2024@end",
                          "24Q4",   "2024..2022", "..",     "2024..",       "2024Q",      "FY24",           "FY2024-02",
                          "2024q4", "0000",       "@end",   "2024-01-01..", "FY",         "2024Q1Q2"}) {
    EXPECT_TRUE(Period::parse(bad).empty()) << bad;
  }
}

TEST(PeriodTest, MakersGiveNothingOutsideTheCalendar) {
  EXPECT_TRUE(Period::quarter(2024, 0).empty());
  EXPECT_TRUE(Period::quarter(2024, 5).empty());
  EXPECT_TRUE(Period::half(2024, 3).empty());
  EXPECT_TRUE(Period::month(2024, 13).empty());
  EXPECT_TRUE(Period::year_of(0).empty());
  EXPECT_TRUE(Period::year_of(10000).empty());
  EXPECT_TRUE(Period::year_of(-2024).empty());
  EXPECT_TRUE(Period::fiscal_year(1, 3).empty());
  EXPECT_TRUE(Period::day(date(2024, 2, 30)).empty());
  EXPECT_TRUE(Period::at_end(Date{}).empty());
  EXPECT_TRUE(Period::fiscal_span(9999, 12, 2, 12).empty());
  EXPECT_TRUE(Period::fiscal_span(2024, 1, 2'000'000'000, 12).empty());
}

TEST(PeriodTest, FiscalYearsKeepTheirLabel) {
  const Period year = Period::fiscal_year(2025, 3);
  EXPECT_EQ(year.text(), "FY2025");
  EXPECT_EQ(year.start, date(2024, 4, 1));
  EXPECT_EQ(year.end, date(2025, 3, 31));
  const Period third = Period::fiscal_quarter(2025, 3, 3);
  EXPECT_EQ(third.text(), "FY2025Q3");
  EXPECT_EQ(third.start, date(2024, 10, 1));
  EXPECT_EQ(third.end, date(2024, 12, 31));
  EXPECT_EQ(Period::fiscal_half(2025, 1, 6).start, date(2024, 7, 1));
  EXPECT_EQ(Period::fiscal_half(2025, 1, 6).text(), "FY2025H1");
  EXPECT_EQ(Period::fiscal_quarter(2025, 4, 1).end, date(2025, 1, 31));
  EXPECT_EQ(Period::fiscal_year(2025, 12).text(), "2025");
  EXPECT_EQ(Period::fiscal_year(2025, 0).text(), "2025");
  EXPECT_EQ(Period::parse("FY2025Q3", 3), third);
  EXPECT_EQ(Period::parse("FY2025", 3), year);
  EXPECT_EQ(Period::parse("FY2025Q3").text(), "2025Q3");
  EXPECT_EQ(Period::fiscal_span(2024, 10, 3, 3), third);
}

TEST(PeriodTest, YearsEarlierKeepsMonthsWhole) {
  EXPECT_EQ(Period::quarter(2024, 4).years_earlier(1).text(), "2023Q4");
  EXPECT_EQ(Period::month(2024, 2).years_earlier(1).text(), "2023-02");
  EXPECT_EQ(Period::month(2023, 2).years_earlier(-1).text(), "2024-02");
  EXPECT_EQ(Period::at_end(date(2024, 2, 29)).years_earlier(1).text(), "2023-02-28@end");
  EXPECT_EQ(Period::day(date(2023, 2, 28)).years_earlier(-1).text(), "2024-02-28");
  EXPECT_EQ(Period::fiscal_quarter(2025, 3, 3).years_earlier(1), Period::fiscal_quarter(2024, 3, 3));
  EXPECT_TRUE(Period{}.years_earlier(1).empty());
  EXPECT_TRUE(Period::year_of(5).years_earlier(5).empty());
  EXPECT_TRUE(Period::year_of(2024).years_earlier(2'000'000'000).empty());
}

// --- resolving ---------------------------------------------------------------

struct Case {
  const char* name;  // as a text would say it
  PeriodExpression expression;
  const char* expected;
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name; }

PeriodExpression expr(Unit unit, int n = 0, int m = 0) {
  PeriodExpression e;
  e.unit = unit;
  e.n = static_cast<int8_t>(n);
  e.m = static_cast<int8_t>(m);
  return e;
}

PeriodExpression with_year(PeriodExpression e, YearKind kind, int year, int last = 0) {
  e.year_kind = kind;
  e.year = static_cast<int16_t>(year);
  e.years_on = static_cast<int16_t>(last == 0 ? 0 : last - year);
  return e;
}

PeriodExpression in(int year, PeriodExpression e, int last = 0) { return with_year(e, YearKind::absolute, year, last); }
PeriodExpression rel(int year, PeriodExpression e) { return with_year(e, YearKind::relative, year); }
PeriodExpression before(int years, PeriodExpression e) { return with_year(e, YearKind::before, years); }

PeriodExpression cumulative(PeriodExpression e) {
  e.cumulative = true;
  return e;
}
PeriodExpression fiscal(PeriodExpression e) {
  e.fiscal = true;
  return e;
}
PeriodExpression end_of(PeriodExpression e) {
  e.edge = Edge::end;
  return e;
}
PeriodExpression start_of(PeriodExpression e) {
  e.edge = Edge::start;
  return e;
}
PeriodExpression day(int month, int d, int to_month = 0, int to_day = 0) {
  PeriodExpression e = expr(Unit::day, month, to_month);
  e.day = static_cast<int8_t>(d);
  e.day_to = static_cast<int8_t>(to_day);
  return e;
}
PeriodExpression this_unit(Unit unit, int shift) {
  PeriodExpression e = expr(unit);
  e.relative_unit = true;
  e.shift = static_cast<int8_t>(shift);
  return e;
}

PeriodContext published(int year, int month, int d) {
  PeriodContext c;
  c.published = date(year, month, d);
  return c;
}
PeriodContext report(const char* period, int end_month = 12) {
  PeriodContext c;
  c.report = Period::parse(period, end_month);
  c.fiscal_year_end_month = end_month;
  return c;
}
PeriodContext published_report(Date day_published, const char* period, int end_month = 12) {
  PeriodContext c = report(period, end_month);
  c.published = day_published;
  return c;
}
PeriodContext at_hand(const char* period) {
  PeriodContext c = report("2025Q1");
  c.at_hand = Period::parse(period);
  return c;
}

void expect_all(const PeriodContext& context, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const ResolvedPeriod resolved = resolve_period(c.expression, context);
    EXPECT_EQ(resolved.period.text(), c.expected) << c << " by rule: " << resolved.rule;
    EXPECT_FALSE(resolved.impossible) << c;
    EXPECT_STRNE(resolved.rule, "") << c;
  }
}

const PeriodExpression kYear = expr(Unit::year);
PeriodExpression quarter(int n) { return expr(Unit::quarter, n); }
PeriodExpression half(int n) { return expr(Unit::half, n); }
PeriodExpression months(int n, int m) { return expr(Unit::months, n, m); }

TEST(ResolvePeriodTest, AbsoluteNeedsNoContext) {
  expect_all({}, {
                     {"2024年", in(2024, kYear), "2024"},
                     {"2024年第二季度", in(2024, quarter(2)), "2024Q2"},
                     {"2024年一至三季度", in(2024, expr(Unit::quarter, 1, 3)), "2024-01-01..2024-09-30"},
                     {"2024年前三季度", in(2024, cumulative(quarter(3))), "2024-01-01..2024-09-30"},
                     {"2024年首两季", in(2024, cumulative(quarter(2))), "2024H1"},
                     {"2024年前四季度", in(2024, cumulative(quarter(4))), "2024"},
                     {"2024年第一季度累计", in(2024, cumulative(quarter(1))), "2024Q1"},
                     {"2024年上半年", in(2024, half(1)), "2024H1"},
                     {"2021年7-9月", in(2021, months(7, 9)), "2021Q3"},
                     {"2021年1-6月", in(2021, months(1, 6)), "2021H1"},
                     {"2021年1-12月", in(2021, months(1, 12)), "2021"},
                     {"2021年1-9月", in(2021, months(1, 9)), "2021-01-01..2021-09-30"},
                     {"2021年9月累计", in(2021, cumulative(months(9, 9))), "2021-01-01..2021-09-30"},
                     {"2024年2月", in(2024, months(2, 2)), "2024-02"},
                     {"2024年2月 (one number)", in(2024, months(2, 0)), "2024-02"},
                     {"2023年12月至2月", in(2023, months(12, 2)), "2023-12-01..2024-02-29"},
                     {"2023年5月至2024年3月", in(2023, months(5, 3), 2024), "2023-05-01..2024-03-31"},
                     {"2022-2024年", in(2022, kYear, 2024), "2022..2024"},
                     {"2024年5月20日", in(2024, day(5, 20)), "2024-05-20"},
                     {"2024年5月20-22日", in(2024, day(5, 20, 5, 22)), "2024-05-20..2024-05-22"},
                     {"2024年5月30日至6月2日", in(2024, day(5, 30, 6, 2)), "2024-05-30..2024-06-02"},
                     {"2024年12月30日至1月2日", in(2024, day(12, 30, 1, 2)), "2024-12-30..2025-01-02"},
                     {"2024年末", end_of(in(2024, kYear)), "2024-12-31@end"},
                     {"2024年第四季度末", end_of(in(2024, quarter(4))), "2024-12-31@end"},
                     {"截至2024年6月30日", end_of(in(2024, day(6, 30))), "2024-06-30@end"},
                     {"2024年2月底", end_of(in(2024, months(2, 2))), "2024-02-29@end"},
                     {"2024年初", start_of(in(2024, kYear)), "2024-01-01"},
                     {"2024年第三季度初", start_of(in(2024, quarter(3))), "2024-07-01"},
                     {"0001年", in(1, kYear), "0001"},
                     {"9999年第四季度末", end_of(in(9999, quarter(4))), "9999-12-31@end"},
                     {"FY2024 with a year that ends in December", fiscal(in(2024, kYear)), "2024"},
                 });
}

TEST(ResolvePeriodTest, BareUnitInAReport) {
  expect_all(report("2024Q4"), {
                                   {"第四季度", quarter(4), "2024Q4"},
                                   {"第三季度", quarter(3), "2024Q3"},
                                   {"前三季度", cumulative(quarter(3)), "2024-01-01..2024-09-30"},
                                   {"全年", kYear, "2024"},
                                   {"下半年", half(2), "2024H2"},
                                   {"第四季度末", end_of(quarter(4)), "2024-12-31@end"},
                                   {"12月19日", day(12, 19), "2024-12-19"},
                                   {"3月20日", day(3, 20), "2025-03-20"},
                                   {"6月", months(6, 6), "2024-06"},
                                   {"10-12月", months(10, 12), "2024Q4"},
                                   {"年末", end_of(kYear), "2024-12-31@end"},
                                   {"年初", start_of(kYear), "2024-01-01"},
                               });
  expect_all(report("2025H1"), {
                                   {"三季度, still ahead", quarter(3), "2025Q3"},
                                   {"下半年, still ahead", half(2), "2025H2"},
                                   {"7月8日", day(7, 8), "2025-07-08"},
                                   {"11月", months(11, 11), "2024-11"},
                                   {"6月底", end_of(months(6, 6)), "2025-06-30@end"},
                               });
  expect_all(published_report(date(2025, 3, 25), "2024Q4"), {
                                                                {"第四季度", quarter(4), "2024Q4"},
                                                                {"12月19日", day(12, 19), "2024-12-19"},
                                                                {"3月25日", day(3, 25), "2025-03-25"},
                                                                {"3月26日", day(3, 26), "2024-03-26"},
                                                            });
}

TEST(ResolvePeriodTest, BareUnitByPublication) {
  expect_all(published(2024, 8, 28), {
                                         {"上半年", half(1), "2024H1"},
                                         {"下半年", half(2), "2023H2"},
                                         {"首季", quarter(1), "2024Q1"},
                                         {"第三季", quarter(3), "2023Q3"},
                                         {"首三季", cumulative(quarter(3)), "2023-01-01..2023-09-30"},
                                         {"1-7月", months(1, 7), "2024-01-01..2024-07-31"},
                                         {"全年", kYear, "2023"},
                                         {"年初", start_of(kYear), "2024-01-01"},
                                         {"8月", months(8, 8), "2024-08"},
                                         {"8月底", end_of(months(8, 8)), "2023-08-31@end"},
                                         {"6月底", end_of(months(6, 6)), "2024-06-30@end"},
                                         {"9月", months(9, 9), "2023-09"},
                                         {"8月28日", day(8, 28), "2024-08-28"},
                                         {"8月29日", day(8, 29), "2023-08-29"},
                                         {"今(28)日", day(0, 28), "2024-08-28"},
                                         {"2月29日", day(2, 29), "2024-02-29"},
                                     });
  expect_all(published(2023, 3, 1), {{"2月29日", day(2, 29), "2020-02-29"}});
}

TEST(ResolvePeriodTest, RelativeYears) {
  const PeriodExpression last = rel(-1, kYear);
  expect_all(published_report(date(2025, 3, 25), "2024Q4"), {
                                                                {"去年", last, "2024"},
                                                                {"去年第四季度", rel(-1, quarter(4)), "2024Q4"},
                                                                {"今年", rel(0, kYear), "2025"},
                                                                {"明年4月", rel(1, months(4, 4)), "2026-04"},
                                                                {"前年", rel(-2, kYear), "2023"},
                                                                {"去年底", end_of(last), "2024-12-31@end"},
                                                            });
  expect_all(report("2024Q4"), {{"去年", last, "2024"}, {"今年", rel(0, kYear), "2025"}});
  expect_all(report("2024"), {{"去年", last, "2024"}, {"今年首季", rel(0, quarter(1)), "2025Q1"}});
  expect_all(report("2024Q2"), {{"去年", last, "2023"}, {"今年上半年", rel(0, half(1)), "2024H1"}});
}

TEST(ResolvePeriodTest, YearsBeforeThePeriodAtHand) {
  const PeriodExpression same = expr(Unit::same);
  expect_all(at_hand("2024Q3"), {
                                    {"同期", same, "2024Q3"},
                                    {"去年同期", before(-1, same), "2023Q3"},
                                    {"去年同期 (by the calendar)", rel(-1, same), "2023Q3"},
                                    {"2021年同期", in(2021, same), "2021Q3"},
                                    {"前年同期", before(-2, same), "2022Q3"},
                                    {"上年", before(-1, kYear), "2023"},
                                    {"上年末", end_of(before(-1, kYear)), "2023-12-31@end"},
                                    {"上年第四季度", before(-1, quarter(4)), "2023Q4"},
                                    {"期末", end_of(same), "2024-09-30@end"},
                                    {"期初", start_of(same), "2024-07-01"},
                                });
  expect_all(report("2024H1"), {{"上年同期", before(-1, same), "2023H1"}, {"报告期内", same, "2024H1"}});
  expect_all(published(2024, 8, 28), {{"上年", before(-1, kYear), "2023"}});
  expect_all({}, {{"去年同期", before(-1, same), ""}, {"上年", before(-1, kYear), ""}});
}

TEST(ResolvePeriodTest, UnitsCountedFromNow) {
  const PeriodExpression last_quarter = this_unit(Unit::quarter, -1);
  const PeriodExpression this_quarter = this_unit(Unit::quarter, 0);
  const PeriodExpression last_month = this_unit(Unit::months, -1);
  expect_all(report("2025Q1"), {
                                   {"上季", last_quarter, "2024Q4"},
                                   {"本季", this_quarter, "2025Q1"},
                                   {"下季", this_unit(Unit::quarter, 1), "2025Q2"},
                                   {"本年度", this_unit(Unit::year, 0), "2025"},
                                   {"上月", last_month, "2025-03"},
                               });
  expect_all(published(2025, 1, 15), {
                                         {"上季", last_quarter, "2024Q4"},
                                         {"本季", this_quarter, "2025Q1"},
                                         {"上月", last_month, "2024-12"},
                                         {"本月", this_unit(Unit::months, 0), "2025-01"},
                                         {"昨日", this_unit(Unit::day, -1), "2025-01-14"},
                                         {"上年度", this_unit(Unit::year, -1), "2024"},
                                     });
  expect_all(published_report(date(2024, 8, 20), "2024H1"),
             {{"今季", this_quarter, "2024Q3"}, {"上季", last_quarter, "2024Q2"}});
  expect_all(report("2024"), {{"本季度", this_quarter, "2024Q4"}, {"上季度", last_quarter, "2024Q3"}});
  expect_all(published_report(date(2025, 7, 10), "2025-06"), {{"上月", last_month, "2025-05"}});
  PeriodContext hong_kong = published_report(date(2024, 11, 20), "2024Q3");
  expect_all(hong_kong, {{"上季", last_quarter, "2024Q2"}});
  hong_kong.last_quarter_is_report = true;
  expect_all(hong_kong, {{"上季 in Hong Kong", last_quarter, "2024Q3"}, {"今季", this_quarter, "2024Q3"}});
}

// Words say what they are told from: 单季 and 当月 the period at hand, 今季 the day of speaking.
TEST(ResolvePeriodTest, UnitsOfThePeriodAtHand) {
  const PeriodExpression single = before(0, this_unit(Unit::quarter, 0));
  expect_all(at_hand("2024Q3"), {{"单季", single, "2024Q3"}});
  expect_all(at_hand("2024H1"), {{"单季", single, "2024Q2"}});
  expect_all(published_report(date(2025, 3, 25), "2024-11"),
             {{"单季", single, "2024Q4"}, {"当月", before(0, this_unit(Unit::months, 0)), "2024-11"}});
  PeriodContext hong_kong = published_report(date(2024, 11, 20), "2024Q3");
  hong_kong.last_quarter_is_report = true;
  expect_all(hong_kong, {{"今季", rel(0, this_unit(Unit::quarter, 0)), "2024Q4"}});
}

TEST(ResolvePeriodTest, FirstMonthsOfAFiscalYear) {
  const PeriodExpression nine = rel(0, cumulative(months(1, 9)));
  expect_all(published_report(date(2025, 2, 20), "FY2025Q3", 3), {{"今年首九个月", nine, "2024-04-01..2024-12-31"}});
  expect_all(published_report(date(2025, 11, 20), "2025Q3"), {{"今年首九个月", nine, "2025-01-01..2025-09-30"}});
}

TEST(ResolvePeriodTest, FiscalYears) {
  expect_all(report("FY2025H1", 3),
             {
                 {"FY2025", fiscal(in(2025, kYear)), "FY2025"},
                 {"FY25Q3", fiscal(in(2025, quarter(3))), "FY2025Q3"},
                 {"FY25首三季", fiscal(in(2025, cumulative(quarter(3)))), "2024-04-01..2024-12-31"},
                 {"上半年", half(1), "FY2025H1"},
                 {"第四季", quarter(4), "FY2025Q4"},
                 {"全年", kYear, "FY2025"},
                 {"4-9月", months(4, 9), "2024-04-01..2024-09-30"},
                 {"9月底", end_of(months(9, 9)), "2024-09-30@end"},
                 {"去年同期", before(-1, expr(Unit::same)), "FY2024H1"},
                 {"上年", before(-1, kYear), "FY2024"},
                 {"上财年", fiscal(rel(-1, kYear)), "FY2024"},
                 {"2024年第三季度", in(2024, quarter(3)), "2024Q3"},
                 {"去年", rel(-1, kYear), "2023"},
                 {"本年度", this_unit(Unit::year, 0), "FY2025"},
                 {"FY2025末", end_of(fiscal(in(2025, kYear))), "2025-03-31@end"},
             });
  PeriodContext news = published(2024, 11, 26);
  news.fiscal_year_end_month = 3;
  expect_all(news, {
                       {"上半年", half(1), "FY2025H1"},
                       {"第三季", quarter(3), "FY2024Q3"},
                       {"9月", months(9, 9), "2024-09"},
                   });
  news.fiscal_year_end_month = 77;
  expect_all(news, {{"上半年", half(1), "2024H1"}});
}

PeriodExpression within(Unit unit, int shift, int d, int d_to = 0) {
  PeriodExpression e = this_unit(Unit::day, shift);
  e.within = unit;
  e.day = static_cast<int8_t>(d);
  e.day_to = static_cast<int8_t>(d_to);
  return e;
}
PeriodExpression weekday(int d, int d_to = 0) {
  PeriodExpression e = within(Unit::week, 0, d, d_to);
  e.relative_unit = false;
  return e;
}
PeriodExpression length(int n, Unit unit, Reach reach = Reach::none) {
  PeriodExpression e = expr(Unit::length);
  e.length = static_cast<int16_t>(n);
  e.length_unit = unit;
  e.reach = reach;
  return e;
}
PeriodExpression until(PeriodExpression e, int n, Unit unit) {
  e.reach = Reach::until;
  e.length = static_cast<int16_t>(n);
  e.length_unit = unit;
  return e;
}
PeriodExpression since(PeriodExpression e) {
  e.edge = Edge::since;
  return e;
}
PeriodExpression middle_of(PeriodExpression e) {
  e.edge = Edge::middle;
  return e;
}

TEST(ResolvePeriodTest, WeeksAndDaysFromTheDayOfSpeaking) {
  // A Tuesday.
  expect_all(published(2025, 3, 25),
             {
                 {"本周", this_unit(Unit::week, 0), "2025-03-24..2025-03-30"},
                 {"上周", this_unit(Unit::week, -1), "2025-03-17..2025-03-23"},
                 {"大前天", this_unit(Unit::day, -3), "2025-03-22"},
                 {"上周五", within(Unit::week, -1, 5), "2025-03-21"},
                 {"下周一至周三", within(Unit::week, 1, 1, 3), "2025-03-31..2025-04-02"},
                 {"周二", weekday(2), "2025-03-25"},
                 {"周三", weekday(3), "2025-03-19"},
                 {"周末", weekday(6, 7), "2025-03-22..2025-03-23"},
                 {"上月8日", within(Unit::months, -1, 8), "2025-02-08"},
                 {"上月下旬", within(Unit::months, -1, 21, PeriodExpression::kLastDay), "2025-02-21..2025-02-28"},
             });
  // A Sunday is the last day of its week.
  expect_all(published(2025, 3, 30), {{"本周", this_unit(Unit::week, 0), "2025-03-24..2025-03-30"}});
  expect_all(report("2024Q4"), {{"上周", this_unit(Unit::week, -1), ""}, {"周二", weekday(2), ""}});
}

TEST(ResolvePeriodTest, LengthsFromTheDayOfSpeaking) {
  expect_all(published(2025, 3, 31), {
                                         {"三年", length(3, Unit::year), ""},
                                         {"近五年", length(5, Unit::year, Reach::back), "2020-04-01..2025-03-31"},
                                         {"过去三天", length(3, Unit::day, Reach::back), "2025-03-29..2025-03-31"},
                                         {"未来两周", length(2, Unit::week, Reach::ahead), "2025-04-01..2025-04-14"},
                                         {"未来三个月", length(3, Unit::months, Reach::ahead), "2025Q2"},
                                         {"三天前", length(3, Unit::day, Reach::ago), "2025-03-28"},
                                         {"一个月前", length(1, Unit::months, Reach::ago), "2025-02"},
                                         {"两周后", length(2, Unit::week, Reach::hence), "2025-04-14..2025-04-20"},
                                         {"5年前", length(5, Unit::year, Reach::ago), "2020"},
                                         {"近几年", length(0, Unit::year, Reach::back), ""},
                                     });
  expect_all(report("2024"), {{"过去十二个月", length(12, Unit::months, Reach::back), "2024"}});
  expect_all({}, {{"近五年", length(5, Unit::year, Reach::back), ""}});
}

TEST(ResolvePeriodTest, LengthsThatEndOnADay) {
  expect_all({},
             {
                 {"截至2024年6月30日止六个月", until(in(2024, day(6, 30)), 6, Unit::months), "2024H1"},
                 {"截至2024年9月底止九个月", until(in(2024, months(9, 9)), 9, Unit::months), "2024-01-01..2024-09-30"},
                 {"截至2024年12月31日止年度", until(in(2024, day(12, 31)), 1, Unit::year), "2024"},
             });
  PeriodContext march;
  march.fiscal_year_end_month = 3;
  expect_all(march, {
                        {"截至2025年3月31日止年度", until(in(2025, day(3, 31)), 1, Unit::year), "FY2025"},
                        {"截至2024年9月30日止六个月", until(in(2024, day(9, 30)), 6, Unit::months), "FY2025H1"},
                    });
}

TEST(ResolvePeriodTest, OpenEndsAndMiddles) {
  expect_all(published_report(date(2024, 11, 20), "2024Q3"),
             {
                 {"2019年以来", since(in(2019, kYear)), "2019-01-01..2024-11-20"},
                 {"今年3月以来", since(rel(0, months(3, 3))), "2024-03-01..2024-11-20"},
                 {"2024年年中", middle_of(in(2024, kYear)), "2024-06-30"},
                 {"年中", middle_of(kYear), "2024-06-30"},
                 {"2024年6月中", middle_of(in(2024, months(6, 6))), "2024-06-15"},
             });
}

TEST(ResolvePeriodTest, Holidays) {
  const auto holiday = [](int n) { return expr(Unit::holiday, n); };
  expect_all({}, {
                     {"2024年春节", in(2024, holiday(kSpringFestival)), "2024-02-10"},
                     {"2023年春节", in(2023, holiday(kSpringFestival)), "2023-01-22"},
                     {"2024年除夕", in(2024, holiday(kNewYearsEve)), "2024-02-09"},
                     {"2025年清明", in(2025, holiday(kQingming)), "2025-04-04"},
                     {"2020年中秋", in(2020, holiday(kMidAutumn)), "2020-10-01"},
                     {"2023年端午", in(2023, holiday(kDragonBoat)), "2023-06-22"},
                     {"2024年重阳", in(2024, holiday(kChongyang)), "2024-10-11"},
                     {"2024年感恩节", in(2024, holiday(kThanksgiving)), "2024-11-28"},
                     {"2024年母亲节", in(2024, holiday(kMothersDay)), "2024-05-12"},
                     {"2025年父亲节", in(2025, holiday(kFathersDay)), "2025-06-15"},
                     {"2024年复活节", in(2024, holiday(kEaster)), "2024-03-31"},
                     {"2025年复活节", in(2025, holiday(kEaster)), "2025-04-20"},
                     {"2024年平安夜", in(2024, holiday(kChristmasEve)), "2024-12-24"},
                 });
  expect_all(published(2025, 1, 20), {{"春节", holiday(kSpringFestival), "2024-02-10"},
                                      {"今年春节", rel(0, holiday(kSpringFestival)), "2025-01-29"}});
}

TEST(ResolvePeriodTest, MonthsAfterTheReportThatAreOver) {
  expect_all(published_report(date(2025, 3, 25), "2024Q4"), {
                                                                {"1-2月", months(1, 2), "2025-01-01..2025-02-28"},
                                                                {"1-9月", months(1, 9), "2024-01-01..2024-09-30"},
                                                                {"1-3月", months(1, 3), "2024Q1"},
                                                            });
}

TEST(ResolvePeriodTest, SaysWhyItDoesNotKnow) {
  EXPECT_STREQ(resolve_period(quarter(4), {}).rule, "no-year-known");
  EXPECT_STREQ(resolve_period(day(12, 19), {}).rule, "no-year-known");
  EXPECT_STREQ(resolve_period(rel(-1, kYear), {}).rule, "no-year-known");
  EXPECT_STREQ(resolve_period(this_unit(Unit::quarter, -1), {}).rule, "no-year-known");
  EXPECT_STREQ(resolve_period(expr(Unit::length), report("2024")).rule, "length-of-time");
  EXPECT_STREQ(resolve_period(PeriodExpression{}, report("2024")).rule, "no-period");
  expect_all(report("2024"), {{"近五年", expr(Unit::length), ""}, {"", PeriodExpression{}, ""}});
}

TEST(ResolvePeriodTest, ReportsTheImpossible) {
  const std::vector<Case> cases = {
      {"2024年2月30日", in(2024, day(2, 30)), ""},
      {"2023年2月29日", in(2023, day(2, 29)), ""},
      {"2024年13月", in(2024, months(13, 13)), ""},
      {"第五季度", quarter(5), ""},
      {"2024年第五季度", in(2024, quarter(5)), ""},
      {"2月30日", day(2, 30), ""},
      {"5月22-20日", day(5, 22, 5, 20), ""},
      {"0年", in(0, kYear), ""},
      {"32767年", in(32767, kYear), ""},
      {"2024-2022年", in(2024, kYear, 2022), ""},
      {"0月", months(0, 0), ""},
      {"13月5日", day(13, 5), ""},
  };
  for (const PeriodContext& context : {report("2024"), published(2024, 8, 28)}) {
    for (const Case& c : cases) {
      const ResolvedPeriod resolved = resolve_period(c.expression, context);
      EXPECT_TRUE(resolved.impossible) << c << resolved.period.text();
      EXPECT_TRUE(resolved.period.empty()) << c;
    }
  }
}

// Every field at its limits: some answer, no crash, and the answer is in the calendar.
void expect_total(PeriodExpression e, const PeriodContext& context) {
  for (const int n : {-128, 0, 1, 12, 127}) {
    for (int flags = 0; flags < 8; ++flags) {
      e.n = e.day = e.day_to = e.shift = static_cast<int8_t>(n);
      e.length = e.years_on = static_cast<int16_t>(n * 257);
      e.length_unit = static_cast<Unit>(flags);
      e.reach = static_cast<Reach>(flags % 6);
      e.within = flags == 7 ? Unit::week : flags == 6 ? Unit::months : Unit::none;
      e.m = static_cast<int8_t>(-n / 2);
      e.cumulative = (flags & 1) != 0;
      e.fiscal = (flags & 2) != 0;
      e.relative_unit = (flags & 4) != 0;
      const Period p = resolve_period(end_of(e), context).period;
      if (!p.empty()) {
        ASSERT_TRUE(p.end.valid() && p.start.valid());
      }
    }
  }
}

TEST(ResolvePeriodTest, TotalOnAbsurdInput) {
  const std::vector<PeriodContext> contexts = {
      {},
      report("9999"),
      report("0001"),
      report("9999-12-31@end"),
      report("FY0002", 3),
      at_hand("0001Q1"),
      published(9999, 12, 31),
      published(1, 1, 1),
      published(2024, 13, 40),
  };
  for (const PeriodContext& context : contexts) {
    for (int unit = 0; unit <= static_cast<int>(Unit::same); ++unit) {
      for (int kind = 0; kind <= static_cast<int>(YearKind::before); ++kind) {
        for (const int year : {-32768, -1, 0, 1, 2024, 9999, 32767}) {
          expect_total(with_year(expr(static_cast<Unit>(unit)), static_cast<YearKind>(kind), year), context);
        }
      }
    }
  }
}

}  // namespace
}  // namespace jiyao
