// The unit that a label of a table states: (百万港元), 单位:千元, (%), (亿千瓦时).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace jiyao {

struct UnitLabel {
  MentionKind kind = MentionKind::bare;
  std::string unit;  // as in a Figure: empty for plain currency
  int power = 0;     // of ten: 6 for 百万港元
};

// The unit words of the lexicon. `rules` must outlive it.
class UnitLabels {
 public:
  explicit UnitLabels(const RuleSet& rules);

  // The unit in a label (folded text): in brackets, behind 单位:, or all of it.
  // Empty if it states none.
  std::optional<UnitLabel> find(std::string_view label) const;

 private:
  std::optional<UnitLabel> read(std::string_view text) const;
  struct Word {
    MentionKind kind;
    const LexiconEntry* entry;
  };
  std::map<std::string, Word, std::less<>> words_;
};

}  // namespace jiyao
