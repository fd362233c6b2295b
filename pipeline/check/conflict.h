// A claim against what two stated values give: a share against its part and
// its whole, a growth against two levels, a margin against profit and revenue.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "pipeline/check/evidence.h"

namespace jiyao {

using Formula = std::optional<Interval> (*)(Interval left, Interval right);

struct Conflict {
  uint32_t claim = 0;
  uint32_t left = 0;
  uint32_t right = 0;
  Interval computed;  // by the printed digits of both operands
  Severity severity = Severity::suspicious;
};

enum class Naming : uint8_t {
  alike,  // the operands are named as the claim names them
  apart,  // only the place says that they belong together
};

// How sure a conflict is. Empty: claim and operands stand too far apart to be
// held against each other. A contradiction needs an exact claim and exact
// operands, and all three in one sentence; or each with its period named, and
// either in one paragraph or named alike.
std::optional<Severity> weigh(const Evidence& evidence, const Conflict& conflict, Naming naming);

// Empty if any choice of operands of one unit agrees with the claim by any of
// the formulas; else the operands nearest to the claim, put through the first.
// A pair whose result cannot be computed speaks for the claim. Contested
// operands make it suspicious at most. `severity` is left to weigh().
struct Disagreement {
  Conflict conflict;
  bool contested = false;
};
std::optional<Disagreement> disagreement(const Evidence& evidence, uint32_t claim,
                                         const std::vector<Evidence::Levels>& left,
                                         const std::vector<Evidence::Levels>& right, std::span<const Formula> formulas);

// Both in one.
std::optional<Conflict> conflict(const Evidence& evidence, uint32_t claim, const std::vector<Evidence::Levels>& left,
                                 const std::vector<Evidence::Levels>& right, std::span<const Formula> formulas,
                                 Naming (*naming)(const Evidence&, const Conflict&));

// Claim and both operands have one subject.
Naming named_as_claim(const Evidence& evidence, const Conflict& conflict);

// For changes: suspicious at most unless all three have one subject, and where
// only the sign differs (減少 2% read as a growth of 2% is more likely a slip of
// the reading than of the text).
void temper_change(const Evidence& evidence, Conflict& conflict);

}  // namespace jiyao
