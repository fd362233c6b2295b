// The audit pages: static HTML that shows a source beside its rows.
//
// A page is written in two parts, because findings between documents are known
// only after the last one: audit_page_begin() while the document is at hand,
// audit_page_end() behind it. Both together are one complete page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/finding_row.h"

namespace jiyao {

std::string audit_page_begin(const Document& document, const Extraction& extraction);
// `findings`: all that concern a fact of the document or stand in it, its own
// and those between documents.
std::string audit_page_end(const std::vector<FindingRow>& findings);

struct AuditEntry {
  std::string document;
  std::string page;  // file name of its page, as it lies beside the index
  std::string company;
  size_t facts = 0;
  size_t figures = 0;
  size_t unresolved = 0;
  size_t contradictions = 0;
  size_t suspicious = 0;
};
std::string audit_index(const std::vector<AuditEntry>& entries);

}  // namespace jiyao
