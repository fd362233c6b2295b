// What the files that compare parts with a total share.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pipeline/check/comparison.h"

namespace jiyao {

using Parts = std::vector<uint32_t>;  // facts, in text order

constexpr size_t kMostParts = 40;

// The parts as operands, in the sense of the claim.
std::vector<Choice> choices_among(const Evidence& evidence, const Parts& parts, uint32_t claim);

// What the operands give, each by `of`: their sum, or what it leaves of 100.
std::optional<Interval> sum_of(const Evidence& evidence, const Comparison& comparison, Interval Choice::*of);

// The total held against the sum of the parts; nothing if one of them has no value.
std::optional<Comparison> total_against(const Evidence& evidence, const CheckRule& rule, uint32_t total,
                                        const Parts& parts);

// A moved decimal point or two digits swapped, in the claim or in one part; of three
// parts and more that are all of three digits, one wrong digit too.
bool explained_by_hand(const Evidence& evidence, const Comparison& comparison);

// 其中 between two parts: the second may be a part of the first.
bool nested(const Evidence& evidence, const Parts& parts);

// By a word: 合計, 由…組成 in their sentence, or 其他 before the last of three and more.
bool said_complete(const Evidence& evidence, const Parts& parts);

// 總共 before the total, which stands directly behind the parts in their paragraph, list or lines of speech.
bool totalled(const Evidence& evidence, const Parts& parts, uint32_t total);

// 線上 and 線下: one of each pair of halves. Beside them there may still be 其他.
bool leave_no_third(const Evidence& evidence, const Parts& parts);

// Different segments, or (of shares) different subjects.
bool distinct(const Evidence& evidence, const Parts& parts);

// Shares against 100%, and a total and the row of amounts beside it in its sentence.
void compare_shares(const Evidence& evidence, std::vector<Comparison>& comparisons);
void compare_rows(const Evidence& evidence, std::vector<Comparison>& comparisons);

// What the parts of one enumeration have in common.
struct PartGroup {
  uint32_t metric = 0;
  uint32_t company = 0;
  Dates dates;
  std::string_view unit;
  uint32_t list = 0;  // Evidence::list
  friend auto operator<=>(const PartGroup&, const PartGroup&) = default;
  friend bool operator==(const PartGroup&, const PartGroup&) = default;
};

// The facts of that basis that may be parts, two and more that have a group in common together.
std::vector<Parts> part_groups(const Evidence& evidence, Basis basis);

}  // namespace jiyao
