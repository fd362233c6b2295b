#include "pipeline/run/run.h"

#include <utility>

#include "pipeline/check/check.h"
#include "pipeline/segment/segment.h"

namespace jiyao {

Extracted extract(SourceText source, const DocumentContext& given, const Line& line) {
  if (source.line_bytes.empty()) source.index_lines();
  NormalizedText folded = normalize(source.text, line.folder);
  Extracted out;
  out.document = segment(std::move(source), std::move(folded));
  out.mentions = match(out.document, line.matcher);
  out.extraction = resolve(out.document, out.mentions, line.resolver, given);
  check(out.document, out.extraction);
  return out;
}

}  // namespace jiyao
