// Findings between documents: a comparative against the value that an earlier
// document reported, the Traditional against the Simplified version of one call,
// a growth against a level that only another document states.
//
// What one document states is kept in a small form, so that a batch of any size
// can be compared after its documents are gone.
#pragma once

#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/finding_row.h"

namespace jiyao {

// What comparing needs of one document; made while the document is at hand.
struct Statements {
  std::string document;
};

Statements statements_of(const Document& document, const Extraction& extraction);

// In the order of the documents and then of the text. Total and deterministic;
// linear in the number of statements, but for sorting.
std::vector<FindingRow> check_across(const std::vector<Statements>& documents);

}  // namespace jiyao
