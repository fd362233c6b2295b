// Resolving: the facts of whole sentences, in both scripts, and the ledger.
#include "pipeline/resolve/resolve.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/support.h"

namespace jiyao {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A call held in March 2025 by a mainland company, unless a test says else.
DocumentContext call() {
  DocumentContext context;
  context.published = Date{2025, 3, 25};
  context.period = Period::quarter(2024, 4);
  context.currency = "CNY";
  return context;
}

std::string value_of(const Fact& fact) {
  return fact.value ? fact.value->to_string() : fact.low->to_string() + ".." + fact.high->to_string();
}

// "8.3% revenue yoy 8.3 % 2024Q4", with what is said beyond: over, guidance.
std::string described(const Fact& fact, const Document& document) {
  const auto figure = cite(document.source, document.folded, fact.figure).text;
  std::string row = fmt::format("{} {} {} {} {} {}", support::fold(figure), fact.metric, name(fact.basis),
                                value_of(fact), fact.unit, fact.period.text());
  if (fact.qualifier != Qualifier::none) row += std::string(" ") + name(fact.qualifier);
  if (fact.status != Status::actual) row += std::string(" ") + name(fact.status);
  return row;
}

std::vector<std::string> facts(const std::string& text, const DocumentContext& context = call()) {
  const Extracted done = support::extracted(text, context);
  std::vector<std::string> rows;
  for (const Fact& fact : done.extraction.facts) rows.push_back(described(fact, done.document));
  return rows;
}

struct Case {
  const char* text;
  std::vector<std::string> rows;
};

void expect_facts(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(facts(c.text), c.rows) << c.text;
    EXPECT_EQ(facts(support::to_traditional(c.text)), c.rows) << support::to_traditional(c.text);
  }
}

TEST(Resolve, LevelsAndGrowth) {
  expect_facts({
      {"第四季度总收入为12.5亿元，同比增长8.3%。",
       {"12.5亿元 revenue level 1250000000 CNY 2024Q4", "8.3% revenue yoy 8.3 % 2024Q4"}},
      {"第四季度毛利率为31.2%，同比下降0.9个百分点。",
       {"31.2% gross_margin level 31.2 % 2024Q4", "0.9个百分点 gross_margin yoy -0.9 pp 2024Q4"}},
      {"第四季度总收入环比下降3%。", {"3% revenue qoq -3 % 2024Q4"}},
      {"第四季度经营利润同比增长2.6倍。", {"2.6倍 operating_profit yoy 2.6 x 2024Q4"}},
  });
}

TEST(Resolve, AnItemMarkIsNoSegment) {
  for (const char* mark : {"●", "• ", "・", "· ", "■", "1、"}) {
    const Extracted done = support::extracted(std::string(mark) + "收入28亿元，同比增长5%。", call());
    ASSERT_EQ(done.extraction.facts.size(), 2U) << mark;
    for (const Fact& fact : done.extraction.facts) EXPECT_EQ(fact.segment, "") << mark;
    EXPECT_EQ(done.extraction.facts.front().subject, "收入") << mark;
  }
}

TEST(Resolve, FromTo) {
  expect_facts({
      {"总收入由2023年第四季度的10亿元增加到2024年第四季度的12亿元。",
       {"10亿元 revenue level 1000000000 CNY 2023Q4", "12亿元 revenue level 1200000000 CNY 2024Q4"}},
  });
}

TEST(Resolve, OnePredicateOfTwoFigures) {
  expect_facts({
      {"第四季度总收入和净利润分别为12亿元和3亿元。",
       {"12亿元 revenue level 1200000000 CNY 2024Q4", "3亿元 net_profit level 300000000 CNY 2024Q4"}},
  });
}

TEST(Resolve, SharesNameTheirBase) {
  for (const char* text :
       {"第四季度，广告收入为6亿元，占总收入的48.0%。", "第四季度，廣告收入為6億元，佔總收入的48.0%。"}) {
    const Extracted done = support::extracted(text, call());
    ASSERT_EQ(done.extraction.facts.size(), 2u) << text;
    const Fact& share = done.extraction.facts[1];
    EXPECT_EQ(share.basis, Basis::share);
    EXPECT_EQ(support::fold(share.base), "总收入");
    EXPECT_EQ(value_of(share), "48.0");
  }
}

TEST(Resolve, Qualifiers) {
  expect_facts({
      {"第四季度总收入超过12亿元。", {"12亿元 revenue level 1200000000 CNY 2024Q4 over"}},
      {"第四季度总收入约12亿元。", {"12亿元 revenue level 1200000000 CNY 2024Q4 about"}},
      {"第四季度总收入近12亿元。", {"12亿元 revenue level 1200000000 CNY 2024Q4 near"}},
      {"第四季度总收入不低于12亿元。", {"12亿元 revenue level 1200000000 CNY 2024Q4 at_least"}},
      {"第四季度总收入12亿元以上。", {"12亿元 revenue level 1200000000 CNY 2024Q4 over"}},
  });
}

TEST(Resolve, Guidance) {
  expect_facts({
      {"公司预计2025年总收入为50亿元至55亿元。",
       {"50亿元至55亿元 revenue level 5000000000..5500000000 CNY 2025 range guidance"}},
  });
}

TEST(Resolve, PeriodsFromTheDocument) {
  expect_facts({
      {"2024年第四季度业绩电话会\n\n第四季度总收入为12亿元。\n\n去年同期总收入为10亿元。",
       {"12亿元 revenue level 1200000000 CNY 2024Q4", "10亿元 revenue level 1000000000 CNY 2023Q4"}},
      {"全年总收入为45亿元。", {"45亿元 revenue level 4500000000 CNY 2024"}},
  });
}

TEST(Resolve, BoundsBeforeAndBehind) {
  const auto bound = [](const std::string& text) {
    const auto rows = facts(text);
    return rows.size() == 1 ? rows[0].substr(rows[0].rfind(' ') + 1) : fmt::format("{} facts", rows.size());
  };
  for (const auto& [text, qualifier] : std::vector<std::pair<const char*, const char*>>{
           {"收入约为10亿元。", "about"},
           {"收入≈10亿元。", "about"},
           {"收入增长至少10%。", "at_least"},
           {"收入不小于10亿元。", "at_least"},
           {"收入≥10亿元。", "at_least"},
           {"收入不大于10亿元。", "at_most"},
           {"收入上限为10亿元。", "at_most"},
           {"收入10亿元及以上。", "over"},
           {"收入10亿元（含）以上。", "over"},
           {"收入10亿多元。", "over"},
           {"收入10亿元不到。", "under"},
           {"收入10亿元之下。", "under"},
           {"收入直逼10亿元。", "near"},
       }) {
    EXPECT_EQ(bound(text), qualifier) << text;
    EXPECT_EQ(bound(support::to_traditional(text)), qualifier) << support::to_traditional(text);
  }
}

TEST(Resolve, ABoundHoldsForEachOfAList) {
  expect_facts(
      {{"收入和净利润分别约为10亿元和2亿元。",
        {"10亿元 revenue level 1000000000 CNY 2024Q4 about", "2亿元 net_profit level 200000000 CNY 2024Q4 about"}}});
}

TEST(Resolve, FurtherListsAreOfTheSameYears) {
  expect_facts({{"2023-2024年收入分别为10亿元、12亿元；EPS为1.15、1.38。",
                 {"10亿元 revenue level 1000000000 CNY 2023", "12亿元 revenue level 1200000000 CNY 2024",
                  "1.15 eps level 1.15 CNY 2023", "1.38 eps level 1.38 CNY 2024"}}});
}

TEST(Resolve, WhatThereWasWhenTheYearBegan) {
  expect_facts({
      {"期末门店486家；年初为412家。",
       {"486家 stores level 486 家 2024-12-31@end", "412家 stores level 412 家 2023-12-31@end"}},
      {"现金14亿元，较年初的13亿元增加1亿元。",
       {"14亿元 cash_position level 1400000000 CNY 2024-12-31@end",
        "13亿元 cash_position level 1300000000 CNY 2023-12-31@end", "1亿元 cash_position change 100000000 CNY 2024Q4"}},
      // A plan of the year's beginning is of the year.
      {"年初的资本开支计划为15亿元。", {"15亿元 capex level 1500000000 CNY 2024Q4 guidance"}},
  });
}

TEST(Resolve, AChangeIsAgainstTheAmountBeside) {
  expect_facts({
      {"期末负债率61%，去年底为59%，上升2个百分点。",
       {"61% debt_ratio level 61 % 2024-12-31@end", "59% debt_ratio level 59 % 2024-12-31@end",
        "2个百分点 debt_ratio yoy 2 pp 2024-12-31@end"}},
      {"产能利用率由第三季度的71%升至第四季度的76%，提升5个百分点。",
       {"71% utilisation level 71 % 2024Q3", "76% utilisation level 76 % 2024Q4",
        "5个百分点 utilisation qoq 5 pp 2024Q4"}},
      // Where a word says it, the word counts.
      {"产能利用率由第三季度的71%升至第四季度的76%，同比提升4个百分点。",
       {"71% utilisation level 71 % 2024Q3", "76% utilisation level 76 % 2024Q4",
        "4个百分点 utilisation yoy 4 pp 2024Q4"}},
  });
}

TEST(Resolve, ThisYearIsTheOneReported) {
  expect_facts({{"本年度收入10亿元。", {"10亿元 revenue level 1000000000 CNY 2024"}}});
}

TEST(Resolve, LastYearBesideAQuarterIsItsQuarter) {
  expect_facts({{"会员收入21亿元（上年为19亿元），增长10%。",
                 {"21亿元 revenue level 2100000000 CNY 2024Q4", "19亿元 revenue level 1900000000 CNY 2023Q4",
                  "10% revenue yoy 10 % 2024Q4"}}});
}

TEST(Resolve, TheMetricCarriesOn) {
  expect_facts({
      {"第四季度毛利率为31.2%。去年同期为30.3%。",
       {"31.2% gross_margin level 31.2 % 2024Q4", "30.3% gross_margin level 30.3 % 2023Q4"}},
  });
}

TEST(Resolve, PlainYuanIsTheCurrencyOfTheDocument) {
  DocumentContext taiwan = call();
  taiwan.currency = "TWD";
  EXPECT_THAT(facts("第四季總營收為12億元。", taiwan), ElementsAre("12亿元 revenue level 1200000000 TWD 2024Q4"));
  EXPECT_THAT(facts("第四季总营收为12亿元。", taiwan), ElementsAre("12亿元 revenue level 1200000000 TWD 2024Q4"));
}

TEST(Resolve, PlainYuanIsWhatTheTextSaysItIs) {
  const auto currency = [](const std::string& text) { return support::extracted(text).extraction.context.currency; };
  EXPECT_EQ(currency("澄岚电子(97319-HK)全年收入8亿元(人民币，下同)，盈利1亿元。"), "CNY");
  EXPECT_EQ(currency("澄岚电子(97319-HK)全年收入8亿人民币(下同)，盈利1亿元。"), "CNY");
  EXPECT_EQ(currency("澄嵐電子(97319-HK)按年及按季收入8億港元，同比創下同期新高，溢利1億元。"), "HKD");
  // An American company whose figures name no currency is told of in that of the readers.
  EXPECT_EQ(currency("輝達本週公布新產品\n\n台廠營收年增5%，新台幣升值，法人估月增3%，普發1萬元現金。"), "TWD");
}

TEST(Resolve, ANamedCurrencyIsNotThatOfTheDocument) {
  DocumentContext hong_kong = call();
  hong_kong.currency = "HKD";
  EXPECT_THAT(facts("第四季總收入為人民幣12億元。", hong_kong),
              ElementsAre("12亿元 revenue level 1200000000 CNY 2024Q4"));
  EXPECT_THAT(facts("第四季总收入为12亿美元。", hong_kong),
              ElementsAre("12亿美元 revenue level 1200000000 USD 2024Q4"));
}

TEST(Resolve, SubjectsAreTheSourceToTheLetter) {
  const std::string text = "第四季度，海外廣告收入為６億元。";
  const Extracted done = support::extracted(text, call());
  ASSERT_EQ(done.extraction.facts.size(), 1u);
  const Fact& fact = done.extraction.facts[0];
  EXPECT_NE(text.find(fact.subject), std::string::npos);
  EXPECT_NE(fact.subject.find("收入"), std::string::npos);
  EXPECT_EQ(cite(done.document.source, done.document.folded, fact.figure).text, "６億元");
}

// "收入|海外": what is measured and what limits it, of each fact.
std::vector<std::string> subjects(const std::string& text) {
  std::vector<std::string> rows;
  for (const Fact& fact : support::extracted(text, call()).extraction.facts)
    rows.push_back(fact.subject + "|" + fact.segment);
  return rows;
}

TEST(Subject, NoVerbsBeforeIt) {
  EXPECT_THAT(subjects("公司派末期息每股0.3元。"), ElementsAre("末期息每股|"));
  EXPECT_THAT(subjects("预计下季毛利率介乎18%至20%。"), ElementsAre("毛利率|"));
  EXPECT_THAT(subjects("贷款增长8%，增速较总资产增速快2.5个百分点。"), ElementsAre("贷款|", "贷款|"));
}

TEST(Subject, WhatThoseCountedSpendIsNotTheirNumber) {
  EXPECT_THAT(subjects("使用新工具的商家在展会上的总支出约占总营销支出的31%。"),
              ElementsAre("使用新工具的商家在展会上的总支出|"));
}

TEST(Subject, NoSegmentIsThatOfAllTheCompany) {
  EXPECT_THAT(subjects("受益于云业务快速增长，公司实现营收5.6亿元。"), ElementsAre("营收|"));
  EXPECT_THAT(subjects("公司业务得以恢复，实现营收5.6亿元。"), ElementsAre("营收|"));
  EXPECT_THAT(subjects("云业务快速增长，实现营收5.6亿元。"), ElementsAre("营收|云业务"));
}

TEST(Subject, TheClauseBeforeNamesThemAll) {
  EXPECT_THAT(subjects("收入方面，北部片区、南部片区表现略差，分别增长12.6%、4.1%。"),
              ElementsAre("收入|北部片区", "收入|南部片区"));
}

TEST(Subject, WhatIsHeldStandsBehind) { EXPECT_THAT(subjects("公司持有甲方51%股权。"), ElementsAre("股权|甲方")); }

// The company that a document without a manifest is taken to be about.
std::string company_of(const std::string& text) { return support::extracted(text).extraction.facts.front().company; }

TEST(Company, NoWordOfTheTitleButTheName) {
  EXPECT_EQ(company_of("业绩点评：业绩稳健增长\n\n业绩稳健，收入5亿元。业绩向好。"), "");
  EXPECT_EQ(company_of("行业与公司表现。行业收入5亿元。行业向好。行业复苏。行业如此。"), "");
  EXPECT_EQ(company_of("近日，三家药店公布财报。\n\n近日公布的收入为5亿元。近日股价上涨。近日如此。"), "");
  EXPECT_EQ(company_of("工具機大廠甲榮(97355)月營收5億元\n\n甲榮月營收5億元。"), "甲榮");
  EXPECT_EQ(company_of("法說會行情發動\n\n其中甲亞科(97408)將召開法說會，收入5億元。"), "甲亞科");
}

// The share's whole is named before the figure, and its phrase is the last of the text.
TEST(Company, APhraseBehindTheLastWordIsNoShareNamedBefore) {
  EXPECT_THAT(subjects("占股价约三成的某某"), ElementsAre("某某|某某"));
}

TEST(Company, CodesWithoutBracketsTakeLinearTime) {
  constexpr size_t kMany = 40000;  // each once looked for a bracket from its place to the beginning of the text
  std::string text = "甲公司收入5亿元。\n";
  for (size_t i = 0; i < kMany; ++i) text += "代码:600001.SH\n";
  EXPECT_EQ(support::extracted(text).extraction.facts.size(), 1);
}

TEST(Resolve, IdsAreStable) {
  const std::string text = "第四季度总收入为12亿元，同比增长8%。";
  const auto first = support::extracted(text, call()).extraction;
  const auto second = support::extracted(text, call()).extraction;
  const auto elsewhere = support::extracted(text, call(), "other.txt").extraction;
  ASSERT_EQ(first.facts.size(), 2u);
  ASSERT_EQ(elsewhere.facts.size(), 2u);
  EXPECT_EQ(first.facts[0].id, second.facts.at(0).id);
  EXPECT_NE(first.facts[0].id, first.facts[1].id);
  EXPECT_NE(first.facts[0].id, elsewhere.facts[0].id);
}

std::vector<std::string> ledger(const std::string& text) {
  const Extracted done = support::extracted(text, call());
  std::vector<std::string> rows;
  for (const LedgerRow& row : done.extraction.ledger)
    rows.push_back(fmt::format("{} {}{}", cite(done.document.source, done.document.folded, row.figure).text,
                               name(row.kind), row.kind == LedgerClass::period ? " " + row.meaning : ""));
  return rows;
}

TEST(Resolve, TheLedgerAccountsForEveryNumber) {
  EXPECT_THAT(ledger("2024年第四季度，代码为98216.HK的公司总收入为12亿元，位列第一。"),
              ElementsAre("2024年第四季度 period 2024Q4", "98216.HK identifier", "12亿元 fact", "第一 ordinal"));
}

// The first period of a text, by the ledger: "2024Q4".
std::string meaning(const std::string& text, const DocumentContext& context) {
  for (const LedgerRow& row : support::extracted(text, context).extraction.ledger)
    if (row.kind == LedgerClass::period) return row.meaning;
  return "no period";
}

struct Meaning {
  const char* text;
  const char* meaning;
};

void expect_meanings(const DocumentContext& context, const std::vector<Meaning>& cases) {
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(meaning(text, context), expected) << text;
    EXPECT_EQ(meaning(support::to_traditional(text), context), expected) << support::to_traditional(text);
  }
}

TEST(ResolvePeriods, TheTimeOfSpeakingAlone) {
  DocumentContext context;
  context.published = Date{2025, 3, 25};  // a Tuesday
  expect_meanings(context, {
                               {"2024年第四季度", "2024Q4"},
                               {"四季度", "2024Q4"},
                               {"第3季", "2024Q3"},
                               {"4Q24", "2024Q4"},
                               {"24Q4", "2024Q4"},
                               {"2024 Q4", "2024Q4"},
                               {"Q4 2024", "2024Q4"},
                               {"Q4'24", "2024Q4"},
                               {"4Q", "2024Q4"},
                               {"Q4FY24", "2024Q4"},
                               {"1QFY25", "2025Q1"},
                               {"FY25Q3", "2025Q3"},
                               {"FY2025 1Q", "2025Q1"},
                               {"第三个季度", "2024Q3"},
                               {"第三财季", "2024Q3"},
                               {"2025财年第二财季", "2025Q2"},
                               {"首季", "2024Q1"},
                               {"次季", "2024Q2"},
                               {"末季", "2024Q4"},
                               {"去年末季", "2024Q4"},
                               {"三四季度", "2024H2"},
                               {"2024年第一、二季度", "2024H1"},
                               {"2023Q4至2024Q1", "2023-10-01..2024-03-31"},
                               {"1-3Q24", "2024-01-01..2024-09-30"},
                               {"上半年", "2024H1"},
                               {"今年下半年", "2025H2"},
                               {"1H25", "2025H1"},
                               {"H1", "2024H1"},
                               {"2H", "2024H2"},
                               {"25H1", "2025H1"},
                               {"2024 1H", "2024H1"},
                               {"前三季", "2024-01-01..2024-09-30"},
                               {"头两个季度", "2024H1"},
                               {"三季报", "2024-01-01..2024-09-30"},
                               {"中报", "2024H1"},
                               {"2024年半年度报告", "2024H1"},
                               {"年报", "2024"},
                               {"2023年年报", "2023"},
                               {"全年", "2024"},
                               {"2024全年", "2024"},
                           });
  expect_meanings(context, {
                               {"2024年度", "2024"},
                               {"二零二四年", "2024"},
                               {"二四年", "2024"},
                               {"两千零八年", "2008"},
                               {"'24年", "2024"},
                               {"24年", "2024"},
                               {"98年", "1998"},
                               {"民国113年", "2024"},
                               {"113年度", "2024"},
                               {"113年Q3", "2024Q3"},
                               {"114年元月", "2025-01"},
                               {"114年6月", "2025-06"},
                               {"民国114年1-6月", "2025H1"},
                               {"西元2024年", "2024"},
                               {"2024E", "2024"},
                               {"26E", "2026"},
                               {"24E-26E", "2024..2026"},
                               {"2021、2022及2023年", "2021..2023"},
                               {"25/26/27年", "2025..2027"},
                               {"2021年至2023年", "2021..2023"},
                               {"2021~2023", "2021..2023"},
                               {"FY24-FY26", "2024..2026"},
                               {"FY24/25", "2025"},
                               {"2024/25财年", "2025"},
                               {"2024-25年度", "2025"},
                               {"90年代", "1990..1999"},
                               {"八十年代", "1980..1989"},
                               {"2010年代", "2010..2019"},
                               {"上世纪二十年代", "1920..1929"},
                               {"20世纪80年代", "1980..1989"},
                               {"本世纪", "2001..2100"},
                               {"二十一世纪", "2001..2100"},
                               {"今年", "2025"},
                               {"去年", "2024"},
                               {"大前年", "2022"},
                               {"后年", "2027"},
                               {"上年", "2024"},
                               {"次年", "2026"},
                               {"同年", "2025"},
                               {"去年底", "2024-12-31@end"},
                               {"明年初", "2026-01-01"},
                               {"年中", "2025-06-30"},
                               {"明年年中", "2026-06-30"},
                               {"年初至今", "2025-01-01..2025-03-25"},
                               {"YTD", "2025-01-01..2025-03-25"},
                               {"今年以来", "2025-01-01..2025-03-25"},
                               {"2019年至今", "2019-01-01..2025-03-25"},
                               {"自2019年以来", "2019-01-01..2025-03-25"},
                               {"年内", "2025"},
                           });
  expect_meanings(context, {
                               {"3月", "2025-03"},
                               {"4月", "2024-04"},
                               {"去年12月", "2024-12"},
                               {"2024年首9个月", "2024-01-01..2024-09-30"},
                               {"前11月", "2024-01-01..2024-11-30"},
                               {"9M24", "2024-01-01..2024-09-30"},
                               {"1-9月", "2024-01-01..2024-09-30"},
                               {"一二月", "2025-01-01..2025-02-28"},
                               {"7、8月份", "2024-07-01..2024-08-31"},
                               {"去年11月至今年2月", "2024-11-01..2025-02-28"},
                               {"2025-03", "2025-03"},
                               {"2025/3", "2025-03"},
                               {"本月", "2025-03"},
                               {"上上个月", "2025-01"},
                               {"下个月", "2025-04"},
                               {"月底", "2025-03-31@end"},
                               {"上月底", "2025-02-28@end"},
                               {"下月初", "2025-04-01"},
                               {"2月中旬", "2025-02-11..2025-02-20"},
                               {"2月下旬", "2025-02-21..2025-02-28"},
                               {"上月上旬", "2025-02-01..2025-02-10"},
                               {"6月底", "2024-06-30@end"},
                               {"2月以来", "2025-02-01..2025-03-25"},
                           });
  expect_meanings(context, {
                               {"2024年5月8日", "2024-05-08"},
                               {"5月八号", "2024-05-08"},
                               {"二零二四年五月八日", "2024-05-08"},
                               {"2024/5/8", "2024-05-08"},
                               {"2024.5.8", "2024-05-08"},
                               {"20240508", "2024-05-08"},
                               {"2024-05-08 14:30", "2024-05-08"},
                               {"5/8日", "2024-05-08"},
                               {"3月25日", "2025-03-25"},
                               {"3月26日", "2024-03-26"},
                               {"19日", "2025-03-19"},
                               {"本月8日", "2025-03-08"},
                               {"5月8日至12日", "2024-05-08..2024-05-12"},
                               {"5月8日-6月1日", "2024-05-08..2024-06-01"},
                               {"12月28日至1月3日", "2024-12-28..2025-01-03"},
                               {"2024年5月8日至2025年1月3日", "2024-05-08..2025-01-03"},
                               {"2024/5/8-5/12", "2024-05-08..2024-05-12"},
                               {"6月8、9日", "2024-06-08..2024-06-09"},
                               {"今(25)日", "2025-03-25"},
                               {"昨日(24日)", "2025-03-24"},
                               {"今日", "2025-03-25"},
                               {"昨晚8点", "2025-03-24"},
                               {"大前天", "2025-03-22"},
                               {"后天", "2025-03-27"},
                               {"本周", "2025-03-24..2025-03-30"},
                               {"上星期", "2025-03-17..2025-03-23"},
                               {"下个礼拜", "2025-03-31..2025-04-06"},
                               {"上上周", "2025-03-10..2025-03-16"},
                               {"周一", "2025-03-24"},
                               {"星期三", "2025-03-19"},
                               {"周日", "2025-03-23"},
                               {"周末", "2025-03-22..2025-03-23"},
                               {"上周五", "2025-03-21"},
                               {"下周一", "2025-03-31"},
                               {"上周末", "2025-03-22..2025-03-23"},
                               {"周一至周五", "2025-03-24..2025-03-28"},
                               {"元旦", "2025-01-01"},
                               {"2024年春节", "2024-02-10"},
                               {"国庆节", "2024-10-01"},
                               {"中秋", "2024-09-17"},
                               {"五一", "2024-05-01"},
                               {"国庆黄金周", ""},
                               {"下午3点", ""},
                               {"9时30分", ""},
                           });
  expect_meanings(context, {
                               {"三年", "P3Y"},
                               {"三年多", ""},
                               {"一年半", "P18M"},
                               {"半年", "P6M"},
                               {"两个星期", "P2W"},
                               {"连续三个季度", "P9M"},
                               {"3-5年", ""},
                               {"十多年", ""},
                               {"10年", "P10Y"},
                               {"近五年", "2020-03-26..2025-03-25"},
                               {"近半年", "2024-09-26..2025-03-25"},
                               {"过去十二个月", "2024-03-26..2025-03-25"},
                               {"过去三天", "2025-03-23..2025-03-25"},
                               {"近30日", "2025-02-24..2025-03-25"},
                               {"三年来", "2022-03-26..2025-03-25"},
                               {"未来三年", "2025-03-26..2028-03-25"},
                               {"未来两周", "2025-03-26..2025-04-08"},
                               {"三个月内", "2025-03-26..2025-06-25"},
                               {"三天前", "2025-03-22"},
                               {"5年前", "2020"},
                               {"两周后", "2025-04-07..2025-04-13"},
                               {"3个月后", "2025-06"},
                           });
  expect_meanings(context, {
                               {"截至2024年6月30日止六个月", "2024H1"},
                               {"截至6月底止六个月", "2024H1"},
                               {"截至2024年12月31日止年度", "2024"},
                               {"截至2024年9月30日止三个月", "2024Q3"},
                               {"截至2024年9月30日九个月", "2024-01-01..2024-09-30"},
                               {"截至2024年12月31日", "2024-12-31@end"},
                           });
  expect_meanings(context, {
                               {"2月30日", "impossible"},
                               {"6月31日", "impossible"},
                               {"2023年2月29日", "impossible"},
                               {"2024年2月30日", "impossible"},
                               {"2024年13月", "impossible"},
                               {"5月32日", "impossible"},
                               {"第五季度", "impossible"},
                           });
}

TEST(ResolvePeriods, TheReportsPeriod) {
  DocumentContext context = call();
  expect_meanings(context, {
                               {"第四季度", "2024Q4"},
                               {"全年", "2024"},
                               {"下半年", "2024H2"},
                               {"上季", "2024Q3"},
                               {"本季度", "2024Q4"},
                               {"下个季度", "2025Q1"},
                               {"去年", "2024"},
                               {"去年同期", "2023Q4"},
                               {"同期", "2024Q4"},
                               {"期末", "2024-12-31@end"},
                               {"报告期内", "2024Q4"},
                               {"年底", "2024-12-31@end"},
                               {"1-2月", "2025-01-01..2025-02-28"},
                               {"12月19日", "2024-12-19"},
                               {"上月", "2025-02"},
                               {"年内", "2024"},
                               {"上年", "2023"},
                               {"翌年", "2025"},
                           });
}

TEST(ResolvePeriods, AFiscalYearThatEndsInMarch) {
  DocumentContext context;
  context.published = Date{2025, 5, 20};
  context.period = Period::fiscal_year(2025, 3);
  context.fiscal_year_end_month = 3;
  context.fiscal_year_given = true;
  expect_meanings(context, {
                               {"FY25", "FY2025"},
                               {"2025财年第三季", "FY2025Q3"},
                               {"第三财季", "FY2025Q3"},
                               {"FY24/25", "FY2025"},
                               {"2024/25财年", "FY2025"},
                               {"上半年", "FY2025H1"},
                               {"全年", "FY2025"},
                               {"上财年", "FY2024"},
                               {"截至2025年3月31日止年度", "FY2025"},
                               {"截至2024年9月30日止六个月", "FY2025H1"},
                               {"2024年", "2024"},
                           });
}

TEST(ResolvePeriods, ListsShareTheirYear) {
  EXPECT_THAT(ledger("2023年一季度、二季度和三季度，门店增加。"),
              ElementsAre("2023年一季度 period 2023Q1", "二季度 period 2023Q2", "三季度 period 2023Q3"));
  EXPECT_THAT(ledger("2024年5月8日、9日，门店不营业。"),
              ElementsAre("2024年5月8日 period 2024-05-08", "9日 period 2024-05-09"));
}

TEST(ResolvePeriods, WhatOnlyLooksLikeOne) {
  for (const char* text : {"3年期债券", "第二天", "每年", "双11", "回本周期", "次年续签率", "今周刊", "39元月租"})
    EXPECT_EQ(meaning(text, call()), "no period") << text;
}

TEST(ResolvePeriods, TheLedgerSaysHow) {
  const Extracted done = support::extracted("去年，公司于3月8日开业。第四季度收入增长。", call());
  std::vector<std::string> rules;
  for (const LedgerRow& row : done.extraction.ledger) rules.push_back(row.rule);
  EXPECT_THAT(rules, ElementsAre("year;time-of-speaking", "day;before-publication", "quarter;report-year"));
}

TEST(ResolvePeriods, TheFiscalYearIsLearnedFromTheText) {
  const DocumentContext nothing;
  EXPECT_THAT(
      facts("截至2025年3月31日止年度业绩公告\n\n上半年总收入为10亿元，全年总收入为21亿元。", nothing),
      ElementsAre("10亿元 revenue level 1000000000 CNY FY2025H1", "21亿元 revenue level 2100000000 CNY FY2025"));
  EXPECT_THAT(facts("截至2024年9月30日止六个月中期业绩\n\n第二季总收入为10亿元。", nothing),
              ElementsAre("10亿元 revenue level 1000000000 CNY FY2025Q2"));
}

TEST(ResolvePeriods, TheEndOfACalendarYearLiesWithinAFiscalOne) {
  DocumentContext february;
  february.published = Date{2025, 2, 20};
  EXPECT_THAT(facts("集团截至去年底财政年度第3季盈利\n\n第三季总收入为10亿元。", february),
              ElementsAre("10亿元 revenue level 1000000000 CNY FY2025Q3"));
  EXPECT_THAT(facts("集团截至去年底中期业绩\n\n上半年总收入为10亿元。", february),
              ElementsAre("10亿元 revenue level 1000000000 CNY FY2025H1"));
}

TEST(ResolvePeriods, AComparedQuarterIsOfTheYearBefore) {
  EXPECT_THAT(facts("二季度总收入为12亿元，高于2021年第二季度的10亿元。", {}),
              ElementsAre("12亿元 revenue level 1200000000 CNY 2022Q2", "10亿元 revenue level 1000000000 CNY 2021Q2"));
}

TEST(ResolvePeriods, TheTimeOfACauseIsNotThatOfTheNextSentence) {
  DocumentContext year = call();
  year.period = Period::year_of(2024);
  EXPECT_THAT(facts("总收入为12亿元，主要是受上半年需求影响所致。净利润为3亿元。", year),
              ElementsAre("12亿元 revenue level 1200000000 CNY 2024", "3亿元 net_profit level 300000000 CNY 2024"));
}

TEST(ResolvePeriods, NoFigureIsOfALengthOfTime) {
  expect_facts({
      {"第四季度总收入为12亿元，未来三年门店增至300家。",
       {"12亿元 revenue level 1200000000 CNY 2024Q4", "300家 stores level 300 家 2024Q4 guidance"}},
  });
}

TEST(ResolvePeriods, AListThroughTheQuartersOfASpan) {
  expect_facts({
      {"24Q1-Q2毛利率分别为31%、32%。", {"31% gross_margin level 31 % 2024Q1", "32% gross_margin level 32 % 2024Q2"}},
  });
}

TEST(Resolve, ProfitsAndLossesAreOfTheKindSpokenOf) {
  expect_facts({
      {"经营亏损8亿元，去年同期亏损9亿元。",
       {"8亿元 operating_loss level 800000000 CNY 2024Q4", "9亿元 operating_loss level 900000000 CNY 2023Q4"}},
      {"每股收益为0.5元，市场预期亏损0.2元。",
       {"0.5元 eps level 0.5 CNY 2024Q4", "0.2元 eps level -0.2 CNY 2024Q4 estimate"}},
  });
}

TEST(Resolve, TheMetricMayStandRightBehindItsAmount) {
  expect_facts({
      {"化工事业部录得逾3.2亿元经营亏损。", {"3.2亿元 operating_loss level 320000000 CNY 2024Q4 over"}},
      {"公司计提8200万元资产减值损失。", {"8200万元 impairment level 82000000 CNY 2024Q4"}},
  });
}

TEST(Resolve, WhatIsTradedMovesByNoYear) {
  expect_facts({
      {"玉米期货跌0.6%，纯碱跌1.5%。",
       {"0.6% share_price change -0.6 % 2025-03-25", "1.5% share_price change -1.5 % 2025-03-25"}},
      {"收盘价49.3元，上涨0.6元。",
       {"49.3元 share_price price 49.3 CNY 2025-03-25", "0.6元 share_price change 0.6 CNY 2025-03-25"}},
      {"公司3月21日收盘价49.3元，上涨0.6元。",
       {"49.3元 share_price price 49.3 CNY 2025-03-21", "0.6元 share_price change 0.6 CNY 2025-03-21"}},
  });
}

TEST(Resolve, APeriodForComparisonIsAnAside) {
  expect_facts({
      {"6月交付1.18万辆，5月是0.95万辆，增长24%。",
       {"1.18万辆 volume_sold level 11800 辆 2024-06", "0.95万辆 volume_sold level 9500 辆 2024-05",
        "24% volume_sold mom 24 % 2024-06"}},
      {"毛利率22.3%，去年四季度是24.1%。",
       {"22.3% gross_margin level 22.3 % 2024Q4", "24.1% gross_margin level 24.1 % 2023Q4"}},
      {"第四季度收入30亿元，全年收入100亿元。毛利率40%。",
       {"30亿元 revenue level 3000000000 CNY 2024Q4", "100亿元 revenue level 10000000000 CNY 2024",
        "40% gross_margin level 40 % 2024Q4"}},
      {"2024年收入100亿元，其中第四季度收入30亿元。毛利率40%。",
       {"100亿元 revenue level 10000000000 CNY 2024", "30亿元 revenue level 3000000000 CNY 2024Q4",
        "40% gross_margin level 40 % 2024"}},
      // Nor is what follows of the one month, or of the year that is hoped for.
      {"第四季度物流板块亏损1100万元，12月当月已经打平，全年力争实现2000万元的盈利。投资收益2.4亿元。",
       {"1100万元 net_loss level 11000000 CNY 2024Q4", "2000万元 net_profit level 20000000 CNY 2024 target",
        "2.4亿元 nonoperating_income level 240000000 CNY 2024Q4"}},
  });
}

TEST(Resolve, APeriodBehindTheFigureOrBeforeItsClause) {
  expect_facts({
      {"已签约销售额300亿元，其中160亿元将在2025年下半年结算。",
       {"300亿元 contract_value level 30000000000 CNY 2024Q4",
        "160亿元 contract_value level 16000000000 CNY 2025H2 guidance"}},
      {"3月18日，大股东减持公司股份200万股。", {"200万股 other level 2000000 股 2025-03-18"}},
  });
}

TEST(Resolve, StocksGoOnFromTheDayTheyWereToldOf) {
  expect_facts({
      {"截至2025年2月底，土地储备500万平方米。内地土地储备300万平方米。收入10亿元。",
       {"500万平方米 land_bank level 5000000 平方米 2025-02-28@end",
        "300万平方米 land_bank level 3000000 平方米 2025-02-28@end", "10亿元 revenue level 1000000000 CNY 2024Q4"}},
  });
}

TEST(Resolve, WhatIsNewOfAStockIsAFlow) {
  expect_facts({
      {"3月合同销售金额62亿元。", {"62亿元 contract_value level 6200000000 CNY 2025-03"}},
      {"期末在手订单80亿元。", {"80亿元 contract_value level 8000000000 CNY 2024-12-31@end"}},
      {"第四季度贷款投放30亿元。", {"30亿元 loans level 3000000000 CNY 2024Q4"}},
      {"第四季度贷款余额900亿元。", {"900亿元 loans level 90000000000 CNY 2024-12-31@end"}},
  });
}

TEST(Resolve, AnOutlookRunsOnThroughLinesOfSpeech) {
  expect_facts({
      {"接下来请总经理\n我来讲展店\n今年呢我们的计划\n是新开三十家\n资本支出6亿元\n好的谢谢。\n\n毛利率40%。",
       {"三十家 stores change 30 家 2025 guidance", "6亿元 capex level 600000000 CNY 2025",
        "40% gross_margin level 40 % 2024Q4"}},
  });
}

TEST(Resolve, WhatFramesASentenceReachesItsLaterClauses) {
  expect_facts({
      {"由2月1日至3月18日，港澳销售额跌3%，内地销售额跌5%。",
       {"3% revenue yoy -3 % 2025-02-01..2025-03-18", "5% revenue yoy -5 % 2025-02-01..2025-03-18"}},
      {"预订已恢复至2019年同期的120%；平台收入同比增长70%。",
       {"120% other change 120 % 2024Q4", "70% revenue yoy 70 % 2024Q4"}},
      {"上半年盈利4亿元，前年下半年则赚1亿元。每股派息0.2元。",
       {"4亿元 net_profit level 400000000 CNY 2024H1", "1亿元 net_profit level 100000000 CNY 2023H2",
        "0.2元 dps level 0.2 CNY 2024H1"}},
  });
}

TEST(Resolve, WhatIsOfTheYearJustNamedAndWhatOfTheReport) {
  expect_facts({
      {"2022年，公司全年净利润为9亿元。", {"9亿元 net_profit level 900000000 CNY 2022"}},
      {"第三季度收入3亿元。报告期内，净利润1亿元。",
       {"3亿元 revenue level 300000000 CNY 2024Q3", "1亿元 net_profit level 100000000 CNY 2024Q4"}},
  });
}

TEST(Resolve, ListsOfPeriodsBeforeTheClause) {
  expect_facts({
      {"2022年/2023年/2024年，各年管理费用2亿元/3亿元/4亿元。",
       {"2亿元 admin_expenses level 200000000 CNY 2022", "3亿元 admin_expenses level 300000000 CNY 2023",
        "4亿元 admin_expenses level 400000000 CNY 2024"}},
  });
}

// What a quarter is held against ends where its part of the sentence does.
TEST(Resolve, AQuarterHeldAgainstAnotherEndsWithItsPartOfTheSentence) {
  expect_facts({
      {"第4季营收68亿元，营业利益11亿元，上季则是营业损失1.3亿元；税后纯益9.27亿元，每股纯益2.06元。",
       {"68亿元 revenue level 6800000000 CNY 2024Q4", "11亿元 operating_profit level 1100000000 CNY 2024Q4",
        "1.3亿元 operating_loss level 130000000 CNY 2024Q3", "9.27亿元 net_profit level 927000000 CNY 2024Q4",
        "2.06元 eps level 2.06 CNY 2024Q4"}},
  });
}

TEST(Resolve, WithoutADateTheLatestTimeToldOfDatesTheOthers) {
  EXPECT_EQ(facts("7月销量6万辆。根据统计，2023年7月装机量27万辆。", DocumentContext{}),
            (std::vector<std::string>{"6万辆 volume_sold level 60000 辆 2023-07",
                                      "27万辆 volume_sold level 270000 辆 2023-07"}));
}

TEST(Resolve, AnAnswerIsOfThePeriodAskedFor) {
  expect_facts({
      {"长岭股份业绩说明会。\n\n问：2025年怎么看？\n答：收入会达到50亿元。",
       {"50亿元 revenue level 5000000000 CNY 2025 guidance"}},
  });
}

TEST(Resolve, AParagraphGoesOnWithThePeriodThatLedTheLast) {
  expect_facts({
      {"第四季度盈利4亿元。\n\n2023年收入40亿元。\n\n税前盈利5亿元，期内减值2亿元。",
       {"4亿元 net_profit level 400000000 CNY 2024Q4", "40亿元 revenue level 4000000000 CNY 2023",
        "5亿元 other level 500000000 CNY 2023", "2亿元 other level 200000000 CNY 2023"}},
  });
}

TEST(Resolve, LengthsOfYearsAreThoseThatAreOver) {
  expect_facts({
      {"近三年现金分红合计12亿元。", {"12亿元 dividend level 1200000000 CNY 2022..2024"}},
      {"近三年毛利率分别为20%、22%、25%。",
       {"20% gross_margin level 20 % 2022", "22% gross_margin level 22 % 2023", "25% gross_margin level 25 % 2024"}},
      {"公司产品的质保期为三年。门店30家。", {"30家 stores level 30 家 2024Q4"}},
  });
}

TEST(Resolve, TheMonthBeforeAndUnlikeSpans) {
  expect_facts({
      {"2025年3月销量8万辆，环比增长12%。",
       {"8万辆 volume_sold level 80000 辆 2025-03", "12% volume_sold mom 12 % 2025-03"}},
      {"2025年1-3月销售额同比下降16%，较1-2月降低3pct。",
       {"16% revenue yoy -16 % 2025Q1", "3pct revenue change -3 pp 2025Q1"}},
  });
}

TEST(Resolve, LedgerAndFactsPointAtEachOther) {
  const Extracted done = support::extracted("第四季度总收入和净利润同比均增长8%，毛利率为31%。", call());
  std::vector<int> seen(done.extraction.facts.size());
  for (const LedgerRow& row : done.extraction.ledger) {
    EXPECT_EQ(row.kind == LedgerClass::fact, !row.facts.empty());
    for (const uint32_t i : row.facts) {
      ASSERT_LT(i, done.extraction.facts.size());
      EXPECT_EQ(done.extraction.facts[i].figure, row.figure);
      ++seen[i];
    }
  }
  for (const int times : seen) EXPECT_EQ(times, 1);
}

// What grows is what the figure before is of, known metric or not.
TEST(Resolve, AGrowthIsOfTheFigureBeforeIt) {
  expect_facts({
      {"第四季度出租率为81%，同比升5个百分点。平均房租3100元，同比跌4.2%，环比升6%。",
       {"81% utilisation level 81 % 2024Q4", "5个百分点 utilisation yoy 5 pp 2024Q4",
        "3100元 price price 3100 CNY 2024Q4", "4.2% price yoy -4.2 % 2024Q4", "6% price qoq 6 % 2024Q4"}},
      {"第四季度销量31万辆，同比增长12%，其中混动车型9万辆，同比增长21%。",
       {"31万辆 volume_sold level 310000 辆 2024Q4", "12% volume_sold yoy 12 % 2024Q4",
        "9万辆 volume_sold level 90000 辆 2024Q4", "21% volume_sold yoy 21 % 2024Q4"}},
      {"11位分析师对公司2025年每股收益做出预估，其中位数为3.2元。",
       {"11位 other level 11 人 2024Q4", "3.2元 eps level 3.2 CNY 2025 estimate"}},
  });
}

// A company that the text gives the code of owns what follows its name, until
// another is named, and is none where something is done to it.
TEST(Resolve, CompaniesNamedWithTheirCodes) {
  const auto companies = [](const std::string& text) {
    std::vector<std::string> all;
    for (const Fact& fact : support::extracted(text, call()).extraction.facts)
      all.push_back(support::fold(fact.company));
    return all;
  };
  EXPECT_THAT(companies("光学厂澄岚(9381-TW)第四季营收5亿元，年增12%；同业屿和(9382-TW)营收3亿元。\n\n"
                        "屿和毛利率为31%。澄岚向屿和采购1亿元。"),
              ElementsAre("澄岚", "澄岚", "屿和", "屿和", "澄岚"));
  EXPECT_THAT(companies("澄岚(9381-TW)、屿和(9382-TW)每股收益分别为1.2元、1.5元。"), ElementsAre("澄岚", "屿和"));
  EXPECT_THAT(companies("澄岚(9381-TW)公布财报，同业屿和(9382-TW)亦然。每股收益前两名为屿和1.5元、澄岚1.2元。"),
              ElementsAre("屿和", "澄岚"));
  // What is left out does not speak.
  EXPECT_THAT(companies("澄岚(9381-TW)公布财报。不考虑屿和(9382-TW)，核心业务收入5亿元。"), ElementsAre("澄岚"));
  // A year in brackets is no code.
  EXPECT_THAT(companies("产业发展报告(2024)显示，第四季度收入为5亿元。"), ElementsAre(""));
}

// The company that a text is about, though no lexicon has it.
TEST(Resolve, TheCompanyThatReports) {
  const auto company = [](const std::string& text) { return support::extracted(text).extraction.context.company; };
  EXPECT_EQ(company("8月20日，澄岚电子公布2024年半年报，实现营业收入5亿元。"), "澄岚电子");
  EXPECT_EQ(company("澄岚电子27日披露年报，2024年净利润为1亿元。"), "澄岚电子");
  EXPECT_EQ(company("澄岚电子2024三季报显示，公司主营收入5亿元。"), "澄岚电子");
  EXPECT_EQ(company("澄地中期盈利跌18%\n\n澄地截至2024年6月底中期盈利按年跌18%至7亿元。"), "澄地");
  EXPECT_EQ(company("今日，澄岚科技股份有限公司（以下简称“澄岚股份”，301991.SZ）上市，发行价为5元。"), "澄岚股份");
  EXPECT_EQ(company("本月推出新平台（以下简称“澄岚云”，5G版），第四季度收入5亿元。"), "");
  EXPECT_EQ(company("国家统计局公布，2024年5月出口增长8%。"), "");
  EXPECT_EQ(company("公司发布2024年年报，收入5亿元。"), "");
  EXPECT_EQ(company("岭东澄岚实业有限公司（简称“澄岚集团”）公布2024年年报，收入5亿元。"), "澄岚集团");
  EXPECT_EQ(company("8月10日，澄岚网络(CHLN.US)公布2024年第二季度业绩，收入5亿元。"), "澄岚网络");
  EXPECT_EQ(company("歡迎大家今日來參加澄嵐科技114年第四季的法人說明會\n第四季營收5億元"), "澄嵐科技");
  EXPECT_EQ(company("一、和澄信贷财报：收入5亿元。和澄信贷发布了2024年财报。和澄信贷贷款8亿元，和澄信贷股价下跌。"),
            "和澄信贷");
}

// Named behind the first figures, or far behind the head, it is one of many.
TEST(Resolve, ACompanyTheTextIsNotAbout) {
  const auto context = [](const std::string& text) { return support::extracted(text).extraction.context; };
  const DocumentContext many =
      context("去年三板公司营收超5000亿元\n\n据统计，351家公司2024年营收共5585亿元，获利王是澄岚(97769-TW)。");
  EXPECT_EQ(many.company, "");
  EXPECT_EQ(many.ticker, "");
  std::string far = "游戏行业的故事讲得风生水起。";
  while (far.size() < 1300) far += "多家厂商拥抱新的技术，市场竞争激烈。";
  EXPECT_EQ(context(far + "渠道商包括苏宁易购。第四季度收入为5亿元。").company, "");
}

// 【甲:…】 and what 甲公告 are of 甲, where as many announce something.
TEST(Resolve, ADigestOfAnnouncements) {
  const std::string text =
      "盘后公告集锦\n\n【澄岚股份：拟投资3亿元】澄岚股份公告，公司拟投资3亿元建厂。\n\n"
      "【屿和电子：中标5亿元项目】屿和电子公告，公司中标5亿元项目。\n\n"
      "【汀洲药业：回购】汀洲药业公告，公司已回购2亿元。\n\n【岚桥重工：回购】岚桥重工公告，公司已回购4亿元。";
  std::vector<std::string> companies;
  for (const Fact& fact : support::extracted(text, call()).extraction.facts) companies.push_back(fact.company);
  EXPECT_THAT(companies, ElementsAre("澄岚股份", "澄岚股份", "屿和电子", "屿和电子", "汀洲药业", "岚桥重工"));
}

TEST(Resolve, AHeadingNamesTheCompanyOfItsSection) {
  const std::string text =
      "一、澄嵐(97381)\n\n營運狀況：今年7月營收3億元。\n\n二、嶼和(97382)\n\n營運狀況：今年7月營收5億元。";
  std::vector<std::string> companies;
  for (const Fact& fact : support::extracted(text, call()).extraction.facts) companies.push_back(fact.company);
  EXPECT_THAT(companies, ElementsAre("澄嵐", "嶼和"));
}

// Without a day of publication: 今年 is a year that is not over, and a goal alone dates nothing.
TEST(Resolve, TheYearOfAReportThatSaysThisYear) {
  const auto period = [](const std::string& text) { return support::extracted(text).extraction.context.period.text(); };
  EXPECT_EQ(period("公司发布上半年财报。今年上半年收入为30亿元。2020年净利润为4亿元，2020年研发投入1亿元。"), "2021H1");
  EXPECT_EQ(period("公司发布2020年半年报。今年上半年收入为30亿元。2019年净利润为4亿元。"), "2020H1");
  EXPECT_EQ(period("业绩点评\n\n2021Q2收入31亿元，2021Q2利润3亿元。预计Q3收入33亿元，预计Q3利润4亿元。"
                   "Q3新品上市，Q3费用率平稳为5%。"),
            "2021Q2");
  EXPECT_EQ(period("今年上半年收入为30亿元。2020年，公司上半年净利润为4亿元。"), "2020H1");
  EXPECT_EQ(period("上半年收入30亿元。新厂目标2027年竣工。"), "");
  DocumentContext context;
  context.published = {2021, 9, 3};
  EXPECT_EQ(
      support::extracted("公司2011年上市，募资5亿元。目前有员工300人。", context).extraction.context.period.text(), "");
}

// 按年及按季 are of one thing; an index is no share; from one part of a year to another both have been.
TEST(Resolve, WhatIsSaidOfOneThing) {
  expect_facts({
      {"第四季度净利息收入233亿元，按年及按季分别跌3%及0.2%；第四季度非利息收入194亿元，按年及按季分别升34%及1%。",
       {"233亿元 net_interest_income level 23300000000 CNY 2024Q4", "3% net_interest_income yoy -3 % 2024Q4",
        "0.2% net_interest_income qoq -0.2 % 2024Q4", "194亿元 other level 19400000000 CNY 2024Q4",
        "34% other yoy 34 % 2024Q4", "1% other qoq 1 % 2024Q4"}},
      {"3月21日恒指收报23,157点，跌259点。",
       {"23,157点 index_level level 23157 点 2025-03-21", "259点 index_level change -259 点 2025-03-21"}},
      {"上周碳酸锂均价下跌2.4%。", {"2.4% price change -2.4 % 2025-03-17..2025-03-23"}},
      {"派末期息每股30.8分，以股份合并及削减股本后计，按年减少近18%。",
       {"30.8分 dps level 0.308 CNY 2024Q4", "18% dps yoy -18 % 2024Q4 near"}},
  });
}

TEST(Resolve, SharesAnnouncedInTheSameSentence) {
  expect_facts({{"第四季度从各产品收入比重来看，锁具60%、门窗31%、拉手9%。",
                 {"60% revenue share 60 % 2024Q4", "31% revenue share 31 % 2024Q4", "9% revenue share 9 % 2024Q4"}}});
}

TEST(Resolve, ProfitsWithoutWhatIsNotRecurring) {
  expect_facts({
      {"2024年扣除非经常性损益后净利润盈利5亿元。", {"5亿元 recurring_net_profit level 500000000 CNY 2024"}},
      {"撇除一次性因素，2024年盈利5亿元，按年升8%。",
       {"5亿元 recurring_net_profit level 500000000 CNY 2024", "8% recurring_net_profit yoy 8 % 2024"}},
  });
}

// A title that looks ahead does not make the day of its byline an old one.
TEST(Resolve, TheDayOfTheByline) {
  const Extracted done = support::extracted("澄岚2026年营运挑战新高\n\n记者某某 2025-11-17 16:53\n\n10月营收增长3%。");
  EXPECT_EQ(done.extraction.facts.at(0).period.text(), "2025-10");
}

TEST(Resolve, YearsAndWhatThereIsOfTheLast) {
  expect_facts({{"2021年至2023年上半年，公司收入分别为5亿元、6亿元、3亿元。",
                 {"5亿元 revenue level 500000000 CNY 2021", "6亿元 revenue level 600000000 CNY 2022",
                  "3亿元 revenue level 300000000 CNY 2023H1"}}});
}

TEST(Resolve, RangesWhoseUpperEndIsBound) {
  expect_facts({{"料2024年收入按年跌逾18%至逾27%。", {"18%至逾27% revenue yoy -27..-18 % 2024 range guidance"}}});
}

TEST(Resolve, ListsOfUnlikeMeasures) {
  expect_facts({
      {"第四季度收入、客流量、毛利率同比分别下降5%、6%、1.1个百分点。",
       {"5% revenue yoy -5 % 2024Q4", "6% other yoy -6 % 2024Q4", "1.1个百分点 gross_margin yoy -1.1 pp 2024Q4"}},
      {"第四季度毛利率45%/+1.2pct。", {"45% gross_margin level 45 % 2024Q4", "+1.2pct gross_margin yoy 1.2 pp 2024Q4"}},
  });
}

TEST(Resolve, LossesWithoutAWordOfTheirOwn) {
  expect_facts({
      {"2024年EBITDA为900万元，上年同期亏损2.1亿元。",
       {"900万元 ebitda level 9000000 CNY 2024", "2.1亿元 ebitda level -210000000 CNY 2023"}},
      {"2024年净利率为-3%。", {"-3% net_margin level -3 % 2024"}},
  });
}

TEST(Resolve, WhatABareNumberCounts) {
  expect_facts({
      {"第四季度月均有效人力达13万。", {"13万 other level 130000 人 2024Q4"}},
      {"2024年公司拿出1.35亿的分红。", {"1.35亿 dividend level 135000000 CNY 2024"}},
      {"公司还有20亿可转债处在转股期。", {"20亿 debt level 2000000000 CNY 2024-12-31@end"}},
      {"另外34.15亿资金来自银行。", {"34.15亿 other level 3415000000 CNY 2024Q4"}},
      {"第四季度合同销售面积42.5万方。", {"42.5万方 volume_sold level 425000 平方米 2024Q4"}},
  });
}

TEST(Resolve, NothingWhereThereIsNoFigure) {
  for (const char* text : {"", "\n", "公司重视研发。", "謝謝大家。", "，。；", "Q: Hello?\nA: Thank you."}) {
    EXPECT_THAT(facts(text), IsEmpty()) << text;
    EXPECT_THAT(ledger(text), IsEmpty()) << text;
  }
}

std::vector<std::string> statuses(const std::string& text) {
  std::vector<std::string> found;
  for (const Fact& fact : support::extracted(text, call()).extraction.facts) found.emplace_back(name(fact.status));
  return found;
}

// What is expected goes on through the sentence, until what has happened.
// The unit, and what the document is about, say which metric a name is.
TEST(Metric, IsWhatTheUnitAllows) {
  expect_facts({{"2024年派息10亿元，每10股派5.2元。",
                 {"10亿元 dividend level 1000000000 CNY 2024", "5.2元 dps level 5.2 CNY 2024"}},
                {"2024年末我们在台湾有186家店，海外31家。",
                 {"186家店 stores level 186 家 2024-12-31@end", "31家 stores level 31 家 2024-12-31@end"}},
                {"2024年分红占净利润的50%。", {"50% payout_ratio share 50 % 2024"}},
                {"第四季度定期存款成本下降7个基点。", {"7个基点 other yoy -7 bp 2024Q4"}},
                {"2024年经调整净利润41亿元，净利率13%。",
                 {"41亿元 adjusted_net_profit level 4100000000 CNY 2024", "13% adjusted_net_margin level 13 % 2024"}},
                {"2024年人工成本增长6%，占收入比下降0.7个百分点。",
                 {"6% other yoy 6 % 2024", "0.7个百分点 expense_ratio yoy -0.7 pp 2024"}}});
}

TEST(Metric, OfADeveloperAndOfABank) {
  expect_facts({{"2024年公司签约面积为80万平方米，新增土储面积60万平方米。2024年销售额为120亿元。",
                 {"80万平方米 volume_sold level 800000 平方米 2024", "60万平方米 land_bank level 600000 平方米 2024",
                  "120亿元 contract_value level 12000000000 CNY 2024"}},
                {"2024年销售额为120亿元。", {"120亿元 revenue level 12000000000 CNY 2024"}}});
}

TEST(Status, AnOutlookReachesTheFiguresBehindIt) {
  EXPECT_THAT(statuses("预计全年收入为30亿元，同比增长10%，毛利率约为35%。"),
              ElementsAre("guidance", "guidance", "guidance"));
  EXPECT_THAT(statuses("集團預計，下半年收入為30億元。"), ElementsAre("guidance"));
  EXPECT_THAT(statuses("预计2025年收入增长10%，2024年收入为20亿元。"), ElementsAre("guidance", "actual"));
  EXPECT_THAT(statuses("公司计划新开300家门店，目前已有门店200家。"), ElementsAre("guidance", "actual"));
  EXPECT_THAT(statuses("2027年产能为30万吨。"), ElementsAre("guidance"));
  EXPECT_THAT(statuses("我们的目标是收入达到50亿元。"), ElementsAre("target"));
}

// Verbs of what is to come, plans in a name, lists that are announced, and speech that goes on.
TEST(Status, WhatIsToCome) {
  EXPECT_THAT(statuses("2025年收入会增加到30亿元，明年将新开20家门店。"), ElementsAre("guidance", "guidance"));
  EXPECT_THAT(statuses("股东大会提高股息至2元。"), ElementsAre("actual"));
  EXPECT_THAT(statuses("资本开支计划为30亿元，目标派息率为40%。"), ElementsAre("guidance", "target"));
  EXPECT_THAT(statuses("今年的财务指引如下：\n1. 收入增长5%；\n2. 毛利率为31%。"), ElementsAre("guidance", "guidance"));
  EXPECT_THAT(statuses("我们的目标\n毛利率做到三成\n上一季度费用率是12%\n"), ElementsAre("target", "actual"));
}

TEST(Status, AComparisonIsOfWhatWas) {
  EXPECT_THAT(statuses("预计2024年净亏损2亿元至3亿元，上年同期盈利1亿元；每股亏损0.5元。"),
              ElementsAre("guidance", "actual", "guidance"));
  EXPECT_THAT(statuses("预计2025年收入为30亿元，高于去年同期的20亿元。"), ElementsAre("guidance", "actual"));
  EXPECT_THAT(statuses("机构展望未来，今年前两个月收入增长5%。"), ElementsAre("actual"));
  EXPECT_THAT(statuses("公司发布业绩预告，前三季度净利润3亿元。"), ElementsAre("guidance"));
  EXPECT_THAT(statuses("未来三年收入复合增速为20%，市场预期净利润3亿元。"), ElementsAre("guidance", "estimate"));
}

TEST(Status, AYardstickIsNoOutlook) {
  EXPECT_THAT(statuses("收入好过预期，净利润为3亿元。"), ElementsAre("actual"));
  EXPECT_THAT(statuses("净利润为3亿元，高于市场预期的2.5亿元。"), ElementsAre("actual", "estimate"));
  EXPECT_THAT(statuses("每股盈利8.02元，远多于预期的6.77元。"), ElementsAre("actual", "estimate"));
  EXPECT_THAT(statuses("预计今年总开支为1140亿元，多过去年的951亿元。"), ElementsAre("guidance", "actual"));
}

TEST(Status, WhoSpeaks) {
  EXPECT_THAT(statuses("高盛预计公司全年收入为30亿元，同比增长10%。"), ElementsAre("estimate", "estimate"));
  EXPECT_THAT(statuses("我们预计公司2025年收入为30亿元。维持“买入”评级。"), ElementsAre("estimate"));
  EXPECT_THAT(statuses("我们预计全年收入为30亿元。"), ElementsAre("guidance"));
  EXPECT_THAT(statuses("券商看好前景。預估2025年收入為30億元。公司預計淨利潤為3億元。"),
              ElementsAre("estimate", "guidance"));
}

// Plain 元 of a mainland text is yuan, whatever else is named in it.
TEST(Currency, OfAMainlandTextIsYuan) {
  DocumentContext unknown;
  unknown.published = Date{2025, 3, 25};
  EXPECT_THAT(facts("全市场成交额为5亿元，同比增长3%。代工厂收入新台币100亿元，净利润新台币20亿元。", unknown),
              testing::Contains(testing::HasSubstr("500000000 CNY")));
}

// Cells are read by the labels of their row and column, and by the caption.
TEST(Tables, RowsOfMetricsAndColumnsOfTime) {
  expect_facts(
      {{"主要财务指标（单位：人民币百万元，每股数据除外）\n项目\t2024年\t2023年\t变动（%）\n"
        "营业收入\t8,932\t8,914\t0.2\n归母净利润\t(23)\t41\t不适用\n基本每股收益（元）\t0.160\t-0.128\t25.0\n",
        {"8,932 revenue level 8932000000 CNY 2024", "8,914 revenue level 8914000000 CNY 2023",
         "0.2 revenue yoy 0.2 % 2024", "(23) net_profit_attributable level -23000000 CNY 2024",
         "41 net_profit_attributable level 41000000 CNY 2023", "0.160 eps level 0.160 CNY 2024",
         "-0.128 eps level -0.128 CNY 2023", "25.0 eps yoy 25.0 % 2024"}}});
}

TEST(Tables, RowsOfTimeAndColumnsOfMetrics) {
  expect_facts({{"月份\t月營收\t年增率\t月增率\n25/2\t129.6億\t31%\t-6%\n25/1\t138億\t-3%\t11%\n",
                 {"129.6亿 revenue level 12960000000 CNY 2025-02", "31% revenue yoy 31 % 2025-02",
                  "-6% revenue mom -6 % 2025-02", "138亿 revenue level 13800000000 CNY 2025-01",
                  "-3% revenue yoy -3 % 2025-01", "11% revenue mom 11 % 2025-01"}}});
}

TEST(Tables, RowsOfProductsUnderSpannedHeads) {
  expect_facts(
      {{"\t2024年\t\t2023年\t\n产品\t营业收入（万元）\t毛利率\t营业收入（万元）\t毛利率\n"
        "电缆\t1,200\t20.5%\t1,000\t19.5%\n合计\t1,200\t20.5%\t1,000\t19.5%\n",
        {"1,200 revenue level 12000000 CNY 2024", "20.5% gross_margin level 20.5 % 2024",
         "1,000 revenue level 10000000 CNY 2023", "19.5% gross_margin level 19.5 % 2023",
         "1,200 revenue level 12000000 CNY 2024", "20.5% gross_margin level 20.5 % 2024",
         "1,000 revenue level 10000000 CNY 2023", "19.5% gross_margin level 19.5 % 2023"}}});
}

TEST(Tables, CaptionsNameMetricUnitAndForecast) {
  expect_facts({{"一、发电量（单位：亿千瓦时）\n电源\t2024年\t同比（%）\n火电\t148.6\t-4.3\n水电\t32\t1.5\n",
                 {"148.6 production level 14860000000 千瓦时 2024", "-4.3 production yoy -4.3 % 2024",
                  "32 production level 3200000000 千瓦时 2024", "1.5 production yoy 1.5 % 2024"}},
                {"市场预估EPS\n\n预估值\t2026年(前值)\t2027年\n最高值\t2.9(2.7)\t3\n平均值\t2.1(2.0)\t2.5\n",
                 {"2.9 eps level 2.9 CNY 2026 estimate", "2.7 eps level 2.7 CNY 2026 estimate",
                  "3 eps level 3 CNY 2027 estimate", "2.1 eps level 2.1 CNY 2026 estimate",
                  "2.0 eps level 2.0 CNY 2026 estimate", "2.5 eps level 2.5 CNY 2027 estimate"}}});
}

TEST(Tables, MarkdownAndAlignedColumnsAreRead) {
  const std::vector<std::string> rows = {"5亿元 revenue level 500000000 CNY 2024", "12% revenue yoy 12 % 2024"};
  EXPECT_EQ(facts("| 指标 | 2024年 | 同比 |\n|---|---:|---:|\n| 收入 | 5亿元 | 12% |\n"), rows);
  EXPECT_EQ(facts("指标      2024年     同比\n收入      5亿元      12%\n收入      5亿元      12%\n").size(), 4U);
}

TEST(Tables, WordsInACellSayThemselvesWhatTheyMeasure) {
  EXPECT_EQ(
      facts("| 项目 | 2024年 | 说明 |\n|---|---|---|\n| 收入 | 约5亿元 | 毛利率为31%，费用率为8%。 |\n| 净利润 | "
            "3亿元 | 无 |\n"),
      (std::vector<std::string>{"5亿元 revenue level 500000000 CNY 2024 about", "31% gross_margin level 31 % 2024Q4",
                                "8% expense_ratio level 8 % 2024Q4", "3亿元 net_profit level 300000000 CNY 2024"}));
  EXPECT_EQ(facts("项目\t2025年指引\n收入\t5亿元\n项目\t6亿元\n").front(),
            "5亿元 revenue level 500000000 CNY 2025 guidance");
}

TEST(Tables, RowsSetInArePartsOfTheRowAbove) {
  expect_facts(
      {{"單位：百萬元\n項目          2024年   2023年\n營業額        6,482    5,914\n  建築        3,905    3,420\n"
        "行政開支        518      497\n",
        {"6,482 revenue level 6482000000 CNY 2024", "5,914 revenue level 5914000000 CNY 2023",
         "3,905 revenue level 3905000000 CNY 2024", "3,420 revenue level 3420000000 CNY 2023",
         "518 admin_expenses level 518000000 CNY 2024", "497 admin_expenses level 497000000 CNY 2023"}}});
}

// One row with a metric of its own makes no statement; and amounts below a ratio are none of it.
TEST(Tables, TheCaptionNamesWhatMostRowsAreOf) {
  expect_facts({{"分部业绩（单位：百万元）\n分部\t2024年\n建筑\t390\n酒店\t(25)\n合计\t365\n经营溢利\t315\n",
                 {"390 operating_profit level 390000000 CNY 2024", "(25) operating_profit level -25000000 CNY 2024",
                  "365 operating_profit level 365000000 CNY 2024", "315 operating_profit level 315000000 CNY 2024"}},
                {"净利差分析（单位：百万元）\n项目\t2024年\n投资\t16,108\n同业\t1,859\n",
                 {"16,108 other level 16108000000 CNY 2024", "1,859 other level 1859000000 CNY 2024"}}});
}

TEST(Tables, BothSignsOfANameAndChangesThatAreItems) {
  expect_facts(
      {{"单位：百万元\n项目\t2024年\t2023年\n年内溢利／（亏损）\t71\t(765)\n公允价值变动\t(436)\t120\n",
        {"71 net_profit level 71000000 CNY 2024", "(765) net_profit level -765000000 CNY 2023",
         "(436) nonoperating_income level -436000000 CNY 2024", "120 nonoperating_income level 120000000 CNY 2023"}}});
}

TEST(Tables, SubUnitsAndAmountsThatAreCalledLikeRates) {
  expect_facts({{"单位：百万元\n项目\t2024年\t2023年\n融资成本\t287\t341\n每股盈利（港仙）\t5.9\t6.1\n",
                 {"287 other level 287000000 CNY 2024", "341 other level 341000000 CNY 2023",
                  "5.9 eps level 0.059 HKD 2024", "6.1 eps level 0.061 HKD 2023"}}});
}

// Subject and segment, to the letter of the source.
TEST(Tables, SubjectsAreLabels) {
  const Extracted done = support::extracted("產品\t營業收入（萬元）\n電纜\t1,200\n合計\t1,200\n", call());
  ASSERT_EQ(done.extraction.facts.size(), 2U);
  EXPECT_EQ(done.extraction.facts[0].subject, "營業收入");
  EXPECT_EQ(done.extraction.facts[0].segment, "電纜");
  EXPECT_EQ(done.extraction.facts[1].segment, "");
}

// A number of a table whose labels say nothing is in the ledger, not in the facts.
TEST(Tables, WhatLabelsDoNotSayIsUnresolved) {
  const Extracted done = support::extracted("甲\t乙\n丙\t12\n丁\t13\n", call());
  EXPECT_THAT(done.extraction.facts, IsEmpty());
  EXPECT_EQ(std::count_if(done.extraction.ledger.begin(), done.extraction.ledger.end(),
                          [](const LedgerRow& row) { return row.kind == LedgerClass::unresolved; }),
            2);
}

}  // namespace
}  // namespace jiyao
