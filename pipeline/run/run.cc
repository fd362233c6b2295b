#include "pipeline/run/run.h"

#include <utility>

#include "pipeline/check/check.h"
#include "pipeline/segment/segment.h"

namespace jiyao {

namespace {

Document read_document(SourceText source, const Line& line) {
  if (source.line_bytes.empty()) source.index_lines();
  NormalizedText folded = normalize(source.text, line.folder);
  return segment(std::move(source), std::move(folded));
}

}  // namespace

Extracted extract(SourceText source, const DocumentContext& given, const Line& line) {
  Extracted out;
  out.document = read_document(std::move(source), line);
  out.mentions = match(out.document, line.matcher);
  out.extraction = resolve(out.document, out.mentions, line.resolver, given);
  check(out.document, out.extraction, line.checker);
  return out;
}

Statements statements(const Document& document, const Extraction& extraction, const Line& line) {
  const auto fold = [&](std::string_view name) { return normalize(name, line.folder).text; };
  return statements_of(document, extraction, line.checker, fold);
}

Quantities quantities(SourceText source, const DocumentContext& given, const Line& line) {
  Quantities out;
  out.document = read_document(std::move(source), line);
  out.all = find_quantities(out.document, match(out.document, line.matcher), line.resolver, given);
  return out;
}

}  // namespace jiyao
