// The value of a number, from its parts one after another.
#include <algorithm>

#include "pipeline/match/number.h"
#include "pipeline/match/number_parts.h"

namespace jiyao::numerals {

Numeral::Numeral(char32_t first) : at_least_(first == U'上'), several_(first == U'数' || first == U'几') {
  if (several_) take_several(2);
  begun_ = false;
}

Numeral::Numeral(const Decimal& run) { take_run(run); }

bool Numeral::refuse() {
  refused_ = true;
  return false;
}

void Numeral::take_run(const Decimal& run) {
  waiting_ = run;
  has_waiting_ = begun_ = any_digit_ = in_digits_ = true;
  row_length_ = 0;
  printed_ = std::min(0, run.exponent());
  power_ = 0;
}

bool Numeral::take_digit(int d) {
  constexpr int kLongestRow = 12;
  if (several_ || (at_least_ && !begun_)) return refuse();  // 数一数, 门店数十五家, 上一
  if (point_) return false;
  eight_ = Decimal();
  begun_ = any_digit_ = true;
  if (d == 0 && is_behind_scale() && row_length_ == 0) {
    zero_ = true;  // 一百零五: it only keeps the place
    return true;
  }
  row_ = row_length_ > 0 ? row_ * 10 + d : d;
  if (++row_length_ > kLongestRow) return refuse();
  waiting_ = Decimal(row_);
  has_waiting_ = true;
  printed_ = power_ = 0;
  return true;
}

void Numeral::take_several(int low) {
  waiting_ = Decimal(low);
  waiting_step_ = Decimal(9 - low);
  has_waiting_ = begun_ = any_digit_ = true;
  row_length_ = 0;
  printed_ = power_ = 0;
}

bool Numeral::take_scale(int s) {
  if (point_) {
    if (s < 2) return false;
    printed_ += s;  // 十二点三亿: of the whole
    closed_[0].scale += s;
  } else if (!(s < 4 ? take_small_scale(s) : take_large_scale(s))) {
    return false;
  }
  last_scale_ = s;
  power_ += s;
  any_scale_ = begun_ = true;
  return true;
}

// Two digits for one: 两三千, 三五百.
bool Numeral::is_pair() const {
  const int64_t low = row_ / 10, high = row_ % 10;
  return row_length_ == 2 && low >= 1 && (high == low + 1 || row_ == 35);
}

// What waits is worth so many powers of ten.
void Numeral::add_waiting(int s) {
  if (is_pair()) {
    waiting_ = Decimal(row_ / 10);
    waiting_step_ = Decimal(row_ % 10 - row_ / 10);
  }
  if (has_waiting_) section_.add(waiting_.scaled(s));
  if (!waiting_step_.is_zero()) step_ = waiting_step_.scaled(s), step_group_ = 0;
  waiting_step_ = Decimal();
  has_waiting_ = false;
  row_length_ = 0;
}

// 十 百 千.
bool Numeral::take_small_scale(int s) {
  const bool bare = !has_waiting_;  // 十五, 百
  if (s >= section_scale_) return bare ? refuse() : false;
  if (bare && bare_scale_) return refuse();  // 千百, 百十
  if (bare_scale_ && s == section_scale_ - 1 && row_length_ == 1 && row_ == 8) eight_ = Decimal(8, s);
  if (bare) waiting_ = Decimal(1), has_waiting_ = true;
  if (in_digits_ && row_length_ == 0) printed_ += s;
  bare_scale_ = bare;
  section_scale_ = s;
  add_waiting(s);
  return true;
}

// 万 亿 兆: of the section and of the smaller groups before it (一万两千亿).
bool Numeral::take_large_scale(int s) {
  add_waiting(0);
  eight_ = Decimal();
  const bool nothing = section_.value.is_zero() && section_scale_ == kNoScale;
  if (nothing && groups_ > 0 && closed_[groups_ - 1].scale > s) return false;
  if (!nothing && groups_ > 0 && closed_[groups_ - 1].scale == s) return refuse();
  Sum all = section_;
  while (groups_ > 0 && closed_[groups_ - 1].scale <= s) {
    const Group& group = closed_[--groups_];
    all.add(group.value.scaled(group.scale));
  }
  if (nothing && all.value.is_zero()) all.add(Decimal(begun_ ? 0 : 1));
  if (all.overflow) return refuse();
  if (step_group_ < s) step_ = step_.scaled(s);
  step_group_ = s;
  closed_[groups_++] = {all.value, s};
  section_ = Sum();
  section_scale_ = kNoScale;
  bare_scale_ = zero_ = false;
  printed_ += s;
  return true;
}

// The whole becomes one group, which a scale behind the decimals multiplies.
uint32_t Numeral::take_fraction(std::string_view text, uint32_t at) {
  constexpr int kMostDigits = 9;
  row_length_ = 0;  // 一二.五亿 is 12.5亿, no pair
  add_waiting(0);
  point_ = true;
  int64_t value = 0;
  int digits = 0;
  for (int d = digit_at(text, at); d >= 0 && digits < kMostDigits; d = digit_at(text, at)) {
    value = value * 10 + d;
    ++digits;
    at += code_point_at(text, at).size;
  }
  section_.add(Decimal(value, -digits));
  closed_[groups_++] = {section_.value, 0};
  section_.value = Decimal();
  printed_ = -digits;
  return at;
}

// 两亿五 is 2.5亿, 三千二 is 3200: a digit without its scale is of the next one down.
void Numeral::place_last_digit() {
  if (!has_waiting_) return;
  const bool one = row_length_ == 1 || is_pair();
  const bool of_next_scale = one && any_scale_ && last_scale_ >= 2 && !zero_;
  if (row_length_ > 1 && !one && any_scale_) refuse();  // 二十四六
  if (of_next_scale) printed_ = power_ = last_scale_ - 1;
  add_waiting(of_next_scale ? last_scale_ - 1 : 0);
}

std::optional<Number> Numeral::finish(uint32_t end) {
  const bool row = !any_scale_ && !point_ && row_length_ >= 2;
  const bool is_year = row_length_ == 4 && row_ >= 1900 && row_ <= 2100;
  if (refused_ || !begun_ || ((several_ || at_least_) && !any_scale_)) return std::nullopt;
  if (at_least_ && last_scale_ == 1) return std::nullopt;  // 早上十点
  place_last_digit();
  Sum sum = section_;
  for (size_t i = 0; i < groups_; ++i) sum.add(closed_[i].value.scaled(closed_[i].scale));
  if (refused_ || sum.overflow) return std::nullopt;
  Number n;
  n.value = sum.value;
  n.end = end;
  n.decimals = -printed_;
  n.over = over_;
  n.only_scale = !any_digit_ && !several_ && !at_least_ && groups_ == 0;
  n.about = about_;
  set_shape(n);
  // A row of digits is a year (二〇二四) or a name (一一零), no quantity.
  if (row && !n.low) n.shape = is_year ? kYear4 : kIdentifier;
  return n;
}

void Numeral::set_shape(Number& n) const {
  n.shape = kVague;
  if (!eight_.is_zero()) {
    n.low = n.value = eight_;
    n.high = Decimal(1, eight_.exponent() + 1);
  } else if (!step_.is_zero()) {
    n.low = n.value;
    n.high = n.value.plus(step_);
    if (!any_scale_) n.shape = kPair;
  } else if (at_least_) {
    n.over = true;
  } else {
    n.scale = in_digits_ ? power_ : groups_ > 0 ? closed_[groups_ - 1].scale : 0;
    n.shape = in_digits_ || n.scale >= 4 ? kScaled : n.value >= Decimal(10) ? kChineseBig : kChinese;
  }
}

}  // namespace jiyao::numerals
