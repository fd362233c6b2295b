// Numbers, as they are written in Chinese financial text: digits with a scale
// (845 亿, 1兆2,000亿, 3.5千, 5.2bn), numerals (一千二百万, 三点五, 壹佰贰拾) and
// vague ones (数百亿, 十几, 上千, 两三百). One number is one symbol of the mention
// patterns.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pipeline/model/decimal.h"
#include "pipeline/model/symbols.h"

namespace jiyao {

struct Number {
  uint32_t end = 0;            // byte after it
  uint16_t shape = kInt;       // a number symbol of symbols.h
  Decimal value;               // scaled; of a vague number the lower end
  std::optional<Decimal> low;  // of a vague number
  std::optional<Decimal> high;
  int decimals = 0;         // XBRL: 845亿 is -8
  int scale = 0;            // power of ten of its last scale: 8 for 12亿, 0 for 12
  bool over = false;        // 8000多, 20余亿, 上千
  bool about = false;       // 十来
  bool only_scale = false;  // 百, 千: a number before a unit (百家), alone a word (百强)
};

// True for the code points that begin a Chinese numeral (一 十 百 数 几 上 …).
bool begins_numeral(char32_t c);

// The number at `at`, where a digit stands, or a point that begins a fraction.
// `unit_at(p)` gives the length of a unit word at byte p that takes precedence
// over a scale (千瓦时, 百分点), or 0.
template <class UnitAt>
Number scan_digits(std::string_view text, uint32_t at, const UnitAt& unit_at);

// Whether the point at `at` begins a number: .5%.
template <class UnitAt>
bool begins_fraction(std::string_view text, uint32_t at, const UnitAt& unit_at);

// The numeral at `at`, if one stands there.
template <class UnitAt>
std::optional<Number> scan_numeral(std::string_view text, uint32_t at, const UnitAt& unit_at);

}  // namespace jiyao

#include "pipeline/match/number_scan.h"
