#include "pipeline/segment/segment.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace jiyao {
namespace {

Document segmented(std::string text) {
  NormalizedText folded;
  folded.text = std::move(text);
  return segment({}, std::move(folded));
}

std::string cut(const Document& d, Span span) { return d.folded.text.substr(span.begin, span.size()); }

std::vector<std::string> sentences(const std::string& text) {
  const Document d = segmented(text);
  std::vector<std::string> out;
  for (const Sentence& s : d.sentences) out.push_back(cut(d, s.span));
  return out;
}

using Strings = std::vector<std::string>;

// One block a line: kind, level, section, marker, lead, speaker, beginning.
// "H1 - m=一、|业绩", "T ^0 m=答: l=答 s=答|…".
std::string block_line(const Document& d, const Block& b) {
  constexpr const char* kKinds[] = {"H", "L", "T", "P"};
  std::string line = kKinds[static_cast<int>(b.kind)];
  if (b.level != 0) line += std::to_string(b.level);
  if (b.section != kNone) line += " ^" + std::to_string(b.section);
  if (!b.marker.empty()) line += " m=" + cut(d, b.marker);
  if (!b.lead.empty()) line += " l=" + cut(d, b.lead);
  if (!b.speaker.empty()) line += " s=" + cut(d, b.speaker);
  return line;
}

Strings blocks(const std::string& text) {
  const Document d = segmented(text);
  Strings out;
  for (const Block& b : d.blocks) out.push_back(block_line(d, b));
  return out;
}

bool only_space(std::string_view text) { return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

// What every document keeps: blocks in order and apart, covering all that is no
// white space; sentences likewise inside their block.
void expect_whole(const Document& d) {
  const std::string_view text = d.folded.text;
  uint32_t at = 0;
  for (size_t i = 0; i < d.blocks.size(); ++i) {
    const Block& b = d.blocks[i];
    ASSERT_LE(at, b.span.begin);
    ASSERT_LT(b.span.begin, b.span.end);
    EXPECT_TRUE(only_space(text.substr(at, b.span.begin - at)));
    for (const Span part : {b.marker, b.lead}) EXPECT_TRUE(part.empty() || b.span.contains(part));
    EXPECT_TRUE(b.section == kNone || b.section < i);
    ASSERT_LT(b.first_sentence, b.last_sentence);
    uint32_t inside = b.span.begin;
    for (uint32_t s = b.first_sentence; s < b.last_sentence; ++s) {
      const Span span = d.sentences[s].span;
      EXPECT_EQ(d.sentences[s].block, i);
      ASSERT_TRUE(b.span.contains(span));
      ASSERT_LE(inside, span.begin);
      ASSERT_FALSE(span.empty());
      EXPECT_TRUE(b.kind == BlockKind::table || only_space(text.substr(inside, span.begin - inside)));
      inside = span.end;
    }
    EXPECT_TRUE(b.kind == BlockKind::table || only_space(text.substr(inside, b.span.end - inside)));
    at = b.span.end;
  }
  EXPECT_TRUE(only_space(text.substr(at)));
}

TEST(SentenceTest, EndsAtFinalPunctuation) {
  EXPECT_EQ(sentences("收入增长。利润下降!为什么?原因不明"),
            (Strings{"收入增长。", "利润下降!", "为什么?", "原因不明"}));
  EXPECT_EQ(sentences("真的吗?!是的。。好"), (Strings{"真的吗?!", "是的。。", "好"}));
  EXPECT_EQ(sentences("一方面成本上升;另一方面售价下降，毛利率承压。"),
            (Strings{"一方面成本上升;另一方面售价下降，毛利率承压。"}));
  EXPECT_EQ(sentences("我们还在看......不急。"), (Strings{"我们还在看......", "不急。"}));
  EXPECT_EQ(sentences("我们还在看……不急。"), (Strings{"我们还在看……", "不急。"}));
  EXPECT_EQ(sentences("这个...那个我们再看。"), (Strings{"这个...那个我们再看。"}));
}

TEST(SentenceTest, KeepsQuotesAndBracketsWhole) {
  EXPECT_EQ(sentences("他说:“收入会涨。我们有信心。”随后离场。"), (Strings{"他说:“收入会涨。我们有信心。”随后离场。"}));
  EXPECT_EQ(sentences("收入增长(不含汇兑。见附注)两成。利润持平。"),
            (Strings{"收入增长(不含汇兑。见附注)两成。", "利润持平。"}));
  EXPECT_EQ(sentences("「早安。」他说。"), (Strings{"「早安。」他说。"}));
  EXPECT_EQ(sentences("“早安。”“晚安。”"), (Strings{"“早安。”“晚安。”"}));
  EXPECT_EQ(sentences("见《年报》。》好。"), (Strings{"见《年报》。》", "好。"}));
  EXPECT_EQ(sentences("他说\"行。好。\"然后走了。完。"), (Strings{"他说\"行。好。\"然后走了。", "完。"}));
  EXPECT_EQ(sentences("**收入增长。**利润下降。**费用持平。**"),
            (Strings{"**收入增长。**", "利润下降。", "**费用持平。**"}));
}

TEST(SentenceTest, DoesNotWaitForQuotesThatNeverClose) {
  EXPECT_EQ(sentences("他说:“收入会涨。我们有信心。"), (Strings{"他说:“收入会涨。", "我们有信心。"}));
  EXPECT_EQ(sentences("收入(增长。利润增长。"), (Strings{"收入(增长。", "利润增长。"}));
  std::string filler;
  for (int i = 0; i < 301; ++i) filler += "字";
  EXPECT_EQ(sentences("(甲。" + filler + ")乙。").size(), 2U);
  EXPECT_EQ(sentences("(甲。" + filler.substr(0, 3 * 280) + ")乙。").size(), 1U);
  EXPECT_EQ(sentences("1)甲。2)乙。"), (Strings{"1)甲。", "2)乙。"}));
}

TEST(SentenceTest, FullStopEndsOnlyWords) {
  EXPECT_EQ(sentences("毛利率54.3%，净利率1. 5%。"), (Strings{"毛利率54.3%，净利率1. 5%。"}));
  EXPECT_EQ(sentences("Thank you. 谢谢大家."), (Strings{"Thank you.", "谢谢大家."}));
  EXPECT_EQ(sentences("Acme Inc. 收入增长. 利润持平."), (Strings{"Acme Inc. 收入增长.", "利润持平."}));
  EXPECT_EQ(sentences("U.S. 市场的收入见 www.example.com/a.html 和 example.com。"),
            (Strings{"U.S. 市场的收入见 www.example.com/a.html 和 example.com。"}));
  EXPECT_EQ(sentences("见http://example.com/?a=1 的说明。"), (Strings{"见http://example.com/?a=1 的说明。"}));
}

TEST(BlockTest, LinesAreBlocks) {
  EXPECT_EQ(blocks(""), Strings{});
  EXPECT_EQ(blocks(" \n\t\r\n "), Strings{});
  EXPECT_EQ(blocks("今天天气很好。\r\n\r\n明天也好。\r\n").size(), 2U);
  EXPECT_EQ(sentences("  谢谢 \n 大家好\n第三季的营收是"), (Strings{"谢谢", "大家好", "第三季的营收是"}));
}

TEST(BlockTest, GapsPartParagraphsInsideALine) {
  EXPECT_EQ(sentences("某公司公布业绩。    具体内容如下:    收入增长两成，利润增长一成。"),
            (Strings{"某公司公布业绩。", "具体内容如下:", "收入增长两成，利润增长一成。"}));
  const std::string habit =
      "青禾食品前三季度收入增长两成。  收入分析:渠道继续下沉，增速恢复  前三季度净增门店三百家，增速稳定。  "
      "毛利率略降。";
  EXPECT_EQ(sentences(habit), (Strings{"青禾食品前三季度收入增长两成。", "收入分析:渠道继续下沉，增速恢复",
                                       "前三季度净增门店三百家，增速稳定。", "毛利率略降。"}));
  EXPECT_EQ(blocks(habit), (Strings{"P", "H1 l=收入分析", "P ^1", "P ^1"}));
  // Two spaces between words, and the cells of a row.
  EXPECT_EQ(sentences("公司2024 年  5 月 公告收入"), (Strings{"公司2024 年  5 月 公告收入"}));
  EXPECT_EQ(sentences("营业收入      1,234      1,100      12.2%").size(), 1U);
  EXPECT_EQ(sentences("营业收入\t    1,234\t    1,100").size(), 1U);
}

// The cells of all tables: "a|b/c|" is two rows of two cells, the last empty.
std::string tables(const std::string& text) {
  const Document d = segmented(text);
  std::string out;
  for (const Table& table : d.tables) {
    EXPECT_EQ(d.blocks[table.block].kind, BlockKind::table);
    if (!out.empty()) out += " ; ";
    for (size_t r = 0; r < table.rows.size(); ++r) {
      if (r > 0) out += "/";
      for (size_t c = 0; c < table.rows[r].size(); ++c) {
        if (c > 0) out += "|";
        if (table.rows[r][c] != kNone) out += cut(d, d.sentences[table.rows[r][c]].span);
      }
    }
  }
  return out;
}

TEST(TableTest, CellsPartedByTabs) {
  EXPECT_EQ(tables("项目\t2024年\t2023年\n收入\t1,234\t1,100\n\t-\t(5)\n"),
            "项目|2024年|2023年/收入|1,234|1,100/|-|(5)");
  EXPECT_EQ(tables("说明。\n\n项目\t2024年\n收入\t5亿元\n\n项目\t2023年\n成本\t3亿元\n完。"),
            "项目|2024年/收入|5亿元 ; 项目|2023年/成本|3亿元");
}

TEST(TableTest, MarkdownTables) {
  EXPECT_EQ(tables("| 项目 | 2024年 |\n|:---|---:|\n| 收入 | 5亿元 |\n| 成本 | |\n"), "项目|2024年/收入|5亿元/成本|");
  EXPECT_EQ(tables("项目 | 2024年 | 2023年\n--- | --- | ---\n收入 | 5 | 4\n"), "项目|2024年|2023年/收入|5|4");
}

TEST(TableTest, AlignedColumns) {
  EXPECT_EQ(tables("项目      2024年    2023年\n收入      1,234     1,100\n净利润      123       (11)\n"),
            "项目|2024年|2023年/收入|1,234|1,100/净利润|123|(11)");
}

TEST(TableTest, ALabelMayTakeTwoLines) {
  EXPECT_EQ(tables("预估\n(单位:千元)\t2026年\n收入\t1,234\n营业\n收入\t1,235\n"),
            "预估\n(单位:千元)|2026年/收入|1,234/营业\n收入|1,235");
}

TEST(TableTest, TextIsNoTable) {
  EXPECT_EQ(tables("市场焦点 | 证券 | 日报\n收入增长。"), "");
  EXPECT_EQ(tables("董事长\t张三\n总经理\t李四\n"), "");
  EXPECT_EQ(tables("收入\t5亿元"), "");
  EXPECT_EQ(tables("\t第四季度收入为5亿元。\n\t2024年\n\t毛利率为30%。\n"), "");
  EXPECT_EQ(tables("00:12\t大家好，今天收入\n00:15\t是5亿元\n"), "");
  EXPECT_EQ(tables("1\t收入增长两成\n2\t利润增长一成\n"), "");
  EXPECT_EQ(tables("某公司公布业绩。    收入为5亿元。    增长一成。\n公司表示满意。    展望乐观。    谢谢。"), "");
}

TEST(HeadingTest, TitleAndNumberedSections) {
  const std::string text =
      "青禾食品二季度电话会纪要\n"
      "一、经营情况\n"
      "上半年收入增长两成。\n"
      "(一)线上渠道\n"
      "线上收入增长三成。\n"
      "1、直播\n"
      "直播收入增长四成。\n"
      "2、商城\n"
      "商城收入持平。\n"
      "(二)线下渠道\n"
      "线下收入下降。\n"
      "二、展望\n"
      "下半年继续开店。\n";
  EXPECT_EQ(blocks(text), (Strings{"H1", "H2 ^0 m=一、", "P ^1", "H3 ^1 m=(一)", "P ^3", "H4 ^3 m=1、", "P ^5",
                                   "H4 ^3 m=2、", "P ^7", "H3 ^1 m=(二)", "P ^9", "H2 ^0 m=二、", "P ^11"}));
}

TEST(HeadingTest, MarkdownPartsAndPlainLines) {
  EXPECT_EQ(blocks("# 晨会纪要\n## 要点\n### 收入\n收入增长。\n## 风险\n成本上升。\n"),
            (Strings{"H1 m=#", "H2 ^0 m=##", "H3 ^1 m=###", "P ^2", "H2 ^0 m=##", "P ^4"}));
  EXPECT_EQ(blocks("第一部分 经营回顾\n收入增长两成。\n一、产品\n新品上市。\n第二部分 展望\n继续开店。\n"),
            (Strings{"H1 m=第一部分", "P ^0", "H2 ^0 m=一、", "P ^2", "H1 m=第二部分", "P ^4"}));
  EXPECT_EQ(blocks("山海科技上季多赚两成!股价创新高?\n\n收入增长一成，利润增长两成。\n\n海外市场表现亮眼\n\n"
                   "海外收入增长五成，占总收入的三成。\n\n核心观点:\n\n需求仍然强劲，维持全年目标不变。\n"),
            (Strings{"H1", "P ^0", "H2 ^0", "P ^2", "H2 ^0", "P ^4"}));
}

TEST(HeadingTest, NotEveryShortLineIsOne) {
  // Facts, captions, bylines, addresses, the last line, a line cut by the page.
  EXPECT_EQ(blocks("某社记者王小明台北报导\n\n收入增长一成，利润增长两成，好于预期。"), (Strings{"H1", "P ^0"}));
  EXPECT_EQ(blocks("收入增长。\n\n(图:公司提供)\n\n利润也增长，好于市场的预期。"), (Strings{"P", "P l=图", "P"}));
  EXPECT_EQ(blocks("收入增长。\n\n记者王小明\n\n利润也增长，好于市场的预期。"), (Strings{"P", "P", "P"}));
  EXPECT_EQ(blocks("收入增长。\n\nhttps://example.com/abc\n\n利润也增长，好于市场的预期。"), (Strings{"P", "P", "P"}));
  EXPECT_EQ(blocks("收入增长。\n\n相关阅读"), (Strings{"P", "P"}));
  EXPECT_EQ(blocks("收入增长。\n\n2024-05-06 10:20\n\n利润也增长，好于市场的预期。"), (Strings{"P", "P", "P"}));
}

TEST(HeadingTest, MachineSpeechHasNone) {
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += "大家好欢迎参加\n我们的营收比上一季增加了一些\n今天由财务长报告这个季度的结果。\n";
  for (const std::string& line : blocks(text)) EXPECT_EQ(line, "P");
}

TEST(ListTest, MarkersAndLeads) {
  const std::string text =
      "以下是要点。\n"
      "(1)广告:收入增长两成，占总收入的一半。\n"
      "(2)电商:收入增长一成。\n"
      "3)海外:亏损收窄。\n"
      "1. 毛利率为54%。\n"
      "① 研发投入增加。\n"
      "- 自由现金流转正。\n"
      "• 回购两亿元。\n"
      "十二、继续分红。\n";
  EXPECT_EQ(blocks(text), (Strings{"P", "L m=(1) l=广告", "L m=(2) l=电商", "L m=3) l=海外", "L m=1.", "L m=①", "L m=-",
                                   "L m=•", "L m=十二、"}));
}

TEST(ListTest, ConsecutiveItemsAreNoHeadings) {
  EXPECT_EQ(blocks("今年有三项工作。\n1、扩大产能\n2、降低成本\n3、开拓海外\n我们有信心完成。\n"),
            (Strings{"P", "L m=1、", "L m=2、", "L m=3、", "P"}));
}

TEST(ListTest, NumbersThatAreNoMarkers) {
  EXPECT_EQ(
      blocks(
          "1.6版本上线，反馈很好。\n-0.25元是每股亏损。\n2024.05.06公告。\n*注释。\n#青禾# 收入增长。\n三季度增长。\n"),
      (Strings{"P", "P", "P", "P", "P", "P"}));
}

TEST(LeadTest, LabelsAndHalfSentences) {
  EXPECT_EQ(blocks("广告业务:收入增长两成。\n"), (Strings{"P l=广告业务"}));
  EXPECT_EQ(blocks("**风险提示:**需求不及预期。\n"), (Strings{"P l=风险提示"}));
  EXPECT_EQ(blocks("【青禾食品:上半年多赚两成】公司公告。\n"), (Strings{"P l=青禾食品"}));
  EXPECT_EQ(blocks("公司管理层在会上表示:收入会增长。\n"), (Strings{"P"}));
  EXPECT_EQ(blocks("具体内容如下:收入增长。\n"), (Strings{"P"}));
  EXPECT_EQ(blocks("2024年:收入增长。\n"), (Strings{"P"}));
  EXPECT_EQ(blocks("http://example.com 是网址。\n"), (Strings{"P"}));
  EXPECT_EQ(blocks("收入增长,利润下降:这是现状。\n"), (Strings{"P"}));
}

TEST(DialogueTest, QuestionsAndAnswers) {
  EXPECT_EQ(
      blocks("一、问答\n问:毛利率怎么看?\n答:会改善。\n成本也在下降。\n问:分红呢?\n答:维持。\n二、其他\n没有了。\n"),
      (Strings{"H1 m=一、", "T ^0 m=问: l=问 s=问", "T ^0 m=答: l=答 s=答", "P ^0 s=答", "T ^0 m=问: l=问 s=问",
               "T ^0 m=答: l=答 s=答", "H1 m=二、", "P ^6"}));
  EXPECT_EQ(blocks("Q1:收入如何?\nA1:增长两成。\nQ2、毛利率如何?\nA:持平。\n"),
            (Strings{"T m=Q1: l=Q s=Q", "T m=A1: l=A s=A", "T m=Q2、 l=Q s=Q", "T m=A: l=A s=A"}));
  EXPECT_EQ(blocks("问题一:收入如何?\n回答:增长两成。\n【问】分红呢?\n【答】维持。\n"),
            (Strings{"T m=问题一: l=问题 s=问题", "T m=回答: l=回答 s=回答", "T m=【问】 l=问 s=问",
                     "T m=【答】 l=答 s=答"}));
  EXPECT_EQ(blocks("Q:收入如何?\n答(财务长):增长两成。\n"),
            (Strings{"T m=Q: l=Q s=Q", "T m=答(财务长): l=财务长 s=财务长"}));
}

TEST(DialogueTest, QuarterFiguresAndListsAreNoTurns) {
  EXPECT_EQ(blocks("Q1:+8.4%，Q2:+31.6%。\n"), (Strings{"P"}));
  EXPECT_EQ(blocks("A:第一种方案。\nB:第二种方案。\n"), (Strings{"P l=A", "P l=B"}));
  EXPECT_EQ(blocks("相关问题:没有。\n"), (Strings{"P l=相关问题"}));
  EXPECT_EQ(sentences("营收增长两成(Q1:+8.4%;Q2:+31.6%)。好。").size(), 2U);
}

TEST(DialogueTest, NamedSpeakers) {
  const std::string text =
      "主持人:欢迎各位参加青禾食品的业绩会。\n"
      "财务总监 王小明:收入增长两成。\n"
      "毛利率也有改善。\n"
      "分析师 李大华(某某证券):明年怎么看?\n"
      "王小明:继续增长，目标不变。\n"
      "Jane Doe:Any colour on the margin?\n"
      "王小明:持平。\n"
      "Jane Doe:谢谢。\n";
  EXPECT_EQ(blocks(text),
            (Strings{"T m=主持人: s=主持人", "T m=财务总监 王小明: s=财务总监 王小明", "P s=财务总监 王小明",
                     "T m=分析师 李大华(某某证券): s=分析师 李大华(某某证券)", "T m=王小明: s=王小明",
                     "T m=Jane Doe: s=Jane Doe", "T m=王小明: s=王小明", "T m=Jane Doe: s=Jane Doe"}));
  EXPECT_EQ(blocks("(00:01.500) 主持人:欢迎各位参加业绩会。\n[00:12:03] 王总:谢谢主持人，大家好。\n"),
            (Strings{"T m=(00:01.500) 主持人: s=主持人", "T m=[00:12:03] 王总: s=王总"}));
  EXPECT_EQ(blocks("**主持人:** 欢迎各位。\n**Speaker 2:** 谢谢大家。\n"),
            (Strings{"T m=**主持人:** s=主持人", "T m=**Speaker 2:** s=Speaker 2"}));
}

TEST(DialogueTest, ThingsMeasuredAreNoSpeakers) {
  EXPECT_EQ(blocks("毛利率:一季度54%，有所改善。\n净利率:一季度14%，略升。\n毛利率:二季度55%，继续改善。\n净利率:"
                   "二季度15%，略升。\n"),
            (Strings{"P l=毛利率", "P l=净利率", "P l=毛利率", "P l=净利率"}));
  EXPECT_EQ(blocks("出席人员如下。\n董事长:王小明\n财务总监:李大华\n"), (Strings{"P", "P l=董事长", "P l=财务总监"}));
  EXPECT_EQ(blocks("主要股东:王小明持有百分之二十，李大华持有百分之十。\n"), (Strings{"P l=主要股东"}));
}

TEST(DialogueTest, InsideOneLine) {
  EXPECT_EQ(sentences("业绩会内容如下:问:收入如何?答:增长两成。谢谢。问:分红呢?答:维持。"),
            (Strings{"业绩会内容如下:", "问:收入如何?", "答:增长两成。", "谢谢。", "问:分红呢?", "答:维持。"}));
  const std::string numbered =
      "问答环节:1:为什么收入增长?答:门店增加。2:毛利率呢?答:原因有两点:1、成本下降。2、售价上升。3:分红呢?答:维持。";
  EXPECT_EQ(blocks(numbered), (Strings{"H1", "T ^0 m=1:", "T ^0 m=答: l=答 s=答", "T ^0 m=2:", "T ^0 m=答: l=答 s=答",
                                       "T ^0 m=3:", "T ^0 m=答: l=答 s=答"}));
  EXPECT_EQ(sentences("请问:这样好吗?我回答:好。").size(), 2U);
}

TEST(DialogueTest, ChaptersInsideOneLine) {
  std::string filler;
  for (int i = 0; i < 60; ++i) filler += "公司继续开店。";
  EXPECT_EQ(blocks("会议如下:一、概述:收入增长。" + filler + "二、展望:继续开店。"),
            (Strings{"P", "L m=一、 l=概述", "L m=二、 l=展望"}));
  EXPECT_EQ(blocks("我们坚持三点。" + filler + "二、是错的。"), (Strings{"P"}));
}

TEST(SegmentTest, KeepsTheWholeText) {
  for (const char* text : {
           "",
           " ",
           "\n\n",
           "。",
           "?",
           ":",
           "问:",
           "答:",
           "1.",
           "一、",
           "(1)",
           "#",
           "# ",
           "-",
           "……",
           "“",
           "”",
           "((((",
           "))))",
           "问:答:问:答:",
           "1:?答:2:?答:",
           "主持人:",
           "主持人:\n大家好。",
           "**",
           "****",
           "。。。\n。。。",
           "\xFF\xFE",
           "\xE3\x80",
           "a\xE3\x80\x82\xE3",
           "\xF0\x9F\x98\x80:\xF0\x9F\x98\x80。",
           "甲。  乙。    丙",
           "\t甲\t乙\t",
           "甲\r乙\r\n丙\v丁\f戊",
           "甲。\"乙。\"丙。\"丁",
           "一、二、三、四、",
           "第一部分",
           "第一部分 甲\n乙。",
           ":::::",
           "[00:00:01]",
           "(00:01) :",
       }) {
    expect_whole(segmented(text));
  }
}

// Many short texts of nothing but marks.
TEST(SegmentTest, KeepsTheWholeTextOfAnyMarks) {
  const std::vector<std::string> alphabet = {"答:", "Q", "1",  ":",  "。", "(",  ")", "“",
                                             "\"",  " ", "  ", "\n", "、", "一", "*", "\xE3"};
  for (size_t seed = 0; seed < 65536; seed += 7) {
    std::string text;
    size_t rest = seed;
    for (size_t i = 0; i < 8; ++i) {
      text += alphabet[(rest >> i) % alphabet.size()];
      rest = rest * 31 + 17;
    }
    SCOPED_TRACE(text);
    expect_whole(segmented(text));
    if (HasFatalFailure()) return;
  }
}

// Twice the text takes about twice the time: ten times would be a wrong algorithm.
TEST(SegmentTest, IsLinear) {
  for (const char* unit : {"(",      "“",           "(。",  "“(。)",  ")",       ".",     "…",
                           "\"。",   "答:",         "?答:", "1:",     "?1:?答:", "问",    "  ",
                           "。  ",   "**",          "一、", "二、。", ":",       "甲:\n", "1、甲\n",
                           "# 甲\n", "张三:好。\n", "字",   "\xE3",   "(1)",     "0",     "99999999:"}) {
    const auto seconds = [&](size_t bytes) {
      std::string text;
      while (text.size() < bytes) text += unit;
      const auto start = std::chrono::steady_clock::now();
      const Document d = segmented(std::move(text));
      EXPECT_FALSE(d.blocks.empty() && std::string_view(unit) != "  ");
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const double small = seconds(100'000);
    const double large = seconds(400'000);
    EXPECT_LT(large, small * 10 + 0.25) << unit;
  }
}

}  // namespace
}  // namespace jiyao
