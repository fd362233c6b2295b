#include "pipeline/write/audit.h"

namespace jiyao {

std::string audit_page_begin(const Document&, const Extraction&) { return {}; }
std::string audit_page_end(const std::vector<FindingRow>&, std::string_view) { return {}; }
std::string audit_index(const std::vector<AuditEntry>&) { return {}; }

}  // namespace jiyao
