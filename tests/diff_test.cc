// What differs between two metrics tables: reading them, pairing their rows,
// and the command run as a user runs it.
#include "pipeline/diff/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "pipeline/read/read.h"
#include "pipeline/write/write.h"
#include "tests/support/program.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

using support::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Tables : public support::Folder {
 protected:
  MetricsTable table(const std::string& text) const {
    write("table.csv", text);
    auto read = read_metrics(folder_ / "table.csv");
    if (const auto* error = std::get_if<ReadError>(&read)) {
      ADD_FAILURE() << error->message;
      return {};
    }
    return std::get<MetricsTable>(std::move(read));
  }

  // What is wrong with a table, without the folder.
  std::string mistake(const std::string& text) const {
    write("table.csv", text);
    const auto read = read_metrics(folder_ / "table.csv");
    if (!std::holds_alternative<ReadError>(read)) return {};
    return std::get<ReadError>(read).message.substr(folder_.string().size() + 1);
  }

  // "changed 0 1: metric", and "same 2" at the end.
  std::vector<std::string> told(const std::string& before, const std::string& after,
                                const std::vector<std::string>& only = {}) const {
    const MetricsTable old = table(before);
    const MetricsTable now = table(after);
    const Difference found = diff(old, now, only);
    std::vector<std::string> lines;
    for (const RowDifference& row : found.rows) {
      std::string line = name(row.kind);
      if (row.before != kNone) line += " " + std::to_string(row.before);
      if (row.after != kNone) line += " " + std::to_string(row.after);
      for (const uint32_t i : row.columns) line += " " + found.columns[i].name;
      lines.push_back(line);
    }
    lines.push_back("same " + std::to_string(found.same));
    return lines;
  }
};

using ReadMetrics = Tables;
using Diff = Tables;

constexpr const char* kHeader = "document,char_start,char_end,metric,subject,period,value,figure,rule\n";

std::string rows(const std::string& lines) { return kHeader + lines; }

TEST_F(ReadMetrics, CellsByNameWhateverTheOrder) {
  const MetricsTable read = table(
      "\xEF\xBB\xBF"
      "metric,char_end,document,char_start,quote\r\nrevenue,9,a.txt,4,\"一,\n二\"\r\n");
  ASSERT_EQ(read.rows(), 1u);
  EXPECT_EQ(read.figures[0], (Span{4, 9}));
  EXPECT_EQ(read.cell(0, "metric"), "revenue");
  EXPECT_EQ(read.cell(0, "quote"), "一,\n二");
  EXPECT_EQ(read.cell(0, "nothing"), "");
  EXPECT_EQ(read.cell(1, "metric"), "");
}

TEST_F(ReadMetrics, MistakesAreToldWithTheirPlace) {
  EXPECT_THAT(mistake(""), HasSubstr("table.csv:1:1: there is no header"));
  EXPECT_THAT(mistake("document,char_start\na,1\n"), HasSubstr("table.csv:1:1: column \"char_end\" is missing"));
  EXPECT_THAT(mistake("document,char_start,char_end,document\n"), HasSubstr("table.csv:1:30: second column"));
  EXPECT_THAT(mistake("document,char_start,char_end\na,b,3\n"), HasSubstr("table.csv:2:3: \"b\" is no offset"));
  EXPECT_THAT(mistake("document,char_start,char_end\na,-1,3\n"), HasSubstr("table.csv:2:3: \"-1\" is no offset"));
  EXPECT_THAT(mistake("document,char_start,char_end\na,99999999999,3\n"), HasSubstr("table.csv:2:3: "));
  EXPECT_THAT(mistake("document,char_start,char_end\na,4,3\n"), HasSubstr("table.csv:2:5: char_end lies before"));
  EXPECT_THAT(mistake("document,char_start,char_end\na,1,3\nb,1\n"), HasSubstr("table.csv:3:3: 2 fields"));
  EXPECT_THAT(mistake("document,char_start,char_end\n\"a,1,3\n"), HasSubstr("quotation mark is missing"));
}

TEST_F(ReadMetrics, AFolderStandsForItsTable) {
  write("out/metrics.csv", rows("a,1,2,revenue,收入,2024,1,1,x\n"));
  EXPECT_TRUE(std::holds_alternative<MetricsTable>(read_metrics(folder_ / "out")));
  EXPECT_TRUE(std::holds_alternative<ReadError>(read_metrics(folder_ / "none")));
}

TEST_F(Diff, NothingOfEqualTables) {
  const std::string table = rows("a,1,2,revenue,收入,2024,1,1,x\na,5,6,other,人數,2024,2,2,x\n");
  EXPECT_THAT(told(table, table), ElementsAre("same 2"));
  EXPECT_THAT(told(kHeader, kHeader), ElementsAre("same 0"));
}

TEST_F(Diff, OrderOfColumnsAndRowsIsNoDifference) {
  EXPECT_THAT(told("document,char_start,char_end,metric\na,1,2,x\na,3,4,y\n",
                   "metric,document,char_end,char_start\r\ny,a,4,3\r\nx,a,2,1\r\n"),
              ElementsAre("same 2"));
}

TEST_F(Diff, ColumnsThatChanged) {
  EXPECT_THAT(told(rows("a,1,2,revenue,收入,2024,1,1,x\n"), rows("a,1,2,other,收入,2023,1,1,y\n")),
              ElementsAre("changed 0 0 metric period", "same 0"));
}

TEST_F(Diff, AnotherRuleAloneIsNone) {
  const std::string before = rows("a,1,2,revenue,收入,2024,1,1,x\n");
  const std::string after = rows("a,1,2,revenue,收入,2024,1,1,y\n");
  EXPECT_THAT(told(before, after), ElementsAre("same 1"));
  EXPECT_THAT(told(before, after, {"rule"}), ElementsAre("changed 0 0 rule", "same 0"));
  EXPECT_THAT(told(before, after, {"metric"}), ElementsAre("same 1"));
}

TEST_F(Diff, AddedAndRemovedByPlace) {
  EXPECT_THAT(
      told(rows("a,1,2,revenue,收入,2024,1,1,x\nb,1,2,revenue,收入,2024,1,1,x\n"),
           rows("a,1,2,revenue,收入,2024,1,1,x\na,7,8,revenue,收入,2024,3,3,x\nc,1,2,revenue,收入,2024,1,1,x\n")),
      ElementsAre("added 1", "removed 1", "added 2", "same 1"));
}

TEST_F(Diff, SeveralFactsAtAFigureGoWithTheMostAlike) {
  EXPECT_THAT(told(rows("a,1,2,dau,日活,2024,5,5%,x\na,1,2,mau,月活,2024,5,5%,x\n"),
                   rows("a,1,2,mau,月活,2023,5,5%,x\na,1,2,users,會員,2024,5,5%,x\na,1,2,dau,日活,2024,5,5%,x\n")),
              ElementsAre("changed 1 0 period", "added 1", "same 1"));
}

TEST_F(Diff, RepeatedRowsArePairedOnce) {
  const std::string row = "a,1,2,revenue,收入,2024,1,1,x\n";
  EXPECT_THAT(told(rows(row + row), rows(row + row + row)), ElementsAre("added 2", "same 2"));
}

TEST_F(Diff, FiguresThatOverlapAreOneThatChanged) {
  EXPECT_THAT(told(rows("a,1,6,revenue,收入,2024,1,12.5億,x\n"), rows("a,1,7,revenue,收入,2024,1,12.5億元,x\n")),
              ElementsAre("changed 0 0 figure", "same 0"));
  // Side by side they are two.
  EXPECT_THAT(told(rows("a,1,6,revenue,收入,2024,1,12.5億,x\n"), rows("a,6,7,revenue,收入,2024,1,1,x\n")),
              ElementsAre("removed 0", "added 0", "same 0"));
}

TEST_F(Diff, WhatFollowsFromAnotherColumnIsNotToldBesideIt) {
  const auto with_dates = [](const std::string& period, const std::string& start) {
    return "document,char_start,char_end,period,period_start\na,1,2," + period + "," + start + "\n";
  };
  EXPECT_THAT(told(with_dates("2024", "2024-01-01"), with_dates("2023", "2023-01-01")),
              ElementsAre("changed 0 0 period", "same 0"));
  EXPECT_THAT(told(with_dates("FY2024", "2024-01-01"), with_dates("FY2024", "2023-04-01")),
              ElementsAre("changed 0 0 period_start", "same 0"));
}

// Were each compared with each, this would not end.
TEST_F(Diff, ManyRowsAtOneFigure) {
  std::string before, after;
  for (int i = 0; i < 20000; ++i) {
    before += "a,1,2,revenue,收入,2024," + std::to_string(i) + ",1,x\n";
    after += "a,1,2,other,收入,2024," + std::to_string(i) + ",1,x\n";
  }
  EXPECT_EQ(told(rows(before), rows(after)).size(), 20001u);
}

TEST_F(Diff, WhatARowStates) {
  const MetricsTable read = table(
      "document,char_start,char_end,basis,value,value_low,value_high,unit,metric,subject,period\n"
      "a,1,2,yoy,8.3,,,%,revenue,收入,2024Q4\na,1,2,level,,7,9,,other,,\na,1,2,,,,,,,,\n");
  EXPECT_EQ(statement(read, 0), "yoy 8.3 % of revenue “收入”, period 2024Q4");
  EXPECT_EQ(statement(read, 1), "level 7..9 of other");
  EXPECT_EQ(statement(read, 2), "");
}

// The program itself.

class DiffCommand : public support::Program {
 protected:
  // Standard output being a terminal.
  std::string run_on_terminal(const std::string& arguments) const {
    int terminal = -1;
    const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
      execl("/bin/sh", "sh", "-c", command(arguments).c_str(), nullptr);
      _exit(127);
    }
    std::string out;
    std::array<char, 4096> piece;
    for (ssize_t got = 0; (got = ::read(terminal, piece.data(), piece.size())) > 0;) {
      out.append(piece.data(), static_cast<size_t>(got));
    }
    waitpid(child, nullptr, 0);
    close(terminal);
    return out;
  }

  // A text, its table, and one in which a row lost its metric and another one
  // is not there.
  void write_sample() const {
    write("texts/a.txt", "晨星電器\n總收入達到12.5億元，同比增長8.3%，利潤率由8.3%升至9.1%。\n");
    ASSERT_EQ(run("extract texts -o old -q").status, 0);
    std::string table = support::contents(folder_ / "old/metrics.csv");
    const size_t metric = table.find(",revenue,");
    ASSERT_NE(metric, std::string::npos);
    table.replace(metric, 9, ",other,");
    const size_t last = table.rfind("\r\n", table.size() - 3) + 2;
    write("new/metrics.csv", table.substr(0, last));
  }
};

TEST_F(DiffCommand, TellsRowsWithTheirSentences) {
  write_sample();
  const Outcome done = run("diff old new");
  EXPECT_EQ(done.status, 1) << done.err;
  EXPECT_EQ(done.err, "");
  EXPECT_THAT(done.out, HasSubstr("a.txt:2:6: changed\n  總收入達到«12.5億元»，同比增長8.3%，"));
  EXPECT_THAT(done.out, HasSubstr("\n    metric  revenue → other\n"));
  EXPECT_THAT(done.out, HasSubstr(": removed\n"));
  EXPECT_THAT(done.out, HasSubstr("9.1 %"));
  EXPECT_THAT(done.out, HasSubstr("\nchanged                        1\n  metric                       1\n"));
}

TEST_F(DiffCommand, NothingDiffers) {
  write_sample();
  const Outcome done = run("diff old old/metrics.csv");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, Not(HasSubstr("a.txt")));
  EXPECT_THAT(done.out, HasSubstr("changed                        0\n"));
}

TEST_F(DiffCommand, MarksTheFigureAtItsPlaceInTheSource) {
  write_sample();
  std::string table = support::contents(folder_ / "old/metrics.csv");
  const size_t growth = table.find(",yoy,");
  ASSERT_NE(growth, std::string::npos);
  table.replace(growth, 5, ",qoq,");
  write("basis/metrics.csv", table);
  EXPECT_THAT(run("diff old basis").out, HasSubstr("同比增長«8.3%»，利潤率由«8.3%»升至9.1%"));
  const std::string exact = run("diff old basis --source texts").out;
  EXPECT_THAT(exact, HasSubstr("texts/a.txt:2:17: changed\n"));
  EXPECT_THAT(exact, HasSubstr("同比增長«8.3%»，利潤率由8.3%升至9.1%"));
  // Another text than the table is of: back to the quote.
  write("texts/a.txt", "另一篇文章，共有8.3%的其他內容，長度也不同，寫得更長一些。\n");
  EXPECT_THAT(run("diff old basis --source texts").out, HasSubstr("同比增長«8.3%»，利潤率由«8.3%»升至9.1%"));
}

TEST_F(DiffCommand, OnlyTheColumnsAskedFor) {
  write_sample();
  EXPECT_THAT(run("diff old new --column period").out, Not(HasSubstr("changed\n")));
  EXPECT_THAT(run("diff old new --column period --column metric").out, HasSubstr("revenue → other"));
  const Outcome wrong = run("diff old new --column perod");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("there is no column \"perod\"; its columns are fact_id, document"));
}

TEST_F(DiffCommand, SummaryAlone) {
  write_sample();
  const Outcome done = run("diff old new --summary");
  EXPECT_EQ(done.status, 1);
  EXPECT_THAT(done.out, testing::StartsWith("same "));
}

TEST_F(DiffCommand, AsData) {
  write_sample();
  const Outcome csv = run("diff old new --format csv");
  EXPECT_EQ(csv.status, 1);
  EXPECT_THAT(csv.out, testing::StartsWith("\xEF\xBB\xBF"
                                           "change,document,line,column,"));
  EXPECT_THAT(csv.out, HasSubstr("changed,a.txt,2,6,10,16,12.5億元,metric,revenue,other,"));
  const Outcome json = run("diff old new --format json");
  std::istringstream lines(json.out);
  std::string first, second;
  std::getline(lines, first);
  std::getline(lines, second);
  const auto changed = nlohmann::json::parse(first);
  EXPECT_EQ(changed["columns"]["metric"]["old"], "revenue");
  EXPECT_EQ(changed["char_start"], 10);
  EXPECT_EQ(nlohmann::json::parse(second)["row"]["value"], "9.1");
  EXPECT_EQ(run("diff old new --format xml").status, 2);
}

TEST_F(DiffCommand, TroubleIsTwo) {
  write_sample();
  EXPECT_EQ(run("diff old none").status, 2);
  EXPECT_EQ(run("diff old").status, 2);
  EXPECT_EQ(run("diff - -").status, 2);
  write("bad.csv", "document,char_start\n");
  EXPECT_THAT(run("diff bad.csv new").err, HasSubstr("bad.csv:1:1: column \"char_end\" is missing"));
}

TEST_F(DiffCommand, AColumnOfOneTableIsNoted) {
  write("old.csv", rows("a,1,2,revenue,收入,2024,1,1,x\n"));
  write("new.csv", "document,char_start,char_end,metric\na,1,2,revenue\n");
  const Outcome done = run("diff old.csv new.csv");
  EXPECT_EQ(done.status, 0);
  EXPECT_THAT(done.err, HasSubstr("only old.csv has subject, period, value, figure, rule; not compared"));
}

// Escape sequences, overrides of direction and controls of U+0080 to U+009F.
TEST_F(DiffCommand, NothingHostileReachesTheTerminal) {
  const std::string evil =
      "\x1b]0;x\x07收入\xe2\x80\xae 5% \xc2\x9b"
      "31m\rb";
  const auto table = [&](const std::string& metric) {
    return "document,char_start,char_end,metric,figure,quote,line\n\"" + evil + "\",1,2," + metric + ",5%,\"" + evil +
           "\",\"\x1b[2J\"\n";
  };
  write("old.csv", table("a"));
  write("new.csv", table("\x1b[31mb"));
  for (const char* format : {"text", "csv", "json"}) {
    const std::string out = run_on_terminal("diff old.csv new.csv --format " + std::string(format));
    for (const char* raw : {"\x1b]", "\x1b[2J", "\x1b[31mb", "\x07", "\xe2\x80\xae", "\xc2\x9b"}) {
      EXPECT_THAT(out, Not(HasSubstr(raw))) << format;
    }
  }
  EXPECT_THAT(run("diff old.csv new.csv").out, Not(HasSubstr("\x1b")));
}

TEST_F(DiffCommand, ColoursOnATerminalOnly) {
  write_sample();
  EXPECT_THAT(run("diff old new").out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(run_on_terminal("diff old new"), HasSubstr("\x1b[1;36m12.5億元\x1b[0m"));
  ASSERT_EQ(setenv("NO_COLOR", "1", 1), 0);
  EXPECT_THAT(run_on_terminal("diff old new"), HasSubstr("«12.5億元»"));
  unsetenv("NO_COLOR");
}

}  // namespace
}  // namespace jiyao
