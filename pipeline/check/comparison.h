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
#include "pipeline/check/slip.h"

namespace jiyao {

// One value of an operand, by the fact that states it nearest to the claim; where
// the one is of a profit and the other of a loss, as the claim would state it.
struct Choice {
  Interval printed;
  Interval allowed;
  uint32_t fact = 0;
  std::string_view unit;
  bool contested = false;                      // another value is stated of the same
  bool turned = false;                         // the negative of what the fact states
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
  bool tentative = false;        // they may belong together: it takes a slip that explains the conflict
  bool likely = false;           // they most likely do: suspicious at most
  bool one_sign = false;         // fails, and agrees if a profit and a loss were both profits or both losses
  static constexpr uint32_t kNone = UINT32_MAX;
};

// The interval of a formula over operands in its order; in the claim's unit
// after `scale`. Empty if it cannot be computed (a divisor that may be zero).
std::optional<Interval> evaluate(const Formula& formula, std::span<const Interval> operands);

// The claim's value over the formula's: 100 for a percentage of two amounts.
long double scale_of(const CheckRelation* relation, const Fact& claim);

// What the operands of a comparison give, each as `value` of its choice.
std::optional<Interval> compute(const Comparison& comparison, const Fact& claim, std::span<const Interval> operands);

// The slip of one number that explains a comparison which fails, by its formula or
// one that may acquit: of the claim, or of the operand that `fact` states.
std::optional<Slip> slip_of(const Evidence& evidence, const Comparison& comparison, uint32_t fact);

// Every claim that the relations know operands for: it agrees if any choice of
// operands of one unit does, and otherwise has those that a slip of typing
// explains, else those nearest to it. A pair whose result cannot be computed
// speaks for the claim: no comparison.
std::vector<Comparison> compare(const Evidence& evidence);

}  // namespace jiyao
