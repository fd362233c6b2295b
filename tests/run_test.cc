// The batch around the line: the same bytes for any number of threads and on
// every run, in the order of the inputs; and texts turned into the other script.
#include "pipeline/run/run.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "pipeline/run/batch.h"
#include "pipeline/write/write.h"
#include "tests/support/corpus.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

struct Tables {
  std::vector<std::string> documents;
  std::string metrics, ledger, findings, errors;
  Tally tally;
};

DocumentContext of_manifest(const Input& input) { return support::manifest_context(input.document); }

Tables batch(const std::vector<Input>& inputs, int threads) {
  BatchOptions options;
  options.threads = threads;
  Tables tables;
  tables.tally = run_batch(inputs, of_manifest, support::line(), options, [&](BatchResult&& result) {
    tables.documents.push_back(result.document);
    tables.metrics += result.metrics;
    tables.ledger += result.ledger;
    tables.findings += findings_rows(result.findings);
    tables.errors += result.error;
  });
  return tables;
}

void expect_same(const Tables& a, const Tables& b) {
  EXPECT_EQ(a.documents, b.documents);
  EXPECT_TRUE(a.metrics == b.metrics);
  EXPECT_TRUE(a.ledger == b.ledger);
  EXPECT_TRUE(a.findings == b.findings);
  EXPECT_EQ(a.tally.facts, b.tally.facts);
}

void expect_deterministic(const std::vector<Input>& inputs) {
  const Tables once = batch(inputs, 1);
  EXPECT_EQ(once.errors, "");
  EXPECT_EQ(once.documents.size(), inputs.size());
  expect_same(once, batch(inputs, 1));
  expect_same(once, batch(inputs, 2));
  expect_same(once, batch(inputs, 5));
}

TEST(Batch, SameBytesForAnyNumberOfThreads) {
  const Inputs inputs = find_inputs({(support::corpus_folder()).string()});
  ASSERT_GT(inputs.found.size(), 24u);
  std::vector<Input> texts;
  for (const Input& input : inputs.found) {
    if (input.document.ends_with(".txt")) texts.push_back(input);
  }
  expect_deterministic(texts);
}

TEST(Batch, SameBytesOfTheEvaluation) {
  if (support::eval_folder().empty()) GTEST_SKIP() << "no shared/eval here (environment JIYAO_SHARED)";
  expect_deterministic(find_inputs({(support::eval_folder() / "dev").string()}).found);
}

// A folder of its own, gone after the test.
class BatchOfFiles : public testing::Test {
 protected:
  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::temp_directory_path() / fmt::format("jiyao_run_test.{}.{}", getpid(), name);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  Input write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return {folder_ / name, name};
  }

  fs::path folder_;
};

constexpr const char* kText = "第四季度总收入为12亿元，同比增长8%。\n";

TEST_F(BatchOfFiles, AFileThatFailsStopsNoOther) {
  const Tables tables = batch({write("a.txt", kText), {folder_ / "none.txt", "none.txt"}, write("c.txt", kText)}, 2);
  EXPECT_THAT(tables.documents, ElementsAre("a.txt", "none.txt", "c.txt"));
  EXPECT_THAT(tables.errors, HasSubstr("none.txt"));
  EXPECT_EQ(tables.tally.documents, 2u);
  EXPECT_EQ(tables.tally.failed, 1u);
  EXPECT_EQ(tables.tally.facts, 4u);
}

TEST_F(BatchOfFiles, ManySmallFilesStayInOrder) {
  std::vector<Input> inputs;
  std::vector<std::string> names;
  for (int i = 0; i < 200; ++i) {
    names.push_back(fmt::format("{:03}.txt", i));
    inputs.push_back(write(names.back(), std::string(static_cast<size_t>(i % 7), '\n') + kText));
  }
  EXPECT_EQ(batch(inputs, 4).documents, names);
}

TEST_F(BatchOfFiles, StopsWhenAsked) {
  std::vector<Input> inputs;
  for (int i = 0; i < 100; ++i) inputs.push_back(write(fmt::format("{:03}.txt", i), kText));
  std::atomic<bool> stop = false;
  BatchOptions options;
  options.threads = 1;
  options.stop = &stop;
  size_t given = 0;
  run_batch(inputs, of_manifest, support::line(), options, [&](BatchResult&&) {
    ++given;
    stop = true;
  });
  EXPECT_GE(given, 1u);
  EXPECT_LT(given, 100u);
}

TEST_F(BatchOfFiles, WhatTheSinkThrowsIsThrownOn) {
  EXPECT_THROW(run_batch({write("a.txt", kText)}, of_manifest, support::line(), {},
                         [](BatchResult&&) { throw std::runtime_error("the disk is full"); }),
               std::runtime_error);
}

TEST_F(BatchOfFiles, DocumentsWithoutFiguresGiveNoRows) {
  std::vector<Input> inputs;
  for (const char* text :
       {"", "\n", "\xEF\xBB\xBF", "感谢各位参加。\n", "感謝各位參加。\n\n再見。", "Thank you.\r\n", "　　。。。"})
    inputs.push_back(write(fmt::format("{}.txt", inputs.size()), text));
  const Tables tables = batch(inputs, 2);
  EXPECT_EQ(tables.errors, "");
  EXPECT_EQ(tables.metrics + tables.ledger + tables.findings, "");
  EXPECT_EQ(tables.tally.documents, inputs.size());
}

TEST(Batch, NoDocumentsAtAll) {
  const Tables tables = batch({}, 2);
  EXPECT_EQ(tables.tally.documents, 0u);
  EXPECT_EQ(tables.metrics, "");
}

// The figures in the order of the text, and what is said of each. Not its
// subject: cut out of its sentence a word may fold otherwise than in it.
struct Figures {
  std::vector<std::string> values;
  std::vector<std::string> meanings;
};

Figures figures(const Extracted& extracted) {
  Figures all;
  const auto printed = [](const std::optional<Decimal>& d) { return d ? d->to_string() : std::string(); };
  for (const Fact& fact : extracted.extraction.facts) {
    const auto figure = cite(extracted.document.source, extracted.document.folded, fact.figure).text;
    all.values.push_back(fmt::format("{} {}{}..{} {}", support::fold(figure), printed(fact.value), printed(fact.low),
                                     printed(fact.high), fact.unit));
    all.meanings.push_back(fmt::format("{} {} {} {} {} {}", support::fold(figure), fact.metric, name(fact.basis),
                                       fact.period.text(), name(fact.qualifier), name(fact.status)));
  }
  return all;
}

std::string first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() && y == b.end()) return "";
  return (x == a.end() ? "nothing" : *x) + " | " + (y == b.end() ? "nothing" : *y);
}

// s2t does not turn every word back into itself; where it did, all is the same.

TEST(Scripts, EvaluationTextsInTheOtherScript) {
  if (support::eval_folder().empty()) GTEST_SKIP() << "no shared/eval here (environment JIYAO_SHARED)";
  int same = 0, reworded = 0;
  for (const fs::path& path : support::text_files(support::eval_folder())) {
    const auto source = decode(support::contents(path), "test", "UTF-8");
    if (source.index() != 0) continue;
    const std::string& text = std::get<SourceText>(source).text;
    SCOPED_TRACE(path.lexically_relative(support::eval_folder()));
    const bool simplified = support::to_simplified(text) == text;
    const std::string other = simplified ? support::to_traditional(text) : support::to_simplified(text);
    const Extracted as_written = support::extracted(text);
    const Extracted turned = support::extracted(other);
    const Figures before = figures(as_written);
    const Figures after = figures(turned);
    EXPECT_EQ(first_difference(before.values, after.values), "");
    const bool same_words = as_written.document.folded.text == turned.document.folded.text;
    (same_words ? same : reworded) += 1;
    if (same_words) {
      EXPECT_EQ(first_difference(before.meanings, after.meanings), "");
    }
  }
  fmt::print("{} texts the same in both scripts, {} with words that s2t does not turn back\n", same, reworded);
}

}  // namespace
}  // namespace jiyao
