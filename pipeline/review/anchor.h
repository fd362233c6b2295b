// Where quotes taken from an earlier text stand in the present one.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/model/review.h"
#include "pipeline/model/text.h"

namespace jiyao {

struct Anchor {
  enum class Kind : uint8_t {
    found,
    ambiguous,  // `places` of them, and nothing tells which; one: it may be another quote's
    no_fact,    // the quote is in the text, but not among `figures`
    gone,
  };
  Kind kind = Kind::gone;
  uint32_t figure = kNone;  // index into `figures`, if found
  uint32_t places = 0;
};

// For each quote where it stands now. `positions` are its old ones; `figures`
// are where figures stand in `text`, sorted, each once. All of them are code
// points, half-open.
//
// A quote is at a figure if its exact text is the figure's and the sentence
// around it, as far as prefix and suffix show it, is unchanged. If there is one
// such place, it is that one, provided that the whole of prefix or of suffix
// stands there or that it lies between the same neighbours. Of several it is, in
// this order, the one
// 1. around which the whole of prefix and suffix stands;
// 2. that moved as far as the nearest quotes of which that is certain;
// 3. that alone lies between these quotes;
// 4. around which more of prefix and suffix stands than around the others.
// Two figures of the old text never become one of the present text. Line ends
// may be any. Linear in the text and the quotes.
std::vector<Anchor> anchor(const SourceText& text, const std::vector<Span>& figures,
                           const std::vector<const TextQuote*>& quotes, const std::vector<Span>& positions);

// The quote of the figure at `place`, as the audit page makes it.
TextQuote quote_at(const SourceText& text, Span place);

}  // namespace jiyao
