// A change in percentage points (or basis points) against two ratios:
//
//   毛利率由 53.1% 升至 54.3%，同比增加 2.1 個百分點
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pipeline/check/checks.h"
#include "pipeline/check/conflict.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

std::optional<Interval> points(Interval now, Interval before) { return difference(now, before); }

std::optional<Interval> basis_points(Interval now, Interval before) { return scaled(difference(now, before), 100); }

// Levels in percent only.
std::vector<Evidence::Levels> ratios(const std::vector<Evidence::Levels>& levels) {
  std::vector<Evidence::Levels> kept;
  std::copy_if(levels.begin(), levels.end(), std::back_inserter(kept), [](const auto& l) { return l.unit == "%"; });
  return kept;
}

Finding report(const Evidence& e, const Conflict& c) {
  const Fact& change = e.fact(c.claim);
  const int decimals = std::max(change.decimals, change.unit == "bp" ? 0 : 1);
  Finding f;
  f.check = "points";
  f.severity = c.severity;
  f.at = change.figure;
  f.stated = value_text(change);
  f.computed_low = bound(c.computed.low, decimals);
  f.computed_high = bound(c.computed.high, decimals);
  f.message_en = fmt::format("{}: {} change stated as {}, but from {} to {} is {}", measure_en(change),
                             name(change.basis), stated_en(change), cited_en(e, c.right), cited_en(e, c.left),
                             range_en(f.computed_low, f.computed_high, change.unit));
  f.message_zh =
      fmt::format("{}：变动写作 {}，但由 {}至 {}为 {}", measure_zh(change), stated_zh(change), cited_zh(e, c.right),
                  cited_zh(e, c.left), range_zh(f.computed_low, f.computed_high, change.unit));
  f.facts = {c.claim, c.left, c.right};
  return f;
}

}  // namespace

void check_points(const Evidence& e, Findings& findings) {
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const Fact& change = e.fact(i);
    if ((change.unit != "pp" && change.unit != "bp") || change.status != Status::actual) continue;
    const Scope& scope = e.scope(i);
    const std::array<Formula, 1> formula = {change.unit == "pp" ? points : basis_points};
    auto found = conflict(e, i, ratios(e.levels(scope, change.period)),
                          ratios(e.levels(scope, comparative(change.period, change.basis))), formula, named_as_claim);
    if (!found) continue;
    temper_change(e, *found);
    findings.push_back(report(e, *found));
  }
}

}  // namespace jiyao
