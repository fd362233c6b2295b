#include "pipeline/check/comparison.h"

#include <algorithm>
#include <cmath>

#include "pipeline/check/choices.h"

namespace jiyao {
namespace {

// The operands of one relation and one claim.
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
      if (agrees_ || !gather(other)) continue;
      if (!each_choice(other, false)) return std::nullopt;
    }
    auto found = best();
    if (found) found->tentative |= relation.tentative || (relation.beside && stands_apart(*found));
    return found;
  }

 private:
  static constexpr size_t kMostChoices = 256;

  bool stands_apart(const Comparison& c) const {
    return std::any_of(c.operands.begin(), c.operands.end(), [&](const Choice& o) {
      return o.fact != Comparison::kNone && !e_.same_sentence(o.fact, claim_);
    });
  }

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

  std::optional<Comparison> nearby() {
    const CheckRelation& relation = *of_.relation;
    used_ = {0, 1};
    for (const auto& [first, second] : choices_nearby(e_, claim_, relation)) {
      choices_ = {{first}, {second}};
      each_choice(relation.is, true);
      for (const Formula& other : relation.acquits)
        if (!agrees_) each_choice(other, false);
    }
    auto found = best();
    if (found) found->tentative = true;
    return found;
  }

  // False: a choice that cannot be computed, so that nothing is to be said.
  bool each_choice(const Formula& formula, bool convicts) {
    std::vector<size_t> at(used_.size(), 0);
    for (;;) {
      if (!try_choice(formula, at, convicts)) return false;
      if (agrees_) return true;
      size_t k = 0;
      while (k < at.size() && ++at[k] == choices_[used_[k]].size()) at[k++] = 0;
      if (k == at.size()) return true;
    }
  }

  bool try_choice(const Formula& formula, const std::vector<size_t>& at, bool convicts) {
    Comparison chosen;
    chosen.rule = of_.rule;
    chosen.relation = of_.relation;
    chosen.claim = claim_;
    chosen.operands.assign(choices_.size(), Choice{{}, {}, Comparison::kNone, {}, false, false, nullptr});
    for (size_t k = 0; k < used_.size(); ++k) chosen.operands[used_[k]] = choices_[used_[k]][at[k]];
    if (!of_one_unit(chosen)) return true;
    const auto wide = result(formula, chosen, &Choice::allowed);
    if (!wide) return convicts && add_one_sign(formula, std::move(chosen));
    if (wide->meets(stated_)) {
      agrees_ = std::move(chosen);
      agrees_->agrees = true;
      return true;
    }
    const auto narrow = convicts ? result(formula, chosen, &Choice::printed) : std::nullopt;
    if (!narrow || reach_of(chosen) == UINT32_MAX) return true;
    chosen.computed = *narrow;
    failed_.push_back(std::move(chosen));
    return true;
  }

  // A growth from a profit to a loss that is right of two profits.
  bool add_one_sign(const Formula& formula, Comparison chosen) {
    Comparison as_one = chosen;
    size_t negative = 0;
    for (const uint32_t k : of_.relation->above) {
      Choice& o = as_one.operands[k];
      if (!(o.allowed.high < 0)) continue;
      o.allowed = o.allowed.negated();
      o.printed = o.printed.negated();
      ++negative;
    }
    if (negative != 1 || of_.relation->above.size() != 2) return false;
    const auto wide = result(formula, as_one, &Choice::allowed);
    const auto narrow = result(formula, as_one, &Choice::printed);
    if (!wide || !narrow || !wide->meets(stated_)) return false;
    chosen.computed = *narrow;
    chosen.one_sign = true;
    failed_.push_back(std::move(chosen));
    return true;
  }

  // What agrees; else of what fails the nearest that a slip of typing explains, else the nearest.
  std::optional<Comparison> best() {
    constexpr size_t kMostExplained = 9;
    if (agrees_) return std::move(agrees_);
    if (failed_.empty()) return std::nullopt;
    std::stable_sort(failed_.begin(), failed_.end(),
                     [&](const Comparison& a, const Comparison& b) { return reach_of(a) < reach_of(b); });
    if (std::any_of(failed_.begin(), failed_.end(), [&](const Comparison& c) { return has_own_level(c); }))
      std::erase_if(failed_, [&](const Comparison& c) { return !has_own_level(c); });
    const auto explained = [&](const Comparison& c) { return c.one_sign || is_typing(c); };
    auto found = failed_.size() == 1 || failed_.size() > kMostExplained
                     ? failed_.end()
                     : std::find_if(failed_.begin(), failed_.end(), explained);
    return std::move(found == failed_.end() ? failed_.front() : *found);
  }

  bool is_typing(const Comparison& c) const {
    const auto typed = [&](uint32_t fact) {
      const auto slip = slip_of(e_, c, fact);
      return slip && slip->is_typing();
    };
    return typed(c.claim) || std::any_of(c.operands.begin(), c.operands.end(),
                                         [&](const Choice& o) { return o.fact != Comparison::kNone && typed(o.fact); });
  }

  // Amounts of one unit, which is the claim's if that is an amount; percentages
  // where the claim is in points.
  bool of_one_unit(const Comparison& c) const {
    const std::string& unit = e_.fact(claim_).unit;
    const bool points = unit == "pp" || unit == "bp";
    std::string_view common = points ? "%" : is_amount(unit) ? std::string_view(unit) : std::string_view();
    for (const uint32_t k : used_) {
      const CheckOperand& operand = of_.relation->operands[k];
      const std::string_view its = c.operands[k].unit;
      if (!operand.unit.empty()) {
        if (its != operand.unit) return false;
        continue;
      }
      if (!points && !is_amount(its)) return false;
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

  // The claim's own level is stated in its sentence.
  bool has_own_level(const Comparison& c) const {
    for (size_t k = 0; k < c.operands.size(); ++k) {
      const uint32_t fact = c.operands[k].fact;
      if (of_.relation->operands[k].of == CheckOperand::Of::now && fact != Comparison::kNone)
        return e_.same_sentence(fact, claim_);
    }
    return false;
  }

  // How far from the claim the operands stand.
  uint32_t reach_of(const Comparison& c) const {
    uint32_t reach = 0;
    for (size_t k = 0; k < c.operands.size(); ++k) {
      const uint32_t fact = c.operands[k].fact;
      if (fact == Comparison::kNone) continue;
      reach += fact < claim_ ? claim_ - fact : fact - claim_;
      for (size_t other = 0; other < k; ++other)
        if (c.operands[other].fact == fact) return UINT32_MAX;  // one fact is not two operands
    }
    return reach;
  }

  const Evidence& e_;
  const RelationOf& of_;
  uint32_t claim_;
  Interval stated_;
  std::vector<Choices> choices_;
  std::vector<uint32_t> used_;
  std::optional<Comparison> agrees_;
  std::vector<Comparison> failed_;
};

}  // namespace

std::vector<Comparison> compare(const Evidence& e) {
  std::vector<Comparison> all;
  std::vector<RelationOf> relations;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    e.known().relations_of(e.fact(i), e.metric(i), relations);
    for (const RelationOf& relation : relations) {
      if (auto found = Chooser(e, relation, i).run()) all.push_back(std::move(*found));
    }
  }
  return all;
}

}  // namespace jiyao
