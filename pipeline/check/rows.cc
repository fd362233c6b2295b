// 門店412間，其中香港138間、內地241間、澳門33間: a total and what follows it in its
// sentence in the same unit (or stands before 合計), whatever each is called.
#include <algorithm>
#include <cstdlib>

#include "pipeline/check/parts.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

class Rows {
 public:
  Rows(const Evidence& e, std::vector<Comparison>& into) : e_(e), rule_(e.known().rule("sum")), into_(into) {}

  void run(uint32_t total) {
    constexpr size_t kMostInRow = 8;
    if (!in_row(total, total) || e_.in_table(total)) return;
    Parts parts;
    const auto add = [&](uint32_t i) {
      if (in_row(total, i) && parts.size() < kMostInRow) parts.push_back(i);
    };
    const bool behind = stands_behind(total);
    for (uint32_t i = total; behind && i-- > 0 && e_.same_sentence(i, total);) add(i);
    for (uint32_t i = total + 1; !behind && i < e_.facts().size() && e_.same_sentence(i, total); ++i) add(i);
    if (parts.size() < 2 || !(behind || divides(total, parts))) return;
    if (!behind) end_row(parts);
    if (parts.size() < 2) return;
    for (size_t n = parts.size(); n >= 2; --n)
      if (try_row(total, {parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(n)}, false)) return;
    try_row(total, parts, true);
  }

 private:
  bool in_row(uint32_t total, uint32_t i) const {
    const Fact& f = e_.fact(i);
    const Fact& of = e_.fact(total);
    return f.basis == Basis::level && f.value && !f.value->is_negative() && !f.period.empty() && is_amount(f.unit) &&
           !is_open(f.qualifier) && e_.is_level(i) && f.unit == of.unit && f.status == of.status &&
           Dates(f.period) == Dates(of.period) && e_.scope(i).metric == e_.scope(total).metric &&
           e_.scope(i).company == e_.scope(total).company;
  }

  // 其中直營173家、加盟313家；年初為412家: what stands behind the mark is no part.
  void end_row(Parts& parts) const {
    const auto ends = [&](uint32_t a, uint32_t b) {
      const Span between = {e_.fact(a).figure.end, e_.fact(b).figure.begin};
      return has_any(cut_out(e_.document().folded.text, between), e_.known().words("row_end"));
    };
    const auto last = std::adjacent_find(parts.begin(), parts.end(), ends);
    if (last != parts.end()) parts.erase(last + 1, parts.end());
  }

  // 自有船86艘、租入船54艘，合計140艘
  bool stands_behind(uint32_t total) const {
    constexpr uint32_t kShort = 12;  // bytes
    const uint32_t end = e_.fact(total).figure.begin;
    return has_any(cut_out(e_.document().folded.text, {end - std::min(end, kShort), end}),
                   e_.known().words("complete"));
  }

  bool divides(uint32_t total, const Parts& parts) const {
    constexpr uint32_t kLongestLead = 60;  // bytes
    const Span lead = {e_.fact(total).figure.end, e_.fact(parts.front()).figure.begin};
    return lead.size() <= kLongestLead && !nested(e_, parts) &&
           has_any(cut_out(e_.document().folded.text, lead), e_.known().words("divides"));
  }

  // Of one digit: 4 個 and 1 個 make too much fit.
  bool has_small_numbers(uint32_t total, const Parts& parts) const {
    const auto small = [&](uint32_t i) { return std::abs(e_.fact(i).value->coefficient()) < 10; };
    return small(total) || std::count_if(parts.begin(), parts.end(), small) > 1;
  }

  bool try_row(uint32_t total, const Parts& parts, bool convict) {
    auto c = total_against(e_, rule_, total, parts);
    if (!c) return false;
    c->tentative = !c->agrees;
    const Interval stated = *allowed(e_.fact(total));
    const bool repeated =
        std::any_of(c->operands.begin(), c->operands.end(), [&](const Choice& o) { return o.allowed.meets(stated); });
    if (!c->agrees && (!convict || repeated || !explained_by_hand(e_, *c) || has_small_numbers(total, parts)))
      return false;
    into_.push_back(std::move(*c));
    return true;
  }

  const Evidence& e_;
  const CheckRule& rule_;
  std::vector<Comparison>& into_;
};

}  // namespace

void compare_rows(const Evidence& evidence, std::vector<Comparison>& comparisons) {
  Rows rows(evidence, comparisons);
  for (uint32_t i = 0; i < evidence.facts().size(); ++i) rows.run(i);
}

}  // namespace jiyao
