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

// The number that the phrase begins with, up to nine: 三者, 两项业务, 这四块业务; else 0.
inline size_t numeral_at(std::string_view phrase) {
  constexpr std::string_view numerals = "一二三四五六七八九";
  for (const std::string_view lead : {"这", "上述", "前述", "以上"})
    if (phrase.starts_with(lead)) phrase.remove_prefix(lead.size());
  if (phrase.size() < 3) return 0;
  if (phrase.starts_with("两")) return 2;
  const size_t at = numerals.find(phrase.substr(0, 3));
  return at == std::string_view::npos ? 0 : at / 3 + 1;
}

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
