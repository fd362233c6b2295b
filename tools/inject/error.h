// One mistake at a time put into a consistent text, as authors, typists and
// speech recognition make them. Which mistakes are made depends on the text
// alone: the same text gives the same ones.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/inject/statement.h"

namespace jiyao::inject {

enum class Kind : uint8_t {
  factor_up,    // 86.4億元 → 864億元
  factor_down,  // 86.4億元 → 8.64億元
  scale_word,   // 86.4億元 → 86.4萬元
  swapped,      // 86.4億元 → 84.6億元
  digit,        // 86.4億元 → 89.4億元
  computed,     // a growth over the new level, a share of the rest instead of the whole
  sign,         // 增長12.4% → 下降12.4%, 淨利潤 → 淨虧損
  year,         // 2025年 → 2024年, 2026年
  decade,       // 2024年 → 2014年
};
constexpr std::array<const char*, 9> kKindNames = {
    "factor of ten up",   "factor of ten down", "unit word", "two digits swapped",
    "one digit replaced", "computed wrongly",   "sign",      "a year off",
    "ten years off"};
inline const char* name(Kind kind) { return kKindNames[static_cast<size_t>(kind)]; }

struct Error {
  Kind kind = Kind::digit;
  Span at;             // bytes of the source that are replaced
  std::string by;      // what stands there then
  uint32_t index = 0;  // of the statement, or of the mention for a year
  Number number;       // what the statement states then
  Period period;       // what the mention says then
};

// In text order. Figures without digits (七成) keep their number.
std::vector<Error> errors_of(const Statements& statements, std::string_view source);

// The text with the error in it.
std::string altered(std::string_view source, const Error& error);

}  // namespace jiyao::inject
