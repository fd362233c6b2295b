#include "pipeline/check/conflict.h"

#include <algorithm>

namespace jiyao {
namespace {

uint32_t distance(uint32_t a, uint32_t b) { return a < b ? b - a : a - b; }

bool in_one_paragraph(const Evidence& e, const Conflict& c) {
  return e.same_paragraph(c.claim, c.left) && e.same_paragraph(c.claim, c.right);
}

bool in_one_sentence(const Evidence& e, const Conflict& c) {
  return e.same_sentence(c.claim, c.left) && e.same_sentence(c.claim, c.right);
}

}  // namespace

std::optional<Severity> weigh(const Evidence& e, const Conflict& c, Naming naming) {
  const bool anchored = e.anchored(c.claim) && e.anchored(c.left) && e.anchored(c.right);
  const bool paragraph = in_one_paragraph(e, c);
  if (!anchored && !paragraph) return std::nullopt;
  // A growth is sure only of levels in its own sentence, and never of rates: the
  // paragraph of a long note holds many levels of many segments.
  const Fact& claim = e.fact(c.claim);
  const bool growth = claim.basis == Basis::yoy || claim.basis == Basis::qoq || claim.basis == Basis::mom;
  const bool rates = claim.unit == "%" && (e.fact(c.left).unit == "%" || e.fact(c.right).unit == "%");
  const bool together = in_one_sentence(e, c) || (!growth && anchored && (paragraph || naming == Naming::alike));
  if (together && !rates && e.exact(c.claim) && e.exact(c.left) && e.exact(c.right)) return Severity::contradiction;
  return Severity::suspicious;
}

std::optional<Disagreement> disagreement(const Evidence& e, uint32_t claim, const std::vector<Evidence::Levels>& left,
                                         const std::vector<Evidence::Levels>& right,
                                         std::span<const Formula> formulas) {
  if (left.empty() || right.empty() || formulas.empty()) return std::nullopt;
  const auto stated = allowed(e.fact(claim));
  if (!stated) return std::nullopt;
  std::optional<Disagreement> nearest;
  uint32_t reach = UINT32_MAX;
  for (const auto& ls : left) {
    for (const auto& rs : right) {
      if (ls.unit != rs.unit) continue;
      for (const Level& l : ls.values) {
        for (const Level& r : rs.values) {
          for (const Formula formula : formulas) {
            const auto computed = formula(l.allowed, r.allowed);
            if (!computed || computed->meets(*stated)) return std::nullopt;
          }
          Conflict c{claim, e.nearest(l, claim), e.nearest(r, claim), {}, Severity::suspicious};
          const uint32_t steps = std::max(distance(claim, c.left), distance(claim, c.right));
          const auto computed = formulas.front()(l.printed, r.printed);
          if (!computed || c.left == c.right || steps >= reach) continue;
          c.computed = *computed;
          reach = steps;
          nearest = Disagreement{c, ls.contested || rs.contested};
        }
      }
    }
  }
  return nearest;
}

std::optional<Conflict> conflict(const Evidence& e, uint32_t claim, const std::vector<Evidence::Levels>& left,
                                 const std::vector<Evidence::Levels>& right, std::span<const Formula> formulas,
                                 Naming (*naming)(const Evidence&, const Conflict&)) {
  auto found = disagreement(e, claim, left, right, formulas);
  if (!found) return std::nullopt;
  const auto severity = weigh(e, found->conflict, naming(e, found->conflict));
  if (!severity) return std::nullopt;
  found->conflict.severity = found->contested ? Severity::suspicious : *severity;
  return found->conflict;
}

Naming named_as_claim(const Evidence& e, const Conflict& c) {
  const bool alike = e.same_subject(c.claim, c.left) && e.same_subject(c.claim, c.right);
  return alike ? Naming::alike : Naming::apart;
}

void temper_change(const Evidence& e, Conflict& c) {
  const auto stated = allowed(e.fact(c.claim));
  const bool sign_only = stated && stated->negated().meets(c.computed);
  if (sign_only || named_as_claim(e, c) == Naming::apart) c.severity = Severity::suspicious;
}

}  // namespace jiyao
