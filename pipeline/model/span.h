// A half-open range [begin, end) of bytes in one text. Which text is said by
// the field that holds it: spans of the folded text until cite() turns them
// into spans of the source. Thread safe: a value.
#pragma once

#include <cstdint>

namespace jiyao {

struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(uint32_t at) const { return begin <= at && at < end; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(Span, Span) = default;
  friend auto operator<=>(Span, Span) = default;
};

}  // namespace jiyao
