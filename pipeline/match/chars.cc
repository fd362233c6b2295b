#include "pipeline/match/chars.h"

#include "pipeline/match/number.h"
#include "pipeline/model/symbols.h"

namespace jiyao {
namespace {

bool is_enclosed_number(char32_t c) {
  return (c >= 0x2460 && c <= 0x249B) || (c >= 0x24EA && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793) ||
         (c >= 0x3220 && c <= 0x3229) || (c >= 0x3280 && c <= 0x3289);
}

}  // namespace

CharTable::CharTable(const WordTable& words, const Alphabet& alphabet) : flags_(0x10000, 0) {
  for (char32_t c = 0; c < flags_.size(); ++c) {
    const auto flag = [&](Flag f, bool holds) { flags_[c] = static_cast<uint8_t>(flags_[c] | (holds ? f : 0)); };
    flag(kNumeral, begins_numeral(c));
    flag(kEnclosed, is_enclosed_number(c));
    flag(kPrivate, c >= kSymbolBase && c <= kSymbolLast);
    flag(kPattern, alphabet.contains(c));
    flag(kOpenEnded, c == '+' || c == '/' || c == U'·' || numerals::is_open_ended(c));
  }
  for (const Word& word : words.words()) {
    uint8_t& flags = flags_[code_point_at(word.text, 0).value];
    flags = static_cast<uint8_t>(flags | kWord | (word.only_after_number ? kUnit : 0));
  }
  beyond_ = alphabet.contains(0x10000) ? kPattern : 0;
}

}  // namespace jiyao
