// First pass: a sentence as a row of elements (numbers, words, literal
// characters) and the symbol string that patterns read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/chars.h"
#include "pipeline/match/lexicon.h"
#include "pipeline/match/number.h"
#include "pipeline/model/span.h"

namespace jiyao {

struct Element {
  Span span;
  uint16_t symbol = 0;
  uint32_t number = UINT32_MAX;  // index into Scan::numbers
  const Word* word = nullptr;
};

// Reused from sentence to sentence; nothing is allocated once it has grown.
struct Scan {
  std::vector<Element> elements;
  std::vector<Number> numbers;
  // What patterns may match, all else left out; and the parts that this leaves:
  // no match goes from one island to the next, and none is without a symbol.
  std::string symbols;
  std::vector<Span> islands;
  // For each byte of `symbols`, and one past the last.
  struct Origin {
    uint32_t place;   // in the text
    int32_t element;  // -1 for literal characters
  };
  std::vector<Origin> origins;
  bool has_trigger = false;    // a number, or a word that mention patterns know
  bool island_symbol = false;  // the island at hand has one

  void clear();
  void literal(std::string_view text, uint32_t at, uint32_t size);
  void add(const Element& e);
  void end_island();
};

// `lower` is the folded text, ASCII lower-cased. `trigger[s]` says whether
// symbol s occurs in a mention pattern.
void scan(std::string_view lower, Span sentence, const WordTable& words, const CharTable& chars,
          const std::vector<bool>& trigger, Scan& out);

}  // namespace jiyao
