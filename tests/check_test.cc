// Findings from hand-made extractions: what each check must report, and what
// it must not. The company is invented.
#include "pipeline/check/check.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/support.h"

namespace jiyao {
namespace {

// A call as the resolver would hand it on: a line is a paragraph, 。 ends a
// sentence. Figures and periods are named in the order of the text. The text is
// Simplified and half width, so it is its own folded copy.
class Call {
 public:
  explicit Call(std::string text, const char* report = "2024Q4") {
    document_.source.document = "call.txt";
    document_.source.text = text;
    document_.source.index_lines();
    document_.folded.text = std::move(text);
    extraction_.context.period = Period::parse(report);
    cut();
  }

  // The next place where `figure` stands; a later call may name the same place.
  Fact& fact(const char* figure, const char* metric, const char* period, Basis basis, const char* value, int decimals,
             const char* unit) {
    const auto [span, sentence] = next(figure, fact_at_);
    Fact f;
    f.figure = span;
    f.sentence = sentence;
    f.metric = f.metric_en = f.metric_zh = metric;
    f.subject = metric;
    f.period = Period::parse(period);
    f.basis = basis;
    f.value = Decimal::parse(value);
    f.decimals = decimals;
    f.unit = unit;
    extraction_.facts.push_back(f);
    return extraction_.facts.back();
  }
  // 億元, no decimals.
  Fact& yi(const char* figure, const char* metric, const char* period) {
    const std::string digits(figure, std::string_view(figure).find_first_not_of("0123456789."));
    const auto value = Decimal::parse(digits)->scaled(8);
    const int decimals = -8 - Decimal::parse(digits)->exponent();
    return fact(figure, metric, period, Basis::level, value.to_string().c_str(), decimals, "CNY");
  }
  Fact& percent(const char* figure, const char* metric, const char* period, Basis basis) {
    const std::string digits(figure, std::string_view(figure).find('%'));
    return fact(figure, metric, period, basis, digits.c_str(), -Decimal::parse(digits)->exponent(), "%");
  }
  void period(const char* figure, const char* meaning) {
    LedgerRow row;
    row.kind = LedgerClass::period;
    row.figure = next(figure, period_at_).first;
    row.meaning = meaning;
    extraction_.ledger.push_back(row);
  }

  const std::vector<Finding>& run() {
    check(document_, extraction_, support::line().checker);
    return extraction_.findings;
  }
  std::vector<std::string> report() {
    std::vector<std::string> lines;
    for (const Finding& f : run()) {
      const bool certain = f.severity == Severity::contradiction;
      lines.push_back(f.check + (certain ? " contradiction " : " suspicious ") + f.stated + " [" + f.computed_low +
                      ", " + f.computed_high + "]");
    }
    return lines;
  }
  Extraction& extraction() { return extraction_; }

 private:
  void cut() {
    const std::string& text = document_.folded.text;
    constexpr std::string_view kStop = "。";
    for (size_t line = 0; line < text.size();) {
      const size_t end = std::min(text.find('\n', line), text.size());
      Block block;
      block.span = {static_cast<uint32_t>(line), static_cast<uint32_t>(end)};
      for (size_t at = line; at < end;) {
        const size_t stop = text.find(kStop, at);
        const size_t after = stop < end ? stop + kStop.size() : end;
        document_.sentences.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(after)},
                                       static_cast<uint32_t>(document_.blocks.size())});
        at = after;
      }
      document_.blocks.push_back(block);
      line = end + 1;
    }
  }

  std::pair<Span, uint32_t> next(std::string_view figure, size_t& from) {
    const size_t at = document_.folded.text.find(figure, from);
    EXPECT_NE(at, std::string::npos) << figure;
    from = at + 1;
    const Span span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + figure.size())};
    uint32_t sentence = 0;
    while (sentence + 1 < document_.sentences.size() && document_.sentences[sentence + 1].span.begin <= at) ++sentence;
    return {span, sentence};
  }

  Document document_;
  Extraction extraction_;
  size_t fact_at_ = 0;
  size_t period_at_ = 0;
};

using Lines = std::vector<std::string>;

// --- share

Call share_call(const char* share, const char* base = "总收入") {
  Call call(std::string("2024年第四季度总收入256亿元。2024年第四季度广告收入137亿元,占总收入的") + share + "。");
  call.period("2024年第四季度", "2024Q4");
  call.period("2024年第四季度", "2024Q4");
  call.yi("256亿元", "revenue", "2024Q4").subject = "总收入";
  call.yi("137亿元", "revenue", "2024Q4").segment = "广告";
  Fact& f = call.percent(share, "revenue", "2024Q4", Basis::share);
  f.segment = "广告";
  f.base = base;
  return call;
}

TEST(CheckShare, ReportsWhatNoRoundingJoins) {
  Call call = share_call("63.5%");
  EXPECT_EQ(call.report(), Lines{"share contradiction 63.5 [53.2, 53.8]"});
  const Finding& f = call.extraction().findings.front();
  EXPECT_EQ(
      f.message_en,
      "revenue (广告, 2024Q4) share of 总收入: 137亿元 (line 1) / 256亿元 (line 1) = 53.2% to 53.8%, stated 63.5%");
  EXPECT_EQ(f.message_zh,
            "revenue（广告，2024Q4）占总收入的比例：137亿元（第1行） / 256亿元（第1行） = 53.2% 至 53.8%，写作 63.5%");
  EXPECT_EQ(f.facts, (std::vector<uint32_t>{2, 1, 0}));
  for (const Fact& fact : call.extraction().facts) EXPECT_EQ(fact.findings, std::vector<std::string>{f.id});
}

// 136.5 / 257 is 53.11%, 138 / 255.5 is 54.01%; a share of one decimal reaches 0.05 below and 0.1 above.
TEST(CheckShare, RoundedAndCutOffNumbersAgree) {
  for (const char* share : {"53.1%", "53.5%", "54.0%", "53%"}) EXPECT_EQ(share_call(share).report(), Lines{}) << share;
  for (const char* share : {"53.0%", "54.1%"}) EXPECT_EQ(share_call(share).report().size(), 1u) << share;
}

TEST(CheckShare, BaseIsFoundByItsWordsOrByAName) {
  EXPECT_EQ(share_call("63.5%", "公司营收").report().size(), 1u);
  EXPECT_EQ(share_call("63.5%", "总成本").report(), Lines{});  // nothing in the text is called so
  EXPECT_EQ(share_call("63.5%", "海外收入").report(), Lines{});
}

TEST(CheckShare, WithoutNamedPeriodItIsSuspiciousAtMost) {
  Call call("总收入256亿元。广告收入137亿元,占总收入的63.5%。");
  call.yi("256亿元", "revenue", "2024Q4");
  call.yi("137亿元", "revenue", "2024Q4").segment = "广告";
  Fact& f = call.percent("63.5%", "revenue", "2024Q4", Basis::share);
  f.segment = "广告";
  f.base = "总收入";
  EXPECT_EQ(call.report(), Lines{"share suspicious 63.5 [53.2, 53.8]"});
}

TEST(CheckShare, QualifiedOrRoundNumbersAreSuspiciousAtMost) {
  Call call("广告收入137亿元,占总收入256亿元的逾63.5%。");
  call.yi("137亿元", "revenue", "2024Q4").segment = "广告";
  call.yi("256亿元", "revenue", "2024Q4");
  Fact& f = call.percent("63.5%", "revenue", "2024Q4", Basis::share);
  f.segment = "广告";
  f.base = "总收入";
  f.qualifier = Qualifier::over;
  EXPECT_EQ(call.report(), Lines{"share suspicious 63.5 [53.2, 53.8]"});
}

TEST(CheckShare, ForecastsAndSharesLargerThanTheWholeAreLeftAlone) {
  Call forecast("广告收入137亿元,占总收入256亿元的63.5%。");
  forecast.yi("137亿元", "revenue", "2024Q4").segment = "广告";
  forecast.yi("256亿元", "revenue", "2024Q4");
  Fact& f = forecast.percent("63.5%", "revenue", "2024Q4", Basis::share);
  f.segment = "广告";
  f.base = "总收入";
  f.status = Status::guidance;
  EXPECT_EQ(forecast.report(), Lines{});

  Call larger("广告收入506亿元,占总收入256亿元的63.5%。");
  larger.yi("506亿元", "revenue", "2024Q4").segment = "广告";
  larger.yi("256亿元", "revenue", "2024Q4");
  Fact& g = larger.percent("63.5%", "revenue", "2024Q4", Basis::share);
  g.segment = "广告";
  g.base = "总收入";
  EXPECT_EQ(larger.report(), Lines{});
}

TEST(CheckShare, AnyOfSeveralStatedLevelsAcquits) {
  Call call("2024年第四季度总收入278亿元。2024年第四季度总收入216亿元。2024年第四季度广告收入137亿元,占总收入63.5%。");
  for (int i = 0; i < 3; ++i) call.period("2024年第四季度", "2024Q4");
  call.yi("278亿元", "revenue", "2024Q4").subject = "总收入";
  call.yi("216亿元", "revenue", "2024Q4").subject = "收入合计";
  call.yi("137亿元", "revenue", "2024Q4").segment = "广告";
  Fact& f = call.percent("63.5%", "revenue", "2024Q4", Basis::share);
  f.segment = "广告";
  f.base = "总收入";
  EXPECT_EQ(call.report(), Lines{});  // 137 / 216 is 63.4%
}

// --- growth

Call growth_call(const char* before, const char* now, const char* growth, const char* words = "") {
  Call call(std::string(words) + "毛利从" + before + "增至" + now + ",同比变动" + growth + "。");
  call.yi(before, "gross_profit", "2023Q4");
  call.yi(now, "gross_profit", "2024Q4");
  call.percent(growth, "gross_profit", "2024Q4", Basis::yoy);
  return call;
}

TEST(CheckGrowth, ReportsWhatNoRoundingJoins) {
  EXPECT_EQ(growth_call("121亿元", "137亿元", "13.2%").report(), Lines{});
  EXPECT_EQ(growth_call("52亿元", "58亿元", "11.7%").report(), Lines{});
  EXPECT_EQ(growth_call("121亿元", "137亿元", "18.2%").report(), Lines{"growth contradiction 18.2 [12.3, 14.1]"});
  EXPECT_EQ(growth_call("121亿元", "137亿元", "18.2%", "按固定汇率,").report(),
            Lines{"growth suspicious 18.2 [12.3, 14.1]"});
}

TEST(CheckGrowth, ASignAloneIsSuspicious) {
  EXPECT_EQ(growth_call("137亿元", "121亿元", "-11.7%").report(), Lines{});
  EXPECT_EQ(growth_call("137亿元", "121亿元", "11.7%").report(), Lines{"growth suspicious 11.7 [-12.4, -11.0]"});
}

TEST(CheckGrowth, LossesAndZeroHaveNoGrowth) {
  for (const char* before : {"-121", "0"}) {
    Call call("净利润由121亿元增至137亿元,同比增长18.2%。");
    call.yi("121亿元", "net_profit", "2023Q4").value = Decimal::parse(before)->scaled(8);
    call.yi("137亿元", "net_profit", "2024Q4");
    call.percent("18.2%", "net_profit", "2024Q4", Basis::yoy);
    EXPECT_EQ(call.report(), Lines{}) << before;
  }
}

TEST(CheckGrowth, UnitsSegmentsCompaniesAndSubjectsMustMatch) {
  for (const char* field : {"unit", "segment", "company"}) {
    Call call("毛利由121亿元增至137亿元,同比增长18.2%。");
    Fact& before = call.yi("121亿元", "gross_profit", "2023Q4");
    (*field == 'u' ? before.unit : *field == 's' ? before.segment : before.company) = "USD";
    call.yi("137亿元", "gross_profit", "2024Q4");
    call.percent("18.2%", "gross_profit", "2024Q4", Basis::yoy);
    EXPECT_EQ(call.report(), Lines{}) << field;
  }
  Call call("毛利由121亿元增至137亿元,同比增长18.2%。");
  call.yi("121亿元", "gross_profit", "2023Q4");
  call.yi("137亿元", "gross_profit", "2024Q4").subject = "综合毛利";
  call.percent("18.2%", "gross_profit", "2024Q4", Basis::yoy);
  EXPECT_EQ(call.report(), Lines{"growth suspicious 18.2 [12.3, 14.1]"});
}

TEST(CheckGrowth, TimesAreGrowthByOrTo) {
  for (const auto& [times, lines] : std::vector<std::pair<const char*, size_t>>{{"2.4", 0}, {"3.4", 0}, {"4.4", 1}}) {
    Call call("收入由10.1亿元增至34.4亿元,同比增长" + std::string(times) + "倍。");
    call.yi("10.1亿元", "revenue", "2023Q4");
    call.yi("34.4亿元", "revenue", "2024Q4");
    call.fact((std::string(times) + "倍").c_str(), "revenue", "2024Q4", Basis::yoy, times, 1, "x");
    EXPECT_EQ(call.report().size(), lines) << times;
  }
}

TEST(CheckGrowth, QuartersAndMonthsHaveTheirOwnComparative) {
  const auto report = [](const char* before, const char* now, Basis basis, const char* unit_of) {
    Call call(std::string(unit_of) + "收入由121亿元增至137亿元,增长18.2%。");
    call.yi("121亿元", "revenue", before);
    call.yi("137亿元", "revenue", now);
    call.percent("18.2%", "revenue", now, basis);
    return call.report().size();
  };
  EXPECT_EQ(report("2024Q3", "2024Q4", Basis::qoq, "季度"), 1u);
  EXPECT_EQ(report("2023Q4", "2024Q1", Basis::qoq, "季度"), 1u);
  EXPECT_EQ(report("2024Q3", "2024Q4", Basis::yoy, "季度"), 0u);
  EXPECT_EQ(report("2024-02", "2024-03", Basis::mom, "月"), 1u);
  EXPECT_EQ(report("2024-09-30@end", "2024-12-31@end", Basis::qoq, "季末"), 1u);
  EXPECT_EQ(report("2023Q3", "2024", Basis::qoq, "全年"), 0u);
}

TEST(CheckGrowth, FarFromItsLevelsItNeedsItsPeriodNamedOrTheReports) {
  const auto report = [](bool named, const char* of = "2025Q4") {
    Call call("2024年第四季度毛利同比增长18.2%。\n展望。\n2024年第四季度毛利137亿元,2023年第四季度毛利121亿元。", of);
    if (named) call.period("2024年第四季度", "2024Q4");
    call.fact("18.2%", "gross_profit", "2024Q4", Basis::yoy, "18.2", 1, "%");
    if (named) call.period("2024年第四季度", "2024Q4");
    if (named) call.period("2023年第四季度", "2023Q4");
    call.yi("137亿元", "gross_profit", "2024Q4");
    call.yi("121亿元", "gross_profit", "2023Q4");
    return call.report();
  };
  EXPECT_EQ(report(true), Lines{"growth suspicious 18.2 [12.3, 14.1]"});
  EXPECT_EQ(report(false), Lines{});
  EXPECT_EQ(report(false, "2024Q4"), Lines{"growth suspicious 18.2 [12.3, 14.1]"});
}

// --- points

TEST(CheckPoints, ReportsWhatNoRoundingJoins) {
  const auto report = [](const char* change, int decimals, const char* unit) {
    Call call("毛利率由53.1%升至54.3%,同比增加N。");
    call.percent("53.1%", "gross_margin", "2023Q4", Basis::level);
    call.percent("54.3%", "gross_margin", "2024Q4", Basis::level);
    call.fact("N", "gross_margin", "2024Q4", Basis::yoy, change, decimals, unit);
    return call.report();
  };
  EXPECT_EQ(report("1.2", 1, "pp"), Lines{});
  EXPECT_EQ(report("120", 0, "bp"), Lines{});
  EXPECT_EQ(report("2.1", 1, "pp"), Lines{"points contradiction 2.1 [1.1, 1.3]"});
  EXPECT_EQ(report("21", 0, "bp"), Lines{"points contradiction 21 [110, 130]"});
  EXPECT_EQ(report("-1.2", 1, "pp"), Lines{"points suspicious -1.2 [1.1, 1.3]"});
}

// --- margin

TEST(CheckMargin, ReportsWhatNoRoundingJoins) {
  const auto report = [](const char* margin) {
    Call call(std::string("收入256亿元,毛利138亿元,毛利率") + margin + "。");
    call.yi("256亿元", "revenue", "2024Q4");
    call.yi("138亿元", "gross_profit", "2024Q4");
    call.percent(margin, "gross_margin", "2024Q4", Basis::level);
    return call.report();
  };
  EXPECT_EQ(report("54%"), Lines{});
  EXPECT_EQ(report("53.9%"), Lines{});
  EXPECT_EQ(report("45%"), Lines{"margin contradiction 45 [53.6, 54.2]"});
}

TEST(CheckMargin, AttributableProfitAcquitsButDoesNotConvict) {
  const auto report = [](bool with_profit, const char* margin) {
    Call call(std::string("收入256亿元,净利润20亿元,归母净利润16亿元,净利率") + margin + "。");
    call.yi("256亿元", "revenue", "2024Q4");
    if (with_profit) call.yi("20亿元", "net_profit", "2024Q4");
    call.yi("16亿元", "net_profit_attributable", "2024Q4");
    call.percent(margin, "net_margin", "2024Q4", Basis::level);
    return call.report().size();
  };
  EXPECT_EQ(report(false, "7.8%"), 0u);
  EXPECT_EQ(report(true, "7.8%"), 0u);
  EXPECT_EQ(report(true, "6.3%"), 0u);
  EXPECT_EQ(report(true, "9.5%"), 1u);
}

TEST(CheckMargin, ALossHasANegativeMargin) {
  Call call("收入256亿元,净利润-19亿元,净利率-7.4%。");
  call.yi("256亿元", "revenue", "2024Q4");
  call.yi("19亿元", "net_profit", "2024Q4").value = Decimal(-19, 8);
  call.percent("-7.4%", "net_margin", "2024Q4", Basis::level);
  EXPECT_EQ(call.report(), Lines{});
}

TEST(CheckMargin, PartOfTheRevenueIsSuspiciousAtMost) {
  Call call("主营业务收入256亿元,毛利138亿元,毛利率45%。");
  call.yi("256亿元", "revenue", "2024Q4").subject = "主营业务收入";
  call.yi("138亿元", "gross_profit", "2024Q4");
  call.percent("45%", "gross_margin", "2024Q4", Basis::level);
  EXPECT_EQ(call.report(), Lines{"margin suspicious 45 [53.6, 54.2]"});
}

// --- sums, spans of time, amounts

Call parts_call(const char* second, const char* third, const char* words = "其他收入") {
  Call call(std::string("收入256.3亿元,其中广告收入103.1亿元,电商收入") + second + "," + words + third + "。");
  call.yi("256.3亿元", "revenue", "2024Q4");
  call.yi("103.1亿元", "revenue", "2024Q4").segment = "广告";
  call.yi(second, "revenue", "2024Q4").segment = "电商";
  call.yi(third, "revenue", "2024Q4").segment = "第三";
  return call;
}

TEST(CheckSum, PartsThatAreAllMakeTheWhole) {
  EXPECT_EQ(parts_call("93.4亿元", "59.8亿元").report(), Lines{});
  EXPECT_EQ(parts_call("93.4亿元", "59.9亿元").report(), Lines{});  // 4 × 0.05 of rounding
  EXPECT_EQ(parts_call("93.4亿元", "95.8亿元").report(),
            Lines{"sum contradiction 25630000000 [29215000000, 29245000000]"});
  // Without 其他 they may be some of the parts, unless one slip makes them all.
  EXPECT_EQ(parts_call("93.4亿元", "41.2亿元", "直播收入").report(), Lines{});
  EXPECT_EQ(parts_call("39.4亿元", "59.8亿元", "直播收入").report(),
            Lines{"sum suspicious 25630000000 [20215000000, 20245000000]"});
}

TEST(CheckSum, ThePartAtTheWrongPowerOfTenIsNamed) {
  Call call = parts_call("934亿元", "59.8亿元");
  EXPECT_EQ(call.report(), Lines{"scale contradiction 93400000000 [9335000000, 9345000000]"});
  EXPECT_EQ(call.extraction().findings.front().facts.front(), 2u);
}

Call shares_call(const char* second) {
  Call call(std::string("广告占总收入的41%,电商占") + second + ",直播占12%。");
  for (const char* share : {"41%", second, "12%"}) {
    Fact& f = call.percent(share, "revenue", "2024Q4", Basis::share);
    f.segment = share;
    f.base = *share == '4' ? "总收入" : "";
  }
  return call;
}

TEST(CheckSum, SharesInARowMakeAHundred) {
  EXPECT_EQ(shares_call("47%").report(), Lines{});
  EXPECT_EQ(shares_call("74%").report(), Lines{"sum suspicious 12 [-16.0, -14.0]"});
  EXPECT_EQ(shares_call("20%").report(), Lines{});  // some of them
}

TEST(CheckPeriods, AYearIsItsHalvesAndItsQuarters) {
  const auto report = [](const char* year, std::vector<const char*> periods, std::vector<const char*> parts) {
    Call call(std::string("全年收入") + year + "。各期收入" + fmt::format("{}", fmt::join(parts, "、")) + "。");
    call.yi(year, "revenue", "2024");
    for (size_t i = 0; i < parts.size(); ++i) call.yi(parts[i], "revenue", periods[i]);
    return call.report();
  };
  const std::vector<const char*> halves = {"2024H1", "2024H2"};
  const std::vector<const char*> quarters = {"2024Q1", "2024Q2", "2024Q3", "2024Q4"};
  EXPECT_EQ(report("256.3亿元", halves, {"120.5亿元", "135.8亿元"}), Lines{});
  EXPECT_EQ(report("256.3亿元", halves, {"120.5亿元", "153.8亿元"}),
            Lines{"periods suspicious 25630000000 [27420000000, 27440000000]"});
  EXPECT_EQ(report("256.3亿元", quarters, {"58.1亿元", "62.4亿元", "65.5亿元", "70.3亿元"}), Lines{});
  EXPECT_EQ(report("256.3亿元", quarters, {"58.1亿元", "62.4亿元", "65.5亿元", "73.0亿元"}).size(), 1u);
  EXPECT_EQ(report("256.3亿元", {"2024-01-01..2024-09-30", "2024Q4"}, {"186.0亿元", "80.3亿元"}).size(), 1u);
  EXPECT_EQ(report("256.3亿元", {"2024H1", "2024Q3"}, {"120.5亿元", "65.5亿元"}), Lines{});  // no fourth quarter
}

TEST(CheckChange, AnAmountAgainstTwoLevels) {
  const auto report = [](const char* change) {
    Call call(std::string("收入由225.1亿元增至256.3亿元,增加") + change + "。");
    call.yi("225.1亿元", "revenue", "2023");
    call.yi("256.3亿元", "revenue", "2024");
    call.yi(change, "revenue", "2024").basis = Basis::yoy;
    return call.report();
  };
  EXPECT_EQ(report("31.2亿元"), Lines{});
  EXPECT_EQ(report("12.3亿元"), Lines{"change contradiction 1230000000 [3110000000, 3130000000]"});
}

TEST(CheckIdentity, GrossProfitIsRevenueLessItsCost) {
  const auto report = [](const char* profit) {
    Call call(std::string("收入256.3亿元,成本180.1亿元,毛利") + profit + "。");
    call.yi("256.3亿元", "revenue", "2024");
    call.yi("180.1亿元", "cost_of_revenue", "2024");
    call.yi(profit, "gross_profit", "2024");
    return call.report();
  };
  EXPECT_EQ(report("76.2亿元"), Lines{});
  EXPECT_EQ(report("67.2亿元"), Lines{"identity contradiction 6720000000 [7610000000, 7630000000]"});
}

// A share that disagrees in a paragraph without a named period, where part and
// whole are borne out by growths of their own.
TEST(CheckShare, TheOddOneOutOfSupportedNumbersIsAContradiction) {
  const auto report = [](bool supported) {
    Call call(
        "总收入152.3亿元,上年138.2亿元,增长10.2%。\n空调收入68.5亿元,上年60.8亿元,增长12.7%。\n空调占总收入的54.0%。",
        "2024Q4");
    call.yi("152.3亿元", "revenue", "2024Q4");
    call.yi("138.2亿元", "revenue", "2023Q4");
    if (supported) call.percent("10.2%", "revenue", "2024Q4", Basis::yoy);
    call.yi("68.5亿元", "revenue", "2024Q4").segment = "空调";
    call.yi("60.8亿元", "revenue", "2023Q4").segment = "空调";
    if (supported) call.percent("12.7%", "revenue", "2024Q4", Basis::yoy).segment = "空调";
    Fact& f = call.percent("54.0%", "revenue", "2024Q4", Basis::share);
    f.segment = "空调";
    f.base = "总收入";
    return call.report();
  };
  EXPECT_EQ(report(true), Lines{"share contradiction 54.0 [44.9, 45.0]"});
  EXPECT_EQ(report(false), Lines{"share suspicious 54.0 [44.9, 45.0]"});
}

// Three failures in one place and nothing that holds: the reading is wrong.
TEST(CheckGrowth, WhatFailsAgainAndAgainWasMisread) {
  const auto report = [](int rows) {
    std::string text;
    for (int i = 0; i < rows; ++i) text += "毛利从121亿元增至137亿元,同比变动18.2%。";
    Call call(text);
    for (int i = 0; i < rows; ++i) {
      const std::string segment = fmt::format("第{}项", i);
      call.yi("121亿元", "gross_profit", "2023Q4").segment = segment;
      call.yi("137亿元", "gross_profit", "2024Q4").segment = segment;
      call.percent("18.2%", "gross_profit", "2024Q4", Basis::yoy).segment = segment;
    }
    return call.report().size();
  };
  EXPECT_EQ(report(2), 2u);
  EXPECT_EQ(report(3), 0u);
}

// --- stated twice

Call twice(const char* first, const char* second, bool one_sentence = false) {
  Call call(std::string("2024年第四季度电商GMV为") + first + (one_sentence ? "," : "。") + "2024年第四季度电商GMV达" +
            second + "。");
  call.period("2024年第四季度", "2024Q4");
  call.period("2024年第四季度", "2024Q4");
  call.yi(first, "gmv", "2024Q4").segment = "电商";
  call.yi(second, "gmv", "2024Q4").segment = "电商业务";
  return call;
}

TEST(CheckStatedTwice, ReportsNumbersThatLookMistyped) {
  EXPECT_EQ(twice("3847亿元", "3874亿元").report(),
            Lines{"stated_twice contradiction 387400000000 [384650000000, 384750000000]"});
  EXPECT_EQ(twice("3847亿元", "3747亿元").report().size(), 1u);
  EXPECT_EQ(twice("3847亿元", "2830亿元").report(),
            Lines{"stated_twice suspicious 283000000000 [384650000000, 384750000000]"});
}

TEST(CheckStatedTwice, RoundingsListsAndStrangersAreLeftAlone) {
  EXPECT_EQ(twice("3847亿元", "3847.4亿元").report(), Lines{});
  EXPECT_EQ(twice("3847.9亿元", "3847亿元").report(), Lines{});
  EXPECT_EQ(twice("3847亿元", "3874亿元", true).report(), Lines{});
  EXPECT_EQ(twice("3847亿元", "37亿元").report(), Lines{});
}

TEST(CheckStatedTwice, OneValueUnderTwoNamesIsSuspiciousIfASlipExplainsIt) {
  const auto report = [](const char* second) {
    Call call = twice("3847亿元", second);
    call.extraction().facts.back().subject = "平台交易额";
    return call.report();
  };
  EXPECT_EQ(report("3874亿元"), Lines{"stated_twice suspicious 387400000000 [384650000000, 384750000000]"});
  EXPECT_EQ(report("3847亿元"), Lines{});
  EXPECT_EQ(report("2830亿元"), Lines{});
}

TEST(CheckStatedTwice, QualifiersWiden) {
  const auto report = [](Qualifier qualifier, const char* second) {
    Call call = twice("3847亿元", second);
    call.extraction().facts.back().qualifier = qualifier;
    return call.report();
  };
  EXPECT_EQ(report(Qualifier::over, "3800亿元"), Lines{});
  EXPECT_EQ(report(Qualifier::about, "3950亿元"), Lines{});
  EXPECT_EQ(report(Qualifier::near, "3950亿元"), Lines{});
  EXPECT_EQ(report(Qualifier::at_most, "3950亿元"), Lines{});
  EXPECT_EQ(report(Qualifier::over, "3950亿元").size(), 1u);
}

TEST(CheckStatedTwice, ThreeValuesAreDifferentThings) {
  Call call("2024年第四季度毛利138亿元。毛利143亿元。毛利151亿元。");
  call.period("2024年第四季度", "2024Q4");
  for (const char* figure : {"138亿元", "143亿元", "151亿元"}) call.yi(figure, "gross_profit", "2024Q4");
  EXPECT_EQ(call.report(), Lines{});
}

// --- scale

Call first_time(const char* threshold, const char* word, const char* earlier = "2023Q4") {
  Call call(std::string("2024年第四季度广告收入从2023年第四季度的121亿元增加到137亿元。\n"
                        "2024年第四季度,季度广告收入") +
            word + "超过" + threshold + "。");
  call.period("2024年第四季度", "2024Q4");
  call.period("2023年第四季度", earlier);
  call.period("2024年第四季度", "2024Q4");
  call.yi("121亿元", "revenue", earlier).segment = "广告";
  call.yi("137亿元", "revenue", "2024Q4").segment = "广告";
  Fact& f = call.yi(threshold, "revenue", "2024Q4");
  f.segment = "广告";
  f.qualifier = Qualifier::over;
  return call;
}

TEST(CheckScale, WhatWasPassedBeforeIsNotPassedForTheFirstTime) {
  Call call = first_time("13亿元", "首次");
  EXPECT_EQ(call.report(), Lines{"scale contradiction 1300000000 [12050000000, 12150000000]"});
  EXPECT_EQ(call.extraction().findings.front().facts, (std::vector<uint32_t>{2, 0}));
  EXPECT_EQ(first_time("130亿元", "首次").report(), Lines{});
  EXPECT_EQ(first_time("121亿元", "首次").report(), Lines{});
  EXPECT_EQ(first_time("13亿元", "再次").report(), Lines{});
  EXPECT_EQ(first_time("13亿元", "首次", "2023").report(), Lines{});  // a year says nothing of a quarter
  EXPECT_EQ(first_time("13亿元", "首次", "2025Q1").report(), Lines{});
  EXPECT_EQ(first_time("13亿元", "首次上市后", "2023Q4").report().size(), 1u);
  EXPECT_EQ(first_time("13亿元", "首次上市,", "2023Q4").report(), Lines{});  // another clause
}

TEST(CheckScale, SameDigitsAtAnotherScale) {
  EXPECT_EQ(twice("3847亿元", "384.7亿元").report(),
            Lines{"scale contradiction 38470000000 [384650000000, 384750000000]"});
}

TEST(CheckScale, AGrowthThatFitsAnotherPowerOfTen) {
  EXPECT_EQ(growth_call("121亿元", "1371亿元", "13.2%").report(),
            Lines{"scale contradiction 137100000000 [13705000000, 13715000000]"});
  EXPECT_EQ(growth_call("121亿元", "13.7亿元", "13.2%").report(),
            Lines{"scale contradiction 1370000000 [13650000000, 13750000000]"});
}

TEST(CheckScale, AJumpOfWhichNoWordIsSaid) {
  const auto report = [](bool growth) {
    Call call("2024年第四季度毛利1371亿元。2023年第四季度毛利137亿元。毛利同比增长900%。");
    call.period("2024年第四季度", "2024Q4");
    call.period("2023年第四季度", "2023Q4");
    call.yi("1371亿元", "gross_profit", "2024Q4");
    call.yi("137亿元", "gross_profit", "2023Q4");
    if (growth) call.percent("900%", "gross_profit", "2024Q4", Basis::yoy);
    return call.report();
  };
  EXPECT_EQ(report(false), Lines{"scale suspicious 137100000000 [13650000000, 13750000000]"});
  EXPECT_EQ(report(true), Lines{});
}

TEST(CheckScale, ALostScaleWord) {
  const auto report = [](const char* figure, const char* value) {
    Call call(std::string("收入256亿元,毛利138亿元,净利润40亿元,总资产980亿元,贷款112亿元,存货") + figure + "。");
    call.yi("256亿元", "revenue", "2024Q4");
    call.yi("138亿元", "gross_profit", "2024Q4");
    call.yi("40亿元", "net_profit", "2024Q4");
    call.yi("980亿元", "total_assets", "2024-12-31@end");
    call.yi("112亿元", "loans", "2024-12-31@end");
    call.fact(figure, "inventory", "2024-12-31@end", Basis::level, value, 0, "CNY");
    return call.report();
  };
  EXPECT_EQ(report("2264元", "2264"), Lines{"scale suspicious 2264 [, ]"});
  EXPECT_EQ(report("2264亿元", "226400000000"), Lines{});
  EXPECT_EQ(report("14元", "14"), Lines{});  // an amount per share taken for a total
}

// --- date

TEST(CheckDate, DaysThatNoCalendarHas) {
  const auto report = [](const char* figure, const char* meaning) {
    Call call(std::string("截至") + figure + ",存货稳健。");
    call.period(figure, meaning);
    return call.report().size();
  };
  EXPECT_EQ(report("2024年2月30日", "impossible date"), 1u);
  for (const char* date : {"2024年2月30日", "2023年2月29日", "4月31日", "13月", "2024-02-30", "2024年6月0日"}) {
    EXPECT_EQ(report(date, ""), 1u) << date;
  }
  for (const char* date :
       {"2024年2月29日", "2月29日", "12月31日", "5年", "2024-06-30", "10.5", "3月", "99999999999月"}) {
    EXPECT_EQ(report(date, ""), 0u) << date;
  }
  EXPECT_EQ(report("2月30日", "2024-03-01"), 0u);
}

Call balance_day(const char* date, const char* meaning, const char* other = "2024Q4") {
  Call call(std::string("毛利138亿元。截至") + date + ",总资产615亿元。");
  call.period(date, meaning);
  call.yi("138亿元", "gross_profit", other);
  call.yi("615亿元", "total_assets", meaning);
  return call;
}

TEST(CheckDate, ABalanceSheetDayOneDigitOff) {
  Call call = balance_day("2014年12月31日", "2014-12-31@end");
  EXPECT_EQ(call.report(), Lines{"date contradiction 2014-12-31 [, ]"});
  EXPECT_EQ(call.extraction().findings.front().facts, std::vector<uint32_t>{1});
  EXPECT_EQ(balance_day("2014年12月31日", "2014-12-31@end", "2011").report(), Lines{"date suspicious 2014-12-31 [, ]"});
  EXPECT_EQ(balance_day("2023年12月31日", "2023-12-31@end").report(), Lines{});  // the comparative
  EXPECT_EQ(balance_day("2019年12月31日", "2019-12-31@end").report(), Lines{});  // two digits
  // Not the day of the report, and of a year of which nothing else speaks.
  EXPECT_EQ(balance_day("2014年6月30日", "2014-06-30@end").report(), Lines{"date suspicious 2014-06-30@end [, ]"});
  EXPECT_EQ(balance_day("2014年6月30日", "2014-06-30@end", "2013").report(), Lines{});
}

TEST(CheckDate, ADayOfHistoryIsNoBalanceSheetDay) {
  Call call("公司于2014年12月31日上市。");
  call.period("2014年12月31日", "2014-12-31");
  EXPECT_EQ(call.report(), Lines{});
}

// --- all together

TEST(Check, NothingFromNothing) {
  EXPECT_EQ(Call("").report(), Lines{});
  EXPECT_EQ(Call("大家好。").report(), Lines{});
}

TEST(Check, OrderAndIdsAreTheSameInEveryRun) {
  const auto ids = [] {
    Call call("收入256亿元,毛利138亿元,毛利率45%。截至2024年2月30日,毛利由121亿元增至137亿元,同比增长18.2%。");
    call.period("2024年2月30日", "impossible date");
    call.yi("256亿元", "revenue", "2024Q4");
    call.yi("138亿元", "gross_profit", "2024Q4");
    call.percent("45%", "gross_margin", "2024Q4", Basis::level);
    call.yi("121亿元", "gross_profit", "2022Q4");
    call.yi("137亿元", "gross_profit", "2023Q4");
    call.percent("18.2%", "gross_profit", "2023Q4", Basis::yoy);
    Lines all;
    for (const Finding& f : call.run()) all.push_back(f.check + " " + f.id);
    return all;
  };
  const Lines all = ids();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_TRUE(all[0].starts_with("margin f-"));
  EXPECT_TRUE(all[1].starts_with("date f-"));
  EXPECT_TRUE(all[2].starts_with("growth f-"));
  EXPECT_EQ(all[0].size(), std::string("margin f-").size() + 12);
  EXPECT_EQ(ids(), all);
}

// Facts that point nowhere, values beyond reason, five thousand facts of one name.
TEST(Check, HostileFactsAreSurvived) {
  Call call("毛利138亿元,同比增长18.2%,占总收入9%。");
  for (int i = 0; i < 5000; ++i) {
    Fact f;
    f.metric = "revenue";
    f.period = Period::parse(i % 2 == 0 ? "2024Q4" : "2023Q4");
    f.basis = static_cast<Basis>(i % 7);
    f.value = Decimal(i % 5 == 0 ? 0 : i * 1'000'003LL, i % 90 - 45);
    f.decimals = i % 200 - 100;
    f.unit = i % 3 == 0 ? "%" : "CNY";
    f.base = i % 3 == 0 ? "总收入" : "";
    f.segment = i % 3 == 0 ? "广告" : "";
    f.qualifier = static_cast<Qualifier>(i % 8);
    f.sentence = i % 11 == 0 ? kNone : 0;
    f.figure = {static_cast<uint32_t>(i % 40), static_cast<uint32_t>(i % 40 + 3)};
    call.extraction().facts.push_back(f);
  }
  call.run();
  for (const Finding& f : call.extraction().findings) {
    EXPECT_FALSE(f.id.empty());
    for (const uint32_t i : f.facts) EXPECT_LT(i, 5000u);
  }
}

}  // namespace
}  // namespace jiyao
