// Extraction → rows of the three tables, as CSV by RFC 4180.
#pragma once

#include <cstdint>
#include <string>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"

namespace jiyao {

// Header line with the byte order mark, CRLF.
std::string metrics_header();
std::string ledger_header();
std::string findings_header();

// The rows of one document, CRLF after each. Cells that a spreadsheet would
// take for a formula are made safe.
std::string metrics_rows(const Document& document, const Extraction& extraction);
std::string ledger_rows(const Document& document, const Extraction& extraction);
std::string findings_rows(const Document& document, const Extraction& extraction);

}  // namespace jiyao
