// Figures: their value, unit and bounds.
#include "pipeline/match/build.h"

#include <algorithm>
#include <utility>

#include "pipeline/match/build_parts.h"

namespace jiyao {
namespace {

bool is_minus(std::string_view sign) {
  return sign.starts_with("-") || sign.starts_with("负") || sign.starts_with("(");
}

Qualifier qualifier_named(std::string_view text) {
  for (size_t i = 0; i < kQualifierNames.size(); ++i)
    if (text == kQualifierNames[i]) return static_cast<Qualifier>(i);
  return Qualifier::none;
}

// Unit, currency and power of ten that a word of the match says.
void apply_unit(const Attributes& attributes, std::string_view word, Figure& figure, int& power) {
  if (const std::string* currency = find(attributes, "currency")) {
    if (*currency == "plain" || *currency == "plain_dollar")
      figure.plain_currency = true;
    else
      figure.unit = *currency, figure.plain_currency = false;
  } else if (const std::string* unit = find(attributes, "unit")) {
    figure.unit = *unit;
  } else if (figure.unit.empty()) {
    figure.unit = word;
  }
  power += integer(attributes, "power", 0);
}

// The power of ten of a numeral with one digit: 6 for 两百万; of any other -1.
int power_of_one_digit(Decimal value) {
  int64_t digits = value.coefficient();
  int power = value.exponent();
  for (; digits >= 10 && digits % 10 == 0; digits /= 10) ++power;
  return digits < 10 ? power : -1;
}

// The lower end of a range has the scale of the upper one too, if it has no
// such scale itself: 1-2亿, 3千到5千万, 一到两百万, 三到五百; but 三百到五百万 are
// both of 万. Not if it has a unit (30元至1万元) or would be above it (8000至1万).
Decimal lower_end(const Number& low, const Number& high, const Parts& parts) {
  if (parts[kUnitA] || low.value.is_negative()) return low.value;
  const bool is_numeral = low.shape == kChinese && low.value.exponent() == 0;
  if (const int power = is_numeral ? power_of_one_digit(high.value) : -1; power % 4 >= 2)
    if (const Decimal scaled = low.value.scaled(power); scaled < high.value) return scaled;
  if (low.scale >= 4 || high.shape != kScaled) return low.value;
  const Decimal scaled = low.value.scaled(low.scale == 0 ? high.scale : high.scale - high.scale % 4);
  return scaled <= high.value || parts[kAround] ? scaled : low.value;
}

// 3.1次/天, 20吨每年: what a count is per belongs to its unit; money is money.
void add_per(const Part& per, Figure& f) {
  if (!per.entry) return;
  const std::string* unit = find(per.entry->attributes, "unit");
  std::string_view word = unit ? *unit : per.entry->word;
  for (std::string_view prefix : {"/", "每"})
    if (word.starts_with(prefix)) word.remove_prefix(prefix.size());
  f.unit.append("/").append(word);
}

// 三分之一, 1/3, 三又二分之一: exact, or the first digits of what has no end.
bool take_fraction(const Attributes& makes, const Parts& parts, int power, Figure& f) {
  constexpr int kDigits = 12;
  constexpr int64_t kOne = 1'000'000'000'000;
  const Number* part = parts[kB].number;
  const Number* whole = parts[kOf].number;
  const auto is_integer = [](const Number* n) { return n && n->value.exponent() == 0 && !n->low; };
  if (!is_integer(part) || !is_integer(whole) || part->value >= whole->value || whole->value > Decimal(1'000'000))
    return false;
  const int most = integer(makes, "high", 0);  // 1/8, but 8/9 may be two numbers
  if (most > 0 && part->value > Decimal(1) && whole->value > Decimal(most)) return false;
  const int64_t divisor = whole->value.coefficient();
  int64_t quotient = (part->value.coefficient() * kOne + divisor / 2) / divisor;
  int digits = kDigits;
  for (; digits > 0 && quotient % 10 == 0; quotient /= 10) --digits;
  f.value = Decimal(quotient, -digits).scaled(power);
  if (parts[kA].number) f.value = f.value->plus(parts[kA].number->value.scaled(power));
  f.decimals = digits - power;
  return f.value.has_value();
}

// 三成半, 三成五, 10块57: what stands behind the unit, added to the value.
void take_half(const Part& half, const Part& digits, int power, std::optional<Decimal>& value, int& decimals) {
  const auto add = [&](Decimal part, int to) {
    if (value) value = value->plus(part);
    decimals = to;
  };
  if (half) add(Decimal(5, power - 1), std::max(decimals, 1 - power));
  if (const Number* tail = digits.number; tail && tail->value.exponent() == 0) {
    const int places = tail->shape == kInt2 ? 2 : 1;
    add(tail->value.scaled(power - places), decimals + places);
  }
}

// 12元5角3分: and the hundredths; of a range, to the upper end.
void take_tail(const Parts& parts, int power, std::optional<Decimal>& value, int& decimals) {
  take_half(parts[kHalf], parts[kTail], power, value, decimals);
  const Number* cents = parts[kCents].number;
  if (!value || !cents || cents->value.exponent() != 0) return;
  value = value->plus(cents->value.scaled(power - 2));
  decimals = 2 - power;
}

// 46%上下1.5个百分点: from 44.5 to 47.5.
void spread(Figure& f) {
  const Decimal middle = *f.low, half = *f.high;
  f.low = middle.plus(half.negated());
  f.high = middle.plus(half);
}

// `high_power`: by how much more the upper end is scaled (80%至1倍).
bool take_numbers(const Parts& parts, int power, int high_power, Figure& f) {
  const Number& a = *parts[kA].number;
  const Number* b = parts[kB].number;
  const Number& last = b ? *b : a;
  if (a.value.exponent() > 30) return false;
  f.scale = last.scale;
  f.decimals = last.decimals - power;
  if (b || a.low) {
    f.low = (a.low ? *a.low : b ? lower_end(a, *b, parts) : a.value).scaled(power);
    f.high = last.high.value_or(last.value).scaled(power + high_power);
    take_half(parts[kHalfA], parts[kTailA], power, f.low, f.decimals);
    take_tail(parts, power, f.high, f.decimals);
    f.qualifier = Qualifier::range;
    if (parts[kAround]) spread(f);
    if (b && *f.high < *f.low && !parts[kSign] && !parts[kSignB]) return false;  // 从11.5%到11%
  } else {
    f.value = a.value.scaled(power);
    take_tail(parts, power, f.value, f.decimals);
    f.qualifier = a.over ? Qualifier::over : a.about ? Qualifier::about : Qualifier::none;
  }
  return f.value || (f.low && f.high);
}

// 翻倍, 高单位数, 低单位数至中单位数: the number that a word, or the rule, is.
bool take_word(const Attributes& makes, const Parts& parts, Figure& f) {
  const Attributes& word = parts[kWord].entry ? parts[kWord].entry->attributes : makes;
  const Attributes& last = parts[kB].entry ? parts[kB].entry->attributes : word;
  if (const std::string* unit = find(word, "unit"); unit && !find(makes, "unit")) f.unit = *unit;
  if (const std::string* q = find(word, "qualifier")) f.qualifier = qualifier_named(*q);
  const std::string* low = find(word, "low");
  const std::string* high = find(last, "high");
  if (low && high) {
    f.low = Decimal::parse(*low);
    f.high = Decimal::parse(*high);
    f.qualifier = Qualifier::range;
  } else if (const std::string* value = find(word, "value")) {
    f.value = Decimal::parse(*value);
  }
  return f.value || (f.low && f.high);
}

void take_signs(const Parts& parts, Figure& f) {
  // -US$35: the sign may stand before the currency.
  const bool before = is_minus(parts[kBefore].text);
  const std::string_view sign = parts[kSign].text;
  f.explicit_sign = before || !sign.empty();
  if (f.value && (sign.starts_with("±") || sign.starts_with("正负") || sign.starts_with("+/"))) {
    f.low = f.value->negated();
    f.high = f.value;
    f.value.reset();
    f.qualifier = Qualifier::range;
  }
  if (before || is_minus(sign)) {
    if (f.value) f.value = f.value->negated();
    if (f.low) f.low = f.low->negated();
  }
  if (parts[kSignB] && is_minus(parts[kSignB].text) && f.high) f.high = f.high->negated();
  if (f.low && f.high && *f.high < *f.low) std::swap(f.low, f.high);
}

}  // namespace

std::optional<Figure> build_figure(const Attributes& makes, const Parts& parts) {
  Figure f;
  int power = integer(makes, "power", 0);
  if (const std::string* unit = find(makes, "unit")) f.unit = *unit;
  if (parts[kBefore].entry) apply_unit(parts[kBefore].entry->attributes, "", f, power);
  if (parts[kUnit].entry) apply_unit(parts[kUnit].entry->attributes, parts[kUnit].entry->word, f, power);
  // 百 alone is a word, but 近百 and 数以百计 are numbers.
  const Number* a = parts[kA].number;
  const bool bare = f.unit.empty() && !f.plain_currency && !parts[kBefore] && !parts[kB] && !find(makes, "qualifier");
  if (a && a->only_scale && bare) return std::nullopt;
  const bool made = parts[kOf]         ? take_fraction(makes, parts, power, f)
                    : parts[kA].number ? take_numbers(parts, power, integer(makes, "high_power", 0), f)
                                       : take_word(makes, parts, f);
  if (!made) return std::nullopt;
  // What one of them is: a 码 of interest is 25 basis points.
  if (const std::string* each = find(makes, "value"); each && parts[kA].number && f.value)
    f.value = f.value->times(Decimal::parse(*each).value_or(Decimal(1)));
  add_per(parts[kPer], f);
  if (parts[kMore] && f.qualifier == Qualifier::none)
    f.qualifier = parts[kMore].text == "来" ? Qualifier::about : Qualifier::over;
  if (const std::string* q = find(makes, "qualifier")) f.qualifier = qualifier_named(*q);
  take_signs(parts, f);
  if (!f.value && !(f.low && f.high)) return std::nullopt;  // more digits than a Decimal has
  // 三款 counts, 一款 does not.
  if (f.value && find(makes, "least") && *f.value < Decimal(integer(makes, "least", 0))) return std::nullopt;
  return f;
}

}  // namespace jiyao
