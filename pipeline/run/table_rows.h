// The tables that a run has written, read again row by row: what else is made of
// them is made of their very bytes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/model/finding_row.h"

namespace jiyao {

using Cells = std::vector<std::string>;  // as the CSV has them, with their apostrophes

// Each row of the CSV at `path` to `take`, the header first. Throws
// std::runtime_error with a line for the user if it cannot be read.
void for_each_row(const std::filesystem::path& path, const std::function<void(Cells&&)>& take);

// metrics.csv → JSON lines.
void write_fact_lines(const std::filesystem::path& metrics, const std::filesystem::path& to);

// NAME.csv of `folder` for each of the tables, which have so many rows → a
// workbook with a sheet for each. Gives its notes.
struct BookTable {
  const char* name;
  size_t rows = 0;
};
std::vector<std::string> write_book(const std::filesystem::path& folder, const std::vector<BookTable>& tables,
                                    const std::filesystem::path& to);

// Adds the ids of `between` to the cells `findings` of the facts that they name.
// Gives for each of these facts its document; a fact that is not in the table is
// not in the answer.
struct FactPlace {
  std::string fact_id;
  std::string document;
};
std::vector<FactPlace> add_findings(const std::filesystem::path& metrics, const std::vector<FindingRow>& between);

}  // namespace jiyao
