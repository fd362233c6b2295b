// Which words of the lexicon play which part in finding a subject.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/model/fact.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace jiyao {

enum class Part : uint8_t {
  phrase,     // may stand inside a subject phrase (nouns)
  predicate,  // between subject and figure: 同比 增长 达到 约 …
  boundary,   // ends a subject phrase
  company,
  metric,
  each,  // 分别
  estimator,
  guidance,
};

// By lexeme class and by entry.
class Classes {
 public:
  explicit Classes(const RuleSet& rules);
  Part part(const Mention& word) const;
  // The market that alone uses the word, or nullptr: looked up for every word.
  const std::string* market(const Mention& word) const { return word.entry == kNone ? nullptr : markets_[word.entry]; }
  const Metric* metric(const Mention& word) const {
    return word.metric == kNone ? nullptr : &rules_.metrics[word.metric];
  }
  // What the numerals in the word are; fact if it has none that a reader could take for a quantity.
  LedgerClass numerals(const Mention& word) const {
    return word.entry == kNone ? LedgerClass::fact : numbers_[rules_.lexicon[word.entry].lexeme_class];
  }
  // The metric of that very name, written folded; kNone if there is none.
  uint32_t metric_named(std::string_view name) const {
    const auto at = metrics_.find(name);
    return at == metrics_.end() ? kNone : at->second;
  }
  // An attribute of the word, or nullptr.
  const std::string* attribute(const Mention& word, std::string_view key) const;

 private:
  const RuleSet& rules_;
  std::vector<Part> by_class_;
  std::vector<LedgerClass> numbers_;                        // by lexeme class
  std::vector<const std::string*> markets_;                 // by lexicon entry
  std::unordered_map<std::string_view, uint32_t> metrics_;  // by name
};

}  // namespace jiyao
