// The words of a row, a column or a caption: which metric of which part, how
// measured, in which unit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/reconcile/words.h"

namespace jiyao::reconciling {

struct Target {
  std::string metric;   // key, as of MetricName
  std::string segment;  // as of Words::segment
  friend bool operator==(const Target&, const Target&) = default;
};

struct Label {
  std::string text;             // folded, without its unit and brackets
  std::vector<Target> targets;  // empty: it names no metric
  std::string segment;          // what it names where it names no metric
  std::string basis;            // yoy, qoq, mom, share, level; empty: it does not say
  std::string status;           // estimate, actual; empty: it does not say
  SheetUnit unit;
  bool part = false;     // 其中…, "- …", "of which …"
  bool rolling = false;  // TTM and the like, which no statement has
  bool adjusted = false;
};

// `folded` is Simplified, half width, lower case.
Label read_label(std::string_view folded, const Words& words);

// Lays what `inner` says over what `outer` says.
SheetUnit merged(const SheetUnit& inner, const SheetUnit& outer);

}  // namespace jiyao::reconciling
