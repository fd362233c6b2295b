#include "pipeline/check/repeats.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/check/names.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

bool comparable(const Fact& f) {
  return f.status != Status::estimate && f.basis != Basis::change && f.basis != Basis::price && !f.period.empty() &&
         !f.unit.empty() && (f.value || (f.low && f.high));
}

// What a fact states, but for the value.
struct Statement {
  Scope scope;
  uint32_t subject;
  Dates dates;
  Basis basis;
  uint32_t base;
  std::string_view unit;
  Status status;
  friend bool operator==(const Statement&, const Statement&) = default;
  friend auto operator<=>(const Statement&, const Statement&) = default;
};

struct Stated {
  Statement statement;
  uint32_t fact;
};

// Two ways to tell what is one thing: by its subject too, or (where a metric has
// one value) by what the accounts know alone, so that 營收 and 總收入 are one.
enum class Reading : uint8_t { close, loose };

Stated stated(const Evidence& e, uint32_t i, Reading reading) {
  const Fact& f = e.fact(i);
  const bool named = reading == Reading::close || !e.one_value(i);
  // What a growth is measured against is the year before whether it says so or not.
  const uint32_t base = f.basis == Basis::share ? e.base(i) : NameTable::kUnknown;
  const bool as_profit = reading == Reading::loose && f.basis == Basis::level;
  const Scope scope = as_profit ? e.profit_scope(i) : e.scope(i);
  return {{scope, named ? e.subject(i) : NameTable::kUnknown, Dates(f.period), f.basis, base, f.unit, f.status}, i};
}

// …加上回购12亿元，合计22亿元: the sum of what stands before it, whatever was named last.
bool is_sum_of_others(const Evidence& e, uint32_t i) {
  const Span before = {e.sentence_span(i).begin, e.fact(i).figure.begin};
  const std::string_view text = cut_out(e.document().folded.text, before);
  const auto& words = e.known().words("complete");
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return text.ends_with("," + word) || text.ends_with("，" + word);
  });
}

// Facts that state the same stand together, in text order.
std::vector<Stated> by_statement(const Evidence& e, Reading reading) {
  std::vector<Stated> all;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    if (comparable(e.fact(i)) && e.settled(i) && !is_sum_of_others(e, i)) all.push_back(stated(e, i, reading));
  }
  std::sort(all.begin(), all.end(), [](const Stated& a, const Stated& b) {
    const auto order = a.statement <=> b.statement;
    return order != 0 ? order < 0 : a.fact < b.fact;
  });
  return all;
}

// The statement in words.
std::string text_of(const Evidence& e, const Fact& f) {
  constexpr char kSeparator = '\x1f';
  const Names& names = e.known().names;
  std::string text = e.scope_text(f) + kSeparator + names.bare(f.subject) + kSeparator + f.period.start.iso();
  text += (f.period.instant ? "@" : "..") + f.period.end.iso();
  text += kSeparator + std::string(name(f.basis)) + kSeparator + f.unit;
  if (f.basis == Basis::share) text += kSeparator + names.bare(f.base);
  return text;
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

bool mistyped(const Fact& a, const Fact& b) {
  return a.value && b.value && a.value->is_negative() == b.value->is_negative() &&
         one_slip(digits_of(*a.value), digits_of(*b.value));
}

// 增長 and 下降, 盈利 and 虧損.
bool sign_flipped(const Fact& a, const Fact& b) { return a.value && b.value && *a.value == b.value->negated(); }

// What a hand at the keyboard does to one number of three digits and more, or to
// its sign: of that alone the loose reading speaks.
bool hand_slip(const Fact& a, const Fact& b) {
  if (!a.value || !b.value || a.value->is_zero() || b.value->is_zero()) return false;
  const std::string x = digits_of(*a.value), y = digits_of(*b.value);
  return sign_flipped(a, b) || mistyped(a, b) || (x == y && x.size() >= 2);
}

bool looks_like_a_slip(const Fact& a, const Fact& b) {
  if (!a.value || !b.value || a.value->is_negative() != b.value->is_negative()) return false;
  return at_another_scale(a, b) || within(*a.value, *b.value, 0.02) ||
         one_slip(digits_of(*a.value), digits_of(*b.value));
}

bool could_be_one(const Fact& a, const Fact& b) {
  if (looks_like_a_slip(a, b)) return true;
  return a.value && b.value && !a.segment.empty() && within(*a.value, *b.value, 0.5);
}

// With the value that a loss is as a profit.
Fact as_profit(const Evidence& e, uint32_t i) {
  Fact f = e.fact(i);
  if (e.is_loss(i) && f.basis == Basis::level && f.value) f.value = f.value->negated();
  return f;
}

// 增長接近兩成，+19.5%: a change in round words, and directly behind it in digits.
bool told_again(const Evidence& e, uint32_t later, uint32_t earlier) {
  const Fact& f = e.fact(earlier);
  return later == earlier + 1 && f.basis != Basis::level && f.basis != Basis::share && f.qualifier != Qualifier::none &&
         e.fact(later).qualifier == Qualifier::none;
}

// What all statements so far have in common. Intervals that meet pairwise share
// a point, so a statement that misses the common part misses one of the two
// statements that bound it.
struct Common {
  Interval interval;
  uint32_t lowest_high;
  uint32_t highest_low;
};

// Equal statements, in text order → at most one conflict.
std::optional<Repeat> conflict_among(const Evidence& e, std::span<const Stated> statements) {
  std::optional<Common> common;
  std::optional<Repeat> first;
  std::optional<Interval> second_value;
  for (const auto& [statement, i] : statements) {
    const auto value = e.allowed(i, statements.front().fact);
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
    if (e.same_sentence(i, other) && !told_again(e, i, other)) return std::nullopt;
    if (second_value && !second_value->meets(*value)) return std::nullopt;
    if (!second_value) second_value = value;
    if (!first) first = Repeat{i, other, Severity::suspicious, false};
  }
  return first;
}

// A conflict that is worth a word, and how sure it is.
bool judge(const Evidence& e, Repeat& repeat) {
  const Fact& a = e.fact(repeat.later);
  const Fact& b = e.fact(repeat.earlier);
  const bool named = e.anchored(repeat.later) && e.anchored(repeat.earlier);
  repeat.severity = Severity::suspicious;
  if (e.same_sentence(repeat.later, repeat.earlier)) return true;
  if (!could_be_one(a, b)) return false;
  repeat.power_of_ten = at_another_scale(a, b);
  // Of the report's own period without a word that says so: only what a hand at
  // the keyboard does to one number, and not in tables, which have many rows of one name.
  if (!named && (e.in_table(repeat.later) || e.in_table(repeat.earlier) || !(repeat.power_of_ten || mistyped(a, b))))
    return false;
  // Two rates or changes may differ in what they are measured on, without a word that says so.
  const bool amounts = a.basis == Basis::level && a.unit != "%" && a.unit != "pp" && a.unit != "bp";
  const bool same_digits = repeat.power_of_ten && digits_of(*a.value).size() >= 3;
  const bool sure =
      amounts && (named || same_digits) && looks_like_a_slip(a, b) && e.exact(repeat.later) && e.exact(repeat.earlier);
  repeat.severity = sure ? Severity::contradiction : Severity::suspicious;
  return true;
}

// Of the loose reading: never sure, and not between tables; what a table has of the company may be told in the text.
bool suspect(const Evidence& e, Repeat& repeat) {
  const Fact a = as_profit(e, repeat.later);
  const Fact b = as_profit(e, repeat.earlier);
  const bool tables = e.in_table(repeat.later) || e.in_table(repeat.earlier);
  const bool both = e.in_table(repeat.later) && e.in_table(repeat.earlier);
  const bool whole = e.is_whole(repeat.later) && e.is_whole(repeat.earlier);
  const bool level = a.basis == Basis::level && is_amount(a.unit);
  if ((tables && (both || !whole || !level)) || a.status != Status::actual || !hand_slip(a, b)) return false;
  repeat.power_of_ten = at_another_scale(a, b) && !sign_flipped(a, b);
  repeat.severity = Severity::suspicious;
  return true;
}

}  // namespace

std::vector<Repeat> conflicting_repeats(const Evidence& e) {
  std::vector<Repeat> all;
  for (const Reading reading : {Reading::close, Reading::loose}) {
    const std::vector<Stated> stated = by_statement(e, reading);
    for (size_t begin = 0, end = 0; begin < stated.size(); begin = end) {
      while (end < stated.size() && stated[end].statement == stated[begin].statement) ++end;
      if (end - begin < 2) continue;
      auto found = conflict_among(e, std::span(stated).subspan(begin, end - begin));
      if (!found) continue;
      const auto told = [&](const Repeat& r) { return r.later == found->later && r.earlier == found->earlier; };
      if (std::any_of(all.begin(), all.end(), told)) continue;
      if (reading == Reading::close ? judge(e, *found) : suspect(e, *found)) all.push_back(*found);
    }
  }
  // Numbers of names are given in text order; the words settle which finding
  // stands for several of one place.
  std::sort(all.begin(), all.end(), [&](const Repeat& a, const Repeat& b) {
    return text_of(e, e.fact(a.later)) < text_of(e, e.fact(b.later));
  });
  return all;
}

}  // namespace jiyao
