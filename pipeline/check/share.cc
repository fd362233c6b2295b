// A share against its part and its whole:
//
//   廣告收入 … 137 億元，佔總收入的 63.5%      137 / 256 → 53.2% to 53.8%
//
// The part is the level with the share's own metric, segment and period; the
// whole is what Fact::base names.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pipeline/check/checks.h"
#include "pipeline/check/conflict.h"
#include "pipeline/check/names.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

std::optional<Interval> percent_of(Interval part, Interval whole) {
  // A part that is more than its whole is no part: something else was meant.
  if (part.low < 0 || part.low > whole.high) return std::nullopt;
  const auto ratio = quotient(part, whole);
  return ratio ? std::optional(scaled(*ratio, 100)) : std::nullopt;
}

// The scope that `base` names: by its words, else by the one level fact of that name.
std::optional<Scope> whole_of(const Evidence& e, uint32_t i) {
  const Fact& share = e.fact(i);
  const NamedMeasure named = measure_named(share.base);
  if (!named.metric.empty()) {
    const Scope scope = e.scope_like(i, named.metric, named.segment);
    if (!e.levels(scope, share.period).empty()) return scope;
  }
  const auto& scopes = e.scopes_named(e.base(i));
  return scopes.size() == 1 ? std::optional(scopes.front()) : std::nullopt;
}

constexpr std::array<Formula, 1> kFormula = {percent_of};

Naming naming(const Evidence& e, const Conflict& c) {
  const bool part = e.same_subject(c.claim, c.left);
  const bool whole = e.base(c.claim) == e.subject(c.right);
  return part && whole ? Naming::alike : Naming::apart;
}

Finding report(const Evidence& e, const Conflict& c) {
  const Fact& share = e.fact(c.claim);
  const int decimals = std::max(share.decimals, 1);
  Finding f;
  f.check = "share";
  f.severity = c.severity;
  f.at = share.figure;
  f.stated = value_text(share);
  f.computed_low = bound(c.computed.low, decimals);
  f.computed_high = bound(c.computed.high, decimals);
  f.message_en =
      fmt::format("{}: share of {} stated as {}, but {} / {} gives {}", measure_en(share), share.base, stated_en(share),
                  cited_en(e, c.left), cited_en(e, c.right), range_en(f.computed_low, f.computed_high, "%"));
  f.message_zh = fmt::format("{}：占{}的比例写作 {}，但 {} / {}得 {}", measure_zh(share), share.base, stated_zh(share),
                             cited_zh(e, c.left), cited_zh(e, c.right), range_zh(f.computed_low, f.computed_high, "%"));
  f.facts = {c.claim, c.left, c.right};
  return f;
}

}  // namespace

void check_share(const Evidence& e, Findings& findings) {
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const Fact& share = e.fact(i);
    if (share.basis != Basis::share || share.unit != "%" || share.status != Status::actual || share.base.empty())
      continue;
    const auto& parts = e.levels(e.scope(i), share.period);
    if (parts.empty()) continue;
    const auto whole = whole_of(e, i);
    if (!whole || *whole == e.scope(i)) continue;
    const auto found = conflict(e, i, parts, e.levels(*whole, share.period), kFormula, naming);
    if (found) findings.push_back(report(e, *found));
  }
}

}  // namespace jiyao
