// Decoding of valid UTF-8, without checks: read() has made them.
#pragma once

#include <cstdint>
#include <string_view>

namespace jiyao {

struct CodePoint {
  char32_t value = 0;
  uint32_t size = 1;
};

inline CodePoint code_point_at(std::string_view text, uint32_t at) {
  const auto byte = [&](uint32_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const uint32_t b = byte(at);
  if (b < 0x80) return {b, 1};
  if (b < 0xE0) return {((b & 0x1F) << 6) | (byte(at + 1) & 0x3F), 2};
  if (b < 0xF0) return {((b & 0x0F) << 12) | ((byte(at + 1) & 0x3F) << 6) | (byte(at + 2) & 0x3F), 3};
  return {((b & 0x07) << 18) | ((byte(at + 1) & 0x3F) << 12) | ((byte(at + 2) & 0x3F) << 6) | (byte(at + 3) & 0x3F), 4};
}

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace jiyao
