// Any bytes as a workbook: an error, or cells in order; a sheet of any content is
// held against statements and written into a report without harm. A ZIP has a
// checksum of each part, which a changed byte no longer fits: so that fuzzing gets
// behind it, an input may also be the parts themselves, as name, unit separator,
// content, record separator (U+001F, U+001E).
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "pipeline/read/workbook.h"
#include "pipeline/run/reconcile.h"
#include "pipeline/write/report.h"

namespace {

constexpr char kEndOfName = '\x1f';
constexpr char kEndOfPart = '\x1e';

std::vector<std::pair<std::string, std::string_view>> parts_of(std::string_view input) {
  std::vector<std::pair<std::string, std::string_view>> parts;
  while (!input.empty()) {
    const std::string_view part = input.substr(0, input.find(kEndOfPart));
    input.remove_prefix(std::min(part.size() + 1, input.size()));
    const size_t name = part.find(kEndOfName);
    if (name != part.npos) parts.emplace_back(part.substr(0, name), part.substr(name + 1));
  }
  return parts;
}

std::string zipped(std::string_view input) {
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(source);
  zip_t* zip = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : parts_of(input)) {
    zip_source_t* part = zip_source_buffer(zip, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(zip, name.c_str(), part, ZIP_FL_OVERWRITE);
    if (index < 0) zip_source_free(part);
    if (index >= 0) zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  std::string bytes;
  zip_stat_t stat;
  if (zip_close(zip) != 0) zip_discard(zip);
  if (zip_source_stat(source, &stat) == 0 && zip_source_open(source) == 0) {
    bytes.resize(stat.size);
    zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
  }
  zip_source_free(source);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const jiyao::Line line(std::get<jiyao::RuleSet>(jiyao::load(jiyao::embedded_rules())));
  static const std::string report = std::filesystem::temp_directory_path() / ("sheet_fuzz." + std::to_string(getpid()));
  const std::string input(data, data + size);
  const bool is_parts = input.find(kEndOfName) != input.npos && !input.starts_with("PK");
  const auto read = jiyao::parse_workbook(is_parts ? zipped(input) : input, "fuzz.xlsx");
  const auto* workbook = std::get_if<jiyao::Workbook>(&read);
  if (workbook == nullptr) return 0;
  for (const jiyao::Sheet& sheet : workbook->sheets) {
    for (size_t i = 1; i < sheet.cells.size(); ++i) {
      const jiyao::SheetCell& a = sheet.cells[i - 1];
      const jiyao::SheetCell& b = sheet.cells[i];
      if (std::tuple(b.row, b.column) <= std::tuple(a.row, a.column)) std::abort();
    }
  }
  const jiyao::MetricsTable table;
  const jiyao::Reconciliation result = jiyao::reconcile(*workbook, table, line);
  for (const jiyao::CheckedCell& cell : result.cells)
    if (cell.verdict != jiyao::CellVerdict::not_found) std::abort();
  jiyao::verdict_rows(*workbook, result, table);
  jiyao::write_report(report, *workbook, result, table, "");
  std::filesystem::remove(report);
  return 0;
}
