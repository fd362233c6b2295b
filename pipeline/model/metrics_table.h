// A metrics.csv that was read back, with what a row cannot be found again without.
#pragma once

#include <vector>

#include "pipeline/model/result_table.h"
#include "pipeline/model/span.h"

namespace jiyao {

struct MetricsTable : ResultTable {
  std::vector<Span> figures;  // of each row, char_start and char_end
};

}  // namespace jiyao
