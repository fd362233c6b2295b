#include "pipeline/match/build.h"

#include <algorithm>
#include <charconv>

namespace jiyao {
namespace {

const std::string* find(const Attributes& attributes, const char* key) {
  auto it = attributes.find(key);
  return it == attributes.end() ? nullptr : &it->second;
}

int integer(const Attributes& attributes, const char* key, int otherwise) {
  const std::string* text = find(attributes, key);
  int value = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

bool is_minus(std::string_view sign) {
  return sign.starts_with("-") || sign.starts_with("−") || sign.starts_with("–") || sign.starts_with("负") ||
         sign.starts_with("(");
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

// 1-2亿: the scale of the upper end is the lower end's too, if that has none.
Decimal share_scale(const Number& low, const Number& high) {
  if (low.shape == kScaled || high.shape != kScaled) return low.value;
  return low.value.scaled(high.scale);
}

std::optional<int> small(const Part& part, int low, int high) {
  if (!part) return std::nullopt;
  if (part.entry)
    if (const int n = integer(part.entry->attributes, "n", -1); n >= 0) return n;
  if (!part.number || part.number->value.exponent() != 0) return -1;
  const int64_t value = part.number->value.coefficient();
  return value >= low && value <= high ? static_cast<int>(value) : -1;
}

// 24 is 2024; 113 is 2024 in the Republic's era.
std::optional<int> year_of(const Part& part, bool republic) {
  if (!part.number || part.number->value.exponent() != 0) return std::nullopt;
  int64_t year = part.number->value.coefficient();
  if (republic && (year < 90 || year > 150)) return std::nullopt;  // 创8年新高
  if (republic)
    year += 1911;
  else if (year >= 0 && year < 100 && part.number->shape != kInt1)
    year += year < 70 ? 2000 : 1900;
  if (year < 1900 || year > 2100) return std::nullopt;
  return static_cast<int>(year);
}

}  // namespace

std::optional<Figure> build_figure(const Attributes& makes, const Parts& parts) {
  Figure f;
  int power = integer(makes, "power", 0);
  if (const std::string* unit = find(makes, "unit")) f.unit = *unit;
  if (parts[kBefore].entry) apply_unit(parts[kBefore].entry->attributes, "", f, power);
  if (parts[kUnit].entry) apply_unit(parts[kUnit].entry->attributes, parts[kUnit].entry->word, f, power);
  const Number* a = parts[kA].number;
  const Number* b = parts[kB].number;
  if (a) {
    if (a->only_scale && f.unit.empty() && !f.plain_currency) return std::nullopt;
    if (parts[kA].number->value.exponent() > 30) return std::nullopt;
    f.scale = b ? b->scale : a->scale;
    f.decimals = (b ? b->decimals : a->decimals) - power;
    if (a->low && !b) {
      f.low = a->low->scaled(power);
      f.high = a->high->scaled(power);
      f.qualifier = Qualifier::range;
    } else if (b) {
      f.low = share_scale(*a, *b).scaled(power);
      f.high = b->value.scaled(power);
      f.qualifier = Qualifier::range;
    } else {
      f.value = a->value.scaled(power);
      if (parts[kHalf]) f.value = f.value->plus(Decimal(5, power - 1));
      if (const Number* tail = parts[kTail].number; tail && tail->value.exponent() == 0) {
        const int digits = tail->shape == kInt2 ? 2 : 1;
        f.value = f.value->plus(tail->value.scaled(power - digits));
        f.decimals += digits;
      }
    }
    if (!b && a->over) f.qualifier = a->low ? Qualifier::range : Qualifier::over;
  } else if (const std::string* value = find(makes, "value")) {
    f.value = Decimal::parse(*value);
  } else {
    const std::string* low = find(makes, "low");
    const std::string* high = find(makes, "high");
    if (parts[kWord].entry) {
      low = find(parts[kWord].entry->attributes, "low");
      high = find(parts[kWord].entry->attributes, "high");
      if (const std::string* v = find(parts[kWord].entry->attributes, "value")) f.value = Decimal::parse(*v);
      if (const std::string* unit = find(parts[kWord].entry->attributes, "unit")) f.unit = *unit;
    }
    if (low && high) {
      f.low = Decimal::parse(*low);
      f.high = Decimal::parse(*high);
      f.qualifier = Qualifier::range;
    } else if (!f.value) {
      return std::nullopt;
    }
  }
  if (parts[kMore] && f.qualifier == Qualifier::none) f.qualifier = Qualifier::over;
  if (const std::string* q = find(makes, "qualifier")) f.qualifier = qualifier_named(*q);
  if (parts[kSign]) {
    f.explicit_sign = true;
    const bool minus = is_minus(parts[kSign].text);
    if (minus && f.value) f.value = f.value->negated();
    if (minus && f.low) f.low = f.low->negated();
  }
  if (parts[kSignB] && is_minus(parts[kSignB].text) && f.high) f.high = f.high->negated();
  if (f.low && f.high && *f.high < *f.low) std::swap(f.low, f.high);
  // 三款 counts, 一款 does not.
  if (f.value && *f.value < Decimal(integer(makes, "least", 0)) && find(makes, "least")) return std::nullopt;
  return f;
}

std::optional<PeriodExpression> build_period(const Attributes& makes, const Parts& parts) {
  using P = PeriodExpression;
  P p;
  const std::string* era = find(makes, "era");
  const bool republic = era && *era == "roc";
  if (parts[kYear]) {
    const auto year = year_of(parts[kYear], republic);
    if (!year) return std::nullopt;
    p.year_kind = P::YearKind::absolute;
    p.year = static_cast<int16_t>(*year);
  } else if (parts[kYearWord]) {
    if (!parts[kYearWord].entry) return std::nullopt;
    const Attributes& word = parts[kYearWord].entry->attributes;
    p.year_kind = find(word, "before") ? P::YearKind::before : P::YearKind::relative;
    p.year = static_cast<int16_t>(integer(word, find(word, "before") ? "before" : "year", 0));
  } else if (find(makes, "year")) {
    p.year_kind = P::YearKind::relative;
    p.year = static_cast<int16_t>(integer(makes, "year", 0));
  } else if (find(makes, "before")) {
    p.year_kind = P::YearKind::before;
    p.year = static_cast<int16_t>(integer(makes, "before", 0));
  }
  if (parts[kYearTo]) {
    const auto year = year_of(parts[kYearTo], republic);
    if (!year || *year <= p.year) return std::nullopt;
    p.year_to = static_cast<int16_t>(*year);
  }
  static const std::map<std::string, P::Unit> units = {{"none", P::Unit::none},       {"year", P::Unit::year},
                                                       {"half", P::Unit::half},       {"quarter", P::Unit::quarter},
                                                       {"months", P::Unit::months},   {"day", P::Unit::day},
                                                       {"rolling", P::Unit::rolling}, {"same", P::Unit::same}};
  const Attributes none;
  const Attributes& word = parts[kWord].entry ? parts[kWord].entry->attributes : none;
  const auto attribute = [&](const char* key) { return find(word, key) ? find(word, key) : find(makes, key); };
  if (const std::string* unit = attribute("period_unit")) {
    auto it = units.find(*unit);
    if (it == units.end()) return std::nullopt;
    p.unit = it->second;
  }
  // 去年同期 is the year before the period at hand, not before the day of speaking.
  if (p.unit == P::Unit::same && p.year_kind == P::YearKind::relative && p.year < 0) p.year_kind = P::YearKind::before;
  p.n = static_cast<int8_t>(integer(word, "n", integer(makes, "n", 0)));
  p.m = static_cast<int8_t>(integer(word, "m", integer(makes, "m", p.n)));
  if (const std::string* shift = attribute("shift")) {
    p.relative_unit = true;
    p.shift = static_cast<int8_t>(integer(find(word, "shift") ? word : makes, "shift", 0));
    (void)shift;
  }
  p.cumulative = attribute("cumulative") != nullptr;
  p.fiscal = attribute("fiscal") != nullptr;
  const auto take = [&](Role role, int low, int high, int8_t& into) {
    const auto value = small(parts[role], low, high);
    if (value && *value < 0) return false;
    if (value) into = static_cast<int8_t>(*value);
    return true;
  };
  if (!take(kQuarter, 1, 4, p.n) || !take(kHalfYear, 1, 2, p.n)) return std::nullopt;
  if (!take(kMonth, 1, 12, p.n)) return std::nullopt;
  p.m = parts[kMonth] ? p.n : p.m;
  // Days past the end of a month are kept, for the finding; not those past 31.
  if (!take(kMonthTo, 1, 12, p.m) || !take(kDay, 1, 31, p.day) || !take(kDayTo, 1, 31, p.day_to)) return std::nullopt;
  if (p.unit == P::Unit::months && p.m < p.n) return std::nullopt;
  const std::string* edge = attribute("edge");
  if (parts[kEdge].entry)
    if (const std::string* e = find(parts[kEdge].entry->attributes, "edge")) edge = e;
  if (edge) p.edge = *edge == "start" ? P::Edge::start : *edge == "end" ? P::Edge::end : P::Edge::none;
  return p;
}

}  // namespace jiyao
