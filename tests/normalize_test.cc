// Normalizing: what is folded and what is not, the same text as OpenCC gives,
// and a map that leads every span of the folded text back to the source.
#include "pipeline/normalize/normalize.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <opencc/SimpleConverter.hpp>
#include <random>
#include <string>
#include <vector>

#include "pipeline/normalize/script.h"
#include "pipeline/normalize/width.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;

const Folder& folder() {
  static const Folder instance;
  return instance;
}

const WidthFolder& width() {
  static const WidthFolder instance;
  return instance;
}

std::string fold(std::string_view text) { return normalize(text, folder()).text; }

bool is_boundary(std::string_view text, uint32_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

std::vector<uint32_t> boundaries(std::string_view text) {
  std::vector<uint32_t> all;
  for (uint32_t at = 0; at <= text.size(); ++at) {
    if (is_boundary(text, at)) all.push_back(at);
  }
  return all;
}

// Spans of one and of several code points lie on boundaries of the source,
// neighbours leave no gap, the whole is the whole.
void expect_sound(std::string_view source, const NormalizedText& folded) {
  const std::vector<uint32_t> cuts = boundaries(folded.text);
  const uint32_t end = static_cast<uint32_t>(folded.text.size());
  EXPECT_EQ(folded.map.to_source({0, end}), (Span{0, static_cast<uint32_t>(source.size())}));
  uint32_t reached = 0;
  for (size_t i = 0; i + 1 < cuts.size(); ++i) {
    const Span one = folded.map.to_source({cuts[i], cuts[i + 1]});
    ASSERT_TRUE(is_boundary(source, one.begin) && is_boundary(source, one.end)) << "at " << cuts[i];
    ASSERT_LT(one.begin, one.end) << "at " << cuts[i];
    ASSERT_LE(one.begin, reached) << "gap before " << cuts[i];
    reached = one.end;
    const Span more = folded.map.to_source({cuts[i], cuts[std::min(i + 5, cuts.size() - 1)]});
    ASSERT_TRUE(more.contains(one));
    ASSERT_TRUE(is_boundary(source, more.end));
  }
  EXPECT_EQ(reached, source.size());
}

TEST(Normalize, FoldsWidthAndScript) {
  EXPECT_EQ(fold("營業收入１２３．４億元（年增５％）"), "营业收入123.4亿元(年增5%)");
  EXPECT_EQ(fold("ＦＹ２０２５　Ｑ３：ｱｲｳ"), "FY2025 Q3:アイウ");
  EXPECT_EQ(fold("毛利率約為５４．０％。"), "毛利率约为54.0%。");
  EXPECT_EQ(fold(""), "");
}

// Signs that look alike are one; each leads to its place, shorter or not.
TEST(Normalize, FoldsSignsThatLookAlike) {
  const std::string source = "2017―2020年收入增10〜12%，−5–7亿，3∶1，1⁄2";
  const NormalizedText folded = normalize(source, folder());
  EXPECT_EQ(folded.text, "2017—2020年收入增10~12%，-5-7亿，3:1，1/2");
  expect_sound(source, folded);
}

TEST(Normalize, LeavesWhatWouldLoseItsMeaning) {
  EXPECT_EQ(fold("①2024年"), "①2024年");
  EXPECT_EQ(fold("⑴３"), "⑴3");
  EXPECT_EQ(fold("⒈５㈠½²"), "⒈5㈠½²");
  EXPECT_EQ(fold("１，２３４"), "1，234");
  EXPECT_EQ(fold("以及…"), "以及…");
}

TEST(Normalize, PhrasesKeepTheirCharacters) {
  EXPECT_EQ(fold("乾坤"), "乾坤");
  EXPECT_EQ(fold("乾燥"), "干燥");
  EXPECT_EQ(fold("瞭解"), "了解");
  EXPECT_EQ(fold("瞭望"), "瞭望");
}

TEST(Normalize, EveryPartLeadsToItsPlace) {
  const std::string source = "營收㎡１２億";
  const NormalizedText folded = normalize(source, folder());
  ASSERT_EQ(folded.text, "营收m212亿");
  EXPECT_EQ(folded.map.to_source({6, 7}), (Span{6, 9}));    // m → ㎡
  EXPECT_EQ(folded.map.to_source({7, 8}), (Span{6, 9}));    // 2 → ㎡
  EXPECT_EQ(folded.map.to_source({8, 9}), (Span{9, 12}));   // 1 → １
  EXPECT_EQ(folded.map.to_source({8, 13}), (Span{9, 18}));  // 12亿
  expect_sound(source, folded);
}

TEST(Normalize, SameLengthButOtherCodePointsIsAnEdit) {
  const std::string source = "5㍱高";
  const NormalizedText folded = normalize(source, folder());
  ASSERT_EQ(folded.text, "5hPa高");
  EXPECT_EQ(folded.map.to_source({2, 3}), (Span{1, 4}));
  expect_sound(source, folded);
}

TEST(Normalize, ComposesWithWhatStandsBefore) {
  EXPECT_EQ(fold("Cafe\u0301"), "Caf\u00e9");
  EXPECT_EQ(fold("１e\u0301１"), "1\u00e91");
  EXPECT_EQ(fold("ｶﾞ"), "ガ");
  EXPECT_EQ(fold("①\u0301"), "①\u0301");
  EXPECT_EQ(fold("\u0301"), "\u0301");
  expect_sound("Cafe\u0301１", normalize("Cafe\u0301１", folder()));
}

TEST(Normalize, CharactersOfAnotherLengthMapOneByOne) {
  const std::string source = "鈇與𧝞１";  // three bytes to four, three to three, four to three, three to one
  const NormalizedText folded = normalize(source, folder());
  ASSERT_EQ(folded.text, "𫓧与䘛1");
  EXPECT_EQ(folded.map.to_source({0, 4}), (Span{0, 3}));
  EXPECT_EQ(folded.map.to_source({4, 7}), (Span{3, 6}));
  EXPECT_EQ(folded.map.to_source({7, 10}), (Span{6, 10}));
  EXPECT_EQ(folded.map.to_source({10, 11}), (Span{10, 13}));
  expect_sound(source, folded);
}

// Characters of every kind that folding knows, and some that it does not.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pieces = {
      "營",   "收", "億",     "元", "a",    "1",  "，", "。",         "１",         "Ａ",      "％",     "（",     "　",
      "㎡",   "㍱", "①",      "½",  "乾坤", "乾", "瞭", "解",         "於",         "e\u0301", "\u0301", "\u0316", "ｶ",
      "ﾞ",    "ﾟ",  "\uF9DA", "𠮷", "鈇",   "𧝞", "𨥛", "\U0001D7CF", "\U0001F600", "\u1100",  "\u1161", "\u11A8", "\n",
      "\r\n", " ",  "\u00A0", "…",  "ﷺ",    "ﬃ",  "©",  "\u0390",     "\uFE0F",     "㌖"};
  std::string text;
  for (size_t n = random() % 30; n > 0; --n) text += pieces[random() % pieces.size()];
  return text;
}

TEST(Normalize, RandomTextsMapSoundlyAndAreStable) {
  std::mt19937 random(1974);
  for (int round = 0; round < 3000; ++round) {
    const std::string source = random_text(random);
    const NormalizedText folded = normalize(source, folder());
    expect_sound(source, folded);
    const NormalizedText wide = width().fold(source);
    expect_sound(source, wide);
    EXPECT_EQ(width().fold(wide.text).text, wide.text) << source;
    // Cut anywhere between lines, the parts are folded as the whole is.
    EXPECT_EQ(fold(source + "\n" + source), folded.text + "\n" + folded.text) << source;
  }
}

TEST(Normalize, GivesTheTextOfOpenCC) {
  const opencc::SimpleConverter opencc("t2s.json");
  const ScriptFolder script;
  std::mt19937 random(1995);
  for (int round = 0; round < 1000; ++round) {
    const std::string wide = width().fold(random_text(random)).text;
    EXPECT_EQ(script.fold(wide).text, opencc.Convert(wide)) << wide;
  }
}

TEST(Normalize, WhatIsNoUtf8DoesNoHarm) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = random_text(random);
    for (size_t n = bytes.empty() ? 0 : random() % 5; n > 0; --n) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    bytes.resize(bytes.size() - std::min<size_t>(bytes.size(), random() % 3));
    const NormalizedText folded = normalize(bytes, folder());
    const Span all = folded.map.to_source({0, static_cast<uint32_t>(folded.text.size())});
    EXPECT_EQ(all, (Span{0, static_cast<uint32_t>(bytes.size())}));
  }
}

TEST(Normalize, PilesOfMarksTakeLinearTime) {
  std::string marks = "a";
  for (int i = 0; i < 200000; ++i) marks += i % 2 == 0 ? "\u0301" : "\u0316";
  const NormalizedText folded = normalize(marks, folder());
  EXPECT_EQ(folded.map.to_source({0, static_cast<uint32_t>(folded.text.size())}).end, marks.size());
  std::string wide;
  for (int i = 0; i < 100000; ++i) wide += "１";
  EXPECT_EQ(fold(wide), std::string(100000, '1'));
}

// The texts under shared/eval, if they are at hand.
fs::path shared_folder() {
  const fs::path beside = fs::path(JIYAO_SOURCE_DIR).parent_path() / "shared";
  if (fs::is_directory(beside / "eval")) return beside;
  const char* named = std::getenv("JIYAO_SHARED");
  return named == nullptr ? fs::path() : fs::path(named);
}

TEST(Normalize, GivesTheTextOfOpenCCOnEveryRealText) {
  const fs::path eval = shared_folder() / "eval";
  if (!fs::is_directory(eval)) GTEST_SKIP() << "no shared/eval beside the source, and JIYAO_SHARED does not name it";
  const opencc::SimpleConverter opencc("t2s.json");
  size_t texts = 0;
  for (const char* part : {"seeds", "dev", "more"}) {
    for (const auto& entry : fs::directory_iterator(eval / part)) {
      if (entry.path().extension() != ".txt") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string source{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      const NormalizedText folded = normalize(source, folder());
      EXPECT_EQ(folded.text, opencc.Convert(width().fold(source).text)) << entry.path();
      expect_sound(source, folded);
      ++texts;
    }
  }
  EXPECT_GT(texts, 0u);
}

}  // namespace
}  // namespace jiyao
