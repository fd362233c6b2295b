// The scanners of number.h. Templates so that the look-up of units, which needs
// the lexicon, costs no indirect call a character; what does not ask for units
// is in number.cc and numeral.cc.
#pragma once

#include <algorithm>

#include "pipeline/match/number_parts.h"

namespace jiyao {
namespace numerals {

// The scale of the character at `at`, unless a unit begins there: 千瓦时.
template <class UnitAt>
int scale_without_unit(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  const int s = scale_at(text, at);
  return s > 0 && unit_at(at) <= code_point_at(text, at).size ? s : -1;
}

// Digits behind a scale: with a smaller one of their own (12亿5千万), as the rest
// of the number (1万5439张, 1万2,500.5点), or one that is of the next scale (2万5).
// Returns the byte behind what was taken, or 0.
template <class UnitAt>
uint32_t scan_further_run(std::string_view text, uint32_t at, bool spaced, const UnitAt& unit_at, Numeral& numeral) {
  const DigitRun run = further_run(text, at);
  const int last = numeral.last_scale();
  if (!run.value || !numeral.is_behind_scale()) return 0;
  const int s = scale_without_unit(text, skip_space(text, run.end), unit_at);
  const bool smaller = s >= 2 && s < last;
  if (!smaller && (s > 0 || spaced || is_no_rest(text, run))) return 0;
  const bool rest = run.integer >= 2 && *run.value < Decimal(1, last) && last <= 4;
  if (smaller || rest) {
    numeral.take_run(*run.value);
    return run.end;
  }
  const bool one = run.integer == 1 && !run.has_fraction && last >= 2 && unit_at(run.end) == 0;
  return one && numeral.take_digit(text[at] - '0') ? run.end : 0;
}

// 十几, 一百几十, 三十好几 at `at`: the byte behind 几, or 0.
template <class UnitAt>
uint32_t scan_several(std::string_view text, uint32_t at, const UnitAt& unit_at, Numeral& numeral) {
  constexpr std::string_view kSeveral = "几", kGood = "好";
  if (numeral.has_digits() || !numeral.is_behind_scale()) return 0;
  const bool good = text.substr(at).starts_with(kGood);
  if (good) at += static_cast<uint32_t>(kGood.size());
  if (!text.substr(at).starts_with(kSeveral)) return 0;
  const auto behind = at + static_cast<uint32_t>(kSeveral.size());
  const int s = scale_without_unit(text, behind, unit_at);
  if (s > 0 && s < numeral.last_scale() && s < 4)
    numeral.take_several(2);
  else if (numeral.is_behind_ten())
    numeral.take_several(1);
  else
    return 0;
  return behind;
}

// 一百多, 一千多万, 20余亿, 30+亿 at `at`: the end of the number, or 0 if it is not open.
template <class UnitAt>
uint32_t scan_open_end(std::string_view text, uint32_t at, const UnitAt& unit_at, Numeral& numeral) {
  if (at >= text.size()) return 0;
  const uint32_t open = skip_piece_before_open(text, at);
  const CodePoint c = code_point_at(text, open);
  if (!is_open_ended(c.value) && (c.value != '+' || !numeral.has_digits())) return 0;
  if (!numeral.may_be_open_ended() && !numeral.has_digits() && open == at) return 0;
  const uint32_t behind = open + c.size;
  const uint32_t scale_begin = skip_piece(text, behind);
  const int s = scale_without_unit(text, scale_begin, unit_at);
  if (s >= 4) {
    if (!numeral.take_scale(s)) return 0;
    numeral.take_open_end(c.value == U'来');
    uint32_t end = scale_begin + code_point_at(text, scale_begin).size;
    // 两千多万亿
    if (const int more = scale_without_unit(text, end, unit_at); more > s) {
      numeral.take_scale(more);
      end += code_point_at(text, end).size;
    }
    return end;
  }
  // 20多家: the rest is no part of digits; 十来家, but 二十来到.
  if (open != at || numeral.has_digits()) return 0;
  if (c.value == U'来' && unit_at(behind) == 0) return 0;
  numeral.take_open_end(c.value == U'来');
  return behind;
}

// Whether a numeral may go on with the Chinese digit at `at`. Behind 0 to 9 one
// needs a scale: 3千五百万, but 投资3亿二期工程.
template <class UnitAt>
bool goes_on(std::string_view text, uint32_t at, int d, const UnitAt& unit_at, const Numeral& numeral) {
  if (!numeral.has_digits()) return true;
  const uint32_t behind = at + code_point_at(text, at).size;
  if (d == 0) return is_digit_at(text, behind) || digit_at(text, behind) > 0;
  const int s = scale_without_unit(text, behind, unit_at);
  return s >= 2 && s < numeral.last_scale();
}

// The parts of a number behind its first: the byte behind the last that belongs to it.
template <class UnitAt>
uint32_t scan_parts(std::string_view text, uint32_t at, const UnitAt& unit_at, Numeral& numeral) {
  uint32_t end = at;
  for (uint32_t p = at; p < text.size(); end = p) {
    if (numeral.has_digits()) p = skip_space(text, p);
    if (is_digit_at(text, p)) {
      p = scan_further_run(text, p, p != end, unit_at, numeral);
      if (p == 0) return end;
      continue;
    }
    p = skip_piece(text, p);
    if (p >= text.size()) return end;
    const CodePoint c = code_point_at(text, p);
    const int d = digit_at(text, p);
    const int s = d < 0 ? scale_without_unit(text, p, unit_at) : -1;
    const uint32_t behind = p + c.size;
    if (d >= 0 || tens(c.value) > 0) {
      if (d >= 0 && !goes_on(text, p, d, unit_at, numeral)) return end;
      if (!numeral.take_digit(d >= 0 ? d : tens(c.value)) || (d < 0 && !numeral.take_scale(1))) return end;
      p = behind;
    } else if (s > 0) {
      const bool ten_behind_digits = s == 1 && numeral.has_digits() && scale_at(text, behind) < 4;
      if (ten_behind_digits || !numeral.take_scale(s)) return end;
      p = behind;
    } else if ((c.value == U'点' || c.value == U'.' || c.value == U'·') && numeral.may_have_point() &&
               digit_at(text, behind) >= 0) {
      p = numeral.take_fraction(text, behind);
    } else if (const uint32_t several = scan_several(text, p, unit_at, numeral)) {
      p = several;
    } else {
      return std::max(end, scan_open_end(text, p, unit_at, numeral));
    }
  }
  return end;
}

// 5.2bn, 120 million, US$5m, 50k台.
template <class UnitAt>
bool take_latin_scale(std::string_view text, uint32_t at, const UnitAt& unit_at, Number& n) {
  const LatinScale scale = latin_scale(text, n.end);
  if (scale.power == 0) return false;
  if (scale.is_letter && !is_behind_currency(text, at)) {
    const uint32_t unit = skip_space(text, scale.end);
    const std::string_view name = text.substr(unit, unit_at(unit));
    const bool screen = n.value < Decimal(10) && n.shape == kInt1;  // 4k片源
    if (!(scale.power == 3 ? !name.empty() && !screen : is_money(name))) return false;
  }
  n.value = n.value.scaled(scale.power);
  n.decimals -= scale.power;
  n.scale = scale.power;
  n.shape = kScaled;
  n.end = scale.end;
  return true;
}

}  // namespace numerals

template <class UnitAt>
Number scan_digits(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  numerals::DigitRun run = numerals::first_run(text, at);
  if (const auto odd = numerals::with_odd_parts(text, run); odd.end != run.end) {
    const uint32_t unit = numerals::skip_space(text, odd.end);
    // Without a unit, 1，234 may be two numbers; 1，234，567 and 1，234.5 are one.
    const bool sure = odd.is_separated && text[run.end] != ' ' && (odd.has_fraction || odd.integer > 6);
    if (sure || unit_at(unit) > 0 || numerals::scale_at(text, unit) >= 2) run = odd;
  }
  Number n = numerals::unscaled(run);
  if (!run.value || numerals::take_latin_scale(text, at, unit_at, n)) return n;
  numerals::Numeral numeral(*run.value);
  const uint32_t end = numerals::scan_parts(text, run.end, unit_at, numeral);
  if (end == run.end) return n;
  return numeral.finish(end).value_or(n);
}

template <class UnitAt>
bool begins_fraction(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  if (text[at] != '.' || !numerals::is_digit_at(text, at + 1)) return false;
  if (at > 0 && (is_digit(text[at - 1]) || is_letter(text[at - 1]) || text[at - 1] == '.')) return false;
  const numerals::DigitRun run = numerals::first_run(text, at);
  const uint32_t behind = numerals::skip_space(text, run.end);
  const bool alone = run.end >= text.size() && (at == 0 || text[at - 1] == '\n');
  return run.has_fraction && (alone || unit_at(behind) > 0 || numerals::scale_at(text, behind) >= 2);
}

template <class UnitAt>
std::optional<Number> scan_numeral(std::string_view text, uint32_t at, const UnitAt& unit_at) {
  const CodePoint first = code_point_at(text, at);
  const bool trillion = numerals::is_trillion(text, at);
  const bool bare = numerals::scale(first.value) >= 4 && !trillion;
  if (bare && !numerals::follows_bound(text, at)) return std::nullopt;
  numerals::Numeral numeral(first.value);
  const bool is_prefix = first.value == U'数' || first.value == U'几' || first.value == U'上';
  const uint32_t begin = is_prefix ? at + first.size : at;
  const uint32_t end = numerals::scan_parts(text, begin, unit_at, numeral);
  if (bare && unit_at(end) == 0 && !numerals::ends_bound(text, end)) return std::nullopt;
  return numeral.finish(end);
}

}  // namespace jiyao
