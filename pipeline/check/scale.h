// What the files that report a wrong scale share.
#pragma once

#include <optional>

#include "pipeline/check/checks.h"

namespace jiyao {

// A finding without message and facts; `decimals` is the precision of what
// `computed` was printed from.
Finding scale_finding(const Fact& fact, Severity severity, std::optional<Interval> computed, int decimals);

// 首次超過 a threshold that the same measure had passed in an earlier period.
void from_first_times(const Evidence& evidence, Findings& findings);

}  // namespace jiyao
