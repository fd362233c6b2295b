// One example of a rule, put through the whole line and compared with the rows
// that its author expects.
#pragma once

#include <string>
#include <vector>

#include "pipeline/run/run.h"

namespace jiyao::command {

// missing: an expected row or finding was not found. noisy: one where none may be.
// wrong: a row at the expected figure that says something else.
struct Verdict {
  enum class Kind { missing, noisy, wrong };
  Kind kind;
  std::string message;
};

// How cells are compared. In the script that the example is written in every
// letter counts; turned into the other script, texts are compared folded.
enum class Script { as_written, other };

// `text` is the example's text, or its other script. The text is read as if
// published on 2025-03-25, unless an expectation has a key `published`.
std::vector<Verdict> judge(const RuleExample& example, const std::string& text, Script script, const Line& line);

}  // namespace jiyao::command
