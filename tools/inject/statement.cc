#include "tools/inject/statement.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <tuple>

namespace jiyao::inject {

namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::optional<long double> parsed(std::string_view text) {
  const auto decimal = Decimal::parse(text);
  if (!decimal) return std::nullopt;
  return static_cast<long double>(decimal->coefficient()) *
         std::pow(10.0L, static_cast<long double>(decimal->exponent()));
}

// One in the last place of 86.4 in 86.4億元, whose value says what a one is worth;
// of a number in words the last place that is no zero.
long double last_place(std::string_view figure, long double value) {
  const size_t begin = figure.find_first_of("0123456789");
  if (begin == figure.npos) {
    long double place = 1e-2L;
    while (value != 0 && place < 1e18L && std::fabs(std::remainder(value, place * 10)) < place / 2) place *= 10;
    return place;
  }
  std::string digits;
  int decimals = 0;
  bool point = false;
  for (const char c : figure.substr(begin)) {
    if (c == ',') continue;
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digits += c;
      decimals += point;
    } else {
      break;
    }
  }
  const long double printed = std::stold(digits) * std::pow(10.0L, static_cast<long double>(-decimals));
  const long double unit = std::pow(10.0L, static_cast<long double>(-decimals));
  return printed == 0 ? unit : std::pow(10.0L, std::round(std::log10(std::fabs(value) / printed))) * unit;
}

std::optional<Number> number_of(std::string_view value, std::string_view figure) {
  value = value.substr(0, value.find('|'));
  const size_t range = value.find("..");
  const auto low = parsed(value.substr(0, range));
  const auto high = range == value.npos ? low : parsed(value.substr(range + 2));
  if (!low || !high) return std::nullopt;
  return Number{*low, *high, last_place(figure, *high)};
}

std::vector<Period> periods_of(std::string_view cell, int fiscal_year_end_month) {
  std::vector<Period> found;
  for (const std::string& text : split(cell, '|')) {
    const Period period = Period::parse(text, fiscal_year_end_month);
    if (!period.empty()) found.push_back(period);
  }
  return found;
}

// Where `figure` stands in a line for the nth time.
std::optional<Span> place_of(const SourceText& source, size_t line, const std::string& figure, size_t nth) {
  if (line == 0 || line > source.line_bytes.size() || figure.empty()) return std::nullopt;
  size_t at = source.line_bytes[line - 1];
  for (size_t i = 0; i < nth; ++i) {
    at = source.text.find(figure, i == 0 ? at : at + 1);
    if (at == std::string::npos) return std::nullopt;
  }
  return Span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + figure.size())};
}

using Row = std::map<std::string, std::string>;

void add_row(Row row, Span at, int fiscal_year_end_month, Statements& out) {
  const std::string& kind = row["kind"];
  if (kind == "period") {
    const auto periods = periods_of(row["period"], fiscal_year_end_month);
    if (!periods.empty()) out.mentions.push_back({at, row["figure"], periods.front()});
    return;
  }
  const auto number = number_of(row["value"], row["figure"]);
  if (!number) return;
  const auto line = static_cast<uint32_t>(std::stoul(row["line"]));
  out.stated.push_back({at, line, row["figure"], *number, row["metric"], row["subject"], row["segment"], row["company"],
                        row["basis"], row["base"], row["unit"], row["qualifier"], row["status"],
                        periods_of(row["period"], fiscal_year_end_month)});
}

}  // namespace

Range meant(const Number& number, std::string_view qualifier) {
  constexpr long double kEndless = std::numeric_limits<long double>::infinity();
  constexpr long double kSlack = 1e-9L;  // of the last place
  if (number.low != number.high) return {number.low - number.place, number.high + number.place};
  const bool negative = number.low < 0;
  const long double size = std::fabs(number.low);
  const long double below = size - number.place * (0.5L + kSlack);
  const long double above = size + number.place * (1 + kSlack);
  Range range = {below, above};
  if (qualifier == "about") range = {std::min(below, size * 0.95L), std::max(above, size * 1.05L)};
  if (qualifier == "near") range = {std::min(below, size * 0.85L), size + number.place * (0.5L + kSlack)};
  if (qualifier == "over" || qualifier == "at_least") range = {below, kEndless};
  if (qualifier == "under" || qualifier == "at_most") range = {-kEndless, size + number.place * (0.5L + kSlack)};
  return negative ? Range{-range.high, -range.low} : range;
}

bool is(std::string_view cell, std::string_view word) { return alike(cell, word); }

bool alike(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto left = split(a, '|');
  const auto right = split(b, '|');
  return std::find_first_of(left.begin(), left.end(), right.begin(), right.end()) != left.end();
}

std::optional<Statements> read_gold(const std::filesystem::path& path, const Extracted& untouched) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  const auto columns = split(line, '\t');
  Statements found;
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    const auto cells = split(line, '\t');
    Row row;
    for (size_t i = 0; i < columns.size(); ++i) row[columns[i]] = i < cells.size() ? cells[i] : "";
    const auto number = [](const std::string& cell) { return std::strtoul(cell.c_str(), nullptr, 10); };
    const auto at = place_of(untouched.document.source, number(row["line"]), row["figure"], number(row["nth"]));
    if (!at) return std::nullopt;
    add_row(std::move(row), *at, untouched.extraction.context.fiscal_year_end_month, found);
  }
  return found;
}

Statements statements_of(const Extracted& untouched) {
  const auto& [document, mentions, extraction] = untouched;
  const auto place = [&document = document](Span folded) {
    const Citation at = cite(document.source, document.folded, folded);
    return std::tuple(Span{at.byte_start, at.byte_end}, at.line, std::string(at.text));
  };
  Statements found;
  for (const Fact& f : extraction.facts) {
    const auto [at, line, figure] = place(f.figure);
    const auto low = f.value ? f.value : f.low;
    const auto high = f.value ? f.value : f.high;
    if (!low || !high) continue;
    const Number number = {low->to_double(), high->to_double(), std::pow(10.0L, static_cast<long double>(-f.decimals))};
    found.stated.push_back({at,
                            line,
                            figure,
                            number,
                            f.metric,
                            f.subject,
                            f.segment,
                            f.company,
                            name(f.basis),
                            f.base,
                            f.unit,
                            name(f.qualifier),
                            name(f.status),
                            {}});
    if (!f.period.empty()) found.stated.back().periods = {f.period};
  }
  for (const LedgerRow& row : extraction.ledger) {
    const Period period = Period::parse(row.meaning, extraction.context.fiscal_year_end_month);
    if (row.kind != LedgerClass::period || period.empty()) continue;
    const auto [at, line, words] = place(row.figure);
    found.mentions.push_back({at, words, period});
  }
  return found;
}

}  // namespace jiyao::inject
