// A table of the results that was read back: its columns by name, its cells as
// text, as the CSV has them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/document.h"

namespace jiyao {

struct ResultTable {
  std::vector<std::string> columns;
  std::string text;             // all cells, row by row
  std::vector<uint32_t> ends;   // where each of them ends in `text`
  std::vector<uint32_t> lines;  // of each row, where it begins in its file; from 1

  uint32_t rows() const { return static_cast<uint32_t>(lines.size()); }

  // kNone if there is none of that name.
  uint32_t column(std::string_view name) const {
    const auto at = std::find(columns.begin(), columns.end(), name);
    return at == columns.end() ? kNone : static_cast<uint32_t>(at - columns.begin());
  }

  // Empty if there is no such cell.
  std::string_view cell(uint32_t row, uint32_t column) const {
    if (row >= rows() || column >= columns.size()) return {};
    const size_t index = size_t{row} * columns.size() + column;
    const uint32_t begin = index == 0 ? 0 : ends[index - 1];
    return std::string_view(text).substr(begin, ends[index] - begin);
  }
  std::string_view cell(uint32_t row, std::string_view name) const { return cell(row, column(name)); }
};

}  // namespace jiyao
