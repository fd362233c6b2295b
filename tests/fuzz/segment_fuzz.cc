// Any text through normalize and segment: blocks and sentences are in order,
// inside the text, and every span has a place in the source.
#include <cstdlib>
#include <string>

#include "pipeline/normalize/normalize.h"
#include "pipeline/read/read.h"
#include "pipeline/segment/segment.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const jiyao::Folder folder;
  auto decoded = jiyao::decode(std::string(data, data + size), "fuzz", "UTF-8");
  if (std::holds_alternative<jiyao::ReadError>(decoded)) return 0;
  auto& source = std::get<jiyao::SourceText>(decoded);
  auto folded = jiyao::normalize(source.text, folder);
  const jiyao::Document document = jiyao::segment(std::move(source), std::move(folded));
  const auto end = static_cast<uint32_t>(document.folded.text.size());
  uint32_t at = 0;
  for (const jiyao::Sentence& sentence : document.sentences) {
    require(at <= sentence.span.begin && sentence.span.begin <= sentence.span.end && sentence.span.end <= end);
    require(sentence.block < document.blocks.size());
    const auto place = jiyao::cite(document.source, document.folded, sentence.span);
    require(place.text == std::string_view(document.source.text).substr(place.byte_start, place.text.size()));
    at = sentence.span.end;
  }
  return 0;
}
