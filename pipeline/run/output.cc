#include "pipeline/run/output.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "pipeline/read/hash.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& what) {
  throw std::runtime_error(path.string() + ": " + what);
}

constexpr const char* kNotWritten = "cannot be written; is the disk full?";

fs::path made_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder)) fail(folder, "cannot be made a folder; give -o another one");
  return folder;
}

size_t contradictions_of(const std::vector<FindingRow>& findings) {
  return static_cast<size_t>(std::count_if(findings.begin(), findings.end(), [](const FindingRow& finding) {
    return finding.severity == Severity::contradiction;
  }));
}

}  // namespace

OutputFolder::OutputFolder(const fs::path& folder, OutputOptions options)
    : folder_(made_folder(folder)), options_(std::move(options)), work_(folder_) {
  if (options_.formats.html) {
    audit_ = std::make_unique<AuditFolder>(folder_ / kAuditFolder, work_.path() / kAuditFolder, options_.pages);
  }
  open(metrics_, "metrics.csv", metrics_header());
  open(ledger_, "ledger.csv", ledger_header());
}

void OutputFolder::open(std::ofstream& out, const char* name, const std::string& header) {
  out.open(work_.path() / name, std::ios::binary | std::ios::trunc);
  if (!(out << header)) fail(folder_ / name, kNotWritten);
}

void OutputFolder::write(BatchResult&& result) {
  if (!(metrics_ << result.metrics)) fail(folder_ / "metrics.csv", kNotWritten);
  if (!(ledger_ << result.ledger)) fail(folder_ / "ledger.csv", kNotWritten);
  if (audit_) audit_->append(result.page_name, result.page);
  const Tally& tally = result.tally;
  rows_.metrics += tally.facts;
  rows_.ledger += tally.figures;
  Done& done = done_.emplace_back();
  done.findings = std::move(result.findings);
  done.entry = {result.document,
                result.page_name,
                std::move(result.company),
                tally.facts,
                tally.figures,
                tally.unresolved,
                0,
                0,
                result.record.sha256};
  statements_.push_back(std::move(result.statements));
  options_.record.documents.push_back(std::move(result.record));
}

// A finding stands in its document, between the others of it; the documents of
// the facts that it names tell of it too.
void OutputFolder::add_between(const std::vector<FindingRow>& between) {
  if (between.empty()) return;
  std::map<std::string_view, Done*> by_document;
  for (Done& done : done_) by_document.emplace(done.entry.document, &done);
  std::map<std::string, std::string> document_of;
  for (FactPlace& place : add_findings(work_.path() / "metrics.csv", between)) {
    document_of.emplace(std::move(place.fact_id), std::move(place.document));
  }
  for (const FindingRow& finding : between) {
    const auto home = by_document.find(finding.document);
    if (home == by_document.end()) throw std::runtime_error(finding.document + ": a finding in an unknown document");
    home->second->findings.push_back(finding);
    std::vector<Done*> told = {home->second};
    for (const std::string& fact : finding.fact_ids) {
      const auto document = document_of.find(fact);
      if (document == document_of.end()) continue;
      Done* other = by_document.at(document->second);
      if (std::find(told.begin(), told.end(), other) != told.end()) continue;
      other->mentions.push_back(finding);
      told.push_back(other);
    }
  }
  for (Done& done : done_) {
    std::stable_sort(done.findings.begin(), done.findings.end(),
                     [](const FindingRow& a, const FindingRow& b) { return a.char_start < b.char_start; });
  }
}

void OutputFolder::write_findings() {
  std::ofstream out;
  open(out, "findings.csv", findings_header());
  for (const Done& done : done_) {
    rows_.findings += done.findings.size();
    out << findings_rows(done.findings, page_url(done.entry.page));
  }
  out.close();
  if (!out) fail(folder_ / "findings.csv", kNotWritten);
}

void OutputFolder::write_pages() {
  std::vector<AuditEntry> entries;
  for (Done& done : done_) {
    std::vector<FindingRow> all = std::move(done.findings);
    std::move(done.mentions.begin(), done.mentions.end(), std::back_inserter(all));
    AuditEntry& entry = entries.emplace_back(std::move(done.entry));
    entry.contradictions = contradictions_of(all);
    entry.suspicious = all.size() - entry.contradictions;
    audit_->append(entry.page, audit_page_end(all, entry.document));
    audit_->close(entry.page);
  }
  audit_->append(kAuditIndex, audit_index(entries));
  audit_->close(kAuditIndex);
}

void OutputFolder::write_record() {
  RunRecord& record = options_.record;
  const auto know = [&](bool made, const char* name) {
    if (made) record.files[name] = file_sha256(work_.path() / name);
  };
  know(options_.formats.xlsx, kBookFile);
  know(options_.formats.jsonl, kLinesFile);
  record.tables = kTablesVersion;
  record.findings = rows_.findings;
  std::ofstream out;
  open(out, "run.json", run_record(record));
  out.close();
  if (!out) fail(folder_ / "run.json", kNotWritten);
}

Committed OutputFolder::commit() {
  metrics_.close();
  if (!metrics_) fail(folder_ / "metrics.csv", kNotWritten);
  ledger_.close();
  if (!ledger_) fail(folder_ / "ledger.csv", kNotWritten);
  const std::vector<FindingRow> between = options_.across(statements_);
  Committed out;
  out.findings = between.size();
  out.contradictions = contradictions_of(between);
  add_between(between);
  write_findings();
  if (audit_) write_pages();
  const fs::path& work = work_.path();
  if (options_.formats.jsonl) write_fact_lines(work / "metrics.csv", work / kLinesFile);
  if (options_.formats.xlsx) {
    const std::vector<BookTable> tables = {
        {"metrics", rows_.metrics}, {"ledger", rows_.ledger}, {"findings", rows_.findings}};
    out.notes = write_book(work, tables, work / kBookFile);
  }
  write_record();
  move_all();
  return out;
}

void OutputFolder::move_all() {
  const Formats& formats = options_.formats;
  const auto together = WorkFolder::hold();
  if (audit_) audit_->commit();
  const auto move = [this](bool wanted, const char* name) {
    std::error_code error;
    if (wanted) fs::rename(work_.path() / name, folder_ / name, error);
    if (error) fail(folder_ / name, error.message());
  };
  for (const char* table : {"metrics.csv", "ledger.csv", "findings.csv"}) move(formats.csv, table);
  move(formats.xlsx, kBookFile);
  move(formats.jsonl, kLinesFile);
  move(true, "run.json");
}

}  // namespace jiyao
