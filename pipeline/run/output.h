// The results of a batch as files of one folder:
//
//   metrics.csv  ledger.csv  findings.csv     the tables
//   metrics.xlsx  metrics.jsonl               made of the tables
//   audit/index.html  audit/NAME.html         a page for each document
//   run.json                                  what they were made of
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/run/audit_folder.h"
#include "pipeline/run/batch.h"
#include "pipeline/run/table_rows.h"
#include "pipeline/run/work_folder.h"
#include "pipeline/write/audit.h"

namespace jiyao {

constexpr const char* kBookFile = "metrics.xlsx";
constexpr const char* kLinesFile = "metrics.jsonl";

struct Formats {
  bool csv = false;
  bool xlsx = false;
  bool jsonl = false;
  bool html = false;
};

struct OutputOptions {
  Formats formats;
  RunRecord record;                // but for its documents and findings
  std::vector<std::string> pages;  // file names of the pages, if formats.html
  std::function<std::vector<FindingRow>(const std::vector<Statements>&)> across = check_across;
};

// What is known when all is written.
struct Committed {
  size_t findings = 0;  // between documents
  size_t contradictions = 0;
  std::vector<std::string> notes;  // lines for the user: what a format could not hold
};

// Writes in a folder of its own and gives the files their names only in
// commit(), so that a run that fails or is stopped leaves nothing half-written
// and an earlier result as it was. Rows and pages go to the disk as they come;
// what findings between documents need is held in memory. Not thread safe.
class OutputFolder {
 public:
  // Makes the folder if need be. Throws std::runtime_error with a line for
  // the user, as do write() and commit().
  OutputFolder(const std::filesystem::path& folder, OutputOptions options);

  void write(BatchResult&& result);
  Committed commit();

 private:
  struct Done {
    std::vector<FindingRow> findings;  // that stand in it, in text order
    std::vector<FindingRow> mentions;  // that stand in another one and concern a fact of it
    AuditEntry entry;
  };

  void open(std::ofstream& out, const char* name, const std::string& header);
  void add_between(const std::vector<FindingRow>& between);
  void write_findings();
  void write_pages();
  void write_record();
  void move_all();

  std::filesystem::path folder_;
  OutputOptions options_;
  WorkFolder work_;
  std::unique_ptr<AuditFolder> audit_;
  std::ofstream metrics_;
  std::ofstream ledger_;
  std::vector<Done> done_;
  std::vector<Statements> statements_;
  struct {
    size_t metrics = 0;
    size_t ledger = 0;
    size_t findings = 0;
  } rows_;
};

}  // namespace jiyao
