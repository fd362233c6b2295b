#include "pipeline/check/comparison.h"

#include <algorithm>
#include <array>

#include "pipeline/check/words.h"

namespace jiyao {
namespace {

using Choices = std::vector<Choice>;

bool is_rate(std::string_view unit) { return unit == "%" || unit == "pp" || unit == "bp" || unit == "x"; }

void add_levels(const Evidence& e, uint32_t claim, const std::vector<Evidence::Levels>& levels, Choices& into) {
  for (const auto& of_unit : levels) {
    for (const Level& level : of_unit.values)
      into.push_back(
          {level.printed, level.allowed, e.nearest(level, claim), of_unit.unit, of_unit.contested, &level.facts});
  }
}

// What is stated of a scope and period; what is expected where the claim is.
void add_stated(const Evidence& e, uint32_t claim, const Scope& scope, const Period& period, Choices& into) {
  const bool actual = e.fact(claim).status == Status::actual;
  add_levels(e, claim, actual ? e.levels(scope, period) : e.expected(scope, period), into);
}

// What growth is expected from may have been or be expected too.
void add_known(const Evidence& e, uint32_t claim, const Scope& scope, const Period& period, Choices& into) {
  add_stated(e, claim, scope, period, into);
  if (into.empty()) add_levels(e, claim, e.levels(scope, period), into);
}

void add_fact(const Evidence& e, uint32_t i, Choices& into) {
  const auto range = printed(e.fact(i));
  const auto wide = allowed(e.fact(i));
  if (range && wide) into.push_back({*range, *wide, i, e.fact(i).unit, false, nullptr});
}

// The scope that the claim's base names: by its words, else by the one level fact of that name.
std::optional<Scope> whole_of(const Evidence& e, uint32_t i) {
  const Fact& share = e.fact(i);
  if (share.base.empty()) return std::nullopt;
  const NamedMeasure named = e.known().names.measure_named(share.base);
  if (!named.metric.empty()) {
    const Scope scope = e.scope_like(i, named.metric, named.segment);
    if (!e.levels(scope, share.period).empty()) return scope;
  }
  const auto& scopes = e.scopes_named(e.base(i));
  return scopes.size() == 1 ? std::optional(scopes.front()) : std::nullopt;
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
    if (Dates(e.fact(i).period) == Dates(share.period)) add_fact(e, i, into);
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
    if (of_one_scope(e, i, claim) && period.end < change.period.end) add_fact(e, i, into);
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
    add_fact(e, i, into);
  }
  if (!into.empty()) return;
  if (operand.subjects.empty())
    return add_stated(e, claim, e.scope_like(claim, operand.metric, ""), e.fact(claim).period, into);
  for (const uint32_t i : e.in_shares()) {
    if (!is_operand(e, claim, operand, i)) continue;
    if (!into.empty()) return into.clear();
    add_fact(e, i, into);
  }
}

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
        add_stated(e, claim, e.scope_like(claim, operand.metric), period, all);
      break;
  }
  return all;
}

// Operands of one relation and one claim, and how they may be chosen.
class Chooser {
 public:
  Chooser(const Evidence& e, const RelationOf& of, uint32_t claim) : e_(e), of_(of), claim_(claim) {}

  std::optional<Comparison> run() {
    const CheckRelation& relation = *of_.relation;
    const auto stated = allowed(e_.fact(claim_));
    if (!stated) return std::nullopt;
    stated_ = *stated;
    if (!gather(relation.is)) return nearby();
    if (!each_choice(relation.is, true)) return std::nullopt;
    for (const Formula& other : relation.acquits) {
      if (found_.agrees || !gather(other)) continue;
      if (!each_choice(other, false)) return std::nullopt;
    }
    if (!found_.agrees && found_.operands.empty()) return std::nullopt;
    found_.tentative |= relation.beside && stands_apart();
    return std::move(found_);
  }

 private:
  bool stands_apart() const {
    return std::any_of(found_.operands.begin(), found_.operands.end(), [&](const Choice& o) {
      return o.fact != Comparison::kNone && !e_.same_sentence(o.fact, claim_);
    });
  }

  static constexpr size_t kMostChoices = 256;

  // The choices of the formula's operands; false if there are none of one.
  bool gather(const Formula& formula) {
    choices_.resize(of_.relation->operands.size());
    used_.clear();
    for (const auto& step : formula.steps) {
      if (step.kind != Formula::Step::Kind::name) continue;
      if (std::find(used_.begin(), used_.end(), step.index) == used_.end()) used_.push_back(step.index);
    }
    size_t product = 1;
    for (const uint32_t k : used_) {
      auto& choices = choices_[k];
      if (choices.empty()) choices = choices_of(e_, claim_, *of_.relation, of_.relation->operands[k]);
      product *= choices.size();
      if (product == 0 || product > kMostChoices) return false;
    }
    return true;
  }

  // Where the claim's levels are not found by their periods, the two of its scope
  // in its sentence may be meant (of a share, the two amounts), either way round.
  std::optional<Comparison> nearby() {
    const CheckRelation& relation = *of_.relation;
    if (relation.operands.size() != 2 || relation.operands[0].of != CheckOperand::Of::now) return std::nullopt;
    const bool share = relation.operands[1].of == CheckOperand::Of::whole;
    if (!share && relation.operands[1].of != CheckOperand::Of::before) return std::nullopt;
    Choices two;
    for (const uint32_t i : e_.beside(claim_)) {
      if (i == claim_ || !e_.is_level(i) || e_.fact(i).basis == Basis::price ||
          e_.fact(i).status != e_.fact(claim_).status)
        continue;
      const bool rate = is_rate(e_.fact(i).unit);
      const bool points = e_.fact(claim_).unit == "pp" || e_.fact(claim_).unit == "bp";
      const bool fits = share ? e_.scope(i).company == e_.scope(claim_).company : e_.scope(i) == e_.scope(claim_);
      if (rate != points || !fits) continue;
      add_fact(e_, i, two);
      if (two.size() > 2) return std::nullopt;
    }
    if (two.size() != 2 || two[0].unit != two[1].unit) return std::nullopt;
    const Dates first(e_.fact(two[0].fact).period);
    const Dates second(e_.fact(two[1].fact).period);
    const bool any_time = e_.fact(claim_).basis == Basis::change || (first.instant && second.instant);
    if (first != second && !any_time) return std::nullopt;  // other periods are meant
    used_ = {0, 1};
    choices_ = {{two[0]}, {two[1]}};
    const auto later = [&](const Choice& a, const Choice& b) {
      return e_.fact(a.fact).period.end > e_.fact(b.fact).period.end;
    };
    const bool either = share || !(later(two[0], two[1]) || later(two[1], two[0]));
    if (later(two[1], two[0])) std::swap(choices_[0], choices_[1]);
    for (int way = 0; way < (either ? 2 : 1) && !found_.agrees; ++way) {
      if (way == 1) std::swap(choices_[0], choices_[1]);
      if (!each_choice(relation.is, true)) continue;
      for (const Formula& other : relation.acquits)
        if (!found_.agrees) each_choice(other, false);
    }
    if (found_.operands.empty()) return std::nullopt;
    found_.tentative = true;
    return std::move(found_);
  }

  // False: a choice that cannot be computed, so that nothing is to be said.
  bool each_choice(const Formula& formula, bool convicts) {
    std::vector<size_t> at(used_.size(), 0);
    for (;;) {
      if (!try_choice(formula, at, convicts)) return false;
      if (found_.agrees) return true;
      size_t k = 0;
      while (k < at.size() && ++at[k] == choices_[used_[k]].size()) at[k++] = 0;
      if (k == at.size()) return true;
    }
  }

  bool try_choice(const Formula& formula, const std::vector<size_t>& at, bool convicts) {
    Comparison chosen{of_.rule, of_.relation, claim_, {}, false, {}, false, false};
    chosen.operands.assign(choices_.size(), Choice{{}, {}, Comparison::kNone, {}, false, nullptr});
    for (size_t k = 0; k < used_.size(); ++k) chosen.operands[used_[k]] = choices_[used_[k]][at[k]];
    if (!of_one_unit(chosen)) return true;
    const auto wide = result(formula, chosen, &Choice::allowed);
    if (!wide) return false;
    if (wide->meets(stated_)) {
      chosen.agrees = true;
      found_ = std::move(chosen);
      return true;
    }
    const auto narrow = convicts ? result(formula, chosen, &Choice::printed) : std::nullopt;
    const uint32_t reach = reach_of(chosen);
    if (!narrow || reach >= reach_) return true;
    chosen.computed = *narrow;
    reach_ = reach;
    found_ = std::move(chosen);
    return true;
  }

  // Amounts of one unit, which is the claim's if that is an amount; percentages
  // where the claim is in points.
  bool of_one_unit(const Comparison& c) const {
    const std::string& unit = e_.fact(claim_).unit;
    const bool points = unit == "pp" || unit == "bp";
    std::string_view common = points ? "%" : is_rate(unit) ? std::string_view() : std::string_view(unit);
    for (const uint32_t k : used_) {
      const CheckOperand& operand = of_.relation->operands[k];
      const std::string_view its = c.operands[k].unit;
      if (!operand.unit.empty()) {
        if (its != operand.unit) return false;
        continue;
      }
      if (!points && is_rate(its)) return false;
      if (common.empty()) common = its;
      if (its != common || c.operands[k].fact == claim_) return false;
    }
    return true;
  }

  std::optional<Interval> result(const Formula& formula, const Comparison& c, Interval Choice::*value) const {
    std::vector<Interval> values;
    for (const Choice& choice : c.operands) values.push_back(choice.*value);
    for (const uint32_t k : of_.relation->above)
      if (c.operands[k].fact != Comparison::kNone && !(values[k].low > 0)) return std::nullopt;
    const auto found = evaluate(formula, values);
    return found ? std::optional(scaled(*found, scale_of(of_.relation, e_.fact(claim_)))) : std::nullopt;
  }

  uint32_t reach_of(const Comparison& c) const {
    uint32_t reach = 0;
    for (const uint32_t k : used_) {
      const uint32_t fact = c.operands[k].fact;
      reach = std::max(reach, fact < claim_ ? claim_ - fact : fact - claim_);
      for (const uint32_t other : used_)
        if (other != k && c.operands[other].fact == fact) return UINT32_MAX;  // one fact is not two operands
    }
    return reach;
  }

  const Evidence& e_;
  const RelationOf& of_;
  uint32_t claim_;
  Interval stated_;
  std::vector<Choices> choices_;
  std::vector<uint32_t> used_;
  uint32_t reach_ = UINT32_MAX;
  Comparison found_;
};

}  // namespace

std::optional<Interval> evaluate(const Formula& formula, std::span<const Interval> operands) {
  using Kind = Formula::Step::Kind;
  std::vector<Interval> stack;
  for (const auto& [kind, index] : formula.steps) {
    if (kind == Kind::name || kind == Kind::number) {
      const auto number = static_cast<long double>(index);
      stack.push_back(kind == Kind::name ? operands[index] : Interval{number, number});
      continue;
    }
    const Interval b = stack.back();
    stack.pop_back();
    Interval& a = stack.back();
    if (kind == Kind::divide) {
      const auto ratio = quotient(a, b);
      if (!ratio) return std::nullopt;
      a = *ratio;
    } else {
      a = kind == Kind::add ? difference(a, b.negated()) : kind == Kind::subtract ? difference(a, b) : product(a, b);
    }
  }
  return stack.back();
}

long double scale_of(const CheckRelation* relation, const Fact& claim) {
  if (relation == nullptr) return 1;
  return claim.unit == "%" || claim.unit == "bp" ? 100 : 1;
}

std::optional<Interval> compute(const Comparison& c, const Fact& claim, std::span<const Interval> operands) {
  if (c.relation != nullptr) {
    const auto found = evaluate(c.relation->is, operands);
    return found ? std::optional(scaled(*found, scale_of(c.relation, claim))) : std::nullopt;
  }
  Interval sum;
  for (const Interval operand : operands) sum = difference(sum, operand.negated());
  return c.rest_of_hundred ? difference({100, 100}, sum) : sum;
}

std::vector<Comparison> compare(const Evidence& e) {
  std::vector<Comparison> all;
  std::vector<RelationOf> relations;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    e.known().relations_of(e.fact(i), relations);
    for (const RelationOf& relation : relations) {
      const int months = relation.relation->months;
      if (months != 0 && months != months_of(e.fact(i).period)) continue;
      if (auto found = Chooser(e, relation, i).run()) all.push_back(std::move(*found));
    }
  }
  return all;
}

}  // namespace jiyao
