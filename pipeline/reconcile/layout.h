// Where the tables of a workbook are, and what each number in them is said to be.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "pipeline/model/sheet.h"
#include "pipeline/reconcile/label.h"
#include "pipeline/reconcile/reconcile.h"
#include "pipeline/reconcile/statements.h"
#include "pipeline/reconcile/words.h"

namespace jiyao::reconciling {

// A column's or a row's period, as its header says it.
struct PeriodHead {
  Period period;
  bool any_length = false;  // only the last day is known: Dec-24, 2024-12-31
  std::string status;       // 2024E: estimate
  std::string rest;         // folded, what else the header says
  bool fiscal = false;      // FY2025
};

// A number of the sheet, in the words of the sheet.
struct Claim {
  uint32_t sheet = 0;
  uint32_t cell = 0;
  std::string label;            // for the reader: row · column
  std::vector<Target> targets;  // what it may be; empty: its row is not understood
  std::string company;          // folded; empty: not said beside the number
  PeriodHead head;
  std::string basis;  // level unless said
  SheetUnit unit;
};

// What the layout of a sheet is read with.
struct Known {
  const Words& words;
  const LabelReader& reader;
  const Statements& statements;
  std::set<std::string> segments;  // that some statement is of
  // Headers that were read, by their text; a sheet asks for each several times.
  mutable std::unordered_map<std::string, PeriodHead> heads;
};

struct SheetClaims {
  std::vector<Claim> claims;          // by row, then column
  std::vector<std::string> captions;  // folded texts around the tables, the sheet's name first
};

// Tables with periods across or down, and tables with one number in each row.
SheetClaims find_claims(const Workbook& workbook, uint32_t sheet, const Known& known);

// A header of a column, or nothing: `text` folded, as the sheet shows it.
PeriodHead read_head(const SheetCell& cell, const Words& words, const LabelReader& reader);
// Of words that no cell has as they are: those of two header rows, one above the other.
PeriodHead read_head(const std::string& folded, const Words& words, const LabelReader& reader);

// What a number's own format or text says of its unit; nothing if its words are no unit.
SheetUnit unit_of_cell(const SheetCell& cell, const Known& known);
// Whether the cell holds a number that can be checked.
bool holds_number(const SheetCell& cell, const Known& known);

// What a number measures, as far as units go: money percent per_share count multiple any.
std::string unit_kind(const std::vector<Target>& targets, const std::string& basis, const Words& words);
// Whether a unit that is said further off (`near`: by the row or the number
// itself) is one of such a number: 百万元 above a table is none of its margins.
bool unit_fits(const SheetUnit& unit, const std::string& kind, bool near);

// A table with one number in each row; empty if the sheet has none.
std::vector<Claim> find_long_claims(const Workbook& workbook, uint32_t sheet, const Known& known);

}  // namespace jiyao::reconciling
