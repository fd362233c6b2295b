#include "pipeline/check/across.h"

namespace jiyao {

Statements statements_of(const Document& document, const Extraction&) { return {document.source.document}; }

std::vector<FindingRow> check_across(const std::vector<Statements>&) { return {}; }

}  // namespace jiyao
