// Lists whose unit stands once: 31.60、8.25、7.46亿元.
#pragma once

#include <string_view>

#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace jiyao {

// Gives the unit and scale of a figure to the bare numbers listed before it.
// `first` is the first mention of the sentence; mentions are figures, periods
// and the like, without words.
void share_units(std::string_view text, size_t first, const RuleSet& rules, Mentions& mentions);

}  // namespace jiyao
