// A growth against the level beside it and the level that another document
// reported a year (a quarter, a month) before:
//
//   2023 annual call   收入 76.9 億元
//   2024 annual call   收入 86.4 億元，同比增長 21.4%      86.4 / 76.9 - 1 → 12.2% to 12.5%
//
// The level before may have been restated since, so this is suspicious at most.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "pipeline/check/collation.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

bool is_level(const Collation& all, Place at) { return is_sound(all, at) && all.fact(at).basis == Basis::level; }

bool is_growth(const Collation& all, Place at) {
  const StatedFact& f = all.fact(at);
  const bool basis = f.basis == Basis::yoy || f.basis == Basis::qoq || f.basis == Basis::mom;
  return basis && is_sound(all, at) && f.exact;
}

using Levels = std::span<const Entry>;

// All levels, to look them up by what they are of.
class Index {
 public:
  explicit Index(std::vector<Entry> entries) : entries_(std::move(entries)) {}

  Levels of(const Thing& thing) const {
    const auto [begin, end] = std::equal_range(entries_.begin(), entries_.end(), Entry{thing, {}},
                                               [](const Entry& a, const Entry& b) { return a.thing < b.thing; });
    return {begin, end};
  }

 private:
  std::vector<Entry> entries_;
};

struct Operands {
  Place growth, now, before;
};

std::optional<Interval> growth_of(Interval now, Interval before, bool percent) {
  if (!(now.low > 0)) return std::nullopt;
  const auto ratio = quotient(now, before);
  if (!ratio) return std::nullopt;
  const Interval growth = difference(*ratio, {1, 1});
  return percent ? scaled(growth, 100) : growth;
}

// 增長 2.4 倍 may mean 增至 2.4 倍.
bool agrees(const Collation& all, const Operands& o, bool percent) {
  const Interval stated = all.allowed_at(o.growth);
  const auto growth = growth_of(all.allowed_at(o.now), all.allowed_at(o.before), percent);
  if (!growth || growth->meets(stated)) return true;
  return !percent && difference(*growth, {-1, -1}).meets(stated);
}

FindingRow report(const Collation& all, const Operands& o, bool percent) {
  const Fact growth = all.worded(o.growth);
  FindingRow row = finding_at(all, "growth_across", Severity::suspicious, o.growth, {o.now, o.before});
  const auto now = printed(all.worded(o.now));
  const auto before = printed(all.worded(o.before));
  const auto computed = now && before ? growth_of(*now, *before, percent) : std::nullopt;
  const int decimals = std::max(growth.decimals, 1);
  row.computed_low = computed ? bound(computed->low, decimals) : "";
  row.computed_high = computed ? bound(computed->high, decimals) : "";
  row.message_en =
      fmt::format("{}: {} growth stated as {}, but from {}, reported then, to {} is {}", measure_en(growth),
                  name(growth.basis), written(all, o.growth), cited_in_en(all, o.before), cited_in_en(all, o.now),
                  range_en(row.computed_low, row.computed_high, growth.unit));
  row.message_zh = fmt::format("{}：变动写作 {}，但由当时披露的 {}至 {}为 {}", measure_zh(growth),
                               written(all, o.growth), cited_in_zh(all, o.before), cited_in_zh(all, o.now),
                               range_zh(row.computed_low, row.computed_high, growth.unit));
  return row;
}

class Comparer {
 public:
  Comparer(const Collation& all, const std::vector<bool>& set_aside)
      : all_(all), set_aside_(set_aside), levels_(side_by_side(all, set_aside, is_level)) {}

  std::vector<FindingRow> run() {
    for (uint32_t d = 0; d < all_.size(); ++d) {
      if (set_aside_[d]) continue;
      for (uint32_t i = 0; i < all_.document(d).facts.size(); ++i) {
        if (is_growth(all_, {d, i})) compare({d, i});
      }
    }
    return std::move(found_);
  }

 private:
  // The one level of the growth's own line, not far from it.
  void compare(Place growth) {
    constexpr uint32_t kNear = 50;  // facts
    const auto& facts = all_.document(growth.document).facts;
    const auto last = static_cast<uint32_t>(std::min<size_t>(facts.size(), size_t{growth.fact} + kNear));
    std::optional<Place> now;
    for (uint32_t i = growth.fact - std::min(growth.fact, kNear); i < last; ++i) {
      const Place at = {growth.document, i};
      if (facts[i].line != all_.fact(growth).line || !facts[i].exact || !is_level(all_, at)) continue;
      if (!is_level_of(at, growth)) continue;
      if (now) return;
      now = at;
    }
    if (now) compare(growth, *now);
  }

  bool is_level_of(Place level, Place growth) const {
    Thing thing = all_.thing(growth);
    const Thing of = all_.thing(level);
    thing.basis = of.basis;
    thing.unit = of.unit;
    return thing == of;
  }

  void compare(Place growth, Place now) {
    const Fact claim = all_.worded(growth);
    if (claim.unit != "%" && claim.unit != "x") return;
    if (all_.worded(now).unit == "%") return;
    Thing thing = all_.thing(now);
    const Period before = comparative(all_.period(now), claim.basis);
    if (before.empty()) return;
    thing.dates = Dates(before);
    const Levels levels = levels_.of(thing);
    std::optional<Operands> disagreeing;
    for (const Entry& level : levels) {
      // What this document says of the level before is compared within it.
      if (level.at.document == growth.document) return;
      const Operands operands = {growth, now, level.at};
      if (agrees(all_, operands, claim.unit == "%")) return;
      if (!disagreeing && all_.reports(level.at) && all_.fact(level.at).exact) disagreeing = operands;
    }
    if (disagreeing) found_.push_back(report(all_, *disagreeing, claim.unit == "%"));
  }

  const Collation& all_;
  const std::vector<bool>& set_aside_;
  const Index levels_;
  std::vector<FindingRow> found_;
};

}  // namespace

std::vector<FindingRow> compare_growths(const Collation& all, const std::vector<bool>& set_aside) {
  return Comparer(all, set_aside).run();
}

}  // namespace jiyao
