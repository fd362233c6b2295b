#include "pipeline/model/text.h"

#include <algorithm>
#include <cstring>

namespace jiyao {
namespace {

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

bool in_code_point(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The part of `span` that lies in the text.
Span held(const SourceText& source, Span span) {
  const uint32_t end = std::min(span.end, static_cast<uint32_t>(source.text.size()));
  return {std::min(span.begin, end), end};
}

std::string_view cut(const SourceText& source, Span span) {
  return std::string_view(source.text).substr(span.begin, span.size());
}

}  // namespace

// Eight bytes at a time: of a continuation byte, 10xxxxxx, and of no other the
// highest bit is set and the next is not.
uint32_t count_code_points(std::string_view text) {
  constexpr uint64_t kLowBits = 0x0101010101010101;
  size_t continued = 0;
  size_t at = 0;
  for (; at + sizeof(uint64_t) <= text.size(); at += sizeof(uint64_t)) {
    uint64_t bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    // Summed up in the highest byte.
    continued += ((((bytes >> 7) & ~(bytes >> 6)) & kLowBits) * kLowBits) >> 56;
  }
  for (; at < text.size(); ++at) continued += (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80 ? 1 : 0;
  return static_cast<uint32_t>(text.size() - continued);
}

void SourceText::index_lines() {
  mark_chars.clear();
  mark_chars.reserve(text.size() / kMarkBytes + 1);
  uint32_t chars = 0;
  for (size_t at = 0; at < text.size(); at += kMarkBytes) {
    mark_chars.push_back(chars);
    chars += count_code_points(std::string_view(text).substr(at, kMarkBytes));
  }
  line_bytes = {0};
  line_chars = {0};
  for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', end + 1)) {
    const auto next = static_cast<uint32_t>(end + 1);
    line_bytes.push_back(next);
    line_chars.push_back(chars_before(*this, next));
  }
}

Citation cite_source(const SourceText& source, Span span) {
  const Span at = held(source, span);
  Citation c;
  c.byte_start = at.begin;
  c.byte_end = at.end;
  c.text = cut(source, at);
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

std::string_view cited_text(const SourceText& source, const NormalizedText& normalized, Span folded) {
  return cut(source, held(source, normalized.map.to_source(folded)));
}

uint32_t byte_of(const SourceText& source, uint32_t character) {
  const auto& marks = source.mark_chars;
  const auto mark = std::upper_bound(marks.begin(), marks.end(), character);
  if (mark == marks.begin()) return 0;
  const auto index = static_cast<uint32_t>(mark - marks.begin() - 1);
  // A mark may stand inside a code point, which was counted before it.
  uint32_t chars = marks[index];
  size_t at = size_t{index} * SourceText::kMarkBytes;
  const auto skip = [&] {
    while (in_code_point(source.text, at)) ++at;
  };
  for (skip(); chars < character && at < source.text.size(); ++chars) {
    ++at;
    skip();
  }
  return static_cast<uint32_t>(at);
}

}  // namespace jiyao
