// Folded text → pieces, one for each block to be: lines, and the paragraphs and
// dialogue turns inside documents that came as one long line.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/span.h"
#include "pipeline/segment/table.h"

namespace jiyao::segmenting {

struct Piece {
  Span span;                          // trimmed, not empty
  bool after_blank = false;           // a blank line, or a gap inside a line, stands before it
  const TableLines* table = nullptr;  // all of a table is one piece
};

// `tables` are those of the text; the pieces point to them.
std::vector<Piece> cut(std::string_view text, const std::vector<TableLines>& tables);

}  // namespace jiyao::segmenting
