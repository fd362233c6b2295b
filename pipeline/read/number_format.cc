#include "pipeline/read/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "pipeline/model/period.h"

namespace jiyao {
namespace {

constexpr int kKeptDigits = 15;
constexpr int kMostDigits = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_placeholder(char c) { return c == '0' || c == '#' || c == '?'; }

// One section of a format, taken apart.
struct Section {
  std::string before;  // literals
  std::string behind;
  int decimals = 0;
  int power = 0;         // of ten, by which the number is multiplied: 2 for %, -3 for a comma at the end
  bool grouped = false;  // 1,234
  bool general = false;
  bool numeric = false;  // has a place for digits
  char condition = 0;    // '<' '>' '=' 'l' (<=) 'g' (>=) 'n' (<>); 0: none
  double bound = 0;
};

std::vector<std::string_view> sections_of(std::string_view format) {
  std::vector<std::string_view> sections;
  size_t begin = 0;
  bool quoted = false;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '"') quoted = !quoted;
    if (!quoted && (format[i] == '\\' || format[i] == '!') && i + 1 < format.size()) {
      ++i;
    } else if (!quoted && format[i] == ';') {
      sections.push_back(format.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  sections.push_back(format.substr(begin));
  return sections;
}

bool names_general(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower.empty() || lower.find("general") != lower.npos || lower.find("通用格式") != lower.npos;
}

// Reads one section from left to right.
class SectionReader {
 public:
  explicit SectionReader(std::string_view text) : text_(text) {}

  Section read() {
    if (names_general(text_)) section_.general = section_.numeric = true;
    while (at_ < text_.size()) step();
    // Commas behind the last place for a digit divide by a thousand each.
    section_.power -= 3 * commas_;
    return std::move(section_);
  }

 private:
  std::string& literal() { return section_.numeric ? section_.behind : section_.before; }

  void step() {
    const char c = text_[at_++];
    switch (c) {
      case '"': {
        const size_t end = std::min(text_.find('"', at_), text_.size());
        literal() += text_.substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
        return;
      }
      case '[':
        return bracket();
      case '\\':
      case '!':
        return escaped();
      case '_':  // a space as wide as the character that follows
        literal() += ' ';
        skip_character();
        return;
      case '*':  // fills the cell with it
        return skip_character();
      case '%':
        section_.power += 2;
        literal() += '%';
        return;
      case ',':
        if (digits_seen_) ++commas_;
        return;
      case '.':
        if (!section_.general) point();
        return;
      case 'E':
      case 'e':
        if (digits_seen_ && at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) {
          section_ = {.before = "", .behind = "", .general = true, .numeric = true};
          at_ = text_.size();
        }
        return;
      case '/':
        if (digits_seen_ && at_ < text_.size() && (is_placeholder(text_[at_]) || is_digit(text_[at_]))) {
          section_ = {.before = "", .behind = "", .general = true, .numeric = true};
          at_ = text_.size();
          return;
        }
        literal() += c;
        return;
      default:
        if (is_placeholder(c)) return place();
        if (c == '@' || (section_.general && c != '%')) return;
        literal() += c;
    }
  }

  void place() {
    section_.numeric = digits_seen_ = true;
    if (commas_ > 0 && !behind_point_) {
      section_.grouped = true;
      commas_ = 0;
    }
    if (behind_point_) ++section_.decimals;
    if (false_point_) --section_.power;
  }

  void point() {
    section_.numeric = digits_seen_ = behind_point_ = true;
    // 0,.0: the commas before the point divide.
    section_.power -= 3 * std::exchange(commas_, 0);
  }

  // 0!.0, shows tens of thousands: a point that is only drawn between digits.
  void escaped() {
    const bool drawn_point =
        at_ + 1 < text_.size() && text_[at_] == '.' && digits_seen_ && is_placeholder(text_[at_ + 1]);
    if (drawn_point) {
      behind_point_ = false_point_ = true;
      ++at_;
      return;
    }
    const size_t begin = at_;
    skip_character();
    literal() += text_.substr(begin, at_ - begin);
  }

  // [Red] [$¥-804] [>=100]
  void bracket() {
    const size_t end = std::min(text_.find(']', at_), text_.size());
    const std::string_view inside = text_.substr(at_, end - at_);
    at_ = std::min(end + 1, text_.size());
    if (inside.starts_with('$')) literal() += inside.substr(1, inside.find('-') - 1);
    if (inside.empty() || (inside[0] != '<' && inside[0] != '>' && inside[0] != '=')) return;
    const std::string sign(inside.substr(0, std::min(inside.find_first_not_of("<>="), inside.size())));
    section_.condition = sign == "<=" ? 'l' : sign == ">=" ? 'g' : sign == "<>" ? 'n' : sign[0];
    section_.bound = std::strtod(std::string(inside.substr(sign.size())).c_str(), nullptr);
  }

  void skip_character() {
    if (at_ < text_.size()) ++at_;
    while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) ++at_;
  }

  std::string_view text_;
  size_t at_ = 0;
  Section section_;
  int commas_ = 0;
  bool digits_seen_ = false;
  bool behind_point_ = false;
  bool false_point_ = false;
};

bool holds(const Section& section, double value) {
  switch (section.condition) {
    case '<':
      return value < section.bound;
    case '>':
      return value > section.bound;
    case '=':
      return value == section.bound;
    case 'l':
      return value <= section.bound;
    case 'g':
      return value >= section.bound;
    case 'n':
      return value != section.bound;
    default:
      return true;
  }
}

// The section for a number, and whether it says itself that it is negative.
std::pair<Section, bool> section_for(double value, std::string_view format) {
  const auto texts = sections_of(format);
  std::vector<Section> sections;
  sections.reserve(texts.size());
  for (const std::string_view text : texts) sections.push_back(SectionReader(text).read());
  if (sections[0].condition != 0) {
    for (size_t i = 0; i < sections.size() && i < 3; ++i)
      if (holds(sections[i], value)) return {sections[i], sections[i].condition == '<'};
    return {sections.back(), false};
  }
  if (value < 0 && sections.size() > 1) return {sections[1], true};
  if (value == 0 && sections.size() > 2) return {sections[2], false};
  return {sections[0], false};
}

// The decimal of at most 15 digits that is nearest; empty if it is no number.
std::optional<Decimal> kept(double stored) {
  if (!std::isfinite(stored)) return std::nullopt;
  if (stored == 0) return Decimal(0);
  const std::string text = fmt::format("{:.{}e}", std::fabs(stored), kKeptDigits - 1);
  int64_t coefficient = 0;
  size_t i = 0;
  for (; text[i] != 'e'; ++i)
    if (text[i] != '.') coefficient = coefficient * 10 + (text[i] - '0');
  int exponent = std::atoi(text.c_str() + i + 1) - (kKeptDigits - 1);
  while (coefficient % 10 == 0) {
    coefficient /= 10;
    ++exponent;
  }
  return Decimal(stored < 0 ? -coefficient : coefficient, exponent);
}

// With exactly `decimals` digits behind the point, half away from zero; empty
// if that takes more digits than a Decimal has.
std::optional<Decimal> rounded(Decimal value, int decimals) {
  int64_t coefficient = std::abs(value.coefficient());
  int exponent = value.exponent();
  while (exponent < -decimals - 1 && coefficient != 0) {
    coefficient /= 10;
    ++exponent;
  }
  if (coefficient == 0) exponent = -decimals;
  if (exponent < -decimals) {
    coefficient = (coefficient + 5) / 10;
    ++exponent;
  }
  while (exponent > -decimals) {
    if (coefficient > 99'999'999'999'999'999) return std::nullopt;
    coefficient *= 10;
    --exponent;
  }
  return Decimal(value.is_negative() ? -coefficient : coefficient, exponent);
}

std::string with_commas(std::string digits) {
  const size_t point = std::min(digits.find('.'), digits.size());
  for (size_t at = point; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// What is shown beside the digits, without brackets, signs and spaces at its ends.
std::string unit_of(std::string before, std::string behind) {
  for (std::string* side : {&before, &behind}) {
    std::erase_if(*side, [](char c) { return c == '(' || c == ')' || c == '-' || c == '+'; });
    *side = trimmed(*side);
  }
  return trimmed(before + " " + behind);
}

}  // namespace

ShownNumber show_number(double stored, std::string_view format) {
  const auto [section, says_negative] = section_for(stored, format);
  ShownNumber shown;
  shown.unit = unit_of(section.before, section.behind);
  auto value = kept(stored);
  if (!section.numeric) {
    shown.text = trimmed(section.before);
    return shown;  // a format of words alone shows no number
  }
  if (value) value = value->scaled(section.power);
  shown.decimals = section.general && value ? std::max(0, -value->exponent()) : section.decimals;
  const bool sane = value && value->exponent() > -400 && value->exponent() < kMostDigits && shown.decimals <= 40;
  if (sane) shown.value = rounded(*value, shown.decimals);
  if (!shown.value) {
    shown.text = fmt::format("{:.15g}", stored);
    return shown;
  }
  std::string digits = shown.value->to_string();
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  if (section.grouped) digits = with_commas(std::move(digits));
  shown.text = trimmed((negative && !says_negative ? "-" : "") + section.before + digits + section.behind);
  return shown;
}

bool is_date_format(std::string_view format) {
  if (names_general(format)) return false;
  const std::string_view first = sections_of(format).front();
  bool quoted = false;
  for (size_t i = 0; i < first.size(); ++i) {
    const char c = first[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\\' || c == '_' || c == '*' || c == '!') {
      ++i;
    } else if (c == '[') {
      const size_t end = std::min(first.find(']', i), first.size());
      const std::string_view inside = first.substr(i + 1, end - i - 1);
      if (inside == "h" || inside == "hh" || inside == "m" || inside == "mm" || inside == "s" || inside == "ss")
        return true;
      i = end;
    } else if (std::string_view("ymdhsYMDHS").find(c) != std::string_view::npos) {
      return true;
    } else if (is_placeholder(c)) {
      return false;
    }
  }
  return false;
}

std::string show_date(double serial, bool from_1904) {
  constexpr double kLast = 2958465;  // 9999-12-31
  if (!(serial >= 1 && serial <= kLast)) return "";
  const int days = static_cast<int>(serial);
  if (from_1904) return Date{1904, 1, 1}.plus_days(days).iso();
  // 29 February 1900, which never was, is day 60.
  return Date{1899, 12, static_cast<int8_t>(days < 60 ? 31 : 30)}.plus_days(days).iso();
}

std::string built_in_format(uint32_t id) {
  static constexpr std::array<std::pair<uint32_t, const char*>, 22> kFormats = {{
      {1, "0"},
      {2, "0.00"},
      {3, "#,##0"},
      {4, "#,##0.00"},
      {5, "\"$\"#,##0;(\"$\"#,##0)"},
      {6, "\"$\"#,##0;[Red](\"$\"#,##0)"},
      {7, "\"$\"#,##0.00;(\"$\"#,##0.00)"},
      {8, "\"$\"#,##0.00;[Red](\"$\"#,##0.00)"},
      {9, "0%"},
      {10, "0.00%"},
      {11, "0.00E+00"},
      {12, "# ?/?"},
      {13, "# ?/?"},
      {37, "#,##0 ;(#,##0)"},
      {38, "#,##0 ;[Red](#,##0)"},
      {39, "#,##0.00;(#,##0.00)"},
      {40, "#,##0.00;[Red](#,##0.00)"},
      {41, "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)"},
      {42, "_(\"$\"* #,##0_);_(\"$\"* (#,##0);_(\"$\"* \"-\"_);_(@_)"},
      {43, "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)"},
      {44, "_(\"$\"* #,##0.00_);_(\"$\"* (#,##0.00);_(\"$\"* \"-\"??_);_(@_)"},
      {49, "@"},
  }};
  for (const auto& [known, format] : kFormats)
    if (known == id) return format;
  const bool date = (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) || id == 22;
  if (id == 17) return "mmm-yy";
  if (date) return "yyyy-mm-dd";
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return "h:mm:ss";
  return "";
}

std::optional<ShownNumber> read_number(std::string_view text) {
  constexpr size_t kLongest = 48;
  const size_t first = text.find_first_of("0123456789");
  if (first == text.npos || text.size() > kLongest) return std::nullopt;
  size_t end = first;
  std::string digits;
  ShownNumber number;
  bool point = false;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    const bool more = end + 1 < text.size() && is_digit(text[end + 1]);
    if (c == ',' && !point && more) continue;
    if (c == '.' && !point && more) {
      point = true;
    } else if (!is_digit(c)) {
      break;
    } else if (point) {
      ++number.decimals;
    }
    digits += c;
  }
  std::string before(text.substr(0, first));
  const std::string_view behind = text.substr(end);
  if (behind.find_first_of("0123456789") != behind.npos) return std::nullopt;
  const bool bracketed = before.find('(') != before.npos && behind.find(')') != behind.npos;
  bool negative = bracketed || before.ends_with('-') || before.starts_with('-');
  for (const std::string_view sign : {"−", "－", "△", "▲"}) {
    if (const size_t at = before.find(sign); at != before.npos) {
      negative = true;
      before.erase(at, sign.size());
    }
  }
  number.value = Decimal::parse((negative ? "-" : "") + digits);
  if (!number.value) return std::nullopt;
  number.text = text;
  number.unit = unit_of(before, std::string(behind));
  return number;
}

}  // namespace jiyao
