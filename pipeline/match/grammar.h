// Second pass: the mention rules over the symbol string of a sentence.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "pipeline/match/scan.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace re2 {
class RE2;
}

namespace jiyao {

// All mention rules as two regular expressions, one a tier: where they match
// (leftmost, longest) is found by one automaton, which rule it is (the first
// in file) by a second over the few symbols matched.
class Grammar {
 public:
  explicit Grammar(const RuleSet& rules);
  ~Grammar();
  Grammar(const Grammar&) = delete;

  // Appends the mentions of the scanned sentence in text order.
  void match(const Scan& scan, Mentions& out) const;

  // Symbols that occur in a pattern.
  const std::vector<bool>& triggers() const { return triggers_; }

 private:
  struct Rule;
  struct Tier;
  void match_range(const Tier& tier, const Tier* next, const Scan& scan, size_t begin, size_t end, Mentions& out) const;
  bool make(const Rule& rule, const Scan& scan, std::string_view matched, size_t begin, Mentions& out) const;

  const RuleSet& rules_;
  std::vector<std::unique_ptr<Rule>> compiled_;
  std::unique_ptr<Tier> strong_;
  std::unique_ptr<Tier> weak_;
  std::vector<bool> triggers_;
};

}  // namespace jiyao
