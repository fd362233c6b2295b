#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "pipeline/verify/verify.h"

namespace jiyao {

namespace {

constexpr char kBetween = '\x1f';
constexpr const char* kRepair = "restore it, or extract anew";

bool contains(const std::vector<std::string>& all, std::string_view name) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

}  // namespace

Problem altered_cell(const ResultTable& table, const std::string& file, uint32_t row, std::string_view column,
                     std::string_view expected, std::string_view why) {
  Problem problem;
  problem.file = file;
  problem.line = table.lines[row];
  problem.column = column;
  problem.stated = table.cell(row, column);
  problem.expected = expected;
  problem.message = fmt::format("{}{}", why.empty() ? "is not what the source gives; " : why, kRepair);
  return problem;
}

void append_row(ResultTable& table, const ResultTable& from, uint32_t row) {
  if (table.columns.empty()) table.columns = from.columns;
  for (uint32_t c = 0; c < from.columns.size(); ++c) {
    table.text += from.cell(row, c);
    table.ends.push_back(static_cast<uint32_t>(table.text.size()));
  }
  table.lines.push_back(from.lines[row]);
}

Comparison::Comparison(const ResultTable& stated, std::string file, std::vector<std::string> key,
                       std::vector<std::string> apart)
    : stated_(stated),
      file_(std::move(file)),
      key_(std::move(key)),
      apart_(std::move(apart)),
      matched_(stated.rows(), false) {
  // Of rows with one key the first is the row; the others are too many.
  for (uint32_t row = 0; row < stated.rows(); ++row) by_key_.try_emplace(key_of(stated, row), row);
}

std::string Comparison::key_of(const ResultTable& table, uint32_t row) const {
  std::string key;
  for (const std::string& column : key_) key.append(table.cell(row, column)) += kBetween;
  return key;
}

std::string Comparison::all_but(const ResultTable& table, uint32_t row, std::string_view column) const {
  std::string cells;
  for (const std::string& name : columns_) {
    if (name != column && stated_.column(name) != kNone) cells.append(table.cell(row, name)) += kBetween;
  }
  return cells;
}

void Comparison::compare_row(uint32_t row, const ResultTable& expected, uint32_t other,
                             std::vector<Problem>& problems) const {
  for (uint32_t c = 0; c < expected.columns.size(); ++c) {
    const std::string& name = expected.columns[c];
    const uint32_t column = stated_.column(name);
    if (column == kNone || contains(apart_, name)) continue;
    const std::string_view should = expected.cell(other, c);
    if (stated_.cell(row, column) != should) problems.push_back(altered_cell(stated_, file_, row, name, should));
  }
}

Comparison::Part Comparison::compare(const ResultTable& expected) const {
  Part part;
  part.missing.columns = expected.columns;
  for (uint32_t other = 0; other < expected.rows(); ++other) {
    const auto found = by_key_.find(key_of(expected, other));
    if (found == by_key_.end()) {
      append_row(part.missing, expected, other);
    } else {
      part.matched.push_back(found->second);
      compare_row(found->second, expected, other, part.problems);
    }
  }
  return part;
}

void Comparison::take(Part&& part) {
  if (columns_.empty()) {
    for (const std::string& name : part.missing.columns) {
      if (contains(apart_, name)) continue;
      columns_.push_back(name);
      if (stated_.column(name) != kNone) continue;
      problems_.push_back({file_, 1, name, "", "", "the column is missing; extract anew"});
    }
  }
  for (const uint32_t row : part.matched) matched_[row] = true;
  std::move(part.problems.begin(), part.problems.end(), std::back_inserter(problems_));
  for (uint32_t row = 0; row < part.missing.rows(); ++row) append_row(missing_, part.missing, row);
}

// A row that is missing and one that is too many are one row if they differ in
// one column of the key alone.
void Comparison::pair_altered_keys(std::set<uint32_t>& left) {
  std::vector<bool> found(missing_.rows(), false);
  for (const std::string& column : key_) {
    std::unordered_multimap<std::string, uint32_t> by_rest;
    for (const uint32_t row : left) by_rest.emplace(all_but(stated_, row, column), row);
    for (uint32_t other = 0; other < missing_.rows(); ++other) {
      if (found[other]) continue;
      const auto same = by_rest.find(all_but(missing_, other, column));
      if (same == by_rest.end()) continue;
      compare_row(same->second, missing_, other, problems_);
      left.erase(same->second);
      by_rest.erase(same);
      found[other] = true;
    }
  }
  ResultTable still;
  for (uint32_t other = 0; other < missing_.rows(); ++other) {
    if (!found[other]) append_row(still, missing_, other);
  }
  missing_ = std::move(still);
}

// "f-2e235ad9968b (12.5億元, calls/a.txt:2:6)", as far as the table tells it.
std::string Comparison::told(const ResultTable& table, uint32_t row) const {
  std::string where(table.cell(row, "document"));
  for (const char* place : {"line", "column"}) {
    if (!table.cell(row, place).empty()) where.append(":").append(table.cell(row, place));
  }
  const std::string_view figure = table.cell(row, "figure");
  const std::string_view id = key_.size() == 1 ? table.cell(row, key_.front()) : "";
  std::string told(id);
  if (!told.empty()) told += " ";
  return told + fmt::format("({}{}{})", figure, figure.empty() ? "" : ", ", where);
}

std::vector<Problem> Comparison::finish(const std::set<std::string, std::less<>>& unproven, bool may_have_more) {
  std::set<uint32_t> left;
  for (uint32_t row = 0; row < stated_.rows(); ++row) {
    if (!matched_[row]) left.insert(row);
  }
  pair_altered_keys(left);
  for (uint32_t row = 0; row < missing_.rows(); ++row) {
    problems_.push_back(
        {file_, 0, "", "", "", fmt::format("the row {} is missing; extract anew", told(missing_, row))});
  }
  for (const uint32_t row : left) {
    if (may_have_more || unproven.contains(stated_.cell(row, "document"))) continue;
    problems_.push_back({file_, stated_.lines[row], "", "", "",
                         fmt::format("the row {} does not come of the source; take it out", told(stated_, row))});
  }
  std::stable_sort(problems_.begin(), problems_.end(),
                   [](const Problem& a, const Problem& b) { return a.line < b.line; });
  return std::move(problems_);
}

}  // namespace jiyao
