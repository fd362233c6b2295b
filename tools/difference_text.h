// What differs between two tables, for people to read.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/difference.h"

namespace jiyao::command {

struct DifferenceStyle {
  std::vector<std::string> sources;  // files and folders of the texts, as given to extract; may be none
  bool colour = false;
};

// Row by row: `path:line:column: changed`, the sentence with the figure marked
// in it, and each column's old and new cell. The sentence is the row's `quote`;
// where the text itself is found and has not changed since, the figure is marked
// at its very place, else wherever the quote holds it.
std::string difference_text(const Difference& difference, const MetricsTable& before, const MetricsTable& after,
                            const DifferenceStyle& style);

// How many rows changed, in which columns; were added, were removed.
std::string difference_summary(const Difference& difference);

}  // namespace jiyao::command
