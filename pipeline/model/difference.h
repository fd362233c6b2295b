// What differs between two metrics tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/metrics_table.h"

namespace jiyao {

enum class RowChange : uint8_t { changed, added, removed };

constexpr const char* name(RowChange kind) {
  switch (kind) {
    case RowChange::changed:
      return "changed";
    case RowChange::added:
      return "added";
    case RowChange::removed:
      break;
  }
  return "removed";
}

struct RowDifference {
  RowChange kind = RowChange::changed;
  uint32_t before = kNone;        // row of the first table; kNone if added
  uint32_t after = kNone;         // row of the second; kNone if removed
  std::vector<uint32_t> columns;  // of Difference::columns, those that changed
};

struct ComparedColumn {
  std::string name;
  uint32_t before = kNone;  // where it stands in each table
  uint32_t after = kNone;
};

struct Difference {
  std::vector<ComparedColumn> columns;
  std::vector<RowDifference> rows;  // by document, as the tables name them, then by place
  size_t same = 0;                  // rows that do not differ
};

// The row as it is now, or was: where a difference is shown.
inline const MetricsTable& table_of(const RowDifference& row, const MetricsTable& before, const MetricsTable& after) {
  return row.after == kNone ? before : after;
}
inline uint32_t row_of(const RowDifference& row) { return row.after == kNone ? row.before : row.after; }

}  // namespace jiyao
