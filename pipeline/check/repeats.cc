#include "pipeline/check/repeats.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "pipeline/check/names.h"

namespace jiyao {
namespace {

constexpr char kSeparator = '\x1f';

bool comparable(const Fact& f) {
  return f.status == Status::actual && f.basis != Basis::change && f.basis != Basis::price && !f.period.empty() &&
         !f.unit.empty() && (f.value || (f.low && f.high));
}

std::string statement(const Fact& f) {
  std::string key = Evidence::scope(f) + kSeparator + bare_name(f.subject) + kSeparator + period_key(f.period);
  key += kSeparator + std::string(name(f.basis)) + kSeparator + f.unit;
  // What a growth is measured against is the year before whether it says so or not.
  if (f.basis == Basis::share) key += kSeparator + bare_name(f.base);
  return key;
}

// The digits without trailing zeros: 13700000000 → 137.
std::string digits_of(const Decimal& value) {
  std::string digits = std::to_string(value.coefficient());
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return digits;
}

// One digit put wrong, left out or put in, or two neighbours swapped.
bool one_slip(const std::string& a, const std::string& b) {
  if (a.size() < 3 || b.size() < 3) return false;
  size_t front = 0;
  while (front < std::min(a.size(), b.size()) && a[front] == b[front]) ++front;
  size_t back = 0;
  while (back < std::min(a.size(), b.size()) - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  const size_t rest_a = a.size() - front - back;
  const size_t rest_b = b.size() - front - back;
  if (rest_a <= 1 && rest_b <= 1) return true;
  return rest_a == 2 && rest_b == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
}

bool within(const Decimal& a, const Decimal& b, double part) {
  const double x = a.to_double();
  const double y = b.to_double();
  return std::fabs(x - y) <= part * std::max(std::fabs(x), std::fabs(y));
}

bool at_another_scale(const Fact& a, const Fact& b) {
  if (!a.value || !b.value || a.unit == "%" || a.value->is_zero()) return false;
  return digits_of(*a.value) == digits_of(*b.value) && *a.value != *b.value;
}

bool looks_like_a_slip(const Fact& a, const Fact& b) {
  if (!a.value || !b.value || a.value->is_negative() != b.value->is_negative()) return false;
  return at_another_scale(a, b) || within(*a.value, *b.value, 0.02) ||
         one_slip(digits_of(*a.value), digits_of(*b.value));
}

bool could_be_one(const Fact& a, const Fact& b) {
  if (looks_like_a_slip(a, b)) return true;
  return a.value && b.value && !bare_name(a.segment).empty() && within(*a.value, *b.value, 0.5);
}

// What all statements so far have in common. Intervals that meet pairwise share
// a point, so a statement that misses the common part misses one of the two
// statements that bound it.
struct Common {
  Interval interval;
  uint32_t lowest_high;
  uint32_t highest_low;
};

// The statements of one key, in text order → at most one conflict.
std::optional<Repeat> conflict_among(const Evidence& e, const std::vector<uint32_t>& facts) {
  std::optional<Common> common;
  std::optional<Repeat> first;
  std::optional<Interval> second_value;
  for (const uint32_t i : facts) {
    const auto value = allowed(e.fact(i));
    if (!value) continue;
    if (!common) {
      common = Common{*value, i, i};
      continue;
    }
    if (value->meets(common->interval)) {
      if (value->high < common->interval.high) common->interval.high = value->high, common->lowest_high = i;
      if (value->low > common->interval.low) common->interval.low = value->low, common->highest_low = i;
      continue;
    }
    const uint32_t other = value->low > common->interval.high ? common->lowest_high : common->highest_low;
    if (e.same_sentence(i, other)) return std::nullopt;
    if (second_value && !second_value->meets(*value)) return std::nullopt;
    if (!second_value) second_value = value;
    if (!first) first = Repeat{i, other, Severity::suspicious, false};
  }
  return first;
}

}  // namespace

std::vector<Repeat> conflicting_repeats(const Evidence& e) {
  std::map<std::string, std::vector<uint32_t>> by_statement;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    if (comparable(e.fact(i)) && e.anchored(i)) by_statement[statement(e.fact(i))].push_back(i);
  }
  std::vector<Repeat> all;
  for (const auto& [key, facts] : by_statement) {
    auto found = conflict_among(e, facts);
    if (!found) continue;
    const Fact& a = e.fact(found->later);
    const Fact& b = e.fact(found->earlier);
    if (!could_be_one(a, b)) continue;
    found->power_of_ten = at_another_scale(a, b);
    if (looks_like_a_slip(a, b) && e.exact(found->later) && e.exact(found->earlier)) {
      found->severity = Severity::contradiction;
    }
    all.push_back(*found);
  }
  return all;
}

}  // namespace jiyao
