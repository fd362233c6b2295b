// Errors put into a text, and what the program says of it then.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "tools/inject/error.h"
#include "tools/inject/relation.h"

namespace jiyao::inject {

struct Tally {
  size_t made = 0;
  size_t exposable = 0;      // by the document's own numbers
  size_t contradiction = 0;  // of these, named by a contradiction
  size_t suspicious = 0;     // of these, named by a suspicion alone

  size_t missed() const { return exposable - contradiction - suspicious; }
  Tally& operator+=(const Tally& other);
};
using Tallies = std::array<Tally, kKindNames.size()>;  // by kind

// One error that could be found, and the finding that names its place.
struct Outcome {
  Kind kind = Kind::digit;
  uint32_t line = 0;
  std::string before;  // what stood there, with a little around it
  std::string after;
  std::set<std::string> relations;  // the kinds of them that fail
  std::string exposed_by;           // the relations that fail, with their figures
  std::string finding;              // `contradiction growth: message`; empty: missed
};

struct Measured {
  std::string document;
  Tallies tallies = {};
  std::vector<Outcome> outcomes;    // of the exposable ones
  std::vector<std::string> alarms;  // findings on the untouched text
  size_t contradictions = 0;        // of these
  size_t suspicions = 0;
};

// `gold`: the hand-made figures of the text; its own facts stand for them if
// there is no such file. Every `step`th of the exposable errors is tried, from
// the `first` on. Deterministic.
struct Sample {
  size_t step = 1;
  size_t first = 0;
};
Measured measure(const SourceText& source, const DocumentContext& given, const std::filesystem::path& gold,
                 const Line& line, Sample sample = {});

}  // namespace jiyao::inject
