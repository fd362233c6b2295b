// A result against its sources: what its tables say, compared with what the
// sources say. Two kinds of proof:
//
//   the same again   The line is run on the source again and each cell is
//                    compared (Comparison). Needs the program and the rules that
//                    made the table.
//   the source alone A figure stands where the row says, its quote is around it,
//                    its value follows from its letters, ids lead to rows that
//                    are there (check_…). Needs the source and nothing else.
//
// All functions are pure; cells are compared as the CSV has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/problem.h"
#include "pipeline/model/quantity.h"
#include "pipeline/model/result_table.h"
#include "pipeline/model/run_record.h"

namespace jiyao {

// The rows of a table against rows that were made again, document by document.
// Rows belong together by their key; rows whose key was altered, by all else.
class Comparison {
 public:
  // `key`: the columns that name a row; `apart`: columns that are not compared
  // here. `stated`, which must outlive it, has the columns of `key`.
  Comparison(const ResultTable& stated, std::string file, std::vector<std::string> key,
             std::vector<std::string> apart = {});

  struct Part {
    std::vector<uint32_t> matched;  // rows of the table
    std::vector<Problem> problems;  // cells of them that differ
    ResultTable missing;            // rows that it has not
  };
  // What the table says of these rows. Thread safe.
  Part compare(const ResultTable& expected) const;

  void take(Part&& part);
  bool is_matched(uint32_t row) const { return matched_[row]; }

  // Behind the last part: cells that differ, rows that are missing and rows that
  // are too many, by line. Rows of `unproven` documents are left out; with
  // `may_have_more`, so are all rows too many.
  std::vector<Problem> finish(const std::set<std::string, std::less<>>& unproven, bool may_have_more = false);

 private:
  std::string key_of(const ResultTable& table, uint32_t row) const;
  std::string all_but(const ResultTable& table, uint32_t row, std::string_view column) const;
  void compare_row(uint32_t row, const ResultTable& expected, uint32_t other, std::vector<Problem>& problems) const;
  void pair_altered_keys(std::set<uint32_t>& left);
  std::string told(const ResultTable& table, uint32_t row) const;

  const ResultTable& stated_;
  std::string file_;
  std::vector<std::string> key_;
  std::vector<std::string> apart_;
  std::vector<std::string> columns_;  // of the rows made again, those compared
  std::unordered_map<std::string, uint32_t> by_key_;
  std::vector<bool> matched_;
  std::vector<Problem> problems_;
  ResultTable missing_;
};

// A row of the same columns at the end of a table.
void append_row(ResultTable& table, const ResultTable& from, uint32_t row);

// A problem of one cell: what it says, what it should say.
Problem altered_cell(const ResultTable& table, const std::string& file, uint32_t row, std::string_view column,
                     std::string_view expected, std::string_view why = "");

// Where the rows of metrics or ledger stand: figure, offsets in characters and
// bytes, line and column, and the quote, if there is that column. A row is told
// by the cells that do not go with the others.
std::vector<Problem> check_citations(const ResultTable& table, const std::string& file,
                                     const std::vector<uint32_t>& rows, const SourceText& source);

// value, value_low, value_high (but for their signs, which the sentence gives),
// decimals and unit against the figure's own letters, read anew.
std::vector<Problem> check_values(const ResultTable& metrics, const std::string& file,
                                  const std::vector<uint32_t>& rows, const Document& document,
                                  const std::vector<Quantity>& quantities);

// Words of a fixed list, and the days of a period.
std::vector<Problem> check_words(const ResultTable& metrics, const std::string& file,
                                 const std::vector<uint32_t>& rows);

// Every digit of the text lies in a row of the ledger.
std::vector<Problem> check_digits(const ResultTable& ledger, const std::string& file, const std::vector<uint32_t>& rows,
                                  const SourceText& source);

// Ids lead to rows that are there, and from there back.
struct ResultTables {
  ResultTable metrics;
  ResultTable ledger;
  ResultTable findings;
};
std::vector<Problem> check_references(const ResultTables& tables);

// Rows that are missing where they cannot be made again, by their number; and
// rows of documents that run.json does not know.
std::vector<Problem> check_counts(const ResultTables& tables, const RunRecord& record);

}  // namespace jiyao
