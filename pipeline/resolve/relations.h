// The relation rules over the view of a sentence: what each says of a figure.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/fact.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"
#include "pipeline/resolve/needs.h"
#include "pipeline/resolve/view.h"

namespace jiyao {

// What relations say of one figure. Each attribute is claimed once: by the
// first rule in file order that says it.
struct Claim {
  std::optional<Basis> basis;
  std::optional<Basis> second_basis;  // one figure, two bases: 按年和按季均增长17%
  bool versus = false;                // a change against `base_period`: yoy, qoq or change by its length
  bool earlier = false;               // of the period before, which the text does not name
  int sign = 0;                       // -1: a fall
  std::optional<Status> status;
  std::optional<Qualifier> qualifier;
  uint32_t period = kNone;       // mention of its own period
  uint32_t base_period = kNone;  // mention of the period it is compared with
  Span base;                     // folded text: what a share is a share of
  Span subject;                  // folded text
  std::string metric;
  bool no_fact = false;
  std::vector<uint32_t> rules;  // indices into RuleSet::relations
};

class Relations {
 public:
  explicit Relations(const RuleSet& rules);
  ~Relations();
  Relations(const Relations&) = delete;

  // `claims[i]` is of mention view.first + i. Grown as needed, cleared first.
  void apply(const View& view, std::vector<Claim>& claims) const;

 private:
  struct Rule;
  void apply_rule(uint32_t id, const View& view, std::vector<Claim>& claims) const;

  const RuleSet& rules_;
  std::vector<std::unique_ptr<Rule>> compiled_;
  NeedIndex needs_;
};

}  // namespace jiyao
