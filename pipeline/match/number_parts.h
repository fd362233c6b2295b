// What numbers are made of, beneath the scanners of number_scan.h: the
// characters, a run of digits, and the value a numeral adds up to.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pipeline/match/utf8.h"
#include "pipeline/model/decimal.h"

namespace jiyao {

struct Number;  // of number.h

namespace numerals {

int digit(char32_t c);  // 〇零 0 … 九 9, 两俩 2, formal ones too; -1 if it is none
int scale(char32_t c);  // 十 1 百 2 千 3 万 4 亿 8 兆 12; -1 if it is none

// 多 余 几 来: what stands before it is a lower bound.
inline bool is_open_ended(char32_t c) { return c == U'多' || c == U'余' || c == U'馀' || c == U'几' || c == U'来'; }

// The same of the character at a byte; -1 at the end of the text too.
inline int digit_at(std::string_view text, uint32_t at) {
  return at < text.size() ? digit(code_point_at(text, at).value) : -1;
}
inline int scale_at(std::string_view text, uint32_t at) {
  return at < text.size() ? scale(code_point_at(text, at).value) : -1;
}

inline uint32_t skip_space(std::string_view text, uint32_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

// 五十个亿: the classifier before a large scale says nothing.
inline uint32_t skip_piece(std::string_view text, uint32_t at) {
  constexpr std::string_view kPiece = "个";
  if (at >= text.size() || !text.substr(at).starts_with(kPiece)) return at;
  const auto behind = at + static_cast<uint32_t>(kPiece.size());
  return scale_at(text, behind) >= 8 ? behind : at;
}

// A sum that remembers whether all of it fitted into a Decimal.
struct Sum {
  Decimal value;
  bool overflow = false;
  void add(Decimal d);
};

// Digits without their scale: 2024, 1,234.5.
struct DigitRun {
  uint32_t begin = 0;
  uint32_t integer_end = 0;
  uint32_t end = 0;
  uint32_t length = 0;           // characters without the separators, at most kLongest
  std::optional<Decimal> value;  // empty if it is too long for one

  static constexpr uint32_t kLongest = 40;
  bool has_fraction() const { return end > integer_end; }
  bool is_separated() const { return end - begin > length; }
};

// The run a number begins with. The dots of 2025.03.25 and 1.2.3 end it.
DigitRun first_run(std::string_view text, uint32_t at);
// A run behind a scale: 4500 in 3亿4500万.
DigitRun further_run(std::string_view text, uint32_t at);

// A run as a number of its own. Of one that is too long for a quantity only
// the end counts.
Number unscaled(const DigitRun& run);

// What the characters of a numeral said so far. In 三百二十亿五千万 the total is
// what 万, 亿 and 兆 have closed, the section what gathers in front of the next
// of them, and a digit waits for the scale that tells what it is worth.
class Numeral {
 public:
  // Of its first character: 数百亿 and 几千 count an unknown digit, 上千 is a bound.
  explicit Numeral(char32_t first);

  bool is_vague() const { return several_ || at_least_; }
  bool has_begun() const { return begun_; }
  bool may_have_point() const { return begun_ && group_ == 0 && !point_; }
  bool may_be_open_ended() const { return begun_ && any_scale_ && !point_; }

  // False if no numeral goes on so: then it is none at all.
  bool take_digit(int d);
  // False if the numeral ends before this scale: 三百二|百.
  bool take_scale(int s);
  // The digits of text[at..) as the decimals behind 点; returns their end.
  uint32_t take_fraction(std::string_view text, uint32_t at);
  // 十几, 一百多; with 万 or more behind it, that scale closes the section: 一千多万.
  void take_open_end(bool several);
  void take_open_scale(int s);

  // The number that ends at byte `end`, if the characters make one.
  std::optional<Number> finish(uint32_t end);

 private:
  static constexpr int kNoScale = 99;  // above every scale

  void add_waiting();
  void close_section(int s);
  bool take_small_scale(int s);
  void take_large_scale(int s);
  void place_last_digit();
  bool is_rising_pair() const { return row_length_ == 2 && row_ % 10 == row_ / 10 + 1; }
  void set_shape(Number& n) const;

  bool several_;
  bool at_least_;
  bool begun_ = false;  // a digit or a scale was taken
  bool any_digit_ = false;
  Sum total_;
  Sum section_;
  int64_t waiting_ = -1;  // the digit or row of digits without a scale yet
  int64_t row_ = 0;       // digits one after another: 二〇二四
  int row_length_ = 0;
  bool zero_ = false;  // a 零 somewhere: 三百零五 is no 350
  bool any_scale_ = false;
  int section_scale_ = kNoScale;  // the last of 千 百 十 in the section; they must fall
  int last_scale_ = 0;            // of any kind
  int group_ = 0;                 // the last of 万 亿 兆
  int printed_ = 0;               // power of ten of the last part: the precision
  bool point_ = false;
  Decimal fraction_;
  int fraction_digits_ = 0;
  Decimal pair_step_;  // 一百五六十: what the upper end has more
  bool over_ = false;
  bool tail_several_ = false;  // 十几
};

}  // namespace numerals
}  // namespace jiyao
