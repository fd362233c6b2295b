// What patterns tell of themselves, and that it holds: a rule is never left out
// where it matches.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "pipeline/model/pattern_shape.h"
#include "pipeline/resolve/needs.h"
#include "pipeline/resolve/view.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

using testing::ElementsAre;

std::string shown(const CharSet& set) {
  if (set.any) return "any";
  std::string text;
  for (const char32_t c : set.characters) text += static_cast<char>(c);
  return text;
}

std::string first(std::string_view pattern) { return shown(PatternShape::of(pattern).first); }

std::vector<std::string> needs(std::string_view pattern) {
  std::vector<std::string> all;
  for (const CharSet& need : PatternShape::of(pattern).needs) all.push_back(shown(need));
  return all;
}

TEST(PatternShape, FirstCharacters) {
  EXPECT_EQ(first("ab"), "a");
  EXPECT_EQ(first("a?b"), "ab");
  EXPECT_EQ(first("(?P<x>a|bc)d"), "ab");
  EXPECT_EQ(first("(?:a*|b{0,2})c"), "abc");
  EXPECT_EQ(first("[a-c]x"), "abc");
  EXPECT_EQ(first("[a\\]-]x"), "-]a");
  EXPECT_EQ(first("\\ba{2}"), "a");
  EXPECT_EQ(first("[^a]b"), "any");
  EXPECT_EQ(first(".b"), "any");
  EXPECT_EQ(first("\\d\\+"), "0123456789");
}

TEST(PatternShape, WhatAMatchNeeds) {
  EXPECT_THAT(needs("ab?c"), ElementsAre("a", "c"));
  EXPECT_THAT(needs("a[^x]*(?:b|c)+"), ElementsAre("a", "bc"));
  EXPECT_THAT(needs("a(?:b|c?)d"), ElementsAre("a", "d"));
  EXPECT_THAT(needs("(?:[abc]d|e)f"), ElementsAre("de", "f"));
  EXPECT_THAT(needs("a{0,2}b{1,2}"), ElementsAre("b"));
  EXPECT_THAT(needs("a*"), ElementsAre());
}

TEST(PatternShape, WhatItDoesNotKnowNeedsNothing) {
  for (const char* pattern : {"(?i)a", "\\pLa", "a\\x41", "a(", "a)", "[a", "a\\"}) {
    EXPECT_EQ(first(pattern), "any") << pattern;
    EXPECT_TRUE(PatternShape::of(pattern).may_be_empty) << pattern;
    EXPECT_THAT(needs(pattern), ElementsAre()) << pattern;
  }
}

// Run against every sentence of the corpus, no relation rule that matches is
// ever left out; and most others are.
TEST(NeedIndex, LeavesOutNoRuleThatMatches) {
  const RuleSet& rules = support::line().rules;
  NeedIndex index;
  std::vector<std::unique_ptr<RE2>> patterns;
  for (const PatternRule& rule : rules.relations) {
    index.add(rule.pattern);
    patterns.push_back(std::make_unique<RE2>(rule.pattern, RE2::Quiet));
  }
  View view;
  std::vector<uint16_t> scratch;
  std::vector<uint32_t> found;
  size_t asked = 0, run = 0, matched = 0;
  for (const auto& path : support::text_files(support::root() / "corpus")) {
    const Extracted text = support::extracted(support::contents(path));
    const auto& begins = text.mentions.sentence_begin;
    for (size_t s = 0; s < text.document.sentences.size(); ++s) {
      make_view(text.document.folded.text, text.document.sentences[s].span, text.mentions, begins[s], begins[s + 1],
                rules, view);
      index.find(view.symbols, scratch, found);
      const std::set<uint32_t> candidates(found.begin(), found.end());
      for (uint32_t i = 0; view.has_figure && i < patterns.size(); ++i) {
        const bool matches = RE2::PartialMatch(view.symbols, *patterns[i]);
        EXPECT_TRUE(!matches || candidates.contains(i)) << rules.relations[i].id << " in " << path;
        ++asked;
        run += candidates.contains(i);
        matched += matches;
      }
    }
  }
  EXPECT_GT(matched, 1000u);
  EXPECT_LT(run * 4, asked);
}

TEST(NeedIndex, TextsOfAnyBytes) {
  NeedIndex index;
  index.add("a");
  index.add("\xF0\x9F\x98\x80");  // beyond the table: always a candidate
  std::vector<uint16_t> scratch;
  std::vector<uint32_t> found;
  for (const char* text : {"", "\xE5", "\xE5\xA5", "\xF0\x9F\x98\x80", "b\xC3"}) {
    index.find(text, scratch, found);
    EXPECT_THAT(found, ElementsAre(1u));
  }
  index.find("ba", scratch, found);
  EXPECT_THAT(found, ElementsAre(0u, 1u));
}

}  // namespace
}  // namespace jiyao
