// xl/styles.xml and xl/theme → CellStyles (ECMA-376 Part 1, 18.8).
#pragma once

#include <vector>

#include "pipeline/model/sheet.h"
#include "pipeline/read/package.h"

namespace jiyao {

// Colours of the theme, in the order in which cells number them.
std::vector<uint32_t> theme_colours(Package& package, const std::string& part);

// 0xRRGGBB of a <color>, <fgColor>, … element; kNoColour if it says none.
uint32_t colour_of(const pugi::xml_node& node, const std::vector<uint32_t>& theme);

// One for each cell format; never empty.
std::vector<CellStyle> read_styles(Package& package, const std::string& part, const std::vector<uint32_t>& theme);

}  // namespace jiyao
