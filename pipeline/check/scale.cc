// A number at the wrong power of ten. Besides what a comparison shows (report.h),
// and two statements of one thing (stated_twice.cc):
//
//   季度收入首次超過 13 億元, but it was 121 億元 a year before           contradiction
//   1210 億元 after 121 億元, and no word of any growth                   suspicious
//   68 萬元至 72 億元: the ends of one range                               suspicious
//   存貨 2264 元, among figures of hundreds of millions: 億 left out      suspicious
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_set>

#include "pipeline/check/checks.h"
#include "pipeline/check/scale.h"
#include "pipeline/check/wording.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

// The ratio is 10, 100, … times something near one, up or down.
bool near_power_of_ten(Interval a, Interval b) {
  if (a.high < 0 && b.high < 0) return near_power_of_ten(a.negated(), b.negated());
  if (!(a.low > 0) || !(b.low > 0)) return false;
  const long double power = std::log10(a.low / b.low);
  return std::fabs(power) >= 0.9L && std::fabs(power - std::round(power)) <= 0.1L;
}

struct Jump {
  uint32_t now;
  uint32_t before;
};

// Of all values now and a year before, each pair a power of ten apart.
std::optional<Jump> jump_to(const Evidence& e, uint32_t i) {
  const Fact& now = e.fact(i);
  const auto& before = e.levels(e.scope(i), comparative(now.period, Basis::yoy));
  if (before.empty()) return std::nullopt;
  std::optional<Jump> jump;
  for (const auto& here : e.levels(e.scope(i), now.period)) {
    for (const auto& there : before) {
      if (here.unit != now.unit || there.unit != now.unit) continue;
      for (const Level& a : here.values) {
        for (const Level& b : there.values) {
          if (!near_power_of_ten(a.printed, b.printed)) return std::nullopt;
          if (!jump) jump = Jump{i, e.nearest(b, i)};
        }
      }
    }
  }
  return jump;
}

// Measures with a change, of which something is said, that is.
std::unordered_set<Measure, MeasureHash> with_change(const Evidence& e) {
  std::unordered_set<Measure, MeasureHash> found;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    if (e.fact(i).basis != Basis::level) found.insert({e.scope(i), Dates(e.fact(i).period)});
  }
  return found;
}

std::vector<Jump> all_jumps(const Evidence& e) {
  std::vector<Jump> jumps;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const Fact& now = e.fact(i);
    if (now.basis != Basis::level || now.status != Status::actual || !now.value || now.unit == "%" ||
        now.period.empty() || !e.one_value(i))
      continue;
    if (const auto jump = jump_to(e, i)) jumps.push_back(*jump);
  }
  return jumps;
}

// A year's change by a power of ten of which no word is said. Two levels side by
// side in one sentence are the comparison that their author meant to draw.
void from_jumps(const Evidence& e, Findings& findings) {
  const std::vector<Jump> jumps = all_jumps(e);
  if (jumps.empty()) return;
  auto explained = with_change(e);
  for (const auto& [i, earlier] : jumps) {
    const Fact& now = e.fact(i);
    const Fact& before = e.fact(earlier);
    if (!e.same_subject(i, earlier) || e.same_sentence(i, earlier) || !e.anchored(i) || !e.anchored(earlier)) continue;
    if (!explained.insert({e.scope(i), Dates(now.period)}).second) continue;
    Finding f = scale_finding(now, Severity::suspicious, printed(before), before.decimals);
    f.message_en = fmt::format("{}: stated as {}, about a power of ten from {} a year before, and no growth says so",
                               measure_en(now), stated_en(now), cited_en(e, earlier));
    f.message_zh = fmt::format("{}：写作 {}，与上年的 {}相差约为十的整数次方，而文中未提及这一变动", measure_zh(now),
                               stated_zh(now), cited_zh(e, earlier));
    f.facts = {i, earlier};
    findings.push_back(std::move(f));
  }
}

// Ends of a range a thousand times apart: one of them has the other's unit word.
void from_ranges(const Evidence& e, Findings& findings) {
  constexpr double kFar = 1e3;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const Fact& f = e.fact(i);
    if (!f.low || !f.high || f.low->is_zero() || f.low->is_negative() || !is_amount(f.unit)) continue;
    if (f.high->to_double() < f.low->to_double() * kFar) continue;
    Finding out = scale_finding(f, Severity::suspicious, std::nullopt, 0);
    out.message_en =
        fmt::format("{}: a range from {} to {} {}", measure_en(f), f.low->to_string(), f.high->to_string(), f.unit);
    out.message_zh = fmt::format("{}：区间两端相差悬殊：{} 至 {} {}", measure_zh(f), f.low->to_string(),
                                 f.high->to_string(), f.unit);
    out.facts = {i};
    findings.push_back(std::move(out));
  }
}

// 2264 元 as printed, with no 万, 億 or the like. A few yuan are an amount per
// share that was taken for a total.
bool in_single_units(const Evidence& e, const Fact& f) {
  const std::string_view text = e.document().folded.text;
  if (f.figure.end > text.size() || f.figure.begin >= f.figure.end) return false;
  const std::string_view figure = text.substr(f.figure.begin, f.figure.size());
  if (f.decimals > 0 || !figure.ends_with("元")) return false;
  return !has_any(figure, e.known().words("scale_word")) && *f.value >= Decimal(100);
}

bool is_total_in_money(const Evidence& e, uint32_t i) {
  const Fact& f = e.fact(i);
  const auto& per_unit = e.known().words("per_unit");
  return f.basis == Basis::level && f.value && f.unit.size() == 3 && e.one_value(i) &&
         std::find(per_unit.begin(), per_unit.end(), f.metric) == per_unit.end();
}

// A total in single yuan where every other total is ten thousand times as large.
void from_lost_scale(const Evidence& e, Findings& findings) {
  constexpr size_t kEnough = 5;
  constexpr long double kFar = 1e4L;
  std::vector<long double> totals;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const auto range = is_total_in_money(e, i) ? printed(e.fact(i)) : std::nullopt;
    if (range && !in_single_units(e, e.fact(i)))
      totals.push_back(std::max(std::fabs(range->low), std::fabs(range->high)));
  }
  if (totals.size() < kEnough) return;
  const long double smallest = *std::min_element(totals.begin(), totals.end());
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    const Fact& fact = e.fact(i);
    const auto range = is_total_in_money(e, i) && in_single_units(e, fact) ? printed(fact) : std::nullopt;
    if (!range || range->low <= 0 || range->high * kFar > smallest) continue;
    Finding f = scale_finding(fact, Severity::suspicious, std::nullopt, 0);
    f.message_en =
        fmt::format("{}: stated as {}, while the other amounts of the document start at {}: a scale word left out?",
                    measure_en(fact), stated_en(fact), bound(smallest, 0));
    f.message_zh = fmt::format("{}：写作 {}，而文中其他金额均在 {} 以上，疑漏写单位（万、亿）", measure_zh(fact),
                               stated_zh(fact), bound(smallest, 0));
    f.facts = {i};
    findings.push_back(std::move(f));
  }
}

}  // namespace

Finding scale_finding(const Fact& fact, Severity severity, std::optional<Interval> computed, int decimals) {
  Finding f;
  f.check = "scale";
  f.severity = severity;
  f.at = fact.figure;
  f.stated = value_text(fact);
  f.computed_low = computed ? bound(computed->low, decimals + 1) : "";
  f.computed_high = computed ? bound(computed->high, decimals + 1) : "";
  return f;
}

void check_scale(const Evidence& e, Findings& findings) {
  from_first_times(e, findings);
  from_jumps(e, findings);
  from_ranges(e, findings);
  from_lost_scale(e, findings);
}

}  // namespace jiyao
