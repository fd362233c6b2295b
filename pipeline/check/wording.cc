#include "pipeline/check/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace jiyao {
namespace {

constexpr std::array<const char*, 8> kQualifiersEn = {"",      "about ",    "over ",    "under ",
                                                      "near ", "at least ", "at most ", ""};
constexpr std::array<const char*, 8> kQualifiersZh = {"", "约 ", "超过 ", "不到 ", "近 ", "至少 ", "至多 ", ""};

std::string with_unit(const std::string& number, const std::string& unit) {
  return unit.empty() || unit == "%" ? number + unit : number + " " + unit;
}

const std::string& first_given(const std::string& a, const std::string& b) { return a.empty() ? b : a; }

std::string named(const std::string& metric, const Fact& fact, const char* open, const char* comma, const char* close) {
  const std::string period = fact.period.text();
  const std::string between = fact.segment.empty() || period.empty() ? "" : comma;
  return metric + open + fact.segment + between + period + close;
}

std::string metric_name(const Fact& fact, const std::string& label) {
  return fact.metric == "other" || label.empty() ? first_given(fact.subject, fact.metric) : label;
}

std::string range(const std::string& low, const std::string& high, const std::string& unit, const char* to) {
  return low == high ? with_unit(low, unit) : with_unit(low, unit) + to + with_unit(high, unit);
}

std::string written(const Evidence& evidence, uint32_t fact) {
  const Document& document = evidence.document();
  return std::string(cite(document.source, document.folded, evidence.fact(fact).figure).text);
}

}  // namespace

std::string measure_en(const Fact& fact) { return named(metric_name(fact, fact.metric_en), fact, " (", ", ", ")"); }

std::string measure_zh(const Fact& fact) { return named(metric_name(fact, fact.metric_zh), fact, "（", "，", "）"); }

std::string value_text(const Fact& fact) {
  if (fact.value) return fact.value->to_string();
  return (fact.low ? fact.low->to_string() : "") + ".." + (fact.high ? fact.high->to_string() : "");
}

std::string stated_en(const Fact& fact) {
  return kQualifiersEn[static_cast<size_t>(fact.qualifier)] + with_unit(value_text(fact), fact.unit);
}

std::string stated_zh(const Fact& fact) {
  return kQualifiersZh[static_cast<size_t>(fact.qualifier)] + with_unit(value_text(fact), fact.unit);
}

std::string cited_en(const Evidence& evidence, uint32_t fact) {
  return fmt::format("{} (line {})", written(evidence, fact), evidence.line(fact));
}

std::string cited_zh(const Evidence& evidence, uint32_t fact) {
  return fmt::format("{}（第{}行）", written(evidence, fact), evidence.line(fact));
}

std::string bound(long double value, int decimals) {
  if (!std::isfinite(value)) return "";
  const int places = std::clamp(decimals, -30, 30);
  if (places >= 0) return fmt::format("{:.{}f}", value, places);
  const long double unit = power_of_ten(-places);
  return fmt::format("{:.0f}", std::round(value / unit) * unit);
}

std::string range_en(const std::string& low, const std::string& high, const std::string& unit) {
  return range(low, high, unit, " to ");
}

std::string range_zh(const std::string& low, const std::string& high, const std::string& unit) {
  return range(low, high, unit, " 至 ");
}

}  // namespace jiyao
