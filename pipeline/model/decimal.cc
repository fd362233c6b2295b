#include "pipeline/model/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace jiyao {
namespace {

constexpr int kMaxDigits = 18;

constexpr std::array<uint64_t, 20> kPowers = [] {
  std::array<uint64_t, 20> powers{};
  uint64_t power = 1;
  for (uint64_t& p : powers) {
    p = power;
    power *= 10;  // past the last it wraps, unread
  }
  return powers;
}();

// Without overflow for the smallest int64_t too.
uint64_t magnitude(int64_t c) { return c < 0 ? uint64_t{0} - static_cast<uint64_t>(c) : static_cast<uint64_t>(c); }

// Digits of a number that is not 0.
int64_t count_digits(uint64_t n) { return std::upper_bound(kPowers.begin(), kPowers.end(), n) - kPowers.begin(); }

bool fits(int64_t coefficient) { return magnitude(coefficient) < kPowers[kMaxDigits]; }

// Neither is 0. Numbers with the same place of the first digit differ in
// exponent by less than their digits, so aligning them cannot overflow.
std::strong_ordering compare_magnitudes(uint64_t a, int a_exponent, uint64_t b, int b_exponent) {
  const int64_t a_digits = count_digits(a);
  const int64_t b_digits = count_digits(b);
  const auto by_size = a_digits + a_exponent <=> b_digits + b_exponent;
  if (by_size != 0) return by_size;
  if (a_digits < b_digits) a *= kPowers[static_cast<size_t>(b_digits - a_digits)];
  if (b_digits < a_digits) b *= kPowers[static_cast<size_t>(a_digits - b_digits)];
  return a <=> b;
}

// c × 10^power if it has at most 18 digits. `power` is not negative.
std::optional<int64_t> raised(int64_t c, int64_t power) {
  if (c == 0) return 0;
  if (count_digits(magnitude(c)) + power > kMaxDigits) return std::nullopt;
  return c * static_cast<int64_t>(kPowers[static_cast<size_t>(power)]);
}

bool is_digit(char c) { return '0' <= c && c <= '9'; }

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == text.npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || (point != text.npos && fraction.empty()) || fraction.size() > INT32_MAX) return std::nullopt;
  int64_t coefficient = 0;
  for (const std::string_view digits : {whole, fraction}) {
    for (const char c : digits) {
      if (!is_digit(c) || !raised(coefficient, 1)) return std::nullopt;
      coefficient = coefficient * 10 + (c - '0');
    }
  }
  return Decimal(negative ? -coefficient : coefficient, -static_cast<int>(fraction.size()));
}

std::optional<Decimal> Decimal::plus(Decimal other) const {
  const int exponent = std::min(exponent_, other.exponent_);
  const auto a = raised(coefficient_, int64_t{exponent_} - exponent);
  const auto b = raised(other.coefficient_, int64_t{other.exponent_} - exponent);
  if (!a || !b || !fits(*a + *b)) return std::nullopt;
  return Decimal(*a + *b, exponent);
}

std::optional<Decimal> Decimal::times(Decimal other) const {
  int64_t coefficient = 0;
  int exponent = 0;
  if (__builtin_mul_overflow(coefficient_, other.coefficient_, &coefficient) || !fits(coefficient) ||
      __builtin_add_overflow(exponent_, other.exponent_, &exponent)) {
    return std::nullopt;
  }
  return Decimal(coefficient, exponent);
}

std::string Decimal::to_string() const {
  std::string digits = std::to_string(magnitude(coefficient_));
  if (exponent_ > 0 && coefficient_ != 0) digits.append(static_cast<size_t>(exponent_), '0');
  if (exponent_ < 0) {
    const size_t places = static_cast<size_t>(-int64_t{exponent_});
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return is_negative() ? "-" + digits : digits;
}

double Decimal::to_double() const {
  const std::string text = std::to_string(coefficient_) + "e" + std::to_string(exponent_);
  double value = 0;
  // Out of range leaves 0, which is right below; above it no figure goes.
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const auto sign = [](const Decimal& d) { return d.coefficient_ < 0 ? -1 : d.coefficient_ > 0 ? 1 : 0; };
  if (sign(a) != sign(b)) return sign(a) <=> sign(b);
  if (a.is_zero()) return std::strong_ordering::equal;
  const auto larger =
      compare_magnitudes(magnitude(a.coefficient_), a.exponent_, magnitude(b.coefficient_), b.exponent_);
  return a.is_negative() ? 0 <=> larger : larger;
}

}  // namespace jiyao
