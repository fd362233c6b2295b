// Every way a quantity is written, as the rules read it: the figure's text,
// kind, value, unit and what it says of its own precision - in both scripts.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "pipeline/match/match.h"
#include "pipeline/segment/segment.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

std::string described(const Figure& f) {
  std::string all = f.value ? f.value->to_string() : f.low->to_string() + ".." + f.high->to_string();
  if (!f.unit.empty()) all += " " + f.unit;
  if (f.plain_currency && f.unit.empty()) all += " 元";
  if (f.qualifier != Qualifier::none && f.qualifier != Qualifier::range) all += std::string(" ") + name(f.qualifier);
  return all;
}

// "三成 percent 30 % over; …": the figures of a sentence, cut from the folded text.
std::string figures(const std::string& text) {
  static constexpr std::array<const char*, 7> kNames = {"", "money", "percent", "points", "multiple", "count", "bare"};
  SourceText source;
  source.text = text;
  source.index_lines();
  const Document document = segment(std::move(source), normalize(text, support::line().folder));
  const Mentions mentions = match(document, support::line().matcher);
  std::string all;
  for (const Mention& m : mentions.all) {
    if (!is_figure(m.kind)) continue;
    all += fmt::format("{}{} {} {}", all.empty() ? "" : "; ", document.folded.text.substr(m.span.begin, m.span.size()),
                       kNames[static_cast<size_t>(m.kind)], described(mentions.figures.at(m.payload)));
  }
  return all;
}

struct Row {
  const char* text;
  const char* figures;
};

void expect_figures(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(figures(row.text), row.figures) << row.text;
    EXPECT_EQ(figures(support::to_traditional(row.text)), row.figures) << support::to_traditional(row.text);
  }
}

TEST(Quantity, Digits) {
  expect_figures({
      {"营收为１，２３４．５万元。", "1，234.5万元 money 12345000 元"},
      {"营收为1'234'567元。", "1'234'567元 money 1234567 元"},
      {"营收为2 . 6亿元。", "2 . 6亿元 money 260000000 元"},
      {"毛利率为.5%。", ".5% percent 0.5 %"},
      {"毛利率为3·5%。", "3·5% percent 3.5 %"},
      {"毛利率为3点5%。", "3点5% percent 3.5 %"},
      {"营收为1兆零500亿元。", "1兆零500亿元 money 1050000000000 元"},
      {"门票收入为1万2,500元。", "1万2,500元 money 12500 元"},
      {"售价为2万5，涨幅大。", "2万5 bare 25000"},
      {"营收为3亿5%的增长。", "3亿 bare 300000000; 5% percent 5 %"},
      {"投资3亿二期项目。", "3亿 bare 300000000"},
      {"编号为123456789012345678901元。", ""},
      {"营收为US$3.5bn。", "3.5bn money 3500000000 USD"},
      {"营收为$5.2 billion。", "5.2 billion money 5200000000 USD"},
      {"销量为50k台。", "50k台 count 50000 台"},
      {"支持5G和1080p，2k屏，8K电视和M9。", ""},
  });
}

TEST(Quantity, Numerals) {
  expect_figures({
      {"营收为壹佰贰拾万元整。", "壹佰贰拾万元整 money 1200000 元"},
      {"营收为叁仟伍佰陆拾柒万捌仟玖佰元。", "叁仟伍佰陆拾柒万捌仟玖佰元 money 35678900 元"},
      {"营收为三点五亿元。", "三点五亿元 money 350000000 元"},
      {"营收为两亿五。", "两亿五 bare 250000000"},
      {"营收为一万两千亿元。", "一万两千亿元 money 1200000000000 元"},
      {"门店为一万零五百家。", "一万零五百家 count 10500 家"},
      {"门店为廿五家。", "廿五家 count 25 家"},
      {"大陆万家门店增长。", ""},
  });
}

TEST(Quantity, OpenAndVague) {
  expect_figures({
      {"门店为一百二十余家。", "一百二十余家 count 120 家 over"},
      {"营收为一千多万元。", "一千多万元 money 10000000 元 over"},
      {"营收为三千多万。", "三千多万 bare 30000000 over"},
      {"营收为20多个亿。", "20多个亿 bare 2000000000 over"},
      {"营收为三个多亿。", "三个多亿 bare 300000000 over"},
      {"营收为上百亿元。", "上百亿元 money 10000000000 元 over"},
      {"成千上万家门店。", "上万家 count 10000 家 over"},
      {"商家数以千计。", "数以千计 bare 1000 over"},
      {"净利润过亿元。", "亿元 money 100000000 元"},
      {"订单突破一百。", "一百 bare 100"},
      {"门店数百家。", "数百家 count 200..900 家"},
      {"门店数十五家。", "十五家 count 15 家"},
      {"门店为好几百家。", "几百家 count 200..900 家"},
      {"门店为三十好几家。", "三十好几家 count 31..39 家"},
      {"门店为三五家。", "三五家 count 3..5 家"},
      {"门店为两三百家。", "两三百家 count 200..300 家"},
      {"门店为二十七八家。", "二十七八家 count 27..28 家"},
      {"门店为百八十家。", "百八十家 count 80..100 家"},
      {"营收为十几个亿。", "十几个亿 bare 1100000000..1900000000"},
  });
}

TEST(Quantity, Ranges) {
  expect_figures({
      {"营收为一到两百万元。", "一到两百万元 money 1000000..2000000 元"},
      {"营收为三百到五百万元。", "三百到五百万元 money 3000000..5000000 元"},
      {"营收为五到十亿元。", "五到十亿元 money 500000000..1000000000 元"},
      {"营收为3-5百万元。", "3-5百万元 money 3000000..5000000 元"},
      {"门店为三到五百家。", "三到五百家 count 300..500 家"},
      {"门店为数百到上千家。", "数百到上千家 count 200..1000 家"},
      {"用户为一到两亿。", "一到两亿 bare 100000000..200000000"},
  });
}

TEST(Quantity, PercentInWords) {
  expect_figures({
      {"增长百分之零点五。", "百分之零点五 percent 0.5 %"},
      {"增长百分之三十多。", "百分之三十多 percent 30 % over"},
      {"增长百分之十几。", "百分之十几 percent 11..19 %"},
      {"增长百分之一百二十。", "百分之一百二十 percent 120 %"},
      {"增长百分之3点5。", "百分之3点5 percent 3.5 %"},
      {"增长千分之五。", "千分之五 percent 0.5 %"},
      {"增长万分之三。", "万分之三 percent 0.03 %"},
      {"增长十分之三。", "十分之三 percent 30 %"},
      {"增长负百分之三。", "负百分之三 percent -3 %"},
      {"增长百分之负三。", "百分之负三 percent -3 %"},
      {"增长百分之三十至百分之四十。", "百分之三十至百分之四十 percent 30..40 %"},
      {"增长百分之三到五。", "百分之三到五 percent 3..5 %"},
      {"增长±5%。", "±5% percent -5..5 %"},
      {"增长正负2个百分点。", "正负2个百分点 points -2..2 pp"},
      {"增长30%+，毛利率增长。", "30% percent 30 % over"},
      {"毛利率为1.5%+0.2%。", "1.5% percent 1.5 %; +0.2% percent 0.2 %"},
      {"增长中高个位数。", "中高个位数 percent 4..9 %"},
      {"增长低至中单位数百分比。", "低至中单位数百分比 percent 1..6 %"},
      {"增长高单位数至低双位数。", "高单位数至低双位数 percent 7..13 %"},
      {"增长high single digit。", "high single digit percent 7..9 %"},
      {"毛利率提升低个位数百分点。", "低个位数百分点 points 1..3 pp"},
  });
}

TEST(Quantity, PartsOfAWhole) {
  expect_figures({
      {"占比为三分之一。", "三分之一 percent 33.3333333333 %"},
      {"占比为四分之三。", "四分之三 percent 75 %"},
      {"占比为二十分之一。", "二十分之一 percent 5 %"},
      {"占比为3分之2。", "3分之2 percent 66.6666666667 %"},
      {"约1/3的收入。", "1/3 percent 33.3333333333 %"},
      {"市盈率约8/9/10倍。", "8 multiple 8 x; 9 multiple 9 x; 10倍 multiple 10 x"},
      {"日期为3/4。", "3 bare 3; 4 bare 4"},
      {"占比为七成半。", "七成半 percent 75 %"},
      {"占比为七成五。", "七成五 percent 75 %"},
      {"占比为3.5成。", "3.5成 percent 35 %"},
      {"占比为三成多。", "三成 percent 30 % over"},
      {"占比为二三成。", "二三成 percent 20..30 %"},
      {"占比为两成至三成。", "两成至三成 percent 20..30 %"},
      {"占比为一成至一成半。", "一成至一成半 percent 10..15 %"},
      {"占比为半成。", "半成 percent 5 %"},
      {"半成品占比高。", ""},
      {"第三成为重点，十成熟品种。", ""},
      {"售价打八折。", "八折 percent 80 %"},
      {"售价打85折。", "85折 percent 85 %"},
      {"售价打七五折。", "七五折 percent 75 %"},
      {"售价打七八折。", "七八折 percent 70..80 %"},
      {"售价打9.5折。", "9.5折 percent 95 %"},
      {"三折叠手机发布。", ""},
      {"占比过半。", "过半 percent 50 % over"},
      {"近半年收入增长。", ""},
      {"净利润减半。", "减半 percent -50 %"},
      {"毛利率提升半个百分点。", "半个百分点 points 0.5 pp"},
      {"毛利率提升三个半百分点。", "三个半百分点 points 3.5 pp"},
      {"周期为一个半月。", "一个半月 count 1.5 个月"},
  });
}

TEST(Quantity, Multiples) {
  expect_figures({
      {"订单增长两倍半。", "两倍半 multiple 2.5 x"},
      {"订单增长一倍多。", "一倍 multiple 1 x over"},
      {"订单增长10余倍。", "10余倍 multiple 10 x over"},
      {"订单增长三倍有余。", "三倍 multiple 3 x over"},
      {"订单增长数倍。", "数倍 multiple 2..9 x"},
      {"订单增长数十倍。", "数十倍 multiple 20..90 x"},
      {"订单增长三五倍。", "三五倍 multiple 3..5 x"},
      {"订单增长两到三倍。", "两到三倍 multiple 2..3 x"},
      {"订单增长三又二分之一倍。", "三又二分之一倍 multiple 3.5 x"},
      {"订单急增逾倍。", "逾倍 multiple 1 x over"},
      {"订单成倍增长。", "成倍 multiple 1 x at_least"},
      {"订单翻两番。", "翻两番 multiple 3 x"},
      {"订单翻了近两番。", "两番 multiple 3 x"},
      {"订单翻了三番。", "翻了三番 multiple 7 x"},
      {"市盈率为15.5x。", "15.5x multiple 15.5 x"},
      {"股数为整数倍。", ""},
  });
}

}  // namespace
}  // namespace jiyao
