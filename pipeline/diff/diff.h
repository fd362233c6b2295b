// Two metrics tables → what differs between them.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/difference.h"

namespace jiyao {

// Rows belong together if they stand at the same figure of the same document;
// of several there the most alike do, and what is left over also if the figures
// overlap (12.5億 and 12.5億元). So each row of either table is in one pair at
// most, whatever their columns' order and however often a row is repeated.
//
// `only` limits what is compared to these columns, which both tables must
// have. Empty: to all that state something: not ids and hashes, rules,
// findings and places, and of those that follow from another (period_start
// from period) only where that one is the same. Linear in the rows.
Difference diff(const MetricsTable& before, const MetricsTable& after, const std::vector<std::string>& only = {});

}  // namespace jiyao
