// Document → Mentions.
#pragma once

#include <memory>

#include "pipeline/model/document.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace jiyao {

// The lexicon and the mention rules, compiled. Immutable and thread safe.
class Matcher {
 public:
  explicit Matcher(const RuleSet& rules);  // `rules` must outlive it
  ~Matcher();
  Matcher(Matcher&&) noexcept;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<const Impl> impl_;
};

// Total: any text gives mentions, perhaps none.
Mentions match(const Document& document, const Matcher& matcher);

}  // namespace jiyao
