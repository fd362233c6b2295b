// The checks, one a file. Each reads the evidence and appends what it finds, in
// any order; check() orders, numbers and links.
#pragma once

#include <vector>

#include "pipeline/check/evidence.h"

namespace jiyao {

using Findings = std::vector<Finding>;

// 佔總收入的 53.5%, against the part and the whole.
void check_share(const Evidence& evidence, Findings& findings);
// 同比增長 13.2%, against the level and the level before. What a slip of the
// decimal point explains is left to check_scale.
void check_growth(const Evidence& evidence, Findings& findings);
// 同比增加 1.2 個百分點, against two ratios.
void check_points(const Evidence& evidence, Findings& findings);
// 毛利率 54%, against gross profit and revenue.
void check_margin(const Evidence& evidence, Findings& findings);
// One measure of one period, stated twice.
void check_stated_twice(const Evidence& evidence, Findings& findings);
// A factor of ten, a hundred, a thousand or ten thousand too much or too little.
void check_scale(const Evidence& evidence, Findings& findings);
// Days that no calendar has, and balance-sheet days of a year that cannot be meant.
void check_date(const Evidence& evidence, Findings& findings);

}  // namespace jiyao
