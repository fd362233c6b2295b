// Many documents through the line at once.
//
//   inputs ─one by one→ read … write, `threads` at a time ─in the order given→ sink
//
// The sink is called from one thread at a time, in the order of the inputs, so
// the bytes are the same for any number of threads. Only a few documents are
// held at a time, however many there are.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/check/across.h"
#include "pipeline/model/finding_row.h"
#include "pipeline/model/run_record.h"
#include "pipeline/run/run.h"

namespace jiyao {

// What came of documents, in numbers.
struct Tally {
  size_t documents = 0;  // read and extracted
  size_t failed = 0;
  size_t bytes = 0;  // of decoded text
  size_t facts = 0;
  size_t figures = 0;     // rows of the ledger: every number of the text
  size_t unresolved = 0;  // of these, quantities that no rule could place
  size_t digits = 0;
  size_t digits_accounted = 0;  // lie inside a row of the ledger
  size_t findings = 0;
  size_t contradictions = 0;

  Tally& operator+=(const Tally& other);
};

Tally tally(const Document& document, const Extraction& extraction);

// Where the audit pages lie, beside the tables; and the URL of one of them from
// there. Empty for an empty name.
constexpr const char* kAuditFolder = "audit";
std::string page_url(const std::string& page_name);

// One document's part of the results, or why there is none.
struct BatchResult {
  std::string document;
  std::string error;    // a line for the user; empty if all went well
  std::string metrics;  // rows of the table, as CSV
  std::string ledger;
  std::vector<FindingRow> findings;  // inside of the document
  Statements statements;             // for findings between documents
  std::string page_name;             // of its audit page; empty if none is wanted
  std::string page;                  // its first part
  std::string company;               // as the whole text gives it
  RecordedDocument record;
  Tally tally;
};

struct BatchOptions {
  int threads = 0;                                  // 0: as many as there are processors
  std::string encoding;                             // IANA name, or empty to detect
  const std::atomic<bool>* stop = nullptr;          // set: no further document is begun
  const std::vector<std::string>* pages = nullptr;  // file names of the audit pages, one for each input
};

using ContextOf = std::function<DocumentContext(const Input&)>;
using Sink = std::function<void(BatchResult&&)>;

// A document that fails is handed to the sink with its error and stops no
// other. What the sink throws ends the batch and is thrown on.
Tally run_batch(const std::vector<Input>& inputs, const ContextOf& context_of, const Line& line,
                const BatchOptions& options, const Sink& sink);

}  // namespace jiyao
