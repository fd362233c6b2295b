// Any bytes as a workbook: an error or cells in order, and a sheet of any
// content is held against statements without harm.
#include <cstdlib>
#include <string>
#include <tuple>

#include "pipeline/read/workbook.h"
#include "pipeline/run/reconcile.h"
#include "pipeline/write/report.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const jiyao::Line line(std::get<jiyao::RuleSet>(jiyao::load(jiyao::embedded_rules())));
  const auto read = jiyao::parse_workbook(std::string(data, data + size), "fuzz.xlsx");
  const auto* workbook = std::get_if<jiyao::Workbook>(&read);
  if (workbook == nullptr) return 0;
  for (const jiyao::Sheet& sheet : workbook->sheets) {
    for (size_t i = 1; i < sheet.cells.size(); ++i) {
      const jiyao::SheetCell& a = sheet.cells[i - 1];
      const jiyao::SheetCell& b = sheet.cells[i];
      if (std::tuple(b.row, b.column) <= std::tuple(a.row, a.column)) std::abort();
    }
  }
  const jiyao::MetricsTable table;
  const jiyao::Reconciliation result = jiyao::reconcile(*workbook, table, line);
  for (const jiyao::CheckedCell& cell : result.cells)
    if (cell.verdict != jiyao::CellVerdict::not_found) std::abort();
  jiyao::verdict_rows(*workbook, result, table);
  return 0;
}
