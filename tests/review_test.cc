// Reviews: reading them, finding what they are about in a new extraction, and
// the command run as a user runs it.
#include "pipeline/review/review.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "pipeline/model/cell.h"
#include "pipeline/read/workbook.h"
#include "pipeline/review/anchor.h"
#include "pipeline/write/write.h"
#include "tests/support/corpus.h"
#include "tests/support/program.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr const char* kMorning = "2026-01-31T09:00:00Z";
constexpr const char* kNoon = "2026-01-31T12:00:00Z";

constexpr const char* kCall =
    "晨星電器2024年第四季度業績電話會\n\n一、業績概要\n"
    "總經理：第四季度總收入達到12.5億元，同比增長8.3%。毛利率為31.2%。\n"
    "截至年末，公司員工達到4200人。\n";

class Reviewing : public support::Program {
 protected:
  fs::path write(const fs::path& name, const std::string& text) const {
    Program::write(name, text);
    return folder_ / name;
  }

  MetricsTable table(const std::string& csv) const {
    auto read = read_metrics(write("table.csv", csv));
    if (const auto* error = std::get_if<ReadError>(&read)) ADD_FAILURE() << error->message;
    return std::get<MetricsTable>(std::move(read));
  }

  Review review(const std::string& json) const {
    auto read = read_review(write("review.json", json), support::line().rules);
    if (const auto* errors = std::get_if<std::vector<ReadError>>(&read)) {
      for (const ReadError& error : *errors) ADD_FAILURE() << error.message;
      return {};
    }
    return std::get<Review>(std::move(read));
  }

  // What is wrong with a review, without the folder; a mistake a line.
  std::string mistakes(const std::string& json) const {
    const auto read = read_review(write("review.json", json), support::line().rules);
    std::string all;
    if (const auto* errors = std::get_if<std::vector<ReadError>>(&read)) {
      for (const ReadError& error : *errors) all += error.message.substr(folder_.string().size() + 1) + "\n";
    }
    return all;
  }
};

// The code points [from, to) of a text.
std::string cut(const std::string& text, int from, int to) {
  std::string part;
  int at = -1;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++at;
    if (from <= at && at < to) part += c;
  }
  return part;
}

// A text and its table.
struct Sample {
  SourceText source;
  MetricsTable table;

  std::string cell(uint32_t row, const char* column) const { return std::string(unguarded(table.cell(row, column))); }
  uint32_t row_of(const std::string& figure, int nth = 0) const {
    for (uint32_t row = 0; row < table.rows(); ++row) {
      if (cell(row, "figure") == figure && nth-- == 0) return row;
    }
    ADD_FAILURE() << figure << " is no fact";
    return 0;
  }
};

// As the audit page exports it.
Json decision_on(const Sample& sample, uint32_t row, const std::string& state, const Json& corrections = {},
                 const std::string& note = "") {
  const auto start = static_cast<int>(sample.table.figures[row].begin);
  const auto end = static_cast<int>(sample.table.figures[row].end);
  const std::string& text = sample.source.text;
  Json statement;
  for (const char* column : {"metric", "segment", "period", "basis", "company"}) {
    statement[column] = sample.cell(row, column);
  }
  return {{"fact_id", sample.cell(row, "fact_id")},
          {"state", state},
          {"corrections", corrections.is_null() ? Json::object() : corrections},
          {"note", note},
          {"selector",
           {{"type", "TextQuoteSelector"},
            {"exact", cut(text, start, end)},
            {"prefix", cut(text, start - 32, start)},
            {"suffix", cut(text, end, end + 32)}}},
          {"position", {{"type", "TextPositionSelector"}, {"start", start}, {"end", end}}},
          {"statement", statement}};
}

Json exported(const Sample& sample, const std::vector<Json>& decisions, const std::string& time = kNoon) {
  return {{"format", "jiyao-review/1"},
          {"document", sample.source.document},
          {"source_sha256", sample.source.sha256},
          {"exported", time},
          {"decisions", decisions}};
}

Json all_accepted(const Sample& sample) {
  std::vector<Json> decisions;
  for (uint32_t row = 0; row < sample.table.rows(); ++row) decisions.push_back(decision_on(sample, row, "accepted"));
  return exported(sample, decisions);
}

class Reviews : public Reviewing {
 protected:
  Sample sample(const std::string& text, const std::string& name = "call.txt",
                const DocumentContext& given = {}) const {
    const Extracted extracted = support::extracted(text, given, name);
    return {extracted.document.source,
            table(metrics_header() + metrics_rows(extracted.document, extracted.extraction))};
  }

  // Applied with the text at hand, or not.
  ReviewOutcome apply(const Sample& to, const Review& reviewed, bool with_text = true) const {
    const auto text_of = [&](std::string_view document, std::string_view sha256) {
      EXPECT_EQ(document, to.source.document);
      EXPECT_EQ(sha256, to.source.sha256);
      return with_text ? &to.source : nullptr;
    };
    return apply_review(to.table, reviewed, {support::line().rules, support::fold, text_of});
  }
  ReviewOutcome apply(const Sample& to, const Json& reviewed, bool with_text = true) const {
    return apply(to, review(reviewed.dump()), with_text);
  }

  // "12.5億元 accepted", and "8.3% text gone" of what was not applied.
  std::vector<std::string> told(const Sample& to, const Json& reviewed) const {
    const Review read = review(reviewed.dump());
    const ReviewOutcome outcome = apply(to, read);
    EXPECT_THAT(outcome.mistakes, IsEmpty());
    std::vector<std::string> lines;
    for (uint32_t row = 0; row < to.table.rows(); ++row) {
      const ReviewedRow& of = outcome.rows[row];
      if (of.reviewed()) lines.push_back(to.cell(row, "figure") + " " + name(of.state));
      if (!of.note.empty()) lines.push_back(to.cell(row, "figure") + " note " + of.note);
    }
    for (const UnappliedDecision& left : outcome.unapplied) {
      const Decision& decision = read[left.document].decisions[left.decision];
      lines.push_back(decision.quote.exact + " " + name(left.why) + (left.detail.empty() ? "" : ": " + left.detail));
    }
    return lines;
  }

  // The table, a cell replaced wherever the row has this figure.
  Sample with_cell(const Sample& of, const std::string& figure, const std::string& column,
                   const std::string& text) const {
    std::string csv = "\xEF\xBB\xBF";
    for (const std::string& name : of.table.columns) csv += name + (name == of.table.columns.back() ? "\n" : ",");
    for (uint32_t row = 0; row < of.table.rows(); ++row) {
      for (const std::string& name : of.table.columns) {
        const bool here = name == column && of.cell(row, "figure") == figure;
        csv += "\"" + (here ? text : of.cell(row, name.c_str())) + (name == of.table.columns.back() ? "\"\n" : "\",");
      }
    }
    return {of.source, table(csv)};
  }
};

TEST_F(Reviews, OfTheSameExtraction) {
  const Sample call = sample(kCall);
  EXPECT_THAT(
      told(call, exported(call, {decision_on(call, call.row_of("12.5億元"), "accepted"),
                                 decision_on(call, call.row_of("8.3%"), "rejected", {}, "看第二頁"),
                                 decision_on(call, call.row_of("31.2%"), "corrected", {{"value", "31.0"}}),
                                 decision_on(call, call.row_of("4200人"), "", {}, "人數？")})),
      ElementsAre("12.5億元 accepted", "8.3% rejected", "8.3% note 看第二頁", "31.2% corrected", "4200人 note 人數？"));
}

TEST_F(Reviews, NeedNoTextOfTheSameExtraction) {
  const Sample call = sample(kCall);
  const ReviewOutcome outcome =
      apply_review(call.table, review(all_accepted(call).dump()), {support::line().rules, support::fold, nullptr});
  EXPECT_EQ(outcome.applied, call.table.rows());
  EXPECT_THAT(outcome.unapplied, IsEmpty());
}

TEST_F(Reviews, FollowTheirQuotesWhenTheTextMoves) {
  const Sample call = sample(kCall);
  const Sample moved = sample("以下內容由主持人整理，未經公司審閱。\n\n" + std::string(kCall));
  EXPECT_THAT(told(moved, all_accepted(call)),
              ElementsAre("12.5億元 accepted", "8.3% accepted", "31.2% accepted", "4200人 accepted"));
  const ReviewOutcome blind = apply(moved, all_accepted(call), false);
  ASSERT_EQ(blind.unapplied.size(), 4u);
  EXPECT_EQ(blind.unapplied[0].why, Obstacle::no_text);
}

TEST_F(Reviews, LineEndsMayBeAny) {
  std::string windows;
  for (const char* c = kCall; *c != '\0'; ++c) windows += *c == '\n' ? "\r\n" : std::string(1, *c);
  const Sample call = sample(kCall);
  const Sample converted = sample(windows);
  ASSERT_NE(call.source.sha256, converted.source.sha256);
  EXPECT_EQ(apply(converted, all_accepted(call)).applied, 4u);
  EXPECT_EQ(apply(call, all_accepted(converted)).applied, 4u);
}

TEST_F(Reviews, AnEditedSentenceIsGone) {
  const Sample call = sample(kCall);
  std::string text = kCall;
  text.replace(text.find("總收入達到"), strlen("總收入達到"), "淨利潤達到");
  EXPECT_THAT(told(sample(text), all_accepted(call)),
              ElementsAre("31.2% accepted", "4200人 accepted", "12.5億元 text gone", "8.3% text gone"));
}

TEST_F(Reviews, TheOtherScriptIsAnotherText) {
  const Sample call = sample(kCall);
  const Sample simplified = sample(support::to_simplified(kCall));
  EXPECT_THAT(told(simplified, all_accepted(call)),
              ElementsAre("12.5億元 text gone", "8.3% text gone", "31.2% text gone", "4200人 text gone"));
}

// Documents that share a file name with another one are not taken for it.
TEST_F(Reviews, ADocumentIsFoundByNameHashOrFile) {
  const Sample call = sample(kCall, "calls/call.txt");
  Json renamed = all_accepted(call);
  renamed["document"] = "elsewhere/old.txt";
  EXPECT_EQ(apply(call, renamed).applied, 4u);
  const Sample moved = sample("會前說明。\n" + std::string(kCall), "2025/call.txt");
  EXPECT_EQ(apply(moved, all_accepted(call)).applied, 4u);
  const Sample other = sample("會前說明。\n" + std::string(kCall), "2025/other.txt");
  EXPECT_THAT(told(other, all_accepted(call)), testing::Each(HasSubstr(" document gone")));
}

TEST_F(Reviews, ARepeatedSentenceIsToldByWhatIsAroundIt) {
  const std::string sentence = "第三事業部毛利率為31.2%。";
  const std::string text = "晨星電器\n去年情況如下。" + sentence + "\n今年情況如下。" + sentence + "\n";
  const Sample call = sample(text);
  const Json second = exported(call, {decision_on(call, 1, "rejected")});
  // Another one before, after, or both.
  for (const std::string& now : {"晨星電器\n" + sentence + text.substr(text.find('\n') + 1), text + sentence + "\n",
                                 "晨星電器\n" + sentence + text.substr(text.find('\n') + 1) + sentence + "\n"}) {
    const Sample again = sample(now);
    const ReviewOutcome outcome = apply(again, second);
    ASSERT_EQ(outcome.applied, 1u) << now;
    for (uint32_t row = 0; row < again.table.rows(); ++row) {
      const Span at = again.table.figures[row];
      const bool is_it = cut(again.source.text, static_cast<int>(at.begin) - 16, static_cast<int>(at.begin)) ==
                         "今年情況如下。第三事業部毛利率為";
      EXPECT_EQ(outcome.rows[row].reviewed(), is_it) << row << now;
    }
  }
}

TEST_F(Reviews, WhatMayBeOfTwoPlacesIsNotApplied) {
  const std::string line = "第三事業部毛利率為31.2%。\n";
  const std::string filler = "這一段不談數字，只談前景和策略，以及團隊在全國各地的工作安排與下一步的想法。\n";
  const Sample call = sample(filler + line + filler + line + filler);
  ASSERT_EQ(call.table.rows(), 2u);
  const Json first = exported(call, {decision_on(call, 0, "accepted")});
  // Moved by another length than the places are apart.
  const Sample moved = sample("前言。\n" + filler + line + filler + line + filler);
  EXPECT_THAT(told(moved, first), ElementsAre("31.2% ambiguous: it may stand at 2 places"));
}

// Not even if only one of two is left: then both may be it.
TEST_F(Reviews, OneOfTwoThatIsLeftIsNotBoth) {
  const std::string line = "第三事業部毛利率為31.2%。\n";
  const std::string filler = "這一段不談數字，只談前景和策略，以及團隊在全國各地的工作安排與下一步的想法。\n";
  const Sample call = sample(filler + line + filler + line + filler);
  const Sample shorter = sample("前言。\n" + filler + line + filler);
  EXPECT_THAT(told(shorter, all_accepted(call)), testing::Each(HasSubstr("ambiguous")));
}

// The same sentence elsewhere, which nobody decided on.
TEST_F(Reviews, AnotherSentenceAlikeIsNotTakenForIt) {
  const std::string line = "第三事業部毛利率為31.2%。";
  const auto text = [](const std::string& first, const std::string& second) {
    return "晨星電器\n一季度門店為210家。" + first + "會員為3000人。\n二季度門店為230家。" + second +
           "會員為3500人。\n";
  };
  const Sample call = sample(text(line, line));
  const uint32_t row = call.row_of("31.2%", 0);
  const Json reviewed =
      exported(call, {decision_on(call, call.row_of("210家"), "accepted"), decision_on(call, row, "accepted"),
                      decision_on(call, call.row_of("3000人"), "accepted")});
  EXPECT_THAT(
      told(sample(text("第三事業部毛利率為31.4%。", line)), reviewed),
      ElementsAre("210家 accepted", "3000人 accepted", "31.2% ambiguous: the one place that is left may be another's"));
  // Between the same neighbours it is, though text was put in on both sides.
  EXPECT_THAT(told(sample(text("說明如下。" + line + "如上所述。", "")), reviewed),
              ElementsAre("210家 accepted", "31.2% accepted", "3000人 accepted"));
}

TEST_F(Reviews, OfSeveralFactsOnOneFigure) {
  const std::string text = "晨星科技2024年第四季度業績\nDAU和MAU分別同比增長5%和7%。DAU與MAU均同比增長6%。\n";
  const Sample call = sample(text);
  std::map<std::string, int> at;
  for (uint32_t row = 0; row < call.table.rows(); ++row) ++at[call.cell(row, "figure")];
  ASSERT_EQ(at["6%"], 2) << "no figure with two facts";
  const uint32_t one = call.row_of("6%", 0), other = call.row_of("6%", 1);
  const Json reviewed = exported(call, {decision_on(call, one, "accepted"), decision_on(call, other, "rejected")});
  for (const Sample& again : {call, sample("說明。\n" + text)}) {
    const ReviewOutcome outcome = apply(again, reviewed);
    EXPECT_EQ(outcome.rows[one].state, ReviewState::accepted);
    EXPECT_EQ(outcome.rows[other].state, ReviewState::rejected);
    EXPECT_EQ(again.cell(one, "metric"), call.cell(one, "metric"));
  }
}

TEST_F(Reviews, WhatWasAcceptedMustStillBeStated) {
  const Sample call = sample(kCall);
  const uint32_t row = call.row_of("12.5億元");
  const Sample now = with_cell(call, "12.5億元", "metric", "net_profit");
  for (const char* state : {"accepted", "rejected"}) {
    EXPECT_THAT(told(now, exported(call, {decision_on(call, row, state)})),
                ElementsAre("12.5億元 changed since review: metric: revenue → net_profit"));
  }
  // What else was corrected does not make it right.
  EXPECT_THAT(told(now, exported(call, {decision_on(call, row, "corrected", {{"unit", "TWD"}})})),
              ElementsAre("12.5億元 changed since review: metric: revenue → net_profit"));
  EXPECT_THAT(told(now, exported(call, {decision_on(call, row, "", {}, "年報？")})),
              ElementsAre("12.5億元 note 年報？"));
}

TEST_F(Reviews, ACorrectionHoldsWhateverItsCellHasBecome) {
  const Sample call = sample(kCall);
  const uint32_t row = call.row_of("12.5億元");
  const Json corrected =
      exported(call, {decision_on(call, row, "corrected", {{"metric", "operating_profit"}, {"unit", "TWD"}})});
  EXPECT_THAT(told(with_cell(call, "12.5億元", "metric", "net_profit"), corrected), ElementsAre("12.5億元 corrected"));
  // One of two is as corrected now.
  const ReviewOutcome half = apply(with_cell(call, "12.5億元", "metric", "operating_profit"), corrected);
  ASSERT_EQ(half.rows[row].corrections.size(), 1u);
  EXPECT_EQ(half.rows[row].corrections[0].text, "TWD");
  // Both are: nothing is left to correct.
  const Sample learned =
      with_cell(with_cell(call, "12.5億元", "metric", "operating_profit"), "12.5億元", "unit", "TWD");
  EXPECT_THAT(told(learned, corrected), ElementsAre("12.5億元 accepted"));
  const ReviewOutcome outcome = apply(learned, corrected);
  EXPECT_EQ(outcome.learned, 1u);
  EXPECT_EQ(outcome.merged[0].decisions[0].state, ReviewState::accepted);
}

TEST_F(Reviews, AFactThatIsGoneIsTold) {
  const Sample call = sample(kCall);
  const Sample now = sample(std::string(kCall).substr(0, std::string(kCall).find("截至")));
  EXPECT_THAT(told(now, all_accepted(call)), testing::Contains("4200人 text gone"));
  // The text stands, its row does not.
  std::string rows = metrics_header();
  const Extracted extracted = support::extracted(kCall, {}, "call.txt");
  const std::string all = metrics_rows(extracted.document, extracted.extraction);
  const Sample fewer{call.source, table(rows + all.substr(all.find("\r\n") + 2))};
  EXPECT_THAT(told(fewer, all_accepted(call)), testing::Contains("12.5億元 fact gone"));
  Json older = all_accepted(call);
  older["source_sha256"] = std::string(64, 'a');
  EXPECT_THAT(told(fewer, older), testing::Contains("12.5億元 fact gone"));
}

TEST_F(Reviews, TheLastDecisionHolds) {
  const Sample call = sample(kCall);
  const uint32_t row = call.row_of("12.5億元");
  const Json early = exported(call, {decision_on(call, row, "accepted")}, kMorning);
  const Json late = exported(call, {decision_on(call, row, "rejected")}, kNoon);
  const auto both = [](const Json& a, const Json& b) {
    return Json{{"format", "jiyao-review/1"}, {"documents", {a, b}}};
  };
  EXPECT_THAT(told(call, both(early, late)), ElementsAre("12.5億元 rejected"));
  EXPECT_THAT(told(call, both(late, early)), ElementsAre("12.5億元 rejected"));
  // Of one time the later in the order given.
  const Json same = exported(call, {decision_on(call, row, "accepted")}, "2026-01-31T12:00:00.000Z");
  EXPECT_THAT(told(call, both(late, same)), ElementsAre("12.5億元 accepted"));
  EXPECT_THAT(told(call, both(same, late)), ElementsAre("12.5億元 rejected"));
  // Nothing decided and nothing noted takes the earlier one back.
  const Json back = exported(call, {decision_on(call, row, "")}, "2026-01-31T12:00:00.5Z");
  EXPECT_THAT(told(call, both(back, late)), IsEmpty());
  EXPECT_THAT(apply(call, both(back, late)).merged, IsEmpty());
}

TEST_F(Reviews, ALaterDecisionOnTheNewTextReplacesTheOldOne) {
  const Sample call = sample(kCall);
  const Sample moved = sample("會前說明。\n" + std::string(kCall));
  const Json old = exported(call, {decision_on(call, 0, "accepted"), decision_on(call, 1, "accepted")}, kMorning);
  const Json now = exported(moved, {decision_on(moved, 0, "rejected")}, kNoon);
  const Json both{{"format", "jiyao-review/1"}, {"documents", {old, now}}};
  EXPECT_THAT(told(moved, both), ElementsAre("12.5億元 rejected", "8.3% accepted"));
  EXPECT_EQ(apply(moved, both).superseded, 1u);
}

TEST_F(Reviews, WhatIsKeptGivesTheSameAgain) {
  const Sample call = sample(kCall);
  const Sample moved = sample("會前說明。\n" + std::string(kCall));
  const Json reviewed = exported(
      call, {decision_on(call, 0, "corrected", {{"period", "2024"}, {"value", "12500000"}}, "=cmd|' /C calc'!A0"),
             decision_on(call, 1, "accepted"), decision_on(call, 2, "", {}, "一\n二")});
  const ReviewOutcome first = apply(moved, reviewed);
  const std::string kept = review_json(first.merged);
  const ReviewOutcome second = apply(moved, review(kept), false);  // by their ids now
  EXPECT_EQ(reviewed_rows(moved.table, second.rows), reviewed_rows(moved.table, first.rows));
  EXPECT_EQ(review_json(second.merged), kept);
  EXPECT_EQ(second.unapplied.size(), 0u);
  const Decision& decision = second.merged[0].decisions[0];
  EXPECT_EQ(decision.quote.exact, "12.5億元");
  EXPECT_EQ(decision.quote.prefix, cut(moved.source.text, static_cast<int>(decision.position.begin) - 32,
                                       static_cast<int>(decision.position.begin)));
  // Now all cells are known: another value is a change.
  EXPECT_THAT(told(with_cell(moved, "8.3%", "value", "83"), Json::parse(kept)),
              testing::Contains("8.3% changed since review: value: 8.3 → 83"));
}

TEST_F(Reviews, WhatIsNotAppliedIsKeptUnlessForgotten) {
  const Sample call = sample(kCall);
  const Sample other = sample("晨星電器\n總收入達到77億元。\n");
  const Review reviewed = review(all_accepted(call).dump());
  ReviewOutcome outcome = apply(other, reviewed);
  EXPECT_EQ(review_json(outcome.merged), review_json(review(review_json(outcome.merged))));
  ASSERT_EQ(outcome.merged.size(), 1u);
  EXPECT_EQ(outcome.merged[0].decisions.size(), 4u);
  EXPECT_EQ(outcome.merged[0].source_sha256, call.source.sha256);
  const auto text_of = [&other](auto...) { return &other.source; };
  outcome = apply_review(other.table, reviewed, {support::line().rules, support::fold, text_of, true});
  EXPECT_THAT(outcome.merged, IsEmpty());
  EXPECT_EQ(outcome.unapplied.size(), 4u);
  // For want of a text nothing is forgotten.
  outcome = apply_review(other.table, reviewed, {support::line().rules, support::fold, nullptr, true});
  EXPECT_EQ(outcome.merged.size(), 1u);
}

// Every column, with what follows from it.

std::map<std::string, std::string> corrected_row(const Sample& call, const ReviewOutcome& outcome, uint32_t row,
                                                 const MetricsTable& read) {
  EXPECT_THAT(outcome.mistakes, IsEmpty());
  std::map<std::string, std::string> cells;
  for (const std::string& column : read.columns) {
    const std::string now(unguarded(read.cell(row, column)));
    if (now != call.cell(row, column.c_str())) cells[column] = now;
  }
  return cells;
}

class Corrections : public Reviews {
 protected:
  std::map<std::string, std::string> after(const Json& corrections, const char* figure = "12.5億元") const {
    const Sample call = sample(kCall);
    const uint32_t row = call.row_of(figure);
    const ReviewOutcome outcome = apply(call, exported(call, {decision_on(call, row, "corrected", corrections)}));
    const MetricsTable read = table(reviewed_header(call.table) + reviewed_rows(call.table, outcome.rows));
    return corrected_row(call, outcome, row, read);
  }

  std::vector<std::string> wrong_in_row(const Json& corrections, const char* figure = "12.5億元") const {
    const Sample call = sample(kCall);
    return apply(call, exported(call, {decision_on(call, call.row_of(figure), "corrected", corrections)})).mistakes;
  }

  std::string refused(const char* column, const std::string& text) const {
    const Sample call = sample(kCall);
    return mistakes(exported(call, {decision_on(call, 0, "corrected", {{column, text}})}).dump());
  }
};

using Cells = std::map<std::string, std::string>;

TEST_F(Corrections, TakeTheirCellsAndWhatFollows) {
  const std::string was = "original_";
  for (const auto& [column, text, old] : std::vector<std::array<std::string, 3>>{{"company", "晨星", ""},
                                                                                 {"ticker", "00001.HK", ""},
                                                                                 {"segment", "家電", ""},
                                                                                 {"basis", "share", "level"},
                                                                                 {"base", "總收入", ""},
                                                                                 {"unit", "TWD", "CNY"},
                                                                                 {"qualifier", "about", ""},
                                                                                 {"status", "guidance", "actual"},
                                                                                 {"subject", "營業收入", "總收入"}}) {
    Cells expected = {{column, text}, {"review", "corrected"}, {"corrected", column}};
    if (!old.empty()) expected[was + column] = old;
    EXPECT_EQ(after({{column, text}}), expected);
  }
  EXPECT_EQ(after({{"metric", "net_profit"}}), (Cells{{"metric", "net_profit"},
                                                      {"metric_en", "Net profit"},
                                                      {"metric_zh", "净利润"},
                                                      {"review", "corrected"},
                                                      {"corrected", "metric"},
                                                      {"original_metric", "revenue"}}));
  EXPECT_EQ(after({{"metric", "other"}, {"subject", "總營收"}}), (Cells{{"metric", "other"},
                                                                        {"metric_en", "Other"},
                                                                        {"metric_zh", "总营收"},
                                                                        {"subject", "總營收"},
                                                                        {"review", "corrected"},
                                                                        {"corrected", "metric;subject"},
                                                                        {"original_metric", "revenue"},
                                                                        {"original_subject", "總收入"}}));
  EXPECT_EQ(after({{"period", "2024-01-01..2024-06-30"}}), (Cells{{"period", "2024H1"},
                                                                  {"period_start", "2024-01-01"},
                                                                  {"period_end", "2024-06-30"},
                                                                  {"review", "corrected"},
                                                                  {"corrected", "period"},
                                                                  {"original_period", "2024Q4"}}));
  EXPECT_EQ(after({{"period", ""}}), (Cells{{"period", ""},
                                            {"period_start", ""},
                                            {"period_end", ""},
                                            {"review", "corrected"},
                                            {"corrected", "period"},
                                            {"original_period", "2024Q4"}}));
}

TEST_F(Corrections, AValueKeepsThePrecisionOfItsDigits) {
  EXPECT_EQ(after({{"value", "125000000"}})["decimals"], "-6");  // a tenth: 12.5 千万
  EXPECT_EQ(after({{"value", "-1250000000"}}).count("decimals"), 0u);
  EXPECT_EQ(after({{"value", "1251234567.80"}})["decimals"], "2");
  EXPECT_EQ(after({{"value", "-1250000000"}})["original_value"], "1250000000");
  const Cells range = after({{"value", ""}, {"value_low", "12.0"}, {"value_high", "13"}, {"qualifier", "range"}});
  EXPECT_EQ(range.at("corrected"), "value;value_low;value_high;qualifier");
  EXPECT_EQ(range.at("value_low"), "12.0");
  EXPECT_EQ(range.at("decimals"), "1");
}

TEST_F(Corrections, MustStandInTheirRow) {
  EXPECT_THAT(wrong_in_row({{"value_low", "12"}}), ElementsAre(HasSubstr("value: stands beside value_low")));
  EXPECT_THAT(wrong_in_row({{"value", ""}}), ElementsAre(HasSubstr("value: is empty, and so are")));
  EXPECT_THAT(wrong_in_row({{"value", ""}, {"value_low", "13"}, {"value_high", "12"}}),
              ElementsAre(HasSubstr("value_low: is above value_high")));
  EXPECT_THAT(wrong_in_row({{"period", "FY2025Q3"}}), ElementsAre(HasSubstr("FY2025Q3 is of a fiscal year")));
  EXPECT_THAT(wrong_in_row({{"period", "FY2025Q3"}}), ElementsAre(StartsWith("call.txt: f-")));
}

// The document's other rows tell when its fiscal year ends.
TEST_F(Corrections, AFiscalPeriodHasTheDocumentsDays) {
  DocumentContext given;
  given.fiscal_year_end_month = 3;
  given.fiscal_year_given = true;
  given.published = *Date::parse("2025-02-10");
  const Sample call =
      sample("晨星電器2025財年第三季度業績\n2025財年第三季度總收入12.5億元，毛利率31.2%。\n", "call.txt", given);
  const uint32_t row = call.row_of("12.5億元");
  ASSERT_EQ(call.cell(row, "period"), "FY2025Q3");
  const ReviewOutcome outcome =
      apply(call, exported(call, {decision_on(call, row, "corrected", {{"period", "FY2025Q1"}})}));
  const MetricsTable read = table(reviewed_header(call.table) + reviewed_rows(call.table, outcome.rows));
  EXPECT_EQ(read.cell(row, "period_start"), "2024-04-01");
  EXPECT_EQ(read.cell(row, "period_end"), "2024-06-30");
}

TEST_F(Corrections, BadOnesAreNamed) {
  const char* at = "review.json: /decisions/0/corrections/";
  EXPECT_THAT(refused("value", "12,5"), StartsWith(at + std::string("value: \"12,5\" is no decimal; write it")));
  EXPECT_THAT(refused("value", "1e9"), HasSubstr("is no decimal"));
  EXPECT_THAT(refused("value_low", "１２"), HasSubstr("is no decimal"));
  EXPECT_THAT(refused("value_high", "=1+1"), HasSubstr("is no decimal"));
  EXPECT_THAT(refused("period", "2024Q5"), HasSubstr("\"2024Q5\" is no period; write it like 2024Q4"));
  EXPECT_THAT(refused("period", "2024-02-30"), HasSubstr("is no period"));
  EXPECT_THAT(refused("metric", "revenu"), HasSubstr("\"revenu\" is no metric of the rules"));
  EXPECT_THAT(refused("basis", "yoyo"), HasSubstr("\"yoyo\" is none of level, yoy"));
  EXPECT_THAT(refused("basis", ""), HasSubstr("is none of"));
  EXPECT_THAT(refused("qualifier", "circa"), HasSubstr("\"circa\" is none of about, over"));
  EXPECT_THAT(refused("status", "plan"), HasSubstr("is none of actual, guidance"));
  EXPECT_THAT(refused("unit", "CNX"), HasSubstr("\"CNX\" is no currency"));
  EXPECT_THAT(refused("subject", "a\nb"), HasSubstr("holds a control character"));
  EXPECT_THAT(refused("company", std::string(5000, 'a')), HasSubstr("longer than 4096 bytes"));
  EXPECT_THAT(refused("quote", "x"), HasSubstr("\"quote\" is no column that can be corrected; these are company"));
  EXPECT_EQ(refused("qualifier", ""), "");
  EXPECT_EQ(refused("unit", "辆"), "");
}

TEST_F(Corrections, NothingIsRunByASpreadsheet) {
  const Sample call = sample(kCall);
  const ReviewOutcome outcome = apply(
      call, exported(call, {decision_on(call, 0, "corrected", {{"subject", "=cmd|' /C calc'!A0"}, {"company", "@x"}},
                                        "=HYPERLINK(\"http://x\")")}));
  const std::string rows = reviewed_rows(call.table, outcome.rows);
  EXPECT_THAT(rows, HasSubstr(",'=cmd|' /C calc'!A0,"));
  EXPECT_THAT(rows, HasSubstr(",'@x,"));
  EXPECT_THAT(rows, HasSubstr(",\"'=HYPERLINK(\"\"http://x\"\")\","));
}

// Without decisions the rows are the table's own, to the byte.
TEST_F(Corrections, WhatWasNotReviewedStaysAsItWas) {
  const Extracted extracted = support::extracted(kCall, {}, "call.txt");
  const Sample call = sample(kCall);
  const std::string none(3 + kCorrectable.size(), ',');
  std::string expected;
  for (const std::string& row : support::split(metrics_rows(extracted.document, extracted.extraction), '\n')) {
    if (!row.empty()) expected += row.substr(0, row.size() - 1) + none + "\r\n";
  }
  EXPECT_EQ(reviewed_rows(call.table, std::vector<ReviewedRow>(call.table.rows())), expected);
}

// A link leads on from where the table lies.
TEST_F(Corrections, LinksStillLeadToTheirPages) {
  Sample call = sample(kCall);
  std::string csv = reviewed_rows(call.table, std::vector<ReviewedRow>(call.table.rows()), "../");
  EXPECT_THAT(csv, Not(HasSubstr("../")));
  if (call.table.column("link") == kNone) call.table.columns.back() = "link";
  const Sample linked = with_cell(call, "8.3%", "link", "audit/call.txt.html#f-1");
  csv = reviewed_rows(linked.table, std::vector<ReviewedRow>(linked.table.rows()), "../");
  EXPECT_THAT(csv, HasSubstr(",../audit/call.txt.html#f-1,"));
}

// Files that are no reviews.

TEST_F(Reviews, MistakesAreToldWithTheirPlace) {
  const Sample call = sample(kCall);
  const Json good = exported(call, {decision_on(call, 0, "accepted")});
  EXPECT_EQ(mistakes(good.dump()), "");
  const auto with = [&good](const char* pointer, const Json& value) {
    Json changed = good;
    changed[Json::json_pointer(pointer)] = value;
    return changed.dump();
  };
  const auto without = [&good](const char* pointer, const char* key) {
    Json changed = good;
    changed[Json::json_pointer(pointer)].erase(key);
    return changed.dump();
  };
  EXPECT_THAT(mistakes(with("/format", "jiyao-review/2")),
              HasSubstr("review.json: /format: \"jiyao-review/2\" is not known here; this jiyao reads jiyao-review/1"));
  EXPECT_THAT(mistakes(with("/format", 1)), HasSubstr("/format: 1 is not known"));
  EXPECT_THAT(mistakes(without("", "format")), HasSubstr("no review; give a review.json"));
  EXPECT_THAT(mistakes("[]"), HasSubstr("no review"));
  EXPECT_THAT(mistakes(without("", "exported")), HasSubstr("review.json: /: key \"exported\" is missing"));
  EXPECT_THAT(mistakes(with("/exported", "yesterday")), HasSubstr("/exported: is no time"));
  EXPECT_THAT(mistakes(with("/exported", "2026-02-30T12:00:00Z")), HasSubstr("is no time"));
  EXPECT_THAT(mistakes(with("/source_sha256", "ABC")), HasSubstr("/source_sha256: is no SHA-256"));
  EXPECT_THAT(mistakes(with("/document", "")), HasSubstr("/document: is empty"));
  EXPECT_THAT(mistakes(with("/document", 7)), HasSubstr("/document: number, where a string is meant"));
  EXPECT_THAT(mistakes(with("/decisions", Json::object())), HasSubstr("/decisions: object, where an array is meant"));
  EXPECT_THAT(mistakes(with("/decisions/0", "x")), HasSubstr("/decisions/0: string, where an object is meant"));
  EXPECT_THAT(mistakes(with("/decisions/0/state", "maybe")), HasSubstr("/decisions/0/state: \"maybe\" is none of"));
  EXPECT_THAT(mistakes(with("/decisions/0/state", "corrected")), HasSubstr("/corrections: is empty, but the state"));
  EXPECT_THAT(mistakes(with("/decisions/0/corrections", Json{{"unit", "TWD"}})), HasSubstr("but the state is not"));
  EXPECT_THAT(mistakes(with("/decisions/0/position/start", -1)), HasSubstr("/position/start: no offset"));
  EXPECT_THAT(mistakes(with("/decisions/0/position/start", 4.5)), HasSubstr("/position/start: no offset"));
  EXPECT_THAT(mistakes(with("/decisions/0/position/end", 99999999999)), HasSubstr("/position/end: no offset"));
  EXPECT_THAT(mistakes(with("/decisions/0/position/end", 1)), HasSubstr("/position/end: lies before start"));
  EXPECT_THAT(mistakes(with("/decisions/0/selector/exact", "")), HasSubstr("/selector/exact: is empty"));
  EXPECT_THAT(mistakes(with("/decisions/0/selector/type", "x")), HasSubstr("must be TextQuoteSelector"));
  EXPECT_THAT(mistakes(without("/decisions/0/statement", "metric")),
              HasSubstr("/statement: key \"metric\" is missing"));
  EXPECT_THAT(mistakes(with("/decisions/0/extra", 1)), HasSubstr("/decisions/0: key \"extra\" is not known"));
  EXPECT_THAT(mistakes(with("/decisions/0/note", std::string("a\0b", 3))), HasSubstr("/note: holds U+0000"));
  EXPECT_THAT(mistakes(with("/decisions/0/note", "\x1b[2J")), HasSubstr("/note: holds a control character"));
  EXPECT_THAT(mistakes(with("/decisions/0/note", std::string(20000, 'x'))), HasSubstr("/note: longer than"));
  EXPECT_THAT(mistakes(exported(call, {decision_on(call, 0, "accepted"), decision_on(call, 0, "rejected")}).dump()),
              HasSubstr("/decisions/1/fact_id: second decision on f-"));
  // All at once.
  Json bad = good;
  bad["exported"] = "x";
  bad["decisions"][0]["state"] = "y";
  EXPECT_THAT(mistakes(bad.dump()), testing::AllOf(HasSubstr("/exported"), HasSubstr("/state")));
}

TEST_F(Reviews, WhatIsNoJsonIsToldByLineAndColumn) {
  EXPECT_THAT(mistakes(""), StartsWith("review.json:1:1: no JSON: "));
  EXPECT_THAT(mistakes("{\n  \"format\": jiyao\n}"), StartsWith("review.json:2:13: no JSON: "));
  EXPECT_THAT(mistakes("{\"元\": \"\xff\"}"), StartsWith("review.json:1:8: no JSON: "));
  EXPECT_THAT(mistakes("{\"a\": \"\\ud800\"}"), StartsWith("review.json:1:"));
  EXPECT_THAT(mistakes("{\"a\": \"\\ud800\"}"), HasSubstr("surrogate"));
  EXPECT_THAT(mistakes("{\"a\": \"\\ud800x\"}"), HasSubstr("surrogate"));
  EXPECT_THAT(mistakes(std::string("{\"a\": \"\0\"}", 10)), HasSubstr("no JSON"));
  EXPECT_THAT(mistakes("{} {}"), HasSubstr("no JSON"));
  EXPECT_THAT(mistakes("{\"format\":1,\n\"format\":2}"), StartsWith("review.json:2:8: key \"format\" twice"));
  EXPECT_THAT(mistakes(std::string(200000, '[')), HasSubstr("nested too deep"));
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"a\":";
  EXPECT_THAT(mistakes(deep), HasSubstr("nested too deep"));
  EXPECT_THAT(mistakes(std::string(kMaxReviewBytes + 1, ' ')), HasSubstr("larger than 64 MiB"));
}

// Bytes changed at random: an error or a review, nothing else.
TEST_F(Reviews, AnyBytesAreReadOrRefused) {
  const Sample call = sample(kCall);
  const std::string good = all_accepted(call).dump();
  std::mt19937 random(20260131);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = good;
    for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    const auto read = read_review(write("review.json", bytes), support::line().rules);
    if (const auto* reviewed = std::get_if<Review>(&read)) {
      apply_review(call.table, *reviewed,
                   {support::line().rules, support::fold, [&](auto...) { return &call.source; }});
    }
  }
}

// Were each compared with each, this would not end.
TEST_F(Reviews, ManyLinesThatAreAlike) {
  std::string csv = "fact_id,document,source_sha256,figure,char_start,char_end";
  for (const std::string_view column : kCorrectable) csv += "," + std::string(column);
  csv += "\n";
  Sample now;
  now.source.document = "a.txt";
  now.source.sha256 = std::string(64, 'b');
  ReviewedDocument document{"a.txt", std::string(64, 'a'), kNoon, {}};
  for (uint32_t i = 0; i < 50000; ++i) {
    const uint32_t at = i * 5;
    now.source.text += "率為5%\n";
    csv += fmt::format("f-{},a.txt,{},5%,{},{}{}\n", i, now.source.sha256, at + 2, at + 4, std::string(14, ','));
    Decision decision{fmt::format("g-{}", i), ReviewState::accepted, {}, "",
                      {"5%", "率為", "\n"},   {at + 2, at + 4},      {}};
    document.decisions.push_back(decision);
  }
  now.source.index_lines();
  now.table = table(csv);
  const auto begin = std::chrono::steady_clock::now();
  const ReviewOutcome outcome = apply(now, Review{document});
  EXPECT_EQ(outcome.rows.size(), 50000u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

// Over the corpus: paragraphs inserted anywhere between blocks, every decision
// stands where its figure stands. What the document is about is given, so that
// they do not hide its title.

struct Inserted {
  std::string text;
  std::vector<std::pair<uint32_t, uint32_t>> moves;  // code points: from here on, so much further

  uint32_t moved(uint32_t at) const {
    uint32_t by = 0;
    for (const auto& [from, length] : moves) by += from <= at ? length : 0;
    return at + by;
  }
};

Inserted with_paragraphs(const Document& document, std::mt19937& random) {
  static const std::vector<std::string> kParagraphs = {"以上內容由記者現場整理，未經受訪者審閱。\n", "本段為編者按。\n",
                                                       "（以下為補充說明，與前文無關。）\n\n", "（會場掌聲。）\n"};
  Inserted made;
  uint32_t taken = 0;
  for (const Block& block : document.blocks) {
    if (random() % 3 != 0) continue;
    const Citation at = cite(document.source, document.folded, block.span);
    const uint32_t line = document.source.line_bytes[at.line - 1];
    if (line < taken) continue;
    const std::string& paragraph = kParagraphs[random() % kParagraphs.size()];
    made.text += document.source.text.substr(taken, line - taken) + paragraph;
    made.moves.emplace_back(document.source.line_chars[at.line - 1], count_code_points(paragraph));
    taken = line;
  }
  made.text += document.source.text.substr(taken);
  return made;
}

class ReviewOfCorpus : public Reviews, public testing::WithParamInterface<support::Case> {};

std::string case_name(const testing::TestParamInfo<support::Case>& of) {
  std::string name = of.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Of, ReviewOfCorpus, testing::ValuesIn(support::cases()), case_name);

TEST_P(ReviewOfCorpus, EveryDecisionStandsWhereItsFigureStands) {
  for (const char* script : {"hans", "hant"}) {
    const std::string file = support::file_name(GetParam(), script);
    const DocumentContext given = support::extracted_case(GetParam(), script).extraction.context;
    const Extracted extracted = support::extracted(support::contents(support::corpus_folder() / file), given, file);
    const Sample old{extracted.document.source,
                     table(metrics_header() + metrics_rows(extracted.document, extracted.extraction))};
    const Review reviewed = review(all_accepted(old).dump());
    for (unsigned seed = 1; seed <= 4; ++seed) {
      std::mt19937 random(seed);
      const Inserted inserted = with_paragraphs(extracted.document, random);
      const Sample now = sample(inserted.text, file, given);
      const ReviewOutcome outcome = apply(now, reviewed);
      const auto moved = [&](Span figure) { return inserted.moved(figure.begin); };
      // An inserted paragraph may cut facts off from what they took their period
      // from, in one text many. That is told of the right rows.
      std::set<std::string> changed;
      for (const UnappliedDecision& left : outcome.unapplied) {
        const Decision& decision = reviewed[0].decisions[left.decision];
        const std::string what = decision.quote.exact + " " + name(left.why) + " " + left.detail;
        ASSERT_EQ(left.why, Obstacle::changed) << file << " " << seed << " " << what;
        const Span at = left.row == kNone ? Span{} : now.table.figures[left.row];
        EXPECT_TRUE(left.row == kNone || at.begin == moved(decision.position)) << what;
        changed.insert(decision.fact_id);
      }
      EXPECT_LE(changed.size() * 3, old.table.rows() * 2) << file << " " << seed;
      const auto key = [](const Sample& of, uint32_t row, uint32_t begin) {
        std::string all = std::to_string(begin);
        for (const std::string_view column : kStatement) all += "|" + of.cell(row, std::string(column).c_str());
        return all;
      };
      std::multiset<std::string> rows;
      for (uint32_t row = 0; row < now.table.rows(); ++row) {
        if (outcome.rows[row].reviewed()) rows.insert(key(now, row, now.table.figures[row].begin));
      }
      for (uint32_t row = 0; row < old.table.rows(); ++row) {
        if (changed.contains(old.cell(row, "fact_id"))) continue;
        const auto found = rows.find(key(old, row, moved(old.table.figures[row])));
        ASSERT_NE(found, rows.end()) << file << " " << seed << " " << old.cell(row, "quote");
        rows.erase(found);
      }
      EXPECT_THAT(rows, IsEmpty()) << file << " " << seed;
    }
  }
}

// The program itself.

class ReviewCommand : public Reviews {
 protected:
  // The text extracted by the program; its sample.
  Sample extract(const std::string& text, const std::string& to) const {
    const fs::path file = write("calls/call.txt", text);
    EXPECT_EQ(run("extract calls -q -o " + to).status, 0);
    auto read_table = read_metrics(folder_ / to);
    auto source = jiyao::read(Input{file, "call.txt"});
    return {std::get<SourceText>(std::move(source)), std::get<MetricsTable>(std::move(read_table))};
  }
};

TEST_F(ReviewCommand, WritesTheReviewedTableBesideTheOther) {
  const Sample call = extract(kCall, "out");
  const std::string before = support::contents(folder_ / "out/metrics.csv");
  write("r.json", exported(call, {decision_on(call, 0, "corrected", {{"unit", "TWD"}}, "=cmd")}).dump());
  const support::Outcome done = run("review apply out r.json");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(done.out, "");
  EXPECT_THAT(done.err, HasSubstr("decisions applied              1\n"));
  EXPECT_EQ(support::contents(folder_ / "out/metrics.csv"), before);
  EXPECT_THAT(names("out/reviewed"),
              testing::UnorderedElementsAre("metrics.csv", "metrics.xlsx", "unapplied.csv", "review.json"));
  const auto reviewed = std::get<MetricsTable>(read_metrics(folder_ / "out/reviewed"));
  EXPECT_EQ(reviewed.cell(0, "review"), "corrected");
  EXPECT_EQ(reviewed.cell(0, "unit"), "TWD");
  EXPECT_EQ(reviewed.cell(0, "original_unit"), "CNY");
  EXPECT_EQ(reviewed.cell(0, "note"), "'=cmd");
  EXPECT_EQ(run("review apply out r.json -q").err, "");
}

TEST_F(ReviewCommand, WritesAWorkbookIfTheResultHasOne) {
  const Sample call = extract(kCall, "out");
  write("r.json", exported(call, {decision_on(call, 0, "corrected", {{"value", "-1.5"}}, "=cmd")}).dump());
  ASSERT_EQ(run("review apply out r.json -q").status, 0);
  const auto book = std::get<Workbook>(read_workbook(folder_ / "out/reviewed/metrics.xlsx"));
  ASSERT_EQ(book.sheets.size(), 3u);
  EXPECT_EQ(book.sheets[0].name, "metrics");
  EXPECT_EQ(book.sheets[1].name, "unapplied");
  EXPECT_EQ(book.sheets[2].name, "about");
  const auto reviewed = std::get<MetricsTable>(read_metrics(folder_ / "out/reviewed"));
  std::map<std::string, const SheetCell*> first;  // row, by column
  for (const SheetCell& cell : book.sheets[0].cells) {
    if (cell.row == 1) first[reviewed.columns[cell.column]] = &cell;
  }
  EXPECT_EQ(first.at("value")->value->to_string(), "-1.5");
  EXPECT_EQ(first.at("original_value")->value->to_string(), call.cell(0, "value"));
  EXPECT_EQ(first.at("note")->text, "=cmd");
  EXPECT_EQ(first.at("review")->text, "corrected");
  fs::remove(folder_ / "out/metrics.xlsx");
  EXPECT_THAT(run("review apply out r.json -q").err,
              HasSubstr("out/reviewed/metrics.xlsx is of an earlier review and was left as it is\n"));
}

TEST_F(ReviewCommand, GoesOnFromWhatWasDecidedBefore) {
  const Sample call = extract(kCall, "out");
  write("a.json", exported(call, {decision_on(call, 0, "accepted")}, kMorning).dump());
  write("b.json", exported(call, {decision_on(call, 1, "rejected")}, kNoon).dump());
  EXPECT_EQ(run("review apply out a.json").status, 0);
  EXPECT_EQ(run("review apply out b.json").status, 0);
  support::Outcome status = run("review status out");
  EXPECT_EQ(status.status, 1);
  EXPECT_THAT(status.out, HasSubstr("4\t2\t1\t1\t0\t0\t0\tcall.txt\n"));
  EXPECT_EQ(run("review apply out b.json --anew").status, 0);
  EXPECT_THAT(run("review status out").out, HasSubstr("4\t3\t0\t1\t0\t0\t0\tcall.txt\n"));
  write("c.json", all_accepted(call).dump());
  EXPECT_EQ(run("review apply out c.json").status, 0);
  EXPECT_EQ(run("review status out").status, 0);
}

TEST_F(ReviewCommand, AppliesAgainAfterANewExtraction) {
  const Sample call = extract(kCall, "out");
  write("r.json", all_accepted(call).dump());
  EXPECT_EQ(run("review apply out r.json").status, 0);
  std::string text = "會前說明。\n" + std::string(kCall);
  text.replace(text.find("4200人"), strlen("4200人"), "4300人");
  extract(text, "new");
  support::Outcome done = run("review apply new out/reviewed/review.json");
  EXPECT_EQ(done.status, 1);
  EXPECT_THAT(done.err, HasSubstr("call.txt: another text than this one was reviewed"));
  EXPECT_THAT(done.out, HasSubstr("\taccepted\ttext needed\n"));
  write("others/call.txt", "又是另一篇。");
  EXPECT_THAT(
      run("review apply new out/reviewed/review.json --source others").err,
      HasSubstr("call.txt: another text than this one was reviewed, and no file of --source is the one that new was"));
  done = run("review apply new out/reviewed/review.json --source calls");
  EXPECT_EQ(done.status, 1);
  EXPECT_EQ(done.out, "call.txt\t78..83\t截至年末，公司員工達到«4200人»。\taccepted\ttext gone\n");
  const std::string left = support::contents(folder_ / "new/reviewed/unapplied.csv");
  EXPECT_THAT(left, HasSubstr("\r\ncall.txt,78,83,"));
  EXPECT_THAT(left, HasSubstr("«4200人»"));
  // From the folder itself, then without what is gone.
  EXPECT_EQ(run("review apply new").status, 1);
  EXPECT_EQ(run("review apply new new/reviewed/review.json --source calls --forget").status, 1);
  EXPECT_EQ(run("review apply new new/reviewed/review.json --source calls").status, 0);
  EXPECT_THAT(run("review status new").out, HasSubstr("4\t1\t3\t0\t0\t0\t0\ttotal\n"));
}

TEST_F(ReviewCommand, EveryHelpHasExamples) {
  for (const char* command : {"review", "review apply", "review status"}) {
    const support::Outcome done = run(std::string(command) + " --help");
    EXPECT_EQ(done.status, 0) << command;
    EXPECT_THAT(done.out, HasSubstr("Examples:\n  jiyao review ")) << command;
  }
}

TEST_F(ReviewCommand, TroubleIsTwoAndWritesNothing) {
  const Sample call = extract(kCall, "out");
  write("good.json", all_accepted(call).dump());
  write("bad.json", "{");
  write("fiscal.json", exported(call, {decision_on(call, 0, "corrected", {{"period", "FY2025"}})}).dump());
  EXPECT_EQ(run("review").status, 2);
  EXPECT_THAT(run("review apply out").err, HasSubstr("out/reviewed: there is no review.json yet"));
  EXPECT_EQ(run("review apply none good.json").status, 2);
  EXPECT_EQ(run("review apply out none.json").status, 2);
  EXPECT_THAT(run("review apply out good.json bad.json").err, HasSubstr("bad.json:1:2: no JSON"));
  EXPECT_THAT(run("review apply out fiscal.json").err, HasSubstr("out: call.txt: f-"));
  EXPECT_EQ(run("review apply out fiscal.json").status, 2);
  EXPECT_FALSE(fs::exists(folder_ / "out/reviewed"));
  const support::Outcome same = run("review apply out good.json -o out");
  EXPECT_EQ(same.status, 2);
  EXPECT_THAT(same.err, HasSubstr("holds the table as extracted"));
  EXPECT_EQ(run("review apply out/metrics.csv good.json").status, 0);
  EXPECT_THAT(run("review apply out/reviewed good.json").err, HasSubstr("reviewed already"));
}

// Names in a review are compared and never opened; the terminal is told nothing hostile.
TEST_F(ReviewCommand, HostileNamesDoNoHarm) {
  const Sample call = extract(kCall, "out");
  Json evil = all_accepted(call);
  evil["document"] = "../../etc/passwd\x1b[2J\xe2\x80\xae";
  evil["source_sha256"] = std::string(64, '0');
  write("r.json", evil.dump());
  const support::Outcome done = run("review apply out r.json --source calls");
  EXPECT_EQ(done.status, 1);
  EXPECT_THAT(done.out, HasSubstr("document gone"));
  for (const std::string& told : {done.out, done.err}) {
    EXPECT_THAT(told, Not(HasSubstr("\x1b")));
    EXPECT_THAT(told, Not(HasSubstr("\xe2\x80\xae")));
  }
}

}  // namespace
}  // namespace jiyao
