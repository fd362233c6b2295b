// Every example of every rule, as written and in the other script; and the
// judge itself.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/support.h"
#include "tools/examples.h"

namespace jiyao {
namespace {

using command::Script;
using command::Verdict;

using Examples = std::map<std::string, std::vector<RuleExample>>;  // by file

const Examples& examples() {
  static const Examples all = [] {
    Examples by_file;
    const auto add = [&](const auto& rules) {
      for (const auto& rule : rules)
        for (const RuleExample& example : rule.examples) by_file[example.place.file].push_back(example);
    };
    add(support::line().rules.metrics);
    add(support::line().rules.mentions);
    add(support::line().rules.relations);
    add(support::line().rules.checks);
    return by_file;
  }();
  return all;
}

std::vector<std::string> files() {
  std::vector<std::string> names;
  for (const auto& [file, list] : examples()) names.push_back(file);
  return names;
}

const char* name(Verdict::Kind kind) {
  if (kind == Verdict::Kind::missing) return "missing";
  return kind == Verdict::Kind::noisy ? "noisy" : "wrong";
}

void expect_met(const RuleExample& example, const std::string& text, Script script) {
  for (const Verdict& verdict : judge(example, text, script, support::line())) {
    ADD_FAILURE() << fmt::format("rules/{}:{}:{}: {}: {} in: {}", example.place.file, example.place.line,
                                 example.place.column, name(verdict.kind), verdict.message, text);
  }
}

class Rules : public testing::TestWithParam<std::string> {};

TEST_P(Rules, ExamplesAreMetInBothScripts) {
  for (const RuleExample& example : examples().at(GetParam())) {
    expect_met(example, example.text, Script::as_written);
    std::string other = support::to_traditional(example.text);
    if (other == example.text) other = support::to_simplified(example.text);
    if (other != example.text) expect_met(example, other, Script::other);
  }
}

std::string case_name(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char c : info.param.substr(0, info.param.rfind('.'))) name += std::isalnum(c) != 0 ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Of, Rules, testing::ValuesIn(files()), case_name);

TEST(Rules, WordsAreWrittenFolded) {
  for (const Metric& metric : support::line().rules.metrics) {
    for (const std::string& word : metric.names) {
      EXPECT_EQ(support::fold(word), word) << "rules/" << metric.place.file << ":" << metric.place.line;
    }
  }
  for (const LexiconEntry& entry : support::line().rules.lexicon) {
    EXPECT_EQ(support::fold(entry.word), entry.word)
        << "rules/" << entry.place.file << ":" << entry.place.line << ": can never match";
  }
}

// The judge.

constexpr const char* kText = "第四季度总收入为12亿元，同比增长8%。";

RuleExample example(std::vector<Expectation> expect, bool none = false) {
  RuleExample made;
  made.text = kText;
  made.expect = std::move(expect);
  made.none = none;
  return made;
}

std::vector<Verdict> judged(const RuleExample& example, Script script = Script::as_written) {
  return judge(example, script == Script::as_written ? example.text : support::to_traditional(example.text), script,
               support::line());
}

TEST(Judge, ContentWithRowsThatAreThere) {
  const RuleExample made = example({{{"figure", "12亿元"}, {"value", "1200000000"}, {"unit", "CNY"}},
                                    {{"figure", "8%"}, {"basis", "yoy"}, {"value", "8.0"}},
                                    {{"class", "period"}, {"figure", "第四季度"}, {"meaning", "2024Q4"}}});
  EXPECT_TRUE(judged(made).empty());
  EXPECT_TRUE(judged(made, Script::other).empty());
}

TEST(Judge, Missing) {
  const auto verdicts = judged(example({{{"figure", "13亿元"}}}));
  ASSERT_EQ(verdicts.size(), 1u);
  EXPECT_EQ(verdicts[0].kind, Verdict::Kind::missing);
  EXPECT_EQ(verdicts[0].message, "figure: 13亿元");
}

TEST(Judge, Wrong) {
  const auto verdicts = judged(example({{{"figure", "8%"}, {"basis", "qoq"}}}));
  ASSERT_EQ(verdicts.size(), 1u);
  EXPECT_EQ(verdicts[0].kind, Verdict::Kind::wrong);
  EXPECT_EQ(verdicts[0].message, "8%: basis is 'yoy', not 'qoq'");
}

TEST(Judge, EveryExpectationNeedsARowOfItsOwn) {
  EXPECT_EQ(judged(example({{{"unit", "%"}}, {{"figure", "8%"}}})).size(), 1u);
}

TEST(Judge, Noisy) {
  const auto verdicts = judged(example({}, true));
  ASSERT_EQ(verdicts.size(), 2u);
  for (const Verdict& verdict : verdicts) EXPECT_EQ(verdict.kind, Verdict::Kind::noisy);
}

TEST(Judge, TheScriptOfTheExampleCountsToTheLetter) {
  const RuleExample made = example({{{"figure", "12億元"}}});
  EXPECT_EQ(judged(made).size(), 1u);
  EXPECT_TRUE(judged(made, Script::other).empty());
}

TEST(Judge, NamesAColumnThatIsNotThere) {
  const auto verdicts = judged(example({{{"figure", "8%"}, {"colour", "red"}}}));
  ASSERT_EQ(verdicts.size(), 1u);
  EXPECT_EQ(verdicts[0].message, "8%: there is no column colour");
}

}  // namespace
}  // namespace jiyao
