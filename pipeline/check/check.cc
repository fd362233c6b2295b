#include "pipeline/check/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>

#include "pipeline/check/checks.h"
#include "pipeline/check/evidence.h"
#include "pipeline/check/short_id.h"

namespace jiyao {
namespace {

// Of document, check, place and statement: the same in every run and every
// version of the wording.
std::string finding_id(const Evidence& e, const Finding& finding) {
  const Document& document = e.document();
  const Citation at = cite(document.source, document.folded, finding.at);
  std::string text = fmt::format("{}\n{}\n{}-{}\n{}", document.source.document, finding.check, at.byte_start,
                                 at.byte_end, finding.stated);
  if (!finding.facts.empty()) {
    const Fact& fact = e.fact(finding.facts.front());
    text += fmt::format("\n{}\n{}\n{}", e.scope_text(fact), fact.period.text(), name(fact.basis));
  }
  return short_id(text);
}

auto order(const Finding& f) { return std::tie(f.at.begin, f.at.end, f.check, f.id); }

// Findings of one place, check and statement are one.
void order_and_merge(Findings& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return order(a) < order(b); });
  const auto same = [](const Finding& a, const Finding& b) { return order(a) == order(b); };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

}  // namespace

void check(const Document& document, Extraction& extraction, const Checker& checker) {
  Findings findings;
  {
    const Evidence evidence(document, extraction, checker.impl());
    for (const auto& one :
         {check_relations, check_stated_twice, check_headline, check_scale, check_date, check_redated})
      one(evidence, findings);
    for (Finding& finding : findings) finding.id = finding_id(evidence, finding);
  }
  order_and_merge(findings);
  for (const Finding& finding : findings) {
    for (const uint32_t i : finding.facts) extraction.facts[i].findings.push_back(finding.id);
  }
  extraction.findings.insert(extraction.findings.end(), findings.begin(), findings.end());
}

}  // namespace jiyao
