// Any text through the whole line with the embedded rules: every digit ends in
// the ledger, ledger rows do not overlap, every citation is the source.
#include <cstdlib>
#include <string>

#include "pipeline/run/batch.h"
#include "pipeline/write/write.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const jiyao::Line line(std::get<jiyao::RuleSet>(jiyao::load(jiyao::embedded_rules())));
  auto decoded = jiyao::decode(std::string(data, data + size), "fuzz", "UTF-8");
  if (std::holds_alternative<jiyao::ReadError>(decoded)) return 0;
  const auto done = jiyao::extract(std::get<jiyao::SourceText>(std::move(decoded)), {}, line);
  const jiyao::Tally sum = jiyao::tally(done.document, done.extraction);
  require(sum.digits == sum.digits_accounted);
  uint32_t at = 0;
  for (const jiyao::LedgerRow& row : done.extraction.ledger) {
    require(at <= row.figure.begin && row.figure.begin < row.figure.end);
    require(row.figure.end <= done.document.folded.text.size());
    at = row.figure.end;
  }
  for (const jiyao::Fact& fact : done.extraction.facts) {
    require(fact.sentence < done.document.sentences.size());
    require(!jiyao::cite(done.document.source, done.document.folded, fact.figure).text.empty());
  }
  jiyao::metrics_rows(done.document, done.extraction);
  jiyao::ledger_rows(done.document, done.extraction);
  jiyao::findings_rows(jiyao::finding_rows(done.document, done.extraction));
  return 0;
}
