// What a document states, as the measure of injected errors reads it: its
// hand-made figures (corpus/gold, columns in corpus/README.md) where there are
// any, else the facts that were found in the untouched text. Nothing here or in
// relation.h is of pipeline/check: a measure that shared its arithmetic with
// what it measures would share its mistakes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/run/run.h"

namespace jiyao::inject {

// A closed interval; an open end is infinite.
struct Range {
  long double low = 0;
  long double high = 0;
  bool meets(Range other) const { return low <= other.high && other.low <= high; }
};

// A number as a figure prints it: `value`, in full units and signed, and one in
// its last printed place. The range of 60~70% has two ends.
struct Number {
  long double low = 0;
  long double high = 0;
  long double place = 1;
};

// Cells as gold has them: `a|b` is either.
struct Statement {
  Span at;            // bytes of the source: number and unit
  uint32_t line = 0;  // of the source, from 1
  std::string figure;
  Number number;
  std::string metric, subject, segment, company, basis, base, unit, qualifier, status;
  std::vector<Period> periods;  // of either; empty if the text does not fix it
};

// A period named in the text.
struct Mention {
  Span at;  // bytes of the source
  std::string words;
  Period period;
};

struct Statements {
  std::vector<Statement> stated;  // in text order
  std::vector<Mention> mentions;  // in text order
};

// What the number may stand for: rounded or cut off in its last place, 5%
// either way for 約, from 85% for 近, without end for 超過 and 不到.
Range meant(const Number& number, std::string_view qualifier);

// One of the alternatives of `cell`.
bool is(std::string_view cell, std::string_view word);
// Two cells have an alternative in common.
bool alike(std::string_view a, std::string_view b);

// Of a gold file; empty if there is none, or a row is not in the text.
std::optional<Statements> read_gold(const std::filesystem::path& path, const Extracted& untouched);
Statements statements_of(const Extracted& untouched);

}  // namespace jiyao::inject
