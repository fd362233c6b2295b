#include "pipeline/check/judge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "pipeline/check/words.h"

namespace jiyao {
namespace {

bool is_change(const Fact& f) { return f.basis == Basis::yoy || f.basis == Basis::qoq || f.basis == Basis::mom; }

class Judge {
 public:
  Judge(const Evidence& e, const std::vector<Comparison>& comparisons) : e_(e), supported_(e.facts().size(), false) {
    for (const Comparison& c : comparisons) {
      auto& [held, failed] = tally_[place_of(c)];
      if (c.agrees) ++held;
      if (!c.agrees && !c.tentative) ++failed;
      if (!c.agrees) continue;
      support(c);
      explained_.insert({c.relation, e.fact(c.claim).sentence, operands_of(c)});
      measured_.insert({c.rule, measure_of(c), operands_of(c)});
    }
  }

  std::optional<Conflict> run(const Comparison& c) {
    if (c.agrees || misread(c) || explained_.contains({c.relation, e_.fact(c.claim).sentence, operands_of(c)}))
      return std::nullopt;
    gather(c);
    Conflict conflict{&c, Severity::suspicious, c.claim, std::nullopt};
    explain(c, conflict);
    if (!conflict.slip && is_amount(e_.fact(c.claim).unit) &&
        measured_.contains({c.rule, measure_of(c), operands_of(c)}))
      return std::nullopt;
    const bool too_large = c.relation != nullptr && e_.fact(c.claim).basis == Basis::share && c.computed.low > 100;
    if ((too_large || too_small(c)) && !typed(conflict)) return std::nullopt;
    if (c.tentative && !c.one_sign && !(conflict.slip && explains_alone(c, *conflict.slip))) return std::nullopt;
    const bool sure = !c.tentative && !c.likely && !c.one_sign && exact() && !contested(c) && !doubtful(c) &&
                      (!too_large || odd_one_out());
    if (sure && (stands_close(c) || (odd_one_out() && conflict.slip && conflict.slip->kind != Slip::Kind::sign))) {
      conflict.severity = Severity::contradiction;
    } else if (!anchored() && !in_one_paragraph() && !(near_by() && typed(conflict)) &&
               !(settled() && typed(conflict)) &&
               !(settled() && !contested(c) && (conflict.slip || e_.one_value(c.claim) || named_alike(c)))) {
      return std::nullopt;
    }
    return conflict;
  }

 private:
  static bool typed(const Conflict& conflict) { return conflict.slip && conflict.slip->is_typing(); }

  // A slip that is enough where the numbers only may belong together.
  bool explains_alone(const Comparison& c, const Slip& slip) const {
    if (c.relation == nullptr || many_digits()) return true;
    const bool rough = printed_digits(e_.fact(c.claim)) < 10;
    if (of_two_beside(c)) return operands_of_digits(c, 10) >= 2 && (!rough || operands_of_digits(c, 100) >= 1);
    // Of 27 億 and 11 億, or of 0.2%, anything is explained.
    return (slip.is_typing() || slip.kind == Slip::Kind::sign) && !rough && operands_of_digits(c, 100) >= 1 &&
           operands_of_digits(c, 10) >= 2;
  }

  // A change, and the two levels of its sentence.
  bool of_two_beside(const Comparison& c) const {
    return c.operands.size() == 2 && c.relation->operands[1].of == CheckOperand::Of::before && in_one_sentence();
  }

  std::ptrdiff_t operands_of_digits(const Comparison& c, int64_t least) const {
    return std::count_if(c.operands.begin(), c.operands.end(), [&](const Choice& o) {
      return o.fact != Comparison::kNone && printed_digits(e_.fact(o.fact)) >= least;
    });
  }

  // Three and more in each number: then one wrong digit hardly explains by chance.
  bool many_digits() const {
    return all([&](uint32_t i) { return printed_digits(e_.fact(i)) >= 100; });
  }

  using Place = std::pair<const CheckRule*, uint32_t>;  // check, block

  Place place_of(const Comparison& c) const {
    const uint32_t sentence = e_.fact(c.claim).sentence;
    const auto& sentences = e_.document().sentences;
    return {c.rule, sentence < sentences.size() ? sentences[sentence].block : 0};
  }

  bool misread(const Comparison& c) const {
    constexpr int kOften = 3;
    const auto& [held, failed] = tally_.at(place_of(c));
    return failed >= kOften && failed > held;
  }

  std::pair<Scope, Dates> measure_of(const Comparison& c) const {
    return {e_.scope(c.claim), Dates(e_.fact(c.claim).period)};
  }

  static std::vector<uint32_t> operands_of(const Comparison& c) {
    std::vector<uint32_t> facts;
    for (const Choice& choice : c.operands) facts.push_back(choice.fact);
    return facts;
  }

  // A ratio that nobody states: an amount per share was taken for a total.
  bool too_small(const Comparison& c) const {
    return c.relation != nullptr && e_.fact(c.claim).unit == "%" && !is_change(e_.fact(c.claim)) &&
           std::fabs(c.computed.high) < 0.01L;
  }

  void support(const Comparison& c) {
    supported_[c.claim] = true;
    for (const Choice& choice : c.operands) {
      if (choice.fact == Comparison::kNone) continue;
      supported_[choice.fact] = true;
      if (choice.all == nullptr) continue;
      for (const uint32_t other : *choice.all) supported_[other] = true;
    }
  }

  void gather(const Comparison& c) {
    facts_.assign(1, c.claim);
    for (const Choice& choice : c.operands)
      if (choice.fact != Comparison::kNone) facts_.push_back(choice.fact);
  }

  template <typename Is>
  bool all(Is is) const {
    return std::all_of(facts_.begin(), facts_.end(), is);
  }
  bool exact() const {
    return all([&](uint32_t i) { return e_.exact(i); });
  }
  bool anchored() const {
    return all([&](uint32_t i) { return e_.anchored(i); });
  }
  bool settled() const {
    return all([&](uint32_t i) { return e_.settled(i); });
  }
  bool in_one_paragraph() const {
    return all([&](uint32_t i) { return e_.same_paragraph(i, facts_.front()); });
  }
  // In blocks that follow one another, as lines of speech do.
  bool near_by() const {
    std::vector<uint32_t> blocks;
    for (const uint32_t i : facts_) blocks.push_back(e_.block_of(i));
    std::sort(blocks.begin(), blocks.end());
    const auto apart = [](uint32_t a, uint32_t b) { return b - a > 1; };
    return std::adjacent_find(blocks.begin(), blocks.end(), apart) == blocks.end();
  }
  bool in_one_sentence() const {
    return all([&](uint32_t i) { return e_.same_sentence(i, facts_.front()); });
  }
  // All but one are supported, and that one is not; all of settled periods.
  bool odd_one_out() const {
    return settled() && std::count_if(facts_.begin(), facts_.end(), [&](uint32_t i) { return !supported_[i]; }) == 1;
  }

  static bool contested(const Comparison& c) {
    return std::any_of(c.operands.begin(), c.operands.end(), [](const Choice& o) { return o.contested; });
  }
  bool doubtful(const Comparison& c) const {
    if (c.relation == nullptr) return false;
    for (size_t k = 0; k < c.operands.size(); ++k) {
      const auto& words = c.relation->operands[k].doubtful;
      if (c.operands[k].fact != Comparison::kNone && has_any(e_.fact(c.operands[k].fact).subject, words)) return true;
    }
    return false;
  }

  // Operands are named as the claim names them, the whole as its base does.
  bool named_alike(const Comparison& c) const {
    if (c.relation == nullptr) return false;
    for (size_t k = 0; k < c.operands.size(); ++k) {
      const uint32_t fact = c.operands[k].fact;
      if (fact == Comparison::kNone) continue;
      const auto of = c.relation->operands[k].of;
      const uint32_t name = of == CheckOperand::Of::whole ? e_.base(c.claim) : e_.subject(c.claim);
      if (of == CheckOperand::Of::same || e_.subject(fact) != name) return false;
    }
    return true;
  }

  // As close as the check asks. A change is sure only of levels that are named
  // alike, never of rates, and never where its sign alone differs: 減少 2% read as
  // a growth of 2% is more likely a slip of the reading than of the text.
  bool stands_close(const Comparison& c) const {
    const Fact& claim = e_.fact(c.claim);
    const auto stated = allowed(claim);
    const bool alike = named_alike(c);
    if (is_change(claim) && (!alike || (stated && stated->negated().meets(c.computed)))) return false;
    const Certainty certain = c.rule->certain;
    if (certain == Certainty::never || c.tentative) return false;
    if (in_one_sentence()) return true;
    if (certain == Certainty::sentence || !anchored()) return false;
    return in_one_paragraph() || (certain == Certainty::named && alike);
  }

  // The number that a slip explains the conflict by: of those without support, a
  // decimal point moved in an amount before any other.
  void explain(const Comparison& c, Conflict& conflict) {
    if (c.one_sign) return explain_sign(c, conflict);
    if (is_open(e_.fact(c.claim).qualifier)) return;  // anything large enough agrees
    std::vector<std::pair<size_t, Slip>> found;
    for (size_t k = 0; k < facts_.size(); ++k) {
      if (supported_[facts_[k]]) continue;
      const auto slip = slip_of(e_, c, facts_[k]);
      if (slip) found.emplace_back(k, *slip);
    }
    if (found.empty()) return;
    // Operands before the claim: a rate is rarely wrong by a power of ten.
    std::rotate(found.begin(), found.begin() + (found.front().first == 0 ? 1 : 0), found.end());
    const auto moved = std::find_if(found.begin(), found.end(), [&](const auto& s) {
      return s.second.kind == Slip::Kind::power && is_amount(e_.fact(facts_[s.first]).unit);
    });
    if (moved != found.end()) {
      conflict.at_fault = facts_[moved->first];
      conflict.slip = moved->second;
      conflict.moved_point = true;
    } else {
      const auto typed = std::find_if(found.begin(), found.end(), [](const auto& s) { return s.second.is_typing(); });
      conflict.slip = typed != found.end() ? typed->second : found.front().second;
    }
  }

  // The one below zero: its name may be wrong, or the other's.
  void explain_sign(const Comparison& c, Conflict& conflict) const {
    conflict.slip = Slip{Slip::Kind::sign, 0};
    for (const Choice& o : c.operands)
      if (o.fact != Comparison::kNone && o.allowed.high < 0) conflict.at_fault = o.fact;
  }

  const Evidence& e_;
  std::vector<bool> supported_;                 // by fact
  std::map<Place, std::pair<int, int>> tally_;  // agreeing, disagreeing
  // Operands that another claim of the sentence agrees with: 14.8% and 9.5%, of two quarters.
  std::set<std::tuple<const CheckRelation*, uint32_t, std::vector<uint32_t>>> explained_;
  // Amounts that another of the same name agrees with: beside the total, parts whose name was not understood.
  std::set<std::tuple<const CheckRule*, std::pair<Scope, Dates>, std::vector<uint32_t>>> measured_;
  std::vector<uint32_t> facts_;  // of the comparison at hand: claim, operands
};

}  // namespace

std::vector<Conflict> judge(const Evidence& e, const std::vector<Comparison>& comparisons) {
  Judge judge(e, comparisons);
  std::vector<Conflict> all;
  for (const Comparison& c : comparisons)
    if (auto conflict = judge.run(c)) all.push_back(*conflict);
  return all;
}

}  // namespace jiyao
