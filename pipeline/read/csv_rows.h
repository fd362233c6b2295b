// The fields of a CSV (RFC 4180) or TSV text, each with its place. libcsv does
// the parsing; this adds the places, which it does not keep.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jiyao {

// From 1; columns count code points of the line.
struct CsvPlace {
  uint32_t line = 1;
  uint32_t column = 1;
};

struct CsvField {
  std::string text;  // without its quotation marks, and white space around it if it has none
  CsvPlace place;
};

using CsvRow = std::vector<CsvField>;  // never empty

struct CsvError {
  CsvPlace place;
  std::string message;
};

enum class CsvKind : uint8_t { comma, tab };  // tab: quotation marks have no meaning

// Each row to `take`, which may keep it. Blank lines give no row.
std::optional<CsvError> read_csv(std::string_view text, CsvKind kind, std::function<void(CsvRow&&)> take);

// The same for a file of UTF-8 with or without a byte order mark, of any length:
// no more than a row of it is held.
std::optional<CsvError> read_csv(std::istream& in, CsvKind kind, std::function<void(CsvRow&&)> take);

// All of them.
std::variant<std::vector<CsvRow>, CsvError> read_csv(std::string_view text, CsvKind kind);

}  // namespace jiyao
