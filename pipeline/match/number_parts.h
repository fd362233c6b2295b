// What numbers are made of, beneath the scanners of number_scan.h: the
// characters, a run of digits, and the value a number adds up to.
#pragma once

#include <array>
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
int tens(char32_t c);   // 廿 2 卅 3 卌 4; -1 if it is none

// The same of the character at a byte; -1 at the end of the text too. 参 陆 and
// 伍 are digits only in a formal numeral: 陆拾伍元, but 大陆 and 队伍.
int digit_at(std::string_view text, uint32_t at);
inline int scale_at(std::string_view text, uint32_t at) {
  return at < text.size() ? scale(code_point_at(text, at).value) : -1;
}

// 多 余 几: what stands before it is a lower bound; 来: it is about right.
inline bool is_open_ended(char32_t c) { return c == U'多' || c == U'余' || c == U'馀' || c == U'几' || c == U'来'; }

inline bool is_digit_at(std::string_view text, uint32_t at) { return at < text.size() && is_digit(text[at]); }

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

// 三个多亿: the same before 多 and the scale.
inline uint32_t skip_piece_before_open(std::string_view text, uint32_t at) {
  constexpr std::string_view kPiece = "个";
  if (at >= text.size() || !text.substr(at).starts_with(kPiece)) return at;
  const auto behind = at + static_cast<uint32_t>(kPiece.size());
  const CodePoint open = code_point_at(text, behind);
  return is_open_ended(open.value) && scale_at(text, behind + open.size) >= 8 ? behind : at;
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
  uint32_t end = 0;
  uint32_t integer = 0;          // digits before the point
  bool is_separated = false;     // 1,234
  bool has_fraction = false;     // 1.5
  std::optional<Decimal> value;  // empty if it has more digits than a quantity
};

// The run a number begins with. The dots of 2025.03.25 and 1.2.3 end it.
DigitRun first_run(std::string_view text, uint32_t at);
// A run behind a scale: 4500 in 3亿4500万.
DigitRun further_run(std::string_view text, uint32_t at);
// The run with what may go on with it if a unit or a scale follows: 1，234,
// 1 234 567 and the points of 3点5 and 3·5. Without such a rest it is the same run.
DigitRun with_odd_parts(std::string_view text, const DigitRun& run);

// 3亿5%, 3万5月: whether a run behind a scale begins something else.
bool is_no_rest(std::string_view text, const DigitRun& run);

// A run as a number of its own. One too long for a quantity names something.
Number unscaled(const DigitRun& run);

// A scale in Latin letters: its power, 0 if there is none, and the byte behind
// it. A letter alone is one only of money (US$5m), k also before a unit (50k台).
struct LatinScale {
  int power = 0;
  uint32_t end = 0;
  bool is_letter = false;
};
LatinScale latin_scale(std::string_view text, uint32_t at);
bool is_behind_currency(std::string_view text, uint32_t at);
bool is_money(std::string_view unit);  // what a letter may count: 3m美元, but 3M股价

// 过万 近亿: whether 万 or 亿 at `at` may be a number without a digit before it.
bool follows_bound(std::string_view text, uint32_t at);
// 万亿 alone, as in 斥资万亿, but not as the unit of a table: 单位:万亿元.
bool is_trillion(std::string_view text, uint32_t at);
// Whether such a number may end at `at`: 过亿。 过亿级, but not 超万科.
bool ends_bound(std::string_view text, uint32_t at);

// What the characters of a number said so far. In 三百二十亿五千万 the section is
// what gathers in front of the next 万, 亿 or 兆, which closes it into a group,
// and a digit waits for the scale that tells what it is worth.
class Numeral {
 public:
  // Of its first character: 数百亿 and 几千 count an unknown digit, 上千 is a bound.
  explicit Numeral(char32_t first);
  // Of the digits it begins with: 12 in 12亿.
  explicit Numeral(const Decimal& run);

  bool has_begun() const { return begun_; }
  bool has_digits() const { return in_digits_; }  // 0 to 9 somewhere
  bool may_have_point() const { return begun_ && !in_digits_ && groups_ == 0 && !point_; }
  bool may_be_open_ended() const { return begun_ && any_scale_ && !point_; }
  bool is_behind_scale() const { return any_scale_ && !has_waiting_; }
  bool is_behind_ten() const { return is_behind_scale() && last_scale_ == 1; }
  int last_scale() const { return last_scale_; }

  // These are false if the number ends before what they are given.
  bool take_digit(int d);
  bool take_scale(int s);
  void take_run(const Decimal& run);
  // An unknown digit from `low` to 9: 一百几十, 十几.
  void take_several(int low);
  // The digits of text[at..) as the decimals behind 点; returns their end.
  uint32_t take_fraction(std::string_view text, uint32_t at);
  void take_open_end(bool about) { (about ? about_ : over_) = true; }  // 十来, 一百多

  // The number that ends at byte `end`, if the characters make one.
  std::optional<Number> finish(uint32_t end);

 private:
  static constexpr int kNoScale = 99;  // above every scale
  struct Group {
    Decimal value;
    int scale;
  };

  bool refuse();  // it is no number at all
  void add_waiting(int s);
  bool take_small_scale(int s);
  bool take_large_scale(int s);
  void place_last_digit();
  bool is_pair() const;
  void set_shape(Number& n) const;

  bool at_least_ = false;
  bool several_ = false;  // it begins with 数 or 几
  bool begun_ = false;    // a digit or a scale was taken
  bool any_digit_ = false;
  bool in_digits_ = false;  // 12亿, not 十二亿
  bool refused_ = false;
  Sum section_;
  std::array<Group, 3> closed_;  // by 兆, 亿, 万: always falling
  size_t groups_ = 0;
  Decimal waiting_;  // the digit or row of digits without a scale yet
  bool has_waiting_ = false;
  int64_t row_ = 0;  // digits one after another: 二〇二四
  int row_length_ = 0;
  bool zero_ = false;  // a 零 since the last 万: 三百零五 is no 350
  bool any_scale_ = false;
  int section_scale_ = kNoScale;  // the last of 千 百 十 in the section; they must fall
  bool bare_scale_ = false;       // it had no digit: 百, 十五
  int last_scale_ = 0;            // of any kind
  int printed_ = 0;               // power of ten of the last part: the precision
  int power_ = 0;                 // the same without the decimals of digits: 8 in 1.5亿
  Decimal eight_;                 // of 百八十, which is 80 to 100
  bool point_ = false;
  Decimal waiting_step_;  // 两三千 is two to three thousand: what the upper end has more,
  Decimal step_;          // of the digit that waits, and of the whole
  int step_group_ = 0;    // the scale that closed it
  bool over_ = false;
  bool about_ = false;
};

}  // namespace numerals
}  // namespace jiyao
