#include "pipeline/resolve/fact_id.h"

#include <string_view>

namespace jiyao {

// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): an id must be
// stable, not secret. Its upper 48 bits are as well mixed as any.
std::string fact_id(std::string_view document, uint32_t begin, uint32_t end, int statement) {
  uint64_t hash = 0xCBF29CE484222325ULL;
  const auto add = [&](unsigned char byte) {
    hash ^= byte;
    hash *= 0x100000001B3ULL;
  };
  const auto add_number = [&](uint32_t n) {
    for (int shift = 0; shift < 32; shift += 8) add(static_cast<unsigned char>(n >> shift));
  };
  for (char c : document) add(static_cast<unsigned char>(c));
  add(0);
  add_number(begin);
  add_number(end);
  add_number(static_cast<uint32_t>(statement));
  static constexpr char digits[] = "0123456789abcdef";
  std::string id = "f-";
  for (int shift = 60; shift >= 16; shift -= 4) id += digits[(hash >> shift) & 15];
  return id;
}

}  // namespace jiyao
