// The cells of a sheet by row and column, or by column and row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pipeline/model/sheet.h"

namespace jiyao::reconciling {

struct GridCell {
  uint32_t row = 0;
  uint32_t column = 0;
  uint32_t cell = 0;  // index into Sheet::cells
};

// Blank cells are left out. Turned: what stands in a column is a row.
class Grid {
 public:
  Grid(const Sheet& sheet, bool turned);

  struct Row {
    uint32_t row = 0;
    std::span<const GridCell> cells;
  };
  const std::vector<Row>& rows() const { return rows_; }  // those that hold something, from the top
  const SheetCell& of(const GridCell& at) const { return sheet_.cells[at.cell]; }

 private:
  const Sheet& sheet_;
  std::vector<GridCell> cells_;
  std::vector<Row> rows_;
};

}  // namespace jiyao::reconciling
