// Whether a result still follows from its sources: what was altered is named,
// and nothing else is.
#include "pipeline/verify/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/read/csv_rows.h"
#include "pipeline/run/output.h"
#include "pipeline/run/page_name.h"
#include "pipeline/run/verify.h"
#include "pipeline/write/csv.h"
#include "pipeline/write/write.h"
#include "tests/support/corpus.h"
#include "tests/support/program.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;
using support::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using Cells = std::vector<std::string>;
using Sheet = std::vector<Cells>;  // the header first

Sheet sheet_of(const std::string& csv) {
  Sheet sheet;
  EXPECT_FALSE(read_csv(csv.substr(3), CsvKind::comma, [&](CsvRow&& row) {
    Cells& cells = sheet.emplace_back();
    for (CsvField& field : row) cells.push_back(std::move(field.text));
  }));
  return sheet;
}

std::string csv_of(const Sheet& sheet) {
  std::string csv = "\xEF\xBB\xBF";
  CsvWriter writer(csv);
  for (const Cells& cells : sheet) {
    for (const std::string& cell : cells) writer.raw(cell);
    writer.end_row();
  }
  return csv;
}

size_t column(const Sheet& sheet, const std::string& name) {
  return static_cast<size_t>(std::find(sheet[0].begin(), sheet[0].end(), name) - sheet[0].begin());
}

// "metrics.csv:12 value".
std::vector<std::string> named(const std::vector<Problem>& problems) {
  std::vector<std::string> all;
  for (const Problem& problem : problems) {
    all.push_back(problem.file + (problem.line == 0 ? "" : ":" + std::to_string(problem.line)) +
                  (problem.column.empty() ? "" : " " + problem.column));
  }
  return all;
}

using Across = std::function<std::vector<FindingRow>(const std::vector<Statements>&)>;

// Some texts of the corpus, extracted by this very program.
class Verify : public support::Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    for (const char* text : {"02-hk-news-insurer.hant.txt", "17-cn-call-appliance-errors.hans.txt",
                             "11-cn-table-power.hans.txt", "06-tw-call-restaurant.hant.txt"}) {
      write(fs::path("in") / text, support::contents(support::corpus_folder() / text));
    }
    extract_all();
  }

  void extract_all(const Across& across = check_across) const {
    const std::vector<Input> inputs = find_inputs({(folder_ / "in").string()}).found;
    OutputOptions options;
    options.formats = {.csv = true, .xlsx = false, .jsonl = false, .html = true};
    options.across = across;
    options.record.program = "this";
    options.record.rules = support::line().rules.hash;
    std::vector<std::string> documents;
    for (const Input& input : inputs) documents.push_back(input.document);
    options.pages = page_names(documents);
    BatchOptions batch;
    batch.pages = &options.pages;
    OutputFolder folder(folder_ / "out", options);
    run_batch(
        inputs, [](const Input& input) { return support::manifest_context(input.document); }, support::line(), batch,
        [&](BatchResult&& result) { folder.write(std::move(result)); });
    folder.commit();
  }

  Verified verified(const std::string& program = "this", const Across& across = check_across) const {
    VerifyOptions options;
    options.folder = folder_ / "out";
    options.sources = {(folder_ / "in").string()};
    options.program = program;
    options.across = across;
    auto result = verify_result(options, support::line());
    if (const auto* error = std::get_if<ReadError>(&result)) {
      ADD_FAILURE() << error->message;
      return {};
    }
    return std::get<Verified>(std::move(result));
  }
  std::vector<std::string> problems(const std::string& program = "this") const {
    return named(verified(program).problems);
  }

  Sheet sheet(const std::string& name) const { return sheet_of(read(fs::path("out") / name)); }
  void put(const std::string& name, const Sheet& sheet) const { write(fs::path("out") / name, csv_of(sheet)); }

  // Another cell, of the kind that stood there.
  static void alter(std::string& cell) {
    cell += !cell.empty() && cell.back() >= '0' && cell.back() <= '8' ? "9" : "x";
  }
};

TEST_F(Verify, NothingOfAResultAsItWas) {
  EXPECT_THAT(problems(), ElementsAre());
  EXPECT_THAT(problems("another"), ElementsAre());
  EXPECT_FALSE(verified("another").repeated);
}

// For each column of each table one cell, of another row each time.
TEST_F(Verify, EachAlteredCellAndNothingElse) {
  uint32_t state = 7;
  for (const char* name : {"metrics.csv", "ledger.csv", "findings.csv"}) {
    const Sheet as_it_was = sheet(name);
    ASSERT_GT(as_it_was.size(), 1u) << name;
    for (size_t c = 0; c < as_it_was[0].size(); ++c) {
      state = state * 1664525 + 1013904223;
      const size_t row = 1 + (state >> 8) % (as_it_was.size() - 1);
      Sheet altered = as_it_was;
      alter(altered[row][c]);
      put(name, altered);
      const std::vector<Problem> found = verified().problems;
      // No cell of these tables has a line break, so rows are lines.
      EXPECT_THAT(named(found), ElementsAre(std::string(name) + ":" + std::to_string(row + 1) + " " + as_it_was[0][c]));
      ASSERT_EQ(found.size(), 1u);
      EXPECT_EQ(found[0].stated, altered[row][c]);
      EXPECT_EQ(found[0].expected, as_it_was[row][c]);
    }
    put(name, as_it_was);
  }
}

// What the source alone proves: other rules, other program.
TEST_F(Verify, AlteredCellsWithoutTheRules) {
  const Sheet as_it_was = sheet("metrics.csv");
  for (const char* name :
       {"fact_id", "source_sha256", "figure", "quote", "value", "decimals", "line", "column", "char_start", "char_end",
        "byte_start", "byte_end", "basis", "qualifier", "status", "period", "period_start", "period_end"}) {
    Sheet altered = as_it_was;
    alter(altered[5][column(altered, name)]);
    put("metrics.csv", altered);
    EXPECT_THAT(problems("another"), testing::Contains(std::string("metrics.csv:6 ") + name)) << name;
    EXPECT_EQ(problems("another").size(), std::string(name) == "fact_id" ? 2u : 1u) << name;  // the ledger names it too
  }
  put("metrics.csv", as_it_was);
  Sheet ledger = sheet("ledger.csv");
  ledger.erase(ledger.begin() + 4);
  put("ledger.csv", ledger);
  const std::vector<Problem> found = verified("another").problems;
  EXPECT_THAT(found, testing::Contains(testing::Field(&Problem::message, HasSubstr("no row has “"))));
  EXPECT_THAT(found, testing::Contains(testing::Field(&Problem::message, HasSubstr("run.json says"))));
}

TEST_F(Verify, RowsMissingAndTooMany) {
  const Sheet as_it_was = sheet("metrics.csv");
  Sheet altered = as_it_was;
  altered.erase(altered.begin() + 3);
  put("metrics.csv", altered);
  std::vector<Problem> found = verified().problems;
  EXPECT_THAT(named(found), ElementsAre("metrics.csv"));
  EXPECT_THAT(found[0].message, StartsWith("the row " + as_it_was[3][0] + " ("));
  altered = as_it_was;
  altered.push_back(as_it_was[2]);
  put("metrics.csv", altered);
  found = verified().problems;
  EXPECT_THAT(named(found), ElementsAre("metrics.csv:" + std::to_string(altered.size())));
  EXPECT_THAT(found[0].message, HasSubstr("does not come of the source"));
  altered = as_it_was;
  for (std::string& cell : altered[2]) alter(cell);
  put("metrics.csv", altered);
  EXPECT_THAT(problems(), ElementsAre("metrics.csv", "metrics.csv:3"));
}

TEST_F(Verify, OrderAndColumnsOfOnesOwnAreNoProblem) {
  for (const char* name : {"metrics.csv", "ledger.csv", "findings.csv"}) {
    Sheet altered = sheet(name);
    std::reverse(altered.begin() + 1, altered.end());
    for (Cells& cells : altered) std::reverse(cells.begin(), cells.end());
    altered[0].emplace_back("my notes");
    for (size_t row = 1; row < altered.size(); ++row) altered[row].emplace_back("looked at");
    put(name, altered);
  }
  EXPECT_THAT(problems(), ElementsAre());
  Sheet altered = sheet("metrics.csv");
  const size_t metric = column(altered, "metric");
  for (Cells& cells : altered) cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(metric));
  put("metrics.csv", altered);
  EXPECT_THAT(problems(), ElementsAre("metrics.csv:1 metric"));
}

TEST_F(Verify, AnEditedSource) {
  const std::string text = read("in/02-hk-news-insurer.hant.txt");
  write("in/02-hk-news-insurer.hant.txt", text + "。");
  const std::vector<Problem> found = verified().problems;
  EXPECT_THAT(named(found), ElementsAre("02-hk-news-insurer.hant.txt"));
  EXPECT_THAT(found[0].message, StartsWith("was edited: its sha256 is "));
  EXPECT_THAT(problems("another"), ElementsAre("02-hk-news-insurer.hant.txt"));
}

TEST_F(Verify, AMovedSource) {
  fs::create_directories(folder_ / "in/old");
  fs::rename(folder_ / "in/02-hk-news-insurer.hant.txt", folder_ / "in/old/insurer.txt");
  const Verified done = verified();
  EXPECT_THAT(named(done.problems), ElementsAre("02-hk-news-insurer.hant.txt"));
  EXPECT_THAT(done.problems[0].message, HasSubstr("the same bytes are now old/insurer.txt"));
  EXPECT_EQ(done.documents, 4u);
}

TEST_F(Verify, ASourceThatIsGone) {
  fs::remove(folder_ / "in/02-hk-news-insurer.hant.txt");
  const Verified done = verified();
  EXPECT_THAT(named(done.problems), ElementsAre("02-hk-news-insurer.hant.txt"));
  EXPECT_THAT(done.problems[0].message, HasSubstr("say with --source where it lies"));
  EXPECT_EQ(done.documents, 3u);
  // The rows of the others are still compared.
  Sheet altered = sheet("metrics.csv");
  const size_t document = column(altered, "document");
  const auto other = std::find_if(altered.begin() + 1, altered.end(), [&](const Cells& cells) {
    return cells[document] == "17-cn-call-appliance-errors.hans.txt";
  });
  alter((*other)[column(altered, "metric")]);
  put("metrics.csv", altered);
  EXPECT_EQ(problems().size(), 2u);
}

TEST_F(Verify, APageThatIsGone) {
  fs::remove(folder_ / "out/audit/02-hk-news-insurer.hant.txt.html");
  EXPECT_THAT(problems(), ElementsAre("audit/02-hk-news-insurer.hant.txt.html"));
}

TEST_F(Verify, FindingsBetweenDocuments) {
  const Sheet facts = sheet("metrics.csv");
  const auto across = [&](const std::vector<Statements>& all) {
    EXPECT_EQ(all.size(), 4u);
    return std::vector<FindingRow>{{.id = "f-between",
                                    .check = "across",
                                    .severity = Severity::contradiction,
                                    .document = facts[1][1],
                                    .line = 2,
                                    .message_en = "told twice",
                                    .message_zh = "不一致",
                                    .stated = "9",
                                    .computed_low = "",
                                    .computed_high = "",
                                    .fact_ids = {facts[1][0], facts.back()[0]},
                                    .char_start = 0,
                                    .char_end = 1}};
  };
  extract_all(across);
  EXPECT_THAT(named(verified("this", across).problems), ElementsAre());
  // Were there none, the row and both cells would be too much.
  EXPECT_EQ(verified("this").problems.size(), 3u);
  fs::remove(folder_ / "in" / facts[1][1]);
  EXPECT_THAT(problems(), ElementsAre(facts[1][1]));
}

TEST_F(Verify, WithoutTheRecord) {
  fs::remove(folder_ / "out/run.json");
  EXPECT_THAT(problems(), ElementsAre("run.json"));
  for (const char* text :
       {"", "[]", "{", "{\"tables\":\"1\"}", "{\"tables\":1,\"program\":\"this\",\"rules\":\"x\"}",
        "{\"tables\":1,\"program\":\"\",\"rules\":\"\",\"findings\":0,\"inputs\":[1]}",
        "{\"tables\":1,\"program\":\"\",\"rules\":\"\",\"findings\":0,\"inputs\":[\"/etc\"],\"documents\":[]}",
        "{\"tables\":1,\"program\":\"\",\"rules\":\"\",\"findings\":0,\"inputs\":[],\"documents\":[],"
        "\"files\":{\"../x\":\"\"}}"}) {
    write("out/run.json", text);
    EXPECT_THAT(problems(), testing::Contains("run.json")) << text;
  }
  Sheet altered = sheet("metrics.csv");
  alter(altered[3][column(altered, "figure")]);
  put("metrics.csv", altered);
  EXPECT_THAT(problems(), testing::Contains("metrics.csv:4 figure"));
}

TEST(VerifyAlone, NoFalseAlarmInTheCorpus) {
  for (const fs::path& path : support::text_files(support::corpus_folder())) {
    SCOPED_TRACE(path.filename());
    const Extracted done = support::extracted(support::contents(path), support::manifest_context(path.filename()));
    const auto parsed = table_of(metrics_header() + metrics_rows(done.document, done.extraction), "metrics.csv", {});
    const ResultTable& table = std::get<ResultTable>(parsed);
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < table.rows(); ++row) rows.push_back(row);
    const auto quantities = find_quantities(done.document, done.mentions, support::line().resolver,
                                            support::manifest_context(path.filename()));
    const auto expect_none = [](const std::vector<Problem>& problems) {
      for (const Problem& p : problems) {
        ADD_FAILURE() << p.line << " " << p.column << " " << p.stated << " | " << p.expected << " " << p.message;
      }
    };
    expect_none(check_citations(table, "metrics.csv", rows, done.document.source));
    expect_none(check_values(table, "metrics.csv", rows, done.document, quantities));
    expect_none(check_words(table, "metrics.csv", rows));
  }
}

using VerifyCommand = support::Program;

constexpr const char* kCall = "晨星電器2024年第四季度業績\n總收入達到12.5億元，同比增長8.3%。\n";

TEST_F(VerifyCommand, FindsTheTextsWhereExtractFoundThem) {
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls -o out -q").status, 0);
  const Outcome done = run("verify out");
  EXPECT_EQ(done.status, 0) << done.out << done.err;
  EXPECT_EQ(done.out, "");
  EXPECT_THAT(done.err, HasSubstr("problems                       0\n"));
  EXPECT_EQ(run("verify '" + (folder_ / "out").string() + "' --source calls -q").status, 0);
}

TEST_F(VerifyCommand, RepeatsWithWhatWasKnownOfTheText) {
  write("calls/a.txt", "第四季度總收入達到12.5億元，去年為11億元。\n");
  ASSERT_EQ(run("extract calls/a.txt -o out -q --published 2025-03-25 --company =晨星 --period 2024Q4").status, 0);
  EXPECT_EQ(run("verify out").status, 0);
  write("manifest.csv", "document,company,fiscal_year_end,currency,ticker\na.txt,遠山,3,HKD,0000.HK\n");
  ASSERT_EQ(run("extract calls -o out -q --manifest manifest.csv --format csv").status, 0);
  const Outcome done = run("verify out");
  EXPECT_EQ(done.status, 0) << done.out;
}

TEST_F(VerifyCommand, TellsWhereAndWhat) {
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls -o out -q").status, 0);
  std::string table = read("out/metrics.csv");
  table.replace(table.find(",1250000000,"), 12, ",1350000000,");
  write("out/metrics.csv", table);
  const Outcome done = run("verify out");
  EXPECT_EQ(done.status, 1);
  EXPECT_EQ(
      done.out,
      "out/metrics.csv:2:column value: “1350000000” should be “1250000000”: is not what the source gives; restore "
      "it, or extract anew\n");
  const auto line = nlohmann::json::parse(run("verify out --format json").out);
  EXPECT_EQ(line["line"], 2);
  EXPECT_EQ(line["column"], "value");
  EXPECT_EQ(line["expected"], "1250000000");
}

TEST_F(VerifyCommand, OtherRulesAreSaid) {
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls -o out -q").status, 0);
  std::string record = read("out/run.json");
  record.replace(record.find("\"rules\":\"") + 9, 4, "0000");
  write("out/run.json", record);
  const Outcome done = run("verify out");
  EXPECT_EQ(done.status, 0) << done.out;
  EXPECT_THAT(done.err, HasSubstr("made with rules 0000"));
}

TEST_F(VerifyCommand, TroubleIsTwo) {
  EXPECT_EQ(run("verify none").status, 2);
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls -o out -q").status, 0);
  write("out/ledger.csv", "document,class\na,\"b\n");
  const Outcome done = run("verify out");
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, HasSubstr("out/ledger.csv:1:1: column \"figure\" is missing"));
}

TEST_F(VerifyCommand, RecordHasNoClockAndNoPath) {
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls -o out -q").status, 0);
  const std::string record = read("out/run.json");
  ASSERT_EQ(run("extract calls -o other -q -j 3").status, 0);
  EXPECT_EQ(read("other/run.json"), record);
  EXPECT_THAT(record, Not(HasSubstr(folder_.string())));
  ASSERT_EQ(run("extract '" + (folder_ / "calls").string() + "' -o third -q").status, 0);
  EXPECT_EQ(read("third/run.json"), record);
  EXPECT_EQ(run("verify third").status, 0);
}

TEST_F(VerifyCommand, TheTextsAreFoundFromAnywhere) {
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls/a.txt -o deep/er/out/ -q --format csv").status, 0);
  EXPECT_THAT(read("deep/er/out/run.json"), HasSubstr("[\"../../calls/a.txt\"]"));
  EXPECT_EQ(run("verify deep/er/out -q").out, "");
  fs::create_directory_symlink("deep/er", folder_ / "link");
  EXPECT_EQ(run("verify link/out -q").out, "");
  // A folder that was moved alone: as seen from here, else nowhere.
  fs::rename(folder_ / "deep/er/out", folder_ / "out");
  EXPECT_THAT(run("verify out").out, HasSubstr("a.txt: is not found; its rows are not confirmed; say with --source"));
  EXPECT_EQ(run("verify out --source calls").status, 0);
  ASSERT_EQ(run("extract . -o out -q --format csv").status, 0);
  EXPECT_THAT(read("out/run.json"), HasSubstr("[\".\"]"));
  EXPECT_EQ(run("verify out -q").out, "");
}

TEST_F(VerifyCommand, TheFolderByOneOfItsFiles) {
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls -o out -q").status, 0);
  for (const char* file : {"out/metrics.csv", "out/run.json", "out/metrics.xlsx"}) {
    EXPECT_EQ(run(std::string("verify ") + file).status, 0) << file;
  }
  EXPECT_EQ(run("verify ou").status, 2);
  EXPECT_THAT(run("verify ou").err, HasSubstr("ou/metrics.csv"));
}

TEST_F(VerifyCommand, WorkbookAndLinesAreAsTheyWere) {
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls -o out -q --format csv,xlsx,jsonl").status, 0);
  EXPECT_EQ(run("verify out").status, 0);
  const std::string lines = read("out/metrics.jsonl");
  write("out/metrics.jsonl", lines + "\n");
  fs::remove(folder_ / "out/metrics.xlsx");
  const Outcome done = run("verify out -q");
  EXPECT_EQ(done.status, 1);
  EXPECT_EQ(done.out,
            "out/metrics.jsonl: was altered: its sha256 is not the one that run.json has; extract anew\n"
            "out/metrics.xlsx: is not there, or cannot be read; extract anew\n");
}

TEST_F(VerifyCommand, AWorkbookOfAnotherRunIsSaidNotToBeChecked) {
  write("calls/a.txt", kCall);
  ASSERT_EQ(run("extract calls -o out -q --format csv,xlsx").status, 0);
  ASSERT_EQ(run("extract calls -o out -q --format csv").status, 0);
  const Outcome done = run("verify out");
  EXPECT_EQ(done.status, 0);
  EXPECT_THAT(done.err, HasSubstr("metrics.xlsx was not checked: the run that run.json tells of did not write it"));
}

}  // namespace
}  // namespace jiyao
