#include "pipeline/segment/marker.h"

#include <algorithm>
#include <array>

#include "pipeline/segment/scan.h"

namespace jiyao::segmenting {
namespace {

constexpr std::string_view kHanDigits = "一二三四五六七八九";
constexpr uint32_t kHan = 3;  // bytes of one of them
constexpr std::string_view kTen = "十";

// 1 to 999 at the beginning of `text`.
HanNumber digits_at(std::string_view text, size_t most) {
  HanNumber n;
  while (n.size < text.size() && n.size < most + 1 && is_digit(static_cast<unsigned char>(text[n.size]))) {
    n.value = n.value * 10 + (text[n.size++] - '0');
  }
  return n.size > most ? HanNumber{} : n;
}

int han_digit(std::string_view text) {
  if (text.size() < kHan) return 0;
  const size_t at = kHanDigits.find(text.substr(0, kHan));
  return at == std::string_view::npos ? 0 : static_cast<int>(at / kHan) + 1;
}

// 、 and . after a number; a point between digits is a decimal one.
uint32_t separator_at(std::string_view text) {
  if (text.starts_with("、")) return 3;
  if (text.starts_with(".") && (text.size() < 2 || !is_digit(static_cast<unsigned char>(text[1])))) return 1;
  return 0;
}

Marker markdown_at(std::string_view text) {
  const size_t hashes = std::min(text.find_first_not_of('#'), text.size());
  if (hashes == 0 || hashes > 6 || hashes == text.size() || text[hashes] != ' ') return {};
  return {MarkerStyle::markdown, static_cast<int>(hashes), static_cast<uint32_t>(hashes)};
}

Marker part_at(std::string_view text) {
  constexpr std::string_view kOrdinal = "第";
  if (!text.starts_with(kOrdinal)) return {};
  const std::string_view rest = text.substr(kOrdinal.size());
  HanNumber n = han_number_at(rest);
  if (n.size == 0) n = digits_at(rest, 2);
  if (n.size == 0) return {};
  constexpr std::array<std::string_view, 4> kParts = {"部分", "节", "章", "篇"};
  for (const std::string_view part : kParts) {
    if (!rest.substr(n.size).starts_with(part)) continue;
    return {MarkerStyle::part, n.value, static_cast<uint32_t>(kOrdinal.size() + n.size + part.size())};
  }
  return {};
}

Marker bracketed_at(std::string_view text) {
  if (!text.starts_with("(")) return {};
  const size_t begin = text.substr(1).starts_with(" ") ? 2 : 1;
  const std::string_view inner = text.substr(begin);
  const HanNumber han = han_number_at(inner);
  const HanNumber n = han.size != 0 ? han : digits_at(inner, 2);
  const size_t close = begin + n.size + (inner.substr(n.size).starts_with(" ") ? 1 : 0);
  if (n.size == 0 || !text.substr(close).starts_with(")")) return {};
  const auto style = han.size != 0 ? MarkerStyle::han_bracket : MarkerStyle::bracket;
  const auto size = static_cast<uint32_t>(close + 1);
  return {style, n.value, size + separator_at(text.substr(size))};
}

Marker numbered_at(std::string_view text) {
  const HanNumber han = han_number_at(text);
  if (han.size != 0) {
    const uint32_t separator = separator_at(text.substr(han.size));
    return separator == 0 ? Marker{} : Marker{MarkerStyle::han, han.value, han.size + separator};
  }
  const HanNumber n = digits_at(text, 2);
  if (n.size == 0) return {};
  const std::string_view rest = text.substr(n.size);
  if (rest.starts_with(")")) return {MarkerStyle::half_bracket, n.value, n.size + 1 + separator_at(rest.substr(1))};
  const uint32_t separator = separator_at(rest);
  return separator == 0 ? Marker{} : Marker{MarkerStyle::number, n.value, n.size + separator};
}

Marker symbol_at(std::string_view text) {
  const CodePoint c = code_point_at(text, 0);
  if (c.value >= U'①' && c.value <= U'⑳') return {MarkerStyle::circled, static_cast<int>(c.value - U'①') + 1, c.size};
  constexpr std::u32string_view kBullets = U"•●◾■◆▪►▶○◦※✓·‧・";
  if (kBullets.find(c.value) != std::u32string_view::npos) return {MarkerStyle::bullet, 0, c.size};
  // These are minus, emphasis and dash as well, so a space must follow.
  constexpr std::u32string_view kDashes = U"-*–—+";
  const bool dash = c.size != 0 && kDashes.find(c.value) != std::u32string_view::npos;
  if (dash && text.substr(c.size).starts_with(" ")) return {MarkerStyle::bullet, 0, c.size};
  return {};
}

}  // namespace

HanNumber han_number_at(std::string_view text) {
  HanNumber n;
  n.value = han_digit(text);
  n.size = n.value == 0 ? 0 : kHan;
  if (!text.substr(n.size).starts_with(kTen)) return n;
  n.value = n.value == 0 ? 10 : n.value * 10;
  n.size += kHan;
  const int ones = han_digit(text.substr(n.size));
  if (ones != 0) {
    n.value += ones;
    n.size += kHan;
  }
  return n;
}

Marker marker_at(std::string_view text) {
  for (const auto recognise : {markdown_at, part_at, bracketed_at, numbered_at, symbol_at}) {
    const Marker marker = recognise(text);
    if (marker.size == 0) continue;
    return skip_spaces(text, marker.size) < text.size() ? marker : Marker{};
  }
  return {};
}

}  // namespace jiyao::segmenting
