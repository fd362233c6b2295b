#include "pipeline/read/correction.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>

#include "pipeline/model/fact.h"
#include "pipeline/model/review.h"
#include "pipeline/read/currency.h"

namespace jiyao {
namespace {

using Problem = std::string;

constexpr size_t kMostBytes = 4096;

Problem problem_of_text(const std::string& text) {
  if (text.size() > kMostBytes) return fmt::format("is longer than {} bytes", kMostBytes);
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return std::any_of(text.begin(), text.end(), control) ? "holds a control character; a cell is one line" : Problem();
}

template <typename Names>
Problem problem_of_name(const std::string& text, const Names& names) {
  if (std::find(names.begin(), names.end(), text) != names.end()) return {};
  return fmt::format("\"{}\" is none of {}", text, fmt::join(names, ", "));
}

// A range has no one value, so a number may be taken away.
Problem make_decimal(std::string& text) {
  if (text.empty()) return {};
  const auto value = Decimal::parse(text);
  if (!value) return fmt::format("\"{}\" is no decimal; write it in full units like -1250000000 or 8.3", text);
  text = value->to_string();
  return {};
}

// A fiscal year's days are found where the row is known.
Problem make_period(std::string& text) {
  if (text.empty()) return {};
  const Period period = Period::parse(text);
  if (period.empty()) {
    return fmt::format(
        "\"{}\" is no period; write it like 2024Q4, 2024H1, 2024, 2024-02, 2024-01-01..2024-09-30, 2024-12-31@end or "
        "FY2025Q3",
        text);
  }
  if (!text.starts_with("FY")) text = period.text();
  return {};
}

// Three capitals are a currency; anything else may be counted (人, 股, 辆).
Problem problem_of_unit(const std::string& text) {
  const auto capital = [](char c) { return 'A' <= c && c <= 'Z'; };
  if (text.size() != 3 || !std::all_of(text.begin(), text.end(), capital) || is_currency(text)) return {};
  return fmt::format("\"{}\" is no currency; write an ISO 4217 code like CNY, or what is counted", text);
}

Problem problem_of_metric(const std::string& text, const MetricIds& metrics) {
  if (text == "other" || metrics.contains(text)) return {};
  return fmt::format("\"{}\" is no metric of the rules; write the id of one (rules/metric), or other", text);
}

}  // namespace

std::string correct(uint8_t column, std::string& text, const MetricIds& metrics) {
  const std::string_view name = kCorrectable.at(column);
  if (Problem problem = problem_of_text(text); !problem.empty()) return problem;
  if (name == "metric") return problem_of_metric(text, metrics);
  if (name == "period") return make_period(text);
  if (name.starts_with("value")) return make_decimal(text);
  if (name == "unit") return problem_of_unit(text);
  if (name == "basis") return problem_of_name(text, kBasisNames);
  if (name == "status") return problem_of_name(text, kStatusNames);
  if (name == "qualifier" && !text.empty()) return problem_of_name(text, std::span(kQualifierNames).subspan(1));
  return {};
}

}  // namespace jiyao
