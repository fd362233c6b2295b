// The oracle: which numbers of a document hang together. An altered number can
// be exposed by the document's own numbers if a relation that held before does
// not hold any more:
//
//   收入 86.4 億元，去年同期 76.9 億元，同比增長 12.4%      growth(12.4%, 86.4, 76.9)
//
// Relations are found by what is stated (metric, segment, period, unit) and by
// holding in the untouched text; what never held is none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tools/inject/statement.h"

namespace jiyao::inject {

struct Relation {
  const char* name = "";
  std::vector<uint32_t> operands;  // indices into Statements::stated
  bool (*holds)(std::span<const Range>) = nullptr;
};

std::vector<Relation> relations_of(const Statements& statements);

// Those of the relations that fail if statement `changed` means `now`.
std::vector<const Relation*> broken(const std::vector<Relation>& relations, const Statements& statements,
                                    uint32_t changed, Range now);

// Both are moments, or both spans of the same length, the one so many months
// after the other (12: a year).
bool months_apart(const Period& later, const Period& earlier, int months);

// Statements of one thing: measure, segment, company, basis and unit.
bool one_measure(const Statement& a, const Statement& b);

// Each may be of one period.
bool one_period(const Statement& a, const Statement& b);

}  // namespace jiyao::inject
