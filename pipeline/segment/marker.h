// The number, bullet or hashes a line begins with.
#pragma once

#include <cstdint>
#include <string_view>

namespace jiyao::segmenting {

enum class MarkerStyle : uint8_t {
  none,
  markdown,      // ## (ordinal: how many)
  part,          // 第一部分, 第四节
  han,           // 一、
  han_bracket,   // (一)
  number,        // 1、 1.
  bracket,       // (1)
  half_bracket,  // 1)
  circled,       // ①
  bullet,        // - • ·
};

struct Marker {
  MarkerStyle style = MarkerStyle::none;
  int ordinal = 0;
  uint32_t size = 0;  // in bytes, without the space behind it
};

// `text` begins with the marker. A marker without text behind it is none.
Marker marker_at(std::string_view text);

// 一 to 九十九 at the beginning of `text`: value and bytes; 0 bytes if there is none.
struct HanNumber {
  int value = 0;
  uint32_t size = 0;
};
HanNumber han_number_at(std::string_view text);

}  // namespace jiyao::segmenting
