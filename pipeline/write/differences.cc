// What differs between two metrics tables, as CSV and as JSON lines.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "pipeline/write/csv.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

using Json = nlohmann::ordered_json;

void write_row(CsvWriter& csv, const MetricsTable& table, const RowDifference& row, std::string_view field,
               std::string_view old, std::string_view now) {
  const uint32_t at = row_of(row);
  csv.raw(name(row.kind)).text(table.cell(at, "document"));
  csv.text(table.cell(at, "line")).text(table.cell(at, "column"));
  csv.number(table.figures[at].begin).number(table.figures[at].end).figure(table.cell(at, "figure"));
  // A value in another column is a number no less than a figure.
  csv.text(field).figure(old).figure(now).text(table.cell(at, "quote"));
  csv.end_row();
}

void say_number(Json& object, const char* key, std::string_view cell) {
  uint32_t value = 0;
  const auto parsed = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (!cell.empty() && parsed.ptr == cell.data() + cell.size()) object[key] = value;
}

Json object_of(const Difference& difference, const RowDifference& row, const MetricsTable& before,
               const MetricsTable& after) {
  const MetricsTable& table = table_of(row, before, after);
  const uint32_t at = row_of(row);
  Json object = {{"change", name(row.kind)}, {"document", table.cell(at, "document")}};
  say_number(object, "line", table.cell(at, "line"));
  say_number(object, "column", table.cell(at, "column"));
  object["char_start"] = table.figures[at].begin;
  object["char_end"] = table.figures[at].end;
  object["figure"] = table.cell(at, "figure");
  object["quote"] = table.cell(at, "quote");
  if (row.kind == RowChange::changed) {
    for (const uint32_t i : row.columns) {
      const ComparedColumn& column = difference.columns[i];
      object["columns"][column.name] = {{"old", before.cell(row.before, column.before)},
                                        {"new", after.cell(row.after, column.after)}};
    }
  } else {
    for (uint32_t i = 0; i < table.columns.size(); ++i) {
      if (const auto cell = table.cell(at, i); !cell.empty()) object["row"][table.columns[i]] = cell;
    }
  }
  return object;
}

}  // namespace

std::string statement(const MetricsTable& table, uint32_t row) {
  std::string said;
  const auto say = [&](std::string_view lead, const char* column, std::string_view behind = "") {
    const std::string_view cell = table.cell(row, column);
    if (cell.empty()) return;
    if (said.empty()) lead.remove_prefix(std::min(lead.find_first_not_of(", "), lead.size()));
    said.append(lead).append(cell).append(behind);
  };
  say(" ", "basis");
  say(" ", "value");
  say(" ", "value_low");
  say("..", "value_high");
  say(" ", "unit");
  say(" of ", "metric");
  say(" “", "subject", "”");
  say(", segment “", "segment", "”");
  say(", company “", "company", "”");
  say(", base “", "base", "”");
  say(", period ", "period");
  say(", ", "status");
  say(", ", "qualifier");
  return said;
}

std::string difference_header() {
  return csv_header("change,document,line,column,char_start,char_end,figure,field,old,new,quote");
}

std::string difference_rows(const Difference& difference, const MetricsTable& before, const MetricsTable& after) {
  std::string rows;
  CsvWriter csv(rows);
  for (const RowDifference& row : difference.rows) {
    const MetricsTable& table = table_of(row, before, after);
    if (row.kind == RowChange::removed) write_row(csv, table, row, "", statement(before, row.before), "");
    if (row.kind == RowChange::added) write_row(csv, table, row, "", "", statement(after, row.after));
    for (const uint32_t i : row.columns) {
      const ComparedColumn& column = difference.columns[i];
      write_row(csv, table, row, column.name, before.cell(row.before, column.before),
                after.cell(row.after, column.after));
    }
  }
  return rows;
}

std::string difference_lines(const Difference& difference, const MetricsTable& before, const MetricsTable& after) {
  std::string lines;
  for (const RowDifference& row : difference.rows) {
    lines += object_of(difference, row, before, after).dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
  }
  return lines;
}

}  // namespace jiyao
