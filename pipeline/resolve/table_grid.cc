#include "pipeline/resolve/table_grid.h"

#include <algorithm>
#include <charconv>

namespace jiyao {
namespace {

constexpr size_t kMostHeaderRows = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int number_of(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// Past 约 of 约5亿元: the cell is a value, of which its word says how exact it is.
size_t behind_bound(std::string_view cell) {
  for (const std::string_view bound : {"约", "近", "逾", "超过", "超", "不足", "不到"})
    if (cell.starts_with(bound)) return bound.size();
  return 0;
}

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

}  // namespace

std::vector<CellNumber> numbers_in(std::string_view folded, Span cell) {
  std::vector<CellNumber> numbers;
  for (uint32_t at = cell.begin; at < cell.end;) {
    CellNumber n;
    n.span.begin = at;
    const bool bracket = folded[at] == '(';
    if (bracket) ++at;
    const bool minus = at < cell.end && folded[at] == '-';
    n.sign = minus || (at < cell.end && folded[at] == '+');
    if (n.sign) ++at;
    std::string plain;
    for (; at < cell.end && (is_digit(folded[at]) || folded[at] == ',' || folded[at] == '.'); ++at)
      if (folded[at] != ',') plain += folded[at];
    const auto value = Decimal::parse(plain);
    if (!value || (bracket && (at == cell.end || folded[at] != ')'))) return {};
    n.span.end = bracket ? at + 1 : at;
    const bool earlier = bracket && !numbers.empty();
    if (earlier) n.span = {n.span.begin + 1, at};
    if (bracket) ++at;
    n.sign = n.sign || (bracket && !earlier);
    n.value = minus || (bracket && !earlier) ? value->negated() : *value;
    const size_t point = plain.find('.');
    n.decimals = point == std::string::npos ? 0 : static_cast<int>(plain.size() - point - 1);
    numbers.push_back(n);
    while (at < cell.end && (folded[at] == ' ' || folded[at] == '*')) ++at;
  }
  return numbers;
}

Period bare_period(std::string_view label) {
  const size_t slash = label.find('/');
  if (slash == std::string_view::npos) {
    const bool tail = label.size() == 5 && std::string_view("AEFaef").find(label[4]) != std::string_view::npos;
    if ((label.size() != 4 && !tail) || !all_digits(label.substr(0, 4))) return {};
    const int year = number_of(label);
    return year >= 1950 && year <= 2100 ? Period::year_of(year) : Period{};
  }
  const std::string_view year = label.substr(0, slash);
  const std::string_view month = label.substr(slash + 1);
  if ((year.size() != 2 && year.size() != 4) || month.size() > 2 || !all_digits(year) || !all_digits(month)) return {};
  return Period::month(number_of(year) + (year.size() == 2 ? 2000 : 0), number_of(month));
}

bool TableGrid::is_value(size_t row, size_t column) const {
  if (column >= table_.rows[row].size() || table_.rows[row][column] == kNone) return false;
  const Span span = document_.sentences[table_.rows[row][column]].span;
  const std::string_view cell = std::string_view(document_.folded.text).substr(span.begin, span.size());
  if (!bare_period(cell).empty()) return false;
  const size_t at = cell.find_first_not_of("(+-~ ", behind_bound(cell));
  if (at == std::string_view::npos) return true;  // a dash
  if (!is_digit(cell[at])) return false;
  for (const std::string_view time : {"年", "月", "季", "/"})
    if (cell.find(time) != std::string_view::npos) return false;
  return true;
}

size_t TableGrid::first_value(size_t row) const {
  size_t column = 1;
  while (column < table_.rows[row].size() && !is_value(row, column)) ++column;
  return column;
}

size_t TableGrid::filled(size_t row) const {
  const std::vector<uint32_t>& cells = table_.rows[row];
  return cells.size() - static_cast<size_t>(std::count(cells.begin(), cells.end(), kNone));
}

size_t TableGrid::header_rows() const {
  size_t rows = 0;
  while (rows < std::min(table_.rows.size(), kMostHeaderRows) && !has_values(rows) && (rows == 0 || filled(rows) > 1))
    ++rows;
  return rows;
}

size_t TableGrid::label_columns(size_t row) const {
  size_t columns = SIZE_MAX;
  for (; row < table_.rows.size(); ++row)
    if (has_values(row)) columns = std::min(columns, first_value(row));
  return columns == SIZE_MAX ? 1 : columns;
}

}  // namespace jiyao
