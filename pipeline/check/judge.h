// Which comparisons are worth a finding, how sure each is, and which of its
// numbers is at fault.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pipeline/check/comparison.h"
#include "pipeline/check/slip.h"

namespace jiyao {

struct Conflict {
  const Comparison* comparison = nullptr;
  Severity severity = Severity::suspicious;
  uint32_t at_fault = 0;     // the claim, or the amount whose decimal point was moved
  std::optional<Slip> slip;  // that explains it
  bool moved_point = false;  // of an amount
};

// In the order of the comparisons.
//
// A contradiction needs exact statements of one unit, none contested, and either
//   - that they stand as close together as the check's `certain:` asks, or
//   - that all but one of them are supported, which is that other comparisons
//     they take part in agree, and that a slip of that one explains the conflict.
// What stands apart, with periods that are neither named nor the report's, is
// not reported. Where a check fails in one paragraph or table three times and
// more often than it holds, the reading is at fault and not the text.
std::vector<Conflict> judge(const Evidence& evidence, const std::vector<Comparison>& comparisons);

}  // namespace jiyao
