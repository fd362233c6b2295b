// One line of CSV by RFC 4180, cell by cell.
#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace jiyao {

// Appends rows to a string it does not own. Cells are of two kinds: what the
// program made itself (numbers, dates, ids) goes in with raw(); what came from
// a document, a file name or a manifest goes in with text(), which puts an
// apostrophe before anything a spreadsheet would run as a formula.
class CsvWriter {
 public:
  explicit CsvWriter(std::string& out) : out_(out) {}

  CsvWriter& raw(std::string_view cell);
  CsvWriter& text(std::string_view cell);
  // A figure is the source to the letter, so it is left alone wherever it
  // reads as a number: "-0.17", "+17.73%", "-5億".
  CsvWriter& figure(std::string_view cell);

  template <std::integral T>
  CsvWriter& number(T value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return written(std::string_view(digits, static_cast<size_t>(end - digits)));
  }

  // Ids joined by ';'.
  template <typename Range>
  CsvWriter& joined(const Range& ids) {
    scratch_.clear();
    for (const auto& id : ids) {
      if (!scratch_.empty()) scratch_ += ';';
      scratch_ += id;
    }
    return text(scratch_);
  }

  // Cells that another writer has written: what many rows share is made once.
  CsvWriter& written(std::string_view cells);

  void end_row();

 private:
  void begin_cell();

  std::string& out_;
  std::string scratch_;
  bool first_ = true;
};

// A cell of text, for CsvWriter::written().
std::string one_cell(std::string_view text);

// A header line: byte order mark, names, CRLF. `names` are joined by ','.
std::string csv_header(std::string_view names);

}  // namespace jiyao
