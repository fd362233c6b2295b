// Matching: what is found in a sentence, how far it reaches, what it is and
// what it is worth exactly - the same in both scripts.
#include "pipeline/match/match.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "pipeline/segment/segment.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Matched {
  Document document;
  Mentions mentions;
};

Matched matched(const std::string& text) {
  SourceText source;
  source.text = text;
  source.index_lines();
  NormalizedText folded = normalize(text, support::line().folder);
  Matched out;
  out.document = segment(std::move(source), std::move(folded));
  out.mentions = match(out.document, support::line().matcher);
  return out;
}

const char* kind_name(MentionKind kind) {
  static constexpr std::array<const char*, 12> kNames = {"word",     "money",      "percent", "points",
                                                         "multiple", "count",      "bare",    "period",
                                                         "ordinal",  "identifier", "idiom",   "unresolved"};
  return kNames[static_cast<size_t>(kind)];
}

std::string described(const Figure& f) {
  std::string all = f.value ? f.value->to_string() : f.low->to_string() + ".." + f.high->to_string();
  if (!f.unit.empty()) all += " " + f.unit;
  if (f.plain_currency && f.unit.empty()) all += " plain";  // 元
  if (f.qualifier != Qualifier::none) all += std::string(" ") + name(f.qualifier);
  return all;
}

// "quarter 2024 n4", "half last-1 n1", "day n6 30 end": what a period says.
std::string described(const PeriodExpression& p) {
  static constexpr std::array<const char*, 10> kUnits = {"none", "year", "half",    "quarter", "months",
                                                         "week", "day",  "holiday", "length",  "same"};
  std::string all = kUnits[static_cast<size_t>(p.unit)];
  if (p.year_kind == PeriodExpression::YearKind::absolute) all += fmt::format(" {}", p.year);
  if (p.year_kind == PeriodExpression::YearKind::relative) all += fmt::format(" now{:+}", p.year);
  if (p.year_kind == PeriodExpression::YearKind::before) all += fmt::format(" before{:+}", p.year);
  if (p.years_on != 0) all += fmt::format("..{}", p.year + p.years_on);
  if (p.relative_unit) all += fmt::format(" shift{:+}", p.shift);
  if (p.n != 0) all += fmt::format(" n{}", p.n);
  if (p.m != 0 && p.m != p.n) all += fmt::format("..{}", p.m);
  if (p.day != 0) all += fmt::format(" d{}", p.day);
  if (p.day_to != 0) all += fmt::format("..{}", p.day_to);
  if (p.cumulative) all += " cumulative";
  if (p.fiscal) all += " fiscal";
  if (p.edge == PeriodExpression::Edge::end) all += " end";
  if (p.edge == PeriodExpression::Edge::start) all += " start";
  if (p.edge == PeriodExpression::Edge::since) all += " since";
  if (p.length != 0) all += " " + p.duration();
  return all;
}

// "12.5亿元 money 1250000000 plain": all but words, cut from the folded text.
std::vector<std::string> found(const std::string& text) {
  const Matched all = matched(text);
  std::vector<std::string> rows;
  for (const Mention& m : all.mentions.all) {
    if (m.kind == MentionKind::word) continue;
    std::string row = all.document.folded.text.substr(m.span.begin, m.span.size()) + " " + kind_name(m.kind);
    if (is_figure(m.kind)) row += " " + described(all.mentions.figures.at(m.payload));
    if (m.kind == MentionKind::period && m.payload != kNone) row += " " + described(all.mentions.periods.at(m.payload));
    rows.push_back(std::move(row));
  }
  return rows;
}

struct Case {
  const char* text;
  std::vector<std::string> rows;
};

// In the script as written, and in the other one.
void expect_found(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(found(c.text), c.rows) << c.text;
    EXPECT_EQ(found(support::to_traditional(c.text)), c.rows) << support::to_traditional(c.text);
  }
}

TEST(Match, Money) {
  expect_found({
      {"营收为12.5亿元。", {"12.5亿元 money 1250000000 plain"}},
      {"营收为12.5亿港元。", {"12.5亿港元 money 1250000000 HKD"}},
      {"营收为人民币12.5亿元。", {"12.5亿元 money 1250000000 CNY"}},
      {"营收为1,234.56万美元。", {"1,234.56万美元 money 12345600 USD"}},
      {"营收为一千二百万元。", {"一千二百万元 money 12000000 plain"}},
      {"每股派息35港仙。", {"35港仙 money 0.35 HKD"}},
      {"营收为20多亿元。", {"20多亿元 money 2000000000 plain over"}},
      {"营收为数十亿元。", {"数十亿元 money 2000000000..9000000000 plain range"}},
      {"营收为30亿元至35亿元。", {"30亿元至35亿元 money 3000000000..3500000000 plain range"}},
      {"营收为１２.５亿元。", {"12.5亿元 money 1250000000 plain"}},
  });
}

TEST(Match, MoneyOfTheWorld) {
  expect_found({
      {"营收为RMB 12.5亿。", {"12.5亿 money 1250000000 CNY"}},
      {"营收为12.5亿 CNH。", {"12.5亿 CNH money 1250000000 CNY"}},
      {"营收为HK $35。", {"35 money 35 HKD"}},
      {"营收为-US$35。", {"35 money -35 USD"}},
      {"营收为美元3亿。", {"3亿 money 300000000 USD"}},
      {"美元债3只。", {"3只 count 3 只"}},
      {"美元3月走强。", {"3月 period months n3"}},
      {"营收为3亿瑞典克朗。", {"3亿瑞典克朗 money 300000000 SEK"}},
      {"营收为五美元。", {"五美元 money 5 USD"}},
      {"售价为35美分。", {"35美分 money 0.35 USD"}},
      {"售价为3500元/平方米/天。", {"3500元/平方米/天 money 3500 plain"}},
      {"售价为80美元每桶。", {"80美元每桶 money 80 USD"}},
  });
}

TEST(Match, MoneyByItsParts) {
  expect_found({
      {"售价为12元5角3分。", {"12元5角3分 money 12.53 plain"}},
      {"售价为十二元五角。", {"十二元五角 money 12.5 plain"}},
      {"售价为3元5分。", {"3元5分 money 3.05 plain"}},
      {"售价为三块五。", {"三块五 money 3.5 plain"}},
      {"售价为8毛5分。", {"8毛5分 money 0.85 plain"}},
      {"售价为两毛五。", {"两毛五 money 0.25 plain"}},
      {"股息每股18.5分。", {"18.5分 money 0.185"}},
      {"公司有3块业务。", {"3 bare 3"}},
  });
}

TEST(Match, Ranges) {
  expect_found({
      {"营收为30元至1万元。", {"30元至1万元 money 30..10000 plain range"}},
      {"门店为8000至1万家。", {"8000至1万家 count 8000..10000 家 range"}},
      {"营收为3千到5千万元。", {"3千到5千万元 money 30000000..50000000 plain range"}},
      {"营收为US$3.5亿-US$4亿。", {"3.5亿-US$4亿 money 350000000..400000000 USD range"}},
      {"增速为负2%到正3%。", {"负2%到正3% percent -2..3 % range"}},
      {"增速为10% - 15%。", {"10% - 15% percent 10..15 % range"}},
      {"增速在20%与25%之间。", {"20%与25% percent 20..25 % range"}},
      {"增速为20%与25%。", {"20% percent 20 %", "25% percent 25 %"}},
      {"毛利率为46%上下1.5个百分点。", {"46%上下1.5个百分点 percent 44.5..47.5 % range"}},
      {"营收为100±5亿元。", {"100±5亿元 money 9500000000..10500000000 plain range"}},
      {"营收为2,514 -5.5%。", {"2,514 bare 2514", "-5.5% percent -5.5 %"}},
      {"营收为50.43%\t-0.64%。", {"50.43% percent 50.43 %", "-0.64% percent -0.64 %"}},
  });
}

TEST(Match, PercentPointsAndMultiples) {
  expect_found({
      {"毛利率为31.20%。", {"31.20% percent 31.20 %"}},
      {"毛利率为31.20％。", {"31.20% percent 31.20 %"}},
      {"毛利率提升0.9个百分点。", {"0.9个百分点 points 0.9 pp"}},
      {"净息差收窄13个基点。", {"13个基点 points 13 bp"}},
      {"订单增长2.6倍。", {"2.6倍 multiple 2.6 x"}},
      {"营收增长10%至15%。", {"10%至15% percent 10..15 % range"}},
      {"营收增长8~10%。", {"8~10% percent 8..10 % range"}},
      {"营收占三成。", {"三成 percent 30 %"}},
      {"营收增长高个位数。", {"高个位数 percent 7..9 % range"}},
      {"营收增长百分之三。", {"百分之三 percent 3 %"}},
  });
}

TEST(Match, CountsAndListsWithOneUnit) {
  expect_found({
      {"门店达到4,357家。", {"4,357家 count 4357 家"}},
      {"销量为6.5万辆。", {"6.5万辆 count 65000 辆"}},
      {"门店有两百多家。", {"两百多家 count 200 家 over"}},
      {"营收分别为54.9、13.2亿元。", {"54.9 money 5490000000 plain", "13.2亿元 money 1320000000 plain"}},
      {"营收分别为US$3.5、4.2及5.1亿。",
       {"3.5 money 350000000 USD", "4.2 money 420000000 USD", "5.1亿 money 510000000 USD"}},
      {"营收为人民币3.5亿和4.2亿元。", {"3.5亿 money 350000000 CNY", "4.2亿元 money 420000000 CNY"}},
      {"毛利率分别上升3.5及下跌约1.2个百分点。", {"3.5 points 3.5 pp", "1.2个百分点 points 1.2 pp"}},
      {"翻台率为3.1次/天。", {"3.1次/天 count 3.1 次/天"}},
      {"产能为3.5 GWh。", {"3.5 GWh count 3.5 GWh"}},
      {"公司有3家庭院。", {"3 bare 3"}},
      {"指数跌230.5点。", {"230.5点 count 230.5 点"}},
      {"央行降息1码。", {"1码 points 25 bp"}},
  });
}

TEST(Match, Periods) {
  expect_found({
      {"2024年第四季度营收增长。", {"2024年第四季度 period quarter 2024 n4"}},
      {"第三季度营收增长。", {"第三季度 period quarter n3"}},
      {"2025年上半年营收增长。", {"2025年上半年 period half 2025 n1"}},
      {"2023年营收增长。", {"2023年 period year 2023"}},
      {"去年营收增长。", {"去年 period year now-1"}},
      {"2025年3月营收增长。", {"2025年3月 period months 2025 n3"}},
      {"2025年前三季度营收增长。", {"2025年前三季度 period quarter 2025 n3 cumulative"}},
      {"去年同期营收增长。", {"去年同期 period same before-1"}},
      {"营收增长，截至2024年12月31日。", {"2024年12月31日 period day 2024 n12 d31 end"}},
  });
}

TEST(Match, RepublicanYears) {
  EXPECT_THAT(found("民國113年第3季營收成長。"), ElementsAre("民国113年第3季 period quarter 2024 n3"));
}

TEST(Match, ANumberOfTwoCommas) {
  EXPECT_THAT(found("門店為12，35，40家。").size(), 3u);
  EXPECT_THAT(found("門店為1,235家。"), ElementsAre("1,235家 count 1235 家"));
}

TEST(Match, NumbersThatAreNoQuantity) {
  for (const Case& c : std::vector<Case>{
           {"代码为98216.HK。", {"98216.HK identifier"}},
           {"公司位列第一。", {"第一 ordinal"}},
           {"会议14:30开始。", {"14:30 period none"}},
       })
    EXPECT_EQ(found(c.text), c.rows);
}

TEST(Match, AMentionWithoutWhatStandsAroundIt) {
  expect_found({
      {"某电子（3456）公告。", {"3456 identifier"}},
      {"某电子（3,456）公告。", {"3,456 bare 3456"}},
      {"某电子（2024）公告。", {"2024 bare 2024"}},
  });
}

TEST(Match, TheEdgeOfALatinWord) {
  expect_found({{"TW 3456。", {"TW 3456 identifier"}}, {"NO.1。", {"NO.1 ordinal"}}});
  EXPECT_THAT(found("stop 3%."), ElementsAre("3% percent 3 %"));
}

// A name may begin with digits, if it goes on behind them.
TEST(Match, NamesThatBeginWithDigits) {
  expect_found({
      {"58同城公告。", {}},
      {"158同城公告。", {"158 bare 158"}},
      {"58同比增长。", {"58 bare 58"}},
      {"7-11公告。", {}},
      {"7-110公告。", {"7-110 identifier"}},
  });
}

TEST(Match, NumbersOfModels) {
  expect_found({
      {"小米15发布。", {"15 identifier"}},
      {"小米2024财报。", {"2024 bare 2024"}},
      {"小米15日发布。", {"15日 period day d15"}},
      {"小米15、华为13亿元。", {"15 identifier", "13亿元 money 1300000000 plain"}},
  });
}

TEST(Match, NumbersOfItems) {
  expect_found({
      {"方案包括：1、降本；2、增效。", {"1、 ordinal", "2、 ordinal"}},
      {"1.降本。**2**、增效。", {"1. ordinal", "2**、 ordinal"}},
      {"1、2、3号机投产。", {"1 bare 1", "2 bare 2", "3号机 identifier"}},
      {"营收为3、增长。", {"3 bare 3"}},
      {"Q3：怎么看竞争？", {"Q3 ordinal"}},
      {"Q3：+7%。", {"Q3 period quarter n3", "+7% percent 7 %"}},
  });
}

TEST(Match, SmallNumeralsCountWhereAVerbCounts) {
  expect_found({
      {"新开了三家。", {"三家 count 3 家"}},
      {"新开了一家。", {"一家 idiom"}},
      {"有三家。", {"三家 idiom"}},
  });
}

TEST(Match, NothingWhereThereIsNoNumber) {
  for (const char* text : {"", "\n\n", "公司重视研发。", "公司重視研發。", "Thank you.", "……", "数据中心与上海。"})
    EXPECT_THAT(found(text), IsEmpty()) << text;
}

TEST(Match, WordsAreMentionsToo) {
  const Matched all = matched("毛利率同比上升。");
  bool metric = false;
  for (const Mention& m : all.mentions.all)
    metric |= m.metric != kNone && support::line().rules.metrics[m.metric].id == "gross_margin";
  EXPECT_TRUE(metric);
}

// In text order, not overlapping, each in its sentence, payloads in range.
void expect_in_order(const Matched& all) {
  const Mentions& mentions = all.mentions;
  const auto& sentences = all.document.sentences;
  ASSERT_EQ(mentions.sentence_begin.size(), sentences.size() + 1);
  EXPECT_EQ(mentions.sentence_begin.front(), 0u);
  EXPECT_EQ(mentions.sentence_begin.back(), mentions.all.size());
  uint32_t end = 0;
  for (size_t s = 0; s < sentences.size(); ++s) {
    for (uint32_t i = mentions.sentence_begin[s]; i < mentions.sentence_begin[s + 1]; ++i) {
      const Mention& m = mentions.all[i];
      ASSERT_TRUE(m.span.begin >= end && m.span.end > m.span.begin && sentences[s].span.contains(m.span));
      end = m.span.end;
      if (is_figure(m.kind)) {
        ASSERT_LT(m.payload, mentions.figures.size());
        const Figure& f = mentions.figures[m.payload];
        EXPECT_TRUE(f.value ? !f.low && !f.high : f.low && f.high && *f.low <= *f.high);
      }
      ASSERT_TRUE(m.kind != MentionKind::period || m.payload == kNone || m.payload < mentions.periods.size());
    }
  }
}

TEST(Match, MentionsOfTheCorpusAreInOrder) {
  for (const auto& path : support::text_files(support::root() / "corpus")) {
    SCOPED_TRACE(path.filename());
    expect_in_order(matched(support::contents(path)));
  }
}

TEST(Match, TotalOnAnyText) {
  static constexpr std::array<const char*, 28> kParts = {
      "1",  "20", "2024", "年", "月", "亿",   "元", "%", "-",  "至",  "第",   "季度",     "家",           "多",
      "，", "。", "(",    ".",  ",",  "分之", "百", "±", "角", "US$", "之间", "去年同期", "\xEE\x80\x81", "\n"};
  uint32_t state = 7;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 20; ++i) {
      state = state * 1664525 + 1013904223;
      text += kParts[(state >> 16) % kParts.size()];
    }
    SCOPED_TRACE(text);
    expect_in_order(matched(text));
    if (testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace jiyao
