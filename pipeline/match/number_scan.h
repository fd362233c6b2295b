// The scanners of number.h. A template so that the look-up of units, which
// needs the lexicon, costs no indirect call a character.
#pragma once

#include <algorithm>

#include "pipeline/match/utf8.h"

namespace jiyao {
namespace numerals {

int digit(char32_t c);  // 〇零 0 … 九 9, 两俩 2, formal ones too; -1 if it is none
int scale(char32_t c);  // 十 1 百 2 千 3 万 4 亿 8 兆 12; -1 if it is none

// A power of ten as a Decimal of its own, or nothing past 18 digits.
struct Sum {
  Decimal value;
  bool overflow = false;
  void add(Decimal d) {
    if (auto s = value.plus(d)) value = *s;
    else overflow = true;
  }
};

inline uint32_t skip_space(std::string_view text, uint32_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

// 五十个亿: the classifier before a large scale says nothing.
inline uint32_t skip_piece(std::string_view text, uint32_t at) {
  if (at + 6 > text.size() || text.substr(at, 3) != "个") return at;
  return scale(code_point_at(text, at + 3).value) >= 8 ? at + 3 : at;
}

inline bool is_open_ended(char32_t c) { return c == U'多' || c == U'余' || c == U'馀' || c == U'几' || c == U'来'; }

}  // namespace numerals

// Groups of three behind a comma: 1,234,567. Returns the end of the integer part.
inline uint32_t integer_end(std::string_view text, uint32_t at, bool& separated) {
  uint32_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  separated = false;
  if (end - at > 3) return end;
  while (true) {
    uint32_t comma = 0;
    if (end < text.size() && text[end] == ',') comma = 1;
    if (comma == 0 || end + comma + 3 > text.size()) return end;
    const uint32_t next = end + comma;
    if (!is_digit(text[next]) || !is_digit(text[next + 1]) || !is_digit(text[next + 2])) return end;
    if (next + 3 < text.size() && is_digit(text[next + 3])) return end;
    end = next + 3;
    separated = true;
  }
}

template <class UnitAt>
Number scan_digits(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  Number n;
  bool separated = false;
  uint32_t end = integer_end(text, at, separated);
  const uint32_t integer = end;
  // 2025.03.25 and 1.2.3 are no decimals.
  if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
    uint32_t fraction = end + 1;
    while (fraction < text.size() && is_digit(text[fraction])) ++fraction;
    const bool dotted = fraction + 1 < text.size() && text[fraction] == '.' && is_digit(text[fraction + 1]);
    const bool after_dot = at >= 2 && text[at - 1] == '.' && is_digit(text[at - 2]);
    if (!dotted && !after_dot) end = fraction;
  }
  char buffer[40];
  uint32_t length = 0;
  for (uint32_t i = at; i < end && length < sizeof buffer; ++i)
    if (text[i] != ',') buffer[length++] = text[i];
  const auto parsed = Decimal::parse(std::string_view(buffer, length));
  n.end = n.scale_begin = end;
  if (!parsed || length == sizeof buffer) return n;  // too long for a quantity: an identifier
  const bool decimal = end > integer;
  n.value = *parsed;
  n.decimals = decimal ? static_cast<int>(end - integer - 1) : 0;
  if (decimal) n.shape = kDecimal;
  else if (!separated && length == 4 && n.value >= Decimal(1900) && n.value <= Decimal(2100)) n.shape = kYear4;
  else if (!separated && length == 2) n.shape = kInt2;
  else if (length == 1) n.shape = kInt1;

  // Scales and further parts: 12亿5千万, 1兆2,000亿, 20多亿, 3 千.
  Decimal part = n.value;
  numerals::Sum total;
  int last_scale = 99;
  bool scaled = false;
  while (true) {
    uint32_t p = numerals::skip_space(text, end);
    int power = 0;
    bool over = false;
    uint32_t scale_begin = p;
    if (p < text.size()) {
      const CodePoint c = code_point_at(text, p);
      if ((numerals::is_open_ended(c.value) && c.value != U'来') || c.value == U'+') {
        const uint32_t q = p + c.size;
        if (q < text.size() && numerals::scale(code_point_at(text, q).value) >= 4) {
          over = true;
          p = scale_begin = q;
        }
      }
    }
    p = numerals::skip_piece(text, p);
    while (p < text.size()) {
      const CodePoint c = code_point_at(text, p);
      const int s = numerals::scale(c.value);
      if (s < 2 || unit_at(p) > c.size) break;
      power += s;
      p += c.size;
      end = p;
    }
    if (power == 0 || power >= last_scale) break;
    if (!scaled) n.scale_begin = scale_begin;
    scaled = true;
    total.add(part.scaled(power));
    n.scale = power;
    n.decimals = std::max(0, -part.exponent()) - power;
    n.over = n.over || over;
    last_scale = power;
    n.end = end;
    // A further part must have a scale of its own, smaller than the last.
    uint32_t q = end;
    if (q >= text.size() || !is_digit(text[q]) || over) break;
    bool more_separated = false;
    uint32_t q_end = integer_end(text, q, more_separated);
    const bool has_fraction = q_end + 1 < text.size() && text[q_end] == '.' && is_digit(text[q_end + 1]);
    if (has_fraction) {
      ++q_end;
      while (q_end < text.size() && is_digit(text[q_end])) ++q_end;
    }
    length = 0;
    for (uint32_t i = q; i < q_end && length < sizeof buffer; ++i)
      if (text[i] != ',') buffer[length++] = text[i];
    const auto next = Decimal::parse(std::string_view(buffer, length));
    if (!next) break;
    const uint32_t s_at = numerals::skip_space(text, q_end);
    const int s = s_at < text.size() ? numerals::scale(code_point_at(text, s_at).value) : -1;
    if (s >= 2 && s < last_scale && unit_at(s_at) <= 3) {
      part = *next;
      end = q_end;
      continue;
    }
    // 1万5439张: the rest of a number in 万, four digits or fewer.
    if (s < 0 && last_scale == 4 && !has_fraction && next->exponent() == 0 && *next < Decimal(10000) && q_end - q == 4) {
      total.add(*next);
      n.decimals = 0;
      n.scale = 0;
      n.end = q_end;
    }
    break;
  }
  if (scaled) {
    n.value = total.value;
    n.shape = kScaled;
    if (total.overflow) n.shape = kInt;
  }
  return n;
}

// Two digits that follow each other, with a scale: 两三千 is 2000 to 3000.
template <class UnitAt>
std::optional<Number> scan_pair(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  const CodePoint one = code_point_at(text, at);
  const uint32_t second = at + one.size;
  if (second >= text.size()) return std::nullopt;
  const CodePoint two = code_point_at(text, second);
  const int low = numerals::digit(one.value), high = numerals::digit(two.value);
  if (low < 1 || high != low + 1) return std::nullopt;
  uint32_t end = second + two.size;
  int power = 0;
  while (end < text.size()) {
    const CodePoint c = code_point_at(text, end);
    const int s = numerals::scale(c.value);
    if (s < 1 || unit_at(end) > c.size) break;
    power += s;
    end += c.size;
  }
  if (power == 0 || power > 12) return std::nullopt;
  Number n;
  n.end = n.scale_begin = end;
  n.low = Decimal(low, power);
  n.high = Decimal(high, power);
  n.value = *n.low;
  n.decimals = -power;
  n.shape = kVague;
  return n;
}

template <class UnitAt>
std::optional<Number> scan_numeral(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  Number n;
  uint32_t p = at;
  const CodePoint first = code_point_at(text, p);
  const bool several = first.value == U'数' || first.value == U'几';
  const bool at_least = first.value == U'上';
  if (several || at_least) p += first.size;

  // 两三千, 七八十万: from the one to the other.
  if (const auto pair = scan_pair(text, at, unit_at)) return pair;

  // total 亿-groups, section below 万, digit waiting for its scale.
  numerals::Sum total, section;
  int64_t waiting = several ? 1 : -1;
  int digits_in_row = 0, last = 99, units = 0;
  int64_t row = 0;
  bool any_scale = false, point = false, tail_several = false;
  Decimal fraction;
  int fraction_digits = 0;
  int last_power = 0, last_scale = 0;
  int printed = 0;  // power of ten of the last part: the precision
  bool zero = false;
  Decimal pair_extra;  // 一百五六十: to add for the upper end
  uint32_t end = p;
  while (p < text.size()) {
    if (units > 0) p = numerals::skip_piece(text, p);
    const CodePoint c = code_point_at(text, p);
    const int d = numerals::digit(c.value);
    if (d >= 0) {
      zero = zero || d == 0;
      printed = 0;
      if (several && units == 0 && !any_scale) return std::nullopt;
      row = digits_in_row > 0 ? row * 10 + d : d;
      if (++digits_in_row > 12) return std::nullopt;
      waiting = row;
      p += c.size;
      end = p;
      ++units;
      continue;
    }
    const int s = numerals::scale(c.value);
    if (s > 0 && unit_at(p) <= c.size) {
      if (point) {
        if (s < 2) break;
        end = p + c.size;
        p = end;
        last_power += s;
        any_scale = true;
        continue;
      }
      if (waiting < 0 && s < 4) waiting = 1;  // 十五, 百
      if (digits_in_row == 2 && row % 10 == row / 10 + 1 && s < 4) {
        waiting = row / 10;
        pair_extra = Decimal(1, s);
      }
      last_scale = s;
      printed = s < 4 ? s : printed + s;
      if (s < 4) {
        if (s >= last) break;
        section.add(Decimal(std::max<int64_t>(waiting, 0), s));
        last = s;
      } else {
        if (waiting > 0) section.add(Decimal(waiting));
        if (section.value.is_zero() && total.value.is_zero()) section.value = Decimal(1);
        if (section.value.is_zero()) {
          total.value = total.value.scaled(s);  // 万亿
        } else {
          total.add(section.value.scaled(s));
        }
        pair_extra = pair_extra.scaled(s);
        section.value = Decimal();
        last = 99;
        last_power = s;
      }
      any_scale = true;
      waiting = -1;
      digits_in_row = 0;
      p += c.size;
      end = p;
      ++units;
      continue;
    }
    if (c.value == U'点' && units > 0 && last_power == 0 && !point) {
      const CodePoint next = code_point_at(text, p + c.size);
      if (p + c.size < text.size() && numerals::digit(next.value) >= 0) {
        point = true;
        if (waiting >= 0) section.add(Decimal(waiting));
        total.add(section.value);
        section.value = Decimal();
        p += c.size;
        int64_t value = 0;
        while (p < text.size() && fraction_digits < 9) {
          const CodePoint f = code_point_at(text, p);
          const int fd = numerals::digit(f.value);
          if (fd < 0) break;
          value = value * 10 + fd;
          ++fraction_digits;
          p += f.size;
        }
        fraction = Decimal(value, -fraction_digits);
        end = p;
        waiting = -1;
        digits_in_row = 0;
        continue;
      }
    }
    if (numerals::is_open_ended(c.value) && any_scale && units > 0 && !point) {
      // 十几, 一百多, 一千多万: open only before a unit or a larger scale.
      tail_several = c.value == U'几';
      n.over = true;
      const uint32_t after = p + c.size;
      const int bigger = after < text.size() ? numerals::scale(code_point_at(text, after).value) : -1;
      if (c.value == U'来' && bigger < 0) {
        n.over = false;
        break;
      }
      end = after;
      if (bigger >= 4 && unit_at(after) <= 3) {
        if (waiting > 0) section.add(Decimal(waiting));
        waiting = -1;
        total.add(section.value.scaled(bigger));
        section.value = Decimal();
        last_power = bigger;
        printed += bigger;
        end = after + 3;
      }
      break;
    }
    break;
  }
  if (units == 0) return std::nullopt;
  if ((several || at_least) && !any_scale) return std::nullopt;
  // 两亿五 is 2.5亿, 三千二 is 3200: a digit without its scale is of the next one down.
  if (waiting >= 0 && digits_in_row == 1 && last_scale >= 2 && !zero) {
    section.add(Decimal(waiting, last_scale - 1));
    printed = last_scale - 1;
  }
  else if (waiting >= 0) section.add(Decimal(waiting));
  Decimal value = total.value;
  numerals::Sum sum{value};
  sum.add(section.value);
  if (point) {
    sum.add(fraction);
    sum.value = sum.value.scaled(last_power);
  }
  if (sum.overflow || total.overflow || section.overflow) return std::nullopt;
  n.value = sum.value;
  n.end = end;
  n.scale_begin = end;
  n.decimals = point ? fraction_digits - last_power : -printed;
  n.scale = 0;
  if (!pair_extra.is_zero()) {
    n.low = n.value;
    n.high = n.value.plus(pair_extra);
    n.shape = kVague;
    return n;
  }
  if (several) {
    // 数百亿 is 2 to 9 hundred 亿.
    if (auto low = n.value.times(Decimal(2)), high = n.value.times(Decimal(9)); low && high) {
      n.low = low;
      n.high = high;
    }
    n.shape = kVague;
  } else if (tail_several && n.value == Decimal(10)) {
    n.low = Decimal(11);
    n.high = Decimal(19);
    n.over = false;
    n.shape = kVague;
  } else if (at_least) {
    n.over = true;
    n.shape = kVague;
  } else if (!any_scale && !point && digits_in_row == 2 && row % 10 == row / 10 + 1) {
    n.low = Decimal(row / 10);  // 七八成
    n.high = Decimal(row % 10);
    n.shape = kChinese;
  } else if (!any_scale && !point && digits_in_row >= 2) {
    // A row of digits is a year (二〇二四) or a name (一一零), no quantity.
    n.shape = digits_in_row == 4 && row >= 1900 && row <= 2100 ? kYear4 : kIdentifier;
  } else {
    n.shape = last_power >= 4 ? kScaled : n.value >= Decimal(10) ? kChineseBig : kChinese;
    n.scale = last_power;
  }
  return n;
}

}  // namespace jiyao
