#include "pipeline/resolve/needs.h"

#include <algorithm>

namespace jiyao {

// kMost if there is no place for another one.
uint16_t NeedIndex::number_of(const CharSet& need) {
  const auto known = std::find_if(needs_.begin(), needs_.end(),
                                  [&](const CharSet& other) { return other.characters == need.characters; });
  const auto number = static_cast<uint16_t>(known - needs_.begin());
  if (known != needs_.end() || number == kMost) return number;
  needs_.push_back(need);
  for (const char32_t c : need.characters) {
    if (c >= kind_of_.size()) continue;
    Bits meets = kinds_[kind_of_[c]];
    meets.set(number);
    const auto kind = std::find(kinds_.begin(), kinds_.end(), meets);
    kind_of_[c] = static_cast<uint16_t>(kind - kinds_.begin());
    if (kind == kinds_.end()) kinds_.push_back(meets);
  }
  return number;
}

void NeedIndex::add(std::string_view pattern) {
  Pattern& added = patterns_.emplace_back();
  for (const CharSet& need : PatternShape::of(pattern).needs) {
    // A character beyond the table is not seen in a text.
    const bool seen =
        std::all_of(need.characters.begin(), need.characters.end(), [this](char32_t c) { return c < kind_of_.size(); });
    const uint16_t number = seen ? number_of(need) : kMost;
    if (number == kMost) continue;
    added.all.set(number);
    added.in_order.push_back(number);
  }
}

bool NeedIndex::in_order(const Pattern& pattern, const std::vector<uint16_t>& kinds) const {
  auto next = pattern.in_order.begin();
  for (auto kind = kinds.begin(); kind != kinds.end() && next != pattern.in_order.end(); ++kind) {
    if (kinds_[*kind].test(*next)) ++next;
  }
  return next == pattern.in_order.end();
}

void NeedIndex::find(std::string_view text, std::vector<uint16_t>& scratch, std::vector<uint32_t>& found) const {
  Bits met;
  scratch.clear();
  for (size_t at = 0; at < text.size();) {
    // Only the BMP has kinds: one to three bytes.
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[std::min(at + i, text.size() - 1)]); };
    const unsigned lead = byte(0);
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const unsigned c = size == 1   ? lead
                       : size == 2 ? ((lead & 0x1F) << 6) | (byte(1) & 0x3F)
                       : size == 3 ? ((lead & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F)
                                   : 0;
    at += size;
    if (const uint16_t kind = kind_of_[c]; kind != 0) {
      scratch.push_back(kind);
      met |= kinds_[kind];
    }
  }
  found.clear();
  for (uint32_t i = 0; i < patterns_.size(); ++i) {
    if ((patterns_[i].all & ~met).none() && in_order(patterns_[i], scratch)) found.push_back(i);
  }
}

}  // namespace jiyao
