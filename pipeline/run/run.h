// The line itself: read → normalize → segment → match → resolve → check → write.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "pipeline/check/across.h"
#include "pipeline/check/check.h"
#include "pipeline/load/load.h"
#include "pipeline/match/match.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/quantity.h"
#include "pipeline/normalize/normalize.h"
#include "pipeline/read/read.h"
#include "pipeline/resolve/resolve.h"

namespace jiyao {

// Everything that is made once for many documents. Immutable and thread safe.
struct Line {
  explicit Line(RuleSet set) : rules(std::move(set)), matcher(rules), resolver(rules), checker(rules) {}
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  RuleSet rules;
  Folder folder;
  Matcher matcher;
  Resolver resolver;
  Checker checker;
};

struct Extracted {
  Document document;
  Mentions mentions;
  Extraction extraction;
};

// One document through all stages but reading and writing. Total.
Extracted extract(SourceText source, const DocumentContext& given, const Line& line);

// What comparing it with other documents needs.
Statements statements(const Document& document, const Extraction& extraction, const Line& line);

// Its figures and periods alone; see find_quantities. Total.
struct Quantities {
  Document document;
  std::vector<Quantity> all;
};
Quantities quantities(SourceText source, const DocumentContext& given, const Line& line);

}  // namespace jiyao
