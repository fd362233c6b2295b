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
  CsvPlace place;         // of the next byte
  bool expecting = true;  // the next byte begins a field

  Reader(CsvKind kind, std::function<void(CsvRow&&)> to) : take_row(std::move(to)) {
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    if (kind == CsvKind::comma) return;
    csv_set_delim(&parser, CSV_TAB);
    csv_set_quote(&parser, '\0');
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

  std::optional<CsvError> feed(std::string_view text) {
    for (const char byte : text) {
      if (!take(byte)) {
        return CsvError{place, "misplaced quotation mark; quote the whole field and double the marks inside of it"};
      }
      if (byte == '\n') {
        place = {place.line + 1, 1};
      } else if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) {
        ++place.column;
      }
    }
    return std::nullopt;
  }

  bool take(char byte) {
    const bool between_rows = row.empty() && (byte == '\r' || byte == '\n');
    if (expecting && !between_rows) {
      field = place;
      expecting = false;
    }
    return csv_parse(&parser, &byte, 1, end_field, end_row, this) == 1;
  }

  std::optional<CsvError> finish() {
    if (expecting) field = place;
    if (csv_fini(&parser, end_field, end_row, this) == 0) return std::nullopt;
    return CsvError{field, "this field's closing quotation mark is missing"};
  }
};

}  // namespace

std::optional<CsvError> read_csv(std::string_view text, CsvKind kind, std::function<void(CsvRow&&)> take) {
  Reader reader(kind, std::move(take));
  auto error = reader.feed(text);
  return error ? error : reader.finish();
}

std::optional<CsvError> read_csv(std::istream& in, CsvKind kind, std::function<void(CsvRow&&)> take) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  Reader reader(kind, std::move(take));
  std::string piece(size_t{1} << 16, '\0');
  for (bool first = true; in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0;
       first = false) {
    std::string_view text(piece.data(), static_cast<size_t>(in.gcount()));
    if (first && text.starts_with(kMark)) text.remove_prefix(kMark.size());
    if (auto error = reader.feed(text)) return error;
  }
  return reader.finish();
}

std::variant<std::vector<CsvRow>, CsvError> read_csv(std::string_view text, CsvKind kind) {
  std::vector<CsvRow> rows;
  if (auto error = read_csv(text, kind, [&rows](CsvRow&& row) { rows.push_back(std::move(row)); })) return *error;
  return rows;
}

}  // namespace jiyao
