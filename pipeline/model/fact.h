// What comes out: facts, the ledger that accounts for every figure, and
// findings. Columns and their meaning: shared with every reader of the tables,
// see README.md of the project, "Tables".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/decimal.h"
#include "pipeline/model/document.h"
#include "pipeline/model/period.h"

namespace jiyao {

enum class Basis : uint8_t { level, yoy, qoq, mom, share, change, price };
enum class Qualifier : uint8_t { none, about, over, under, near, at_least, at_most, range };
enum class Status : uint8_t { actual, guidance, estimate, target };
enum class LedgerClass : uint8_t { fact, period, ordinal, identifier, idiom, unresolved };

constexpr std::array<const char*, 7> kBasisNames = {"level", "yoy", "qoq", "mom", "share", "change", "price"};
constexpr std::array<const char*, 8> kQualifierNames = {"",     "about",    "over",    "under",
                                                        "near", "at_least", "at_most", "range"};
constexpr std::array<const char*, 4> kStatusNames = {"actual", "guidance", "estimate", "target"};
constexpr std::array<const char*, 6> kLedgerClassNames = {"fact",       "period", "ordinal",
                                                          "identifier", "idiom",  "unresolved"};

inline const char* name(Basis b) { return kBasisNames[static_cast<size_t>(b)]; }
inline const char* name(Qualifier q) { return kQualifierNames[static_cast<size_t>(q)]; }
inline const char* name(Status s) { return kStatusNames[static_cast<size_t>(s)]; }
inline const char* name(LedgerClass c) { return kLedgerClassNames[static_cast<size_t>(c)]; }

struct Fact {
  std::string id;         // stable: of document, place and statement
  Span figure;            // folded text; number and unit
  uint32_t sentence = 0;  // index into Document::sentences
  std::string company;    // as written in the source or the manifest
  std::string ticker;
  std::string metric;  // canonical id or `other`
  std::string metric_en;
  std::string metric_zh;
  std::string subject;  // verbatim source text
  std::string segment;  // verbatim source text
  Period period;
  Basis basis = Basis::level;
  std::string base;
  std::optional<Decimal> value;  // empty for a range
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  int decimals = 0;
  std::string unit;
  Qualifier qualifier = Qualifier::none;
  Status status = Status::actual;
  std::vector<std::string> rules;
  std::vector<std::string> findings;  // ids
};

struct LedgerRow {
  LedgerClass kind = LedgerClass::unresolved;
  Span figure;                  // folded text
  std::string meaning;          // the resolved period, else why it is no fact
  std::vector<uint32_t> facts;  // indices into Extraction::facts
  std::string rule;
};

enum class Severity : uint8_t { contradiction, suspicious };

struct Finding {
  std::string id;
  std::string check;  // id of the check
  Severity severity = Severity::suspicious;
  Span at;  // folded text: the figure or period that is wrong
  std::string message_en;
  std::string message_zh;
  std::string stated;        // as the tables print it
  std::string computed_low;  // may be empty (dates)
  std::string computed_high;
  std::vector<uint32_t> facts;  // indices into Extraction::facts
};

// What is known of a document besides its text (manifest, options).
struct DocumentContext {
  std::string company;
  std::string ticker;
  std::string currency;            // ISO 4217
  Date published;                  // year 0: unknown
  Period period;                   // of the report; empty: find it in the text
  int fiscal_year_end_month = 12;  // last month of the fiscal year
  bool fiscal_year_given = false;
};

struct Extraction {
  DocumentContext context;        // completed from the text
  std::vector<Fact> facts;        // in text order, then in the order named
  std::vector<LedgerRow> ledger;  // in text order; rows do not overlap
  std::vector<Finding> findings;  // in text order
};

}  // namespace jiyao
