#include "pipeline/write/csv.h"

#include <algorithm>
#include <array>

#include "pipeline/model/cell.h"

namespace jiyao {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

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
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  if (cell.empty()) return false;
  if (is_space(cell.front()) || is_space(cell.back())) return true;  // readers trim what is not quoted
  const auto has = [cell](char c) { return cell.find(c) != std::string_view::npos; };
  if (cell.size() > kLong) return has(',') || has('"') || has('\n') || has('\r');
  return std::any_of(cell.begin(), cell.end(), [](char c) { return special[static_cast<unsigned char>(c)]; });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A sign, then a number in any script. Functions, references and DDE calls need
// an ASCII letter, a bracket or one of = @ | ! after the sign, or later on.
bool is_number_form(std::string_view figure) {
  for (const std::string_view sign : {"+/-", "+", "-", "＋", "－"}) {
    if (!figure.starts_with(sign)) continue;
    figure.remove_prefix(sign.size());
    figure.remove_prefix(std::min(figure.find_first_not_of(' '), figure.size()));  // - 1.19 元
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

CsvWriter& CsvWriter::text(std::string_view cell) { return needs_guard(cell) ? raw(guarded(cell)) : raw(cell); }

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
