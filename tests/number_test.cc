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
  for (const std::string_view unit : {"千瓦时", "百分点", "万事达", "千米", "美元", "元", "家", "台", "人", "%"}) {
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
    case kPair:
      return "pair";
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
                     n.over    ? " over"
                     : n.about ? " about"
                               : "");
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
           // The number of an item before a year.
           {"2.2020年", "2 int1 2 0"},
           {"12.2020年", "12 int2 12 0"},
           {"2.2020元", "2.2020 decimal 2.2020 4"},
           {"102.2020年", "102.2020 decimal 102.2020 4"},
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
           {"1'234'567元", "1'234'567 int 1234567 0"},
           {"1’234元", "1’234 int 1234 0"},
           {"1,234'567", "1,234 int 1234 0"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, AFullWidthCommaIsOneOfThousandsIfAUnitFollows) {
  for (const Row& row : std::vector<Row>{
           {"1，234元", "1，234 int 1234 0"},
           {"12，345，678人", "12，345，678 int 12345678 0"},
           {"1，234.5万元", "1，234.5万 scaled 12345000 -3"},
           {"1，234，其中", "1 int1 1 0"},
           {"1，234，567", "1，234，567 int 1234567 0"},
           {"1，234.5", "1，234.5 decimal 1234.5 1"},
           {"1 234 567元", "1 234 567 int 1234567 0"},
           {"1 234元", "1 int1 1 0"},
           {"1 234 567，", "1 int1 1 0"},
           {"35，20家", "35 int2 35 0"},
           {"2024，100家", "2024 year 2024 0"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, PointsOfOtherForms) {
  for (const Row& row : std::vector<Row>{
           {"3·5%", "3·5 decimal 3.5 1"},
           {"3·15晚会", "3 int1 3 0"},
           {"3点5亿", "3点5亿 scaled 350000000 -7"},
           {"3点5%", "3点5 decimal 3.5 1"},
           {"3点20分", "3 int1 3 0"},
           {"2 . 6亿", "2 . 6亿 scaled 260000000 -7"},
           {"2. 6", "2 int1 2 0"},
           {"1.2e6元", "1.2e6 decimal 1200000 0"},
           {"1e-3", "1e-3 decimal 0.001 3"},
           {"24e", "24 int2 24 0"},
           {"1.5e3x", "1.5 decimal 1.5 1"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, APointMayBegin) {
  const auto begins = [](std::string_view text, uint32_t at) {
    return begins_fraction(text, at, [&](uint32_t p) { return unit_length(text, p); });
  };
  EXPECT_TRUE(begins(".5%", 0));
  EXPECT_TRUE(begins("约.25亿", 3));
  EXPECT_TRUE(begins(".5", 0));
  EXPECT_FALSE(begins("第.5", 3));
  EXPECT_FALSE(begins(".5节", 0));
  EXPECT_FALSE(begins("1.5%", 1));
  EXPECT_FALSE(begins("no.5%", 2));
  EXPECT_EQ(digits(".5%"), ".5 decimal 0.5 1");
  EXPECT_EQ(digits(".25亿"), ".25亿 scaled 25000000 -6");
}

TEST(Digits, LatinScales) {
  for (const Row& row : std::vector<Row>{
           {"5.2bn", "5.2bn scaled 5200000000 -8"},
           {"12mn", "12mn scaled 12000000 -6"},
           {"2.5tn", "2.5tn scaled 2500000000000 -11"},
           {"120 million", "120 million scaled 120000000 -6"},
           {"3.5 billion", "3.5 billion scaled 3500000000 -8"},
           {"1,200 thousand", "1,200 thousand scaled 1200000 -3"},
           {"50k台", "50k scaled 50000 -3"},
           {"8k台", "8 int1 8 0"},
           {"3m美元", "3m scaled 3000000 -6"},
           {"5m", "5 int1 5 0"},
           {"5g", "5 int1 5 0"},
           {"2b家", "2 int1 2 0"},
           {"3m股价", "3 int1 3 0"},
           {"300mm", "300 int 300 0"},
           {"12mno", "12 int2 12 0"},
       })
    EXPECT_EQ(digits(row.text), row.number);
  EXPECT_EQ(digits("us$3.5m", 3), "3.5m scaled 3500000 -5");
  EXPECT_EQ(digits("rmb 120k", 4), "120k scaled 120000 -3");
  EXPECT_EQ(digits("$3-5m", 3), "5m scaled 5000000 -6");
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
           {"12亿 5千万", "12亿 5千万 scaled 1250000000 -7"},
           {"1万2千亿", "1万2千亿 scaled 1200000000000 -11"},
           {"1兆零500亿", "1兆零500亿 scaled 1050000000000 -8"},
           {"3千五百万", "3千五百万 scaled 35000000 -4"},
           {"1万2,500.5", "1万2,500.5 scaled 12500.5 1"},
           {"1万900元", "1万900 scaled 10900 0"},
           {"3千500", "3千500 scaled 3500 0"},
           {"2万5", "2万5 scaled 25000 -3"},
           {"1亿2", "1亿2 scaled 120000000 -7"},
           {"3亿5%", "3亿 scaled 300000000 -8"},
           {"3万5月", "3万 scaled 30000 -4"},
           {"3亿5家", "3亿 scaled 300000000 -8"},
           {"100万1-2月", "100万 scaled 1000000 -4"},
           {"3亿二期", "3亿 scaled 300000000 -8"},
           {"3亿三十家", "3亿 scaled 300000000 -8"},
           {"5十万", "5十万 scaled 500000 -5"},
       })
    EXPECT_EQ(digits(row.text), row.number);
}

TEST(Digits, MoreThanItSays) {
  for (const Row& row : std::vector<Row>{
           {"20多亿元", "20多亿 scaled 2000000000 -8 over"},
           {"3100余万元", "3100余万 scaled 31000000 -4 over"},
           {"30+亿", "30+亿 scaled 3000000000 -8 over"},
           {"20多家", "20 int2 20 0"},
           {"20多个亿", "20多个亿 scaled 2000000000 -8 over"},
           {"20来万", "20来万 scaled 200000 -4 about"},
           {"3千多万", "3千多万 scaled 30000000 -7 over"},
           {"1万多亿", "1万多亿 scaled 1000000000000 -12 over"},
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
  EXPECT_EQ(digits(long_number + "亿"), long_number + " identifier 0 0");
  const std::string very_long(5000, '1');
  EXPECT_EQ(digits(very_long + "亿"), very_long + " identifier 0 0");
  const std::string round = "1" + std::string(20, '0');
  EXPECT_EQ(digits(round), round + " int " + round + " 0");
  EXPECT_EQ(digits("0." + std::string(300, '0') + "1"),
            "0." + std::string(300, '0') + "1 decimal 0.000000000000000000 18");
  // Decimals that no Decimal holds are cut off.
  EXPECT_EQ(digits("3.14159265358979323846"), "3.14159265358979323846 decimal 3.14159265358979323 17");
  EXPECT_EQ(digits("000000000000000000000000012"), "000000000000000000000000012 int 12 0");
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
           {"一百十五", "一百十五 big 115 0"},
           {"三千二", "三千二 big 3200 -2"},
           {"一千二百五", "一千二百五 big 1250 -1"},
           {"两亿五", "两亿五 scaled 250000000 -7"},
           {"一百零三万五", "一百零三万五 scaled 1035000 -3"},
           {"一万零五百", "一万零五百 scaled 10500 0"},
           {"一百零五万", "一百零五万 scaled 1050000 -4"},
           {"一万两千亿", "一万两千亿 scaled 1200000000000 -8"},
           {"一千万亿", "一千万亿 scaled 1000000000000000 -12"},
           {"一万万", "一万万 scaled 100000000 -8"},
           {"三兆五千亿", "三兆五千亿 scaled 3500000000000 -8"},
           {"五十个亿", "五十个亿 scaled 5000000000 -8"},
           {"两万3千", "两万3千 scaled 23000 -3"},
           {"廿五", "廿五 big 25 0"},
           {"卅", "卅 big 30 0"},
           {"卌二", "卌二 big 42 0"},
           {"俩", "俩 chinese 2 0"},
           {"仨", "仨 chinese 3 0"},
           {"万", "none"},
           {"亿元", "none"},
       }) {
    EXPECT_EQ(numeral(row.text), row.number);
  }
}

TEST(Numerals, FormalOnes) {
  for (const Row& row : std::vector<Row>{
           {"壹佰贰拾万元整", "壹佰贰拾万 scaled 1200000 -4"},
           {"叁仟伍佰陆拾柒元", "叁仟伍佰陆拾柒 big 3567 0"},
           {"参佰肆拾伍", "参佰肆拾伍 big 345 0"},
           {"捌拾玖亿", "捌拾玖亿 scaled 8900000000 -8"},
           {"陆万元", "陆万 scaled 60000 -4"},
       })
    EXPECT_EQ(numeral(row.text), row.number);
  EXPECT_EQ(numeral("参与"), "none");
  EXPECT_EQ(numeral("大陆万家", 3), "none");
  EXPECT_EQ(numeral("陆续"), "none");
}

TEST(Numerals, AScaleAloneIsOneBehindABound) {
  EXPECT_EQ(numeral("过亿。", 3), "亿 scaled 100000000 -8");
  EXPECT_EQ(numeral("破万家", 3), "万 scaled 10000 -4");
  EXPECT_EQ(numeral("近万亿元", 3), "万亿 scaled 1000000000000 -12");
  EXPECT_EQ(numeral("斥资万亿元", 6), "万亿 scaled 1000000000000 -12");
  EXPECT_EQ(numeral("单位:万亿元", 7), "none");
  EXPECT_EQ(numeral("超万科", 3), "none");
  EXPECT_EQ(numeral("通过亿元", 6), "none");
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
           {"三点五千万", "三点五千万 scaled 35000000 -6"},
           {"一点二个亿", "一点二个亿 scaled 120000000 -7"},
           {"三点五十", "三点五 chinese 3.5 1"},
       })
    EXPECT_EQ(numeral(row.text), row.number);
}

TEST(Numerals, VagueOnes) {
  for (const Row& row : std::vector<Row>{
           {"数百亿", "数百亿 vague 20000000000..90000000000 -8"},
           {"数十", "数十 vague 20..90 0"},
           {"几千万", "几千万 vague 20000000..90000000 -4"},
           {"十几家", "十几 vague 11..19 0"},
           {"七八", "七八 pair 7..8 0"},
           {"三五", "三五 pair 3..5 0"},
           {"几个亿", "几个亿 vague 200000000..900000000 -8"},
           {"数万亿", "数万亿 vague 2000000000000..9000000000000 -12"},
           {"二十几", "二十几 vague 21..29 0"},
           {"三十好几", "三十好几 vague 31..39 0"},
           {"十几个亿", "十几个亿 vague 1100000000..1900000000 -8"},
           {"一百几十", "一百几十 vague 120..190 0"},
           {"两三百", "两三百 vague 200..300 0"},
           {"三五百", "三五百 vague 300..500 0"},
           {"七八十", "七八十 vague 70..80 0"},
           {"十七八", "十七八 vague 17..18 0"},
           {"二十七八亿", "二十七八亿 vague 2700000000..2800000000 -8"},
           {"一百五六十", "一百五六十 vague 150..160 0"},
           {"两三个亿", "两三个亿 vague 200000000..300000000 -8"},
           {"三万五六千", "三万五六千 vague 35000..36000 0"},
           {"百八十个", "百八十 vague 80..100 0"},
           {"一百八十个", "一百八十 big 180 0"},
           {"十来家", "十来 big 10 0 about"},
           {"二十来到", "二十 big 20 0"},
           {"十来亿", "十来亿 scaled 1000000000 -8 about"},
           {"三个多亿", "三个多亿 scaled 300000000 -8 over"},
           {"一百余", "一百余 big 100 0 over"},
           {"一百多个亿", "一百多个亿 scaled 10000000000 -8 over"},
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
  EXPECT_EQ(numeral("一五〇亿"), "一五〇亿 scaled 15000000000 -8");
  EXPECT_EQ(numeral("一二.五亿"), "一二.五亿 scaled 1250000000 -7");
}

TEST(Numerals, WordsThatOnlyBeginLikeOne) {
  for (const char* text :
       {"数据", "上海", "上年", "几乎", "数", "上", "数十五", "上十点", "上三百", "十百", "千百万", "二十四六"})
    EXPECT_EQ(numeral(text), "none") << text;
}

TEST(Numerals, AUnitTakesItsScaleBack) {
  EXPECT_EQ(numeral("五百分点"), "五 chinese 5 0");
  EXPECT_EQ(numeral("三千米"), "三 chinese 3 0");
}

// 10203 is 一万零二百零三; with `formal`, 壹万零贰佰零叁.
std::string spelled(int64_t n, bool formal) {
  static constexpr std::array<const char*, 10> kPlain = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  static constexpr std::array<const char*, 10> kFormal = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
  static constexpr std::array<const char*, 4> kScales = {"", "十", "百", "千"};
  static constexpr std::array<const char*, 4> kFormalScales = {"", "拾", "佰", "仟"};
  static constexpr std::array<const char*, 4> kGroups = {"", "万", "亿", "兆"};
  std::string all;
  bool zero = false;
  for (int place = 15; place >= 0; --place) {
    int64_t power = 1;
    for (int i = 0; i < place; ++i) power *= 10;
    const auto digit = static_cast<size_t>(n / power % 10);
    const auto small = static_cast<size_t>(place % 4);
    if (digit > 0) {
      if (zero && !all.empty()) all += "零";
      all += formal ? kFormal[digit] : kPlain[digit];
      all += formal ? kFormalScales[small] : kScales[small];
    }
    zero = digit == 0;
    if (small == 0 && n / power % 10000 > 0) all += kGroups[static_cast<size_t>(place / 4)];
  }
  return all;
}

TEST(Numbers, EveryIntegerIsReadAsItIsSpelled) {
  uint64_t state = 1;
  for (int round = 0; round < 20000; ++round) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    int64_t n = static_cast<int64_t>(state >> 14) % 10'000'000'000'000'000;
    for (int cut = round % 16; cut > 0; --cut) n /= 10;
    for (int zeros = round / 16 % 4, power = 10; zeros > 0; --zeros, power *= 10) n -= n / power % 10 * power;
    if (n == 0) continue;
    for (const bool formal : {false, true}) {
      const std::string text = spelled(n, formal) + "元";
      const auto number = scan_numeral(text, 0, [](uint32_t) { return 0U; });
      ASSERT_TRUE(number) << text;
      EXPECT_EQ(number->value.to_string(), std::to_string(n)) << text;
      EXPECT_EQ(number->end, text.size() - 3) << text;
    }
  }
}

// Whatever the text, the number ends inside it and behind its beginning.
TEST(Numbers, TotalOnAnyText) {
  static constexpr std::array<const char*, 32> kParts = {
      "1",  "9",  "0",  ",",  ".",  "亿", "万", "千", "多", "点", "数", "十", "零", "几", "上", " ",
      "个", "，", "三", "五", "好", "廿", "参", "拾", "过", "m",  "bn", "e",  "$",  "+",  "·",  "'"};
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
