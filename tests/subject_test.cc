// Whose a figure is: the subject, the part of the company and the company, in both scripts.
#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/support.h"

namespace jiyao {
namespace {

using testing::ElementsAre;

// "subject|segment" of every fact, and "|company" where it is not the document's own; folded.
std::vector<std::string> rows(const std::string& text, const std::string& company = "") {
  DocumentContext context;
  context.company = company;
  context.published = Date{2025, 3, 25};
  context.period = Period::quarter(2024, 4);
  context.currency = "CNY";
  const Extracted done = support::extracted(text, context);
  std::vector<std::string> rows;
  for (const Fact& f : done.extraction.facts) {
    const bool own = f.company == done.extraction.context.company;
    rows.push_back(support::fold(f.subject + "|" + f.segment + (own ? "" : "|" + f.company)));
  }
  return rows;
}

struct Case {
  const char* text;
  std::vector<std::string> rows;
};

void expect_rows(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(rows(c.text), c.rows) << c.text;
    EXPECT_EQ(rows(support::to_traditional(c.text)), c.rows) << support::to_traditional(c.text);
  }
}

// The phrase that opens the clause, before a period or a verb.
TEST(Owner, OpensTheClause) {
  expect_rows({{"以下分项说明。装备部2024年上半年实现收入6亿元。", {"收入|装备部"}},
               {"以下分项说明。司机和配送员在本季度的总收入为8亿元。", {"总收入|司机和配送员"}},
               {"以下分项说明。受天气影响2024年收入6亿元。", {"收入|"}},
               {"以下分项说明。合并报表2024年收入6亿元。", {"收入|"}}});
}

TEST(Owner, CompanyHasFiguresOfItsOwn) {
  expect_rows({{"投资见效。远山消费金融2024年净利润3亿元，同比增8%。资本开支2亿元。",
                {"净利润||远山消费金融", "净利润||远山消费金融", "资本开支|"}},
               {"某调查指出，35家上市银行去年净利润增2%，净息差1.6%。",
                {"上市银行|", "净利润||35家上市银行", "净息差||35家上市银行"}}});
}

TEST(Owner, NameBeforeACode) {
  EXPECT_THAT(rows("同业观察。大厂明月半导体(7654-TW)第三季营收9亿元。", "远山公司"), ElementsAre("营收||明月半导体"));
  EXPECT_THAT(rows("远山公司(7655-TW)第三季营收9亿元。", "远山公司"), ElementsAre("营收|"));
}

// 中行 is 中国银行: no part of itself.
TEST(Owner, OwnNameIsNoPart) {
  expect_rows({{"远山首季盈利升。\n\n远大山川首季盈利5亿元，按年跌3%。", {"盈利|", "盈利|"}}});
}

TEST(Owner, ClauseBeforeSpeaksOfIt) {
  expect_rows({{"以下分项说明。老客户持续放量，实现收入18亿元。", {"收入|老客户"}},
               {"以下分项说明。辅助驾驶方面，收入达到4亿元。", {"收入|辅助驾驶"}},
               {"以下分项说明。智慧教育： 上半年收入5亿元。", {"收入|智慧教育"}},
               {"以下分项说明。成本结构优化：收入5亿元。", {"收入|"}}});
}

// What the subject is measured against is not the subject.
TEST(Subject, IsNoYardstick) {
  expect_rows({{"每公里成本比上一代降低60%。", {"每公里成本|"}},
               {"审核时间由七天压缩到48小时。", {"审核时间|"}},
               {"电池功率是上一代电池的6倍。", {"电池功率|"}},
               {"贷款余额同比增长12%，增速较总资产增速快2.5个百分点。", {"贷款余额|", "贷款余额|"}},
               {"从直播到搜索的营销支出增长3倍。", {"从直播到搜索的营销支出|从直播到搜索"}}});
}

TEST(Subject, GoesThroughVerbsThatLimitIt) {
  expect_rows({{"短片导购带来的收入增长3%。", {"短片导购带来的收入|短片导购带来"}},
               {"远达山川钢铁收入增长3%。", {"远达山川钢铁收入|远达山川钢铁"}},
               {"以下分项说明。甲云、乙网分别收入163亿元、60亿元。", {"收入|甲云", "收入|乙网"}},
               {"收入增速放缓，主要是合同负债增量较少(去年同期增量6亿元)。", {"合同负债增量|"}}});
}

TEST(Subject, StandsBehindAsAThing) {
  expect_rows({{"其中11个市场增长。", {"市场|"}},
               {"该产品已承接平台六成以上的投放消耗。", {"投放消耗|"}},
               {"净亏损包括4.7亿元的股票薪酬支出。", {"股票薪酬支出|"}},
               {"公司拥有近百项发明、实用新型和外观专利。", {"发明、实用新型和外观专利|发明、实用新型和外观"}}});
}

TEST(Subject, HoldersAndShares) {
  expect_rows(
      {{"远山投资合伙企业(有限合伙)持股30万股。", {"远山投资合伙企业(有限合伙)持股|远山投资合伙企业(有限合伙)"}},
       {"偶联药物(ADC)相关收入翻番。", {"偶联药物(ADC)相关收入|偶联药物(ADC)相关"}},
       {"第一大客户占收入比例8%。", {"第一大客户占收入比例|第一大客户"}},
       {"主营业务为建材业、五金业，占营收比例分别为：70%、30%。", {"建材业|建材业", "五金业|五金业"}}});
}

TEST(Subject, ShareIsOfTheCompanyNamed) {
  expect_rows({{"云业务稳健。快手盘后反复，曾跌近5%。", {"快手|"}},
               {"快手销售额达10亿元，盘后一度跌8%。", {"销售额|", "快手|"}},
               {"快手股价走强，终场收50元。", {"股价|"}}});
}

TEST(Owner, SpokenOfInLinesOfSpeech) {
  expect_rows({{"整个营收增长3%\n那在电脑产品的一个部分\n我们预期\n大约是季减20%", {"整个营收|", "整个营收|电脑产品"}},
               {"云业务收入增3%。经营溢利2亿元。", {"云业务收入|云业务", "经营溢利|云业务"}}});
}

TEST(Subject, GroupsWithin) {
  expect_rows({{"澄岚集团收入5亿元，按年升2%。", {"澄岚集团收入|澄岚集团", "澄岚集团收入|澄岚集团"}},
               {"2024年集团收入5亿元。", {"收入|"}}});
}

TEST(Subject, GoesOnWithWhatWasSpokenOf) {
  expect_rows({{"归母净利润5亿元，上年同期亏损2亿元。", {"归母净利润|", "归母净利润|"}},
               {"经营现金流7亿元，到一季度，该数据为-4亿元。", {"经营现金流|", "经营现金流|"}},
               {"收入4亿元，按年跌2%，受平均售价下降影响；按季则升4%。", {"收入|", "收入|", "收入|"}},
               {"公司资产负债率平稳，一直保持在62%以下。", {"资产负债率|"}}});
}

TEST(Subject, AmountsEachWithItsChange) {
  expect_rows({{"营业收入、归母净利润分别为93亿元/+43%、16亿元/+57%。",
                {"营业收入|", "营业收入|", "归母净利润|", "归母净利润|"}},
               {"营业收入和归母净利润分别为93亿元（+43%）和16亿元（+57%）。",
                {"营业收入|", "营业收入|", "归母净利润|", "归母净利润|"}}});
}

TEST(Owner, AnotherMeasureOfTheSameSegments) {
  expect_rows({{"空调、冰箱收入分别为20亿元、15亿元，毛利率分别为30%、25%。",
                {"收入|空调", "收入|冰箱", "毛利率|空调", "毛利率|冰箱"}}});
}

TEST(Owner, APartEndsWhereTheTextGoesOn) {
  expect_rows({{"生产了20万辆，其中A3和A5共计18万辆；交付了19万辆。", {"生产了|", "生产了|A3和A5", "交付|"}},
               {"云业务毛利率30%。公司毛利率25%。", {"云业务毛利率|云业务", "毛利率|"}}});
}

TEST(Subject, OneHeadForAList) {
  expect_rows({{"销售、研发和管理费用分别为8.7亿元、5.9亿元和2.16亿元，净利润3亿元。",
                {"销售、研发和管理费用|", "研发和管理费用|", "管理费用|", "净利润|"}},
               {"销售/管理/财务费用率分别为12.1%/5.2%/-0.5%，同比-0.2/+0.1/-0.1pct。",
                {"销售/管理/财务费用率|", "管理/财务费用率|", "财务费用率|", "销售/管理/财务费用率|",
                 "管理/财务费用率|", "财务费用率|"}},
               {"对公贷款、零售贷款不良率分别为1.2%和0.9%。", {"不良率|对公贷款", "零售贷款不良率|零售贷款"}}});
}

TEST(Owner, GivesAShareOfWhatStandsBehind) {
  expect_rows({{"代理人渠道贡献了约72%的新业务价值。", {"新业务价值|代理人渠道"}},
               {"会员业务为集团带来35%的毛利。", {"毛利|会员业务"}},
               {"公司收购了远山科技27.5%的股权。", {"股权|远山科技"}}});
}

TEST(Owner, AHeadingNamesThePart) {
  expect_rows({
      // 传媒业务 ends like a business; of 工业传感 the first item says that it is a part.
      {"铜川智控纪要\n\n【整体】\n• 收入90亿元。\n\n【工业传感】\n• 收入30亿元，占33.3%，按年升8%。\n\n"
       "【传媒业务】\n• 收入20亿元。\n",
       {"收入|", "收入|工业传感", "收入|工业传感", "收入|工业传感", "收入|传媒业务"}},
      // What a part was said to be ends with its section.
      {"铜川智控纪要\n\n【工业传感】\n• 收入30亿元，占33.3%。\n\n【展望】\n• 收入有望达到100亿元。\n",
       {"收入|工业传感", "收入|工业传感", "收入|"}},
      {"铜川智控纪要\n\n【财务要点】\n• 收入90亿元，占预算八成。", {"收入|", "收入|"}},
  });
}

TEST(Owner, PartsThatAPronounCounts) {
  expect_rows({
      {"门票收入6亿元，餐饮收入3亿元，酒店收入1亿元，三者占比60%、30%、10%。",
       {"门票收入|门票", "餐饮收入|餐饮", "酒店收入|酒店", "门票收入|门票", "餐饮收入|餐饮", "酒店收入|酒店"}},
      {"门票收入6亿元，餐饮收入4亿元。两项业务占收入的比重依次为60%和40%。",
       {"门票收入|门票", "餐饮收入|餐饮", "门票收入|门票", "餐饮收入|餐饮"}},
  });
}

TEST(Owner, AnAnswerToAQuestionOfSeveral) {
  expect_rows({
      {"问：第四季度的毛利率和净利率各是多少？\n答：分别是24%和9%，环比回落5和4个百分点。",
       {"毛利率|", "净利率|", "毛利率|", "净利率|"}},
      {"问：华东、华南和西北市场的收入占比是多少？\n答：依次为61%、22%和17%。",
       {"收入|华东", "收入|华南", "收入|西北市场"}},
      {"问：各地区的收入占比和运价如何？\n答：华东占58%，华南占42%。", {"华东|华东", "华南|华南"}},
  });
}

TEST(Owner, PartsOfWhatWasCountedAndTheWholeAgain) {
  expect_rows({
      {"公司共有300间药房，包括华东180间和华南120间，较去年底的280间净增20间。",
       {"药房|", "药房|华东", "药房|华南", "药房|", "药房|"}},
      {"在研项目46项，包括创新药21项、仿制药25项。", {"在研项目|", "在研项目|创新药", "在研项目|仿制药"}},
  });
}

TEST(Owner, AShareOfItAll) {
  expect_rows({{"新业务价值11亿元，保单件数增至三倍，香港占整体约44%；澳门升9%，至3亿元。",
                {"新业务价值|", "保单件数|", "香港|香港", "新业务价值|澳门", "新业务价值|澳门"}}});
}

TEST(Owner, ATotalIsOfNoPart) {
  expect_rows({
      {"到去年底华东有186家店，海外31家，总共是217家。", {"店|华东", "店|海外", "店|"}},
      {"货运业务收入70亿元，仓储业务收入50亿元。两个业务的溢利依次为5亿元及3亿元，合计8亿元。",
       {"货运业务收入|货运业务", "仓储业务收入|仓储业务", "溢利|货运业务", "溢利|仓储业务", "溢利|"}},
  });
}

TEST(Owner, WhatIsLeftOverIsNamedBehind) {
  expect_rows({{"火锅品牌占收入52%，烧烤28%，剩下两成是早茶。", {"火锅品牌|火锅品牌", "烧烤|烧烤", "早茶|早茶"}}});
}

TEST(Subject, ALossForComparisonIsNotSpokenOfFurther) {
  expect_rows({{"归母净利润2.9亿元，去年同期亏损1.1亿元；较第三季度的2亿元增长45%。",
                {"归母净利润|", "归母净利润|", "归母净利润|", "归母净利润|"}}});
}

TEST(Subject, ARatioThatIsAnnounced) {
  expect_rows({{"产能利用率方面，打线工序由71%升至76%，提升5个百分点。",
                {"产能利用率|打线工序", "产能利用率|打线工序", "产能利用率|打线工序"}}});
}

}  // namespace
}  // namespace jiyao
