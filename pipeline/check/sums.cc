#include "pipeline/check/sums.h"

#include "pipeline/check/parts.h"

namespace jiyao {
namespace {

// Levels of segments, against the level without a segment.
class Segments {
 public:
  Segments(const Evidence& e, std::vector<Comparison>& into) : e_(e), rule_(e.known().rule("sum")), into_(into) {}

  // By sentences first, for a paragraph may hold several enumerations.
  void run(const Parts& parts) {
    bool told = false;
    for (size_t begin = 0, end = 0; begin < parts.size(); begin = end) {
      Parts one;
      for (; end < parts.size() && e_.same_sentence(parts[begin], parts[end]); ++end) one.push_back(parts[end]);
      if (one.size() >= 2) told |= compare(one, one.size() == parts.size() || said_complete(e_, one));
    }
    if (!told && !e_.same_sentence(parts.front(), parts.back())) compare(parts, stand_alike(parts));
  }

 private:
  // All in one paragraph or table, or each in an item of its own.
  bool stand_alike(const Parts& parts) const {
    if (e_.same_paragraph(parts.front(), parts.back())) return true;
    for (size_t i = 1; i < parts.size(); ++i)
      if (e_.same_paragraph(parts[i - 1], parts[i])) return false;
    return true;
  }

  bool compare(const Parts& parts, bool convict) {
    if (!distinct(e_, parts)) return false;
    const Parts totals = totals_of(parts.front());
    for (const uint32_t total : totals)
      if (add(total, parts, false)) return true;
    return convict && !totals.empty() && add(totals.front(), parts, true);
  }

  // Every different value of the whole that the part may belong to.
  Parts totals_of(uint32_t part) const {
    const Fact& f = e_.fact(part);
    Parts all;
    if (!e_.one_value(part)) {
      for (const uint32_t i : e_.totals(part))
        if (Dates(e_.fact(i).period) == Dates(f.period) && e_.fact(i).unit == f.unit && e_.fact(i).value)
          all.push_back(i);
      return all;
    }
    for (const auto& levels : e_.levels(e_.scope_like(part, f.metric, ""), f.period)) {
      if (levels.unit != f.unit) continue;
      for (const Level& level : levels.values) all.push_back(e_.nearest(level, part));
    }
    return all;
  }

  // Adds the comparison if it agrees or, where asked, if it fails and may be held
  // against the author; true if it was added.
  bool add(uint32_t total, const Parts& parts, bool convict) {
    auto c = total_against(e_, rule_, total, parts);
    if (!c) return false;
    if (!c->agrees) {
      if (!convict || nested(e_, parts)) return false;
      const bool too_much = sum_of(e_, *c, &Choice::allowed)->low > allowed(e_.fact(total))->high;
      c->tentative =
          !said_complete(e_, parts) && !totalled(e_, parts, total) && !(too_much && leave_no_third(e_, parts));
      if (c->tentative && (parts.size() < 3 || !explained_by_hand(e_, *c))) return false;
    }
    into_.push_back(std::move(*c));
    return true;
  }

  const Evidence& e_;
  const CheckRule& rule_;
  std::vector<Comparison>& into_;
};

}  // namespace

void compare_sums(const Evidence& evidence, std::vector<Comparison>& comparisons) {
  if (evidence.known().rule("sum").id.empty()) return;
  Segments segments(evidence, comparisons);
  for (const Parts& parts : part_groups(evidence, Basis::level)) segments.run(parts);
  compare_shares(evidence, comparisons);
  compare_rows(evidence, comparisons);
}

}  // namespace jiyao
