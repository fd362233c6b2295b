#include "pipeline/check/slip.h"

#include <array>
#include <string>

namespace jiyao {
namespace {

std::optional<Interval> allowed_as(const Fact& fact, Decimal value, int decimals) {
  Fact other;
  other.value = value;
  other.decimals = decimals;
  other.qualifier = fact.qualifier;
  return allowed(other);
}

}  // namespace

std::optional<Slip> find_slip(const Fact& fact, const std::function<bool(Interval)>& agrees) {
  if (!fact.value || fact.value->is_zero()) return std::nullopt;
  const Decimal value = *fact.value;
  const auto fits = [&](Decimal meant, int decimals) {
    const auto range = allowed_as(fact, meant, decimals);
    return range && agrees(*range);
  };
  for (const int power : std::array{1, -1, 2, -2, 3, -3, 4, -4})
    if (fits(value.scaled(power), fact.decimals - power)) return Slip{Slip::Kind::power, power};
  std::string digits = std::to_string(value.coefficient() < 0 ? -value.coefficient() : value.coefficient());
  const auto made = [&] {
    const Decimal changed(std::stoll(digits), value.exponent());
    return fits(value.is_negative() ? changed.negated() : changed, fact.decimals);
  };
  for (size_t i = 0; i + 1 < digits.size(); ++i) {
    if (digits[i] == digits[i + 1]) continue;
    std::swap(digits[i], digits[i + 1]);
    if (made()) return Slip{Slip::Kind::swap, 0};
    std::swap(digits[i], digits[i + 1]);
  }
  for (char& digit : digits) {
    const char was = digit;
    for (digit = '0'; digit <= '9'; ++digit)
      if (digit != was && made()) return Slip{Slip::Kind::digit, 0};
    digit = was;
  }
  if (fits(value.negated(), fact.decimals)) return Slip{Slip::Kind::sign, 0};
  return std::nullopt;
}

}  // namespace jiyao
