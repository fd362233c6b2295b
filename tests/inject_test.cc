// The measure of injected errors: that it makes the errors it says, that it
// knows which of them a document's own numbers expose, and that no fewer of
// them are found than were.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/corpus.h"
#include "tools/inject/measure.h"

namespace jiyao::inject {
namespace {

constexpr const char* kCall =
    "栎舟网络2024年第四季度收入86.4亿元，去年同期76.9亿元，同比增长12.4%。\n"
    "广告收入31.5亿元，占总收入的36.5%。\n";

Statement stated(const std::string& text, const char* figure, const char* value, const char* place, const char* metric,
                 const char* period, const char* basis) {
  const size_t at = text.find(figure);
  Statement s;
  s.at = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + std::string(figure).size())};
  s.figure = figure;
  s.number = {std::stold(value), std::stold(value), std::stold(place)};
  s.metric = s.subject = metric;
  s.basis = basis;
  s.unit = std::string(figure).ends_with("%") ? "%" : "CNY";
  s.status = "actual";
  s.periods = {Period::parse(period)};
  return s;
}

Statements call() {
  const std::string text = kCall;
  Statements all;
  all.stated = {stated(text, "86.4亿元", "8640000000", "10000000", "revenue", "2024Q4", "level"),
                stated(text, "76.9亿元", "7690000000", "10000000", "revenue", "2023Q4", "level"),
                stated(text, "12.4%", "12.4", "0.1", "revenue", "2024Q4", "yoy"),
                stated(text, "31.5亿元", "3150000000", "10000000", "revenue", "2024Q4", "level"),
                stated(text, "36.5%", "36.5", "0.1", "revenue", "2024Q4", "share")};
  all.stated[3].segment = all.stated[4].segment = "广告";
  all.stated[4].base = "总收入";
  const auto at = static_cast<uint32_t>(text.find("2024年第四季度"));
  all.mentions = {{{at, at + 19}, "2024年第四季度", Period::parse("2024Q4")}};
  return all;
}

std::vector<std::string> texts_with(Kind kind, size_t line) {
  std::vector<std::string> found;
  for (const Error& error : errors_of(call(), kCall)) {
    if (error.kind == kind) found.push_back(support::split(altered(kCall, error), '\n')[line]);
  }
  return found;
}

TEST(Inject, MakesTheErrorsOfItsTable) {
  const auto has = [](Kind kind, size_t line, const char* part) {
    const auto texts = texts_with(kind, line);
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& t) { return t.find(part) != t.npos; });
  };
  EXPECT_TRUE(has(Kind::factor_up, 0, "收入864亿元"));
  EXPECT_TRUE(has(Kind::factor_down, 0, "收入8.64亿元"));
  EXPECT_TRUE(has(Kind::factor_down, 0, "增长1.24%"));
  EXPECT_TRUE(has(Kind::scale_word, 0, "收入86.4万元"));
  EXPECT_TRUE(has(Kind::swapped, 0, "收入68.4亿元"));
  EXPECT_TRUE(has(Kind::computed, 0, "增长11.0%"));    // 12.4 / 1.124
  EXPECT_TRUE(has(Kind::computed, 1, "收入的57.5%"));  // 36.5 / 63.5
  EXPECT_TRUE(has(Kind::sign, 0, "下降12.4%"));
  EXPECT_TRUE(has(Kind::year, 0, "2023年第四季度"));
  EXPECT_TRUE(has(Kind::year, 0, "2025年第四季度"));
  EXPECT_TRUE(has(Kind::decade, 0, "2014年第四季度"));
  for (const Error& error : errors_of(call(), kCall)) EXPECT_NE(altered(kCall, error), kCall) << name(error.kind);
}

TEST(Inject, KnowsWhatHangsTogether) {
  const Statements all = call();
  std::vector<std::string> found;
  for (const Relation& relation : relations_of(all)) found.emplace_back(relation.name);
  EXPECT_EQ(found, (std::vector<std::string>{"growth", "share"}));
}

// 12.3% would be 86.4 / 76.9 as well: such a slip cannot be seen.
TEST(Inject, ExposesOnlyWhatNoRoundingExplains) {
  const Statements all = call();
  const auto relations = relations_of(all);
  EXPECT_TRUE(broken(relations, all, 2, meant({12.3L, 12.3L, 0.1L}, "")).empty());
  EXPECT_EQ(broken(relations, all, 2, meant({14.2L, 14.2L, 0.1L}, "")).size(), 1u);
  EXPECT_EQ(broken(relations, all, 0, meant({6.84e9L, 6.84e9L, 1e7L}, "")).size(), 2u);
  EXPECT_TRUE(broken(relations, all, 2, meant({12, 12, 1}, "about")).empty());
}

// Without hand-made figures the facts of the untouched text stand for them.
TEST(Inject, CountsWhatIsFoundAndWhatIsNot) {
  const auto source = decode(kCall, "call.txt", "UTF-8");
  const Measured found = measure(std::get<SourceText>(source), {}, "no-such-file", support::line());
  EXPECT_TRUE(found.alarms.empty());
  const Tally& up = found.tallies[static_cast<size_t>(Kind::factor_up)];
  EXPECT_EQ(up.made, 5u);
  EXPECT_EQ(up.exposable, 5u);
  EXPECT_GE(up.contradiction + up.suspicious, 4u);
  EXPECT_EQ(up.missed(), up.exposable - up.contradiction - up.suspicious);
  const Tally& year = found.tallies[static_cast<size_t>(Kind::year)];
  EXPECT_EQ(year.made, 2u);
  for (const Outcome& outcome : found.outcomes) {
    EXPECT_FALSE(outcome.exposed_by.empty()) << outcome.before;
    EXPECT_NE(outcome.before, outcome.after);
  }
}

TEST(Inject, ReadsEveryHandMadeFigureOfTheCorpus) {
  for (const support::Case& of : support::cases()) {
    const auto path = support::corpus_folder() / "gold" / (of.name + "." + of.native + ".gold.tsv");
    EXPECT_TRUE(read_gold(path, support::extracted_case(of, of.native)).has_value()) << of.name;
  }
}

// The measure itself on a part of the corpus: each error of a kind that could be
// found, every eleventh. `inject` measures the whole.
TEST(Inject, FindsNoFewerErrorsThanItDid) {
  constexpr double kFloor = 92;  // percent
  constexpr Sample kSample = {.step = 11, .first = 0};
  Tally sum;
  std::string missed;
  for (const support::Case& of : support::cases()) {
    const std::string file = support::file_name(of, of.native);
    const auto source = decode(support::contents(support::corpus_folder() / file), file, "UTF-8");
    const auto gold = support::corpus_folder() / "gold" / (of.name + "." + of.native + ".gold.tsv");
    const Measured found =
        measure(std::get<SourceText>(source), support::manifest_context(file), gold, support::line(), kSample);
    for (const Tally& tally : found.tallies) sum += tally;
    for (const Outcome& o : found.outcomes) {
      if (o.finding.empty())
        missed += fmt::format("{}:{}: {}: {} → {}: {}\n", file, o.line, name(o.kind), o.before, o.after, o.exposed_by);
    }
  }
  ASSERT_GT(sum.exposable, 150u);
  const double found = 100.0 * static_cast<double>(sum.exposable - sum.missed()) / static_cast<double>(sum.exposable);
  EXPECT_GE(found, kFloor) << missed;
}

}  // namespace
}  // namespace jiyao::inject
