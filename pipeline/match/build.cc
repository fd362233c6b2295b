#include "pipeline/match/build.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace jiyao {
namespace {

const std::string* find(const Attributes& attributes, std::string_view key) {
  auto it = attributes.find(key);
  return it == attributes.end() ? nullptr : &it->second;
}

int integer(const Attributes& attributes, std::string_view key, int otherwise) {
  const std::string* text = find(attributes, key);
  int value = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

bool is_minus(std::string_view sign) {
  return sign.starts_with("-") || sign.starts_with("负") || sign.starts_with("(");
}

Qualifier qualifier_named(std::string_view text) {
  for (size_t i = 0; i < kQualifierNames.size(); ++i)
    if (text == kQualifierNames[i]) return static_cast<Qualifier>(i);
  return Qualifier::none;
}

// Unit, currency and power of ten that a word of the match says.
void apply_unit(const Attributes& attributes, std::string_view word, Figure& figure, int& power) {
  if (const std::string* currency = find(attributes, "currency")) {
    if (*currency == "plain" || *currency == "plain_dollar")
      figure.plain_currency = true;
    else
      figure.unit = *currency, figure.plain_currency = false;
  } else if (const std::string* unit = find(attributes, "unit")) {
    figure.unit = *unit;
  } else if (figure.unit.empty()) {
    figure.unit = word;
  }
  power += integer(attributes, "power", 0);
}

// The power of ten of a numeral with one digit: 6 for 两百万; of any other -1.
int power_of_one_digit(Decimal value) {
  int64_t digits = value.coefficient();
  int power = value.exponent();
  for (; digits >= 10 && digits % 10 == 0; digits /= 10) ++power;
  return digits < 10 ? power : -1;
}

// The lower end of a range has the scale of the upper one too, if it has no
// such scale itself: 1-2亿, 3千到5千万, 一到两百万, 三到五百; but 三百到五百万 are
// both of 万. Not if it has a unit (30元至1万元) or would be above it (8000至1万).
Decimal lower_end(const Number& low, const Number& high, const Parts& parts) {
  if (parts[kUnitA] || low.value.is_negative()) return low.value;
  const bool is_numeral = low.shape == kChinese && low.value.exponent() == 0;
  if (const int power = is_numeral ? power_of_one_digit(high.value) : -1; power % 4 >= 2)
    if (const Decimal scaled = low.value.scaled(power); scaled < high.value) return scaled;
  if (low.scale >= 4 || high.shape != kScaled) return low.value;
  const Decimal scaled = low.value.scaled(low.scale == 0 ? high.scale : high.scale - high.scale % 4);
  return scaled <= high.value || parts[kAround] ? scaled : low.value;
}

// 3.1次/天, 20吨每年: what a count is per belongs to its unit; money is money.
void add_per(const Part& per, Figure& f) {
  if (!per.entry) return;
  const std::string* unit = find(per.entry->attributes, "unit");
  std::string_view word = unit ? *unit : per.entry->word;
  for (std::string_view prefix : {"/", "每"})
    if (word.starts_with(prefix)) word.remove_prefix(prefix.size());
  f.unit.append("/").append(word);
}

// An integer that is a whole number as written; negative if it is none.
int64_t whole(const Part& part) {
  return part.number && part.number->value.exponent() == 0 ? part.number->value.coefficient() : -1;
}

// 24 is 2024; 113 is 2024 in the Republic's era, which has three digits or says its name.
std::optional<int> year_of(const Part& part) {
  int64_t year = whole(part);
  const bool named = part.text.starts_with("民国");
  const bool republic = named || (year >= 100 && year <= 150);
  if (year < 0 || (part.number->shape == kInt && year > 150)) return std::nullopt;  // 2,024年
  if (republic && year > 150) return std::nullopt;
  if (republic)
    year += 1911;
  else if (year < 100 && (part.number->shape == kInt2 || part.number->shape == kIdentifier))
    year += year < 70 ? 2000 : 1900;
  if (year < 1900 || year > 2100) return std::nullopt;
  return static_cast<int>(year);
}

}  // namespace

namespace {

// 三分之一, 1/3, 三又二分之一: exact, or the first digits of what has no end.
bool take_fraction(const Attributes& makes, const Parts& parts, int power, Figure& f) {
  constexpr int kDigits = 12;
  constexpr int64_t kOne = 1'000'000'000'000;
  const Number* part = parts[kB].number;
  const Number* whole = parts[kOf].number;
  const auto is_integer = [](const Number* n) { return n && n->value.exponent() == 0 && !n->low; };
  if (!is_integer(part) || !is_integer(whole) || part->value >= whole->value || whole->value > Decimal(1'000'000))
    return false;
  const int most = integer(makes, "high", 0);  // 1/8, but 8/9 may be two numbers
  if (most > 0 && part->value > Decimal(1) && whole->value > Decimal(most)) return false;
  const int64_t divisor = whole->value.coefficient();
  int64_t quotient = (part->value.coefficient() * kOne + divisor / 2) / divisor;
  int digits = kDigits;
  for (; digits > 0 && quotient % 10 == 0; quotient /= 10) --digits;
  f.value = Decimal(quotient, -digits).scaled(power);
  if (parts[kA].number) f.value = f.value->plus(parts[kA].number->value.scaled(power));
  f.decimals = digits - power;
  return f.value.has_value();
}

// 三成半, 三成五, 10块57, 12元5角3分: what stands behind the unit, added to the
// (upper) value.
void take_tail(const Parts& parts, int power, std::optional<Decimal>& value, int& decimals) {
  const auto add = [&](Decimal part, int to) {
    if (value) value = value->plus(part);
    decimals = to;
  };
  if (parts[kHalf]) add(Decimal(5, power - 1), std::max(decimals, 1 - power));
  if (const Number* tail = parts[kTail].number; tail && tail->value.exponent() == 0) {
    const int digits = tail->shape == kInt2 ? 2 : 1;
    add(tail->value.scaled(power - digits), decimals + digits);
  }
  if (const Number* cents = parts[kCents].number; cents && cents->value.exponent() == 0)
    add(cents->value.scaled(power - 2), 2 - power);
}

// 46%上下1.5个百分点: from 44.5 to 47.5.
void spread(Figure& f) {
  const Decimal middle = *f.low, half = *f.high;
  f.low = middle.plus(half.negated());
  f.high = middle.plus(half);
}

bool take_numbers(const Parts& parts, int power, Figure& f) {
  const Number& a = *parts[kA].number;
  const Number* b = parts[kB].number;
  const Number& last = b ? *b : a;
  if (a.value.exponent() > 30) return false;
  f.scale = last.scale;
  f.decimals = last.decimals - power;
  if (b || a.low) {
    f.low = (a.low ? *a.low : b ? lower_end(a, *b, parts) : a.value).scaled(power);
    f.high = last.high.value_or(last.value).scaled(power);
    take_tail(parts, power, f.high, f.decimals);
    f.qualifier = Qualifier::range;
    if (parts[kAround]) spread(f);
    if (b && *f.high < *f.low && !parts[kSign] && !parts[kSignB]) return false;  // 从11.5%到11%
  } else {
    f.value = a.value.scaled(power);
    take_tail(parts, power, f.value, f.decimals);
    f.qualifier = a.over ? Qualifier::over : a.about ? Qualifier::about : Qualifier::none;
  }
  return f.value || (f.low && f.high);
}

// 翻倍, 高单位数, 低单位数至中单位数: the number that a word, or the rule, is.
bool take_word(const Attributes& makes, const Parts& parts, Figure& f) {
  const Attributes& word = parts[kWord].entry ? parts[kWord].entry->attributes : makes;
  const Attributes& last = parts[kB].entry ? parts[kB].entry->attributes : word;
  if (const std::string* unit = find(word, "unit"); unit && !find(makes, "unit")) f.unit = *unit;
  if (const std::string* q = find(word, "qualifier")) f.qualifier = qualifier_named(*q);
  const std::string* low = find(word, "low");
  const std::string* high = find(last, "high");
  if (low && high) {
    f.low = Decimal::parse(*low);
    f.high = Decimal::parse(*high);
    f.qualifier = Qualifier::range;
  } else if (const std::string* value = find(word, "value")) {
    f.value = Decimal::parse(*value);
  }
  return f.value || (f.low && f.high);
}

void take_signs(const Parts& parts, Figure& f) {
  // -US$35: the sign may stand before the currency.
  const bool before = is_minus(parts[kBefore].text);
  const std::string_view sign = parts[kSign].text;
  f.explicit_sign = before || !sign.empty();
  if (f.value && (sign.starts_with("±") || sign.starts_with("正负") || sign.starts_with("+/"))) {
    f.low = f.value->negated();
    f.high = f.value;
    f.value.reset();
    f.qualifier = Qualifier::range;
  }
  if (before || is_minus(sign)) {
    if (f.value) f.value = f.value->negated();
    if (f.low) f.low = f.low->negated();
  }
  if (parts[kSignB] && is_minus(parts[kSignB].text) && f.high) f.high = f.high->negated();
  if (f.low && f.high && *f.high < *f.low) std::swap(f.low, f.high);
}

}  // namespace

std::optional<Figure> build_figure(const Attributes& makes, const Parts& parts) {
  Figure f;
  int power = integer(makes, "power", 0);
  if (const std::string* unit = find(makes, "unit")) f.unit = *unit;
  if (parts[kBefore].entry) apply_unit(parts[kBefore].entry->attributes, "", f, power);
  if (parts[kUnit].entry) apply_unit(parts[kUnit].entry->attributes, parts[kUnit].entry->word, f, power);
  // 百 alone is a word, but 近百 and 数以百计 are numbers.
  const Number* a = parts[kA].number;
  const bool bare = f.unit.empty() && !f.plain_currency && !parts[kBefore] && !parts[kB] && !find(makes, "qualifier");
  if (a && a->only_scale && bare) return std::nullopt;
  const bool made = parts[kOf]         ? take_fraction(makes, parts, power, f)
                    : parts[kA].number ? take_numbers(parts, power, f)
                                       : take_word(makes, parts, f);
  if (!made) return std::nullopt;
  // What one of them is: a 码 of interest is 25 basis points.
  if (const std::string* each = find(makes, "value"); each && parts[kA].number && f.value)
    f.value = f.value->times(Decimal::parse(*each).value_or(Decimal(1)));
  add_per(parts[kPer], f);
  if (parts[kMore] && f.qualifier == Qualifier::none)
    f.qualifier = parts[kMore].text == "来" ? Qualifier::about : Qualifier::over;
  if (const std::string* q = find(makes, "qualifier")) f.qualifier = qualifier_named(*q);
  take_signs(parts, f);
  if (!f.value && !(f.low && f.high)) return std::nullopt;  // more digits than a Decimal has
  // 三款 counts, 一款 does not.
  if (f.value && find(makes, "least") && *f.value < Decimal(integer(makes, "least", 0))) return std::nullopt;
  return f;
}

namespace {

using P = PeriodExpression;

const std::map<std::string, P::Unit> kUnits = {
    {"none", P::Unit::none},     {"year", P::Unit::year}, {"half", P::Unit::half},   {"quarter", P::Unit::quarter},
    {"months", P::Unit::months}, {"week", P::Unit::week}, {"day", P::Unit::day},     {"holiday", P::Unit::holiday},
    {"length", P::Unit::length}, {"same", P::Unit::same}, {"decade", P::Unit::year}, {"century", P::Unit::year}};
const std::map<std::string, P::Edge> kEdges = {
    {"end", P::Edge::end}, {"start", P::Edge::start}, {"middle", P::Edge::middle}, {"since", P::Edge::since}};
const std::map<std::string, P::Reach> kReaches = {{"back", P::Reach::back},
                                                  {"ahead", P::Reach::ahead},
                                                  {"ago", P::Reach::ago},
                                                  {"hence", P::Reach::hence},
                                                  {"until", P::Reach::until}};

template <class T>
void look_up(const std::map<std::string, T>& names, const std::string* name, T& into) {
  if (!name) return;
  if (const auto it = names.find(*name); it != names.end()) into = it->second;
}

// What a length is counted in: 年 周年 个季度 个月 星期 天.
P::Unit length_unit(const Part& part) {
  static constexpr std::array<std::pair<std::string_view, P::Unit>, 9> units = {{{"中期", P::Unit::half},
                                                                                 {"年", P::Unit::year},
                                                                                 {"季", P::Unit::quarter},
                                                                                 {"月", P::Unit::months},
                                                                                 {"周", P::Unit::week},
                                                                                 {"星期", P::Unit::week},
                                                                                 {"礼拜", P::Unit::week},
                                                                                 {"天", P::Unit::day},
                                                                                 {"日", P::Unit::day}}};
  const std::string_view word = part.entry ? std::string_view(part.entry->word) : std::string_view();
  for (const std::string_view text : {part.text, word})  // 三个星期 has both
    for (const auto& [name, unit] : units)
      if (text.find(name) != std::string_view::npos) return unit;
  return P::Unit::none;
}

class PeriodBuilder {
 public:
  PeriodBuilder(const Attributes& makes, const Parts& parts) : makes_(makes), parts_(parts) {}

  std::optional<P> run() {
    look_up(kUnits, of_rule_or_word("period_unit"), p_.unit);
    look_up(kUnits, find(makes_, "within"), p_.within);
    look_up(kEdges, of_rule_or_word("edge"), p_.edge);
    look_up(kEdges, find(attributes(kEdge), "edge"), p_.edge);
    look_up(kReaches, find(makes_, "reach"), p_.reach);
    p_.cumulative = of_word_or_rule("cumulative") != nullptr;
    p_.fiscal = of_word_or_rule("fiscal") || find(attributes(kYearWord), "fiscal") || names_fiscal_year();
    if (const std::string* shift = of_word_or_rule("shift")) {
      p_.relative_unit = true;
      p_.shift = static_cast<int8_t>(integer({{"shift", *shift}}, "shift", 0));
    }
    if (!take_year() || !take_numbers() || !take_days() || !take_length()) return std::nullopt;
    return p_;
  }

 private:
  const Attributes& attributes(Role role) const {
    static const Attributes none;
    return parts_[role].entry ? parts_[role].entry->attributes : none;
  }
  const std::string* of_word_or_rule(std::string_view key) const {
    const std::string* of_word = find(attributes(kWord), key);
    return of_word ? of_word : find(makes_, key);
  }
  const std::string* of_rule_or_word(std::string_view key) const {
    const std::string* of_rule = find(makes_, key);
    return of_rule ? of_rule : find(attributes(kWord), key);
  }
  bool is(std::string_view key, std::string_view value) const {
    const std::string* found = find(makes_, key);
    return found && *found == value;
  }

  // FY25, 2025财年.
  bool names_fiscal_year() const {
    const std::string_view year = parts_[kYear].text;
    const auto says = [&](std::string_view word) {
      return (year.find(word) != std::string_view::npos) || parts_[kYearTo].text.find(word) != std::string_view::npos;
    };
    return says("fy") || says("财");
  }

  bool take_year() {
    const bool of_word = find(attributes(kWord), "before") || find(attributes(kWord), "year");
    const Attributes& word = parts_[kYearWord] ? attributes(kYearWord) : of_word ? attributes(kWord) : makes_;
    if (is("period_unit", "decade") || is("period_unit", "century")) return take_decade();
    if (parts_[kYear]) {
      const auto year = year_of(parts_[kYear]);
      if (!year || looks_like_length()) return false;
      p_.year_kind = P::YearKind::absolute;
      p_.year = static_cast<int16_t>(*year);
    } else if (find(word, "before")) {
      p_.year_kind = P::YearKind::before;
      p_.year = static_cast<int16_t>(integer(word, "before", 0));
    } else if (find(word, "year")) {
      p_.year_kind = P::YearKind::relative;
      p_.year = static_cast<int16_t>(integer(word, "year", 0));
    } else if (parts_[kYearWord]) {
      return false;
    }
    // 去年同期 is the year before the period at hand, not before the day of speaking, but 前年同期 is.
    if (p_.unit == P::Unit::same && p_.year_kind == P::YearKind::relative && p_.year == -1)
      p_.year_kind = P::YearKind::before;
    return take_last_year();
  }

  bool take_last_year() {
    if (parts_[kYearTo]) {
      const auto last = year_of(parts_[kYearTo]);
      if (!last || p_.year_kind != P::YearKind::absolute || *last < p_.year ||
          (*last == p_.year && p_.unit == P::Unit::year))
        return false;
      p_.years_on = static_cast<int16_t>(*last - p_.year);
    } else if (parts_[kYearWordTo]) {
      p_.years_on = static_cast<int16_t>(integer(attributes(kYearWordTo), "year", 0) - p_.year);
    } else {
      p_.years_on = static_cast<int16_t>(integer(attributes(kYearWord), "years_on", 0));  // 今明两年
    }
    if (p_.years_on < 0) return false;
    if (!is("fiscal", "pair")) return true;
    // 2024/25财年 is the one that ends in 2025.
    if (p_.years_on != 1) return false;
    p_.year = static_cast<int16_t>(p_.year + 1);
    p_.years_on = 0;
    return true;
  }

  // 10年 and 30年 are lengths, 24年 and 98年 years.
  bool looks_like_length() const {
    const int64_t year = whole(parts_[kYear]);
    return p_.unit == P::Unit::year && p_.edge == P::Edge::none && !parts_[kYearTo] && !parts_[kWord] &&
           (year == 10 || (30 <= year && year < 90) || year == 100 || (120 <= year && year < 200)) &&
           parts_[kYear].text.ends_with("年") && !parts_[kYear].text.starts_with("民国");
  }

  // 90年代, 上世纪八十年代, 2010年代; 21世纪.
  bool take_decade() {
    int64_t hundred = integer(attributes(kWord), "n", static_cast<int>(whole(parts_[kA])) - 1);
    p_.year_kind = P::YearKind::absolute;
    if (is("period_unit", "century")) {
      if (hundred < 1 || hundred > 30) return false;
      p_.year = static_cast<int16_t>(hundred * 100 + 1);
      p_.years_on = 99;
      return true;
    }
    int64_t year = whole(parts_[kYear]);
    if (year < 0 || year % 10 != 0) return false;
    if (hundred < 1) hundred = year < 30 ? 20 : 19;
    if (year < 100) year += hundred * 100;
    if (year < 1000 || year > 2100) return false;
    p_.year = static_cast<int16_t>(year);
    p_.years_on = 9;
    return true;
  }

  // A number from `low` to `high`, or a word that has one; 三四 is a pair.
  bool take(Role role, int low, int high, int8_t& into, int8_t* to = nullptr) {
    const Part& part = parts_[role];
    if (!part) return true;
    const int of_word = integer(attributes(role), "n", -1);
    const bool pair = part.number && part.number->low;
    if (pair && !to) return false;
    const int64_t value = of_word >= 0 ? of_word : pair ? part.number->low->coefficient() : whole(part);
    // What no calendar has is kept by the rules that look for it, for the finding.
    if (value < 0 || value > 99 || ((value < low || value > high) && !find(makes_, "impossible"))) return false;
    into = static_cast<int8_t>(value);
    if (to) *to = pair ? static_cast<int8_t>(part.number->high->coefficient()) : into;
    return true;
  }

  bool take_numbers() {
    const Attributes& word = attributes(kWord);
    p_.n = static_cast<int8_t>(integer(word, "n", integer(makes_, "n", 0)));
    p_.m = static_cast<int8_t>(integer(word, "m", integer(makes_, "m", p_.n)));
    if (p_.unit == P::Unit::year) p_.n = p_.m = 0;
    if (!take(kQuarter, 1, 4, p_.n, &p_.m) || !take(kQuarterTo, 1, 4, p_.m)) return false;
    if (!take(kHalfYear, 1, 2, p_.n, &p_.m) || !take(kHalfYearTo, 1, 2, p_.m)) return false;
    if (!take(kMonth, 1, 12, p_.n, &p_.m) || !take(kMonthTo, 1, 12, p_.m)) return false;
    if (find(makes_, "adjacent") && p_.m != p_.n && p_.m != p_.n + 1) return false;
    const bool turns = p_.m < p_.n && p_.years_on == 0;
    return !turns || (p_.unit != P::Unit::months && p_.unit != P::Unit::quarter);
  }

  // Days past the end of a month are kept, for the finding; not those past 31.
  bool take_days() {
    if (find(makes_, "compact")) return take_compact();
    if (p_.within == P::Unit::week) return take_weekday(kDay, p_.day) && take_weekday(kDayTo, p_.day_to);
    p_.day = static_cast<int8_t>(integer(attributes(kEdge), "d", 0));
    p_.day_to = static_cast<int8_t>(integer(attributes(kEdge), "d_to", 0));
    if (parts_[kDay]) p_.unit = P::Unit::day;  // 截至6月30日止六个月, and 截至6月底止六个月
    if (!take(kDay, 1, 31, p_.day) || !take(kDayTo, 1, 31, p_.day_to)) return false;
    return !find(makes_, "adjacent") || p_.day_to == 0 || p_.day_to == p_.day + 1;
  }

  // 20240508.
  bool take_compact() {
    const int64_t date = whole(parts_[kDay]);
    const Date d{static_cast<int16_t>(date / 10000 % 10000), static_cast<int8_t>(date / 100 % 100),
                 static_cast<int8_t>(date % 100)};
    if (date > 99999999 || d.year < 1990 || d.year > 2099 || !d.valid()) return false;
    p_.year_kind = P::YearKind::absolute;
    p_.year = d.year;
    p_.n = p_.m = d.month;
    p_.day = d.day;
    return true;
  }

  // 周一 to 周六, 周日, 周天; 周末 is both of the days of rest.
  bool take_weekday(Role role, int8_t& into) {
    const Part& part = parts_[role];
    if (part.number) return take(role, 1, 6, into);
    if (part.text.ends_with("末") || integer(attributes(role), "n", 0) == 6)
      p_.day = 6, p_.day_to = 7;
    else if (part)
      into = 7;
    return true;
  }

  // 三年, 两个半月, 半年; how exactly, only the number knows.
  bool take_length() {
    if (p_.unit != P::Unit::length && p_.reach != P::Reach::until) return true;
    const Part& said = parts_[kA] ? parts_[kA] : parts_[kHalf];
    const auto says = [&](std::string_view word) {
      return said.text.find(word) != std::string_view::npos ||
             (said.entry && said.entry->word.find(word) != std::string::npos);
    };
    const auto says_any = [&](std::initializer_list<std::string_view> of) {
      return std::any_of(of.begin(), of.end(), says);
    };
    p_.length_unit = length_unit(said);
    if (p_.length_unit == P::Unit::none) return false;
    int64_t length = said.number ? whole(said) : says("半") ? 0 : 1;
    if (length < 0 || length > 999) return false;
    const bool several = (said.number && (said.number->low || said.number->over)) ||
                         says_any({"多", "余", "来", "-", "~", "—", "至", "到", "交易日", "工作日"});
    if (says("半")) {
      const bool years = p_.length_unit == P::Unit::year;
      if (!years && p_.length_unit != P::Unit::months) return false;
      p_.length_unit = years ? P::Unit::months : P::Unit::day;
      length = years ? length * 12 + 6 : length * 30 + 15;
    }
    if (parts_[kB]) {  // 两年零三个月
      length = length * 12 + whole(parts_[kB]);
      p_.length_unit = P::Unit::months;
    }
    p_.length = several ? int16_t{0} : static_cast<int16_t>(length);
    return true;
  }

  const Attributes& makes_;
  const Parts& parts_;
  P p_;
};

}  // namespace

std::optional<PeriodExpression> build_period(const Attributes& makes, const Parts& parts) {
  return PeriodBuilder(makes, parts).run();
}

}  // namespace jiyao
