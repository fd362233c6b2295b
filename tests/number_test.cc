// Numbers as they are written, one by one: how far they reach, what they are
// worth exactly, and which symbol they stand as.
#include "pipeline/match/number.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace jiyao {
namespace {

// The units that take precedence over a scale.
uint32_t unit_length(std::string_view text, uint32_t at) {
  for (const std::string_view unit : {"千瓦时", "百分点", "万事达", "千米"}) {
    if (text.substr(at).starts_with(unit)) return static_cast<uint32_t>(unit.size());
  }
  return 0;
}

const char* shape_name(uint16_t shape) {
  switch (shape) {
    case kYear4:
      return "year";
    case kInt2:
      return "int2";
    case kInt1:
      return "int1";
    case kCode:
      return "code";
    case kInt:
      return "int";
    case kDecimal:
      return "decimal";
    case kScaled:
      return "scaled";
    case kChinese:
      return "chinese";
    case kChineseBig:
      return "big";
    case kVague:
      return "vague";
    case kIdentifier:
      return "identifier";
  }
  return "?";
}

// "1269亿 scaled 126900000000 -8": the number, its shape, value and decimals.
std::string described(std::string_view text, uint32_t at, const Number& n) {
  const std::string value = n.low ? n.low->to_string() + ".." + n.high->to_string() : n.value.to_string();
  return fmt::format("{} {} {} {}{}", text.substr(at, n.end - at), shape_name(n.shape), value, n.decimals,
                     n.over ? " over" : "");
}

std::string digits(std::string_view text, uint32_t at = 0) {
  return described(text, at, scan_digits(text, at, [&](uint32_t p) { return unit_length(text, p); }));
}

std::string numeral(std::string_view text, uint32_t at = 0) {
  const auto n = scan_numeral(text, at, [&](uint32_t p) { return unit_length(text, p); });
  return n ? described(text, at, *n) : "none";
}

struct Row {
  const char* text;
  const char* number;
};

TEST(Digits, ShapesOfIntegersAndDecimals) {
  for (const Row& row : std::vector<Row>{
           {"7家", "7 int1 7 0"},
           {"07月", "07 int2 7 0"},
           {"42家", "42 int2 42 0"},
           {"103", "103 int 103 0"},
           {"1899", "1899 code 1899 0"},
           {"1900", "1900 year 1900 0"},
           {"2024年", "2024 year 2024 0"},
           {"2100", "2100 year 2100 0"},
           {"2101", "2101 code 2101 0"},
           {"02024", "02024 code 2024 0"},
           {"11.8%", "11.8 decimal 11.8 1"},
           {"16.0", "16.0 decimal 16.0 1"},
           {"0.05", "0.05 decimal 0.05 2"},
           {"2024.5", "2024.5 decimal 2024.5 1"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, AHalfWidthCommaSeparatesThousandsAFullWidthOneAList) {
  for (const Row& row : std::vector<Row>{
           {"1,234,567人", "1,234,567 int 1234567 0"},
           {"2,024", "2,024 int 2024 0"},
           {"12,345.60元", "12,345.60 decimal 12345.60 2"},
           {"1,2345", "1 int1 1 0"},
           {"12,34", "12 int2 12 0"},
           {"1234,567", "1234 code 1234 0"},
           {"123，456", "123 int 123 0"},
           {"1,234,56", "1,234 int 1234 0"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, DotsOfDatesAndVersionsAreNoDecimalPoints) {
  EXPECT_EQ(digits("2025.03.25"), "2025 year 2025 0");
  EXPECT_EQ(digits("2025.03.25", 5), "03 int2 3 0");
  EXPECT_EQ(digits("2025.03.25", 8), "25 int2 25 0");
  EXPECT_EQ(digits("1.2.3"), "1 int1 1 0");
  EXPECT_EQ(digits("3.5。"), "3.5 decimal 3.5 1");
  EXPECT_EQ(digits("3."), "3 int1 3 0");
}

TEST(Digits, ScalesAreExact) {
  for (const Row& row : std::vector<Row>{
           {"1269亿元", "1269亿 scaled 126900000000 -8"},
           {"8.66亿", "8.66亿 scaled 866000000 -6"},
           {"0.1亿", "0.1亿 scaled 10000000 -7"},
           {"35 亿", "35 亿 scaled 3500000000 -8"},
           {"3.5千", "3.5千 scaled 3500 -2"},
           {"6百万", "6百万 scaled 6000000 -6"},
           {"1.5万亿", "1.5万亿 scaled 1500000000000 -11"},
           {"2兆", "2兆 scaled 2000000000000 -12"},
           {"1,414亿", "1,414亿 scaled 141400000000 -8"},
           {"1.23456万", "1.23456万 scaled 12345.6 1"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, SeveralPartsMakeOneNumber) {
  for (const Row& row : std::vector<Row>{
           {"1兆2,000亿元", "1兆2,000亿 scaled 1200000000000 -8"},
           {"12亿5千万", "12亿5千万 scaled 1250000000 -7"},
           {"3亿4500万", "3亿4500万 scaled 345000000 -4"},
           {"1万5439张", "1万5439 scaled 15439 0"},
           {"5万6亿", "5万 scaled 50000 -4"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, MoreThanItSays) {
  for (const Row& row : std::vector<Row>{
           {"20多亿元", "20多亿 scaled 2000000000 -8 over"},
           {"3100余万元", "3100余万 scaled 31000000 -4 over"},
           {"30+亿", "30+亿 scaled 3000000000 -8 over"},
           {"20多家", "20 int2 20 0"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, AUnitTakesItsScaleBack) {
  EXPECT_EQ(digits("35千瓦时"), "35 int2 35 0");
  EXPECT_EQ(digits("35亿千瓦时"), "35亿 scaled 3500000000 -8");
  EXPECT_EQ(digits("2百分点"), "2 int1 2 0");
}

TEST(Digits, TooLongForAQuantity) {
  const std::string long_number(30, '9');
  EXPECT_TRUE(digits(long_number).starts_with(long_number + " int "));
  const std::string very_long(5000, '1');
  EXPECT_TRUE(digits(very_long + "亿").starts_with(very_long));
}

TEST(Numerals, Integers) {
  for (const Row& row : std::vector<Row>{
           {"四季度", "四 chinese 4 0"},
           {"两家", "两 chinese 2 0"},
           {"十", "十 big 10 0"},
           {"十五", "十五 big 15 0"},
           {"三十", "三十 big 30 0"},
           {"一百零五", "一百零五 big 105 0"},
           {"一千二百万", "一千二百万 scaled 12000000 -4"},
           {"三十五亿", "三十五亿 scaled 3500000000 -8"},
           {"一亿九千三百万", "一亿九千三百万 scaled 193000000 -4"},
       }) {
    EXPECT_EQ(numeral(row.text), row.number);
  }
}

TEST(Numerals, PrecisionIsThatOfTheLastDigitSaid) {
  EXPECT_EQ(numeral("一万亿"), "一万亿 scaled 1000000000000 -12");
  EXPECT_EQ(numeral("两万三千四百五十六"), "两万三千四百五十六 scaled 23456 0");
}

TEST(Numerals, Decimals) {
  for (const Row& row : std::vector<Row>{
           {"三点五", "三点五 chinese 3.5 1"},
           {"三十点五", "三十点五 big 30.5 1"},
           {"十二点三四亿", "十二点三四亿 scaled 1234000000 -6"},
           {"零点八", "零点八 chinese 0.8 1"},
           {"一点", "一 chinese 1 0"},
       })
    EXPECT_EQ(numeral(row.text), row.number);
}

TEST(Numerals, VagueOnes) {
  for (const Row& row : std::vector<Row>{
           {"数百亿", "数百亿 vague 20000000000..90000000000 -8"},
           {"数十", "数十 vague 20..90 0"},
           {"几千万", "几千万 vague 20000000..90000000 -4"},
           {"十几家", "十几 vague 11..19 0"},
           {"七八", "七八 chinese 7..8 0"},
       }) {
    EXPECT_EQ(numeral(row.text), row.number);
  }
  EXPECT_TRUE(numeral("上千").starts_with("上千 vague 1000 "));
  EXPECT_TRUE(numeral("上千").ends_with(" over"));
  EXPECT_TRUE(numeral("一千多万").ends_with(" over"));
}

TEST(Numerals, ARowOfDigitsIsAYearOrAName) {
  EXPECT_EQ(numeral("二〇二四年"), "二〇二四 year 2024 0");
  EXPECT_EQ(numeral("一一零"), "一一零 identifier 110 0");
}

TEST(Numerals, WordsThatOnlyBeginLikeOne) {
  for (const char* text : {"数据", "上海", "上年", "几乎", "数", "上"}) EXPECT_EQ(numeral(text), "none") << text;
}

TEST(Numerals, AUnitTakesItsScaleBack) {
  EXPECT_EQ(numeral("五百分点"), "五 chinese 5 0");
  EXPECT_EQ(numeral("三千米"), "三 chinese 3 0");
}

// Whatever the text, the number ends inside it and behind its beginning.
TEST(Numbers, TotalOnAnyText) {
  static constexpr std::array<const char*, 16> kParts = {"1",  "9",  "0",  ",",  ".",  "亿", "万", "千",
                                                         "多", "点", "数", "十", "零", "几", "上", " "};
  uint32_t state = 1;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      state = state * 1664525 + 1013904223;
      text += kParts[(state >> 16) % kParts.size()];
    }
    const auto no_unit = [](uint32_t) { return 0U; };
    for (uint32_t at = 0; at < text.size(); at += code_point_at(text, at).size) {
      if (is_digit(text[at])) {
        const Number n = scan_digits(text, at, no_unit);
        ASSERT_TRUE(n.end > at && n.end <= text.size()) << text;
      }
      if (!begins_numeral(code_point_at(text, at).value)) continue;
      const auto n = scan_numeral(text, at, no_unit);
      ASSERT_TRUE(!n || (n->end > at && n->end <= text.size())) << text;
    }
  }
}

}  // namespace
}  // namespace jiyao
