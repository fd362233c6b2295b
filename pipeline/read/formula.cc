#include "pipeline/read/formula.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace jiyao {
namespace {

constexpr int64_t kRows = 1048576;
constexpr int64_t kColumns = 16384;

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_part(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '\\' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::string letters_of(int64_t column) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

struct Reference {
  bool fixed_column = false;
  bool fixed_row = false;
  int64_t column = 0;
  int64_t row = 0;
  size_t size = 0;  // of its text; 0: there is none
};

Reference reference_at(std::string_view text) {
  Reference at;
  size_t i = 0;
  at.fixed_column = !text.empty() && text[0] == '$';
  i += at.fixed_column ? 1 : 0;
  const size_t letters = i;
  for (; i < text.size() && is_letter(text[i]) && i - letters < 4; ++i)
    at.column = at.column * 26 + (std::toupper(static_cast<unsigned char>(text[i])) - 'A' + 1);
  if (i == letters || at.column > kColumns) return {};
  at.fixed_row = i < text.size() && text[i] == '$';
  i += at.fixed_row ? 1 : 0;
  const size_t digits = i;
  for (; i < text.size() && is_digit(text[i]) && i - digits < 8; ++i) at.row = at.row * 10 + (text[i] - '0');
  if (i == digits || at.row < 1 || at.row > kRows) return {};
  if (i < text.size() && (is_name_part(text[i]) || text[i] == '(' || text[i] == '!')) return {};
  --at.column;
  --at.row;
  at.size = i;
  return at;
}

std::string moved(const Reference& at, int64_t rows, int64_t columns) {
  const int64_t row = at.row + (at.fixed_row ? 0 : rows);
  const int64_t column = at.column + (at.fixed_column ? 0 : columns);
  if (row < 0 || row >= kRows || column < 0 || column >= kColumns) return "#REF!";
  return (at.fixed_column ? "$" : "") + letters_of(column) + (at.fixed_row ? "$" : "") + std::to_string(row + 1);
}

// Behind the quoted text or sheet name that begins at `at`.
size_t behind_quotes(std::string_view formula, size_t at) {
  const size_t end = formula.find(formula[at], at + 1);
  return end == formula.npos ? formula.size() : end + 1;
}

}  // namespace

bool parse_cell(std::string_view text, uint32_t& row, uint32_t& column) {
  const Reference at = reference_at(text);
  if (at.size == 0 || at.size != text.size()) return false;
  row = static_cast<uint32_t>(at.row);
  column = static_cast<uint32_t>(at.column);
  return true;
}

std::string moved_formula(std::string_view formula, int64_t rows, int64_t columns) {
  std::string out;
  bool in_name = false;
  for (size_t i = 0; i < formula.size();) {
    const char c = formula[i];
    if (c == '"' || c == '\'') {
      const size_t end = behind_quotes(formula, i);
      out += formula.substr(i, end - i);
      i = end;
      in_name = false;
      continue;
    }
    if (const Reference at = in_name ? Reference{} : reference_at(formula.substr(i)); at.size != 0) {
      out += moved(at, rows, columns);
      i += at.size;
      in_name = true;
      continue;
    }
    in_name = is_name_part(c) || c == '$';
    out += c;
    ++i;
  }
  return out;
}

bool stays_inside(std::string_view formula) {
  std::string bare;  // without its texts, upper case
  for (size_t i = 0; i < formula.size();) {
    if (formula[i] == '"') {
      i = behind_quotes(formula, i);
      continue;
    }
    bare += static_cast<char>(std::toupper(static_cast<unsigned char>(formula[i++])));
  }
  if (bare.find_first_of("[|") != bare.npos) return false;
  static constexpr std::array<std::string_view, 8> kReachOut = {"WEBSERVICE(", "CALL(", "REGISTER",   "EXEC(",
                                                                "RTD(",        "DDE(",  "FILTERXML(", "IMAGE("};
  return std::none_of(kReachOut.begin(), kReachOut.end(),
                      [&](std::string_view name) { return bare.find(name) != bare.npos; });
}

}  // namespace jiyao
