// Figures and periods alone: the ways they are written, one case a line in
// data/figures.tsv, each in both scripts; and that they are those of extract().
#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "pipeline/write/write.h"
#include "tests/support/corpus.h"

namespace jiyao {
namespace {

using nlohmann::json;

std::vector<json> figures(const std::string& text, Date published) {
  SourceText source;
  source.text = text;
  source.index_lines();
  DocumentContext given;
  given.published = published;
  const Quantities found = quantities(std::move(source), given, support::line());
  std::vector<json> lines;
  std::istringstream printed(quantity_lines(found.document, found.all));
  for (std::string line; std::getline(printed, line);) lines.push_back(json::parse(line));
  return lines;
}

// figure, kind, value or low..high or period, unit, qualifier: as in the file.
std::string told(const json& line, const std::string& figure) {
  std::string value = line.value("value", line.value("period", ""));
  if (line.contains("low")) value = line.value("low", "") + ".." + line.value("high", "");
  return fmt::format("{}\t{}\t{}\t{}\t{}", figure, line.value("kind", ""), value, line.value("unit", ""),
                     line.value("qualifier", ""));
}

struct Expected {
  std::string text;
  std::string figure;
};

std::vector<Expected> cases() {
  std::vector<Expected> cases;
  std::istringstream file(support::contents(support::root() / "tests/data/figures.tsv"));
  std::string line;
  std::getline(file, line);  // the header
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    const size_t tab = line.find('\t');
    cases.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return cases;
}

constexpr Date kTuesday{2025, 3, 25};

TEST(Figures, AreReadAsTheyAreWritten) {
  for (const Expected& expected : cases()) {
    std::vector<std::string> found;
    for (const json& line : figures(expected.text, kTuesday)) found.push_back(told(line, line.value("text", "")));
    EXPECT_THAT(found, testing::Contains(expected.figure)) << expected.text;
  }
}

TEST(Figures, AreTheSameInTheOtherScript) {
  for (const Expected& expected : cases()) {
    const auto folded = [](const std::string& text) {
      std::vector<std::string> found;
      for (const json& line : figures(text, kTuesday))
        found.push_back(told(line, support::fold(line.value("text", ""))));
      return found;
    };
    EXPECT_EQ(folded(support::to_traditional(expected.text)), folded(support::to_simplified(expected.text)));
  }
}

TEST(Figures, CiteTheTextToTheLetter) {
  const std::string text = "第一行。\n淨利潤約為 ３．５ 億元，😀去年第四季為2億元。\n";
  for (const json& line : figures(text, kTuesday)) {
    const size_t begin = line.at("byte_start");
    const size_t end = line.at("byte_end");
    EXPECT_EQ(text.substr(begin, end - begin), line.at("text"));
    const auto chars =
        std::count_if(text.begin(), text.begin() + static_cast<long>(begin), [](char c) { return (c & 0xC0) != 0x80; });
    EXPECT_EQ(line.at("char_start"), chars);
  }
}

// Every fact is one of the figures, and every period of the ledger is one.
TEST(Figures, AreThoseOfTheTables) {
  for (const support::Case& of : support::cases()) {
    const Extracted extracted = support::extracted_case(of, of.native);
    const DocumentContext given = support::manifest_context(support::file_name(of, of.native));
    const Quantities found = quantities(extracted.document.source, given, support::line());
    std::set<std::pair<uint32_t, uint32_t>> places;
    for (const Quantity& q : found.all) places.insert({q.text.begin, q.text.end});
    for (const Fact& fact : extracted.extraction.facts)
      EXPECT_TRUE(places.contains({fact.figure.begin, fact.figure.end})) << of.name;
    for (const LedgerRow& row : extracted.extraction.ledger)
      EXPECT_TRUE(row.kind != LedgerClass::period || places.contains({row.figure.begin, row.figure.end})) << of.name;
  }
}

// In a table too, whether its labels say what it is of or not.
TEST(Figures, OfATable) {
  const auto all = [](const std::string& text) {
    std::vector<std::string> found;
    for (const json& line : figures(text, kTuesday)) found.push_back(told(line, line.value("text", "")));
    return found;
  };
  EXPECT_THAT(all("項目（百萬港元）\t2024年\n收入\t1,234\n利潤\t(23)\n"),
              testing::ElementsAre("2024年\tperiod\t2024\t\t", "1,234\tmoney\t1234000000\tHKD\t",
                                   "(23)\tmoney\t-23000000\tHKD\t"));
  EXPECT_THAT(all("甲\t乙\n丙\t12\n丁\t(13)\n"), testing::ElementsAre("12\tnumber\t12\t\t", "(13)\tnumber\t-13\t\t"));
}

TEST(Figures, RelativeTimeNeedsADay) {
  const auto period = [](const std::string& text, Date published) {
    return figures(text, published).at(0).value("period", "");
  };
  EXPECT_EQ(period("去年收入", {2020, 6, 1}), "2019");
  EXPECT_EQ(period("去年收入", {}), "");
  // With one, nothing is told from what the text itself reports on.
  const std::string report = "某公司2023年第三季度業績\n上季收入為5億元。";
  EXPECT_EQ(figures(report, {2024, 1, 10}).at(1).value("period", ""), "2023Q4");
  EXPECT_EQ(figures(report, {}).at(1).value("period", ""), "2023Q2");
}

}  // namespace
}  // namespace jiyao
