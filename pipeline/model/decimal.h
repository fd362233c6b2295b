// An exact decimal: coefficient × 10^exponent. Never a double, so 8.66 億 is
// 866000000 and nothing near it. Thread safe: a value.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiyao {

class Decimal {
 public:
  Decimal() = default;
  explicit Decimal(int64_t coefficient, int exponent = 0) : coefficient_(coefficient), exponent_(exponent) {}

  // "1269", "-0.65", "11.8": optional sign, digits, optional point and digits.
  // Empty if it is anything else or has more than 18 significant digits.
  static std::optional<Decimal> parse(std::string_view text);

  Decimal scaled(int power) const { return Decimal(coefficient_, exponent_ + power); }
  Decimal negated() const { return Decimal(-coefficient_, exponent_); }

  // Sum and product; empty on overflow of 18 digits.
  std::optional<Decimal> plus(Decimal other) const;
  std::optional<Decimal> times(Decimal other) const;

  bool is_negative() const { return coefficient_ < 0; }
  bool is_zero() const { return coefficient_ == 0; }
  int exponent() const { return exponent_; }
  int64_t coefficient() const { return coefficient_; }

  // Plain notation without exponent, zeros of the printed precision kept
  // ("16.0" stays "16.0"): the form of the tables.
  std::string to_string() const;
  double to_double() const;  // for intervals and messages only

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  int64_t coefficient_ = 0;
  int exponent_ = 0;
};

}  // namespace jiyao
