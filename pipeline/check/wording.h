// The words of a finding, in English and in Simplified Chinese. Names and
// figures are quoted as the document writes them.
#pragma once

#include <string>

#include "pipeline/check/evidence.h"

namespace jiyao {

// Which measure: `revenue (雲服務, 2024Q4)`, `营业收入（雲服務，2024Q4）`.
std::string measure_en(const Fact& fact);
std::string measure_zh(const Fact& fact);

// The value as the tables print it: 53.5, 7..9 for a range.
std::string value_text(const Fact& fact);

// With its unit and qualifier: `over 53.5%`, `13700000000 CNY`; 超过 53.5%.
std::string stated_en(const Fact& fact);
std::string stated_zh(const Fact& fact);

// As the source writes it, and the line where it stands: `137 億元 (line 14)`, `137 億元（第14行）`.
std::string cited_en(const Evidence& evidence, uint32_t fact);
std::string cited_zh(const Evidence& evidence, uint32_t fact);

// A computed bound with `decimals` decimals, negative ones standing for zeros
// before the point. Empty if it is without end.
std::string bound(long double value, int decimals);

// `58.0% to 58.4%`, `58.0% 至 58.4%`; one number if both print alike.
std::string range_en(const std::string& low, const std::string& high, const std::string& unit);
std::string range_zh(const std::string& low, const std::string& high, const std::string& unit);

}  // namespace jiyao
