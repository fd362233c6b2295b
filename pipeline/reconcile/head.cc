// Headers that say a period.
#include <algorithm>
#include <cctype>
#include <optional>

#include "pipeline/reconcile/layout.h"

namespace jiyao::reconciling {
namespace {

constexpr size_t kLongestHead = 60;  // bytes

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<int> year_in(std::string_view text) {
  if (text.size() != 4 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  const int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
  return year >= 1990 && year <= 2100 ? std::optional(year) : std::nullopt;
}

// "dec-24", "dec 2024", "31 december 2024" → the last day of that month, or the day.
std::optional<Period> english_date(std::string_view text, const Words& words) {
  const auto month = words.longest("month", text);
  if (!month) return std::nullopt;
  std::vector<int> numbers;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) {
      const bool in_month = i >= month->at && i < month->at + month->size;
      if (!in_month && std::isalpha(static_cast<unsigned char>(text[i])) != 0) return std::nullopt;
      continue;
    }
    int number = 0;
    for (; i < text.size() && is_digit(text[i]) && number < 10000; ++i) number = number * 10 + (text[i] - '0');
    numbers.push_back(number);
  }
  if (numbers.empty() || numbers.size() > 2) return std::nullopt;
  const int year = numbers.back() < 100 ? 2000 + numbers.back() : numbers.back();
  const int m = std::atoi(month->term->means.c_str());
  const int last = Date::days_in_month(year, m);
  const int day = numbers.size() == 2 ? numbers.front() : last;
  const Date date{static_cast<int16_t>(year), static_cast<int8_t>(m), static_cast<int8_t>(std::clamp(day, 1, 31))};
  if (year < 1990 || year > 2100 || !date.valid()) return std::nullopt;
  return Period::at_end(date);
}

// "2024", "fy2024", "year 2024": the year alone, which only a header means as one.
std::optional<int> lone_year(std::string_view text) {
  for (const std::string_view lead : {"year ", "full year ", "全年", "cy", "y"})
    if (text.starts_with(lead)) return year_in(trimmed(text.substr(lead.size())));
  return year_in(text);
}

// "quarter ended 31 december 2024", "截至2024年12月31日止三个月" stay with the reader of periods.
std::string without_lead(std::string_view text) {
  for (const std::string_view lead : {"quarter ended ", "quarter ending ", "three months ended ", "3 months ended "})
    if (text.starts_with(lead)) return std::string(text.substr(lead.size()));
  return std::string(text);
}

// 四季度2024 → 2024四季度, and 4q 2024 as it is.
std::string year_first(const std::string& text) {
  if (text.size() <= 4 || is_digit(text[text.size() - 5])) return text;
  const auto year = year_in(std::string_view(text).substr(text.size() - 4));
  const bool chinese = (static_cast<unsigned char>(text[text.size() - 5]) & 0x80) != 0;
  return year && chinese ? text.substr(text.size() - 4) + "年" + text.substr(0, text.size() - 4) : text;
}

// 2024e, 4q24a: the letter says whose number it is.
std::string take_letter(std::string& text) {
  if (text.size() < 3 || !is_digit(text[text.size() - 2])) return "";
  const char last = text.back();
  if (last != 'e' && last != 'f' && last != 'a' && last != 'p') return "";
  text.pop_back();
  return last == 'a' ? "actual" : "estimate";
}

PeriodHead read_text(const std::string& text, const Words& words, const LabelReader& reader) {
  PeriodHead head;
  if (text.empty() || text.size() > kLongestHead || words.longest("rolling", text)) return head;
  std::string bare = trimmed(text);
  // "2024 (e)", "4q24 实际"
  if (const auto hit = words.longest("status", bare); hit && hit->at + hit->size == bare.size() && hit->at > 0) {
    std::string before = trimmed(std::string_view(bare).substr(0, hit->at));
    if (before.ends_with('(')) before = trimmed(std::string_view(before).substr(0, before.size() - 1));
    head.status = hit->term->means;
    bare = before;
  } else if (bare.ends_with(')')) {
    const size_t open = bare.rfind('(');
    const std::string inside =
        open == bare.npos ? "" : trimmed(std::string_view(bare).substr(open + 1, bare.size() - open - 2));
    if (const SheetTerm* status = words.find("status", inside)) {
      head.status = status->means;
      bare = trimmed(std::string_view(bare).substr(0, open));
    }
  }
  if (const std::string letter = take_letter(bare); !letter.empty()) head.status = letter;
  head.fiscal = bare.find("fy") != bare.npos || bare.find("财年") != bare.npos || bare.find("财季") != bare.npos;
  if (const auto year = lone_year(bare)) {
    head.period = Period::year_of(*year);
    return head;
  }
  // As metrics.csv has it: "2024-12-31@end", "2024-01-01..2024-09-30".
  if (bare.find('@') != bare.npos || bare.find("..") != bare.npos) {
    head.period = Period::parse(bare);
    if (!head.period.empty()) return head;
  }
  const std::string dated = without_lead(bare);
  if (const auto date = english_date(dated, words)) {
    head.period = *date;
    head.any_length = dated == bare;
    if (!head.any_length) head.period = Period::quarter(date->end.year, (date->end.month + 2) / 3);
    return head;
  }
  PeriodReading reading = reader.period(year_first(bare));
  head.period = reading.period;
  head.rest = trimmed(reading.rest);
  return head;
}

}  // namespace

PeriodHead read_head(const std::string& folded, const Words& words, const LabelReader& reader) {
  return read_text(folded, words, reader);
}

PeriodHead read_head(const SheetCell& cell, const Words& words, const LabelReader& reader) {
  PeriodHead head;
  if (cell.kind == CellKind::date) {
    if (const auto day = Date::parse(cell.text)) head.period = Period::at_end(*day);
    head.any_length = !head.period.empty();
    return head;
  }
  if (cell.kind == CellKind::number) {
    // 2024E may be a number whose format adds the letter.
    if (cell.value && cell.decimals == 0 && cell.text.find(',') == std::string::npos) {
      const std::string text = reader.fold(cell.text);
      if (cell.unit.size() <= 1) head = read_text(text, words, reader);
      if (head.period.text().size() != 4) head = {};
    }
    return head;
  }
  if (cell.kind != CellKind::text || cell.text.size() > 2 * kLongestHead) return head;
  return read_text(reader.fold(cell.text), words, reader);
}

}  // namespace jiyao::reconciling
