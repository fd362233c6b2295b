// Where a stated growth and two levels disagree: what the checks of growth and
// of scale both look at.
#pragma once

#include <vector>

#include "pipeline/check/conflict.h"

namespace jiyao {

struct GrowthConflict {
  Conflict conflict;  // claim, level, level before
  // The level would agree if it were 10^power of what it says; 0 if no slip of
  // the decimal point explains it.
  int power = 0;
};

// In the order of the claims. Levels at or below zero have no growth.
std::vector<GrowthConflict> growth_conflicts(const Evidence& evidence);

}  // namespace jiyao
