// Extraction → rows of the three tables, as CSV by RFC 4180; quantities → JSON;
// what differs between two tables → either; a review → CSV and JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/difference.h"
#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/finding_row.h"
#include "pipeline/model/problem.h"
#include "pipeline/model/quantity.h"
#include "pipeline/model/review.h"
#include "pipeline/model/run_record.h"

namespace jiyao {

// Changes with the columns' names or meaning.
constexpr int kTablesVersion = 1;

// Header line with the byte order mark, CRLF.
std::string metrics_header();
std::string ledger_header();
std::string findings_header();

// The rows of one document, CRLF after each. Cells that a spreadsheet would
// take for a formula are made safe. `page`: the URL of the document's audit
// page, to which `link` leads; empty if there is none.
std::string metrics_rows(const Document& document, const Extraction& extraction, const std::string& page = {});
std::string ledger_rows(const Document& document, const Extraction& extraction);
std::string findings_rows(const std::vector<FindingRow>& findings, const std::string& page = {});

// The findings inside of one document as rows, in text order.
std::vector<FindingRow> finding_rows(const Document& document, const Extraction& extraction);

// One line of JSON from a row of metrics.csv: an object with the columns that are
// not empty as its keys. Offsets, line, column, page and decimals are numbers;
// value, value_low and value_high are strings, as a JSON number is a binary
// fraction to most readers; all else is text, without the apostrophe that guards
// a spreadsheet.
std::string fact_line(const std::vector<std::string>& columns, const std::vector<std::string>& cells);

// run.json, which read_run_record() reads back: an object on one line, but for its
// documents, which have a line each.
std::string run_record(const RunRecord& record);

// One JSON object a line for each quantity: text, char_start, char_end,
// byte_start, byte_end (as in the tables), kind (money, percent, pp, multiple,
// count, number, period); of a figure value, or low and high, as strings, and
// decimals, unit, qualifier; of a period period, period_start, period_end; rule.
// What the text does not say has no key.
std::string quantity_lines(const Document& document, const std::vector<Quantity>& quantities);

// What does not hold of a result, as JSON: an object a line with file; line and
// column of a cell's row and its name; stated and expected, which is what the
// cell says and should say; message.
std::string problem_lines(const std::vector<Problem>& problems);

// What a row of a metrics table states: "yoy 8.3 % of revenue “總收入”, period
// 2024Q4, actual".
std::string statement(const MetricsTable& table, uint32_t row);

// As CSV: a row for each column of a changed row; one for an added or removed
// row, with an empty `field` and what the row states as `new` or `old`.
std::string difference_header();
std::string difference_rows(const Difference& difference, const MetricsTable& before, const MetricsTable& after);

// As JSON: an object a line for each row: change (changed, added, removed),
// document, line, column, char_start, char_end, figure, quote; of a changed row
// columns, by name what was old and is new; else row, all its cells that are
// not empty.
std::string difference_lines(const Difference& difference, const MetricsTable& before, const MetricsTable& after);

// The table with what a person decided: all its columns, corrected cells and
// what follows from them in place; then `review` (accepted, rejected, corrected,
// or empty), `corrected` (the columns that were, `;` between them), `note`, and
// for each column that can be corrected its original (`original_value`), filled
// where the row was corrected there.
std::string reviewed_header(const MetricsTable& table);
// `to_table` is put before the links of the rows, which lead on from where the
// table lies: "../" if the reviewed one lies in a folder beside it.
std::string reviewed_rows(const MetricsTable& table, const std::vector<ReviewedRow>& rows,
                          std::string_view to_table = {});

// The decisions that were not applied, one row each: what was decided on which
// quote (`prefix«exact»suffix`), and why it was not.
std::string unapplied_header();
std::string unapplied_rows(const MetricsTable& table, const Review& review, const ReviewOutcome& outcome);

// As read_review() reads it; a decision a line.
std::string review_json(const Review& review);

}  // namespace jiyao
