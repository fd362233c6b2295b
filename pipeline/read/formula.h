// Formulas of cells: what a shared one is in another cell, and which may be
// carried into a copy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiyao {

// "A1" → row 0, column 0; false if it is none, or beyond the sheet's edge.
bool parse_cell(std::string_view text, uint32_t& row, uint32_t& column);

// `formula` as it is `rows` further down and `columns` further to the right:
// B2*$C$1 one row down is B3*$C$1. A reference that leaves the sheet is #REF!.
std::string moved_formula(std::string_view formula, int64_t rows, int64_t columns);

// Not those that reach out of the workbook: links to other files ([1]Sheet1!A1),
// calls of other programs (cmd|'/c calc'!A0), of the web or of registered code.
bool stays_inside(std::string_view formula);

}  // namespace jiyao
