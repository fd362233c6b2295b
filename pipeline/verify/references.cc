// Ids that lead from table to table.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "pipeline/model/cell.h"
#include "pipeline/verify/verify.h"

namespace jiyao {

namespace {

using Ids = std::unordered_set<std::string_view>;

template <typename Visit>
void for_each_id(std::string_view cell, const Visit& visit) {
  while (!cell.empty()) {
    const std::string_view id = cell.substr(0, cell.find(';'));
    visit(id);
    cell.remove_prefix(std::min(id.size() + 1, cell.size()));
  }
}

// "fact finding", for both directions between the two tables.
std::string pair_of(std::string_view fact, std::string_view finding) { return fmt::format("{} {}", fact, finding); }

}  // namespace

std::vector<Problem> check_references(const ResultTables& tables) {
  const ResultTable& metrics = tables.metrics;
  const ResultTable& ledger = tables.ledger;
  const ResultTable& findings = tables.findings;
  Ids facts, known, in_ledger;
  std::unordered_set<std::string> said_by_facts, said_by_findings;
  std::vector<Problem> problems;
  const auto unknown = [&](const ResultTable& table, const char* file, uint32_t row, const char* column,
                           std::string_view id, const char* where) {
    problems.push_back({file, table.lines[row], column, std::string(table.cell(row, column)), "",
                        fmt::format("{} {}; extract anew", id, where)});
  };
  for (uint32_t row = 0; row < metrics.rows(); ++row) {
    const std::string_view fact = metrics.cell(row, "fact_id");
    if (!facts.insert(fact).second) unknown(metrics, "metrics.csv", row, "fact_id", fact, "stands in a row before");
    for_each_id(metrics.cell(row, "findings"), [&](auto id) { said_by_facts.insert(pair_of(fact, id)); });
  }
  for (uint32_t row = 0; row < findings.rows(); ++row) {
    const std::string_view finding = findings.cell(row, "finding_id");
    known.insert(finding);
    for_each_id(findings.cell(row, "fact_ids"), [&](std::string_view fact) {
      said_by_findings.insert(pair_of(fact, finding));
      if (!facts.contains(fact)) {
        unknown(findings, "findings.csv", row, "fact_ids", fact, "is no fact of metrics.csv");
      } else if (!said_by_facts.contains(pair_of(fact, finding))) {
        unknown(findings, "findings.csv", row, "fact_ids", fact, "does not name this finding in metrics.csv");
      }
    });
  }
  for (uint32_t row = 0; row < ledger.rows(); ++row) {
    for_each_id(ledger.cell(row, "fact_ids"), [&](std::string_view fact) {
      in_ledger.insert(fact);
      if (!facts.contains(fact)) unknown(ledger, "ledger.csv", row, "fact_ids", fact, "is no fact of metrics.csv");
    });
  }
  for (uint32_t row = 0; row < metrics.rows(); ++row) {
    const std::string_view fact = metrics.cell(row, "fact_id");
    if (!in_ledger.contains(fact)) unknown(metrics, "metrics.csv", row, "fact_id", fact, "is in no row of ledger.csv");
    for_each_id(metrics.cell(row, "findings"), [&](std::string_view id) {
      if (!known.contains(id)) {
        unknown(metrics, "metrics.csv", row, "findings", id, "is no finding of findings.csv");
      } else if (!said_by_findings.contains(pair_of(fact, id))) {
        unknown(metrics, "metrics.csv", row, "findings", id, "does not name this fact in findings.csv");
      }
    });
  }
  return problems;
}

std::vector<Problem> check_counts(const ResultTables& tables, const RunRecord& record) {
  std::vector<Problem> problems;
  const auto compare = [&](const char* file, const std::string& of, size_t rows, size_t should) {
    if (rows == should) return;
    const std::string what = fmt::format("has {} rows{}, run.json says {}; extract anew", rows, of, should);
    problems.push_back({file, 0, "", "", "", what});
  };
  Ids known;
  for (const RecordedDocument& of : record.documents) known.insert(of.document);
  const auto count = [&](const ResultTable& table, const char* file) {
    std::unordered_map<std::string_view, size_t> rows;
    for (uint32_t row = 0; row < table.rows(); ++row) {
      const std::string_view document = unguarded(table.cell(row, "document"));
      ++rows[document];
      if (known.contains(document)) continue;
      problems.push_back(altered_cell(table, file, row, "document", "", "is none of the documents of run.json; "));
    }
    return rows;
  };
  auto facts = count(tables.metrics, "metrics.csv");
  auto figures = count(tables.ledger, "ledger.csv");
  count(tables.findings, "findings.csv");
  for (const RecordedDocument& of : record.documents) {
    compare("metrics.csv", " of " + of.document, facts[of.document], of.facts);
    compare("ledger.csv", " of " + of.document, figures[of.document], of.figures);
  }
  compare("findings.csv", "", tables.findings.rows(), record.findings);
  return problems;
}

}  // namespace jiyao
