// Tables in plain text: lines whose cells are parted by tabs, by pipes
// (Markdown) or by runs of spaces.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/span.h"

namespace jiyao::segmenting {

struct TableLines {
  Span span;                            // from its first row to its last, trimmed
  std::vector<std::vector<Span>> rows;  // cells, trimmed; an empty cell has an empty span
};

// All tables of the folded text, in its order. A table has two rows or more
// and figures in it; what only looks like one (speech, a list of names, a
// paragraph with gaps) is left to be text.
std::vector<TableLines> find_tables(std::string_view text);

}  // namespace jiyao::segmenting
