// The checks, one a file. Each reads the evidence and appends what it finds, in
// any order; check() orders, numbers and links.
#pragma once

#include <vector>

#include "pipeline/check/evidence.h"

namespace jiyao {

using Findings = std::vector<Finding>;

// What the relations of rules/check and the enumerations compare: share,
// growth, points, margin, sum …, and by a moved decimal point scale.
void check_relations(const Evidence& evidence, Findings& findings);
// One measure of one period, stated twice.
void check_stated_twice(const Evidence& evidence, Findings& findings);
// What the headline states, and the text below it otherwise.
void check_headline(const Evidence& evidence, Findings& findings);
// A factor of ten, a hundred, a thousand or ten thousand too much or too little.
void check_scale(const Evidence& evidence, Findings& findings);
// Days that no calendar has, and balance-sheet days of a year that cannot be meant.
void check_date(const Evidence& evidence, Findings& findings);
// Two levels that a growth agrees with and whose dates do not.
void check_redated(const Evidence& evidence, Findings& findings);

}  // namespace jiyao
