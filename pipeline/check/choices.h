// What the operands of a relation may be, for one claim.
#pragma once

#include <utility>
#include <vector>

#include "pipeline/check/comparison.h"

namespace jiyao {

using Choices = std::vector<Choice>;

// Every value that may be meant by the operand, by scope and period.
Choices choices_of(const Evidence& evidence, uint32_t claim, const CheckRelation& relation,
                   const CheckOperand& operand);

// Where those are not found: what a change or a share may be of, by where it
// stands. Of a change the levels of its scope in its sentence, the later first
// (either way round if neither is); of a share an amount in its sentence and the
// whole. None where other periods are meant.
std::vector<std::pair<Choice, Choice>> choices_nearby(const Evidence& evidence, uint32_t claim,
                                                      const CheckRelation& relation);

}  // namespace jiyao
