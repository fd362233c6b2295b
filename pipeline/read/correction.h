// What a column of metrics.csv can hold.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace jiyao {

using MetricIds = std::set<std::string_view>;

// Brings `text` into the canonical form of the column (an index into
// kCorrectable): 12.50 and 2024-01-01..2024-12-31 as the tables have them. What
// is wrong with it, and what to write instead; empty if nothing is.
std::string correct(uint8_t column, std::string& text, const MetricIds& metrics);

}  // namespace jiyao
