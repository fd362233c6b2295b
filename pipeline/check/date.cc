// Days that cannot be meant. A day that no calendar has (2月30日) is one by
// itself. A balance-sheet day that ends the report's own period in every digit
// but one of its year (截至2014年12月31日 in a report on 2024) is a slip of that
// digit, when nothing else in the document speaks of that time.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "pipeline/check/date.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

// The numbers of a date in digits, and the letter or sign after each.
struct DateDigits {
  std::array<int, 3> numbers = {};
  std::array<char, 3> marks = {};  // y, m, d, '-' (also / and .), 0 for nothing, ? for anything else
  size_t count = 0;
};

char mark_at(std::string_view rest) {
  if (rest.empty()) return 0;
  if (rest.starts_with("年")) return 'y';
  if (rest.starts_with("月")) return 'm';
  if (rest.starts_with("日") || rest.starts_with("号")) return 'd';
  const bool dash = rest.front() == '-' || rest.front() == '/' || rest.front() == '.';
  return dash ? '-' : '?';
}

std::optional<DateDigits> date_digits(std::string_view text) {
  DateDigits found;
  for (size_t i = 0; i < text.size();) {
    if (text[i] < '0' || text[i] > '9') {
      ++i;
      continue;
    }
    const size_t begin = i;
    int number = 0;
    for (; i < text.size() && '0' <= text[i] && text[i] <= '9'; ++i) {
      if (i - begin == 4) return std::nullopt;
      number = number * 10 + (text[i] - '0');
    }
    size_t after = i;
    while (after < text.size() && text[after] == ' ') ++after;
    if (found.count == 3) return std::nullopt;
    found.numbers[found.count] = number;
    found.marks[found.count++] = mark_at(text.substr(after));
  }
  return found.count == 0 ? std::nullopt : std::optional(found);
}

// 2024年2月30日, 2月30日, 13月, 2024-02-30. A day without a year may be of a leap year.
bool no_such_day(std::string_view text) {
  const auto digits = date_digits(text);
  if (!digits) return false;
  const auto& [n, mark, count] = *digits;
  const bool signs = count == 3 && mark[0] == '-' && mark[1] == '-' && mark[2] == 0;
  const size_t skip = signs || mark[0] == 'y' ? 1 : 0;
  if (!signs && (skip >= count || mark[skip] != 'm')) return false;
  if (signs && n[0] < 1000) return false;
  const int year = skip == 1 && n[0] >= 1000 ? n[0] : 2024;
  const int days = Date::days_in_month(year, n[skip]);
  if (days == 0) return true;
  const bool has_day = skip + 1 < count && (signs || mark[skip + 1] == 'd');
  return has_day && (n[skip + 1] < 1 || n[skip + 1] > days);
}

bool is_impossible(const Evidence& e, const LedgerRow& row) {
  if (row.meaning.starts_with("impossible")) return true;
  return row.meaning.empty() && no_such_day(folded_at(e, row.figure));
}

void report_impossible(const Evidence& e, const LedgerRow& row, Findings& findings) {
  const std::string date = words_at(e, row.figure);
  Finding f;
  f.check = "date";
  f.severity = Severity::contradiction;
  f.at = row.figure;
  f.stated = date;
  f.message_en = fmt::format("{}: no such date", date);
  f.message_zh = fmt::format("{}：不存在的日期", date);
  findings.push_back(std::move(f));
}

// Exactly one of the four digits differs.
bool one_digit_apart(int year, int other) {
  if (year < 1000 || other < 1000) return false;
  int differ = 0;
  for (; year > 0 || other > 0; year /= 10, other /= 10) differ += year % 10 != other % 10;
  return differ == 1;
}

// The years that the facts speak of lie around the report's: one before to one after, but
// for the facts dated by the day in doubt.
bool rest_is_of(const Evidence& e, int year, Date doubted) {
  return std::all_of(e.facts().begin(), e.facts().end(), [&](const Fact& f) {
    return f.period.empty() || f.period.end == doubted || std::abs(f.period.end.year - year) <= 1;
  });
}

// True if it was reported.
bool check_balance_day(const Evidence& e, const LedgerRow& row, const DatedFacts& facts, Findings& findings) {
  constexpr size_t kIsoLength = 10;
  const Date end = e.extraction().context.period.end;
  const auto date = Date::parse(std::string_view(row.meaning).substr(0, kIsoLength));
  const bool whole = row.meaning.size() == kIsoLength || row.meaning.ends_with("@end");
  if (!date || !whole || end.year == 0 || date->month != end.month || date->day != end.day) return false;
  if (std::abs(date->year - end.year) < 5 || !one_digit_apart(date->year, end.year)) return false;
  auto dated = facts.dated(row.figure, Period::at_end(*date));
  if (!stands_as_of(e, row.figure) && dated.empty()) return false;
  const Severity severity = rest_is_of(e, end.year, *date) ? Severity::contradiction : Severity::suspicious;
  findings.push_back(
      date_finding(e, row, severity, date->iso(),
                   fmt::format("dated {}, but the report is on the period to {}", date->iso(), end.iso()),
                   fmt::format("日期为 {}，但报告期截至 {}", date->iso(), end.iso()), std::move(dated)));
  return true;
}

}  // namespace

std::string_view folded_at(const Evidence& e, Span at) { return cut_out(e.document().folded.text, at); }

std::string words_at(const Evidence& e, Span at) {
  return std::string(cite(e.document().source, e.document().folded, at).text);
}

bool writes_out(std::string_view text, int year) {
  for (const int written : {year, year - 1911, year % 100}) {
    const std::string digits = std::to_string(written);
    const auto is_digit = [&](size_t i) { return i < text.size() && '0' <= text[i] && text[i] <= '9'; };
    for (size_t at = text.find(digits); at != text.npos; at = text.find(digits, at + 1)) {
      if ((at == 0 || !is_digit(at - 1)) && !is_digit(at + digits.size())) return true;
    }
  }
  return false;
}

bool stands_as_of(const Evidence& e, Span at) {
  const auto& as_of = e.known().words("as_of");
  std::string_view before = std::string_view(e.document().folded.text).substr(0, at.begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  return std::any_of(as_of.begin(), as_of.end(), [&](const auto& word) { return before.ends_with(word); });
}

Finding date_finding(const Evidence& e, const LedgerRow& row, Severity severity, const std::string& stated,
                     const std::string& why_en, const std::string& why_zh, std::vector<uint32_t> facts) {
  Finding f;
  f.check = "date";
  f.severity = severity;
  f.at = row.figure;
  f.stated = stated;
  const std::string words = words_at(e, row.figure);
  f.message_en = fmt::format("{}: {}", words, why_en);
  f.message_zh = fmt::format("{}：{}", words, why_zh);
  f.facts = std::move(facts);
  return f;
}

DatedFacts::DatedFacts(const Evidence& e) : e_(e) {
  for (uint32_t i = 0; i < e.facts().size(); ++i)
    if (!e.fact(i).period.empty()) by_sentence_.emplace_back(e.fact(i).sentence, i);
  std::sort(by_sentence_.begin(), by_sentence_.end());
}

template <typename Is>
std::vector<uint32_t> DatedFacts::all(Span at, Is is) const {
  constexpr size_t kMost = 20;
  const auto& sentences = e_.document().sentences;
  const auto after = std::upper_bound(sentences.begin(), sentences.end(), at.begin,
                                      [](uint32_t begin, const Sentence& s) { return begin < s.span.begin; });
  if (after == sentences.begin()) return {};
  const auto sentence = static_cast<uint32_t>(after - sentences.begin() - 1);
  std::vector<uint32_t> found;
  for (auto i = std::lower_bound(by_sentence_.begin(), by_sentence_.end(), std::pair(sentence, 0U));
       i != by_sentence_.end() && i->first == sentence && found.size() < kMost; ++i)
    if (is(e_.fact(i->second).period)) found.push_back(i->second);
  return found;
}

std::vector<uint32_t> DatedFacts::dated(Span at, const Period& period) const {
  return all(at, [&](const Period& of) { return of.end == period.end && (of.instant || Dates(of) == Dates(period)); });
}

std::vector<uint32_t> DatedFacts::of_year(Span at, int year) const {
  return all(at, [&](const Period& of) { return of.end.year == year; });
}

Span DatedFacts::sentence_at(Span at) const {
  const auto& sentences = e_.document().sentences;
  const auto after = std::upper_bound(sentences.begin(), sentences.end(), at.begin,
                                      [](uint32_t begin, const Sentence& s) { return begin < s.span.begin; });
  return after == sentences.begin() ? Span{at.begin, at.begin} : std::prev(after)->span;
}

void check_date(const Evidence& e, Findings& findings) {
  const DatedFacts facts(e);
  const Years years(e, facts);
  for (const LedgerRow& row : e.extraction().ledger) {
    if (row.kind != LedgerClass::period) continue;
    if (is_impossible(e, row)) {
      report_impossible(e, row, findings);
    } else if (!row.meaning.empty() && !check_balance_day(e, row, facts, findings)) {
      years.check(row, findings);
    }
  }
}

}  // namespace jiyao
