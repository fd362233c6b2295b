#include "pipeline/reconcile/compare.h"

#include <algorithm>
#include <cmath>

namespace jiyao::reconciling {
namespace {

// Beyond it no figure goes, and a long double still has digits behind it.
constexpr int kMostPower = 40;

std::optional<long double> number(Decimal value) {
  if (value.is_zero()) return 0.0L;
  if (std::abs(value.exponent()) > kMostPower) return std::nullopt;
  return static_cast<long double>(value.coefficient()) * std::pow(10.0L, static_cast<long double>(value.exponent()));
}

long double half_unit(int decimals) {
  return std::pow(10.0L, static_cast<long double>(-std::clamp(decimals, -kMostPower, kMostPower))) / 2;
}

// One in the last place that is not 0, or was printed: 4亿 may be up to 5亿 if it is "over".
long double last_place(Decimal value, int decimals) {
  int64_t coefficient = value.coefficient();
  int exponent = value.exponent();
  while (coefficient != 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    ++exponent;
  }
  return 2 * half_unit(coefficient == 0 ? decimals : std::min(-exponent, decimals));
}

// What a vague word allows: sizes, both of one sign.
Agreement vague(long double sheet, long double stated, long double unit, Qualifier qualifier) {
  const long double size = std::fabs(sheet);
  const long double limit = std::fabs(stated);
  if (sheet * stated < 0) return Agreement::none;
  switch (qualifier) {
    case Qualifier::about:
      return std::fabs(size - limit) <= limit * 0.05L ? Agreement::rounded : Agreement::none;
    case Qualifier::near:
      return size < limit && size > limit - unit ? Agreement::rounded : Agreement::none;
    case Qualifier::over:
    case Qualifier::at_least:
      return size < limit ? Agreement::none : size < limit + unit ? Agreement::rounded : Agreement::open;
    case Qualifier::under:
    case Qualifier::at_most:
      return size > limit ? Agreement::none : size > limit - unit ? Agreement::rounded : Agreement::open;
    case Qualifier::none:
    case Qualifier::range:
      break;
  }
  return Agreement::none;
}

bool is_ratio(std::string_view unit) { return unit == "%" || unit == "pp" || unit == "bp" || unit == "x"; }

}  // namespace

int significant_digits(Decimal value) {
  int64_t coefficient = std::abs(value.coefficient());
  while (coefficient != 0 && coefficient % 10 == 0) coefficient /= 10;
  return coefficient == 0 ? 0 : static_cast<int>(std::to_string(coefficient).size());
}

Agreement compare(const Printed& sheet, const Statement& stated, int power) {
  const Decimal low = stated.low->scaled(power);
  const Decimal high = stated.high->scaled(power);
  const int decimals = stated.decimals - power;
  if (low == high && sheet.value == low) return Agreement::equal;
  const auto value = number(sheet.value);
  const auto from = number(low);
  const auto to = number(high);
  if (!value || !from || !to) return Agreement::none;
  const long double half = half_unit(decimals);
  if (low != high) return *value >= *from - half && *value <= *to + half ? Agreement::rounded : Agreement::none;
  // Neighbours on one grid of digits touch, but do not meet.
  constexpr long double kTouch = 1 - 1e-9L;
  if (std::fabs(*value - *from) < (half + half_unit(sheet.decimals)) * kTouch) {
    return sheet.decimals <= decimals ? Agreement::same : Agreement::rounded;
  }
  return vague(*value, *from, last_place(low, decimals), stated.qualifier);
}

std::optional<int> power_between(const Printed& sheet, const Statement& stated) {
  constexpr int kMost = 12;
  if (*stated.low != *stated.high || significant_digits(sheet.value) < 2 || significant_digits(*stated.low) < 2)
    return std::nullopt;
  for (int power = 1; power <= kMost; ++power)
    for (const int signed_power : {power, -power})
      if (compare(sheet.scaled(signed_power), stated) >= Agreement::rounded) return signed_power;
  return std::nullopt;
}

bool is_currency(std::string_view unit) {
  return unit.size() == 3 && std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

UnitMatch match_units(const std::string& sheet, const std::string& kind, const Statement& stated) {
  const std::string& unit = stated.unit;
  const auto differ = [&] { return UnitMatch{true, 0, sheet + " in the sheet, " + unit + " in the document"}; };
  if (is_currency(unit)) {
    if (sheet.empty() || sheet == unit) return {.comparable = kind != "percent", .power = 0, .mismatch = ""};
    return is_currency(sheet) ? differ() : UnitMatch{};
  }
  if (is_currency(sheet)) return {};
  if (unit == "%") {
    if (sheet == "pp" || sheet == "bp") return differ();
    if (sheet == "x") return {true, -2, ""};
    return {.comparable = sheet == "%" || kind == "percent" || kind == "any", .power = 0, .mismatch = ""};
  }
  if (unit == "pp" || unit == "bp") {
    if (sheet == "%") return differ();
    const int power = unit == "bp" && sheet != "bp" ? -2 : unit == "pp" && sheet == "bp" ? 2 : 0;
    return {.comparable = kind == "percent" && sheet != "x", .power = power, .mismatch = ""};
  }
  // Grown 2.6 times is grown by 260%.
  if (unit == "x") return {.comparable = true, .power = sheet == "%" ? 2 : 0, .mismatch = ""};
  return {.comparable = !is_ratio(sheet) && kind != "percent" && kind != "money", .power = 0, .mismatch = ""};
}

}  // namespace jiyao::reconciling
