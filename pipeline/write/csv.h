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
    return raw(std::string_view(digits, static_cast<size_t>(end - digits)));
  }

  // Ids joined by ';'.
  template <typename Range>
  CsvWriter& joined(const Range& ids) {
    std::string cell;
    for (const auto& id : ids) {
      if (!cell.empty()) cell += ';';
      cell += id;
    }
    return text(cell);
  }

  void end_row();

 private:
  void begin_cell();

  std::string& out_;
  bool first_ = true;
};

// A header line: byte order mark, names, CRLF. `names` are joined by ','.
std::string csv_header(std::string_view names);

}  // namespace jiyao
