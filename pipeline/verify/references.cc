// Ids that lead from table to table.
#include <fmt/format.h>

#include <unordered_set>

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
  const auto& [metrics, ledger, findings] = tables;
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

}  // namespace jiyao
