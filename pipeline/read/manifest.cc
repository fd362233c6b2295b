#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "pipeline/read/csv_rows.h"
#include "pipeline/read/currency.h"
#include "pipeline/read/read.h"

namespace jiyao {
namespace {

// What is wrong with a field, or empty.
using Problem = std::string;

std::optional<int> parse_number(std::string_view text) {
  int value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Problem set_company(const std::string& text, DocumentContext& context) {
  context.company = text;
  return {};
}

Problem set_ticker(const std::string& text, DocumentContext& context) {
  context.ticker = text;
  return {};
}

Problem set_published(const std::string& text, DocumentContext& context) {
  const std::optional<Date> date = Date::parse(text);
  if (!date || !date->valid()) return fmt::format("\"{}\" is no date; write it like 2025-03-31", text);
  context.published = *date;
  return {};
}

Problem set_period(const std::string& text, DocumentContext& context) {
  context.period = Period::parse(text);
  if (context.period.empty()) {
    return fmt::format("\"{}\" is no period; write it like 2024Q4, 2024H1, 2024 or 2024-01-01..2024-09-30", text);
  }
  return {};
}

// The last month of the fiscal year, or its last day as month and day.
Problem set_fiscal_year_end(const std::string& text, DocumentContext& context) {
  const size_t dash = text.find('-');
  const auto month = parse_number(std::string_view(text).substr(0, dash));
  const auto day = dash == text.npos ? 1 : parse_number(std::string_view(text).substr(dash + 1));
  // A year with a 29th of February.
  if (!month || !day || *month < 1 || *month > 12 || *day < 1 || *day > Date::days_in_month(2024, *month)) {
    return fmt::format("\"{}\" is no end of a fiscal year; write it like 03-31, or 3 for the end of March", text);
  }
  context.fiscal_year_end_month = *month;
  context.fiscal_year_given = true;
  return {};
}

Problem set_currency(const std::string& text, DocumentContext& context) {
  if (!is_currency(text)) return fmt::format("\"{}\" is no currency; write an ISO 4217 code like CNY", text);
  context.currency = text;
  return {};
}

struct Column {
  std::string_view name;
  Problem (*set)(const std::string& text, DocumentContext& context);  // not called for empty fields
};
constexpr std::string_view kDocument = "document";
constexpr std::array<Column, 7> kColumns = {{{kDocument, nullptr},
                                             {"company", set_company},
                                             {"ticker", set_ticker},
                                             {"published", set_published},
                                             {"period", set_period},
                                             {"fiscal_year_end", set_fiscal_year_end},
                                             {"currency", set_currency}}};

std::string column_names() {
  std::string names;
  for (const Column& column : kColumns) names += (names.empty() ? "" : ", ") + std::string(column.name);
  return names;
}

class ManifestReader {
 public:
  explicit ManifestReader(const std::filesystem::path& path) : path_(path.generic_string()) {}

  std::variant<Manifest, std::vector<ReadError>> read(const std::vector<CsvRow>& rows) {
    if (rows.empty()) {
      fail({}, fmt::format("there is no header; begin with a line that names the columns: {}", column_names()));
      return std::move(errors_);
    }
    read_header(rows.front());
    if (!errors_.empty()) return std::move(errors_);
    for (size_t i = 1; i < rows.size(); ++i) read_row(rows[i]);
    if (!errors_.empty()) return std::move(errors_);
    Manifest manifest;
    for (auto& [name, row] : rows_) manifest.rows.emplace_back(name, std::move(row.context));
    return manifest;
  }

  std::vector<ReadError> fail(CsvPlace place, const std::string& what) {
    errors_.push_back({fmt::format("{}:{}:{}: {}", path_, place.line, place.column, what)});
    return errors_;
  }

 private:
  struct Row {
    uint32_t line = 0;
    DocumentContext context;
  };

  void read_header(const CsvRow& header) {
    for (const CsvField& field : header) {
      const auto column =
          std::find_if(kColumns.begin(), kColumns.end(), [&field](const Column& c) { return c.name == field.text; });
      if (column == kColumns.end()) {
        fail(field.place, fmt::format("unknown column \"{}\"; the columns are {}", field.text, column_names()));
      } else if (std::find(columns_.begin(), columns_.end(), column) != columns_.end()) {
        fail(field.place, fmt::format("second column \"{}\"; keep one of them", field.text));
      }
      columns_.push_back(column);
    }
    const auto is_document = [](const Column* c) { return c != kColumns.end() && c->name == kDocument; };
    if (errors_.empty() && std::none_of(columns_.begin(), columns_.end(), is_document)) {
      fail(header.front().place, "column \"document\" is missing; it says which document a row is about");
    }
  }

  void read_row(const CsvRow& row) {
    // Spreadsheets leave rows of empty fields behind.
    if (std::all_of(row.begin(), row.end(), [](const CsvField& f) { return f.text.empty(); })) return;
    if (row.size() != columns_.size()) {
      const CsvField& at = row.size() > columns_.size() ? row[columns_.size()] : row.back();
      fail(at.place, fmt::format("{} fields, but the header has {}; put a field that holds a separator in quotation "
                                 "marks, and leave no field out",
                                 row.size(), columns_.size()));
      return;
    }
    DocumentContext context;
    const CsvField* document = nullptr;
    for (size_t i = 0; i < row.size(); ++i) {
      if (columns_[i]->name == kDocument) {
        document = &row[i];
      } else if (!row[i].text.empty()) {
        const Problem problem = columns_[i]->set(row[i].text, context);
        if (!problem.empty()) fail(row[i].place, fmt::format("{} {}", columns_[i]->name, problem));
      }
    }
    add(*document, std::move(context));
  }

  void add(const CsvField& document, DocumentContext context) {
    if (document.text.empty()) {
      fail(document.place, "document is empty; name the file that the row is about");
      return;
    }
    const auto [it, added] = rows_.try_emplace(document.text, Row{document.place.line, std::move(context)});
    if (added) return;
    fail(document.place, fmt::format("second row for \"{}\"; the first is in line {}", document.text, it->second.line));
  }

  std::string path_;
  std::vector<const Column*> columns_;  // of the header's fields
  std::map<std::string, Row> rows_;
  std::vector<ReadError> errors_;
};

const DocumentContext* find_exactly(const Manifest& manifest, std::string_view name) {
  const auto it = std::lower_bound(manifest.rows.begin(), manifest.rows.end(), name,
                                   [](const auto& row, std::string_view n) { return row.first < n; });
  return it != manifest.rows.end() && it->first == name ? &it->second : nullptr;
}

}  // namespace

const DocumentContext* Manifest::find(std::string_view document) const {
  const DocumentContext* found = find_exactly(*this, document);
  const size_t slash = document.rfind('/');
  return found != nullptr || slash == document.npos ? found : find_exactly(*this, document.substr(slash + 1));
}

std::variant<Manifest, std::vector<ReadError>> read_manifest(const std::filesystem::path& path) {
  const std::string extension = path.extension().string();
  if (extension != ".csv" && extension != ".tsv") {
    return std::vector<ReadError>{{path.generic_string() + ": not a manifest; its name must end in .csv or .tsv"}};
  }
  auto text = read(Input{path, path.generic_string()});
  if (auto* error = std::get_if<ReadError>(&text)) return std::vector<ReadError>{std::move(*error)};
  auto rows = read_csv(std::get<SourceText>(text).text, extension == ".tsv" ? CsvKind::tab : CsvKind::comma);
  ManifestReader reader(path);
  if (const auto* error = std::get_if<CsvError>(&rows)) return reader.fail(error->place, error->message);
  return reader.read(std::get<std::vector<CsvRow>>(rows));
}

}  // namespace jiyao
