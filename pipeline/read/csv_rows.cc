#include "pipeline/read/csv_rows.h"

#include <csv.h>

#include <new>
#include <utility>

namespace jiyao {
namespace {

// The byte after which libcsv reports a field is the one that ends it. So it is
// given one byte at a time, and a field began behind the end of the last one.
struct Reader {
  csv_parser parser{};
  std::function<void(CsvRow&&)> take_row;
  CsvRow row;
  CsvPlace field;         // where the field at hand began
  bool expecting = true;  // the next byte begins a field

  explicit Reader(std::function<void(CsvRow&&)> to) : take_row(std::move(to)) {
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  }
  ~Reader() { csv_free(&parser); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  static void end_field(void* text, size_t size, void* self) {
    Reader& reader = *static_cast<Reader*>(self);
    reader.row.push_back({std::string(static_cast<const char*>(text), size), reader.field});
    reader.expecting = true;
  }

  static void end_row(int, void* self) {
    Reader& reader = *static_cast<Reader*>(self);
    if (!reader.row.empty()) reader.take_row(std::exchange(reader.row, {}));
    reader.expecting = true;
  }

  bool take(char byte, CsvPlace place) {
    const bool between_rows = row.empty() && (byte == '\r' || byte == '\n');
    if (expecting && !between_rows) {
      field = place;
      expecting = false;
    }
    return csv_parse(&parser, &byte, 1, end_field, end_row, this) == 1;
  }

  bool finish(CsvPlace place) {
    if (expecting) field = place;
    return csv_fini(&parser, end_field, end_row, this) == 0;
  }
};

}  // namespace

std::optional<CsvError> read_csv(std::string_view text, CsvKind kind, std::function<void(CsvRow&&)> take) {
  Reader reader(std::move(take));
  if (kind == CsvKind::tab) {
    csv_set_delim(&reader.parser, CSV_TAB);
    csv_set_quote(&reader.parser, '\0');
  }
  CsvPlace place;
  for (const char byte : text) {
    if (!reader.take(byte, place)) {
      return CsvError{place, "misplaced quotation mark; quote the whole field and double the marks inside of it"};
    }
    if (byte == '\n') {
      place = {place.line + 1, 1};
    } else if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  if (!reader.finish(place)) return CsvError{reader.field, "this field's closing quotation mark is missing"};
  return std::nullopt;
}

std::variant<std::vector<CsvRow>, CsvError> read_csv(std::string_view text, CsvKind kind) {
  std::vector<CsvRow> rows;
  if (auto error = read_csv(text, kind, [&rows](CsvRow&& row) { rows.push_back(std::move(row)); })) return *error;
  return rows;
}

}  // namespace jiyao
