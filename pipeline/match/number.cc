#include "pipeline/match/number.h"

#include <algorithm>
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
    case U'貮':
    case U'弍':
    case U'两':
    case U'両':
    case U'俩':
      return 2;
    case U'三':
    case U'叁':
    case U'参':
    case U'仨':
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

int tens(char32_t c) {
  switch (c) {
    case U'廿':
      return 2;
    case U'卅':
      return 3;
    case U'卌':
      return 4;
    default:
      return -1;
  }
}

namespace {

bool is_one_of(char32_t c, std::u32string_view characters) { return characters.find(c) != characters.npos; }

// The character that ends at `at`; 0 at the beginning.
char32_t character_before(std::string_view text, uint32_t at) {
  if (at == 0) return 0;
  uint32_t begin = at - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return code_point_at(text, begin).value;
}

char32_t character_at(std::string_view text, uint32_t at) {
  return at < text.size() ? code_point_at(text, at).value : 0;
}

// 参 陆 伍 are words elsewhere: 参与, 大陆, 队伍.
bool is_formal_place(std::string_view text, uint32_t at, uint32_t size) {
  const char32_t behind = character_at(text, at + size);
  if (is_one_of(behind, U"拾佰仟")) return true;
  const char32_t before = character_before(text, at);
  if (is_one_of(before, U"拾佰仟")) return true;
  return is_one_of(behind, U"万亿兆元圆角分") && !is_one_of(before, U"大内登着水队入退落");
}

}  // namespace

int digit_at(std::string_view text, uint32_t at) {
  if (at >= text.size()) return -1;
  const CodePoint c = code_point_at(text, at);
  if (is_one_of(c.value, U"参陆伍") && !is_formal_place(text, at, c.size)) return -1;
  return digit(c.value);
}

void Sum::add(Decimal d) {
  if (const auto sum = value.plus(d)) {
    value = *sum;
  } else {
    overflow = true;
  }
}

namespace {

uint32_t digits_end(std::string_view text, uint32_t at) {
  while (is_digit_at(text, at)) ++at;
  return at;
}

// Groups of three behind separators are one integer: 1,234,567, but not 1,2345.
uint32_t integer_end(std::string_view text, uint32_t at, std::string_view separator) {
  uint32_t end = digits_end(text, at);
  if (end - at > 3) return end;
  const auto size = static_cast<uint32_t>(separator.size());
  while (text.substr(end).starts_with(separator)) {
    const uint32_t group = end + size;
    // Looked at digit by digit: a longer run is no group, however long it is.
    for (uint32_t i = 0; i < 3; ++i)
      if (!is_digit_at(text, group + i)) return end;
    if (is_digit_at(text, group + 3)) return end;
    end = group + 3;
  }
  return end;
}

uint32_t integer_end(std::string_view text, uint32_t at) {
  const uint32_t digits = digits_end(text, at);
  constexpr std::string_view kFirst = ",'\xE2";  // bytes of the separators
  if (digits >= text.size() || kFirst.find(text[digits]) == kFirst.npos) return digits;
  for (const std::string_view separator : {",", "'", "’"})
    if (const uint32_t end = integer_end(text, at, separator); end > digits) return end;
  return digits;
}

// The end of the point and digits at `at`, or `at` itself. A text cut out of a
// page may have spaces on both sides of the point: 2 . 6.
uint32_t fraction_end(std::string_view text, uint32_t at) {
  if (at < text.size() && text[at] == '.' && is_digit_at(text, at + 1)) return digits_end(text, at + 1);
  if (text.substr(at).starts_with(" . ") && is_digit_at(text, at + 3)) return digits_end(text, at + 3);
  return at;
}

// The digits of text[begin..end) with a point at `point`. Zeros behind the
// eighteenth are an exponent, decimals there are beyond any precision.
std::optional<Decimal> value_of(std::string_view text, uint32_t begin, uint32_t point, uint32_t end) {
  constexpr int64_t kFull = 100'000'000'000'000'000;
  constexpr int kMostZeros = 12;
  constexpr int kMostDecimals = 18;
  int64_t coefficient = 0;
  int exponent = 0;
  for (uint32_t i = begin; i < end; ++i) {
    if (!is_digit(text[i])) continue;
    const bool whole = i < point;
    if (!whole && exponent == -kMostDecimals) break;
    if (coefficient >= kFull || exponent > 0) {
      if (!whole) break;
      if (text[i] != '0' || ++exponent > kMostZeros) return std::nullopt;
      continue;
    }
    coefficient = coefficient * 10 + (text[i] - '0');
    exponent -= whole ? 0 : 1;
  }
  return Decimal(coefficient, exponent);
}

DigitRun make_run(std::string_view text, uint32_t begin, uint32_t integer, uint32_t end) {
  DigitRun run;
  run.begin = begin;
  run.end = end;
  for (uint32_t i = begin; i < integer; ++i) run.integer += is_digit(text[i]) ? 1 : 0;
  run.is_separated = run.integer < integer - begin;
  run.has_fraction = end > integer;
  run.value = value_of(text, begin, integer, end);
  return run;
}

uint16_t integer_shape(const DigitRun& run) {
  if (run.is_separated) return kInt;
  if (run.integer == 1) return kInt1;
  if (run.integer == 2) return kInt2;
  if (run.integer == 4 && *run.value >= Decimal(1900) && *run.value <= Decimal(2100)) return kYear4;
  return run.integer >= 4 && run.integer <= 6 ? kCode : kInt;
}

// 1.2e6, 1e+6: the end of the exponent at `at`, and its value.
uint32_t exponent_end(std::string_view text, uint32_t at, bool has_fraction, int& exponent) {
  constexpr int kMostExponent = 15;
  if (at >= text.size() || lower(text[at]) != 'e') return at;
  const bool sign = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-');
  const uint32_t begin = at + (sign ? 2 : 1);
  const uint32_t end = digits_end(text, begin);
  const bool letter_behind = end < text.size() && is_letter(text[end]);
  if ((!sign && !has_fraction) || end == begin || end > begin + 2 || letter_behind) return at;
  exponent = 0;
  for (uint32_t i = begin; i < end; ++i) exponent = exponent * 10 + (text[i] - '0');
  if (sign && text[at + 1] == '-') exponent = -exponent;
  return exponent > kMostExponent ? at : end;
}

}  // namespace

// 2.2020年上半年的产量如何: the number of an item before a year.
bool is_item_before_year(std::string_view text, uint32_t at, uint32_t point, uint32_t end) {
  const std::string_view year = text.substr(point, end - point);
  return point - at <= 2 && year.size() == 5 && (year.starts_with(".19") || year.starts_with(".20")) &&
         text.substr(end).starts_with("年");
}

DigitRun first_run(std::string_view text, uint32_t at) {
  const uint32_t integer = integer_end(text, at);
  uint32_t fraction = fraction_end(text, integer);
  if (is_item_before_year(text, at, integer, fraction)) fraction = integer;
  const bool dot_behind = fraction_end(text, fraction) > fraction;
  const bool dot_before = at >= 2 && text[at - 1] == '.' && is_digit(text[at - 2]);
  DigitRun run = make_run(text, at, integer, dot_behind || dot_before ? integer : fraction);
  int exponent = 0;
  if (const uint32_t end = exponent_end(text, run.end, run.has_fraction, exponent); end > run.end && run.value) {
    run.value = run.value->scaled(exponent);
    run.has_fraction = true;
    run.end = end;
  }
  return run;
}

DigitRun further_run(std::string_view text, uint32_t at) {
  const uint32_t integer = integer_end(text, at);
  return make_run(text, at, integer, fraction_end(text, integer));
}

DigitRun with_odd_parts(std::string_view text, const DigitRun& run) {
  if (run.has_fraction || run.is_separated || run.end >= text.size()) return run;
  constexpr std::string_view kFirst = " \xEF\xE7\xC2\xE2\xE3";  // bytes of what may part it
  if (kFirst.find(text[run.end]) == kFirst.npos) return run;
  if (const uint32_t end = integer_end(text, run.begin, "，"); end > run.end)
    return make_run(text, run.begin, end, fraction_end(text, end));
  // One space may part two numbers.
  if (const uint32_t end = integer_end(text, run.begin, " "); end > run.end + 4)
    return make_run(text, run.begin, end, fraction_end(text, end));
  for (const std::string_view point : {"点", "·", "‧", "・", "•"}) {
    if (!text.substr(run.end).starts_with(point)) continue;
    const uint32_t end = digits_end(text, run.end + static_cast<uint32_t>(point.size()));
    // 3点20分 is a time of the day.
    if (is_digit(text[end - 1]) && character_at(text, end) != U'分') return make_run(text, run.begin, run.end, end);
  }
  return run;
}

bool is_no_rest(std::string_view text, const DigitRun& run) {
  const char32_t c = character_at(text, skip_space(text, run.end));
  if (run.integer == 1 && is_one_of(c, U"-~—:至到和、")) return true;  // 100万1-2月
  return is_one_of(c, U"%‰/年月日号季期倍折成") ||
         (c < 0x80 && (is_letter(static_cast<char>(c)) || is_digit(static_cast<char>(c))));
}

Number unscaled(const DigitRun& run) {
  Number n;
  n.end = run.end;
  n.shape = kIdentifier;
  if (!run.value) return n;
  n.value = *run.value;
  n.decimals = std::max(0, -run.value->exponent());
  n.shape = run.has_fraction ? static_cast<uint16_t>(kDecimal) : integer_shape(run);
  return n;
}

LatinScale latin_scale(std::string_view text, uint32_t at) {
  struct Name {
    std::string_view text;
    int power;
  };
  static constexpr std::array<Name, 13> kNames = {{{"thousand", 3},
                                                   {"million", 6},
                                                   {"billion", 9},
                                                   {"trillion", 12},
                                                   {"mln", 6},
                                                   {"mn", 6},
                                                   {"bln", 9},
                                                   {"bn", 9},
                                                   {"tn", 12},
                                                   {"mm", 6},
                                                   {"k", 3},
                                                   {"m", 6},
                                                   {"b", 9}}};
  const uint32_t begin = skip_space(text, at);
  if (begin >= text.size() || !is_letter(text[begin])) return {};
  for (const Name& name : kNames) {
    const auto end = begin + static_cast<uint32_t>(name.text.size());
    if (!text.substr(begin).starts_with(name.text)) continue;
    if (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) continue;
    return {name.power, end, name.text.size() == 1 || name.text == "mm"};
  }
  return {};
}

// Also at the upper end of a range: US$3-5m.
bool is_behind_currency(std::string_view text, uint32_t at) {
  constexpr uint32_t kFarthest = 12;
  const uint32_t first = at > kFarthest ? at - kFarthest : 0;
  while (at > first &&
         (is_digit(text[at - 1]) || std::string_view(".,-~ ").find(text[at - 1]) != std::string_view::npos))
    --at;
  const std::string_view before = text.substr(0, at);
  for (const std::string_view word :
       {"$", "¥", "€", "£", "rmb", "cny", "usd", "hkd", "ntd", "twd", "eur", "gbp", "人民币", "美元", "港币", "台币"})
    if (before.ends_with(word)) return true;
  return false;
}

bool is_money(std::string_view unit) {
  for (const std::string_view end : {"美元", "港元", "欧元", "币", "rmb", "usd", "hkd", "ntd"})
    if (unit.ends_with(end)) return true;
  return false;
}

bool follows_bound(std::string_view text, uint32_t at) {
  const std::string_view before = text.substr(0, at);
  for (const std::string_view word : {"通过", "经过", "不过", "透过", "最近", "附近"})
    if (before.ends_with(word)) return false;
  if (before.ends_with("数以")) return true;
  return is_one_of(character_before(text, at), U"过破近逾超");
}

bool is_trillion(std::string_view text, uint32_t at) {
  if (!text.substr(at).starts_with("万亿")) return false;
  const char32_t before = character_before(text, at);
  return before > 0x3000 && !is_one_of(before, U"位、，：（／元");
}

bool ends_bound(std::string_view text, uint32_t at) {
  if (at >= text.size()) return true;
  const char32_t c = character_at(text, at);
  return (c < 0x80 && !is_letter(static_cast<char>(c))) || is_one_of(c, U"。，、；：！？）级大关的以之计点");
}

}  // namespace numerals

bool begins_numeral(char32_t c) {
  return numerals::digit(c) >= 0 || numerals::scale(c) >= 1 || numerals::tens(c) > 0 || c == U'数' || c == U'几' ||
         c == U'上';
}

}  // namespace jiyao
