// Lists whose unit stands once, behind the last or before the first:
// 31.60、8.25、7.46亿元, 人民币3.5亿、4.2亿.
#pragma once

#include <string_view>

#include "pipeline/model/mention.h"

namespace jiyao {

// Gives unit and scale to the bare numbers of a list. `first` is the first
// mention of the sentence; mentions are figures, periods and the like, without
// words.
void share_units(std::string_view text, size_t first, Mentions& mentions);

}  // namespace jiyao
