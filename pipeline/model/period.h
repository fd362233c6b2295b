// Periods: what the text says (PeriodExpression) and the dates it means
// (Period). Written in the period forms of xBRL-CSV
// (https://www.xbrl.org/Specification/xbrl-csv/REC-2021-10-13/, "period").
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiyao {

// A day of the proleptic Gregorian calendar. Year 0: no date.
struct Date {
  int16_t year = 0;
  int8_t month = 0;
  int8_t day = 0;

  bool valid() const;       // exists in the calendar
  std::string iso() const;  // 2024-12-31
  Date plus_days(int days) const;
  static std::optional<Date> parse(std::string_view iso);  // "2024-12-31"
  static int days_in_month(int year, int month);
  friend bool operator==(Date, Date) = default;
  friend auto operator<=>(Date, Date) = default;
};

// Start and end day are both included; an instant is the end of `end`.
struct Period {
  Date start;
  Date end;
  bool instant = false;
  std::string label;  // of a fiscal year that is not the calendar year: FY2025Q3; else empty

  bool empty() const { return end.year == 0; }
  // `2024Q4`, `2024H1`, `2024`, `2024-02`, `2024-01-01..2024-09-30`, `2022..2024`
  // (whole years), a day `2024-02-03`, an instant `2024-12-31@end`; the label if there is one.
  std::string text() const;
  // The inverse; empty if malformed. FY2025Q3 needs the last month of the fiscal year.
  static Period parse(std::string_view text, int fiscal_year_end_month = 12);
  // Makers give an empty period for what the calendar does not have (years 1 to 9999).
  static Period quarter(int year, int quarter);
  static Period half(int year, int half);
  static Period year_of(int year);
  static Period month(int year, int month);
  // Parts of the fiscal year that ends in `end_month` of `year`. Labelled, unless
  // the fiscal year is the calendar year (end month 12, or no month at all).
  static Period fiscal_quarter(int year, int quarter, int end_month);
  static Period fiscal_half(int year, int half, int end_month);
  static Period fiscal_year(int year, int end_month);
  // Whole months, `months` of them; labelled where they are part of such a fiscal year.
  static Period fiscal_span(int year, int month, int months, int end_month);
  static Period day(Date date);
  static Period at_end(Date date);
  Period years_earlier(int years) const;  // same months, `years` before
  friend bool operator==(const Period&, const Period&) = default;
};

// What a period mention says, before it is resolved: a unit of the calendar, in a
// year that is said or not; or a unit counted from now (上季度, 上周五), or a
// length of time, alone or from now (近五年, 三天前).
struct PeriodExpression {
  enum class Unit : uint8_t {
    none,
    year,
    half,     // n = 1, 2
    quarter,  // n..m, 1 to 4
    months,   // n..m inclusive; one month has n == m
    week,
    day,      // month n, day d (to d2 of month m, if it is a span of days)
    holiday,  // n as in holiday.h
    length,   // a length of time: 近五年, 三天前, 两年半
    same,     // 同期, 期內, 報告期內: the period at hand (shifted by the year part)
  };
  enum class YearKind : uint8_t {
    none,      // 第四季度, 6月30日
    absolute,  // 2024年, 24年 (two digits are completed), 民國113年 (already turned into 2024)
    relative,  // year = 0 今年, -1 去年, 1 明年, -2 前年: of the time of speaking
    before,    // year = -1 上年, 前一年, 上年同期, 0 同年, 1 次年: of the period at hand
  };
  enum class Edge : uint8_t {
    none,
    end,     // 年末 6月底 截至…: an instant
    start,   // 年初
    middle,  // 年中
    since,   // 以来, 至今: from its start to the time of speaking
  };
  enum class Reach : uint8_t {
    none,   // 三年: no dates
    back,   // 近三年, 过去十二个月: up to the time of speaking
    ahead,  // 未来两周, 三个月内
    ago,    // 三天前: the unit that lies so far back
    hence,  // 两周后
    until,  // 截至6月30日止六个月: up to the unit's end
  };
  static constexpr int8_t kLastDay = 127;  // of a month, whichever it is: 下旬

  Unit unit = Unit::none;
  YearKind year_kind = YearKind::none;
  int16_t year = 0;
  int16_t years_on = 0;  // how many years later its end lies: 2022-24年 2, 去年11月至今年2月 1
  int8_t n = 0;
  int8_t m = 0;
  int8_t day = 0;
  int8_t day_to = 0;
  bool relative_unit = false;  // 上季, 本月, 昨日: n is not given, count from the time of speaking
  int8_t shift = 0;            // so many units from there: 上季度 -1, 本季 0
  Unit within = Unit::none;    // what `shift` counts if it is not the unit: a day of 上周 or of 本月
  bool cumulative = false;     // 前三季度, 首三季, 上半年累计, 1-9月
  bool fiscal = false;         // FY25, 2025财年
  Edge edge = Edge::none;
  Reach reach = Reach::none;
  int16_t length = 0;  // so many units; 0: not said exactly (十多年)
  Unit length_unit = Unit::none;

  // A length as ISO 8601 has it: P3Y, P18M, P2W; empty if it is none, or not exact.
  std::string duration() const;
  friend bool operator==(const PeriodExpression&, const PeriodExpression&) = default;
};

}  // namespace jiyao
