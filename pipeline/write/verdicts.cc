// The verdicts on a sheet as CSV and as JSON lines.
#include <array>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "pipeline/write/csv.h"
#include "pipeline/write/report.h"

namespace jiyao {

namespace {

using Columns = std::vector<std::pair<const char*, std::string>>;

constexpr const char* kHeader =
    "sheet,cell,label,company,metric,segment,period,basis,unit,shown,value,verdict,stated,stated_value,stated_unit,"
    "fact_id,document,line,column,quote,note,link";

Columns columns_of(const Workbook& workbook, const CheckedCell& checked, const MetricsTable& table) {
  const Sheet& sheet = workbook.sheets[checked.sheet];
  const SheetCell& cell = sheet.cells[checked.cell];
  const auto stated = [&](const char* column) { return std::string(table.cell(checked.row, column)); };
  std::string value = stated("value");
  if (value.empty() && !stated("value_low").empty()) value = stated("value_low") + ".." + stated("value_high");
  return {{"sheet", sheet.name},
          {"cell", cell_name(cell.row, cell.column)},
          {"label", checked.label},
          {"company", checked.company},
          {"metric", checked.metric},
          {"segment", checked.segment},
          {"period", checked.period},
          {"basis", checked.basis},
          {"unit", checked.unit},
          {"shown", cell.text},
          {"value", checked.value},
          {"verdict", name(checked.verdict)},
          {"stated", stated("figure")},
          {"stated_value", value},
          {"stated_unit", stated("unit")},
          {"fact_id", stated("fact_id")},
          {"document", stated("document")},
          {"line", stated("line")},
          {"column", stated("column")},
          {"quote", stated("quote")},
          {"note", checked.note},
          {"link", stated("link")}};
}

}  // namespace

std::string verdict_header() { return csv_header(kHeader); }

std::string verdict_rows(const Workbook& workbook, const Reconciliation& reconciliation,
                         const MetricsTable& statements) {
  std::string rows;
  CsvWriter csv(rows);
  for (const CheckedCell& checked : reconciliation.cells) {
    for (const auto& [name, text] : columns_of(workbook, checked, statements)) csv.figure(text);
    csv.end_row();
  }
  return rows;
}

std::string verdict_lines(const Workbook& workbook, const Reconciliation& reconciliation,
                          const MetricsTable& statements) {
  std::string lines;
  for (const CheckedCell& checked : reconciliation.cells) {
    nlohmann::ordered_json object;
    for (const auto& [name, text] : columns_of(workbook, checked, statements))
      if (!text.empty()) object[name] = text;
    lines += object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  }
  return lines;
}

std::string cell_name(uint32_t row, uint32_t column) {
  std::string name;
  for (uint32_t c = column + 1; c > 0; c = (c - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (c - 1) % 26));
  return name + std::to_string(row + 1);
}

std::string encoded_path(const std::string& path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                       c == '.' || c == '-' || c == '_' || c == '~';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

}  // namespace jiyao
