// An analyst's sheet against the statements of documents, number by number.
//
//   Workbook ─layout→ claims (what each number is said to be) ─judge→ verdicts
//   MetricsTable ─statements→ what the documents say ───────────┘
//
// Two numbers are compared as the intervals that their printed digits allow,
// 35.4 bn being 35.35 to 35.45 bn (as in XBRL Calculations 1.1). Printed digits
// of a cell are those it shows: of its number format, of General the digits of
// the number itself. `supported`: the same number, or the sheet, with no more
// digits than the document, is a rounding of it. `rounding`: the sheet has more
// digits, and rounded to the document's they agree; or the document says about,
// over, a range, and the sheet's number is such a one.
//
// Total: a sheet of any content gives verdicts, not errors. Deterministic.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "pipeline/model/metrics_table.h"
#include "pipeline/model/period.h"
#include "pipeline/model/reconciliation.h"
#include "pipeline/model/rules.h"
#include "pipeline/model/sheet.h"

namespace jiyao {

// A text that speaks of one period: "4Q24 同比" is 2024Q4 and the rest 同比.
struct PeriodReading {
  Period period;     // empty: it speaks of none, or of several
  std::string rest;  // folded, what is not the period
};

// How labels are read, which is what the stages before know: run/ hands it over.
struct LabelReader {
  std::function<std::string(std::string_view)> fold;  // Simplified, half width, lower case
  std::function<PeriodReading(std::string_view)> period;
};

struct ReconcileOptions {
  std::string company;  // whom the whole workbook is about; empty: it says so, or not
};

Reconciliation reconcile(const Workbook& workbook, const MetricsTable& statements, const RuleSet& rules,
                         const LabelReader& reader, const ReconcileOptions& options = {});

// Companies of the statements that `name` may mean, as written there.
std::vector<std::string> companies_named(const MetricsTable& statements, const std::string& name,
                                         const LabelReader& reader);

}  // namespace jiyao
