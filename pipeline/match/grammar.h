// Second pass: the mention rules over the symbol string of a sentence.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "pipeline/match/alphabet.h"
#include "pipeline/match/scan.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace jiyao {

// All mention rules as two regular expressions, one a tier: where they match
// (leftmost, longest) is found by one automaton, which rules they are (in the
// order of the files) by a second over the few symbols matched, and the groups
// by the rule itself. All of that depends on the symbols alone, and the same
// few come again and again (<num>亿<currency>, <y4>年第<cn>季度), so each thread
// remembers what it found for the islands and the matches it has seen.
class Grammar {
 public:
  explicit Grammar(const RuleSet& rules);
  ~Grammar();
  Grammar(const Grammar&) = delete;

  // Appends the mentions of the scanned sentence in text order.
  void match(const Scan& scan, Mentions& out) const;

  // Symbols that occur in a pattern.
  const std::vector<bool>& triggers() const { return triggers_; }
  // What patterns can match at all.
  const Alphabet& alphabet() const { return alphabet_; }

 private:
  struct Rule;
  struct Tier;
  struct Candidate;
  struct Piece;
  struct Memory;
  using Works = std::function<bool(const Piece&)>;

  using Candidates = std::shared_ptr<const std::vector<Candidate>>;

  static Memory& memory();
  Candidates candidates(const Tier& tier, std::string_view matched) const;
  Candidates find_candidates(const Tier& tier, std::string_view matched) const;
  void find_pieces(const Tier& tier, const Tier* next, std::string_view island, Span range, const Works& works,
                   std::vector<Piece>& pieces) const;
  const std::vector<Piece>& pieces_of(std::string_view island) const;
  bool make(const Piece& piece, const Scan& scan, uint32_t island, Mentions& out) const;
  bool make(const Candidate& candidate, const Piece& piece, const Scan& scan, uint32_t island, Mentions& out) const;
  void match_again(const Scan& scan, Span island, Mentions& out) const;

  const RuleSet& rules_;
  const uint64_t id_;  // of this grammar, in the memory of threads
  std::vector<std::unique_ptr<Rule>> compiled_;
  std::unique_ptr<Tier> strong_;
  std::unique_ptr<Tier> weak_;
  std::vector<bool> triggers_;
  Alphabet alphabet_;
};

}  // namespace jiyao
