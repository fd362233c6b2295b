#include "pipeline/check/comparison.h"

#include <algorithm>

namespace jiyao {
namespace {

// The claim may be meant by what the operands, each as `values` has it, give.
bool holds(const Comparison& c, const Fact& claim, std::span<const Interval> values, Interval stated) {
  const auto found = compute(c, claim, values);
  if (found && found->meets(stated)) return true;
  if (c.relation == nullptr) return false;
  return std::any_of(c.relation->acquits.begin(), c.relation->acquits.end(), [&](const Formula& other) {
    const bool known = std::all_of(other.steps.begin(), other.steps.end(), [&](const Formula::Step& step) {
      return step.kind != Formula::Step::Kind::name || c.operands[step.index].fact != Comparison::kNone;
    });
    const auto result = known ? evaluate(other, values) : std::nullopt;
    return result && scaled(*result, scale_of(c.relation, claim)).meets(stated);
  });
}

}  // namespace

std::optional<Interval> evaluate(const Formula& formula, std::span<const Interval> operands) {
  using Kind = Formula::Step::Kind;
  std::vector<Interval> stack;
  for (const auto& [kind, index] : formula.steps) {
    if (kind == Kind::name || kind == Kind::number) {
      const auto number = static_cast<long double>(index);
      stack.push_back(kind == Kind::name ? operands[index] : Interval{number, number});
      continue;
    }
    const Interval b = stack.back();
    stack.pop_back();
    Interval& a = stack.back();
    if (kind == Kind::divide) {
      const auto ratio = quotient(a, b);
      if (!ratio) return std::nullopt;
      a = *ratio;
    } else {
      a = kind == Kind::add ? difference(a, b.negated()) : kind == Kind::subtract ? difference(a, b) : product(a, b);
    }
  }
  return stack.back();
}

long double scale_of(const CheckRelation* relation, const Fact& claim) {
  if (relation == nullptr) return 1;
  return claim.unit == "%" || claim.unit == "bp" ? 100 : 1;
}

std::optional<Interval> compute(const Comparison& c, const Fact& claim, std::span<const Interval> operands) {
  if (c.relation != nullptr) {
    const auto found = evaluate(c.relation->is, operands);
    return found ? std::optional(scaled(*found, scale_of(c.relation, claim))) : std::nullopt;
  }
  Interval sum;
  for (const Interval operand : operands) sum = difference(sum, operand.negated());
  return c.rest_of_hundred ? difference({100, 100}, sum) : sum;
}

std::optional<Slip> slip_of(const Evidence& e, const Comparison& c, uint32_t fact) {
  const Fact& claim = e.fact(c.claim);
  std::vector<Interval> values;
  for (const Choice& choice : c.operands) values.push_back(choice.allowed);
  if (fact == c.claim) return find_slip(claim, [&](Interval v) { return holds(c, claim, values, v); });
  const auto stated = allowed(claim);
  const auto operand =
      std::find_if(c.operands.begin(), c.operands.end(), [&](const Choice& o) { return o.fact == fact; });
  if (!stated || operand == c.operands.end()) return std::nullopt;
  Interval& value = values[static_cast<size_t>(operand - c.operands.begin())];
  const bool turned = operand->turned;
  return find_slip(e.fact(fact), [&](Interval v) {
    value = turned ? v.negated() : v;
    return holds(c, claim, values, *stated);
  });
}

}  // namespace jiyao
