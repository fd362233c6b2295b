// A text cut into blocks and sentences. All spans are bytes of the folded text.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pipeline/model/span.h"
#include "pipeline/model/text.h"

namespace jiyao {

enum class BlockKind : uint8_t { heading, list_item, turn, paragraph, table };

constexpr uint32_t kNone = UINT32_MAX;

struct Block {
  BlockKind kind = BlockKind::paragraph;
  Span span;          // without the line end and outer white space
  Span marker;        // "(1)", "一、", "Q1:", "##": empty if there is none
  Span lead;          // what a leading label names: "廣告" in "(2)廣告：…", "答" in "答：…"; may be empty
  Span speaker;       // who speaks, in a dialogue; carried on to the turn's further paragraphs
  uint8_t level = 0;  // of a heading, 1 = outermost; 0 otherwise
  uint32_t section = kNone;     // index of the nearest heading block before it (for a heading: its parent)
  uint32_t first_sentence = 0;  // [first_sentence, last_sentence) of Document::sentences
  uint32_t last_sentence = 0;
};

struct Sentence {
  Span span;           // trimmed; closing punctuation included; quotes and brackets kept whole
  uint32_t block = 0;  // index into Document::blocks
};

// Rows of cells, each a sentence of the block; kNone for an empty one. Rows may
// differ in length.
struct Table {
  uint32_t block = 0;  // index into Document::blocks
  std::vector<std::vector<uint32_t>> rows;
};

struct Document {
  SourceText source;
  NormalizedText folded;
  std::vector<Block> blocks;        // in text order, they cover all that is not white space
  std::vector<Sentence> sentences;  // in text order; marker and lead are inside the first sentence
  std::vector<Table> tables;        // in text order
};

}  // namespace jiyao
