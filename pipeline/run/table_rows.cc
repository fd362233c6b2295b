#include "pipeline/run/table_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "pipeline/model/cell.h"
#include "pipeline/read/csv_rows.h"
#include "pipeline/write/csv.h"
#include "pipeline/write/tables_book.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

namespace fs = std::filesystem;

class Writer {
 public:
  explicit Writer(const fs::path& path) : path_(path), out_(path, std::ios::binary | std::ios::trunc) {}

  void write(const std::string& text) {
    if (!(out_ << text)) fail();
  }
  void close() {
    out_.close();
    if (!out_) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw std::runtime_error(path_.string() + ": cannot be written; is the disk full?");
  }

  fs::path path_;
  std::ofstream out_;
};

size_t column_of(const Cells& header, std::string_view name) {
  const auto at = std::find(header.begin(), header.end(), name);
  if (at == header.end()) throw std::runtime_error(fmt::format("the table has no column {}", name));
  return static_cast<size_t>(at - header.begin());
}

std::string csv_row(const Cells& cells) {
  std::string row;
  CsvWriter csv(row);
  for (const std::string& cell : cells) csv.raw(cell);
  csv.end_row();
  return row;
}

}  // namespace

void for_each_row(const fs::path& path, const std::function<void(Cells&&)>& take) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path.string() + ": cannot be read");
  const auto error = read_csv(in, CsvKind::comma, [&](CsvRow&& row) {
    Cells cells;
    cells.reserve(row.size());
    for (CsvField& field : row) cells.push_back(std::move(field.text));
    take(std::move(cells));
  });
  if (error) {
    throw std::runtime_error(
        fmt::format("{}:{}:{}: {}", path.string(), error->place.line, error->place.column, error->message));
  }
}

void write_fact_lines(const fs::path& metrics, const fs::path& to) {
  Writer out(to);
  Cells header;
  for_each_row(metrics, [&](Cells&& cells) {
    if (header.empty()) {
      header = std::move(cells);
    } else {
      out.write(fact_line(header, cells));
    }
  });
  out.close();
}

std::vector<std::string> write_book(const fs::path& folder, const std::vector<BookTable>& tables, const fs::path& to) {
  TablesBook book(to);
  for (const auto& [name, rows] : tables) {
    bool begun = false;
    for_each_row(folder / (std::string(name) + ".csv"), [&, table = name, count = rows](Cells&& cells) {
      if (std::exchange(begun, true)) {
        book.add_row(cells);
      } else {
        book.begin_table(table, cells, count);
      }
    });
  }
  return book.finish();
}

std::vector<FactPlace> add_findings(const fs::path& metrics, const std::vector<FindingRow>& between) {
  std::map<std::string, std::string> ids;  // of the findings of a fact
  for (const FindingRow& finding : between) {
    for (const std::string& fact : std::set(finding.fact_ids.begin(), finding.fact_ids.end())) {
      std::string& cell = ids[fact];
      cell += (cell.empty() ? "" : ";") + finding.id;
    }
  }
  std::vector<FactPlace> places;
  if (ids.empty()) return places;
  const fs::path patched = metrics.string() + ".patched";
  Writer out(patched);
  size_t id = 0, document = 0, findings = 0;
  bool begun = false;
  for_each_row(metrics, [&](Cells&& cells) {
    if (!std::exchange(begun, true)) {
      id = column_of(cells, "fact_id");
      document = column_of(cells, "document");
      findings = column_of(cells, "findings");
      return out.write(metrics_header());
    }
    if (const auto more = ids.find(cells.at(id)); more != ids.end()) {
      std::string& cell = cells.at(findings);
      cell += (cell.empty() ? "" : ";") + more->second;
      places.push_back({cells[id], std::string(unguarded(cells.at(document)))});
    }
    out.write(csv_row(cells));
  });
  out.close();
  fs::rename(patched, metrics);
  return places;
}

}  // namespace jiyao
