#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <optional>
#include <utility>

#include "pipeline/model/metrics_table.h"
#include "pipeline/read/csv_rows.h"
#include "pipeline/read/read.h"

namespace jiyao {
namespace {

// Takes rows one by one, so that the fields of the whole file are never held
// at once. After the first mistake it takes none.
class TableReader {
 public:
  TableReader(std::string path, std::string kind) : path_(std::move(path)), kind_(std::move(kind)) {}

  // Reads it all. `look` sees each row before it is taken; `needed` must be there.
  void read_text(std::string_view text, const std::vector<std::string_view>& needed,
                 const std::function<void(const CsvRow&)>& look) {
    const auto take = [&](const CsvRow& row) {
      if (error_) return;
      if (table_.columns.empty()) return read_header(row, needed);
      if (row.size() != table_.columns.size()) return fail_length(row);
      look(row);
      keep(row);
    };
    if (const auto error = read_csv(text, CsvKind::comma, take)) fail(error->place, error->message);
    if (table_.columns.empty())
      fail({}, fmt::format("there is no header; give a {} as jiyao extract writes it", kind_));
  }

  void fail(CsvPlace place, const std::string& what) {
    if (!error_) error_ = ReadError{fmt::format("{}:{}:{}: {}", path_, place.line, place.column, what)};
  }

  const std::optional<ReadError>& error() const { return error_; }
  ResultTable& table() { return table_; }

 private:
  void read_header(const CsvRow& header, const std::vector<std::string_view>& needed) {
    for (const CsvField& field : header) {
      if (table_.column(field.text) != kNone) {
        fail(field.place, fmt::format("second column \"{}\"; keep one of them", field.text));
      }
      table_.columns.push_back(field.text);
    }
    for (const std::string_view name : needed) {
      if (table_.column(name) == kNone) {
        fail({}, fmt::format("column \"{}\" is missing; give a {} as jiyao extract writes it", name, kind_));
      }
    }
  }

  void fail_length(const CsvRow& row) {
    const CsvField& at = row.size() > table_.columns.size() ? row[table_.columns.size()] : row.back();
    fail(at.place, fmt::format("{} fields, but the header has {}; put a field that holds a comma or a line break in "
                               "quotation marks, and leave no field out",
                               row.size(), table_.columns.size()));
  }

  void keep(const CsvRow& row) {
    table_.lines.push_back(row.front().place.line);
    for (const CsvField& field : row) {
      table_.text += field.text;
      table_.ends.push_back(static_cast<uint32_t>(table_.text.size()));
    }
  }

  std::string path_;
  std::string kind_;  // "metrics.csv"
  ResultTable table_;
  std::optional<ReadError> error_;
};

// The figures of the rows of a metrics.csv.
class FigureReader {
 public:
  explicit FigureReader(TableReader& reader) : reader_(reader) {}

  void look(const CsvRow& row) {
    if (begin_ == kNone) {
      begin_ = reader_.table().column("char_start");
      end_ = reader_.table().column("char_end");
    }
    const Span figure{offset(row[begin_]), offset(row[end_])};
    if (figure.end < figure.begin)
      reader_.fail(row[end_].place, "char_end lies before char_start; write the table anew");
    figures.push_back(figure);
  }

  std::vector<Span> figures;

 private:
  uint32_t offset(const CsvField& field) {
    uint32_t value = 0;
    const char* end = field.text.data() + field.text.size();
    const auto parsed = std::from_chars(field.text.data(), end, value);
    if (parsed.ec == std::errc() && parsed.ptr == end) return value;
    reader_.fail(field.place, fmt::format("\"{}\" is no offset; write a whole number, counted from 0", field.text));
    return 0;
  }

  TableReader& reader_;
  uint32_t begin_ = kNone;
  uint32_t end_ = kNone;
};

}  // namespace

std::variant<MetricsTable, ReadError> read_metrics(const std::filesystem::path& path) {
  std::error_code failed;
  const auto file = std::filesystem::is_directory(path, failed) ? path / "metrics.csv" : path;
  auto text = read(Input{file, file.generic_string()});
  if (auto* error = std::get_if<ReadError>(&text)) return std::move(*error);
  TableReader reader(file.generic_string(), "metrics.csv");
  FigureReader figures(reader);
  reader.read_text(std::get<SourceText>(text).text, {"document", "char_start", "char_end"},
                   [&](const CsvRow& row) { figures.look(row); });
  if (reader.error()) return *reader.error();
  return MetricsTable{std::move(reader.table()), std::move(figures.figures)};
}

std::variant<ResultTable, ReadError> read_table(const std::filesystem::path& path,
                                                const std::vector<std::string_view>& needed) {
  auto text = read(Input{path, path.generic_string()});
  if (auto* error = std::get_if<ReadError>(&text)) return std::move(*error);
  return table_of(std::get<SourceText>(text).text, path, needed);
}

std::variant<ResultTable, ReadError> table_of(std::string_view text, const std::filesystem::path& path,
                                              const std::vector<std::string_view>& needed) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  TableReader reader(path.generic_string(), path.filename().generic_string());
  reader.read_text(text, needed, [](const CsvRow&) {});
  if (reader.error()) return *reader.error();
  return std::move(reader.table());
}

}  // namespace jiyao
