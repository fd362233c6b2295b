// An upper bound for sentences.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/span.h"

namespace jiyao {

// What later stages look at at once: far more than any prose, and a bound for a
// text that never ends a sentence.
constexpr uint32_t kLongestSentence = 4096;  // bytes

// Appends `sentence`, cut behind its commas and semicolons where it is longer.
void add_limited(std::string_view text, Span sentence, std::vector<Span>& out);

}  // namespace jiyao
