#include "pipeline/run/output.h"

#include <unistd.h>

#include <stdexcept>
#include <system_error>

#include "pipeline/write/write.h"

namespace jiyao {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
  throw std::runtime_error(path.string() + ": " + what);
}

}  // namespace

OutputFolder::OutputFolder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!std::filesystem::is_directory(folder)) fail(folder, "cannot be made a folder; give -o another one");
  open(tables_[0], folder, "metrics.csv", metrics_header());
  open(tables_[1], folder, "ledger.csv", ledger_header());
  open(tables_[2], folder, "findings.csv", findings_header());
}

OutputFolder::Table::~Table() {
  if (temporary.empty()) return;
  std::error_code ignored;
  out.close();
  std::filesystem::remove(temporary, ignored);
}

void OutputFolder::open(Table& table, const std::filesystem::path& folder, const char* name,
                        const std::string& header) {
  table.name = folder / name;
  // The process id keeps two runs into one folder apart.
  table.temporary = folder / ("." + std::string(name) + "." + std::to_string(getpid()));
  table.out.open(table.temporary, std::ios::binary | std::ios::trunc);
  if (!(table.out << header)) fail(table.name, "cannot be written");
}

void OutputFolder::write(const BatchResult& result) {
  const std::array<const std::string*, 3> rows = {&result.metrics, &result.ledger, &result.findings};
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!(tables_[i].out << *rows[i])) fail(tables_[i].name, "cannot be written; is the disk full?");
  }
}

void OutputFolder::commit() {
  for (Table& table : tables_) {
    table.out.close();
    if (!table.out) fail(table.name, "cannot be written; is the disk full?");
  }
  for (Table& table : tables_) {
    std::error_code error;
    std::filesystem::rename(table.temporary, table.name, error);
    if (error) fail(table.name, error.message());
    table.temporary.clear();
  }
}

}  // namespace jiyao
