// A stated value against what other stated values give: a share against part
// and whole, a growth against two levels, a year against its halves. Made of
// the relations of rules/check (compare) and of enumerations (sums.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "pipeline/check/evidence.h"

namespace jiyao {

// One value of an operand, by the fact that states it nearest to the claim.
struct Choice {
  Interval printed;
  Interval allowed;
  uint32_t fact = 0;
  std::string_view unit;
  bool contested = false;                      // another value is stated of the same
  const std::vector<uint32_t>* all = nullptr;  // every fact that states it; may be null
};

struct Comparison {
  const CheckRule* rule = nullptr;
  const CheckRelation* relation = nullptr;  // null: the claim is the sum of the operands, or …
  uint32_t claim = 0;
  std::vector<Choice> operands;  // those of the formula, by relation->operands; without one: fact == kNone
  bool agrees = false;
  Interval computed;             // by the printed digits
  bool rest_of_hundred = false;  // without a relation: not their sum, but what it leaves of 100
  bool tentative = false;        // that they belong together is likely only
  static constexpr uint32_t kNone = UINT32_MAX;
};

// The interval of a formula over operands in its order; in the claim's unit
// after `scale`. Empty if it cannot be computed (a divisor that may be zero).
std::optional<Interval> evaluate(const Formula& formula, std::span<const Interval> operands);

// The claim's value over the formula's: 100 for a percentage of two amounts.
long double scale_of(const CheckRelation* relation, const Fact& claim);

// What the operands of a comparison give, each as `value` of its choice.
std::optional<Interval> compute(const Comparison& comparison, const Fact& claim, std::span<const Interval> operands);

// Every claim that the relations know operands for: it agrees if any choice of
// operands of one unit does, and otherwise has the operands nearest to it.
// A pair whose result cannot be computed speaks for the claim: no comparison.
std::vector<Comparison> compare(const Evidence& evidence);

}  // namespace jiyao
