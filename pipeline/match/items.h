// Bare numbers that their place in the sentence makes no quantity.
#pragma once

#include <string_view>

#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace jiyao {

// Makes what numbers the items of a sentence, or a question, ordinals: 1、降本；2、增效;
// Q1:为什么. `first` is the first mention of the sentence.
void number_items(std::string_view text, Span sentence, size_t first, Mentions& mentions);

// Makes whole numbers right behind the name of a company or another name
// identifiers: 小米15, but 小米2024. To be called when the words are mentions too.
void number_models(size_t first, const RuleSet& rules, Mentions& mentions);

}  // namespace jiyao
