// Loading: every mistake of a rule file told at once, to the letter. Each file
// of data/bad_rules lies beside the messages it must give.
#include "pipeline/load/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/support.h"

namespace jiyao {

void PrintTo(const RuleFile& file, std::ostream* out) { *out << file.path; }

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

const fs::path& bad_rules() {
  static const fs::path folder = support::root() / "tests/data/bad_rules";
  return folder;
}

std::vector<std::string> errors(const std::vector<RuleFile>& files) {
  const auto loaded = load(files);
  std::vector<std::string> messages;
  if (const auto* wrong = std::get_if<std::vector<RuleError>>(&loaded))
    for (const RuleError& error : *wrong) messages.push_back(error.message);
  return messages;
}

RuleSet rules(const std::vector<RuleFile>& files) {
  auto loaded = load(files);
  EXPECT_THAT(errors(files), ElementsAre());
  return loaded.index() == 0 ? std::get<RuleSet>(std::move(loaded)) : RuleSet();
}

class BadRules : public testing::TestWithParam<RuleFile> {};

TEST_P(BadRules, GivesExactlyTheseMessages) {
  const RuleFile& file = GetParam();
  std::string messages;
  for (const std::string& message : errors({file})) {
    EXPECT_TRUE(message.starts_with(file.path + ":")) << message;
    messages += message + "\n";
  }
  EXPECT_FALSE(messages.empty());
  EXPECT_TRUE(support::as_recorded((bad_rules() / file.path).replace_extension(".expected"), messages));
}

std::string case_name(const testing::TestParamInfo<RuleFile>& info) {
  std::string name = fs::path(info.param.path).replace_extension().generic_string();
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Load, BadRules, testing::ValuesIn(rule_files(bad_rules())), case_name);

constexpr const char* kRises = "class: rise\nwords: [上扬, 走高]\n";

TEST(Load, AWordIsNotTakenTwiceByTwoFiles) {
  EXPECT_THAT(
      errors(
          {{"lexicon/a.yaml", kRises},
           {"lexicon/b.yaml", "class: up\nwords:\n  - 走高\n"},
           {"metric/c.yaml", "metrics:\n  - {id: m, en: M, zh: 量, unit: count, balance: flow, names: [量, 上扬]}\n"}}),
      ElementsAre("lexicon/b.yaml:3:5: '走高' stands already at lexicon/a.yaml:2; a word is one symbol, keep one",
                  "metric/c.yaml:2:70: '上扬' stands already at lexicon/a.yaml:2; a word is one symbol, keep one"));
}

TEST(Load, ARuleIdIsNotTakenTwiceByTwoFiles) {
  const std::string rule =
      "rules:\n  - id: bushels\n    kind: count\n    pattern: '<num>斗'\n    examples: [{text: 3斗。, none: true}]\n";
  EXPECT_THAT(errors({{"mention/a.yaml", rule}, {"mention/b.yaml", rule}}),
              ElementsAre("mention/b.yaml:2:9: rule 'bushels' stands already at mention/a.yaml:2; ids are unique"));
}

TEST(Load, MistakesComeInTheOrderOfTheFiles) {
  const std::vector<RuleFile> files = rule_files(bad_rules());
  std::vector<std::string> found;
  for (const std::string& message : errors(files)) {
    const std::string file = message.substr(0, message.find(':'));
    if (found.empty() || found.back() != file) found.push_back(file);
  }
  std::vector<std::string> paths;
  for (const RuleFile& file : files) paths.push_back(file.path);
  EXPECT_EQ(found, paths);
}

TEST(Load, ReadsWhatTheFilesSay) {
  const RuleSet set = rules({
      {"lexicon/a.yaml", "class: bushel\nafter_number: only\nunit: 斗\nwords: [斗, {word: 斛, unit: 斛}]\n"},
      {"mention/a.yaml",
       "macros: {n: '(?P<a><num>)'}\nrules:\n  - id: bushels\n    kind: count\n    pattern: '{n}<bushel>'\n"
       "    examples:\n      - {text: 收成3斗。, expect: [{figure: 3斗, value: \"3\"}]}\n"},
      {"metric/a.yaml",
       "metrics:\n  - {id: harvest, en: Harvest, zh: 收成, unit: count, balance: flow, ratio: true, names: [收成]}\n"},
  });
  ASSERT_EQ(set.lexicon.size(), 2u);
  EXPECT_EQ(set.classes.at(set.lexicon[0].lexeme_class).name, "bushel");
  EXPECT_EQ(set.lexicon[0].attributes.at("unit"), "斗");
  EXPECT_EQ(set.lexicon[1].attributes.at("unit"), "斛");
  EXPECT_EQ(set.lexicon[1].attributes.at("after_number"), "only");
  EXPECT_EQ(set.lexicon[1].place.line, 4u);
  ASSERT_EQ(set.metrics.size(), 1u);
  EXPECT_TRUE(set.metrics[0].ratio);
  EXPECT_FALSE(set.metrics[0].loss);
  EXPECT_THAT(set.metrics[0].names, ElementsAre("收成"));
  ASSERT_EQ(set.mentions.size(), 1u);
  EXPECT_EQ(set.mentions[0].makes.at("kind"), "count");
  EXPECT_EQ(set.mentions[0].examples.at(0).expect.at(0).at("value"), "3");
  EXPECT_EQ(set.mentions[0].pattern.find("num"), std::string::npos);
}

TEST(Load, AUnitMayBeAWordElsewhereToo) {
  EXPECT_THAT(errors({{"lexicon/a.yaml", "class: litre\nafter_number: only\nwords: [升]\n"},
                      {"lexicon/b.yaml", "class: rise\nwords: [升]\n"}}),
              ElementsAre());
}

TEST(Load, TheHashIsOfNamesAndTexts) {
  const std::string hash = rules({{"lexicon/a.yaml", kRises}}).hash;
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(rules({{"lexicon/a.yaml", kRises}}).hash, hash);
  EXPECT_NE(rules({{"lexicon/b.yaml", kRises}}).hash, hash);
  EXPECT_NE(rules({{"lexicon/a.yaml", std::string(kRises) + "\n"}}).hash, hash);
  EXPECT_NE(rules({{"lexicon/a.yaml", kRises}, {"lexicon/b.yaml", ""}}).hash, hash);
}

TEST(Load, EmptyFilesAreNoMistake) {
  EXPECT_THAT(errors({{"lexicon/a.yaml", ""}, {"mention/b.yaml", "# nothing yet\n"}, {"metric/c.yaml", "---\n---\n"}}),
              ElementsAre());
}

TEST(Load, TheRulesInTheProgramAreThoseOfTheFolder) {
  const auto embedded = embedded_rules();
  const auto files = rule_files(support::root() / "rules");
  ASSERT_EQ(embedded.size(), files.size());
  for (size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(embedded[i].path, files[i].path);
    EXPECT_TRUE(embedded[i].text == files[i].text) << files[i].path << " was changed after the build";
  }
}

TEST(Load, AFolderThatIsNotThereIsAnError) { EXPECT_THROW(rule_files(bad_rules() / "none"), std::runtime_error); }

// Hostile texts end in messages.
TEST(Load, TotalOnAnyText) {
  const std::string deep(2000, '[');
  for (const std::string& text :
       {std::string("\xFF\xFE"), std::string("a: &x [*x, *x]"), std::string("? [a, b]\n: c\n"), std::string("\0a", 2),
        std::string("rules: [{id: [], pattern: {}}]"),
        std::string("metrics: [{id: {}, en: [], zh: 1, unit: 2, balance: 3}]"), std::string("class: {a: b}\nwords: []"),
        std::string("!!binary x"), std::string("%YAML 9.9\n---\n"), deep, std::string("{words: [[[]]], class: c}"),
        std::string("macros: []\nrules: [[]]")}) {
    for (const char* path : {"lexicon/a.yaml", "metric/a.yaml", "mention/a.yaml", "relation/a.yaml", "a.yaml"})
      for (const std::string& message : errors({{path, text}})) EXPECT_THAT(message, HasSubstr(path));
  }
}

}  // namespace
TEST(Load, ComposedNamesAreAllTheirCombinations) {
  const RuleFile file{"metric/a.yaml",
                      "metrics:\n"
                      "  - id: revenue\n    en: Revenue\n    zh: 营业收入\n    unit: money\n    balance: flow\n"
                      "    names: [营收]\n"
                      "    composed:\n      - [[核心, 备考], [\"\", 后], [收入]]\n"};
  const auto loaded = load({file});
  const auto* rules = std::get_if<RuleSet>(&loaded);
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(rules->metrics.at(0).names,
            (std::vector<std::string>{"营收", "核心收入", "核心后收入", "备考收入", "备考后收入"}));
}

}  // namespace jiyao
