#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "pipeline/model/metrics_table.h"
#include "pipeline/read/csv_rows.h"
#include "pipeline/read/read.h"

namespace jiyao {
namespace {

// What a row cannot be found again without.
constexpr std::array<std::string_view, 3> kNeeded = {"document", "char_start", "char_end"};

// Takes rows one by one, so that the fields of the whole file are never held
// at once. After the first mistake it takes none.
class TableReader {
 public:
  explicit TableReader(std::string path) : path_(std::move(path)) {}

  void take(const CsvRow& row) {
    if (error_) return;
    if (table_.columns.empty()) {
      read_header(row);
    } else {
      read_row(row);
    }
  }

  void fail(CsvPlace place, const std::string& what) {
    if (!error_) error_ = ReadError{fmt::format("{}:{}:{}: {}", path_, place.line, place.column, what)};
  }

  std::variant<MetricsTable, ReadError> result() {
    if (table_.columns.empty()) fail({}, "there is no header; give a metrics.csv as jiyao extract writes it");
    if (error_) return *std::move(error_);
    return std::move(table_);
  }

 private:
  void read_header(const CsvRow& header) {
    for (const CsvField& field : header) {
      if (table_.column(field.text) != kNone) {
        fail(field.place, fmt::format("second column \"{}\"; keep one of them", field.text));
      }
      table_.columns.push_back(field.text);
    }
    for (const std::string_view name : kNeeded) {
      if (table_.column(name) == kNone) {
        fail({}, fmt::format("column \"{}\" is missing; give a metrics.csv as jiyao extract writes it", name));
      }
    }
    begin_ = table_.column("char_start");
    end_ = table_.column("char_end");
  }

  void read_row(const CsvRow& row) {
    if (row.size() != table_.columns.size()) {
      const CsvField& at = row.size() > table_.columns.size() ? row[table_.columns.size()] : row.back();
      return fail(at.place, fmt::format("{} fields, but the header has {}; put a field that holds a comma or a line "
                                        "break in quotation marks, and leave no field out",
                                        row.size(), table_.columns.size()));
    }
    const Span figure{offset(row[begin_]), offset(row[end_])};
    if (!error_ && figure.end < figure.begin)
      fail(row[end_].place, "char_end lies before char_start; write the table anew");
    table_.figures.push_back(figure);
    for (const CsvField& field : row) {
      table_.text += field.text;
      table_.ends.push_back(static_cast<uint32_t>(table_.text.size()));
    }
  }

  uint32_t offset(const CsvField& field) {
    uint32_t value = 0;
    const char* end = field.text.data() + field.text.size();
    const auto parsed = std::from_chars(field.text.data(), end, value);
    if (parsed.ec == std::errc() && parsed.ptr == end) return value;
    fail(field.place, fmt::format("\"{}\" is no offset; write a whole number, counted from 0", field.text));
    return 0;
  }

  std::string path_;
  MetricsTable table_;
  uint32_t begin_ = kNone;
  uint32_t end_ = kNone;
  std::optional<ReadError> error_;
};

}  // namespace

std::variant<MetricsTable, ReadError> read_metrics(const std::filesystem::path& path) {
  std::error_code failed;
  const auto file = std::filesystem::is_directory(path, failed) ? path / "metrics.csv" : path;
  auto text = read(Input{file, file.generic_string()});
  if (auto* error = std::get_if<ReadError>(&text)) return std::move(*error);
  TableReader reader(file.generic_string());
  const auto take = [&reader](CsvRow&& row) { reader.take(row); };
  if (const auto error = read_csv(std::get<SourceText>(text).text, CsvKind::comma, take)) {
    reader.fail(error->place, error->message);
  }
  return reader.result();
}

}  // namespace jiyao
