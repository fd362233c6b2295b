// Whom a document is about.
#pragma once

#include <string>

#include "pipeline/model/document.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"
#include "pipeline/resolve/classes.h"
#include "pipeline/resolve/context.h"

namespace jiyao {

// Whether the first block is a title, and no paragraph of several sentences.
bool has_title(const Document& document);

// Fills company, ticker and home of `known`, where they were not given, and the companies that are
// named; returns the currency that the company reports in (ISO 4217), empty if no lexicon says it.
std::string find_own_company(const Document& document, const Mentions& mentions, const RuleSet& rules,
                             const Classes& classes, Known& known);

}  // namespace jiyao
