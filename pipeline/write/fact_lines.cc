// Facts as JSON: one object a line (https://jsonlines.org).
#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "pipeline/model/cell.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

constexpr std::array<std::string_view, 8> kCounts = {"decimals",   "page",     "line",       "column",
                                                     "char_start", "char_end", "byte_start", "byte_end"};

nlohmann::ordered_json value_of(std::string_view column, std::string_view cell) {
  int64_t count = 0;
  const char* end = cell.data() + cell.size();
  const bool is_count = std::find(kCounts.begin(), kCounts.end(), column) != kCounts.end();
  if (is_count && std::from_chars(cell.data(), end, count).ptr == end) return count;
  return unguarded(cell);
}

}  // namespace

std::string fact_line(const std::vector<std::string>& columns, const std::vector<std::string>& cells) {
  auto line = nlohmann::ordered_json::object();
  for (size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
    if (!cells[i].empty()) line[columns[i]] = value_of(columns[i], cells[i]);
  }
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace jiyao
