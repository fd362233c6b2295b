#include "pipeline/run/batch.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "pipeline/model/url.h"
#include "pipeline/run/in_order.h"
#include "pipeline/write/audit.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

size_t count_digits(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

// What is done alike to each document of the batch.
struct Work {
  const std::vector<Input>& inputs;
  const ContextOf& context_of;
  const Line& line;
  const BatchOptions& options;

  BatchResult one_document(size_t index) const;
  BatchResult guarded(size_t index) const;
};

BatchResult Work::one_document(size_t index) const {
  const Input& input = inputs[index];
  BatchResult result;
  result.document = input.document;
  auto source = read(input, options.encoding);
  if (const auto* error = std::get_if<ReadError>(&source)) {
    result.error = error->message;
    return result;
  }
  const DocumentContext given = context_of(input);
  const auto [document, mentions, extraction] = extract(std::get<SourceText>(std::move(source)), given, line);
  if (options.pages != nullptr) {
    result.page_name = (*options.pages)[index];
    result.page = audit_page_begin(document, extraction);
  }
  result.metrics = metrics_rows(document, extraction, page_url(result.page_name));
  result.ledger = ledger_rows(document, extraction);
  result.findings = finding_rows(document, extraction);
  result.statements = statements(document, extraction, line);
  result.company = extraction.context.company;
  result.record = {document.source.document, document.source.sha256,  result.page_name, given,
                   extraction.facts.size(),  extraction.ledger.size()};
  result.tally = tally(document, extraction);
  return result;
}

// The line itself does not throw, but memory may run out: that too is the
// trouble of one document.
BatchResult Work::guarded(size_t index) const {
  BatchResult result;
  try {
    result = one_document(index);
  } catch (const std::exception& error) {
    result = BatchResult{};
    result.document = inputs[index].document;
    result.error = result.document + ": " + error.what();
  }
  if (!result.error.empty()) result.tally.failed = 1;
  return result;
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  documents += other.documents;
  failed += other.failed;
  bytes += other.bytes;
  facts += other.facts;
  figures += other.figures;
  unresolved += other.unresolved;
  digits += other.digits;
  digits_accounted += other.digits_accounted;
  findings += other.findings;
  contradictions += other.contradictions;
  return *this;
}

std::string page_url(const std::string& page_name) {
  return page_name.empty() ? std::string() : std::string(kAuditFolder) + "/" + url_of(page_name);
}

Tally tally(const Document& document, const Extraction& extraction) {
  const std::string_view folded = document.folded.text;
  Tally sum;
  sum.documents = 1;
  sum.bytes = document.source.text.size();
  sum.facts = extraction.facts.size();
  sum.figures = extraction.ledger.size();
  sum.digits = count_digits(folded);
  for (const LedgerRow& row : extraction.ledger) {
    sum.unresolved += row.kind == LedgerClass::unresolved;
    sum.digits_accounted += count_digits(folded.substr(row.figure.begin, row.figure.size()));
  }
  sum.findings = extraction.findings.size();
  for (const Finding& finding : extraction.findings) {
    sum.contradictions += finding.severity == Severity::contradiction;
  }
  return sum;
}

Tally run_batch(const std::vector<Input>& inputs, const ContextOf& context_of, const Line& line,
                const BatchOptions& options, const Sink& sink) {
  Tally sum;
  const Work all{inputs, context_of, line, options};
  in_order<BatchResult>(
      inputs.size(), options.threads, options.stop, [&](size_t index) { return all.guarded(index); },
      [&](BatchResult&& result) {
        sum += result.tally;
        sink(std::move(result));
      });
  return sum;
}

}  // namespace jiyao
