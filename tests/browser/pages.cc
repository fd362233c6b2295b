// Writes the audit pages of some texts, for the browser tests:
//   audit_pages OUT FILE...   → OUT/audit/index.html and a page for each file
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "pipeline/write/audit.h"
#include "tests/support/support.h"

namespace {

namespace fs = std::filesystem;
using namespace jiyao;

FindingRow row_of(const Extracted& from, const Finding& finding) {
  const Citation at = cite(from.document.source, from.document.folded, finding.at);
  FindingRow row;
  row.id = finding.id;
  row.check = finding.check;
  row.severity = finding.severity;
  row.document = from.document.source.document;
  row.line = at.line;
  row.message_en = finding.message_en;
  row.message_zh = finding.message_zh;
  row.stated = finding.stated;
  row.computed_low = finding.computed_low;
  row.computed_high = finding.computed_high;
  for (const uint32_t fact : finding.facts) row.fact_ids.push_back(from.extraction.facts[fact].id);
  row.char_start = at.char_start;
  row.char_end = at.char_end;
  return row;
}

AuditEntry write_page(const fs::path& file, const fs::path& folder) {
  const Extracted from = support::extracted(support::contents(file), {}, file.filename().string());
  std::vector<FindingRow> findings;
  AuditEntry entry;
  entry.document = from.document.source.document;
  entry.page = file.filename().string() + ".html";
  entry.company = from.extraction.context.company;
  entry.source_sha256 = from.document.source.sha256;
  entry.facts = from.extraction.facts.size();
  entry.figures = from.extraction.ledger.size();
  for (const LedgerRow& row : from.extraction.ledger) entry.unresolved += row.kind == LedgerClass::unresolved;
  for (const Finding& finding : from.extraction.findings) {
    findings.push_back(row_of(from, finding));
    ++(finding.severity == Severity::contradiction ? entry.contradictions : entry.suspicious);
  }
  std::ofstream(folder / entry.page, std::ios::binary)
      << audit_page_begin(from.document, from.extraction) << audit_page_end(findings, entry.document);
  return entry;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: audit_pages OUT FILE...\n", stderr);
    return 2;
  }
  const fs::path folder = fs::path(argv[1]) / "audit";
  fs::create_directories(folder);
  std::vector<AuditEntry> entries;
  for (int i = 2; i < argc; ++i) entries.push_back(write_page(argv[i], folder));
  std::ofstream(folder / "index.html", std::ios::binary) << audit_index(entries);
  return 0;
}
