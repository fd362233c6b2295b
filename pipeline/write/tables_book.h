// The tables as one Excel workbook (Office Open XML), written by libxlsxwriter
// row by row.
//
// Numbers are numbers where a double holds all their digits, else text; dates
// are dates; text is never a formula. Rows that need an eye are coloured. The
// bytes depend on the tables alone: the file says it was made in 1980.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace jiyao {

// What the file format allows; a test may ask for less.
// https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
struct BookLimits {
  uint32_t rows = 1'048'576;     // of a sheet, with its header
  uint32_t links = 65'530;       // of a sheet
  uint32_t characters = 32'767;  // of a cell, in UTF-16 units
};

// Holds one row, and of each sheet its links, in memory. Not thread safe.
class TablesBook {
 public:
  // All of these throw std::runtime_error with a line for the user if the file
  // cannot be written.
  explicit TablesBook(const std::filesystem::path& path, const BookLimits& limits = {});
  ~TablesBook();
  TablesBook(const TablesBook&) = delete;
  TablesBook& operator=(const TablesBook&) = delete;

  // A sheet `name` with the columns of the CSV of that name: metrics, ledger,
  // findings, unapplied; metrics before findings, which lead to its rows. `rows`:
  // how many will follow. What is too much for a sheet goes on in `name 2`.
  void begin_table(const std::string& name, const std::vector<std::string>& columns, size_t rows);
  // As the CSV has it, with its apostrophes.
  void add_row(const std::vector<std::string>& cells);

  // Adds the sheet about and closes the file. Gives what the workbook could not
  // hold as the CSV does, a line each; about says the same.
  std::vector<std::string> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace jiyao
