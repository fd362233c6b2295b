#include "pipeline/reconcile/grid.h"

#include <algorithm>
#include <tuple>

namespace jiyao {

Grid::Grid(const Sheet& sheet, bool turned) : sheet_(sheet), turned_(turned) {
  for (uint32_t i = 0; i < sheet.cells.size(); ++i) {
    const SheetCell& cell = sheet.cells[i];
    if (cell.kind == CellKind::blank) continue;
    cells_.push_back(turned ? GridCell{cell.column, cell.row, i} : GridCell{cell.row, cell.column, i});
  }
  if (turned) {
    std::sort(cells_.begin(), cells_.end(), [](const GridCell& a, const GridCell& b) {
      return std::tuple(a.row, a.column) < std::tuple(b.row, b.column);
    });
  }
  for (size_t begin = 0, end = 0; begin < cells_.size(); begin = end) {
    while (end < cells_.size() && cells_[end].row == cells_[begin].row) ++end;
    rows_.push_back({cells_[begin].row, std::span(cells_).subspan(begin, end - begin)});
  }
}

uint32_t Grid::reach(const GridCell& at) const {
  const uint32_t row = turned_ ? at.column : at.row;
  const uint32_t column = turned_ ? at.row : at.column;
  for (const SheetRange& range : sheet_.merged)
    if (range.first_row == row && range.first_column == column) return turned_ ? range.last_row : range.last_column;
  return at.column;
}

}  // namespace jiyao
