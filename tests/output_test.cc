// What a batch leaves in a folder: names of pages, links, findings between
// documents, the workbook, JSON lines, and nothing half-written.
#include "pipeline/run/output.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "pipeline/model/cell.h"
#include "pipeline/model/url.h"
#include "pipeline/run/page_name.h"
#include "pipeline/write/tables_book.h"
#include "pipeline/write/write.h"
#include "tests/support/program.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(PageNames, AreFlatAndPlain) {
  EXPECT_THAT(page_names({"a.txt", "calls/快手 4Q24.txt", "x:y*?\"<>|#%&'\\\n.md"}),
              ElementsAre("a.txt.html", "calls_快手_4Q24.txt.html", "x_y____________.md.html"));
}

TEST(PageNames, HiddenReservedAndEmptyNamesAreGivenAnother) {
  EXPECT_THAT(page_names({"..", ".git/config", "con.txt", "LPT1", "", "nul"}),
              ElementsAre("__.html", "_git_config.html", "_con.txt.html", "_LPT1.html", "_.html", "_nul.html"));
  EXPECT_THAT(page_names({"index"}), ElementsAre(StartsWith("index-")));
}

TEST(PageNames, AreOnesOwnWhateverTheFileSystem) {
  const std::vector<std::string> names =
      page_names({"a/b.txt", "a_b.txt", "A.txt", "a.txt", "\u00E9.txt", "e\u0301.txt", "same", "same", "ガ", "Ａ"});
  std::set<std::string> lower;
  for (std::string name : names) {
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    EXPECT_TRUE(lower.insert(name).second) << name;
  }
  // What else was given makes no difference to the digits.
  EXPECT_EQ(names[0], page_names({"a/b.txt", "a_b.txt"})[0]);
  EXPECT_THAT(names[0], testing::MatchesRegex("a_b\\.txt-[0-9a-f]{8}\\.html"));
}

TEST(PageNames, LongOnesAreCutBetweenCodePoints) {
  std::string long_name;
  for (int i = 0; i < 100; ++i) long_name += "電";
  const std::string name = page_names({long_name})[0];
  EXPECT_EQ(name.size(), 150u + 9 + 5);
  EXPECT_EQ(name.substr(0, 150), long_name.substr(0, 150));
  EXPECT_NE(name, page_names({long_name + "x"})[0]);
}

TEST(Url, ThereAndBack) {
  EXPECT_EQ(url_of("audit/快 手#1.html"), "audit/%E5%BF%AB%20%E6%89%8B%231.html");
  for (const char* path : {"audit/快 手#1.html", "100%", "%4", "a%zz", ""}) EXPECT_EQ(path_of(url_of(path)), path);
  EXPECT_EQ(path_of("100%"), "100%");
}

TEST(Cell, GuardCanBeTakenOff) {
  for (const std::string text :
       {"", "收入", "=1", "'=1", "''=1", "-5", "'-5", "-x", "'", "'收入", "＝1", "@x", "+17.73%"}) {
    const std::string cell = needs_guard(text) ? "'" + text : text;
    EXPECT_EQ(unguarded(cell), text);
    EXPECT_FALSE(cell.starts_with('=') || cell.starts_with('@') || cell == "-x");
  }
}

constexpr const char* kFirst = "晨星電器2024年第四季度業績\n總收入達到12.5億元，同比增長8.3%。\n";
constexpr const char* kSecond = "遠山物流2024年第四季度業績\n毛利率為31.2%。總收入為9億元。\n";

std::vector<std::string> first_cells(const std::string& table) {
  std::vector<std::string> cells;
  for (const std::string& line : support::split(table, '\n')) cells.push_back(line.substr(0, line.find(',')));
  return {cells.begin() + 1, cells.end() - 1};
}

class Output : public support::Folder {
 protected:
  void SetUp() override {
    Folder::SetUp();
    write("in/a.txt", kFirst);
    write("in/b.txt", kSecond);
  }

  OutputOptions options(const Formats& formats) const {
    OutputOptions made;
    made.formats = formats;
    made.record.program = "test";
    if (formats.html) made.pages = page_names(documents());
    return made;
  }

  std::vector<std::string> documents() const {
    std::vector<std::string> all;
    for (const Input& input : inputs()) all.push_back(input.document);
    return all;
  }
  std::vector<Input> inputs() const { return find_inputs({(folder_ / "in").string()}).found; }

  Committed extract_into(const std::string& name, const OutputOptions& made) const {
    OutputFolder folder(folder_ / name, made);
    BatchOptions batch;
    if (made.formats.html) batch.pages = &made.pages;
    run_batch(
        inputs(), [](const Input&) { return DocumentContext{}; }, support::line(), batch,
        [&](BatchResult&& result) { folder.write(std::move(result)); });
    return folder.commit();
  }

  static constexpr Formats kAll{.csv = true, .xlsx = true, .jsonl = true, .html = true};
};

TEST_F(Output, LinksLeadToPagesThatAreThere) {
  extract_into("out", options(kAll));
  const std::string metrics = read("out/metrics.csv");
  for (const std::string& id : first_cells(metrics)) {
    EXPECT_TRUE(metrics.find(",audit/a.txt.html#" + id + "\r\n") != metrics.npos ||
                metrics.find(",audit/b.txt.html#" + id + "\r\n") != metrics.npos)
        << id;
  }
  EXPECT_THAT(names("out/audit"), ElementsAre("a.txt.html", "b.txt.html", "index.html"));
  EXPECT_THAT(read("out/audit/a.txt.html"), EndsWith("<!-- jiyao audit page a.txt.html -->\n"));
}

TEST_F(Output, WithoutPagesThereIsNoLink) {
  extract_into("out", options({.csv = true}));
  EXPECT_THAT(names("out"), ElementsAre("findings.csv", "ledger.csv", "metrics.csv", "run.json"));
  EXPECT_THAT(read("out/metrics.csv"), Not(HasSubstr("audit")));
}

// A finding in b.txt that names facts of both.
FindingRow between(const std::string& metrics) {
  const std::vector<std::string> ids = first_cells(metrics);
  return {.id = "f-between",
          .check = "across",
          .severity = Severity::contradiction,
          .document = "b.txt",
          .line = 2,
          .message_en = "=told, twice",
          .message_zh = "兩份文件不一致",
          .stated = "9",
          .computed_low = "12",
          .computed_high = "13",
          .fact_ids = {ids.back(), ids.front(), ids.back()},
          .char_start = 25,
          .char_end = 28};
}

TEST_F(Output, FindingsBetweenDocumentsStandWithTheOthers) {
  extract_into("plain", options(kAll));
  const FindingRow finding = between(read("plain/metrics.csv"));
  OutputOptions made = options(kAll);
  size_t compared = 0;
  made.across = [&](const std::vector<Statements>& all) {
    compared = all.size();
    return std::vector<FindingRow>{finding};
  };
  const Committed committed = extract_into("out", made);
  EXPECT_EQ(compared, 2u);
  EXPECT_EQ(committed.findings, 1u);
  EXPECT_EQ(committed.contradictions, 1u);
  // Of the rows only the cell `findings` is another.
  std::string expected = read("plain/metrics.csv");
  for (const std::string& id : {finding.fact_ids[0], finding.fact_ids[1]}) {
    const size_t link = expected.find(",audit/", expected.find("\n" + id));
    expected.insert(link, "f-between");
  }
  EXPECT_TRUE(read("out/metrics.csv") == expected);
  EXPECT_THAT(read("out/findings.csv"), HasSubstr("f-between,across,contradiction,b.txt,2,\"'=told, twice\","));
  EXPECT_THAT(read("out/findings.csv"), EndsWith(",audit/b.txt.html#" + finding.fact_ids[0] + "\r\n"));
  for (const char* page : {"a.txt.html", "b.txt.html"}) {
    EXPECT_NE(read(fs::path("out/audit") / page), read(fs::path("plain/audit") / page)) << page;
  }
  EXPECT_THAT(read("out/metrics.jsonl"), HasSubstr("\"findings\":\"f-between\""));
  EXPECT_THAT(read("out/run.json"), HasSubstr("\"findings\":1,"));
}

TEST_F(Output, FindingsOfADocumentAreInTextOrder) {
  extract_into("plain", options({.csv = true}));
  OutputOptions made = options({.csv = true});
  FindingRow late = between(read("plain/metrics.csv"));
  FindingRow early = late;
  FindingRow first = late;
  late.id = "f-late";
  early.id = "f-early";
  early.char_start = 3;
  first.id = "f-first";
  first.document = "a.txt";
  made.across = [&](const std::vector<Statements>&) { return std::vector<FindingRow>{late, early, first}; };
  extract_into("out", made);
  EXPECT_THAT(first_cells(read("out/findings.csv")), ElementsAre("f-first", "f-early", "f-late"));
}

TEST_F(Output, JsonLinesSayWhatTheTableSays) {
  extract_into("out", options(kAll));
  const auto lines = support::split(read("out/metrics.jsonl"), '\n');
  ASSERT_EQ(lines.size(), first_cells(read("out/metrics.csv")).size() + 1);
  const auto fact = nlohmann::json::parse(lines[0]);
  EXPECT_EQ(fact["value"], "1250000000");
  EXPECT_EQ(fact["decimals"], -7);
  EXPECT_EQ(fact["char_start"], 21);
  EXPECT_EQ(fact["link"], "audit/a.txt.html#" + fact["fact_id"].get<std::string>());
  EXPECT_FALSE(fact.contains("segment"));
}

TEST_F(Output, OnlyJiyaosOwnStalePagesGo) {
  extract_into("out", options(kAll));
  write("out/audit/notes.html", "<p>mine</p>");
  write("out/audit/copy of b.html", read("out/audit/b.txt.html"));
  write("out/audit/review.json", "{}");
  fs::remove(folder_ / "in/b.txt");
  extract_into("out", options(kAll));
  EXPECT_THAT(names("out/audit"),
              ElementsAre("a.txt.html", "copy of b.html", "index.html", "notes.html", "review.json"));
}

TEST_F(Output, AFileThatIsNotJiyaosIsNotReplaced) {
  write("out/audit/a.txt.html", "<p>mine</p>");
  EXPECT_THROW(extract_into("out", options(kAll)), std::runtime_error);
  EXPECT_EQ(read("out/audit/a.txt.html"), "<p>mine</p>");
  EXPECT_THAT(names("out"), ElementsAre("audit"));
  fs::remove_all(folder_ / "out/audit");
  write("elsewhere/a.txt.html", "<p>mine</p>");
  fs::create_directory_symlink(folder_ / "elsewhere", folder_ / "out/audit");
  EXPECT_THROW(extract_into("out", options(kAll)), std::runtime_error);
  EXPECT_THAT(names("elsewhere"), ElementsAre("a.txt.html"));
}

TEST_F(Output, WhatIsNotCommittedLeavesTheEarlierResult) {
  extract_into("out", options(kAll));
  const std::string before = read("out/metrics.csv");
  write("in/a.txt", "另一篇：總收入1億元。\n");
  {
    OutputFolder folder(folder_ / "out", options(kAll));
    run_batch(
        inputs(), [](const Input&) { return DocumentContext{}; }, support::line(), {},
        [&](BatchResult&& result) {
          result.page_name = "a.txt.html";
          folder.write(std::move(result));
        });
  }
  EXPECT_EQ(read("out/metrics.csv"), before);
  EXPECT_THAT(names("out"), ElementsAre("audit", "findings.csv", "ledger.csv", "metrics.csv", "metrics.jsonl",
                                        "metrics.xlsx", "run.json"));
}

// The sheets of a workbook as they lie in it.
class Book : public support::Folder {
 protected:
  std::string part(const std::string& name) const {
    const std::string command = fmt::format(
        "python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "
        "'{}' '{}' > '{}'",
        (folder_ / "book.xlsx").string(), name, (folder_ / "part").string());
    EXPECT_EQ(std::system(command.c_str()), 0);
    return read("part");
  }
  std::string sheet(int n) const { return part(fmt::format("xl/worksheets/sheet{}.xml", n)); }

  std::vector<std::string> written(const std::vector<std::vector<std::string>>& rows,
                                   const BookLimits& limits = {}) const {
    TablesBook book(folder_ / "book.xlsx", limits);
    book.begin_table("metrics", {"fact_id", "value", "period_start", "figure", "quote", "findings", "link"},
                     rows.size());
    for (const auto& row : rows) book.add_row(row);
    book.begin_table("findings", {"finding_id", "severity", "fact_ids", "link"}, 1);
    book.add_row({"f-1", "suspicious", "b;a", "audit/x.html#b"});
    return book.finish();
  }
};

TEST_F(Book, NumbersDatesAndText) {
  EXPECT_THAT(written({{"a", "1250000000", "2024-10-01", "12.5億元", "'=1+2", "", ""},
                       {"b", "-0.17", "1850-01-01", "-0.17", "x", "f-1", ""},
                       {"c", "12345678901234567", "", "=HYPERLINK(1)", "", "", ""}}),
              ElementsAre());
  const std::string metrics = sheet(1);
  EXPECT_THAT(metrics, testing::ContainsRegex("<c r=\"B2\" s=\"[0-9]+\"><v>1250000000</v>"));
  EXPECT_THAT(metrics, testing::ContainsRegex("<c r=\"C2\" s=\"[0-9]+\"><v>45566</v>"));  // days since 1899-12-30
  EXPECT_THAT(metrics, HasSubstr("<c r=\"E2\" t=\"inlineStr\"><is><t>=1+2</t>"));
  EXPECT_THAT(metrics, testing::ContainsRegex("<c r=\"B3\" s=\"[0-9]+\"><v>-0.17</v>"));
  EXPECT_THAT(metrics, HasSubstr("<c r=\"C3\" t=\"inlineStr\"><is><t>1850-01-01</t>"));
  EXPECT_THAT(metrics, testing::ContainsRegex("<c r=\"B4\" s=\"[0-9]+\" t=\"inlineStr\"><is><t>12345678901234567<"));
  EXPECT_THAT(metrics, Not(HasSubstr("<f>")));
  EXPECT_THAT(metrics, HasSubstr("<autoFilter ref=\"A1:G4\"/>"));
  EXPECT_THAT(metrics, HasSubstr("<formula>$F2&lt;&gt;\"\"</formula>"));
}

TEST_F(Book, LinksToPagesAndRows) {
  written({{"a", "1", "", "1", "", "", "audit/%E5%BF%AB.html#a"}, {"b", "2", "", "2", "", "f-1", "audit/x.html#b"}});
  EXPECT_THAT(part("xl/worksheets/_rels/sheet1.xml.rels"), HasSubstr("Target=\"audit\\快.html\""));
  EXPECT_THAT(sheet(1), HasSubstr("<hyperlink ref=\"D2\" r:id=\"rId2\" location=\"a\"/>"));
  EXPECT_THAT(sheet(2), HasSubstr("<hyperlink ref=\"C2\" location=\"'metrics'!A3\""));
}

TEST_F(Book, WhatIsTooMuchGoesOnOrIsTold) {
  const std::vector<std::vector<std::string>> rows(
      5, {"a", "1", "", "1", "十個字的一句話在此。", "f-1", "audit/x.html#a"});
  const auto notes = written(rows, {.rows = 3, .links = 1, .characters = 6});
  EXPECT_THAT(notes, ElementsAre("metrics: more than 2 rows, they go on in metrics 3",
                                 "metrics: 2 rows have no link, a sheet may have 1; the column link has it",
                                 HasSubstr("have more than 6 characters and are cut")));
  EXPECT_THAT(sheet(3), HasSubstr("<c r=\"A2\""));
  EXPECT_THAT(sheet(1), HasSubstr("<t>十個字的一…</t>"));
  EXPECT_THAT(sheet(5), HasSubstr("go on in metrics 3"));
}

TEST_F(Book, ControlsAndEscapesAreHarmless) {
  const auto notes = written({{"a", "1", "", "1", std::string("\x01 _x0041_ \xEF\xBF\xBF ") + '\0' + "end", "", ""}});
  EXPECT_THAT(notes, ElementsAre(HasSubstr("1 cells hold controls")));
  EXPECT_THAT(sheet(1), HasSubstr("<t>\xEF\xBF\xBD _x005F_x0041_ \xEF\xBF\xBD \xEF\xBF\xBD"
                                  "end</t>"));
}

TEST_F(Book, SameBytesAtAnyTime) {
  const std::vector<std::vector<std::string>> rows = {{"a", "1", "2024-10-01", "1", "x", "", "audit/x.html#a"}};
  written(rows);
  const std::string once = read("book.xlsx");
  ASSERT_EQ(setenv("TZ", "Asia/Taipei", 1), 0);
  sleep(2);  // the clock of a zip file counts in twos
  written(rows);
  EXPECT_TRUE(once == read("book.xlsx"));
}

TEST_F(Book, AFolderThatIsNotThere) {
  EXPECT_THROW(
      {
        TablesBook book(folder_ / "none/book.xlsx");
        book.begin_table("metrics", {"fact_id"}, 0);
        book.finish();
      },
      std::runtime_error);
}

}  // namespace
}  // namespace jiyao
