#include "pipeline/check/sums.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "pipeline/check/slip.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

constexpr size_t kMostParts = 40;

// What the parts of one enumeration have in common.
struct Group {
  uint32_t metric = 0;
  uint32_t company = 0;
  Dates dates;
  std::string_view unit;
  uint32_t list = 0;  // Evidence::list
  friend auto operator<=>(const Group&, const Group&) = default;
  friend bool operator==(const Group&, const Group&) = default;
};

struct Member {
  Group group;
  uint32_t fact;
  friend auto operator<=>(const Member&, const Member&) = default;
};

bool is_rate(std::string_view unit) { return unit == "%" || unit == "pp" || unit == "bp" || unit == "x"; }

class Sums {
 public:
  Sums(const Evidence& e, std::vector<Comparison>& into) : e_(e), rule_(e.known().rule("sum")), into_(into) {}

  void run(Basis basis) {
    std::vector<Member> members;
    for (uint32_t i = 0; i < e_.facts().size(); ++i)
      if (is_part(i, basis)) members.push_back({group_of(i), i});
    std::sort(members.begin(), members.end());
    for (size_t begin = 0, end = 0; begin < members.size(); begin = end) {
      std::vector<uint32_t> parts;
      for (; end < members.size() && members[end].group == members[begin].group; ++end)
        parts.push_back(members[end].fact);
      if (parts.size() < 2) continue;
      if (basis == Basis::share)
        shares(parts);
      else
        enumeration(parts, basis);
    }
  }

  // 門店412間，其中香港138間、內地241間、澳門33間: a total and what follows it in its
  // sentence in the same unit (or stands before 合計), whatever each is called.
  void rows() {
    for (uint32_t i = 0; i < e_.facts().size(); ++i)
      if (in_row(i, i)) row_of(i);
  }

 private:
  bool in_row(uint32_t total, uint32_t i) const {
    const Fact& f = e_.fact(i);
    const Fact& of = e_.fact(total);
    return f.basis == Basis::level && f.value && !f.value->is_negative() && !f.period.empty() && !is_rate(f.unit) &&
           !is_open(f.qualifier) && e_.is_level(i) && f.unit == of.unit && f.status == of.status &&
           Dates(f.period) == Dates(of.period) && e_.scope(i).metric == e_.scope(total).metric &&
           e_.scope(i).company == e_.scope(total).company;
  }

  void row_of(uint32_t total) {
    constexpr size_t kMostInRow = 8;
    if (e_.in_table(total)) return;
    std::vector<uint32_t> parts;
    const auto add = [&](uint32_t i) {
      if (in_row(total, i) && parts.size() < kMostInRow) parts.push_back(i);
    };
    const bool behind = stands_behind(total);
    for (uint32_t i = total; behind && i-- > 0 && e_.same_sentence(i, total);) add(i);
    for (uint32_t i = total + 1; !behind && i < e_.facts().size() && e_.same_sentence(i, total); ++i) add(i);
    if (parts.size() < 2 || !(behind || divides(total, parts))) return;
    const Comparison c{&rule_, nullptr, total, {}, false, {}, false, false};
    for (size_t n = parts.size(); n >= 2; --n)
      if (try_row(c, {parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(n)}, false)) return;
    try_row(c, parts, true);
  }

  // 自有船86艘、租入船54艘，合計140艘
  bool stands_behind(uint32_t total) const {
    constexpr uint32_t kNear = 12;  // bytes
    const uint32_t end = e_.fact(total).figure.begin;
    return has_any(cut_out(e_.document().folded.text, {end - std::min(end, kNear), end}), e_.known().words("complete"));
  }

  bool divides(uint32_t total, const std::vector<uint32_t>& parts) const {
    constexpr uint32_t kLongestLead = 60;  // bytes
    const Span lead = {e_.fact(total).figure.end, e_.fact(parts.front()).figure.begin};
    return lead.size() <= kLongestLead && !nested(parts) &&
           has_any(cut_out(e_.document().folded.text, lead), e_.known().words("divides"));
  }

  // Of one digit: 4 個 and 1 個 make too much fit.
  bool has_small_numbers(uint32_t total, const std::vector<uint32_t>& parts) const {
    const auto small = [&](uint32_t i) { return std::abs(e_.fact(i).value->coefficient()) < 10; };
    return small(total) || std::count_if(parts.begin(), parts.end(), small) > 1;
  }

  bool try_row(Comparison c, const std::vector<uint32_t>& parts, bool convict) {
    c.operands = choices(parts);
    const auto stated = allowed(e_.fact(c.claim));
    const auto wide = value(c, &Choice::allowed);
    const auto narrow = value(c, &Choice::printed);
    if (!stated || !wide || !narrow) return false;
    c.agrees = wide->meets(*stated);
    c.computed = *narrow;
    c.tentative = !c.agrees;
    const bool repeated =
        std::any_of(c.operands.begin(), c.operands.end(), [&](const Choice& o) { return o.allowed.meets(*stated); });
    if (!c.agrees && (!convict || repeated || !explained(c) || has_small_numbers(c.claim, parts))) return false;
    into_.push_back(std::move(c));
    return true;
  }

  bool is_part(uint32_t i, Basis basis) const {
    const Fact& f = e_.fact(i);
    if (f.basis != basis || !f.value || f.value->is_negative() || f.period.empty()) return false;
    if (basis == Basis::share) return f.unit == "%" && f.qualifier == Qualifier::none;
    return !e_.is_whole(i) && !is_rate(f.unit) && f.metric != "other" && e_.is_level(i);
  }

  Group group_of(uint32_t i) const {
    const Fact& f = e_.fact(i);
    return {e_.scope(i).metric, e_.scope(i).company, Dates(f.period), f.unit, e_.list(i)};
  }

  // Shares of a sentence, a list or a table in a row: every stretch that makes 100%, and what is left between.
  void shares(const std::vector<uint32_t>& parts) {
    for (size_t begin = 0, end = 0; begin < parts.size(); begin = end) {
      while (end < parts.size() && (e_.in_list(parts[begin]) || e_.same_sentence(parts[begin], parts[end]))) ++end;
      std::vector<uint32_t> left;
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

  // One past the stretch from `begin` on that makes 100%; `begin` if there is none.
  size_t stretch_of_hundred(const std::vector<uint32_t>& parts, size_t begin, size_t end) {
    for (size_t next = begin + 2; next <= std::min(end, begin + kMostParts); ++next) {
      const std::vector<uint32_t> stretch(parts.begin() + static_cast<std::ptrdiff_t>(begin),
                                          parts.begin() + static_cast<std::ptrdiff_t>(next));
      if (of_one_base(stretch) && compare(stretch, Basis::share, false)) return next;
    }
    return begin;
  }

  void remaining(std::vector<uint32_t>& left) {
    if (left.size() >= 2 && left.size() <= kMostParts && of_one_base(left)) compare(left, Basis::share, true);
    left.clear();
  }

  bool of_one_base(const std::vector<uint32_t>& parts) const {
    std::string_view base;
    for (const uint32_t i : parts) {
      const std::string& its = e_.fact(i).base;
      if (!base.empty() && !its.empty() && its != base) return false;
      if (!its.empty()) base = its;
    }
    return true;
  }

  // By sentences first, for a paragraph may hold several enumerations.
  void enumeration(const std::vector<uint32_t>& parts, Basis basis) {
    bool told = false;
    for (size_t begin = 0, end = 0; begin < parts.size(); begin = end) {
      std::vector<uint32_t> one;
      for (; end < parts.size() && e_.same_sentence(parts[begin], parts[end]); ++end) one.push_back(parts[end]);
      if (one.size() >= 2) told |= one.size() == parts.size() ? try_all(one, basis) : agrees(one, basis);
    }
    if (!told && !e_.same_sentence(parts.front(), parts.back()))
      stand_alike(parts) ? try_all(parts, basis) : agrees(parts, basis);
  }

  // All in one paragraph or table, or each in an item of its own.
  bool stand_alike(const std::vector<uint32_t>& parts) const {
    if (e_.same_paragraph(parts.front(), parts.back())) return true;
    for (size_t i = 1; i < parts.size(); ++i)
      if (e_.same_paragraph(parts[i - 1], parts[i])) return false;
    return true;
  }

  bool agrees(const std::vector<uint32_t>& parts, Basis basis) {
    return distinct(parts) && compare(parts, basis, false);
  }
  bool try_all(const std::vector<uint32_t>& parts, Basis basis) {
    return distinct(parts) && compare(parts, basis, true);
  }

  // Different segments, or (of shares) different subjects.
  bool distinct(const std::vector<uint32_t>& parts) const {
    if (parts.size() > kMostParts) return false;
    std::vector<std::pair<uint32_t, uint32_t>> names;
    names.reserve(parts.size());
    for (const uint32_t i : parts)
      names.emplace_back(e_.scope(i).segment, e_.fact(i).segment.empty() ? e_.subject(i) : 0);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) == names.end();
  }

  bool compare(const std::vector<uint32_t>& parts, Basis basis, bool all) {
    Comparison best{&rule_, nullptr, parts.back(), {}, false, {}, false, false};
    best.rest_of_hundred = basis == Basis::share;
    if (basis == Basis::share) return settle(best, choices({parts.begin(), parts.end() - 1}), parts, all);
    const auto operands = choices(parts);
    const auto totals = totals_of(parts.front());
    for (const uint32_t total : totals) {
      best.claim = total;
      if (settle(best, operands, parts, false)) return true;
    }
    if (!all || totals.empty()) return false;
    best.claim = totals.front();
    return settle(best, operands, parts, true);
  }

  // Every different value of the whole that the part may belong to.
  std::vector<uint32_t> totals_of(uint32_t part) const {
    const Fact& f = e_.fact(part);
    std::vector<uint32_t> all;
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

  std::vector<Choice> choices(const std::vector<uint32_t>& parts) const {
    std::vector<Choice> all;
    for (const uint32_t i : parts) {
      const auto range = printed(e_.fact(i));
      const auto wide = allowed(e_.fact(i));
      if (range && wide) all.push_back({*range, *wide, i, e_.fact(i).unit, false, nullptr});
    }
    return all;
  }

  // Adds the comparison if it agrees or, where asked, if it fails and may be held
  // against the author; true if it was added.
  bool settle(Comparison c, const std::vector<Choice>& operands, const std::vector<uint32_t>& parts, bool convict) {
    const Fact& claim = e_.fact(c.claim);
    c.operands = operands;
    const auto stated = allowed(claim);
    const auto wide = value(c, &Choice::allowed);
    const auto narrow = value(c, &Choice::printed);
    if (!stated || !wide || !narrow) return false;
    c.agrees = wide->meets(*stated);
    c.computed = *narrow;
    if (!c.agrees) {
      if (!convict || nested(parts)) return false;
      const bool too_much = c.rest_of_hundred ? stated->low > wide->high : wide->low > stated->high;
      const bool shown = complete(parts) || (too_much && leave_no_third(parts));
      c.tentative = !shown;
      if (!shown && (parts.size() < 3 || !explained(c))) return false;
    }
    into_.push_back(std::move(c));
    return true;
  }

  std::optional<Interval> value(const Comparison& c, Interval Choice::*of) const {
    std::vector<Interval> values;
    for (const Choice& choice : c.operands) values.push_back(choice.*of);
    return jiyao::compute(c, e_.fact(c.claim), values);
  }

  Span stretch(const std::vector<uint32_t>& parts) const {
    return {e_.sentence_span(parts.front()).begin, e_.sentence_span(parts.back()).end};
  }

  // 其中 between two parts: the second may be a part of the first.
  bool nested(const std::vector<uint32_t>& parts) const {
    const Span between = {e_.fact(parts.front()).figure.end, e_.fact(parts.back()).figure.begin};
    return has_any(cut_out(e_.document().folded.text, between), e_.known().words("nested"));
  }

  bool complete(const std::vector<uint32_t>& parts) const {
    const Fact& first = e_.fact(parts.front());
    if (first.metric == "other") return false;
    if (first.basis == Basis::level && e_.same_sentence(parts.front(), parts.back()) &&
        has_any(cut_out(e_.document().folded.text, stretch(parts)), e_.known().words("complete")))
      return true;
    const Span before_last = {e_.fact(parts[parts.size() - 2]).figure.end, e_.fact(parts.back()).figure.begin};
    return parts.size() > 2 && has_any(cut_out(e_.document().folded.text, before_last), e_.known().words("rest")) &&
           !leave_one_out(parts);
  }

  // A segment is spoken of between them that is none of them: 碳酸 30.7%；飲用水 9.4 億元；其他 7.4%.
  bool leave_one_out(const std::vector<uint32_t>& parts) const {
    const Scope& scope = e_.scope(parts.front());
    for (uint32_t i = parts.front(); i < parts.back(); ++i) {
      const bool other = std::none_of(parts.begin(), parts.end(),
                                      [&](uint32_t part) { return e_.scope(part).segment == e_.scope(i).segment; });
      if (other && !e_.fact(i).segment.empty() && e_.is_level(i) && e_.scope(i).metric == scope.metric &&
          e_.fact(i).period == e_.fact(parts.front()).period)
        return true;
    }
    return false;
  }

  // 線上 and 線下: one of each pair of halves. Beside them there may still be 其他.
  bool leave_no_third(const std::vector<uint32_t>& parts) const {
    if (parts.size() != 2) return false;
    const Fact& a = e_.fact(parts.front());
    const Fact& b = e_.fact(parts.back());
    const auto& halves = e_.known().words("halves");
    const auto is = [](const Fact& f, const std::string& word) {
      return f.segment.find(word) != std::string::npos ||
             (f.segment.empty() && f.subject.find(word) != std::string::npos);
    };
    for (size_t i = 0; i + 1 < halves.size(); i += 2) {
      if ((is(a, halves[i]) && is(b, halves[i + 1])) || (is(a, halves[i + 1]) && is(b, halves[i]))) return true;
    }
    return false;
  }

  // A moved decimal point or two digits swapped, in the claim or in one part; of three
  // parts and more that are all of three digits, one wrong digit too.
  bool explained(const Comparison& c) const {
    const Fact& claim = e_.fact(c.claim);
    const auto stated = allowed(claim);
    const auto total = value(c, &Choice::allowed);
    const auto is_long = [&](uint32_t i) { return std::abs(e_.fact(i).value->coefficient()) >= 100; };
    const bool long_numbers =
        claim.value && is_long(c.claim) && c.operands.size() >= 3 &&
        std::all_of(c.operands.begin(), c.operands.end(), [&](const Choice& o) { return is_long(o.fact); });
    const auto typed = [&](const std::optional<Slip>& slip) {
      return slip && (slip->is_typing() || (slip->kind == Slip::Kind::digit && long_numbers));
    };
    if (!stated || !total) return false;
    if (typed(find_slip(claim, [&](Interval v) { return v.meets(*total); }))) return true;
    std::vector<Interval> values;
    for (const Choice& choice : c.operands) values.push_back(choice.allowed);
    for (size_t k = 0; k < values.size(); ++k) {
      const Interval was = values[k];
      const auto fits = [&](Interval v) {
        values[k] = v;
        const auto sum = jiyao::compute(c, claim, values);
        return sum && sum->meets(*stated);
      };
      const auto slip = find_slip(e_.fact(c.operands[k].fact), fits);
      values[k] = was;
      if (typed(slip)) return true;
    }
    return false;
  }

  const Evidence& e_;
  const CheckRule& rule_;
  std::vector<Comparison>& into_;
};

}  // namespace

void compare_sums(const Evidence& evidence, std::vector<Comparison>& comparisons) {
  if (evidence.known().rule("sum").id.empty()) return;
  Sums sums(evidence, comparisons);
  sums.run(Basis::level);
  sums.run(Basis::share);
  sums.rows();
}

}  // namespace jiyao
