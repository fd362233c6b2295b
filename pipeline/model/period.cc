#include "pipeline/model/period.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

namespace jiyao {
namespace {

constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;

// Months counted from January of year 0, so that spans are plain subtraction.
int month_index(Date d) { return d.year * 12 + d.month - 1; }

bool ends_month(Date d) { return d.day == Date::days_in_month(d.year, d.month); }

Date make_date(int year, int month, int day) {
  return Date{static_cast<int16_t>(year), static_cast<int8_t>(month), static_cast<int8_t>(day)};
}

// Whole months [first, first + count) by month_index; empty outside the calendar.
Period whole_months(int first, int count) {
  const int last = first + count - 1;
  if (count < 1 || first < kFirstYear * 12 || last >= (kLastYear + 1) * 12) return {};
  Period p;
  p.start = make_date(first / 12, first % 12 + 1, 1);
  p.end = make_date(last / 12, last % 12 + 1, Date::days_in_month(last / 12, last % 12 + 1));
  return p;
}

bool in_calendar(int year) { return kFirstYear <= year && year <= kLastYear; }

// Fiscal years that end in December, and months that are none, mean the calendar year.
int fiscal_offset(int end_month) { return 1 <= end_month && end_month < 12 ? end_month : 0; }

// Index of the first month of the fiscal year that ends in `year`.
int fiscal_start(int year, int end_month) {
  const int offset = fiscal_offset(end_month);
  return offset == 0 ? year * 12 : (year - 1) * 12 + offset;
}

std::string four_digits(int year) {
  if (year < 0 || year > 9999) return std::to_string(year);
  std::string digits = std::to_string(year);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return digits;
}

std::string two_digits(int n) {
  if (n < 0 || n > 99) return std::to_string(n);
  return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

// What `months` whole months beginning `position` months into a year are called: Q3, H1, "" for
// the year itself; empty if they have no name.
std::optional<std::string> part_name(int position, int months) {
  if (months == 12 && position == 0) return "";
  if (months == 6 && position % 6 == 0) return "H" + std::to_string(position / 6 + 1);
  if (months == 3 && position % 3 == 0) return "Q" + std::to_string(position / 3 + 1);
  return std::nullopt;
}

// Decimal digits only, all of `text`.
std::optional<int> number(std::string_view text, size_t digits) {
  if (text.size() != digits) return std::nullopt;
  int n = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return n;
}

// One term of the period forms, no span and no instant.
Period parse_term(std::string_view text, int end_month) {
  const bool fiscal = text.starts_with("FY");
  if (fiscal) text.remove_prefix(2);
  const auto year = number(text.substr(0, 4), 4);
  if (!year) return {};
  const int month = fiscal ? end_month : 12;
  if (text.size() == 4) return Period::fiscal_year(*year, month);
  if (text.size() == 6 && text[4] == 'Q') return Period::fiscal_quarter(*year, text[5] - '0', month);
  if (text.size() == 6 && text[4] == 'H') return Period::fiscal_half(*year, text[5] - '0', month);
  if (fiscal || text[4] != '-') return {};
  if (text.size() == 7) return Period::month(*year, number(text.substr(5), 2).value_or(0));
  const auto date = Date::parse(text);
  return date ? Period::day(*date) : Period{};
}

}  // namespace

bool Date::valid() const {
  return in_calendar(year) && 1 <= month && month <= 12 && 1 <= day && day <= days_in_month(year, month);
}

std::string Date::iso() const {
  return four_digits(year).append("-").append(two_digits(month)).append("-").append(two_digits(day));
}

Date Date::plus_days(int days) const {
  if (!valid() || days < -4'000'000 || days > 4'000'000) return {};
  using namespace std::chrono;
  const sys_days at = sys_days{std::chrono::year{year} / static_cast<unsigned>(month) / static_cast<unsigned>(day)};
  const year_month_day moved{at + std::chrono::days{days}};
  const int moved_year = static_cast<int>(moved.year());
  if (!in_calendar(moved_year)) return {};
  return make_date(moved_year, static_cast<int>(static_cast<unsigned>(moved.month())),
                   static_cast<int>(static_cast<unsigned>(moved.day())));
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = number(iso.substr(0, 4), 4);
  const auto month = number(iso.substr(5, 2), 2);
  const auto day = number(iso.substr(8, 2), 2);
  if (!year || !month || !day) return std::nullopt;
  const Date date = make_date(*year, *month, *day);
  if (!date.valid()) return std::nullopt;
  return date;
}

int Date::days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

std::string Period::text() const {
  if (empty()) return "";
  if (!label.empty()) return label;
  if (instant) return end.iso() + "@end";
  if (start == end) return end.iso();
  if (start.day == 1 && ends_month(end)) {
    const int months = month_index(end) - month_index(start) + 1;
    if (const auto part = part_name(start.month - 1, months)) return four_digits(start.year) + *part;
    if (months == 1) return four_digits(start.year) + "-" + two_digits(start.month);
    if (start.month == 1 && end.month == 12) return four_digits(start.year) + ".." + four_digits(end.year);
  }
  return start.iso() + ".." + end.iso();
}

Period Period::parse(std::string_view text, int fiscal_year_end_month) {
  constexpr std::string_view kEnd = "@end";
  if (text.ends_with(kEnd)) {
    const auto date = Date::parse(text.substr(0, text.size() - kEnd.size()));
    return date ? at_end(*date) : Period{};
  }
  const size_t dots = text.find("..");
  if (dots == std::string_view::npos) return parse_term(text, fiscal_year_end_month);
  const Period first = parse_term(text.substr(0, dots), fiscal_year_end_month);
  const Period last = parse_term(text.substr(dots + 2), fiscal_year_end_month);
  if (first.empty() || last.empty() || last.end < first.start) return {};
  Period p;
  p.start = first.start;
  p.end = last.end;
  return p;
}

Period Period::quarter(int year, int quarter) { return fiscal_quarter(year, quarter, 12); }
Period Period::half(int year, int half) { return fiscal_half(year, half, 12); }
Period Period::year_of(int year) { return fiscal_year(year, 12); }

Period Period::fiscal_quarter(int year, int quarter, int end_month) {
  if (!in_calendar(year) || quarter < 1 || quarter > 4) return {};
  const int first = fiscal_start(year, end_month) + (quarter - 1) * 3;
  return fiscal_span(first / 12, first % 12 + 1, 3, end_month);
}

Period Period::fiscal_half(int year, int half, int end_month) {
  if (!in_calendar(year) || half < 1 || half > 2) return {};
  const int first = fiscal_start(year, end_month) + (half - 1) * 6;
  return fiscal_span(first / 12, first % 12 + 1, 6, end_month);
}

Period Period::fiscal_year(int year, int end_month) {
  if (!in_calendar(year)) return {};
  const int first = fiscal_start(year, end_month);
  return fiscal_span(first / 12, first % 12 + 1, 12, end_month);
}

Period Period::fiscal_span(int year, int month, int months, int end_month) {
  if (!in_calendar(year) || month < 1 || month > 12 || months < 1 || months > kLastYear * 12) return {};
  const int first = year * 12 + month - 1;
  Period p = whole_months(first, months);
  const int offset = fiscal_offset(end_month);
  if (p.empty() || offset == 0) return p;
  const int position = (first + 12 - offset) % 12;
  const auto part = part_name(position, months);
  const int fiscal = (first - position + 11) / 12;  // the year of the fiscal year's last month
  if (part) p.label = "FY" + four_digits(fiscal) + *part;
  return p;
}

Period Period::month(int year, int month) { return fiscal_span(year, month, 1, 12); }

Period Period::day(Date date) {
  Period p;
  if (date.valid()) p.start = p.end = date;
  return p;
}

Period Period::at_end(Date date) {
  Period p = day(date);
  p.instant = !p.empty();
  return p;
}

Period Period::years_earlier(int years) const {
  if (empty() || years < -kLastYear || years > kLastYear) return {};
  const bool single_day = start == end && !instant;
  const auto moved = [&](Date d, bool keep_month_end) {
    const int year = d.year - years;
    const int last = Date::days_in_month(year, d.month);
    return make_date(year, d.month, keep_month_end && ends_month(d) ? last : std::min<int>(d.day, last));
  };
  Period p = *this;
  if (!in_calendar(start.year - years) || !in_calendar(end.year - years)) return {};
  p.end = moved(end, !single_day);
  p.start = instant ? p.end : moved(start, false);
  if (label.size() >= 6) {
    const auto fiscal = number(std::string_view(label).substr(2, 4), 4);
    if (fiscal && in_calendar(*fiscal - years)) p.label.replace(2, 4, four_digits(*fiscal - years));
  }
  return p;
}

std::string PeriodExpression::duration() const {
  if (unit != Unit::length || length <= 0) return "";
  const auto say = [&](int units, char letter) { return "P" + std::to_string(units * length) + letter; };
  switch (length_unit) {
    case Unit::year:
      return say(1, 'Y');
    case Unit::half:
      return say(6, 'M');
    case Unit::quarter:
      return say(3, 'M');
    case Unit::months:
      return say(1, 'M');
    case Unit::week:
      return say(1, 'W');
    default:
      return say(1, 'D');
  }
}

}  // namespace jiyao
