// Mentions → facts and the ledger, or figures and periods alone.
#pragma once

#include <memory>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/quantity.h"
#include "pipeline/model/rules.h"

namespace jiyao {

// The relation rules, compiled. Immutable and thread safe.
class Resolver {
 public:
  explicit Resolver(const RuleSet& rules);  // `rules` must outlive it
  ~Resolver();
  Resolver(Resolver&&) noexcept;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<const Impl> impl_;
};

// `given` is what is known of the document besides its text. Findings are left
// empty; check() makes them.
Extraction resolve(const Document& document, const Mentions& mentions, const Resolver& resolver,
                   const DocumentContext& given);

// Every figure and every period, in text order. Time is told from the day that
// `given` says the text was published and from nothing else; if it says none,
// from what the text reports on, as resolve() does.
std::vector<Quantity> find_quantities(const Document& document, const Mentions& mentions, const Resolver& resolver,
                                      const DocumentContext& given);

}  // namespace jiyao
