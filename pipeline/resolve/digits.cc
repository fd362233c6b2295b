#include "pipeline/resolve/digits.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

// Code points of the general categories Nd and No (Unicode 15) that width
// folding leaves; decimal digits come in blocks of ten.
constexpr std::array<std::pair<char32_t, char32_t>, 62> kNumeric = {{
    {0x00B2, 0x00B3},   {0x00B9, 0x00B9},   {0x00BC, 0x00BE},   {0x0660, 0x0669},   {0x06F0, 0x06F9},
    {0x07C0, 0x07C9},   {0x0966, 0x096F},   {0x09E6, 0x09EF},   {0x0A66, 0x0A6F},   {0x0AE6, 0x0AEF},
    {0x0B66, 0x0B6F},   {0x0BE6, 0x0BF2},   {0x0C66, 0x0C6F},   {0x0CE6, 0x0CEF},   {0x0D66, 0x0D6F},
    {0x0DE6, 0x0DEF},   {0x0E50, 0x0E59},   {0x0ED0, 0x0ED9},   {0x0F20, 0x0F33},   {0x1040, 0x1049},
    {0x1090, 0x1099},   {0x1369, 0x137C},   {0x17E0, 0x17E9},   {0x1810, 0x1819},   {0x1946, 0x194F},
    {0x19D0, 0x19DA},   {0x1A80, 0x1A89},   {0x1A90, 0x1A99},   {0x1B50, 0x1B59},   {0x1BB0, 0x1BB9},
    {0x1C40, 0x1C49},   {0x1C50, 0x1C59},   {0x2070, 0x2070},   {0x2074, 0x2079},   {0x2080, 0x2089},
    {0x2150, 0x215F},   {0x2189, 0x2189},   {0x2460, 0x249B},   {0x24EA, 0x24FF},   {0x2776, 0x2793},
    {0x3192, 0x3195},   {0x3220, 0x3229},   {0x3248, 0x324F},   {0x3251, 0x325F},   {0x3280, 0x3289},
    {0x32B1, 0x32BF},   {0xA620, 0xA629},   {0xA8D0, 0xA8D9},   {0xA900, 0xA909},   {0xA9D0, 0xA9D9},
    {0xA9F0, 0xA9F9},   {0xAA50, 0xAA59},   {0xABF0, 0xABF9},   {0xFF10, 0xFF19},   {0x104A0, 0x104A9},
    {0x10D30, 0x10D39}, {0x11066, 0x1106F}, {0x110F0, 0x110F9}, {0x1D360, 0x1D378}, {0x1D7CE, 0x1D7FF},
    {0x1E950, 0x1E959}, {0x1F100, 0x1F10C},
}};

bool is_numeric(char32_t c) {
  const auto after = std::upper_bound(kNumeric.begin(), kNumeric.end(), c,
                                      [](char32_t value, const auto& range) { return value < range.first; });
  return after != kNumeric.begin() && c <= std::prev(after)->second;
}

// Size of the number character at `at`, 0 if it is none.
uint32_t numeric_at(std::string_view text, uint32_t at) {
  const auto b = static_cast<unsigned char>(text[at]);
  if (b < 0x80) return b >= '0' && b <= '9' ? 1 : 0;
  if (is_ideograph(text[at])) return 0;
  const uint32_t size = size_at(text, at);
  if (at + size > text.size()) return 0;
  char32_t c = b & (0xFFU >> (size + 1));
  for (uint32_t i = 1; i < size; ++i) c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  return is_numeric(c) ? size : 0;
}

}  // namespace

void cover_digits(std::string_view folded, std::vector<LedgerRow>& ledger) {
  std::vector<LedgerRow> missing;
  size_t row = 0;
  for (uint32_t p = 0; p < folded.size();) {
    if (is_ideograph(folded[p])) {  // most of the text
      p += 3;
      continue;
    }
    while (row < ledger.size() && ledger[row].figure.end <= p) ++row;
    if (row < ledger.size() && ledger[row].figure.contains(p)) {
      p = ledger[row].figure.end;
      continue;
    }
    uint32_t end = p;
    while (end < folded.size() && (row == ledger.size() || end < ledger[row].figure.begin)) {
      const uint32_t size = numeric_at(folded, end);
      if (size == 0) break;
      end += size;
    }
    if (end > p) {
      LedgerRow r;
      r.figure = {p, end};
      const bool ascii = static_cast<unsigned char>(folded[p]) < 0x80;
      r.kind = ascii ? LedgerClass::identifier : LedgerClass::unresolved;
      r.meaning = ascii ? "part of a name" : "a number form that no rule reads";
      missing.push_back(std::move(r));
      p = end;
    } else {
      p += size_at(folded, p);
    }
  }
  if (missing.empty()) return;
  const auto middle = static_cast<long>(ledger.size());
  ledger.insert(ledger.end(), std::make_move_iterator(missing.begin()), std::make_move_iterator(missing.end()));
  std::inplace_merge(ledger.begin(), ledger.begin() + middle, ledger.end(),
                     [](const LedgerRow& a, const LedgerRow& b) { return a.figure < b.figure; });
}

}  // namespace jiyao
