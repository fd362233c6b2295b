// What came of holding an analyst's sheet against the statements of documents.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/document.h"

namespace jiyao {

enum class CellVerdict : uint8_t {
  supported,     // a document states it, to as many digits as the sheet prints
  rounding,      // they agree once the sheet is rounded to what the document prints
  contradicted,  // documents state another value
  sign,          // they agree but for the sign
  unit,          // they agree but for a power of ten, or for another currency or unit
  not_found,     // no document states it
};
constexpr std::array<const char*, 6> kVerdictNames = {"supported", "rounding", "contradicted",
                                                      "sign",      "unit",     "not_found"};
inline const char* name(CellVerdict v) { return kVerdictNames[static_cast<size_t>(v)]; }

// A number of the sheet and what became of it.
struct CheckedCell {
  uint32_t sheet = 0;  // index into Workbook::sheets
  uint32_t cell = 0;   // index into its cells
  // What the sheet says that the number is.
  std::string label;    // the words of its row and column: "总收入 · 2024Q4"
  std::string company;  // empty: the sheet does not say
  std::string metric;   // canonical id, or `other`
  std::string segment;  // folded; empty for the whole company
  std::string period;   // in the forms of metrics.csv
  std::string basis;
  std::string unit;   // as read: "CNY 10^6", "%"; empty: the sheet does not say
  std::string value;  // exact decimal, in full units as far as they are known
  CellVerdict verdict = CellVerdict::not_found;
  uint32_t row = kNone;            // of the metrics table: the statement that decided
  std::vector<uint32_t> agreeing;  // other rows that agree
  std::vector<uint32_t> opposing;  // rows that state another value
  std::string note;                // why, in a few words; may be empty
};

struct Reconciliation {
  std::vector<CheckedCell> cells;  // by sheet, row, column
  std::vector<uint32_t> unused;    // rows of the metrics table that the sheet lacks
  std::vector<std::string> notes;  // of the whole: what had to be assumed
  size_t count(CellVerdict verdict) const {
    size_t n = 0;
    for (const CheckedCell& cell : cells) n += cell.verdict == verdict ? 1 : 0;
    return n;
  }
};

}  // namespace jiyao
