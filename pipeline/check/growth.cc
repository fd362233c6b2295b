// A growth against two levels:
//
//   毛利由 121 億元增至 137 億元，同比增長 18.2%      137 / 121 - 1 → 12.3% to 14.1%
//
// 增長 2.4 倍 is a growth by 2.4 times; because the words are often used for 增至,
// 2.4 times the level before is no mistake either.
#include "pipeline/check/growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pipeline/check/checks.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

std::optional<Interval> times(Interval now, Interval before) {
  return now.low > 0 ? quotient(now, before) : std::nullopt;
}

std::optional<Interval> growth_times(Interval now, Interval before) {
  const auto ratio = times(now, before);
  return ratio ? std::optional(difference(*ratio, {1, 1})) : std::nullopt;
}

std::optional<Interval> growth_percent(Interval now, Interval before) {
  const auto growth = growth_times(now, before);
  return growth ? std::optional(scaled(*growth, 100)) : std::nullopt;
}

std::span<const Formula> formulas(const Fact& growth) {
  static constexpr std::array<Formula, 1> kPercent = {growth_percent};
  static constexpr std::array<Formula, 2> kTimes = {growth_times, times};
  if (growth.unit == "%") return kPercent;
  return kTimes;
}

bool is_growth(const Fact& f) {
  const bool basis = f.basis == Basis::yoy || f.basis == Basis::qoq || f.basis == Basis::mom;
  return basis && (f.unit == "%" || f.unit == "x") && f.status == Status::actual;
}

// The power of ten by which the level must be moved to agree, else 0.
int slip(const Evidence& e, const Conflict& c) {
  const auto stated = allowed(e.fact(c.claim));
  const auto now = allowed(e.fact(c.left));
  const auto before = allowed(e.fact(c.right));
  if (!stated || !now || !before) return 0;
  for (const int power : std::array{1, -1, 2, -2, 3, -3, 4, -4}) {
    const auto moved = formulas(e.fact(c.claim)).front()(scaled(*now, power_of_ten(power)), *before);
    if (moved && moved->meets(*stated)) return power;
  }
  return 0;
}

Finding report(const Evidence& e, const Conflict& c) {
  const Fact& growth = e.fact(c.claim);
  const int decimals = std::max(growth.decimals, 1);
  Finding f;
  f.check = "growth";
  f.severity = c.severity;
  f.at = growth.figure;
  f.stated = value_text(growth);
  f.computed_low = bound(c.computed.low, decimals);
  f.computed_high = bound(c.computed.high, decimals);
  f.message_en = fmt::format("{}: {} growth stated as {}, but from {} to {} is {}", measure_en(growth),
                             name(growth.basis), stated_en(growth), cited_en(e, c.right), cited_en(e, c.left),
                             range_en(f.computed_low, f.computed_high, growth.unit));
  constexpr std::array<const char*, 3> kBasisZh = {"同比", "环比", "月环比"};
  const size_t basis = static_cast<size_t>(growth.basis) - static_cast<size_t>(Basis::yoy);
  f.message_zh =
      fmt::format("{}：{}变动写作 {}，但由 {}至 {}为 {}", measure_zh(growth), kBasisZh[basis], stated_zh(growth),
                  cited_zh(e, c.right), cited_zh(e, c.left), range_zh(f.computed_low, f.computed_high, growth.unit));
  f.facts = {c.claim, c.left, c.right};
  return f;
}

}  // namespace

std::vector<GrowthConflict> growth_conflicts(const Evidence& e) {
  std::vector<GrowthConflict> all;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const Fact& growth = e.fact(i);
    if (!is_growth(growth)) continue;
    const Scope& scope = e.scope(i);
    auto found = conflict(e, i, e.levels(scope, growth.period),
                          e.levels(scope, comparative(growth.period, growth.basis)), formulas(growth), named_as_claim);
    if (!found) continue;
    temper_change(e, *found);
    all.push_back({*found, slip(e, *found)});
  }
  return all;
}

void check_growth(const Evidence& e, Findings& findings) {
  for (const GrowthConflict& found : growth_conflicts(e)) {
    if (found.power == 0) findings.push_back(report(e, found.conflict));
  }
}

}  // namespace jiyao
