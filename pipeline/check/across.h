// Findings between documents: a comparative against the value that an earlier
// document reported, the Traditional against the Simplified version of one call,
// a growth against a level that only another document states.
//
// What one document states is kept in a small form, so that a batch of any size
// can be compared after its documents are gone.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/check/check.h"
#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/finding_row.h"

namespace jiyao {

// A name as the document writes it, and the part of it that tells it from
// others, folded: documents in both scripts are compared. Spans of
// Statements::text.
struct StatedName {
  Span written;
  Span folded;
};

// One fact. Numbers of names are indices into Statements.
struct StatedFact {
  std::array<char, 14> id = {};
  Decimal low;  // both ends of a range; of one value both are it
  Decimal high;
  Date start;
  Date end;
  uint32_t metric = 0;
  uint32_t company = 0;
  uint32_t subject = 0;
  uint32_t segment = 0;
  uint32_t base = 0;
  uint32_t unit = 0;
  Span figure;              // verbatim, of Statements::text
  uint32_t line = 0;        // of the source, from 1
  uint32_t char_start = 0;  // of the figure, in code points of the decoded text
  uint32_t char_end = 0;
  int16_t decimals = 0;
  Basis basis = Basis::level;
  Qualifier qualifier = Qualifier::none;
  Status status = Status::actual;
  bool instant = false;   // the period is the end of `end`
  bool exact = false;     // no qualifier, no round number, in the terms of the accounts
  bool anchored = false;  // its period is named where it stands
  bool restated = false;  // its sentence says so: 重列, 追溯調整
};

// What comparing needs of one document; made while the document is at hand.
struct Statements {
  struct Metric {
    Span id, en, zh;
    bool one_value = false;  // whatever its subject, a company has one a period
  };
  struct Company {
    StatedName name;
    Span ticker;
  };
  std::string document;
  std::string sha256;
  Date published;  // year 0: unknown
  Date period_start;
  Date period_end;   // of the report; year 0: unknown
  std::string text;  // all names and figures, one after another
  std::vector<Metric> metrics;
  std::vector<Company> companies;
  std::vector<StatedName> names;
  std::vector<StatedFact> facts;  // in text order

  std::string_view cut(Span span) const { return std::string_view(text).substr(span.begin, span.size()); }
};

// Width and script of a name folded, as matching folds the text.
using FoldName = std::function<std::string(std::string_view)>;

// Linear in the document. Some 170 bytes a fact.
Statements statements_of(const Document& document, const Extraction& extraction, const Checker& checker,
                         const FoldName& fold);

// In the order of the documents and then of the text. Total and deterministic;
// linear in the number of statements, but for sorting.
std::vector<FindingRow> check_across(const std::vector<Statements>& documents);

}  // namespace jiyao
