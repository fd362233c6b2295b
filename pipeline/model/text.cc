#include "pipeline/model/text.h"

#include <algorithm>

namespace jiyao {
namespace {

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

uint32_t count_code_points(std::string_view text) {
  return static_cast<uint32_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

// The code points before `byte`: the nearest mark at or before it, and the rest
// counted. A text that was not indexed is counted from its beginning.
uint32_t chars_before(const SourceText& source, uint32_t byte) {
  uint32_t chars = 0;
  uint32_t from = 0;
  if (!source.mark_chars.empty()) {
    const size_t mark = std::min<size_t>(byte / SourceText::kMarkBytes, source.mark_chars.size() - 1);
    chars = source.mark_chars[mark];
    from = static_cast<uint32_t>(mark * SourceText::kMarkBytes);
  }
  return chars + count_code_points(std::string_view(source.text).substr(from, byte - from));
}

}  // namespace

void SourceText::index_lines() {
  line_bytes = {0};
  line_chars = {0};
  mark_chars.clear();
  mark_chars.reserve(text.size() / kMarkBytes + 1);
  uint32_t chars = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (at % kMarkBytes == 0) mark_chars.push_back(chars);
    if (starts_code_point(text[at])) ++chars;
    if (text[at] == '\n') {
      line_bytes.push_back(static_cast<uint32_t>(at + 1));
      line_chars.push_back(chars);
    }
  }
}

Citation cite_source(const SourceText& source, Span span) {
  const uint32_t size = static_cast<uint32_t>(source.text.size());
  Citation c;
  c.byte_end = std::min(span.end, size);
  c.byte_start = std::min(span.begin, c.byte_end);
  c.text = std::string_view(source.text).substr(c.byte_start, c.byte_end - c.byte_start);
  c.char_start = chars_before(source, c.byte_start);
  c.char_end = c.char_start + count_code_points(c.text);
  const auto next = std::upper_bound(source.line_bytes.begin(), source.line_bytes.end(), c.byte_start);
  const size_t line = static_cast<size_t>(next - source.line_bytes.begin());  // 0 only without an index
  c.line = static_cast<uint32_t>(std::max<size_t>(line, 1));
  c.column = c.char_start - (line == 0 ? 0 : source.line_chars[line - 1]) + 1;
  return c;
}

Citation cite(const SourceText& source, const NormalizedText& normalized, Span folded) {
  return cite_source(source, normalized.map.to_source(folded));
}

}  // namespace jiyao
