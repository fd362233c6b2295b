// Facts → findings: where a document contradicts itself.
//
// A stated number is the closed interval of values that print like it (354 億
// is 353.5 to 354.5), as in XBRL Calculations 1.1
// (https://www.xbrl.org/Specification/calculation-1.1/REC-2023-02-22/): two
// statements contradict only if no values inside their intervals agree.
#pragma once

#include <memory>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/rules.h"

namespace jiyao {

// rules/check, ready for use. Immutable and thread safe.
class Checker {
 public:
  explicit Checker(const RuleSet& rules);  // `rules` must outlive it
  ~Checker();
  Checker(Checker&&) noexcept;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<const Impl> impl_;
};

// Appends to `extraction.findings` in text order and names them in the facts
// concerned. Total and deterministic.
void check(const Document& document, Extraction& extraction, const Checker& checker);

}  // namespace jiyao
