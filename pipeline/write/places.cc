#include "pipeline/write/places.h"

namespace jiyao {

namespace {

std::string_view source_of(const Document& document, Span folded) {
  if (folded.empty()) return {};
  return cited_text(document.source, document.folded, folded);
}

}  // namespace

Surroundings surroundings(const Document& document, uint32_t sentence) {
  if (sentence >= document.sentences.size()) return {};
  const Sentence& around = document.sentences[sentence];
  Surroundings found{.quote = source_of(document, around.span), .section = {}, .speaker = {}};
  if (around.block >= document.blocks.size()) return found;
  const Block& block = document.blocks[around.block];
  found.speaker = source_of(document, block.speaker);
  if (block.section < document.blocks.size()) found.section = source_of(document, document.blocks[block.section].span);
  return found;
}

std::string link_to(const std::string& page, std::string_view fact_id) {
  if (page.empty() || fact_id.empty()) return page;
  return page + "#" + std::string(fact_id);
}

void write_place(CsvWriter& csv, const Citation& at) {
  csv.number(at.line).number(at.column);
  csv.number(at.char_start).number(at.char_end).number(at.byte_start).number(at.byte_end);
}

}  // namespace jiyao
