// Folded text → pieces, one for each block to be: lines, and the paragraphs and
// dialogue turns inside documents that came as one long line.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/span.h"

namespace jiyao::segmenting {

struct Piece {
  Span span;                 // trimmed, not empty
  bool after_blank = false;  // a blank line, or a gap inside a line, stands before it
};

std::vector<Piece> cut(std::string_view text);

}  // namespace jiyao::segmenting
