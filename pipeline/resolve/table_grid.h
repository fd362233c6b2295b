// A table's cells before they are understood: which are values and which are
// labels, and the numbers that stand in a cell without a unit.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/decimal.h"
#include "pipeline/model/document.h"
#include "pipeline/model/period.h"

namespace jiyao {

// A number that stands for itself in a cell.
struct CellNumber {
  Span span;  // folded text; brackets that are a minus belong to it
  Decimal value;
  int decimals = 0;
  bool sign = false;  // + - or brackets are printed
};

// 1,234.5  -0.8  +3  (23): brackets are a minus, unless a number stands before
// them (29.46(29.46): the value of an earlier time). Empty if the cell holds
// anything else.
std::vector<CellNumber> numbers_in(std::string_view folded, Span cell);

// What only in a label of a table is a period: 2024, 2024A, 2025E; 25/9, 2025/09.
// Empty if the label is none.
Period bare_period(std::string_view label);

class TableGrid {
 public:
  TableGrid(const Document& document, const Table& table) : document_(document), table_(table) {}

  bool is_value(size_t row, size_t column) const;
  size_t header_rows() const;
  // How many columns stand before the values of the rows from `row` on.
  size_t label_columns(size_t row) const;

 private:
  size_t first_value(size_t row) const;
  bool has_values(size_t row) const { return first_value(row) < table_.rows[row].size(); }
  size_t filled(size_t row) const;

  const Document& document_;
  const Table& table_;
};

}  // namespace jiyao
