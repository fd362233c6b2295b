// A margin against profit and revenue of the same company, segment and period:
//
//   毛利 138 億元，毛利率 45%      138 / 256 → 53.6% to 54.2%
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "pipeline/check/checks.h"
#include "pipeline/check/conflict.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

struct Margin {
  std::string_view margin;
  std::string_view profit;
  std::string_view second;
};

// A margin is of its profit. It may also be meant of the second one, which can
// speak for the margin but not against it: minority interests and one-off items
// lie between the two.
constexpr std::array<Margin, 4> kMargins = {{
    {"gross_margin", "gross_profit", ""},
    {"operating_margin", "operating_profit", ""},
    {"net_margin", "net_profit", "net_profit_attributable"},
    {"adjusted_net_margin", "adjusted_net_profit", "recurring_net_profit"},
}};

std::optional<Interval> margin_percent(Interval profit, Interval revenue) {
  const auto ratio = quotient(profit, revenue);
  return ratio ? std::optional(scaled(*ratio, 100)) : std::nullopt;
}

Naming naming(const Evidence&, const Conflict&) { return Naming::apart; }

Finding report(const Evidence& e, const Conflict& c) {
  const Fact& margin = e.fact(c.claim);
  const int decimals = std::max(margin.decimals, 1);
  Finding f;
  f.check = "margin";
  f.severity = c.severity;
  f.at = margin.figure;
  f.stated = value_text(margin);
  f.computed_low = bound(c.computed.low, decimals);
  f.computed_high = bound(c.computed.high, decimals);
  f.message_en = fmt::format("{} stated as {}, but {} {} / {} {} gives {}", measure_en(margin), stated_en(margin),
                             e.fact(c.left).subject, cited_en(e, c.left), e.fact(c.right).subject, cited_en(e, c.right),
                             range_en(f.computed_low, f.computed_high, "%"));
  f.message_zh = fmt::format("{}写作 {}，但{} {} / {} {}得 {}", measure_zh(margin), stated_zh(margin),
                             e.fact(c.left).subject, cited_zh(e, c.left), e.fact(c.right).subject, cited_zh(e, c.right),
                             range_zh(f.computed_low, f.computed_high, "%"));
  f.facts = {c.claim, c.left, c.right};
  return f;
}

// 主營業務收入 is not all of the revenue that a margin is of.
bool is_part_of_revenue(const Fact& revenue) {
  constexpr std::array<std::string_view, 4> kParts = {"主营", "主營", "核心", "其中"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](auto word) { return revenue.subject.find(word) != std::string::npos; });
}

std::optional<Conflict> margin_conflict(const Evidence& e, uint32_t i, const Margin& margin) {
  static constexpr std::array<Formula, 1> kFormula = {margin_percent};
  const Period& period = e.fact(i).period;
  const auto& revenue = e.levels(e.scope_like(i, "revenue"), period);
  const auto& profits = e.levels(e.scope_like(i, margin.profit), period);
  auto found = conflict(e, i, profits, revenue, kFormula, naming);
  const auto& seconds = e.levels(e.scope_like(i, margin.second), period);
  const bool acquitted = !seconds.empty() && !disagreement(e, i, seconds, revenue, kFormula);
  if (acquitted) return std::nullopt;
  if (found && is_part_of_revenue(e.fact(found->right))) found->severity = Severity::suspicious;
  return found;
}

}  // namespace

void check_margin(const Evidence& e, Findings& findings) {
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const Fact& margin = e.fact(i);
    if (margin.basis != Basis::level || margin.unit != "%" || margin.status != Status::actual) continue;
    const auto known =
        std::find_if(kMargins.begin(), kMargins.end(), [&](const Margin& m) { return m.margin == margin.metric; });
    if (known == kMargins.end()) continue;
    const auto found = margin_conflict(e, i, *known);
    if (found) findings.push_back(report(e, *found));
  }
}

}  // namespace jiyao
