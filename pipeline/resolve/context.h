// What is known of the document as a whole: its company, currency, period.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"
#include "pipeline/resolve/classes.h"
#include "pipeline/resolve/period.h"

namespace jiyao {

// Bytes of the text that introduce it.
constexpr uint32_t kHead = 1200;

struct Known {
  DocumentContext context;
  std::string home;                     // CN HK TW US: of the company
  std::string company_folded;           // as it stands in the folded text; may be empty
  std::vector<Span> named;              // where companies with codes are named: find_named_companies()
  bool last_quarter_is_report = false;  // 上季 is the quarter reported
  Date told;                            // the latest day that is told of as past; year 0: none is named

  // What ended before is no outlook, whatever the report is on.
  Date now() const { return context.published.year != 0 ? context.published : std::max(context.period.end, told); }
};

// `given` goes first; what it leaves open is found in the text: company and
// ticker in the first lines, the publication date in the first lines, the
// currency from the company's other figures, the period that is spoken of most.
Known find_context(const Document& document, const Mentions& mentions, const RuleSet& rules, const Classes& classes,
                   const DocumentContext& given);

}  // namespace jiyao
