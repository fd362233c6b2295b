#include "pipeline/check/choices.h"

#include <algorithm>

#include "pipeline/check/words.h"

namespace jiyao {
namespace {

void add_levels(const Evidence& e, uint32_t claim, const std::vector<Evidence::Levels>& levels, bool negate,
                Choices& into) {
  for (const auto& of_unit : levels) {
    for (const Level& level : of_unit.values) {
      Choice& choice = into.emplace_back();
      choice.printed = negate ? level.printed.negated() : level.printed;
      choice.allowed = negate ? level.allowed.negated() : level.allowed;
      choice.fact = e.nearest(level, claim);
      choice.unit = of_unit.unit;
      choice.contested = of_unit.contested;
      choice.turned = level.turned != negate;
      choice.all = &level.facts;
    }
  }
}

// What is stated of a scope and period; what is expected where the claim is. Of a
// loss that is stated nowhere, the profit.
void add_stated(const Evidence& e, uint32_t claim, const Scope& scope, const Period& period, Choices& into) {
  const auto levels = [&](const Scope& of) -> const std::vector<Evidence::Levels>& {
    return e.fact(claim).status == Status::actual ? e.levels(of, period) : e.expected(of, period);
  };
  add_levels(e, claim, levels(scope), false, into);
  if (into.empty() && e.is_loss(claim) && scope == e.scope(claim))
    add_levels(e, claim, levels(e.profit_scope(claim)), true, into);
}

// What is expected may rest on what has been: a growth, the dividend proposed.
void add_known(const Evidence& e, uint32_t claim, const Scope& scope, const Period& period, Choices& into) {
  add_stated(e, claim, scope, period, into);
  if (into.empty()) add_levels(e, claim, e.levels(scope, period), false, into);
}

void add_fact(const Evidence& e, uint32_t claim, uint32_t i, Choices& into) {
  const auto range = e.printed(i, claim);
  const auto wide = e.allowed(i, claim);
  if (range && wide) into.push_back({*range, *wide, i, e.fact(i).unit, false, e.turned(i, claim), nullptr});
}

// The scope that the claim's base names: by its words, else by the one level of
// that name, or the one that is of no segment.
std::optional<Scope> whole_of(const Evidence& e, uint32_t i) {
  const Fact& share = e.fact(i);
  if (share.base.empty()) return std::nullopt;
  const NamedMeasure named = e.known().names.measure_named(share.base);
  if (!named.metric.empty()) {
    const Scope scope = e.scope_like(i, named.metric, named.segment);
    if (!e.levels(scope, share.period).empty()) return scope;
  }
  const auto& scopes = e.scopes_named(e.base(i));
  if (scopes.size() == 1) return scopes.front();
  const uint32_t none = e.scope_like(i, share.metric, "").segment;
  const auto is_whole = [&](const Scope& scope) { return scope.segment == none; };
  if (std::count_if(scopes.begin(), scopes.end(), is_whole) != 1) return std::nullopt;
  return *std::find_if(scopes.begin(), scopes.end(), is_whole);
}

// A share whose base is not said, or says no more than 整體, is of the total of
// its own metric.
void add_whole(const Evidence& e, uint32_t claim, Choices& into) {
  const Fact& share = e.fact(claim);
  const auto whole = whole_of(e, claim);
  if (whole && *whole != e.scope(claim)) add_stated(e, claim, *whole, share.period, into);
  if (!into.empty()) return;
  if (e.is_whole(claim) || !e.known().names.is_all(share.base) ||
      !e.known().names.measure_named(share.base).metric.empty())
    return;
  if (e.one_value(claim)) return add_stated(e, claim, e.scope_like(claim, share.metric, ""), share.period, into);
  for (const uint32_t i : e.totals(claim))
    if (Dates(e.fact(i).period) == Dates(share.period)) add_fact(e, claim, i, into);
}

bool of_one_scope(const Evidence& e, uint32_t a, uint32_t b) { return e.scope(a) == e.scope(b) && e.is_level(a); }

// The level before a change: of the comparative period, else (a change against
// what the sentence says) of an earlier period that the sentence itself names.
void add_before(const Evidence& e, uint32_t claim, Choices& into) {
  const Fact& change = e.fact(claim);
  if (change.basis != Basis::change)
    return add_known(e, claim, e.scope(claim), comparative(change.period, change.basis), into);
  for (const uint32_t i : e.beside(claim)) {
    const Period& period = e.fact(i).period;
    if (of_one_scope(e, i, claim) && period.end < change.period.end) add_fact(e, claim, i, into);
  }
}

// Of the company as a whole, whatever the heading: a share is of no segment.
bool is_operand(const Evidence& e, uint32_t claim, const CheckOperand& operand, uint32_t i) {
  const Fact& f = e.fact(i);
  if (i == claim || f.metric != operand.metric || !e.is_level(i)) return false;
  if (!operand.unit.empty() && f.unit != operand.unit) return false;
  return e.scope(i).company == e.scope(claim).company &&
         (operand.subjects.empty() || has_any(f.subject, operand.subjects));
}

// The one value of the operand's metric in the claim's sentence, whatever its
// period; else the one that the document states of the claim's, or at all of
// what is known by its name (總股本).
void add_beside(const Evidence& e, uint32_t claim, const CheckOperand& operand, Choices& into) {
  for (const uint32_t i : e.beside(claim)) {
    if (!is_operand(e, claim, operand, i)) continue;
    if (!into.empty()) return into.clear();
    add_fact(e, claim, i, into);
  }
  if (!into.empty()) return;
  if (operand.subjects.empty())
    return add_known(e, claim, e.scope_like(claim, operand.metric, ""), e.fact(claim).period, into);
  std::vector<uint32_t> known;
  for (const uint32_t i : e.in_shares())
    if (is_operand(e, claim, operand, i)) known.push_back(i);
  // Beside what each holder has, the total of them.
  if (known.size() > 1) std::erase_if(known, [&](uint32_t i) { return !e.is_whole(i); });
  if (known.size() == 1) add_fact(e, claim, known.front(), into);
}

// 一共是14亿四千万 | 差不多占上半年利润的24.5%: speech in lines without marks goes on in the next.
bool goes_on(const Evidence& e, uint32_t before, uint32_t fact) {
  if (e.same_sentence(before, fact)) return true;
  const Fact& a = e.fact(before);
  const Fact& b = e.fact(fact);
  if (a.sentence + 1 != b.sentence || e.in_table(before) || e.in_table(fact)) return false;
  static const std::vector<std::string> marks = {"。", ";", "?", "!", ",", "\n\n"};
  return a.figure.end <= b.figure.begin &&
         !has_any(cut_out(e.document().folded.text, {a.figure.end, b.figure.begin}), marks);
}

bool is_points(std::string_view unit) { return unit == "pp" || unit == "bp"; }

// Of whatever name, of one period with the share, and directly before it.
Choices part_before(const Evidence& e, uint32_t share) {
  Choices part;
  if (e.fact(share).base.empty() && !e.one_value(share)) return part;
  if (share == 0 || !goes_on(e, share - 1, share) || !e.is_level(share - 1)) return part;
  const Fact& f = e.fact(share - 1);
  const bool fits = is_amount(f.unit) && f.period.end == e.fact(share).period.end &&
                    e.scope(share - 1).company == e.scope(share).company;
  if (fits) add_fact(e, share, share - 1, part);
  return part;
}

// In a table the amount before the share in its row, and in that column the row of all: 股东 | 股数 | 占比.
std::vector<std::pair<Choice, Choice>> row_and_total(const Evidence& e, uint32_t share) {
  constexpr uint32_t kFarthest = 60;  // facts
  std::vector<std::pair<Choice, Choice>> pairs;
  if (share == 0 || !e.in_table(share) || !e.in_table(share - 1) || e.line(share) != e.line(share - 1)) return pairs;
  const uint32_t part = share - 1;
  if (!e.is_level(part) || !is_amount(e.fact(part).unit) || e.is_whole(part)) return pairs;
  const auto is_total = [&](uint32_t i) {
    return e.in_table(i) && e.block_of(i) == e.block_of(part) && e.is_level(i) && e.is_whole(i) &&
           e.same_subject(i, part) && e.fact(i).unit == e.fact(part).unit &&
           Dates(e.fact(i).period) == Dates(e.fact(part).period);
  };
  Choices of, whole;
  const auto last = std::min<uint32_t>(share + kFarthest, static_cast<uint32_t>(e.facts().size()));
  for (uint32_t i = share - std::min(share, kFarthest); i < last; ++i)
    if (is_total(i)) add_fact(e, share, i, whole);
  add_fact(e, share, part, of);
  if (of.size() == 1 && whole.size() == 1) pairs.emplace_back(of.front(), whole.front());
  return pairs;
}

// What a share may be of: what its base names; without one, or of 集團, the total of its own metric.
Choices likely_whole(const Evidence& e, uint32_t share, const Period& period) {
  Choices whole;
  add_whole(e, share, whole);
  if (!whole.empty()) return whole;
  const NamedMeasure named = e.known().names.measure_named(e.fact(share).base);
  const bool own = e.known().names.is_all(e.fact(share).base) && e.one_value(share);
  if (!named.segment.empty() || (named.metric.empty() && !own)) return whole;
  const std::string_view metric = own ? e.metric(share) : named.metric;
  add_stated(e, share, e.scope_like(share, metric, ""), period, whole);
  return whole;
}

// The changes of the claim's kind in its sentence; with the claim.
size_t changes_beside(const Evidence& e, uint32_t claim) {
  size_t count = 0;
  for (const uint32_t i : e.beside(claim)) {
    const Fact& f = e.fact(i);
    count += e.scope(i) == e.scope(claim) && f.unit == e.fact(claim).unit && f.basis != Basis::level &&
             f.basis != Basis::price && f.basis != Basis::share;
  }
  return count;
}

// Levels in the claim's sentence that a change in its unit may be of, or (of a share) amounts.
Choices levels_beside(const Evidence& e, uint32_t claim, bool share) {
  Choices levels;
  const Fact& f = e.fact(claim);
  for (const uint32_t i : e.beside(claim)) {
    if (i == claim || !e.is_level(i) || e.fact(i).basis == Basis::price || e.fact(i).status != f.status) continue;
    if (is_amount(e.fact(i).unit) == is_points(f.unit)) continue;
    if (share ? e.scope(i).company == e.scope(claim).company : e.scope(i) == e.scope(claim))
      add_fact(e, claim, i, levels);
  }
  return levels;
}

using Pairs = std::vector<std::pair<Choice, Choice>>;

// 純利升 19.6% in a headline, of what the text below calls 股東應佔溢利.
Pairs pairs_alike(const Evidence& e, uint32_t claim) {
  Pairs pairs;
  const auto& alike = e.known().words("one_in_headline");
  if (std::find(alike.begin(), alike.end(), e.metric(claim)) == alike.end()) return pairs;
  const Period& period = e.fact(claim).period;
  if (!e.levels(e.scope(claim), period).empty()) return pairs;
  for (const std::string& metric : alike) {
    const Scope scope = e.scope_like(claim, metric);
    Choices now, before;
    add_stated(e, claim, scope, period, now);
    add_known(e, claim, scope, comparative(period, e.fact(claim).basis), before);
    for (const Choice& a : now)
      for (const Choice& b : before)
        if (a.unit == b.unit) pairs.emplace_back(a, b);
  }
  return pairs;
}

void add_pair(const Evidence& e, uint32_t claim, bool share, const Choice& a, const Choice& b, Pairs& pairs) {
  const Period& first = e.fact(a.fact).period;
  const Period& second = e.fact(b.fact).period;
  const bool any_time = e.fact(claim).basis == Basis::change || first.instant || second.instant;
  if (a.unit != b.unit || (!any_time && Dates(first) != Dates(second))) return;  // other periods are meant
  if (share || first.end >= second.end) pairs.emplace_back(a, b);
  if (share || second.end >= first.end) pairs.emplace_back(b, a);
}

// The one of a change's levels that is one of its two for sure: the latest, else
// (all of one time) the one that stands next to it.
const Choice& main_of(const Evidence& e, uint32_t claim, const Choices& levels) {
  const auto apart = [&](const Choice& c) { return c.fact < claim ? claim - c.fact : c.fact - claim; };
  return *std::min_element(levels.begin(), levels.end(), [&](const Choice& a, const Choice& b) {
    const Date first = e.fact(a.fact).period.end;
    const Date second = e.fact(b.fact).period.end;
    return first != second ? first > second : apart(a) < apart(b);
  });
}

}  // namespace

Choices choices_of(const Evidence& e, uint32_t claim, const CheckRelation& relation, const CheckOperand& operand) {
  Choices all;
  const Period& period = e.fact(claim).period;
  switch (operand.of) {
    case CheckOperand::Of::now:
      add_stated(e, claim, e.scope(claim), period, all);
      break;
    case CheckOperand::Of::before:
      add_before(e, claim, all);
      break;
    case CheckOperand::Of::whole:
      add_whole(e, claim, all);
      break;
    case CheckOperand::Of::part:
      add_stated(e, claim, e.scope(claim), months_within(period, operand.first_month, operand.months), all);
      break;
    case CheckOperand::Of::same:
      if (relation.beside)
        add_beside(e, claim, operand, all);
      else
        add_known(e, claim, e.scope_like(claim, operand.metric), period, all);
      break;
  }
  return all;
}

std::vector<std::pair<Choice, Choice>> choices_nearby(const Evidence& e, uint32_t claim,
                                                      const CheckRelation& relation) {
  constexpr size_t kMost = 5;
  Pairs pairs;
  if (relation.operands.size() != 2 || relation.operands[0].of != CheckOperand::Of::now) return pairs;
  const bool share = relation.operands[1].of == CheckOperand::Of::whole;
  if (!share && relation.operands[1].of != CheckOperand::Of::before) return pairs;
  if (share && !(pairs = row_and_total(e, claim)).empty()) return pairs;
  if (share) {
    for (const Choice& part : part_before(e, claim))
      for (const Choice& whole : likely_whole(e, claim, e.fact(part.fact).period))
        if (part.unit == whole.unit && part.fact != whole.fact) pairs.emplace_back(part, whole);
    if (!pairs.empty()) return pairs;
  }
  if (!share && !(pairs = pairs_alike(e, claim)).empty()) return pairs;
  const Choices levels = levels_beside(e, claim, share);
  if (levels.size() < 2 || levels.size() > (share ? 2 : kMost)) return pairs;
  if (!share && changes_beside(e, claim) >= levels.size()) return pairs;  // a list: each has its own
  const Choice& now = main_of(e, claim, levels);
  const Date end = e.fact(now.fact).period.end;
  const bool dated =
      std::any_of(levels.begin(), levels.end(), [&](const Choice& c) { return e.fact(c.fact).period.end != end; });
  for (const Choice& other : levels) {
    const bool fits = levels.size() == 2 || !dated || e.fact(other.fact).period.end < end;
    if (fits && other.fact != now.fact) add_pair(e, claim, share, now, other, pairs);
  }
  return pairs;
}

}  // namespace jiyao
