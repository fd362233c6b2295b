// The built program, run as a user runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kCall =
    "晨星電器2024年第四季度業績電話會\n\n一、業績概要\n"
    "總經理：第四季度總收入達到12.5億元，同比增長8.3%。毛利率為31.2%。\n";

using Command = support::Program;
using support::contents;
using support::Outcome;

long rows(const std::string& table) { return std::count(table.begin(), table.end(), '\n') - 1; }

TEST_F(Command, VersionNamesWhatItIsMadeOf) {
  const Outcome done = run("--version");
  EXPECT_EQ(done.status, 0);
  EXPECT_THAT(done.out, StartsWith("jiyao "));
  for (const char* part :
       {"\ncommit ", "\nrules ", "ICU 7", "RE2 2", "OpenCC 1", "yaml-cpp 0", "fmt 9", "CLI11 2", "oneTBB 2"}) {
    EXPECT_THAT(done.out, HasSubstr(part));
  }
}

TEST_F(Command, EveryHelpHasExamplesAndTellsTheExitStatus) {
  for (const char* command : {"", "extract", "figures", "explain", "diff", "verify", "reconcile", "review apply",
                              "review status", "rules check"}) {
    const Outcome done = run(std::string(command) + " --help");
    EXPECT_EQ(done.status, 0) << command;
    EXPECT_THAT(done.out, HasSubstr("Examples:\n")) << command;
    EXPECT_THAT(done.out, HasSubstr("Exit status: 0 ")) << command;
  }
  for (const char* command : {"review", "rules"})
    EXPECT_THAT(run(std::string(command) + " --help").out, HasSubstr("Example"));
}

TEST_F(Command, MistakesInTheCommandLineAreErrors) {
  for (const char* arguments : {"", "extract", "extract --nonsense a.txt", "nonsense", "extract a.txt -j 0", "rules"}) {
    const Outcome done = run(arguments);
    EXPECT_EQ(done.status, 2) << arguments;
    EXPECT_FALSE(done.err.empty()) << arguments;
  }
}

TEST_F(Command, ExtractsToStandardOutput) {
  write("call.txt", kCall);
  const Outcome done = run("extract call.txt");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, StartsWith("\xEF\xBB\xBF"
                                   "fact_id,document,source_sha256,"));
  EXPECT_EQ(rows(done.out), 3) << done.out;
  EXPECT_THAT(done.out, HasSubstr(",1250000000,"));
  EXPECT_THAT(done.out, HasSubstr(",12.5億元,"));
  EXPECT_THAT(done.err, HasSubstr("documents"));
}

TEST_F(Command, QuietSaysNothingButErrors) {
  write("call.txt", kCall);
  EXPECT_EQ(run("extract call.txt --quiet").err, "");
  EXPECT_NE(run("extract none.txt --quiet").err, "");
}

TEST_F(Command, ReadsStandardInput) {
  const Outcome done = run("extract -", kCall);
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr(",stdin,"));
  EXPECT_EQ(rows(done.out), 3);
}

TEST_F(Command, FiguresOfAnArgument) {
  const Outcome done = run("figures 收入約3億元，去年第四季 --reference 2025-03-25");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(
      done.out,
      "{\"text\":\"3億元\",\"char_start\":3,\"char_end\":6,\"byte_start\":9,\"byte_end\":16,\"kind\":\"money\","
      "\"value\":\"300000000\",\"decimals\":-8,\"unit\":\"CNY\",\"qualifier\":\"about\",\"rule\":\"money\"}\n"
      "{\"text\":\"去年第四季\",\"char_start\":7,\"char_end\":12,\"byte_start\":19,\"byte_end\":34,\"kind\":\"period\","
      "\"period\":\"2024Q4\",\"period_start\":\"2024-10-01\",\"period_end\":\"2024-12-31\",\"rule\":\"quarter;time-of-"
      "speaking\"}\n");
}

TEST_F(Command, FiguresOfStandardInput) {
  const std::string out = run("figures 12%").out;
  EXPECT_THAT(out, HasSubstr("\"kind\":\"percent\""));
  EXPECT_EQ(run("figures", "12%").out, out);
  EXPECT_EQ(run("figures -", "12%").out, out);
}

TEST_F(Command, FiguresOfATextThatBeginsWithASign) {
  EXPECT_THAT(run("figures -5%").out, HasSubstr("\"value\":\"-5\""));
  EXPECT_THAT(run("figures '-US$3億' --reference 2025-03-25").out, HasSubstr("\"-300000000\""));
  EXPECT_EQ(run("figures --refrence 2025-03-25 5%").status, 2);
  EXPECT_EQ(run("figures -x 5%").status, 2);
  EXPECT_EQ(run("figures 5% 6%").status, 2);
}

TEST_F(Command, FiguresSaysWhatIsWrong) {
  EXPECT_EQ(run("figures 沒有").status, 1);
  EXPECT_EQ(run("figures 沒有").out, "");
  const Outcome done = run("figures 去年 --reference 2025-02-30");
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, HasSubstr("2025-02-30"));
  EXPECT_EQ(run("figures", "\xFF\xFE\xFA").status, 2);
}

TEST_F(Command, WritesTablesWorkbookPagesAndNothingElse) {
  write("calls/call.txt", kCall);
  const Outcome done = run("extract calls -o out/deep");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(done.out, "");
  EXPECT_THAT(names("out/deep"),
              testing::ElementsAre("audit", "findings.csv", "ledger.csv", "metrics.csv", "metrics.xlsx", "run.json"));
  EXPECT_THAT(names("out/deep/audit"), testing::ElementsAre("call.txt.html", "index.html"));
  EXPECT_EQ(rows(contents(folder_ / "out/deep/metrics.csv")), 3);
  EXPECT_GE(rows(contents(folder_ / "out/deep/ledger.csv")), 4);
  EXPECT_THAT(done.err, HasSubstr("open out/deep/audit/index.html\n"));
}

TEST_F(Command, WritesTheFormatsAskedFor) {
  write("call.txt", kCall);
  ASSERT_EQ(run("extract call.txt -o out --format jsonl,csv --format html").status, 0);
  EXPECT_THAT(names("out"),
              testing::ElementsAre("audit", "findings.csv", "ledger.csv", "metrics.csv", "metrics.jsonl", "run.json"));
  const Outcome done = run("extract call.txt -o out --format xlsx");
  EXPECT_EQ(done.status, 0);
  EXPECT_THAT(done.err, HasSubstr("out/metrics.csv is of an earlier run and was left as it is\n"));
  EXPECT_THAT(done.err, Not(HasSubstr("open ")));
}

TEST_F(Command, StandardOutputTakesOneText) {
  write("call.txt", kCall);
  const Outcome lines = run("extract call.txt --format jsonl");
  EXPECT_EQ(lines.status, 0) << lines.err;
  EXPECT_EQ(std::count(lines.out.begin(), lines.out.end(), '\n'), 3);
  EXPECT_THAT(lines.out, StartsWith("{\"fact_id\":\"f-"));
  for (const char* format : {"xlsx", "html", "csv,jsonl", "csv,html"}) {
    const Outcome done = run(std::string("extract call.txt --format ") + format);
    EXPECT_EQ(done.status, 2) << format;
    EXPECT_EQ(done.out, "") << format;
    EXPECT_THAT(done.err, HasSubstr("give a folder with -o")) << format;
  }
  EXPECT_EQ(run("extract call.txt --format pdf -o out").status, 2);
}

TEST_F(Command, StandardOutputIsTheTableOfAFolder) {
  write("calls/a.txt", kCall);
  write("calls/b.txt", kCall);
  ASSERT_EQ(run("extract calls -o out --format csv").status, 0);
  EXPECT_EQ(run("extract calls").out, contents(folder_ / "out/metrics.csv"));
}

// Texts that take some time, and a program that is at work on them.
class Interrupted : public Command {
 protected:
  void SetUp() override {
    Command::SetUp();
    std::string text;
    for (int i = 0; i < 2000; ++i) text += kCall;
    for (int i = 0; i < 60; ++i) write("calls/" + std::to_string(i) + ".txt", text);
  }

  // The first signal comes when the work folder is there.
  Outcome interrupt(const std::string& arguments, const std::string& signals) const {
    write("run.sh", "cd '" + folder_.string() + "'; mkdir -p out tmp; export TMPDIR=\"$PWD/tmp\"\n'" JIYAO_BINARY "' " +
                        arguments + " > .out 2> .err &\n" +
                        "until ls -d */.jiyao-* > .none 2>&1; do sleep 0.01; done; sleep 0.2\n" + "for s in " +
                        signals + "; do kill -$s $!; sleep 0.05; done; wait $!\n");
    const int status = std::system(("bash '" + (folder_ / "run.sh").string() + "'").c_str());
    return {WEXITSTATUS(status), read(".out"), read(".err")};
  }
};

TEST_F(Interrupted, OnceEndsTheDocumentsAtHandAndWritesNothing) {
  for (const char* signal : {"TERM", "HUP"}) {
    const Outcome done = interrupt("extract calls -o out -q -j 2 --format csv", signal);
    EXPECT_EQ(done.status, 2);
    EXPECT_EQ(done.err, "jiyao: interrupted; nothing was written to out\n");
    EXPECT_THAT(names("out"), testing::IsEmpty());
  }
}

TEST_F(Interrupted, TwiceEndsAtOnceAndLeavesNothing) {
  for (const char* arguments : {"extract calls -o out -q -j 2", "extract calls -q -j 2 --format jsonl"}) {
    const Outcome done = interrupt(arguments, "TERM TERM");
    EXPECT_EQ(done.status, 128 + SIGTERM) << arguments;
    EXPECT_EQ(done.out, "");
    EXPECT_EQ(done.err, "");
    EXPECT_THAT(names("out"), testing::IsEmpty()) << arguments;
    EXPECT_THAT(names("tmp"), testing::IsEmpty()) << arguments;
  }
}

TEST_F(Command, AReaderThatStopsLeavesNothingBehind) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += kCall;
  write("call.txt", text);
  write("tmp/.here", "");
  const std::string program = "set -o pipefail; export TMPDIR=\"$PWD/tmp\"; '" JIYAO_BINARY "' extract call.txt -q";
  const std::string all = "cd '" + folder_.string() + "' && bash -c \"" + program + " | head -c 10\" > .out";
  EXPECT_EQ(WEXITSTATUS(std::system(all.c_str())), 128 + SIGPIPE);
  EXPECT_EQ(read(".out").size(), 10u);
  EXPECT_THAT(names("tmp"), testing::ElementsAre(".here"));
}

TEST_F(Command, NoFigureGivesHeadersAndStatusOne) {
  write("plain.txt", "這裡沒有任何數字可說。\n");
  const Outcome done = run("extract plain.txt -o out");
  EXPECT_EQ(done.status, 1);
  for (const char* table : {"out/metrics.csv", "out/ledger.csv", "out/findings.csv"}) {
    EXPECT_EQ(rows(contents(folder_ / table)), 0) << table;
  }
}

TEST_F(Command, EmptyFileIsNoError) {
  write("empty.txt", "");
  EXPECT_EQ(run("extract empty.txt").status, 1);
}

TEST_F(Command, SameBytesForAnyNumberOfThreads) {
  for (int i = 0; i < 40; ++i) write("calls/" + std::to_string(i) + ".txt", kCall + std::to_string(i) + "萬元。\n");
  ASSERT_EQ(run("extract calls -o one -j 1").status, 0);
  ASSERT_EQ(run("extract calls -o eight -j 8").status, 0);
  ASSERT_EQ(run("extract calls -o again -j 8").status, 0);
  for (const char* table : {"metrics.csv", "ledger.csv", "findings.csv"}) {
    const std::string one = contents(folder_ / "one" / table);
    EXPECT_EQ(one, contents(folder_ / "eight" / table)) << table;
    EXPECT_EQ(one, contents(folder_ / "again" / table)) << table;
  }
}

TEST_F(Command, OneBadDocumentStopsNoOther) {
  write("calls/a.txt", kCall);
  write("calls/b.txt", std::string("\xEF\xBB\xBF") + "收入\xFF\xFE");
  write("calls/c.txt", kCall);
  const Outcome done = run("extract calls none.txt -o out --encoding UTF-8");
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, HasSubstr("b.txt"));
  EXPECT_THAT(done.err, HasSubstr("none.txt"));
  EXPECT_EQ(rows(contents(folder_ / "out/metrics.csv")), 6);
}

TEST_F(Command, WhatCannotBeWrittenLeavesNothing) {
  write("call.txt", kCall);
  write("taken", "a file");
  const Outcome done = run("extract call.txt -o taken");
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, HasSubstr("taken"));
  EXPECT_EQ(contents(folder_ / "taken"), "a file");
}

TEST_F(Command, ContextOfOneDocument) {
  write("call.txt", "第四季度總收入達到12.5億元。\n");
  const Outcome done = run("extract call.txt --published 2025-03-25 --company 晨星電器 --period 2024Q4");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr(",晨星電器,"));
  EXPECT_THAT(done.out, HasSubstr(",2024Q4,2024-10-01,2024-12-31,"));
}

TEST_F(Command, ContextIsForOneDocumentOnly) {
  write("calls/a.txt", kCall);
  write("calls/b.txt", kCall);
  EXPECT_EQ(run("extract calls --published 2025-03-25").status, 2);
}

TEST_F(Command, DatesAndPeriodsMustBeSome) {
  write("call.txt", kCall);
  EXPECT_THAT(run("extract call.txt --published 2025-02-30").err, HasSubstr("2025-02-30"));
  EXPECT_EQ(run("extract call.txt --published 2025-02-30").status, 2);
  EXPECT_EQ(run("extract call.txt --period 第四季度").status, 2);
}

TEST_F(Command, ManifestGivesContext) {
  write("calls/a.txt", "第四季度總收入達到12.5億元。\n");
  write("manifest.csv", "document,company,published\na.txt,遠山物流,2025-03-25\nz.txt,無此文,2025-03-25\n");
  const Outcome done = run("extract calls --manifest manifest.csv");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr(",遠山物流,"));
  EXPECT_THAT(done.err, HasSubstr("z.txt is none of the documents read"));
}

TEST_F(Command, ManifestThatIsNoneIsAnError) {
  write("call.txt", kCall);
  write("manifest.csv", "file;name\n");
  EXPECT_EQ(run("extract call.txt --manifest manifest.csv").status, 2);
  EXPECT_EQ(run("extract call.txt --manifest none.csv").status, 2);
}

TEST_F(Command, FiguresAreTheSourceToTheLetter) {
  write("call.txt", kCall);
  ASSERT_EQ(run("extract call.txt -o out").status, 0);
  std::istringstream ledger(contents(folder_ / "out/ledger.csv"));
  std::string line;
  std::getline(ledger, line);
  const std::string source = kCall;
  int seen = 0;
  while (std::getline(ledger, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    if (cells.size() < 10 || line.find('"') != std::string::npos) continue;
    const size_t begin = std::stoul(cells[8]);
    EXPECT_EQ(source.substr(begin, std::stoul(cells[9]) - begin), cells[2]);
    ++seen;
  }
  EXPECT_GE(seen, 4);
}

TEST_F(Command, RulesCheckIsClean) {
  const Outcome done = run("rules check");
  EXPECT_EQ(done.status, 0) << done.out;
  EXPECT_THAT(done.err, HasSubstr("examples"));
}

TEST_F(Command, RulesWithMistakesAreNamedByPlace) {
  write("rules/lexicon/bad.yaml", "nonsense: [1\n");
  const Outcome done = run("extract - --rules rules", kCall);
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, HasSubstr("lexicon/bad.yaml:"));
  EXPECT_EQ(run("rules check --rules none").status, 2);
  EXPECT_THAT(run("extract - --rules none", kCall).err, HasSubstr("none: no such folder"));
  EXPECT_EQ(run("rules check relation/none.yaml").status, 2);
}

TEST_F(Command, ExplainTellsOfEveryStage) {
  write("call.txt", kCall);
  const Outcome done = run("explain call.txt");
  EXPECT_EQ(done.status, 0) << done.err;
  for (const char* part :
       {"period     2024Q4", "heading", "總收入達到12.5億元", "folded │", "money “12.5億元” 1250000000", "fact "}) {
    EXPECT_THAT(done.out, HasSubstr(part)) << done.out;
  }
}

TEST_F(Command, AFullDiskIsAnError) {
  write("call.txt", kCall);
  for (const char* arguments : {"extract call.txt", "figures 收入3億元", "explain call.txt"}) {
    const int status = std::system((command(arguments) + " > /dev/full 2> .err").c_str());
    EXPECT_EQ(WEXITSTATUS(status), 2) << arguments;
    EXPECT_THAT(read(".err"), HasSubstr("standard output cannot be written")) << arguments;
  }
}

TEST_F(Command, ExplainOfOneLine) {
  write("call.txt", kCall);
  const Outcome done = run("explain call.txt:3");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("一、業績概要"));
  EXPECT_THAT(done.out, Not(HasSubstr("總收入")));
  EXPECT_EQ(run("explain call.txt:99").status, 2);
  EXPECT_EQ(run("explain none.txt:1").status, 2);
}

}  // namespace
}  // namespace jiyao
