// An extraction, told to a person.
#pragma once

#include <cstdint>
#include <string>

#include "pipeline/run/run.h"

namespace jiyao::command {

// Sentence by sentence: source, folded text, mentions, facts, ledger. `line`
// counts from 1 and limits it to the sentences that touch that line; 0 is all.
std::string explanation(const Extracted& extracted, const RuleSet& rules, uint32_t line);

}  // namespace jiyao::command
