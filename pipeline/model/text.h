// The document as it was written, and its folded copy for matching.
//
// SourceText is made once by read() and never changed. Every number in the
// tables that says where something stands is taken from it by cite().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/offset_map.h"
#include "pipeline/model/span.h"

namespace jiyao {

// Of UTF-8; a byte that belongs to none counts as if it began one, unless it
// looks like the continuation of one.
uint32_t count_code_points(std::string_view text);

struct SourceText {
  std::string document;  // path relative to the input root, `/` separated
  std::string sha256;    // lower-case hex, of the file's bytes as they lie on disk
  std::string encoding;  // IANA name of what the bytes were decoded from
  std::string text;      // UTF-8, without byte order mark; line ends as in the file

  // Byte offset and code point offset of the start of each line ('\n' ends a
  // line); at least one entry. Filled by index_lines().
  std::vector<uint32_t> line_bytes;
  std::vector<uint32_t> line_chars;

  // Code points before every kMarkBytes-th byte, so that citing is quick in a
  // line of any length. Filled by index_lines().
  static constexpr uint32_t kMarkBytes = 256;
  std::vector<uint32_t> mark_chars;

  void index_lines();
};

// A place in the source, complete. Lines and columns count from 1, columns and
// chars are Unicode code points; char and byte ranges are half-open, from 0.
struct Citation {
  std::string_view text;  // the source, cut at the bytes: view into SourceText
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t char_start = 0;
  uint32_t char_end = 0;
  uint32_t byte_start = 0;
  uint32_t byte_end = 0;
};

// What matching reads: width folded (NFKC but for number forms such as ① and
// the full-width comma, which mean something here), Traditional folded to
// Simplified. Never shown as if it were the source.
struct NormalizedText {
  std::string text;  // UTF-8
  OffsetMap map;     // folded bytes → source bytes
};

// The only maker of citations: `folded` is a span of `normalized.text`.
Citation cite(const SourceText& source, const NormalizedText& normalized, Span folded);

// The same for a span of the source itself.
Citation cite_source(const SourceText& source, Span span);

// The byte at which a code point begins: the inverse of Citation::char_start.
// The text's end if it has fewer. `source` has its lines indexed.
uint32_t byte_of(const SourceText& source, uint32_t character);

// A citation's text alone, for what is quoted without its place.
std::string_view cited_text(const SourceText& source, const NormalizedText& normalized, Span folded);

}  // namespace jiyao
