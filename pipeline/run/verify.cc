#include "pipeline/run/verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "pipeline/model/cell.h"
#include "pipeline/read/hash.h"
#include "pipeline/read/read.h"
#include "pipeline/resolve/fact_id.h"
#include "pipeline/run/audit_folder.h"
#include "pipeline/run/batch.h"
#include "pipeline/run/in_order.h"
#include "pipeline/run/output.h"
#include "pipeline/run/sources.h"
#include "pipeline/verify/verify.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

namespace fs = std::filesystem;

constexpr const char* kMetrics = "metrics.csv";
constexpr const char* kLedger = "ledger.csv";
constexpr const char* kFindings = "findings.csv";

using Rows = std::vector<uint32_t>;
using Problems = std::vector<Problem>;

void append(Problems& to, Problems&& from) { std::move(from.begin(), from.end(), std::back_inserter(to)); }

// What one document gave.
struct Checked {
  size_t index = 0;     // of the document
  bool proven = false;  // its source is as it was
  Problems of_document;
  Problems of_rows;  // by the source alone
  Comparison::Part metrics;
  Comparison::Part ledger;
  std::unordered_map<std::string, std::string> findings_of;  // fact → its cell `findings`, where not empty
  std::vector<FindingRow> findings;
  Statements statements;
};

class Verifier {
 public:
  Verifier(const VerifyOptions& options, const Line& line, ResultTables&& tables)
      : options_(options),
        line_(line),
        tables_(std::move(tables)),
        metrics_(tables_.metrics, kMetrics, {"fact_id"}, {"findings"}),
        ledger_(tables_.ledger, kLedger, {"document", "byte_start"}),
        findings_(tables_.findings, kFindings, {"finding_id"}) {
    for (uint32_t row = 0; row < tables_.metrics.rows(); ++row) {
      metrics_of_[std::string(unguarded(tables_.metrics.cell(row, "document")))].push_back(row);
    }
    for (uint32_t row = 0; row < tables_.ledger.rows(); ++row) {
      ledger_of_[std::string(unguarded(tables_.ledger.cell(row, "document")))].push_back(row);
    }
  }

  Verified run();

 private:
  void read_record();
  void say_why_not(const std::string& why) {
    out_.repeated = false;
    out_.why_not = why;
  }
  Checked check(size_t index, const FoundSource& source) const;
  void check_source(const RecordedDocument& of, const SourceText& source, Checked& checked) const;
  void check_alone(const RecordedDocument& of, const Document& document, const Mentions& mentions,
                   Checked& checked) const;
  void check_again(const RecordedDocument& of, const Document& document, Extraction& extraction,
                   Checked& checked) const;
  void check_ids(const Rows& rows, Problems& problems) const;
  void take(const RecordedDocument& of, Checked&& checked);
  void compare_findings();
  void compare_findings_cells(const std::vector<FindingRow>& between);
  void check_pages();
  void check_files();
  void finish();

  static const Rows& rows_of(const std::unordered_map<std::string, Rows>& all, const std::string& document) {
    static const Rows none;
    const auto found = all.find(document);
    return found == all.end() ? none : found->second;
  }

  const VerifyOptions& options_;
  const Line& line_;
  const ResultTables tables_;
  Comparison metrics_, ledger_, findings_;
  std::unordered_map<std::string, Rows> metrics_of_, ledger_of_;
  RunRecord record_;
  std::set<std::string, std::less<>> unproven_;  // documents, as the tables name them
  std::vector<Checked> held_;                    // of each proven document what findings need
  Problems of_documents_, of_rows_, of_tables_, of_pages_;
  Verified out_;
};

// Without run.json the tables themselves say which documents there are.
void Verifier::read_record() {
  auto read = read_run_record(options_.folder / "run.json");
  if (auto* record = std::get_if<RunRecord>(&read)) {
    record_ = std::move(*record);
    if (record_.program != options_.program) {
      say_why_not(fmt::format("made by jiyao {}, this is {}", record_.program, options_.program));
    } else if (record_.rules != line_.rules.hash) {
      say_why_not(fmt::format("made with rules {:.12}, these are {:.12}", record_.rules, line_.rules.hash));
    }
    return;
  }
  const std::string& message = std::get<ReadError>(read).message;
  of_documents_.push_back({"run.json", 0, "", "", "", "cannot be used (" + message + "); extract anew"});
  say_why_not("run.json, which says how the tables were made, cannot be used");
  std::set<std::string> known;
  for (uint32_t row = 0; row < tables_.metrics.rows(); ++row) {
    RecordedDocument document;
    document.document = unguarded(tables_.metrics.cell(row, "document"));
    document.sha256 = tables_.metrics.cell(row, "source_sha256");
    if (known.insert(document.document).second) record_.documents.push_back(std::move(document));
  }
}

// The id is made of document and place, whatever the rules say of it.
void Verifier::check_ids(const Rows& rows, Problems& problems) const {
  constexpr int kMostStatements = 64;  // of one figure
  const ResultTable& table = tables_.metrics;
  for (const uint32_t row : rows) {
    const std::string document(unguarded(table.cell(row, "document")));
    const auto begin =
        static_cast<uint32_t>(std::strtoul(std::string(table.cell(row, "byte_start")).c_str(), nullptr, 10));
    const auto end = static_cast<uint32_t>(std::strtoul(std::string(table.cell(row, "byte_end")).c_str(), nullptr, 10));
    bool known = false;
    for (int n = 0; n < kMostStatements && !known; ++n)
      known = table.cell(row, "fact_id") == fact_id(document, begin, end, n);
    if (!known) problems.push_back(altered_cell(table, kMetrics, row, "fact_id", "", "is not the id of this place; "));
  }
}

// Of a row that does not stand where it says nothing more can be told.
void Verifier::check_alone(const RecordedDocument& of, const Document& document, const Mentions& mentions,
                           Checked& checked) const {
  std::set<uint32_t> misplaced;
  for (const Problem& problem : checked.of_rows) {
    if (problem.file == kMetrics) misplaced.insert(problem.line);
  }
  Rows facts;
  for (const uint32_t row : rows_of(metrics_of_, of.document)) {
    if (!misplaced.contains(tables_.metrics.lines[row])) facts.push_back(row);
  }
  const std::vector<Quantity> quantities = find_quantities(document, mentions, line_.resolver, of.given);
  append(checked.of_rows, check_values(tables_.metrics, kMetrics, facts, document, quantities));
  append(checked.of_rows, check_words(tables_.metrics, kMetrics, facts));
  check_ids(facts, checked.of_rows);
  append(checked.of_rows, check_digits(tables_.ledger, kLedger, rows_of(ledger_of_, of.document), document.source));
}

void Verifier::check_again(const RecordedDocument& of, const Document& document, Extraction& extraction,
                           Checked& checked) const {
  const auto parsed = [](const std::string& text, const char* name) {
    return std::get<ResultTable>(table_of(text, name, {}));
  };
  const ResultTable facts = parsed(metrics_header() + metrics_rows(document, extraction, page_url(of.page)), kMetrics);
  checked.metrics = metrics_.compare(facts);
  checked.ledger = ledger_.compare(parsed(ledger_header() + ledger_rows(document, extraction), kLedger));
  for (const Fact& fact : extraction.facts) {
    if (!fact.findings.empty()) checked.findings_of[fact.id] = fmt::format("{}", fmt::join(fact.findings, ";"));
  }
  checked.findings = finding_rows(document, extraction);
  checked.statements = statements(document, extraction, line_);
}

void Verifier::check_source(const RecordedDocument& of, const SourceText& source, Checked& checked) const {
  append(checked.of_rows, check_citations(tables_.metrics, kMetrics, rows_of(metrics_of_, of.document), source));
  append(checked.of_rows, check_citations(tables_.ledger, kLedger, rows_of(ledger_of_, of.document), source));
  for (const uint32_t row : rows_of(metrics_of_, of.document)) {
    if (tables_.metrics.cell(row, "source_sha256") == source.sha256) continue;
    checked.of_rows.push_back(altered_cell(tables_.metrics, kMetrics, row, "source_sha256", source.sha256));
  }
}

Checked Verifier::check(size_t index, const FoundSource& found) const {
  const RecordedDocument& of = record_.documents[index];
  Checked checked;
  checked.index = index;
  if (!found.found) return checked;  // told already
  const auto tell = [&](std::string message) {
    checked.of_document.push_back({of.document, 0, "", "", "", std::move(message)});
    return std::move(checked);
  };
  auto text = read(found.input, record_.encoding);
  if (const auto* error = std::get_if<ReadError>(&text)) return tell("cannot be read (" + error->message + ")");
  SourceText& source = std::get<SourceText>(text);
  if (source.sha256 != of.sha256) {
    return tell(
        fmt::format("was edited: its sha256 is {:.12}…, it was {:.12}…; its {} rows are not confirmed; restore "
                    "it, or extract anew",
                    source.sha256, of.sha256, rows_of(metrics_of_, of.document).size()));
  }
  checked.proven = true;
  source.index_lines();
  check_source(of, source, checked);
  auto [document, mentions, extraction] = extract(std::move(source), of.given, line_);
  if (out_.repeated) {
    check_again(of, document, extraction, checked);
  } else {
    check_alone(of, document, mentions, checked);
  }
  return checked;
}

void Verifier::take(const RecordedDocument& of, Checked&& checked) {
  append(of_documents_, std::move(checked.of_document));
  append(of_rows_, std::move(checked.of_rows));
  if (!checked.proven) {
    unproven_.insert(guarded(of.document));
    return;
  }
  ++out_.documents;
  if (!out_.repeated) return;
  metrics_.take(std::move(checked.metrics));
  ledger_.take(std::move(checked.ledger));
  checked.metrics = {};
  checked.ledger = {};
  held_.push_back(std::move(checked));
}

// Which findings there are between documents is known only if all are proven;
// else the table may name more than can be found again.
void Verifier::compare_findings() {
  const bool complete = unproven_.empty();
  std::vector<FindingRow> between;
  if (complete) {
    std::vector<Statements> all;
    for (Checked& checked : held_) all.push_back(std::move(checked.statements));
    between = options_.across(all);
  }
  std::unordered_map<std::string_view, std::string> page_of;
  std::string rows = findings_header();
  for (const Checked& checked : held_) {
    const RecordedDocument& of = record_.documents[checked.index];
    page_of.emplace(of.document, page_url(of.page));
    rows += findings_rows(checked.findings, page_url(of.page));
  }
  for (const FindingRow& finding : between) rows += findings_rows({finding}, page_of[finding.document]);
  findings_.take(findings_.compare(std::get<ResultTable>(table_of(rows, kFindings, {}))));
  compare_findings_cells(between);
}

void Verifier::compare_findings_cells(const std::vector<FindingRow>& between) {
  std::unordered_map<std::string, std::string> cells;
  for (Checked& checked : held_) cells.merge(checked.findings_of);
  for (const FindingRow& finding : between) {
    for (const std::string& fact : std::set(finding.fact_ids.begin(), finding.fact_ids.end())) {
      std::string& cell = cells[fact];
      cell += (cell.empty() ? "" : ";") + finding.id;
    }
  }
  const ResultTable& table = tables_.metrics;
  for (uint32_t row = 0; row < table.rows(); ++row) {
    if (!metrics_.is_matched(row)) continue;
    const auto known = cells.find(std::string(table.cell(row, "fact_id")));
    const std::string should = known == cells.end() ? "" : known->second;
    const std::string_view cell = table.cell(row, "findings");
    const bool more = !unproven_.empty() && (should.empty() || cell.starts_with(should + ";"));
    if (cell != should && !more) of_tables_.push_back(altered_cell(table, kMetrics, row, "findings", should));
  }
}

void Verifier::check_pages() {
  const auto expect = [&](const std::string& page) {
    if (is_audit_page(options_.folder / kAuditFolder / page)) return;
    of_pages_.push_back({std::string(kAuditFolder) + "/" + page, 0, "", "", "",
                         "is not there, or is no page of jiyao; rows lead to it; extract anew"});
  };
  bool any = false;
  for (const RecordedDocument& of : record_.documents) {
    if (of.page.empty()) continue;
    any = true;
    expect(of.page);
  }
  if (any) expect(kAuditIndex);
}

// Workbook and JSON lines were made of the tables: they are as they were, or not.
void Verifier::check_files() {
  for (const auto& [name, hash] : record_.files) {
    const std::string now = file_sha256(options_.folder / name);
    if (now == hash) continue;
    const char* what = now.empty() ? "is not there, or cannot be read; extract anew"
                                   : "was altered: its sha256 is not the one that run.json has; extract anew";
    of_pages_.push_back({name, 0, "", "", "", what});
  }
  for (const char* name : {kBookFile, kLinesFile}) {
    std::error_code ignored;
    if (!record_.files.contains(name) && fs::exists(options_.folder / name, ignored)) out_.unchecked.emplace_back(name);
  }
}

// A row with cells that differ is told for these alone, and a cell for one thing.
void Verifier::finish() {
  Problems all = std::move(of_documents_);
  if (out_.repeated) {
    compare_findings();
    append(all, metrics_.finish(unproven_));
    append(all, ledger_.finish(unproven_));
    append(all, findings_.finish(unproven_, !unproven_.empty()));
    append(all, std::move(of_tables_));
  }
  std::set<std::pair<std::string, uint32_t>> told;
  for (const Problem& problem : all) told.emplace(problem.file, problem.line);
  Problems more = std::move(of_rows_);
  if (!out_.repeated || !unproven_.empty()) append(more, check_references(tables_));
  if (!out_.repeated && !record_.program.empty()) append(more, check_counts(tables_, record_));
  std::set<std::tuple<std::string, uint32_t, std::string>> cells;
  for (Problem& problem : more) {
    if (problem.line != 0 && told.contains({problem.file, problem.line})) continue;
    if (problem.line != 0 && !cells.emplace(problem.file, problem.line, problem.column).second) continue;
    all.push_back(std::move(problem));
  }
  check_pages();
  check_files();
  append(all, std::move(of_pages_));
  const auto rank = [this](const Problem& problem) {
    constexpr std::array<std::string_view, 3> kTables = {kMetrics, kLedger, kFindings};
    const auto table = std::find(kTables.begin(), kTables.end(), problem.file);
    if (table != kTables.end()) return 1 + (table - kTables.begin());
    const bool made_of_tables = problem.file.starts_with("audit/") || record_.files.contains(problem.file);
    return made_of_tables ? std::ptrdiff_t{4} : std::ptrdiff_t{0};
  };
  std::stable_sort(all.begin(), all.end(), [&](const Problem& a, const Problem& b) {
    return std::pair(rank(a), a.line) < std::pair(rank(b), b.line);
  });
  out_.problems = std::move(all);
}

Verified Verifier::run() {
  read_record();
  out_.facts = tables_.metrics.rows();
  out_.figures = tables_.ledger.rows();
  out_.findings = tables_.findings.rows();
  Sources sources = find_sources(record_.documents, options_.sources, record_.inputs, options_.folder);
  append(of_documents_, std::move(sources.problems));
  size_t next = 0;
  in_order<Checked>(
      record_.documents.size(), options_.threads, nullptr,
      [&](size_t index) { return check(index, sources.all[index]); },
      [&](Checked&& checked) { take(record_.documents[next++], std::move(checked)); });
  finish();
  return std::move(out_);
}

}  // namespace

std::variant<Verified, ReadError> verify_result(const VerifyOptions& options, const Line& line) {
  ResultTables tables;
  const std::vector<std::string_view> place = {"document",   "figure",   "line",       "column",
                                               "char_start", "char_end", "byte_start", "byte_end"};
  std::vector<std::string_view> of_metrics = place;
  of_metrics.insert(of_metrics.end(), {"fact_id", "source_sha256", "quote", "findings"});
  std::vector<std::string_view> of_ledger = place;
  of_ledger.insert(of_ledger.end(), {"class", "fact_ids"});
  const auto read_into = [&](ResultTable& table, const char* name, const std::vector<std::string_view>& needed) {
    auto read = read_table(options.folder / name, needed);
    if (auto* error = std::get_if<ReadError>(&read)) return std::optional<ReadError>(std::move(*error));
    table = std::get<ResultTable>(std::move(read));
    return std::optional<ReadError>();
  };
  if (auto error = read_into(tables.metrics, kMetrics, of_metrics)) return *error;
  if (auto error = read_into(tables.ledger, kLedger, of_ledger)) return *error;
  if (auto error = read_into(tables.findings, kFindings, {"finding_id", "document", "fact_ids"})) return *error;
  return Verifier(options, line, std::move(tables)).run();
}
}  // namespace jiyao
