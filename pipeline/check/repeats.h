// Two statements of one thing that cannot both be right: what the checks of
// repeated statements and of scale both look at.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/check/evidence.h"

namespace jiyao {

struct Repeat {
  uint32_t later = 0;
  uint32_t earlier = 0;
  Severity severity = Severity::suspicious;
  bool power_of_ten = false;  // the same digits at another scale
};

// Statements are repeats if metric, subject, segment, company, period, basis,
// base and unit are the same and each has its period named. Two values in one
// sentence are a list that was read wrongly, more than two values are different
// things under one name, and so are two that have nothing in common: none is
// reported. A contradiction needs exact statements that look like one number
// mistyped or misread: one digit apart, at another scale, or within 2% of each
// other. Values of one segment that are further apart, but not twice as large,
// are suspicious.
std::vector<Repeat> conflicting_repeats(const Evidence& evidence);

}  // namespace jiyao
