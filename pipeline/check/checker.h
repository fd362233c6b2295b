// rules/check as the checks use it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/check/check.h"
#include "pipeline/check/names.h"

namespace jiyao {

// A relation, and the check it is of.
struct RelationOf {
  const CheckRule* rule;
  const CheckRelation* relation;
};

struct Checker::Impl {
  explicit Impl(const RuleSet& of);

  const RuleSet& rules;
  Names names;

  // A list of rules/check; empty if no file has it.
  const std::vector<std::string>& words(std::string_view list) const;
  // The check of that id; one without title and relations if no file has it.
  const CheckRule& rule(std::string_view id) const;
  // The relations that a fact may be the claim of, by its metric (of a loss, the profit's), basis, unit, subject and
  // length.
  void relations_of(const Fact& fact, std::string_view metric, std::vector<RelationOf>& into) const;

 private:
  std::unordered_map<std::string_view, std::vector<RelationOf>> by_metric_;
  std::vector<RelationOf> of_any_;
};

}  // namespace jiyao
