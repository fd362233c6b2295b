// ledger.csv: one row per figure; findings.csv: one row per contradiction.
#include "pipeline/write/csv.h"
#include "pipeline/write/places.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

const char* name(Severity severity) { return severity == Severity::contradiction ? "contradiction" : "suspicious"; }

std::vector<std::string> ids(const Extraction& extraction, const std::vector<uint32_t>& facts) {
  std::vector<std::string> found;
  for (const uint32_t index : facts) {
    if (index < extraction.facts.size()) found.push_back(extraction.facts[index].id);
  }
  return found;
}

}  // namespace

std::string ledger_header() {
  return csv_header("document,class,figure,meaning,line,column,char_start,char_end,byte_start,byte_end,fact_ids,rule");
}

std::string ledger_rows(const Document& document, const Extraction& extraction) {
  std::string rows;
  CsvWriter csv(rows);
  const std::string source = one_cell(document.source.document);
  for (const LedgerRow& row : extraction.ledger) {
    const Citation at = cite(document.source, document.folded, row.figure);
    csv.written(source).raw(name(row.kind)).figure(at.text).text(row.meaning);
    write_place(csv, at);
    if (row.facts.empty()) {
      csv.written("");
    } else {
      csv.joined(ids(extraction, row.facts));
    }
    csv.text(row.rule);
    csv.end_row();
  }
  return rows;
}

std::string findings_header() {
  return csv_header(
      "finding_id,check,severity,document,line,message_en,message_zh,stated,computed_low,computed_high,fact_ids,"
      "link");
}

std::vector<FindingRow> finding_rows(const Document& document, const Extraction& extraction) {
  std::vector<FindingRow> rows;
  for (const Finding& finding : extraction.findings) {
    const Citation at = cite(document.source, document.folded, finding.at);
    rows.push_back({.id = finding.id,
                    .check = finding.check,
                    .severity = finding.severity,
                    .document = document.source.document,
                    .line = at.line,
                    .message_en = finding.message_en,
                    .message_zh = finding.message_zh,
                    .stated = finding.stated,
                    .computed_low = finding.computed_low,
                    .computed_high = finding.computed_high,
                    .fact_ids = ids(extraction, finding.facts),
                    .char_start = at.char_start,
                    .char_end = at.char_end});
  }
  return rows;
}

std::string findings_rows(const std::vector<FindingRow>& findings, const std::string& page) {
  std::string rows;
  CsvWriter csv(rows);
  for (const FindingRow& finding : findings) {
    csv.raw(finding.id).text(finding.check).raw(name(finding.severity)).text(finding.document).number(finding.line);
    csv.text(finding.message_en).text(finding.message_zh);
    csv.text(finding.stated).text(finding.computed_low).text(finding.computed_high);
    csv.joined(finding.fact_ids);
    csv.raw(link_to(page, finding.fact_ids.empty() ? "" : finding.fact_ids.front()));
    csv.end_row();
  }
  return rows;
}

}  // namespace jiyao
