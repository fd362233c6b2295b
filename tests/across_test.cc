// Findings between documents, on the invented texts of tests/data/across: a
// company's annual calls of 2023 and of 2024, that of 2024 in Traditional Chinese
// with one figure changed and one left out, and one in which things were restated.
#include "pipeline/check/across.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "tests/support/support.h"

namespace jiyao {
namespace {

std::string text_of(const std::string& file) {
  return support::contents(support::root() / "tests/data/across" / (file + ".txt"));
}

Statements stated(const std::string& name, const std::string& text) {
  Extracted done = support::extracted(text, {}, name);
  done.document.source.sha256 = std::to_string(std::hash<std::string>()(text));
  return statements(done.document, done.extraction, support::line());
}

std::vector<FindingRow> across(const std::vector<std::string>& files) {
  std::vector<Statements> all;
  for (const std::string& file : files) all.push_back(stated(file, text_of(file)));
  return check_across(all);
}

// `document:line check severity stated`, one a finding.
std::vector<std::string> lines(const std::vector<FindingRow>& rows) {
  std::vector<std::string> all;
  for (const FindingRow& row : rows) {
    const char* severity = row.severity == Severity::contradiction ? "contradiction" : "suspicious";
    all.push_back(fmt::format("{}:{} {} {} {}", row.document, row.line, row.check, severity, row.stated));
  }
  return all;
}

using Lines = std::vector<std::string>;

TEST(Across, WhatFitsFindsNothing) {
  EXPECT_EQ(lines(across({"annual-2023.hans", "annual-2024.hans"})), Lines());
  EXPECT_EQ(lines(across({"annual-2024.hans"})), Lines());
  EXPECT_EQ(lines(across({})), Lines());
}

TEST(Across, ComparativesAreHeldAgainstWhatWasReportedThen) {
  const Lines expected = {"annual-2024-restated.hans:5 restated suspicious 7210000000",
                          "annual-2024-restated.hans:8 growth_across suspicious 28.5",
                          "annual-2024-restated.hans:10 restated contradiction 2740000000"};
  const auto rows = across({"annual-2023.hans", "annual-2024-restated.hans"});
  EXPECT_EQ(lines(rows), expected);
  // The later document is at fault whichever comes first in the batch.
  EXPECT_EQ(lines(across({"annual-2024-restated.hans", "annual-2023.hans"})), expected);
}

TEST(Across, AFindingNamesTheOtherDocumentAndTheComputation) {
  const auto rows = across({"annual-2023.hans", "annual-2024-restated.hans"});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(
      rows[0].message_en,
      "Revenue (2023): stated as 72.1亿元 here, but reported then as 74.6亿元 (annual-2023.hans, line 5); restated, "
      "as it says");
  EXPECT_EQ(rows[0].message_zh,
            "营业收入（2023）：此处写作 72.1亿元，而当时披露为 74.6亿元（annual-2023.hans 第5行）；文中称已重列");
  EXPECT_EQ(rows[1].computed_low, "18.0");
  EXPECT_EQ(rows[1].computed_high, "19.1");
  EXPECT_NE(rows[1].message_en.find("20.5亿元 (annual-2023.hans, line 8)"), std::string::npos);
  EXPECT_EQ(rows[1].fact_ids.size(), 3u);
  for (const FindingRow& row : rows) {
    EXPECT_LT(row.char_start, row.char_end);
    EXPECT_TRUE(row.id.starts_with("f-") && row.id.size() == 14) << row.id;
    EXPECT_TRUE(row.fact_ids.front().starts_with("f-")) << row.fact_ids.front();
  }
}

TEST(Across, VersionsOfOneCallAreHeldAgainstEachOther) {
  EXPECT_EQ(
      lines(across({"annual-2024.hans", "annual-2024.hant"})),
      (Lines{"annual-2024.hans:10 version suspicious 8.8", "annual-2024.hant:6 version contradiction 978000000"}));
}

// A version is held against no third document: it would say everything twice.
TEST(Across, OnlyOneOfTwoVersionsIsHeldAgainstOthers) {
  const auto found = lines(across({"annual-2023.hans", "annual-2024.hans", "annual-2024.hant"}));
  EXPECT_EQ(found.size(), 2u) << found.size();
}

TEST(Across, BothScriptsGiveTheSame) {
  const std::vector<std::string> files = {"annual-2023.hans", "annual-2024-restated.hans"};
  std::vector<Statements> traditional;
  for (const std::string& file : files) traditional.push_back(stated(file, support::to_traditional(text_of(file))));
  EXPECT_EQ(lines(check_across(traditional)), lines(across(files)));
  traditional.front() = stated(files.front(), text_of(files.front()));  // one of each
  EXPECT_EQ(lines(check_across(traditional)), lines(across(files)));
}

TEST(Across, ACopyIsSaidOnce) {
  const Statements of = stated("a", text_of("annual-2024-restated.hans"));
  std::vector<Statements> all = {stated("0", text_of("annual-2023.hans")), of, of, of};
  all[2].document = "b";
  all[3].document = "c";
  const auto found = lines(check_across(all));
  EXPECT_EQ(std::count_if(found.begin(), found.end(), [](const auto& l) { return l.find(" copy ") != l.npos; }), 2);
  EXPECT_EQ(found.size(), 5u);
}

// Two thousand calls of one company, one a day: no pair is looked at by itself.
TEST(Across, ALargeBatchTakesLittleTimeAndRoom) {
  const Statements of = stated("a", text_of("annual-2024.hans"));
  std::vector<Statements> all(2000, of);
  for (size_t i = 0; i < all.size(); ++i) {
    all[i].document = fmt::format("{:04}", i);
    all[i].sha256 = all[i].document;
    for (StatedFact& fact : all[i].facts) fact.low = fact.high = fact.low.scaled(static_cast<int>(i % 7) - 3);
  }
  const auto begin = std::chrono::steady_clock::now();
  check_across(all);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_LE(sizeof(StatedFact), 120u);
}

}  // namespace
}  // namespace jiyao
