// The values that a stated number may stand for.
//
//   printed   256 億 → 255.5 .. 256.5   half a unit of the last place both ways (XBRL Calculations 1.1)
//   allowed   256 億 → 255.5 .. 257     printed, or cut off instead of rounded; wider for 約, 超過 …
//
// Statements are judged by what is allowed and reported by what is printed, so
// a finding never rests on how its author rounded. Long double, each bound
// widened by a relative 1e-12: far less than any printed digit, far more than
// the arithmetic loses.
#pragma once

#include <optional>

#include "pipeline/model/fact.h"

namespace jiyao {

struct Interval {
  long double low = 0;
  long double high = 0;

  bool meets(Interval other) const { return low <= other.high && other.low <= high; }
  Interval negated() const { return {-high, -low}; }
};

// Empty if the fact has no value, or one that no document states (beyond 1e30).
std::optional<Interval> printed(const Fact& fact);

// The qualifier counts away from zero, so a fall of 超過 20% is -20 or less:
//   about             5% of the value both ways
//   near              from 85% of the value to the value
//   over, at_least    the value or more, without end
//   under, at_most    the value or less, without end
//   range             from its lower to its upper end
std::optional<Interval> allowed(const Fact& fact);

// 10^power; `power` is held to -40 .. 40.
long double power_of_ten(int power);

Interval difference(Interval a, Interval b);
Interval product(Interval a, Interval b);
Interval scaled(Interval a, long double by);
std::optional<Interval> quotient(Interval a, Interval b);  // empty unless `b` lies above zero

}  // namespace jiyao
