// A workbook against a metrics table, its labels read by the line.
#pragma once

#include <string>

#include "pipeline/model/reconciliation.h"
#include "pipeline/model/sheet.h"
#include "pipeline/reconcile/reconcile.h"
#include "pipeline/run/run.h"

namespace jiyao {

// Folds as matching does and finds periods as extraction does; each text once.
// Not thread safe; `line` must live as long.
LabelReader label_reader(const Line& line);

Reconciliation reconcile(const Workbook& workbook, const MetricsTable& statements, const Line& line,
                         const ReconcileOptions& options = {});

}  // namespace jiyao
