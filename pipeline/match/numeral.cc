// The value of a numeral, from its characters one after another.
#include "pipeline/match/number.h"
#include "pipeline/match/number_parts.h"

namespace jiyao::numerals {

Numeral::Numeral(char32_t first) : several_(first == U'数' || first == U'几'), at_least_(first == U'上') {
  if (several_) waiting_ = 1;  // 数百 is counted as 百, and widened in the end
}

bool Numeral::take_digit(int d) {
  constexpr int kLongestRow = 12;
  if (several_ && !begun_) return false;  // 数一数
  row_ = row_length_ > 0 ? row_ * 10 + d : d;
  if (++row_length_ > kLongestRow) return false;
  waiting_ = row_;
  zero_ = zero_ || d == 0;
  printed_ = 0;
  begun_ = any_digit_ = true;
  return true;
}

bool Numeral::take_scale(int s) {
  if (point_) {
    if (s < 2) return false;
    group_ += s;  // 十二点三亿: of the whole
  } else if (s < 4) {
    if (!take_small_scale(s)) return false;
  } else {
    take_large_scale(s);
  }
  any_scale_ = begun_ = true;
  return true;
}

// 十 百 千.
bool Numeral::take_small_scale(int s) {
  if (waiting_ < 0) waiting_ = 1;  // 十五, 百
  if (is_rising_pair()) {
    waiting_ = row_ / 10;
    pair_step_ = Decimal(1, s);
  }
  last_scale_ = s;
  if (s >= section_scale_) return false;
  section_scale_ = s;
  section_.add(Decimal(waiting_, s));
  waiting_ = -1;
  row_length_ = 0;
  return true;
}

// 万 亿 兆.
void Numeral::take_large_scale(int s) {
  add_waiting();
  const bool nothing = section_.value.is_zero();
  if (nothing && !total_.value.is_zero()) {
    total_.value = total_.value.scaled(s);  // 一万亿
  } else {
    if (nothing) section_.value = Decimal(1);
    total_.add(section_.value.scaled(s));
  }
  close_section(s);
  pair_step_ = pair_step_.scaled(s);
  section_scale_ = kNoScale;
  last_scale_ = s;
  row_length_ = 0;
}

void Numeral::add_waiting() {
  if (waiting_ > 0) section_.add(Decimal(waiting_));
  waiting_ = -1;
}

void Numeral::close_section(int s) {
  section_.value = Decimal();
  group_ = s;
  printed_ += s;
}

uint32_t Numeral::take_fraction(std::string_view text, uint32_t at) {
  constexpr int kMostDigits = 9;
  add_waiting();
  total_.add(section_.value);
  section_.value = Decimal();
  point_ = true;
  row_length_ = 0;
  int64_t value = 0;
  for (int d = digit_at(text, at); d >= 0 && fraction_digits_ < kMostDigits; d = digit_at(text, at)) {
    value = value * 10 + d;
    ++fraction_digits_;
    at += code_point_at(text, at).size;
  }
  fraction_ = Decimal(value, -fraction_digits_);
  return at;
}

void Numeral::take_open_end(bool several) {
  over_ = true;
  tail_several_ = several;
}

void Numeral::take_open_scale(int s) {
  add_waiting();
  total_.add(section_.value.scaled(s));
  close_section(s);
}

// 两亿五 is 2.5亿, 三千二 is 3200: a digit without its scale is of the next one down.
void Numeral::place_last_digit() {
  if (waiting_ < 0) return;
  const bool of_next_scale = row_length_ == 1 && last_scale_ >= 2 && !zero_;
  if (of_next_scale) printed_ = last_scale_ - 1;
  section_.add(Decimal(waiting_, of_next_scale ? printed_ : 0));
}

std::optional<Number> Numeral::finish(uint32_t end) {
  if (!begun_ || (is_vague() && !any_scale_)) return std::nullopt;
  place_last_digit();
  Sum sum = total_;
  sum.add(section_.value);
  if (point_) {
    sum.add(fraction_);
    sum.value = sum.value.scaled(group_);
  }
  if (sum.overflow || section_.overflow) return std::nullopt;
  Number n;
  n.value = sum.value;
  n.end = n.scale_begin = end;
  n.decimals = point_ ? fraction_digits_ - group_ : -printed_;
  n.over = over_;
  n.only_scale = !any_digit_ && !is_vague() && group_ == 0;
  set_shape(n);
  return n;
}

void Numeral::set_shape(Number& n) const {
  n.shape = kVague;
  if (!pair_step_.is_zero()) {
    n.low = n.value;
    n.high = n.value.plus(pair_step_);
  } else if (several_) {
    // 数百亿 is 2 to 9 hundred 亿.
    if (const auto low = n.value.times(Decimal(2)), high = n.value.times(Decimal(9)); low && high) {
      n.low = low;
      n.high = high;
    }
  } else if (tail_several_ && n.value == Decimal(10)) {
    n.low = Decimal(11);
    n.high = Decimal(19);
    n.over = false;
  } else if (at_least_) {
    n.over = true;
  } else if (!any_scale_ && !point_ && is_rising_pair()) {
    n.low = Decimal(row_ / 10);  // 七八成
    n.high = Decimal(row_ % 10);
    n.shape = kChinese;
  } else if (!any_scale_ && !point_ && row_length_ >= 2) {
    // A row of digits is a year (二〇二四) or a name (一一零), no quantity.
    n.shape = row_length_ == 4 && row_ >= 1900 && row_ <= 2100 ? kYear4 : kIdentifier;
  } else {
    n.shape = group_ >= 4 ? kScaled : n.value >= Decimal(10) ? kChineseBig : kChinese;
    n.scale = group_;
  }
}

}  // namespace jiyao::numerals
