#include "pipeline/write/write.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "pipeline/write/csv.h"

namespace jiyao {
namespace {

std::string cell(std::string_view text) {
  std::string out;
  CsvWriter(out).text(text);
  return out;
}

std::string figure_cell(std::string_view text) {
  std::string out;
  CsvWriter(out).figure(text);
  return out;
}

// A document of one heading and one paragraph of one sentence, folded as it
// stands: the spans of both texts are the same.
struct Sample {
  Document document;
  Extraction extraction;

  explicit Sample(std::string text) {
    document.source.document = "calls/a.txt";
    document.source.sha256 = "00ff";
    document.source.text = text;
    document.source.index_lines();
    document.folded.text = std::move(text);
  }

  Span find(std::string_view part) const {
    const auto at = static_cast<uint32_t>(document.folded.text.find(part));
    return {at, at + static_cast<uint32_t>(part.size())};
  }
};

Sample one_fact() {
  Sample sample("一、業績\n總經理：營收為12.50億元，“穩健”,年增-3%。\n");
  const Span heading = sample.find("一、業績");
  const Span sentence = sample.find("總經理：營收為12.50億元，“穩健”,年增-3%。");
  Block title;
  title.kind = BlockKind::heading;
  title.span = heading;
  Block turn;
  turn.kind = BlockKind::turn;
  turn.span = sentence;
  turn.speaker = sample.find("總經理");
  turn.section = 0;
  sample.document.blocks = {title, turn};
  sample.document.sentences = {Sentence{heading, 0}, Sentence{sentence, 1}};
  Fact fact;
  fact.id = "f1";
  fact.figure = sample.find("12.50億元");
  fact.sentence = 1;
  fact.company = "示例科技";
  fact.ticker = "0000.HK";
  fact.metric = "revenue";
  fact.metric_en = "Revenue";
  fact.metric_zh = "营业收入";
  fact.subject = "營收";
  fact.period = Period::quarter(2024, 4);
  fact.value = Decimal(1250, 6);
  fact.decimals = -6;
  fact.unit = "TWD";
  fact.rules = {"figure.money", "level.is"};
  fact.findings = {"c1", "c2"};
  sample.extraction.facts = {fact};
  return sample;
}

TEST(Csv, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(cell("營收"), "營收");
  EXPECT_EQ(cell(""), "");
  EXPECT_EQ(cell("a,b"), "\"a,b\"");
  EXPECT_EQ(cell("說\"好\""), "\"說\"\"好\"\"\"");
  EXPECT_EQ(cell("一\r\n二"), "\"一\r\n二\"");
  EXPECT_EQ(cell("\""), "\"\"\"\"");
  EXPECT_EQ(cell("，“”"), "，“”");
}

TEST(Csv, SeparatesCellsAndEndsRows) {
  std::string out;
  CsvWriter csv(out);
  csv.raw("").raw("a").number(-8).number(uint32_t{4294967295});
  csv.end_row();
  csv.joined(std::vector<std::string>{"x", "y"}).joined(std::vector<std::string>{});
  csv.end_row();
  EXPECT_EQ(out, ",a,-8,4294967295\r\nx;y,\r\n");
}

TEST(Csv, MakesFormulasSafe) {
  EXPECT_EQ(cell("=SUM(A1:A9)"), "'=SUM(A1:A9)");
  EXPECT_EQ(cell("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(cell("-營收"), "'-營收");
  EXPECT_EQ(cell("@x"), "'@x");
  EXPECT_EQ(cell("\t=1"), "'\t=1");
  EXPECT_EQ(cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(cell("＝１＋１"), "'＝１＋１");
  EXPECT_EQ(cell("=a,b"), "\"'=a,b\"");
}

TEST(Csv, LeavesPlainNumbersAlone) {
  for (const char* number : {"-0.17", "+17.73%", "-8", "12", "0.5"}) EXPECT_EQ(cell(number), number);
  EXPECT_EQ(cell("-1,200"), "\"-1,200\"");
  EXPECT_EQ(cell("-"), "'-");
  EXPECT_EQ(cell("-2+3"), "'-2+3");
}

TEST(Csv, LeavesFiguresToTheLetter) {
  for (const char* figure :
       {"-0.17", "+17.73%", "-5億元", "- 1.19 元", "－３％", "+百分之五", "-$3.2億", "354億元", "三成", "+/-2%"}) {
    EXPECT_EQ(figure_cell(figure), figure);
  }
  EXPECT_EQ(figure_cell("=1+1"), "'=1+1");
  EXPECT_EQ(figure_cell("-2+cmd|' /C calc'!A0"), "'-2+cmd|' /C calc'!A0");
  EXPECT_EQ(figure_cell("-A1"), "'-A1");
}

TEST(Write, HeadersHaveMarkAndLineEnd) {
  for (const std::string& header : {metrics_header(), ledger_header(), findings_header()}) {
    EXPECT_TRUE(header.starts_with("\xEF\xBB\xBF"));
    EXPECT_TRUE(header.ends_with("\r\n"));
    EXPECT_EQ(header.find('\n'), header.size() - 1);
  }
}

TEST(Write, MetricsRowHasEveryColumn) {
  const Sample sample = one_fact();
  EXPECT_EQ(metrics_rows(sample.document, sample.extraction),
            "f1,calls/a.txt,00ff,示例科技,0000.HK,revenue,Revenue,营业收入,營收,,"
            "2024Q4,2024-10-01,2024-12-31,level,,1250000000,,,-6,TWD,,actual,"
            "12.50億元,\"總經理：營收為12.50億元，“穩健”,年增-3%。\",一、業績,總經理,,2,8,12,19,34,45,"
            "figure.money;level.is,c1;c2,\r\n");
}

TEST(Write, MetricsRowHasAsManyCellsAsTheHeader) {
  Sample sample = one_fact();
  sample.document.source.document = "plain";
  const std::string rows = metrics_rows(sample.document, sample.extraction);
  const std::string header = metrics_header();
  const auto commas = std::count(header.begin(), header.end(), ',');
  // One comma stands inside the quote.
  EXPECT_EQ(std::count(rows.begin(), rows.end(), ','), commas + 1);
}

TEST(Write, RangeAndUnknownPeriodAreEmptyCells) {
  Sample sample = one_fact();
  Fact& fact = sample.extraction.facts.front();
  fact.period = Period{};
  fact.value.reset();
  fact.low = Decimal(7);
  fact.high = Decimal(9);
  fact.qualifier = Qualifier::range;
  const std::string rows = metrics_rows(sample.document, sample.extraction);
  EXPECT_NE(rows.find(",營收,,,,,level,,,7,9,-6,TWD,range,actual,"), std::string::npos) << rows;
}

TEST(Write, LedgerRowsNameTheirFacts) {
  Sample sample = one_fact();
  LedgerRow money;
  money.kind = LedgerClass::fact;
  money.figure = sample.find("12.50億元");
  money.facts = {0, 7};  // 7 is no fact
  money.rule = "figure.money";
  LedgerRow percent;
  percent.figure = sample.find("-3%");
  percent.meaning = "no metric near, none before";
  percent.rule = "figure.percent";
  sample.extraction.ledger = {money, percent};
  EXPECT_EQ(ledger_rows(sample.document, sample.extraction),
            "calls/a.txt,fact,12.50億元,,2,8,12,19,34,45,f1,figure.money\r\n"
            "calls/a.txt,unresolved,-3%,\"no metric near, none before\",2,23,27,30,67,70,,figure.percent\r\n");
}

TEST(Write, FindingsRow) {
  Sample sample = one_fact();
  Finding finding;
  finding.id = "c1";
  finding.check = "growth";
  finding.severity = Severity::contradiction;
  finding.at = sample.find("-3%");
  finding.message_en = "stated -3, computed 4";
  finding.message_zh = "不一致";
  finding.stated = "-3";
  finding.computed_low = "3.9";
  finding.computed_high = "4.1";
  finding.facts = {0};
  sample.extraction.findings = {finding};
  EXPECT_EQ(findings_rows(finding_rows(sample.document, sample.extraction)),
            "c1,growth,contradiction,calls/a.txt,2,\"stated -3, computed 4\",不一致,-3,3.9,4.1,f1,\r\n");
}

TEST(Write, NothingGivesNoRows) {
  const Sample sample("沒有數字。");
  EXPECT_EQ(metrics_rows(sample.document, sample.extraction), "");
  EXPECT_EQ(ledger_rows(sample.document, sample.extraction), "");
  EXPECT_EQ(findings_rows(finding_rows(sample.document, sample.extraction)), "");
}

TEST(Write, SentenceOutOfRangeGivesNoQuote) {
  Sample sample = one_fact();
  sample.extraction.facts.front().sentence = kNone;
  EXPECT_NE(metrics_rows(sample.document, sample.extraction).find(",12.50億元,,,,,2,8,"), std::string::npos);
}

}  // namespace
}  // namespace jiyao
