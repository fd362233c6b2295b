// Reading UTF-8 in the folders' inner loops. Total: bytes that are no UTF-8
// give a code point all the same or kNoCodePoint, and nothing is read past the
// end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jiyao::utf8 {

constexpr uint32_t kNoCodePoint = UINT32_MAX;

// Length of a code point by its first byte; 1 for a byte that begins none.
inline uint32_t length_of(char lead) {
  const auto b = static_cast<unsigned char>(lead);
  return b < 0xC0 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF8 ? 4 : 1;
}

struct CodePoint {
  uint32_t value = kNoCodePoint;
  uint32_t length = 1;
};

// Three bytes, the first of which is E0 to EF: nearly every character here.
[[gnu::always_inline]] inline uint32_t decode3(const char* s) {
  const auto byte = [s](int i) { return static_cast<uint32_t>(static_cast<unsigned char>(s[i])); };
  return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
}

// The code point that begins at `at`, which is inside of the text.
inline CodePoint decode(std::string_view text, size_t at) {
  const char* s = text.data() + at;
  const auto byte = [s](int i) { return static_cast<uint32_t>(static_cast<unsigned char>(s[i])); };
  const uint32_t length = length_of(*s);
  if (length > text.size() - at) return {kNoCodePoint, 1};
  switch (length) {
    case 2:
      return {(byte(0) & 0x1F) << 6 | (byte(1) & 0x3F), 2};
    case 3:
      return {decode3(s), 3};
    case 4:
      return {(byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F), 4};
    default:
      return {byte(0) < 0x80 ? byte(0) : kNoCodePoint, 1};
  }
}

// The first code point at or after `at` for which `wanted(code point)`, else
// the end. ASCII is passed over without asking.
template <typename Wanted>
size_t find(std::string_view text, size_t at, Wanted wanted) {
  const char* s = text.data();
  const size_t size = text.size();
  while (at < size) {
    const auto lead = static_cast<unsigned char>(s[at]);
    if (lead < 0x80) {
      ++at;
    } else if ((lead & 0xF0) == 0xE0 && size - at >= 3) {
      if (wanted(decode3(s + at))) return at;
      at += 3;
    } else {
      const CodePoint c = decode(text, at);
      if (wanted(c.value)) return at;
      at += c.length;
    }
  }
  return size;
}

}  // namespace jiyao::utf8
