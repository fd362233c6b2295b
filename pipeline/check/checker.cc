#include "pipeline/check/checker.h"

#include <algorithm>

#include "pipeline/check/evidence.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

bool is_rate(std::string_view unit) { return unit == "%" || unit == "pp" || unit == "bp" || unit == "x"; }

// ISO 4217, or an amount of anything else that is counted.
bool is_kind(std::string_view kind, std::string_view unit) {
  const bool capitals = std::all_of(unit.begin(), unit.end(), [](char c) { return 'A' <= c && c <= 'Z'; });
  return kind == "money" ? unit.size() == 3 && capitals : kind == "amount" ? !is_rate(unit) : kind == unit;
}

bool has(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool fits(const CheckRelation& relation, const Fact& fact, int months) {
  if (relation.months != 0 && relation.months != months) return false;
  if (!has(relation.bases, name(fact.basis))) return false;
  const auto& units = relation.units;
  if (!units.empty() &&
      std::none_of(units.begin(), units.end(), [&](const auto& kind) { return is_kind(kind, fact.unit); }))
    return false;
  return relation.subjects.empty() || has_any(fact.subject, relation.subjects);
}

}  // namespace

Checker::Checker(const RuleSet& rules) : impl_(std::make_unique<const Impl>(rules)) {}
Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;

Checker::Impl::Impl(const RuleSet& of) : rules(of), names(of) {
  for (const CheckRule& check : rules.checks) {
    for (const CheckRelation& relation : check.relations) {
      if (relation.metrics.empty()) of_any_.push_back({&check, &relation});
      for (const auto& metric : relation.metrics) by_metric_[metric].push_back({&check, &relation});
    }
  }
}

const std::vector<std::string>& Checker::Impl::words(std::string_view list) const {
  static const std::vector<std::string> nothing;
  const auto found = rules.check_words.find(list);
  return found == rules.check_words.end() ? nothing : found->second;
}

const CheckRule& Checker::Impl::rule(std::string_view id) const {
  static const CheckRule nothing;
  const auto found = std::find_if(rules.checks.begin(), rules.checks.end(), [&](const auto& r) { return r.id == id; });
  return found == rules.checks.end() ? nothing : *found;
}

void Checker::Impl::relations_of(const Fact& fact, std::string_view metric, std::vector<RelationOf>& into) const {
  into.clear();
  if (fact.unit.empty() || fact.period.empty()) return;
  const int months = months_of(fact.period);
  for (const RelationOf& r : of_any_)
    if (fits(*r.relation, fact, months)) into.push_back(r);
  const auto found = by_metric_.find(metric);
  if (found == by_metric_.end()) return;
  for (const RelationOf& r : found->second)
    if (fits(*r.relation, fact, months)) into.push_back(r);
}

}  // namespace jiyao
