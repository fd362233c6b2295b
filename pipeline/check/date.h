// What the files of the date check share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pipeline/check/checks.h"

namespace jiyao {

// A period where the ledger has it: folded, and as the source writes it.
std::string_view folded_at(const Evidence& evidence, Span at);
std::string words_at(const Evidence& evidence, Span at);

// 截至 and the like, directly before.
bool stands_as_of(const Evidence& evidence, Span at);

// A year in digits: 2025年, 民國114年, 4Q25.
bool writes_out(std::string_view text, int year);

// The facts by the sentence they stand in.
class DatedFacts {
 public:
  explicit DatedFacts(const Evidence& evidence);  // it must outlive this
  // Facts of the sentence around `at` that are of the period, twenty at most.
  std::vector<uint32_t> dated(Span at, const Period& period) const;
  // The same that end in its year.
  std::vector<uint32_t> of_year(Span at, int year) const;
  // The sentence around `at`; empty if there is none.
  Span sentence_at(Span at) const;

 private:
  template <typename Is>
  std::vector<uint32_t> all(Span at, Is is) const;

  const Evidence& e_;
  std::vector<std::pair<uint32_t, uint32_t>> by_sentence_;  // sentence, fact: those with a period
};

// Years that cannot be meant: ten from the report's, of which nothing else
// speaks; and what has been, dated behind the day of publication.
class Years {
 public:
  Years(const Evidence& evidence, const DatedFacts& facts);  // both must outlive it
  void check(const LedgerRow& row, Findings& findings) const;

 private:
  bool stands_alone(const LedgerRow& row, int year) const;
  bool check_far(const LedgerRow& row, const Period& period, Findings& findings) const;
  void check_ahead(const LedgerRow& row, const Period& period, Findings& findings) const;
  bool is_told(Span at) const;

  const Evidence& e_;
  const DatedFacts& facts_;
  std::vector<int> named_;  // years that the text writes out, sorted
};

Finding date_finding(const Evidence& evidence, const LedgerRow& row, Severity severity, const std::string& stated,
                     const std::string& why_en, const std::string& why_zh, std::vector<uint32_t> facts);

}  // namespace jiyao
