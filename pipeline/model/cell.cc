#include "pipeline/model/cell.h"

#include <algorithm>

namespace jiyao {

namespace {

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

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "-0.65", "+17.73%": nothing in it can call anything.
bool is_plain_number(std::string_view cell) {
  if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
  if (cell.ends_with('%')) cell.remove_suffix(1);
  return !cell.empty() && is_digit(cell.front()) &&
         std::all_of(cell.begin(), cell.end(), [](char c) { return is_digit(c) || c == '.' || c == ','; });
}

std::string_view behind_apostrophes(std::string_view cell) {
  cell.remove_prefix(std::min(cell.find_first_not_of('\''), cell.size()));
  return cell;
}

}  // namespace

bool needs_guard(std::string_view text) {
  if (text.starts_with('\'')) return starts_formula(behind_apostrophes(text));
  return starts_formula(text) && !is_plain_number(text);
}

std::string guarded(std::string_view text) {
  std::string cell(needs_guard(text) ? "'" : "");
  return cell += text;
}

std::string_view unguarded(std::string_view cell) {
  if (cell.starts_with('\'') && starts_formula(behind_apostrophes(cell))) cell.remove_prefix(1);
  return cell;
}

}  // namespace jiyao
