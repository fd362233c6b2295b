// The audit pages: static HTML that shows a source beside its rows.
//
// They work from the disk, ask nothing of any server (a Content-Security-Policy
// forbids it), and are of use without JavaScript. A page is written in two
// parts, because findings between documents are known only after the last one:
// audit_page_begin() while the document is at hand, audit_page_end() behind it.
// Both together are one complete page, which lies beside the index, a file
// called index.html.
//
// A page can be linked to by element ids: the id of a fact is that of its row,
// `c40-46` that of the figure at the code points [40, 46), `L12` that of line
// 12, and `finding-` with its id that of a finding.
//
// All functions are total and thread safe, and linear in what they are given.
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
// and those between documents. `document` is its name: a finding that stands
// in another one gets no link to a place; empty: all stand in this one.
std::string audit_page_end(const std::vector<FindingRow>& findings, std::string_view document = {});

struct AuditEntry {
  std::string document;
  std::string page;  // file name of its page, as it lies beside the index
  std::string company;
  size_t facts = 0;
  size_t figures = 0;
  size_t unresolved = 0;
  size_t contradictions = 0;
  size_t suspicious = 0;
  std::string source_sha256;  // as in metrics.csv: which decisions kept by the browser are of this document
};
std::string audit_index(const std::vector<AuditEntry>& entries);

}  // namespace jiyao
