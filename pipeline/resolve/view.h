// A sentence as relation patterns read it: each mention is one symbol, what
// lies between them is text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace jiyao {

// Reused from sentence to sentence.
struct View {
  std::string symbols;
  std::vector<uint32_t> place;   // of each byte of `symbols`, and one past it, in the folded text
  std::vector<int32_t> mention;  // likewise: index into Mentions::all, -1 for text
  uint32_t first = 0, last = 0;  // mentions [first, last) of the sentence
  bool has_figure = false;
};

void make_view(std::string_view folded, Span sentence, const Mentions& mentions, uint32_t first, uint32_t last,
               const RuleSet& rules, View& view);

// The symbol a mention stands as in relation patterns.
uint16_t mention_symbol(const Mention& mention, const RuleSet& rules);

}  // namespace jiyao
