// An analyst's sheet against what documents state: how labels are read, where
// tables are found, and each verdict; then the command and its report as a user
// has them.
#include "pipeline/reconcile/reconcile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "pipeline/read/workbook.h"
#include "pipeline/reconcile/label.h"
#include "pipeline/reconcile/layout.h"
#include "pipeline/run/reconcile.h"
#include "pipeline/write/report.h"
#include "tests/support/program.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;
using namespace reconciling;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const LabelReader& reader() {
  static const LabelReader made = label_reader(support::line());
  return made;
}

const Words& words() {
  static const Words made(support::line().rules);
  return made;
}

// --- labels

std::string told(const std::string& label) {
  const Label read = read_label(reader().fold(label), words());
  std::string out;
  for (const Target& target : read.targets) {
    out += (out.empty() ? "" : " or ") + target.metric;
    if (!target.segment.empty()) out += "/" + target.segment;
    break;
  }
  if (!read.segment.empty()) out += "part " + read.segment;
  if (!read.basis.empty()) out += " " + read.basis;
  if (read.unit.says_something()) out += " [" + read.unit.text() + "]";
  if (!read.status.empty()) out += " " + read.status;
  if (read.rolling) out += " rolling";
  return out;
}

TEST(Label, MetricsInEitherLanguageAndScript) {
  EXPECT_EQ(told("總收入"), "revenue");
  EXPECT_EQ(told("Total revenues"), "revenue");
  EXPECT_EQ(told("Turnover"), "revenue");
  EXPECT_EQ(told("GP"), "gross_profit");
  EXPECT_EQ(told("GPM"), "gross_margin");
  EXPECT_EQ(told("S&M"), "selling_expenses");
  EXPECT_EQ(told("NPATMI"), "net_profit_attributable");
  EXPECT_EQ(told("Adj. net profit"), "adjusted_net_profit");
  EXPECT_EQ(told("Net profit (non-GAAP)"), "adjusted_net_profit");
  EXPECT_EQ(told("Net profit/(loss)"), "net_profit");
  EXPECT_EQ(told("FCF"), "free_cash_flow");
  EXPECT_EQ(told("Gross margin (unaudited)"), "gross_margin");
}

TEST(Label, UnitsBehindIt) {
  EXPECT_EQ(told("收入（百万元）"), "revenue [10^6]");
  EXPECT_EQ(told("Revenue (RMB mn)"), "revenue [CNY 10^6]");
  EXPECT_EQ(told("Revenue, HK$m"), "revenue [HKD 10^6]");
  EXPECT_EQ(told("GMV（億元）"), "gmv [10^8]");
  EXPECT_EQ(told("Gross margin (%)"), "gross_margin [%]");
  EXPECT_EQ(told("Gross margin %"), "gross_margin [%]");
  EXPECT_EQ(told("DAU (mn)"), "dau [10^6]");
  EXPECT_EQ(told("EPS (HK cents)"), "eps [HKD 10^-2]");
}

TEST(Label, PartsAndBases) {
  EXPECT_EQ(told("广告收入"), "revenue/=online_marketing");
  EXPECT_EQ(told("Revenue - Advertising"), "revenue/=online_marketing");
  EXPECT_EQ(told("  Advertising"), "part =online_marketing");
  EXPECT_EQ(told("其中：海外"), "part =overseas");
  EXPECT_EQ(told("- 海外"), "part =overseas");
  EXPECT_EQ(told("Revenue YoY"), "revenue yoy");
  EXPECT_EQ(told("  同比增速（%）"), " yoy [%]");
  EXPECT_EQ(told("环比"), " qoq");
  EXPECT_EQ(told("R&D as % of revenue"), "rnd_expenses share");
  EXPECT_EQ(told("研发费用率"), "rnd_expenses share");
  EXPECT_EQ(told("占收入比"), " share");
  EXPECT_EQ(told("EBITDA (TTM)"), "ebitda rolling");
}

// 会员 measures something by itself, but not as the beginning of a longer name.
TEST(Label, AMetricIsNoBeginningOfAWord) {
  EXPECT_EQ(told("会员及增值服务"), "part 会员及增值");
  EXPECT_EQ(told("公平值变动"), "part 公平值变动");
  EXPECT_EQ(told("变动"), " yoy");
}

TEST(Units, AllOfTheTextOrNone) {
  const auto unit = [](const char* text) {
    const auto read = words().unit(reader().fold(text));
    return read ? read->text() : "none";
  };
  EXPECT_EQ(unit("人民幣百萬元"), "CNY 10^6");
  EXPECT_EQ(unit("RMB'000"), "CNY 10^3");
  EXPECT_EQ(unit("in millions of US$"), "USD 10^6");
  EXPECT_EQ(unit("单位：千元"), "10^3");
  EXPECT_EQ(unit("NT$ mn"), "TWD 10^6");
  EXPECT_EQ(unit("RMB mn unless otherwise stated"), "CNY 10^6");
  EXPECT_EQ(unit("亿"), "10^8");
  EXPECT_EQ(unit("ppt"), "pp");
  EXPECT_EQ(unit("members"), "none");
  EXPECT_EQ(unit("Revenue"), "none");
  EXPECT_EQ(unit(""), "none");
}

// --- periods of headers

std::string head(const std::string& text) {
  SheetCell cell;
  cell.kind = CellKind::text;
  cell.text = text;
  const PeriodHead read = read_head(cell, words(), reader());
  return read.period.text() + (read.any_length ? " any" : "") + (read.status.empty() ? "" : " " + read.status);
}

TEST(Head, Periods) {
  for (const char* text :
       {"2024Q4", "4Q24", "Q4 2024", "24Q4", "2024年第四季度", "四季度2024", "113年Q4", "4Q24A", "4Q24 (unaudited)"})
    EXPECT_EQ(head(text).substr(0, 6), "2024Q4") << text;
  for (const char* text : {"2024", "FY2024", "FY24", "2024年", "2024年度"}) EXPECT_EQ(head(text), "2024") << text;
  EXPECT_EQ(head("1H24"), "2024H1");
  EXPECT_EQ(head("9M24"), "2024-01-01..2024-09-30");
  EXPECT_EQ(head("2024E"), "2024 estimate");
  EXPECT_EQ(head("4Q24E"), "2024Q4 estimate");
  EXPECT_EQ(head("2025 guidance"), "2025 estimate");
  EXPECT_EQ(head("2024A"), "2024 actual");
  EXPECT_EQ(head("Dec-24"), "2024-12-31@end any");
  EXPECT_EQ(head("Quarter ended 31 December 2024"), "2024Q4");
  EXPECT_EQ(head("2024-12-31@end"), "2024-12-31@end");
  EXPECT_EQ(head("2024-01-01..2024-09-30"), "2024-01-01..2024-09-30");
  EXPECT_EQ(head("TTM 4Q24"), "");
  EXPECT_EQ(head("Revenue"), "");
  EXPECT_EQ(head("4Q23 vs 4Q24"), "");
}

// --- verdicts

class Reconcile : public support::Program {
 protected:
  // "revenue|广告|2024Q4|yoy|13.3|1|%", with company 示例 and what follows:
  // qualifier, status, company.
  MetricsTable table(const std::vector<std::string>& facts) const {
    std::ofstream out(folder_ / "metrics.csv");
    out << "fact_id,document,company,ticker,metric,metric_zh,segment,period,period_start,period_end,basis,base,value,"
           "value_low,value_high,decimals,unit,qualifier,status,figure,quote,line,column,char_start,char_end,link\n";
    int at = 0;
    for (const std::string& fact : facts) {
      auto f = support::split(fact, '|');
      f.resize(10);
      const Period period = Period::parse(f[2], 3);
      const size_t dots = f[4].find("..");
      const std::string value =
          dots == f[4].npos ? f[4] + ",," : "," + f[4].substr(0, dots) + "," + f[4].substr(dots + 2);
      out << "f-" << at << ",call.txt," << (f[9].empty() ? "示例科技" : f[9]) << ",," << f[0] << "," << f[0] << ","
          << f[1] << "," << f[2] << "," << period.start.iso() << "," << period.end.iso() << "," << f[3] << ",," << value
          << "," << f[5] << "," << f[6] << "," << f[7] << "," << (f[8].empty() ? "actual" : f[8]) << "," << f[4]
          << ",原文" << at << "。," << at + 1 << ",1," << at << "," << at + 1 << ",audit/call.txt.html#f-" << at
          << "\n";
      ++at;
    }
    out.close();
    auto read = read_metrics(folder_ / "metrics.csv");
    if (const auto* error = std::get_if<ReadError>(&read)) ADD_FAILURE() << error->message;
    return std::get<MetricsTable>(std::move(read));
  }

  // "B2 supported f0" for each cell, and what is said of the whole.
  std::vector<std::string> verdicts(const std::string& csv, const std::vector<std::string>& facts,
                                    const std::string& company = "示例") {
    auto read = parse_workbook(csv, "model.csv");
    workbook_ = std::get<Workbook>(std::move(read));
    result_ = reconcile(workbook_, table(facts), support::line(), {.company = company});
    std::vector<std::string> lines;
    for (const CheckedCell& checked : result_.cells) {
      const SheetCell& cell = workbook_.sheets[checked.sheet].cells[checked.cell];
      std::string line = cell_name(cell.row, cell.column) + " " + name(checked.verdict);
      if (checked.row != kNone) line += " f" + std::to_string(checked.row);
      lines.push_back(line);
    }
    return lines;
  }

  Workbook workbook_;
  Reconciliation result_;
};

const char* const kRevenue = "revenue||2024Q4|level|35400000000|-8|CNY";

TEST_F(Reconcile, PrintedDigitsOfBothSides) {
  const auto of = [&](const std::string& number) {
    return verdicts("RMB mn,4Q24\nRevenue," + number + "\n", {kRevenue});
  };
  EXPECT_THAT(of("\"35,400\""), ElementsAre("B2 supported f0"));
  EXPECT_THAT(of("\"35,384.6\""), ElementsAre("B2 rounding f0"));
  EXPECT_THAT(of("\"35,349\""), ElementsAre("B2 contradicted f0"));
  EXPECT_THAT(of("\"35,350\""), ElementsAre("B2 rounding f0"));
  EXPECT_THAT(of("\"35,451\""), ElementsAre("B2 contradicted f0"));
}

TEST_F(Reconcile, ASheetWithFewerDigitsIsSupported) {
  const auto of = [&](const std::string& number) {
    return verdicts("RMB bn,4Q24\nRevenue," + number + "\n", {kRevenue});
  };
  EXPECT_THAT(of("35"), ElementsAre("B2 supported f0"));
  EXPECT_THAT(of("35.4"), ElementsAre("B2 supported f0"));
  EXPECT_THAT(of("35.3"), ElementsAre("B2 contradicted f0"));
  EXPECT_THAT(of("36"), ElementsAre("B2 contradicted f0"));
}

TEST_F(Reconcile, SignAndUnit) {
  EXPECT_THAT(verdicts(",4Q24\nRevenue YoY,2.0%\n", {"revenue||2024Q4|yoy|-2|0|%"}), ElementsAre("B2 sign f0"));
  EXPECT_THAT(verdicts("RMB mn,4Q24\nG&A,8660\n", {"admin_expenses||2024Q4|level|866000000|-6|CNY"}),
              ElementsAre("B2 unit f0"));
  EXPECT_THAT(result_.cells[0].note, HasSubstr("10 times smaller"));
  EXPECT_THAT(verdicts("HK$ mn,4Q24\nRevenue,35400\n", {kRevenue}), ElementsAre("B2 unit f0"));
  EXPECT_THAT(result_.cells[0].note, HasSubstr("HKD in the sheet, CNY in the document"));
  // Another currency and another number: nothing is known.
  EXPECT_THAT(verdicts("HK$ mn,4Q24\nRevenue,38000\n", {kRevenue}), ElementsAre("B2 not_found"));
  EXPECT_THAT(verdicts(",4Q24\nGross margin YoY (%),0.9\n", {"gross_margin||2024Q4|yoy|0.9|1|pp"}),
              ElementsAre("B2 unit f0"));
  EXPECT_THAT(verdicts(",4Q24\nGross margin YoY (pp),0.9\n", {"gross_margin||2024Q4|yoy|0.9|1|pp"}),
              ElementsAre("B2 supported f0"));
}

TEST_F(Reconcile, AUnitThatIsNotSaidIsFoundOut) {
  EXPECT_THAT(verdicts("项目,4Q24\n收入,35384\n", {kRevenue}), ElementsAre("B2 rounding f0"));
  EXPECT_THAT(result_.cells[0].note, HasSubstr("does not say its unit; read as 10^6"));
  EXPECT_THAT(verdicts("项目,4Q24\n收入同比,0.087\n", {"revenue||2024Q4|yoy|8.7|1|%"}), ElementsAre("B2 supported f0"));
}

TEST_F(Reconcile, AUnitBesideOtherWords) {
  EXPECT_THAT(verdicts("\"RMB mn, FYE Dec\",\n,4Q24\n收入,354\n", {kRevenue}), ElementsAre("B3 unit f0"));
  for (const char* title : {"示例科技 (1234 HK)", "\"示例科技, HK\""})
    EXPECT_THAT(verdicts(std::string(title) + ",\n,4Q24\n收入,35384\n", {kRevenue}), ElementsAre("B3 rounding f0"));
  EXPECT_THAT(verdicts("HK mn,4Q24\n收入,35384\n", {kRevenue}), ElementsAre("B2 unit f0"));
}

TEST_F(Reconcile, TimesAndPercent) {
  EXPECT_THAT(verdicts(",4Q24\n收入同比,260%\n", {"revenue||2024Q4|yoy|2.6|1|x"}), ElementsAre("B2 supported f0"));
}

TEST_F(Reconcile, VagueWords) {
  const auto of = [&](const std::string& number, const std::string& qualifier) {
    return verdicts(",4Q24\nDAU (mn)," + number + "\n", {"dau||2024Q4|level|400000000|-8|人|" + qualifier});
  };
  EXPECT_THAT(of("401", "over"), ElementsAre("B2 rounding f0"));
  EXPECT_THAT(of("470", "over"), ElementsAre("B2 rounding f0"));
  EXPECT_THAT(of("700", "over"), ElementsAre("B2 not_found"));
  EXPECT_THAT(of("300", "over"), ElementsAre("B2 contradicted f0"));
  EXPECT_THAT(of("415", "about"), ElementsAre("B2 rounding f0"));
  EXPECT_THAT(verdicts(",2025E\nGross margin,30%\n", {"gross_margin||2025|level|29..31|0|%|range|guidance"}),
              ElementsAre("B2 rounding f0"));
}

TEST_F(Reconcile, ForecastsAreHeldAgainstForecasts) {
  const std::vector<std::string> facts = {"eps||2025|level|8.9|1|TWD||estimate", "eps||2025|level|7.0|1|TWD"};
  EXPECT_THAT(verdicts("NT$,2025E\nEPS,8.9\n", facts), ElementsAre("B2 supported f0"));
  EXPECT_THAT(verdicts("NT$,2025A\nEPS,8.9\n", facts), ElementsAre("B2 contradicted f1"));
  // What someone else expected does not contradict what a column says plainly.
  EXPECT_THAT(verdicts("NT$,2025\nEPS,9.5\n", {facts[0]}), ElementsAre("B2 not_found"));
}

TEST_F(Reconcile, ExpensesInBracketsAndLosses) {
  const std::string cost = "cost_of_revenue||2024Q4|level|16300000000|-8|CNY";
  EXPECT_THAT(verdicts("RMB mn,4Q24\nCost of revenue,\"(16,300)\"\n", {cost}), ElementsAre("B2 supported f0"));
  const std::string loss = "net_loss||2024Q4|level|500000000|-6|CNY";
  EXPECT_THAT(verdicts("RMB mn,4Q24\nNet profit,(500)\n", {loss}), ElementsAre("B2 supported f0"));
  EXPECT_THAT(verdicts("RMB mn,4Q24\nNet profit,500\n", {loss}), ElementsAre("B2 sign f0"));
  EXPECT_THAT(verdicts("RMB mn,4Q24\nNet loss,500\n", {"net_profit||2024Q4|level|-500000000|-6|CNY"}),
              ElementsAre("B2 supported f0"));
}

TEST_F(Reconcile, SeveralStatements) {
  EXPECT_THAT(verdicts("RMB bn,4Q24\nRevenue,35.4\n", {"revenue||2024Q4|level|34500000000|-8|CNY", kRevenue}),
              ElementsAre("B2 supported f1"));
  EXPECT_THAT(result_.cells[0].opposing, ElementsAre(0u));
  EXPECT_THAT(result_.unused, IsEmpty());
}

TEST_F(Reconcile, AnotherPeriodOrPartIsAHint) {
  EXPECT_THAT(verdicts("RMB bn,3Q24\nRevenue,35.4\n", {kRevenue}), ElementsAre("B2 not_found"));
  EXPECT_THAT(result_.cells[0].note, HasSubstr("stated of 2024Q4: call.txt:1:1"));
  EXPECT_THAT(verdicts("RMB bn,4Q24\nRevenue,35.4\n", {"revenue|巴西|2024Q4|level|35400000000|-8|CNY"}),
              ElementsAre("B2 not_found"));
  EXPECT_THAT(result_.cells[0].note, HasSubstr("stated of “巴西”"));
  EXPECT_THAT(verdicts("RMB bn,4Q24\nFCF,35.4\n", {kRevenue}), ElementsAre("B2 not_found"));
  EXPECT_THAT(result_.cells[0].note, HasSubstr("call.txt:1:1"));
}

TEST_F(Reconcile, PartsByAnyOfTheirNames) {
  const std::vector<std::string> facts = {"revenue|在線營銷服務|2024Q4|level|20600000000|-8|CNY",
                                          "revenue|在線營銷服務|2024Q4|yoy|13.3|1|%"};
  EXPECT_THAT(verdicts("RMB bn,4Q24\nRevenue,\n  Advertising,20.6\n    YoY,13.3%\n", facts),
              ElementsAre("B3 supported f0", "B4 supported f1"));
  EXPECT_THAT(verdicts("单位：亿元,4Q24\n收入拆分,\n线上营销服务,206\n同比,13.3%\n", facts),
              ElementsAre("B3 supported f0", "B4 supported f1"));
  EXPECT_THAT(verdicts("RMB bn,4Q24\nRevenue,20.6\n", facts), ElementsAre("B2 not_found"));
}

// --- layouts

const std::vector<std::string> kTwoYears = {"revenue||2023Q4|level|32600000000|-8|CNY", kRevenue,
                                            "revenue||2024Q4|yoy|8.7|1|%", "revenue||2024|level|126900000000|-8|CNY",
                                            "gross_margin||2024Q4|level|54.0|1|%"};

TEST_F(Reconcile, PeriodsDownMetricsAcross) {
  EXPECT_THAT(verdicts("RMB bn,Revenue,Gross margin\n4Q23,32.6,\n4Q24,35.4,54.0%\n2024,126.9,\n", kTwoYears),
              ElementsAre("B2 supported f0", "B3 supported f1", "C3 supported f4", "B4 supported f3"));
}

TEST_F(Reconcile, YearsAboveQuarters) {
  EXPECT_THAT(verdicts("RMB bn,2023,2024,\n,Q4,Q4,FY\nRevenue,32.6,35.4,126.9\n", kTwoYears),
              ElementsAre("B3 supported f0", "C3 supported f1", "D3 supported f3"));
}

TEST_F(Reconcile, BasesAsColumns) {
  EXPECT_THAT(verdicts("亿元,2024Q4,同比\n收入,354,8.7%\n", kTwoYears),
              ElementsAre("B2 supported f1", "C2 supported f2"));
  EXPECT_THAT(verdicts("亿元,2024Q4,,2023Q4\n,数值,同比,数值\n收入,354,8.7%,326\n", kTwoYears),
              ElementsAre("B3 supported f1", "C3 supported f2", "D3 supported f0"));
  // The change is of the later of the two, whichever stands first.
  EXPECT_THAT(verdicts("亿元,2024Q4,2023Q4,变动\n收入,354,326,8.7%\n", kTwoYears),
              ElementsAre("B2 supported f1", "C2 supported f0", "D2 supported f2"));
}

TEST_F(Reconcile, APeriodInTheTitle) {
  EXPECT_THAT(verdicts("2024Q4\n指标,数值（亿元）,同比\n收入,354,8.7%\n", kTwoYears),
              ElementsAre("B3 supported f1", "C3 supported f2"));
}

TEST_F(Reconcile, QuarterEndsAsDates) {
  EXPECT_THAT(verdicts("RMB bn,Sep-24,Dec-24\nRevenue,31.1,35.4\n", kTwoYears),
              ElementsAre("B2 not_found", "C2 supported f1"));
}

TEST_F(Reconcile, OneNumberInEachRow) {
  EXPECT_THAT(verdicts("指标,期间,口径,数值,单位\n收入,2024Q4,,354,亿元\n收入,2024Q4,同比,8.7,%\n毛利率,2024Q4,,55,%\n",
                       kTwoYears),
              ElementsAre("D2 supported f1", "D3 supported f2", "D4 contradicted f4"));
  EXPECT_THAT(
      verdicts(
          "Company,Metric,Period,Value,Unit\n示例科技,Revenue,4Q24,35.4,RMB bn\nOther Ltd,Revenue,4Q24,35.4,RMB bn\n",
          kTwoYears, ""),
      ElementsAre("D2 supported f1", "D3 not_found"));
}

TEST_F(Reconcile, MetricsByTheirIds) {
  EXPECT_THAT(verdicts("metric,period,value,unit\ngross_margin,2024Q4,54,%\ncost_of_revenue,2024Q4,16300000000,CNY\n",
                       {"gross_margin||2024Q4|level|54|0|%", "cost_of_revenue||2024Q4|level|16300000000|-8|CNY"}),
              ElementsAre("C2 supported f0", "C3 supported f1"));
}

TEST_F(Reconcile, ChangesAreNoLevels) {
  EXPECT_THAT(verdicts("metric,period,basis,value\nstores,2024Q4,change,-240\nstores,2024Q4,level,7346\n",
                       {"stores||2024Q4|level|7346|0|", "stores||2024Q4|change|-240|0|"}),
              ElementsAre("D2 supported f1", "D3 supported f0"));
}

TEST_F(Reconcile, TwoTablesOnASheet) {
  EXPECT_THAT(verdicts("RMB bn,4Q24\nRevenue,35.4\n\n亿元,2024\n收入,1269\n", kTwoYears),
              ElementsAre("B2 supported f1", "B5 supported f3"));
}

TEST_F(Reconcile, AFiscalYearByItsName) {
  const std::vector<std::string> facts = {"revenue||FY2025|level|6482000000|-6|HKD"};
  EXPECT_THAT(verdicts("HK$m,FY25\nRevenue,6482\n", facts), ElementsAre("B2 supported f0"));
  EXPECT_THAT(verdicts("HK$m,FY24\nRevenue,6482\n", facts), ElementsAre("B2 not_found"));
}

TEST_F(Reconcile, WhomASheetIsAbout) {
  const std::vector<std::string> facts = {kRevenue,
                                          "revenue||2024Q4|level|9900000000|-8|CNY||actual|另一家股份有限公司"};
  EXPECT_THAT(verdicts("另一家 model,,\nRMB bn,4Q24\nRevenue,9.9\n", facts, ""), ElementsAre("B3 supported f1"));
  // Nobody knows whose it is: it may be supported, but not contradicted.
  EXPECT_THAT(verdicts("RMB bn,4Q24\nRevenue,12.3\n", facts, ""), ElementsAre("B2 not_found"));
  EXPECT_THAT(result_.notes, ElementsAre(HasSubstr("--company")));
}

TEST_F(Reconcile, WhatTheSheetLacks) {
  verdicts("RMB bn,4Q24\nRevenue,35.4\n", kTwoYears);
  // Of the column's period; not 2023Q4, not the year.
  EXPECT_THAT(result_.unused, ElementsAre(2u, 4u));
}

TEST_F(Reconcile, EmptiesAndWordsAreNoNumbers) {
  EXPECT_THAT(verdicts("RMB bn,4Q23,4Q24,1Q25,2Q25\nRevenue,-,n.a.,N/M,\nNote 5,see text,,,\n", kTwoYears), IsEmpty());
}

// Any sheet gives verdicts or none, and ends.
TEST_F(Reconcile, TotalOnAnySheet) {
  for (const char* csv : {"", "\n\n", ",,,\n", "4Q24\n", "4Q24,4Q24\n4Q24,4Q24\n", "Revenue,1e999\n",
                          "a,4Q24\nRevenue,99999999999999999999\n", "((((,4Q24\n)(,5\n",
                          "4Q24,x\n,\"=cmd|'/c calc'!A0\"\n", "公司,指标,期间,数值\n,,,\n,,,5\n"})
    EXPECT_NO_THROW(verdicts(csv, kTwoYears)) << csv;
}

// --- the command

class Command : public Reconcile {
 protected:
  int run(const std::string& arguments) {
    const support::Outcome done = Program::run("reconcile " + arguments);
    out_ = done.out;
    err_ = done.err;
    return done.status;
  }

  std::string out_;
  std::string err_;
};

TEST_F(Command, DataAndExitStatus) {
  table(kTwoYears);
  write("good.csv", "RMB bn,4Q24\nRevenue,35.4\n");
  write("bad.csv", "RMB bn,4Q24\nRevenue,36.4\n=cmd|'/c calc'!A0,5\n");
  write("none.csv", "RMB bn,1Q20\nRevenue,1.5\n");
  EXPECT_EQ(run("good.csv . --format csv"), 0);
  EXPECT_THAT(out_, HasSubstr("Sheet1,B2,Revenue · 2024Q4,示例科技,revenue,,2024Q4,level,CNY "
                              "10^9,35.4,35400000000,supported,35400000000,"));
  EXPECT_THAT(err_, HasSubstr("1 cell checked: 1 supported, 0 rounding, 0 contradicted"));
  EXPECT_EQ(run("bad.csv . --format json"), 1);
  EXPECT_THAT(out_, HasSubstr("\"verdict\":\"contradicted\""));
  EXPECT_EQ(run("bad.csv . --format csv"), 1);
  EXPECT_THAT(out_, HasSubstr("'=cmd|'/c calc'!A0"));
  EXPECT_EQ(run("none.csv metrics.csv --format csv"), 1);
  EXPECT_EQ(run("nowhere.csv . --format csv"), 2);
  EXPECT_THAT(err_, HasSubstr("nowhere.csv: cannot be read"));
  EXPECT_EQ(run("good.csv . --format csv --company 无此"), 2);
  EXPECT_EQ(run("good.csv ."), 2);
  EXPECT_EQ(run("--help"), 0);
}

TEST_F(Command, TheInputsAreNotWritten) {
  table(kTwoYears);
  const std::string sheet = "RMB bn,4Q24\nRevenue,35.4\n";
  write("model.csv", sheet);
  EXPECT_EQ(run("model.csv . -o ./model.csv"), 2);
  EXPECT_THAT(err_, HasSubstr("is one of the inputs"));
  EXPECT_EQ(run("model.csv . -o metrics.csv"), 2);
  EXPECT_EQ(run("model.csv . -o nowhere/report.xlsx"), 2);
  EXPECT_THAT(err_, HasSubstr("no such folder"));
  fs::create_directory(folder_ / "folder");
  fs::create_symlink("/dev/null", folder_ / "link.xlsx");
  for (const char* name : {"folder", "link.xlsx"}) {
    EXPECT_EQ(run(std::string("model.csv . -o ") + name), 2);
    EXPECT_THAT(err_, HasSubstr("is no plain file"));
  }
  EXPECT_TRUE(fs::remove(folder_ / "link.xlsx") && fs::remove(folder_ / "folder"));
  EXPECT_EQ(run("model.csv . -o " + std::string(250, 'n') + ".xlsx"), 2);
  EXPECT_THAT(err_, testing::EndsWith(".xlsx: cannot be written; is the disk full, or its folder closed?\n"));
  EXPECT_THAT(err_, testing::Not(HasSubstr("ERROR")));
  EXPECT_EQ(run("model.csv . -o report.xlsx"), 0);
  EXPECT_EQ(support::contents(folder_ / "model.csv"), sheet);
  EXPECT_THAT(names("."), ElementsAre(".err", ".in", ".out", "metrics.csv", "model.csv", "report.xlsx"));
}

// A spreadsheet calls a report with a control in it damaged; so does read_workbook().
TEST_F(Command, WhatXmlHasNotIsReplacedInTheReport) {
  table({"revenue|广\x02告|2024Q4|level|35400000000|-8|CNY"});
  write("model\x01.csv", "RMB bn,4Q24\n广\x02告 Revenue,35.4\n\x7F_x0041_\x1F,\xEF\xBF\xBE\n");
  run("'model\x01.csv' . -o report.xlsx --company 示例");
  const auto report = read_workbook(folder_ / "report.xlsx");
  ASSERT_TRUE(std::holds_alternative<Workbook>(report)) << std::get<ReadError>(report).message;
  std::string texts;
  for (const Sheet& sheet : std::get<Workbook>(report).sheets)
    for (const SheetCell& cell : sheet.cells) texts += cell.text + "\n";
  EXPECT_THAT(texts, HasSubstr("广\xEF\xBF\xBD告 Revenue\n"));
  EXPECT_THAT(texts, HasSubstr("_x005F_x0041_\xEF\xBF\xBD\n"));
}

TEST_F(Command, TheSameBytes) {
  table(kTwoYears);
  write("model.csv", "RMB bn,4Q24\nRevenue,35.4\n");
  EXPECT_EQ(run("model.csv . -o a.xlsx"), 0);
  sleep(2);  // a ZIP counts every other second
  EXPECT_EQ(run("model.csv . -o b.xlsx"), 0);
  EXPECT_TRUE(support::contents(folder_ / "a.xlsx") == support::contents(folder_ / "b.xlsx"));
}

// The report read back by another library: what the analyst had is as it was,
// and colours, comments and links are where they belong.
TEST_F(Command, TheReportReadBack) {
  if (std::system("/usr/bin/python3 -c 'import openpyxl' 2>/dev/null") != 0) GTEST_SKIP() << "needs python3-openpyxl";
  const fs::path data = support::root() / "tests" / "data" / "sheet";
  fs::create_directories(folder_ / "out");
  const std::string extract = "timeout 60 '" JIYAO_BINARY "' extract -q '" + (support::root() / "corpus").string() +
                              "' -o '" + (folder_ / "out").string() + "'";
  ASSERT_EQ(std::system(extract.c_str()), 0);
  EXPECT_EQ(run("'" + (data / "platform-model.xlsx").string() + "' out -o report.xlsx --format csv"), 1) << err_;
  write("verdicts.csv", out_);
  const std::string check = "/usr/bin/python3 '" + (data / "read_back.py").string() + "' '" +
                            (data / "platform-model.xlsx").string() + "' '" + (folder_ / "report.xlsx").string() +
                            "' '" + (folder_ / "verdicts.csv").string() + "' 1>&2";
  EXPECT_EQ(std::system(check.c_str()), 0);
}

}  // namespace
}  // namespace jiyao
