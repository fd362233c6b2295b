// An analyst's sheet with its verdicts: as a workbook, and as data for scripts.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/model/metrics_table.h"
#include "pipeline/model/reconciliation.h"
#include "pipeline/model/sheet.h"

namespace jiyao {

// The sheets as they were, their checked cells coloured by verdict, each with a
// comment (verdict, what is stated, where, the sentence) and a link to the
// page of its source; behind them the sheets "Reconciliation" (counts, what the
// colours mean), "Checked cells" and "Not in the sheet". The same bytes for the
// same input.
//
// `links` leads from the report's folder to that of the metrics table, "" or
// ending in '/'. A table without a column `link` gives no links. Throws
// std::runtime_error if the file cannot be written.
void write_report(const std::filesystem::path& path, const Workbook& workbook, const Reconciliation& reconciliation,
                  const MetricsTable& statements, const std::string& links);

// As CSV, one row for each checked cell.
std::string verdict_header();
std::string verdict_rows(const Workbook& workbook, const Reconciliation& reconciliation,
                         const MetricsTable& statements);

// As JSON, an object a line; what is empty has no key.
std::string verdict_lines(const Workbook& workbook, const Reconciliation& reconciliation,
                          const MetricsTable& statements);

// "B12"
std::string cell_name(uint32_t row, uint32_t column);

// A relative path as it stands in a link: '/' kept, the rest percent-encoded.
std::string encoded_path(const std::string& path);

}  // namespace jiyao
