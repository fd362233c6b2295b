// The header of a table: which column speaks of which period, measured how.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/reconcile/grid.h"
#include "pipeline/reconcile/layout.h"

namespace jiyao::reconciling {

struct ColumnHead {
  uint32_t column = 0;
  PeriodHead period;
  Label label;  // what else it says: basis, unit, status
};

struct Header {
  size_t first = 0;                 // index into Grid::rows
  size_t last = 0;                  // included
  std::vector<ColumnHead> columns;  // by column
};

// The header that begins with that row; empty if the row begins none.
std::optional<Header> read_header(const Grid& grid, size_t row, const Known& known);

// Of a table whose period stands above it or in the sheet's name: the columns
// of numbers below, from `row` on, all of `period`.
Header header_without_period(const Grid& grid, size_t row, const PeriodHead& period, const Known& known);

}  // namespace jiyao::reconciling
