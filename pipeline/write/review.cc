// A reviewed table, the decisions that were left over, and all of them as JSON.
#include <nlohmann/json.hpp>
#include <optional>

#include "pipeline/model/cell.h"
#include "pipeline/write/csv.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

using Json = nlohmann::ordered_json;

// What a row has instead of the table's cells, by column of the table.
using Replaced = std::vector<std::optional<std::string_view>>;

void replace_cells(const MetricsTable& table, const ReviewedRow& row, Replaced& replaced) {
  replaced.assign(table.columns.size(), std::nullopt);
  for (const ReviewCell& cell : row.corrections) {
    const uint32_t column = table.column(kCorrectable[cell.column]);
    if (column != kNone) replaced[column] = cell.text;
  }
  for (const auto& [column, text] : row.consequences) replaced[column] = text;
}

std::vector<std::string_view> corrected_columns(const ReviewCells& corrections) {
  std::vector<std::string_view> columns;
  for (const ReviewCell& cell : corrections) columns.push_back(kCorrectable[cell.column]);
  return columns;
}

Json object_of(const ReviewCells& cells) {
  Json object = Json::object();
  for (const ReviewCell& cell : cells) object[std::string(kCorrectable[cell.column])] = cell.text;
  return object;
}

Json object_of(const Decision& decision) {
  return {{"fact_id", decision.fact_id},
          {"state", name(decision.state)},
          {"corrections", object_of(decision.corrections)},
          {"note", decision.note},
          {"selector",
           {{"type", "TextQuoteSelector"},
            {"exact", decision.quote.exact},
            {"prefix", decision.quote.prefix},
            {"suffix", decision.quote.suffix}}},
          {"position",
           {{"type", "TextPositionSelector"}, {"start", decision.position.begin}, {"end", decision.position.end}}},
          {"statement", object_of(decision.statement)}};
}

std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string reviewed_header(const MetricsTable& table) {
  std::string names;
  CsvWriter csv(names);
  for (const std::string& column : table.columns) csv.text(unguarded(column));
  csv.raw("review").raw("corrected").raw("note");
  for (const std::string_view column : kCorrectable) csv.raw("original_" + std::string(column));
  return csv_header(names);
}

std::string reviewed_rows(const MetricsTable& table, const std::vector<ReviewedRow>& rows, std::string_view to_table) {
  std::string out;
  CsvWriter csv(out);
  const uint32_t figure = table.column("figure");
  const uint32_t link = table.column("link");
  Replaced replaced;
  for (uint32_t i = 0; i < table.rows(); ++i) {
    const ReviewedRow& row = rows[i];
    replace_cells(table, row, replaced);
    for (uint32_t column = 0; column < table.columns.size(); ++column) {
      const std::string_view cell = replaced[column].value_or(unguarded(table.cell(i, column)));
      if (column == link && !cell.empty()) {
        csv.text(std::string(to_table).append(cell));
      } else {
        column == figure ? csv.figure(cell) : csv.text(cell);
      }
    }
    csv.raw(name(row.state)).joined(corrected_columns(row.corrections)).text(row.note);
    for (uint8_t column = 0; column < kCorrectableCount; ++column) {
      const bool corrected = find_cell(row.corrections, column) != nullptr;
      csv.text(corrected ? unguarded(table.cell(i, kCorrectable[column])) : "");
    }
    csv.end_row();
  }
  return out;
}

std::string unapplied_header() {
  return csv_header(
      "document,char_start,char_end,quote,state,why,detail,corrections,note,exported,fact_id,present_fact_id");
}

std::string unapplied_rows(const MetricsTable& table, const Review& review, const ReviewOutcome& outcome) {
  std::string out;
  CsvWriter csv(out);
  for (const UnappliedDecision& left : outcome.unapplied) {
    const ReviewedDocument& document = review[left.document];
    const Decision& decision = document.decisions[left.decision];
    std::string corrections;
    for (const ReviewCell& cell : decision.corrections) {
      corrections.append(corrections.empty() ? "" : "; ").append(kCorrectable[cell.column]).append("=");
      corrections += cell.text;
    }
    csv.text(document.document).number(decision.position.begin).number(decision.position.end);
    csv.text(decision.quote.prefix + "«" + decision.quote.exact + "»" + decision.quote.suffix);
    csv.raw(name(decision.state)).raw(name(left.why)).text(left.detail).text(corrections).text(decision.note);
    csv.raw(document.exported).text(decision.fact_id).text(table.cell(left.row, "fact_id"));
    csv.end_row();
  }
  return out;
}

std::string review_json(const Review& review) {
  std::string out = "{\"format\":\"jiyao-review/1\",\"documents\":[";
  for (size_t d = 0; d < review.size(); ++d) {
    const ReviewedDocument& document = review[d];
    out += d == 0 ? "\n" : ",\n";
    out += "{\"format\":\"jiyao-review/1\",\"document\":" + dump(document.document);
    out += ",\"source_sha256\":" + dump(document.source_sha256) + ",\"exported\":" + dump(document.exported);
    out += ",\"decisions\":[";
    for (size_t i = 0; i < document.decisions.size(); ++i) {
      out += (i == 0 ? "\n" : ",\n") + dump(object_of(document.decisions[i]));
    }
    out += "]}";
  }
  return out + "]}\n";
}

}  // namespace jiyao
