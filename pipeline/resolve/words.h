// Characters by their first byte, and looking for any of several words.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace jiyao {

template <size_t N>
bool is_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

template <size_t N>
bool starts_with_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.starts_with(w); });
}

template <size_t N>
bool ends_with_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.ends_with(w); });
}

template <size_t N>
bool has_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.find(w) != text.npos; });
}

// 剩下两成是早午餐: they name behind a figure what it is of.
constexpr auto kNaming = std::to_array<std::string_view>({"则来自", "则是", "则为", "来自", "属于", "是", "为"});

// Size in bytes of the character at `at`.
inline uint32_t size_at(std::string_view text, uint32_t at) {
  const auto b = static_cast<unsigned char>(text[at]);
  return b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}

// The blocks of common ideographs, of three bytes.
inline bool is_ideograph(char first) {
  return static_cast<unsigned char>(first) >= 0xE4 && static_cast<unsigned char>(first) <= 0xE9;
}

}  // namespace jiyao
