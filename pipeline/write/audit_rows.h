// The right half of an audit page: a row for each fact, the unresolved figures,
// the findings. What a row has no element for stands in its attributes, and
// what is as usual (actual, the document's company) stands nowhere.
//
//   <div class=r id=f-… role=listitem data-m=revenue data-b=yoy …>
//     <a class=c href="#c40-46">12.5億元</a>   the figure, as written
//     <span class=l>14</span>                  line
//     <span class=m>Revenue</span>             metric
//     <span class=g>                           as written: k company, if another; sg segment; j subject
//     <span class=p>2024Q4</span>
//     <span class=b>yoy <span class=s>guidance
//     <span class=v>1,250,000,000 <span class=u>TWD
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/finding_row.h"
#include "pipeline/write/audit_text.h"

namespace jiyao {

void append_audit_rows(std::string& out, const Document& document, const Extraction& extraction);

// The ledger's rows of class `unresolved`, each with the text around it.
void append_unresolved(std::string& out, const Document& document, const std::vector<AuditFigure>& figures);

// See audit_page_end().
void append_audit_findings(std::string& out, const std::vector<FindingRow>& findings, std::string_view document);

}  // namespace jiyao
