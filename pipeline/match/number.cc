#include "pipeline/match/number.h"

#include <array>

#include "pipeline/match/number_parts.h"

namespace jiyao {
namespace numerals {

int digit(char32_t c) {
  switch (c) {
    case U'〇':
    case U'零':
    case U'○':
      return 0;
    case U'一':
    case U'壹':
    case U'幺':
      return 1;
    case U'二':
    case U'贰':
    case U'两':
    case U'俩':
      return 2;
    case U'三':
    case U'叁':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

int scale(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 1;
    case U'百':
    case U'佰':
      return 2;
    case U'千':
    case U'仟':
      return 3;
    case U'万':
      return 4;
    case U'亿':
      return 8;
    case U'兆':
      return 12;
    default:
      return -1;
  }
}

void Sum::add(Decimal d) {
  if (const auto sum = value.plus(d)) {
    value = *sum;
  } else {
    overflow = true;
  }
}

namespace {

bool is_digit_at(std::string_view text, uint32_t at) { return at < text.size() && is_digit(text[at]); }

uint32_t digits_end(std::string_view text, uint32_t at) {
  while (is_digit_at(text, at)) ++at;
  return at;
}

// Groups of three behind commas are one integer: 1,234,567, but not 1,2345.
uint32_t integer_end(std::string_view text, uint32_t at) {
  uint32_t end = digits_end(text, at);
  if (end - at > 3) return end;
  while (end < text.size() && text[end] == ',') {
    const uint32_t group = end + 1;
    // Looked at digit by digit: a longer run is no group, however long it is.
    for (uint32_t i = 0; i < 3; ++i)
      if (!is_digit_at(text, group + i)) return end;
    if (is_digit_at(text, group + 3)) return end;
    end = group + 3;
  }
  return end;
}

// The end of the point and digits at `at`, or `at` itself.
uint32_t fraction_end(std::string_view text, uint32_t at) {
  const bool point = at < text.size() && text[at] == '.' && is_digit_at(text, at + 1);
  return point ? digits_end(text, at + 1) : at;
}

DigitRun make_run(std::string_view text, uint32_t begin, uint32_t integer, uint32_t end) {
  DigitRun run{begin, integer, end, 0, std::nullopt};
  std::array<char, DigitRun::kLongest> plain;
  for (uint32_t i = begin; i < end && run.length < plain.size(); ++i)
    if (text[i] != ',') plain[run.length++] = text[i];
  run.value = Decimal::parse(std::string_view(plain.data(), run.length));
  return run;
}

uint16_t integer_shape(const DigitRun& run) {
  if (run.length == 1) return kInt1;
  if (run.is_separated()) return kInt;
  if (run.length == 2) return kInt2;
  if (run.length == 4 && *run.value >= Decimal(1900) && *run.value <= Decimal(2100)) return kYear4;
  return run.length >= 4 && run.length <= 6 ? kCode : kInt;
}

}  // namespace

DigitRun first_run(std::string_view text, uint32_t at) {
  const uint32_t integer = integer_end(text, at);
  const uint32_t fraction = fraction_end(text, integer);
  const bool dot_behind = fraction_end(text, fraction) > fraction;
  const bool dot_before = at >= 2 && text[at - 1] == '.' && is_digit(text[at - 2]);
  return make_run(text, at, integer, dot_behind || dot_before ? integer : fraction);
}

DigitRun further_run(std::string_view text, uint32_t at) {
  const uint32_t integer = integer_end(text, at);
  return make_run(text, at, integer, fraction_end(text, integer));
}

Number unscaled(const DigitRun& run) {
  Number n;
  n.end = n.scale_begin = run.end;
  if (!run.value || run.length == DigitRun::kLongest) return n;
  n.value = *run.value;
  n.decimals = run.has_fraction() ? static_cast<int>(run.end - run.integer_end - 1) : 0;
  n.shape = run.has_fraction() ? static_cast<uint16_t>(kDecimal) : integer_shape(run);
  return n;
}

}  // namespace numerals

bool begins_numeral(char32_t c) {
  const int scale = numerals::scale(c);
  return numerals::digit(c) >= 0 || (scale >= 1 && scale <= 3) || c == U'数' || c == U'几' || c == U'上';
}

}  // namespace jiyao
