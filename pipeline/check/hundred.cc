// Shares of one base in a row, against 100%: 線上佔 64.2%，線下佔 35.8%
#include <algorithm>
#include <string_view>
#include <utility>

#include "pipeline/check/parts.h"

namespace jiyao {
namespace {

class Shares {
 public:
  Shares(const Evidence& e, std::vector<Comparison>& into) : e_(e), rule_(e.known().rule("sum")), into_(into) {}

  // Shares of a sentence, a list or a table in a row: every stretch that makes 100%, and what is left between.
  void run(Parts parts) {
    std::erase_if(parts, [&](uint32_t i) { return *e_.fact(i).value == Decimal(100); });  // the total of a table
    for (size_t begin = 0, end = 0; begin < parts.size(); begin = end) {
      while (end < parts.size() && (e_.in_list(parts[begin]) || e_.same_sentence(parts[begin], parts[end]))) ++end;
      Parts left;
      for (size_t i = begin; i < end;) {
        const size_t whole = stretch_of_hundred(parts, i, end);
        if (whole == i) {
          left.push_back(parts[i++]);
          continue;
        }
        remaining(left);
        i = whole;
      }
      remaining(left);
    }
  }

 private:
  // One past the stretch from `begin` on that makes 100%; `begin` if there is none. 52%、27%、18%、13%: three that only
  // cut digits bring near it are none where a single one is left.
  size_t stretch_of_hundred(const Parts& parts, size_t begin, size_t end) {
    for (size_t next = begin + 2; next <= std::min(end, begin + kMostParts); ++next) {
      const Parts stretch(parts.begin() + static_cast<std::ptrdiff_t>(begin),
                          parts.begin() + static_cast<std::ptrdiff_t>(next));
      if (of_one_base(stretch) && add(stretch, false, next + 1 == end)) return next;
    }
    return begin;
  }

  void remaining(Parts& left) {
    if (left.size() >= 2 && left.size() <= kMostParts && of_one_base(left)) add(left, true, false);
    left.clear();
  }

  bool of_one_base(const Parts& parts) const {
    std::string_view base;
    for (const uint32_t i : parts) {
      const std::string& its = e_.fact(i).base;
      if (!base.empty() && !its.empty() && its != base) return false;
      if (!its.empty()) base = its;
    }
    return true;
  }

  // The last against what the others leave, strictly by the digits as printed; true if it was added.
  bool add(const Parts& parts, bool convict, bool strictly) {
    Comparison c;
    c.rule = &rule_;
    c.claim = parts.back();
    c.rest_of_hundred = true;
    c.operands = choices_among(e_, {parts.begin(), parts.end() - 1}, c.claim);
    const auto stated = allowed(e_.fact(c.claim));
    const auto wide = sum_of(e_, c, &Choice::allowed);
    const auto narrow = sum_of(e_, c, &Choice::printed);
    if (!stated || !wide || !narrow) return false;
    const auto exact = printed(e_.fact(c.claim));
    c.agrees = strictly ? exact && narrow->meets(*exact) : wide->meets(*stated);
    c.computed = *narrow;
    if (!c.agrees && !(convict && holds_against(parts, stated->low > wide->high, c))) return false;
    into_.push_back(std::move(c));
    return true;
  }

  // More than all of it: three and more of different names in one sentence can hardly overlap.
  bool holds_against(const Parts& parts, bool too_much, Comparison& c) const {
    if (nested(e_, parts)) return false;
    if (said_complete(e_, parts) || (too_much && leave_no_third(e_, parts))) return true;
    if (parts.size() < 3) return false;
    c.likely = too_much && e_.metric(c.claim) != "other" && distinct(e_, parts) &&
               e_.same_sentence(parts.front(), parts.back());
    c.tentative = !c.likely;
    return c.likely || explained_by_hand(e_, c);
  }

  const Evidence& e_;
  const CheckRule& rule_;
  std::vector<Comparison>& into_;
};

}  // namespace

void compare_shares(const Evidence& evidence, std::vector<Comparison>& comparisons) {
  Shares shares(evidence, comparisons);
  for (Parts& parts : part_groups(evidence, Basis::share)) shares.run(std::move(parts));
}

}  // namespace jiyao
