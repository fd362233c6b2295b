#include "pipeline/check/interval.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace jiyao {
namespace {

constexpr long double kLimit = 1e30L;
constexpr long double kInfinity = std::numeric_limits<long double>::infinity();

Interval widened(long double low, long double high) {
  constexpr long double kSlack = 1e-12L;
  return {low - std::fabs(low) * kSlack, high + std::fabs(high) * kSlack};
}

// Empty if it is too large to be meant.
std::optional<long double> number(const Decimal& decimal) {
  if (decimal.is_zero()) return 0.0L;
  if (decimal.exponent() > 30 || decimal.exponent() < -40) return std::nullopt;
  const long double value = static_cast<long double>(decimal.coefficient()) * power_of_ten(decimal.exponent());
  if (std::fabs(value) > kLimit) return std::nullopt;
  return value;
}

// Both ends of what is stated: twice the value, or the ends of the range.
std::optional<Interval> stated_ends(const Fact& fact) {
  const auto low = fact.value ? number(*fact.value) : fact.low ? number(*fact.low) : std::nullopt;
  const auto high = fact.value ? low : fact.high ? number(*fact.high) : std::nullopt;
  if (!low || !high || *high < *low) return std::nullopt;
  return Interval{*low, *high};
}

// What the qualifier makes of a size (sign taken off); `unit` is one in the last place.
Interval qualified(long double size, long double unit, Qualifier qualifier) {
  const Interval rounded_or_cut = {size - unit / 2, size + unit};
  switch (qualifier) {
    case Qualifier::about:
      return {std::min(rounded_or_cut.low, size * 0.95L), std::max(rounded_or_cut.high, size * 1.05L)};
    case Qualifier::near:
      return {std::min(rounded_or_cut.low, size * 0.85L), size + unit / 2};
    case Qualifier::over:
    case Qualifier::at_least:
      return {size - unit / 2, kInfinity};
    case Qualifier::under:
    case Qualifier::at_most:
      return {-kInfinity, size + unit / 2};
    case Qualifier::none:
    case Qualifier::range:
      break;
  }
  return rounded_or_cut;
}

}  // namespace

long double power_of_ten(int power) {
  constexpr int kMost = 40;
  static const auto table = [] {
    std::array<long double, 2 * kMost + 1> powers;
    for (int i = 0; i <= 2 * kMost; ++i)
      powers[static_cast<size_t>(i)] = std::pow(10.0L, static_cast<long double>(i - kMost));
    return powers;
  }();
  const int index = std::clamp(power, -kMost, kMost) + kMost;
  return table[static_cast<size_t>(index)];
}

std::optional<Interval> printed(const Fact& fact) {
  const auto ends = stated_ends(fact);
  if (!ends) return std::nullopt;
  const long double half = power_of_ten(-std::clamp(fact.decimals, -40, 40)) / 2;
  return widened(ends->low - half, ends->high + half);
}

std::optional<Interval> allowed(const Fact& fact) {
  const auto ends = stated_ends(fact);
  if (!ends) return std::nullopt;
  const long double unit = power_of_ten(-std::clamp(fact.decimals, -40, 40));
  if (ends->low < ends->high) return widened(ends->low - unit, ends->high + unit);
  if (ends->low == 0 && fact.qualifier == Qualifier::none) return Interval{-unit, unit};
  const bool negative = ends->low < 0;
  const Interval size = qualified(std::fabs(ends->low), unit, fact.qualifier);
  const Interval value = negative ? size.negated() : size;
  return widened(value.low, value.high);
}

Interval difference(Interval a, Interval b) { return widened(a.low - b.high, a.high - b.low); }

Interval product(Interval a, Interval b) {
  const auto [low, high] = std::minmax({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
  return widened(low, high);
}

Interval scaled(Interval a, long double by) {
  return by < 0 ? widened(a.high * by, a.low * by) : widened(a.low * by, a.high * by);
}

std::optional<Interval> quotient(Interval a, Interval b) {
  if (!(b.low > 0)) return std::nullopt;
  const long double low = a.low / (a.low < 0 ? b.low : b.high);
  const long double high = a.high / (a.high < 0 ? b.high : b.low);
  if (!std::isfinite(low) || !std::isfinite(high)) return std::nullopt;
  return widened(low, high);
}

}  // namespace jiyao
