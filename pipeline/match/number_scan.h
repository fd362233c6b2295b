// The scanners of number.h. Templates so that the look-up of units, which needs
// the lexicon, costs no indirect call a character; what does not ask for units
// is in number.cc and numeral.cc.
#pragma once

#include <algorithm>

#include "pipeline/match/number_parts.h"

namespace jiyao {
namespace numerals {

// A scale behind digits: 亿, 万亿, 多亿, 个亿. Its power is 0 if there is none.
struct Scale {
  int power = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  bool over = false;  // 多 余 + stands before it
};

template <class UnitAt>
Scale scale_behind(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  Scale scale;
  uint32_t p = skip_space(text, at);
  if (p < text.size()) {
    const CodePoint c = code_point_at(text, p);
    const bool open = (is_open_ended(c.value) && c.value != U'来') || c.value == U'+';
    // 20多亿, but in 20多家 the rest is no part of the number.
    if (open && scale_at(text, p + c.size) >= 4) {
      scale.over = true;
      p += c.size;
    }
  }
  scale.begin = p;
  p = skip_piece(text, p);
  while (p < text.size()) {
    const CodePoint c = code_point_at(text, p);
    const int s = numerals::scale(c.value);
    if (s < 2 || unit_at(p) > c.size) break;
    scale.power += s;
    p += c.size;
  }
  scale.end = p;
  return scale;
}

// Whether digits that end at `at` have a scale smaller than `last`, as a
// further part of a number must.
template <class UnitAt>
bool has_smaller_scale(std::string_view text, uint32_t at, int last, const UnitAt& unit_at) {
  const uint32_t p = skip_space(text, at);
  const int s = scale_at(text, p);
  return s >= 2 && s < last && unit_at(p) <= code_point_at(text, p).size;
}

// 1万5439张: four digits behind 万 are the rest of the number.
inline bool is_rest(std::string_view text, const DigitRun& run, int last) {
  return last == 4 && !run.has_fraction() && run.end - run.begin == 4 && scale_at(text, skip_space(text, run.end)) < 0;
}

}  // namespace numerals

template <class UnitAt>
Number scan_digits(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  const numerals::DigitRun first = numerals::first_run(text, at);
  Number n = numerals::unscaled(first);
  if (!first.value || first.length == first.kLongest) return n;
  // Part by part: 12亿 5千万, 1兆 2,000亿.
  constexpr int kNoScale = 99;
  int last = kNoScale;
  numerals::Sum total;
  numerals::DigitRun run = first;
  while (true) {
    const numerals::Scale scale = numerals::scale_behind(text, run.end, unit_at);
    if (scale.power == 0 || scale.power >= last) break;
    if (last == kNoScale) n.scale_begin = scale.begin;
    total.add(run.value->scaled(scale.power));
    n.end = scale.end;
    n.scale = last = scale.power;
    n.decimals = std::max(0, -run.value->exponent()) - scale.power;
    n.over = n.over || scale.over;
    if (scale.over || n.end >= text.size() || !is_digit(text[n.end])) break;
    run = numerals::further_run(text, n.end);
    if (!run.value) break;
    if (numerals::has_smaller_scale(text, run.end, last, unit_at)) continue;
    if (numerals::is_rest(text, run, last)) {
      total.add(*run.value);
      n.decimals = n.scale = 0;
      n.end = run.end;
    }
    break;
  }
  if (last == kNoScale) return n;
  n.value = total.value;
  n.shape = total.overflow ? kInt : kScaled;
  return n;
}

namespace numerals {

// Two digits that follow each other, with a scale: 两三千 is 2000 to 3000.
template <class UnitAt>
std::optional<Number> scan_pair(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  const CodePoint one = code_point_at(text, at);
  const int low = digit(one.value);
  const int high = digit_at(text, at + one.size);
  if (low < 1 || high != low + 1) return std::nullopt;
  uint32_t end = at + one.size + code_point_at(text, at + one.size).size;
  int power = 0;
  while (end < text.size()) {
    const CodePoint c = code_point_at(text, end);
    const int s = scale(c.value);
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

// 十几, 一百多, 一千多万 at `at`: the end of the numeral, or 0 if it is not open.
template <class UnitAt>
uint32_t scan_open_end(std::string_view text, uint32_t at, const UnitAt& unit_at, Numeral& numeral) {
  const CodePoint c = code_point_at(text, at);
  if (!is_open_ended(c.value) || !numeral.may_be_open_ended()) return 0;
  const uint32_t behind = at + c.size;
  const int s = scale_at(text, behind);
  if (c.value == U'来' && s < 0) return 0;  // 十来万, but 二十来到
  numeral.take_open_end(c.value == U'几');
  if (s < 4) return behind;
  const uint32_t size = code_point_at(text, behind).size;
  if (unit_at(behind) > size) return behind;
  numeral.take_open_scale(s);
  return behind + size;
}

}  // namespace numerals

template <class UnitAt>
std::optional<Number> scan_numeral(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  if (const auto pair = numerals::scan_pair(text, at, unit_at)) return pair;
  const CodePoint first = code_point_at(text, at);
  numerals::Numeral numeral(first.value);
  uint32_t p = numeral.is_vague() ? at + first.size : at;
  uint32_t end = p;
  while (p < text.size()) {
    if (numeral.has_begun()) p = numerals::skip_piece(text, p);
    const CodePoint c = code_point_at(text, p);
    const int d = numerals::digit(c.value);
    const int s = d < 0 ? numerals::scale(c.value) : -1;
    const uint32_t behind = p + c.size;
    if (d >= 0) {
      if (!numeral.take_digit(d)) return std::nullopt;
      p = behind;
    } else if (s > 0 && unit_at(p) <= c.size) {
      if (!numeral.take_scale(s)) break;
      p = behind;
    } else if (c.value == U'点' && numeral.may_have_point() && numerals::digit_at(text, behind) >= 0) {
      p = numeral.take_fraction(text, behind);
    } else {
      end = std::max(end, numerals::scan_open_end(text, p, unit_at, numeral));
      break;
    }
    end = p;
  }
  return numeral.finish(end);
}

}  // namespace jiyao
