#include "pipeline/reconcile/grid.h"

#include <algorithm>
#include <tuple>

namespace jiyao::reconciling {

Grid::Grid(const Sheet& sheet, bool turned) : sheet_(sheet) {
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

}  // namespace jiyao::reconciling
