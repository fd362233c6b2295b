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

Tally tally(const Extracted& extracted);

// One document's part of the three tables, or why there is none.
struct BatchResult {
  std::string document;
  std::string error;  // a line for the user; empty if all went well
  std::string metrics;
  std::string ledger;
  std::string findings;
  Tally tally;
};

struct BatchOptions {
  int threads = 0;                          // 0: one for each processor
  std::string encoding;                     // empty: detect
  const std::atomic<bool>* stop = nullptr;  // when it turns true, no further document is begun
};

// What is known of a document besides its text.
using ContextOf = std::function<DocumentContext(const Input&)>;
using Sink = std::function<void(BatchResult&&)>;

// A document that fails is handed to the sink with its error and stops no
// other. What the sink throws ends the batch and is thrown on.
Tally run_batch(const std::vector<Input>& inputs, const ContextOf& context_of, const Line& line,
                const BatchOptions& options, const Sink& sink);

}  // namespace jiyao
