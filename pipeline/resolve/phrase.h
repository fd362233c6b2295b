// A phrase and its edges: which characters and words it may hold and which end
// it. Spans are bytes of the folded text.
#pragma once

#include <string_view>

#include "pipeline/model/mention.h"
#include "pipeline/resolve/classes.h"
#include "pipeline/resolve/words.h"

namespace jiyao {

// The sentence that phrases are looked for in: mentions [first, last) of it.
struct Scope {
  std::string_view folded;
  const Mentions& mentions;
  const Classes& classes;
  uint32_t first;
  uint32_t last;
};

constexpr uint32_t kLongestPhrase = 32 * 3;  // bytes: some thirty characters

inline std::string_view cut(std::string_view text, Span s) { return text.substr(s.begin, s.size()); }
uint32_t begin_of_last(std::string_view text, uint32_t end);  // of the character before `end`

bool is_glue(std::string_view c);   // between the subject and its figure, no part of either
bool is_stop(std::string_view c);   // ends a phrase wherever it stands
bool is_joint(std::string_view c);  // joins two phrases

// Left and right ends without spaces, joints and 的.
Span trim(std::string_view text, Span s);

// Words before a metric that limit it to no segment, one after another: 单季度总.
bool is_generic(std::string_view s);

// The mention of the sentence that covers or ends at byte `at` (exclusive end), or kNone.
uint32_t mention_ending_at(const Scope& scope, uint32_t at);
uint32_t mention_starting_at(const Scope& scope, uint32_t at);

// Names and numerals belong to a phrase (Kling 1.6, 一级资本充足率, 第一大客户); figures,
// periods and the numbers of items do not.
bool is_part_of_phrase(std::string_view text, const Mention& m);

// Extends a phrase to the left of `end` until something ends it. `metric` is set
// to the last metric in it, `company` to the company that it begins with.
Span phrase_left(const Scope& scope, uint32_t from, uint32_t end, Span skip, uint32_t& metric, uint32_t& company);

}  // namespace jiyao
