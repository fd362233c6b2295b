#include "tools/inject/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

namespace jiyao::inject {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

long double power_of_ten(int power) { return std::pow(10.0L, static_cast<long double>(power)); }

// The number a figure is written with: 1,286.5 of 1,286.5億元.
struct Written {
  Span at;             // bytes of the source
  std::string digits;  // 12865
  int decimals = 0;    // 1
  bool grouped = false;
  long double one = 1;  // what a one of it is worth, with the sign: 1e8

  std::string text() const {
    std::string padded = digits;
    while (static_cast<int>(padded.size()) <= decimals) padded.insert(padded.begin(), '0');
    std::string whole = padded.substr(0, padded.size() - static_cast<size_t>(decimals));
    const std::string rest = padded.substr(whole.size());
    for (size_t i = whole.size(); grouped && i > 3;) whole.insert(i -= 3, 1, ',');
    return rest.empty() ? whole : whole + "." + rest;
  }
  Number number() const {
    const long double value = std::stold(digits) * power_of_ten(-decimals) * one;
    return {value, value, power_of_ten(-decimals) * std::fabs(one)};
  }
};

// Empty if the figure is a range, or states more than its digits (10塊57, 七成).
std::optional<Written> written(const Statement& s, std::string_view source) {
  const std::string_view figure = source.substr(s.at.begin, s.at.size());
  const size_t begin = figure.find_first_of("0123456789");
  if (begin == figure.npos || s.number.low != s.number.high || s.number.low == 0) return std::nullopt;
  const size_t end = std::min(figure.find_first_not_of("0123456789,.", begin), figure.size());
  if (figure.find_first_of("0123456789", end) != figure.npos || !is_digit(figure[end - 1])) return std::nullopt;
  Written w;
  w.at = {s.at.begin + static_cast<uint32_t>(begin), s.at.begin + static_cast<uint32_t>(end)};
  bool point = false;
  for (const char c : figure.substr(begin, end - begin)) {
    w.grouped |= c == ',';
    if (c == '.' && point) return std::nullopt;
    point |= c == '.';
    if (!is_digit(c)) continue;
    w.digits += c;
    w.decimals += point;
  }
  if (w.digits.size() > 15) return std::nullopt;
  const long double one = s.number.place * power_of_ten(w.decimals);
  w.one = s.number.low < 0 ? -one : one;
  const bool whole = std::fabs(w.number().low - s.number.low) <= s.number.place * 1e-6L;
  return whole ? std::optional(w) : std::nullopt;
}

// A word and its opposite, Traditional and Simplified. A longer one before the one it ends with.
struct Turn {
  std::string_view from, to, simplified;
};
constexpr std::array<Turn, 24> kDirections = {{
    {"增長", "下降", ""},     {"增长", "", "下降"},     {"下降", "上升", "上升"}, {"上升", "下降", "下降"},
    {"增加", "減少", "减少"}, {"減少", "增加", ""},     {"减少", "", "增加"},     {"上漲", "下跌", ""},
    {"上涨", "", "下跌"},     {"下跌", "上升", "上升"}, {"提升", "下降", "下降"}, {"下滑", "上升", "上升"},
    {"收窄", "擴大", "扩大"}, {"擴大", "收窄", ""},     {"扩大", "", "收窄"},     {"縮小", "擴大", ""},
    {"缩小", "", "扩大"},     {"衰退", "成長", "成长"}, {"成長", "衰退", ""},     {"增", "減", "减"},
    {"減", "增", ""},         {"减", "", "增"},         {"升", "跌", "跌"},       {"跌", "升", "升"},
}};
constexpr std::array<Turn, 11> kOutcomes = {{
    {"淨利潤", "淨虧損", ""},
    {"净利润", "", "净亏损"},
    {"淨虧損", "淨利潤", ""},
    {"净亏损", "", "净利润"},
    {"溢利", "虧損", "亏损"},
    {"盈利", "虧損", "亏损"},
    {"純益", "虧損", ""},
    {"虧損", "盈利", ""},
    {"亏损", "", "盈利"},
    {"淨利", "淨損", ""},
    {"净利", "", "净亏"},
}};

class Errors {
 public:
  Errors(const Statements& statements, std::string_view source) : all_(statements), source_(source) {
    simplified_ =
        source.find("亿") != source.npos || source.find("长") != source.npos || source.find("净") != source.npos;
  }

  std::vector<Error> make() {
    for (uint32_t i = 0; i < all_.stated.size(); ++i) {
      if (const auto w = written(all_.stated[i], source_)) {
        factors(i, *w);
        digits(i, *w);
        computed(i, *w);
      }
      scale_word(i);
      sign(i);
    }
    for (uint32_t i = 0; i < all_.mentions.size(); ++i) years(i);
    return std::move(found_);
  }

 private:
  const Statement& at(uint32_t i) const { return all_.stated[i]; }

  void add(Kind kind, uint32_t i, Span place, std::string by, Number number) {
    if (by != source_.substr(place.begin, place.size())) found_.push_back({kind, place, std::move(by), i, number, {}});
  }
  void add(Kind kind, uint32_t i, const Written& w) { add(kind, i, w.at, w.text(), w.number()); }

  void factors(uint32_t i, Written w) {
    Written up = w;
    up.decimals > 0 ? void(--up.decimals) : void(up.digits += '0');
    while (up.digits.size() > 1 && up.digits.front() == '0' && static_cast<int>(up.digits.size()) > up.decimals + 1)
      up.digits.erase(0, 1);
    add(Kind::factor_up, i, up);
    if (w.decimals == 0 && w.digits.size() > 1 && w.digits.back() == '0') {
      w.digits.pop_back();
    } else {
      ++w.decimals;
    }
    add(Kind::factor_down, i, w);
  }

  // 06.4 is no number that anyone would write.
  static bool has_idle_zero(const Written& w) {
    return w.digits.front() == '0' && static_cast<int>(w.digits.size()) > w.decimals + 1;
  }

  void digits(uint32_t i, const Written& w) {
    for (size_t n = 0; n + 1 < w.digits.size(); ++n) {
      const size_t k = (n + i) % (w.digits.size() - 1);
      Written swapped = w;
      std::swap(swapped.digits[k], swapped.digits[k + 1]);
      if (swapped.digits == w.digits || has_idle_zero(swapped)) continue;
      add(Kind::swapped, i, swapped);
      break;
    }
    Written replaced = w;
    char& digit = replaced.digits[i % w.digits.size()];
    do digit = digit == '9' ? '0' : static_cast<char>(digit + 1 + i % 2);
    while (!is_digit(digit) || has_idle_zero(replaced) || replaced.digits.find_first_not_of('0') == std::string::npos);
    add(Kind::digit, i, replaced);
  }

  // Over the new level instead of the old; of the rest instead of the whole.
  void computed(uint32_t i, const Written& w) {
    const Statement& s = at(i);
    const long double percent = s.number.low;
    if (s.unit != "%" || percent <= -100) return;
    const bool growth = is(s.basis, "yoy") || is(s.basis, "qoq") || is(s.basis, "mom");
    const bool part = is(s.basis, "share") || s.metric.find("margin") != s.metric.npos || is(s.metric, "payout_ratio");
    if (!growth && (!part || percent <= 0 || percent >= 90)) return;
    const long double wrong = growth ? percent / (1 + percent / 100) : percent / (1 - percent / 100);
    const std::string text = fmt::format("{:.{}f}", std::fabs(wrong), w.decimals);
    const long double value = std::copysign(std::stold(text), percent);
    add(Kind::computed, i, w.at, text, {value, value, power_of_ten(-w.decimals)});
  }

  void scale_word(uint32_t i) {
    struct Slip {
      std::string_view from, to;
      int power;
    };
    constexpr std::array<Slip, 7> kSlips = {{{"百萬", "十億", 3},
                                             {"百万", "十亿", 3},
                                             {"萬億", "億", -4},
                                             {"億", "萬", -4},
                                             {"亿", "万", -4},
                                             {"萬", "億", 4},
                                             {"万", "亿", 4}}};
    const Statement& s = at(i);
    for (const auto& [from, to, power] : kSlips) {
      const size_t place = s.figure.find(from);
      if (place == s.figure.npos || s.figure.find("万亿") != s.figure.npos) continue;
      const auto begin = s.at.begin + static_cast<uint32_t>(place);
      const long double by = power_of_ten(power);
      const Number n = {s.number.low * by, s.number.high * by, s.number.place * by};
      add(Kind::scale_word, i, {begin, begin + static_cast<uint32_t>(from.size())}, std::string(to), n);
      return;
    }
  }

  // The sign in front of the digits; else the word of direction, or the name of
  // profit or loss, nearest before the figure in its clause.
  void sign(uint32_t i) {
    const Statement& s = at(i);
    const Number turned = {-s.number.high, -s.number.low, s.number.place};
    const char first = s.figure.front();
    if (first == '+' || first == '-') {
      add(Kind::sign, i, {s.at.begin, s.at.begin + 1}, first == '+' ? "-" : "+", turned);
      return;
    }
    const std::string_view clause = clause_before(s);
    const bool level = is(s.basis, "level");
    if (level && s.metric.find("profit") == s.metric.npos && s.metric.find("loss") == s.metric.npos) return;
    const auto words = level ? std::span<const Turn>(kOutcomes) : std::span<const Turn>(kDirections);
    const Turn* nearest = nullptr;
    size_t end = 0;  // of the nearest in the clause
    for (const Turn& word : words) {
      const size_t place = clause.rfind(word.from);
      const size_t behind = place + word.from.size();
      const bool one_sign = word.from.size() == 3;  // 升, 跌: of the figure only directly before it
      if (place == clause.npos || behind <= end || (one_sign && behind != clause.size())) continue;
      nearest = &word;
      end = behind;
    }
    if (nearest == nullptr) return;
    const auto behind = s.at.begin - static_cast<uint32_t>(clause.size() - end);
    const std::string_view to = simplified_ ? nearest->simplified : nearest->to;
    add(Kind::sign, i, {behind - static_cast<uint32_t>(nearest->from.size()), behind}, std::string(to), turned);
  }

  // A dozen characters at most, and no other number.
  std::string_view clause_before(const Statement& s) const {
    constexpr uint32_t kNear = 36;
    const uint32_t begin = s.at.begin - std::min(s.at.begin, kNear);
    std::string_view before = source_.substr(begin, s.at.begin - begin);
    for (const std::string_view mark : {"，", "。", "；", "、", "：", "（", "）", "\n"}) {
      const size_t cut = before.rfind(mark);
      if (cut != before.npos) before.remove_prefix(cut + mark.size());
    }
    const size_t digit = before.find_last_of("0123456789");
    if (digit != before.npos) before.remove_prefix(digit + 1);
    return before;
  }

  // 2025年, 民國114年, 4Q25.
  void years(uint32_t i) {
    const Mention& m = all_.mentions[i];
    const int year = m.period.end.year;
    for (const int written_as : {year, year - 1911, year % 100}) {
      const std::string digits = std::to_string(written_as);
      const size_t place = m.words.find(digits);
      const bool alone = place != m.words.npos && (place == 0 || !is_digit(m.words[place - 1])) &&
                         (place + digits.size() == m.words.size() || !is_digit(m.words[place + digits.size()]));
      if (!alone || (written_as < 1000 && !is_short_year(m.words, place, digits.size()))) continue;
      const Span at = {m.at.begin + static_cast<uint32_t>(place),
                       m.at.begin + static_cast<uint32_t>(place + digits.size())};
      for (const int back : {1, -1, 10}) {
        const Kind kind = back == 10 ? Kind::decade : Kind::year;
        found_.push_back({kind, at, std::to_string(written_as - back), i, {}, m.period.years_earlier(back)});
      }
      return;
    }
  }

  // 114年, 4Q25, 25Q1; not the 25 of 25日.
  static bool is_short_year(std::string_view words, size_t place, size_t size) {
    const std::string_view after = words.substr(place + size);
    return after.starts_with("年") || after.starts_with("Q") || (place > 0 && words[place - 1] == 'Q');
  }

  const Statements& all_;
  std::string_view source_;
  bool simplified_ = false;
  std::vector<Error> found_;
};

}  // namespace

std::vector<Error> errors_of(const Statements& statements, std::string_view source) {
  return Errors(statements, source).make();
}

std::string altered(std::string_view source, const Error& error) {
  std::string text(source.substr(0, error.at.begin));
  text += error.by;
  return text += source.substr(error.at.end);
}

}  // namespace jiyao::inject
