#include "pipeline/write/csv.h"

#include <algorithm>
#include <array>

namespace jiyao {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What makes a spreadsheet read a cell as a formula: = + - @, tab, carriage
// return and line feed, and the full-width forms that some locales take alike.
bool starts_formula(std::string_view cell) {
  if (cell.empty()) return false;
  switch (cell.front()) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
      return true;
    case '\xEF':  // the lead byte of all full-width forms
      return cell.starts_with("＝") || cell.starts_with("＋") || cell.starts_with("－") || cell.starts_with("＠");
    default:
      return false;
  }
}

constexpr std::array<bool, 256> special_bytes() {
  std::array<bool, 256> special = {};
  for (const char c : {',', '"', '\r', '\n'}) special[static_cast<unsigned char>(c)] = true;
  return special;
}

// One look-up a byte; find_first_of() makes a call for each. A long cell, which
// is a sentence, is searched faster for each by itself.
bool needs_quotes(std::string_view cell) {
  static constexpr std::array<bool, 256> special = special_bytes();
  constexpr size_t kLong = 48;
  const auto has = [cell](char c) { return cell.find(c) != std::string_view::npos; };
  if (cell.size() > kLong) return has(',') || has('"') || has('\n') || has('\r');
  return std::any_of(cell.begin(), cell.end(), [](char c) { return special[static_cast<unsigned char>(c)]; });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "-0.65", "+17.73%": nothing in it can call anything.
bool is_plain_number(std::string_view cell) {
  if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
  if (cell.ends_with('%')) cell.remove_suffix(1);
  return !cell.empty() && is_digit(cell.front()) &&
         std::all_of(cell.begin(), cell.end(), [](char c) { return is_digit(c) || c == '.' || c == ','; });
}

// A sign, then a number in any script. Functions, references and DDE calls need
// an ASCII letter, a bracket or one of = @ | ! after the sign, or later on.
bool is_number_form(std::string_view figure) {
  for (const std::string_view sign : {"+/-", "+", "-", "＋", "－"}) {
    if (!figure.starts_with(sign)) continue;
    figure.remove_prefix(sign.size());
    if (figure.empty()) return false;
    const char next = figure.front();
    const bool numeric = is_digit(next) || next == '.' || next == '$' || (next & 0x80) != 0;
    return numeric && figure.find_first_of("=@|!(") == std::string_view::npos;
  }
  return false;
}

void append_quoted(std::string& out, std::string_view cell) {
  out += '"';
  for (size_t quote = cell.find('"'); quote != std::string_view::npos; quote = cell.find('"')) {
    out.append(cell.substr(0, quote + 1)) += '"';
    cell.remove_prefix(quote + 1);
  }
  out.append(cell) += '"';
}

}  // namespace

void CsvWriter::begin_cell() {
  if (!first_) out_ += ',';
  first_ = false;
}

CsvWriter& CsvWriter::raw(std::string_view cell) {
  begin_cell();
  if (needs_quotes(cell)) {
    append_quoted(out_, cell);
  } else {
    out_ += cell;
  }
  return *this;
}

CsvWriter& CsvWriter::written(std::string_view cells) {
  begin_cell();
  out_ += cells;
  return *this;
}

CsvWriter& CsvWriter::text(std::string_view cell) {
  if (!starts_formula(cell) || is_plain_number(cell)) return raw(cell);
  return raw("'" + std::string(cell));
}

CsvWriter& CsvWriter::figure(std::string_view cell) { return is_number_form(cell) ? raw(cell) : text(cell); }

void CsvWriter::end_row() {
  out_ += "\r\n";
  first_ = true;
}

std::string one_cell(std::string_view text) {
  std::string cell;
  CsvWriter(cell).text(text);
  return cell;
}

std::string csv_header(std::string_view names) { return std::string(kByteOrderMark).append(names).append("\r\n"); }

}  // namespace jiyao
