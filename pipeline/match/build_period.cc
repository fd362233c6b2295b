// Periods: what a text says of a time, before anything dates it.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "pipeline/match/build.h"
#include "pipeline/match/build_parts.h"

namespace jiyao {
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
