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

TEST(Resolve, NothingWhereThereIsNoFigure) {
  for (const char* text : {"", "\n", "公司重视研发。", "謝謝大家。", "，。；", "Q: Hello?\nA: Thank you."}) {
    EXPECT_THAT(facts(text), IsEmpty()) << text;
    EXPECT_THAT(ledger(text), IsEmpty()) << text;
  }
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
