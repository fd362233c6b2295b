// What a matched mention rule makes: the figure or period expression from the
// numbers and words in its groups.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/match/scan.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"

namespace jiyao {

// The groups that mention patterns may name.
enum Role : uint8_t {
  kA,
  kB,       // numbers; b is the upper end of a range
  kUnit,    // u: word that gives unit, currency, power
  kBefore,  // c: what stands before it and is no part of it: currency, 截至
  kItself,  // f: the mention, where the rest of the match is what stands around it
  kSign,
  kSignB,  // sign, sign_b
  kMore,
  kHalf,
  kTail,  // more: 多 余 +; half: 半 behind the unit; t: digits behind it (三成五, 10块57)
  kHalfA,
  kTailA,   // half_a, t_a: the same of the lower end
  kCents,   // t2: hundredths behind it: 12元5角3分
  kOf,      // of: what b is divided by (三分之一)
  kUnitA,   // ua: the lower end's own unit
  kAround,  // around: 上下 ±: b is how far the range goes to either side
  kPer,     // per: 次/天
  kBehind,  // z: text behind the figure that is no part of it
  kYear,
  kYearTo,
  kYearWord,
  kYearWordTo,
  kQuarter,
  kQuarterTo,
  kHalfYear,
  kHalfYearTo,
  kMonth,
  kMonthTo,
  kDay,
  kDayTo,
  kEdge,
  kWord,
  kRoles
};
constexpr std::array<const char*, kRoles> kRoleNames = {
    "a",   "b",    "u",  "c",    "f",      "sign", "sign_b", "more", "half", "t",  "half_a",
    "t_a", "t2",   "of", "ua",   "around", "per",  "z",      "y",    "y_to", "yw", "yw_to",
    "q",   "q_to", "h",  "h_to", "m",      "m_to", "d",      "d_to", "e",    "w"};

// One group of a match: empty if it took no part.
struct Part {
  std::string_view text;                // of the symbol string
  const Number* number = nullptr;       // its first number, if any
  const LexiconEntry* entry = nullptr;  // its first word of the lexicon
  explicit operator bool() const { return !text.empty(); }
};
using Parts = std::array<Part, kRoles>;

// Empty if the parts make no sense (month 13): the next rule is tried.
std::optional<Figure> build_figure(const Attributes& makes, const Parts& parts);
std::optional<PeriodExpression> build_period(const Attributes& makes, const Parts& parts);

}  // namespace jiyao
