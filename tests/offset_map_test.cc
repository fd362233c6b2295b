// OffsetMap: its properties over random edits (with a fixed seed), and what it
// says of the few shapes that matter. Citations, which rest on it.
#include "pipeline/model/offset_map.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "pipeline/model/text.h"

namespace jiyao {
namespace {

using Edit = OffsetMap::Edit;

OffsetMap make(const std::vector<Edit>& edits) {
  OffsetMap map;
  for (const Edit& e : edits) map.add(e);
  return map;
}

TEST(OffsetMap, WithoutEditsNothingMoves) {
  EXPECT_EQ(OffsetMap().to_source({3, 7}), (Span{3, 7}));
  EXPECT_EQ(OffsetMap().to_source({0, 0}), (Span{0, 0}));
}

TEST(OffsetMap, BetweenEditsByDistanceInsideEditsAsAWhole) {
  // abＸＹcd → abXYcd, three bytes to one, twice
  const OffsetMap map = make({{{2, 5}, {2, 3}}, {{5, 8}, {3, 4}}});
  EXPECT_EQ(map.to_source({0, 2}), (Span{0, 2}));
  EXPECT_EQ(map.to_source({2, 3}), (Span{2, 5}));
  EXPECT_EQ(map.to_source({3, 4}), (Span{5, 8}));
  EXPECT_EQ(map.to_source({2, 4}), (Span{2, 8}));
  EXPECT_EQ(map.to_source({4, 6}), (Span{8, 10}));
  EXPECT_EQ(map.to_source({0, 6}), (Span{0, 10}));
}

TEST(OffsetMap, PartOfAnEditIsTheWholeOfIt) {
  const OffsetMap map = make({{{1, 4}, {1, 7}}});
  for (uint32_t begin = 1; begin < 7; ++begin) {
    for (uint32_t end = begin + 1; end <= 7; ++end) EXPECT_EQ(map.to_source({begin, end}), (Span{1, 4}));
  }
  EXPECT_EQ(map.to_source({0, 1}), (Span{0, 1}));
  EXPECT_EQ(map.to_source({7, 8}), (Span{4, 5}));
  EXPECT_EQ(map.to_source({0, 2}), (Span{0, 4}));
  EXPECT_EQ(map.to_source({6, 8}), (Span{1, 5}));
}

TEST(OffsetMap, WhatWasTakenOutGoesWithItsNeighbours) {
  const OffsetMap map = make({{{2, 5}, {2, 2}}});
  EXPECT_EQ(map.to_source({0, 2}), (Span{0, 5}));
  EXPECT_EQ(map.to_source({2, 4}), (Span{2, 7}));
  EXPECT_EQ(map.to_source({2, 2}), (Span{2, 5}));
  EXPECT_EQ(map.to_source({0, 1}), (Span{0, 1}));
  EXPECT_EQ(map.to_source({3, 4}), (Span{6, 7}));
}

TEST(OffsetMap, WhatWasPutInIsNowhere) {
  const OffsetMap map = make({{{2, 2}, {2, 5}}});
  EXPECT_EQ(map.to_source({2, 5}), (Span{2, 2}));
  EXPECT_EQ(map.to_source({3, 4}), (Span{2, 2}));
  EXPECT_EQ(map.to_source({0, 6}), (Span{0, 3}));
}

// Random edits over a text of `size` bytes; the size of the edited text.
struct RandomMap {
  OffsetMap map;
  uint32_t edited_size = 0;
};

RandomMap random_map(std::mt19937& random, uint32_t size, bool with_empty) {
  RandomMap result;
  uint32_t source = 0;
  uint32_t edited = 0;
  const uint32_t least = with_empty ? 0 : 1;
  while (true) {
    const uint32_t gap = static_cast<uint32_t>(random() % 4);
    const uint32_t from = least + static_cast<uint32_t>(random() % 4);
    const uint32_t to = least + static_cast<uint32_t>(random() % 4);
    if (source + gap + from > size) break;
    source += gap;
    edited += gap;
    // Two edits at one place would be one.
    if (from + to != 0 && (gap != 0 || !with_empty)) {
      result.map.add({{source, source + from}, {edited, edited + to}});
      source += from;
      edited += to;
    }
  }
  result.edited_size = edited + (size - source);
  return result;
}

TEST(OffsetMap, WholeMapsToWholeAndNeighboursLeaveNoGap) {
  std::mt19937 random(20241231);
  for (int round = 0; round < 300; ++round) {
    const uint32_t size = static_cast<uint32_t>(random() % 40);
    const RandomMap m = random_map(random, size, true);
    EXPECT_EQ(m.map.to_source({0, m.edited_size}), (Span{0, size}));
    for (uint32_t a = 0; a <= m.edited_size; ++a) {
      for (uint32_t b = a; b <= m.edited_size; ++b) {
        const Span left = m.map.to_source({0, a});
        const Span middle = m.map.to_source({a, b});
        const Span right = m.map.to_source({b, m.edited_size});
        ASSERT_LE(middle.begin, middle.end);
        ASSERT_LE(middle.end, size);
        ASSERT_GE(left.end, middle.begin);
        ASSERT_GE(middle.end, right.begin);
      }
    }
  }
}

TEST(OffsetMap, CompositionWithNothingIsNothing) {
  std::mt19937 random(7);
  for (int round = 0; round < 100; ++round) {
    const OffsetMap map = random_map(random, 30, true).map;
    EXPECT_EQ(OffsetMap::compose(map, OffsetMap()).edits(), map.edits());
    EXPECT_EQ(OffsetMap::compose(OffsetMap(), map).edits(), map.edits());
  }
}

// Where edits of both overlap without one holding the other, the composition
// can only say more than two steps, never less.
TEST(OffsetMap, CompositionCoversMappingTwice) {
  std::mt19937 random(42);
  for (int round = 0; round < 300; ++round) {
    const uint32_t size = static_cast<uint32_t>(random() % 40);
    const RandomMap first = random_map(random, size, false);
    const RandomMap second = random_map(random, first.edited_size, false);
    const OffsetMap both = OffsetMap::compose(first.map, second.map);
    EXPECT_EQ(both.to_source({0, second.edited_size}), (Span{0, size}));
    for (uint32_t a = 0; a < second.edited_size; ++a) {
      for (uint32_t b = a + 1; b <= second.edited_size; ++b) {
        const Span once = both.to_source({a, b});
        ASSERT_TRUE(once.contains(first.map.to_source(second.map.to_source({a, b}))));
      }
    }
  }
}

// As in normalizing: every second edit lies inside of one of the first, holds
// it, or is far from it.
TEST(OffsetMap, CompositionOfNestedEditsIsMappingTwice) {
  std::mt19937 random(4711);
  for (int round = 0; round < 300; ++round) {
    const RandomMap first = random_map(random, static_cast<uint32_t>(random() % 40), false);
    // The second replaces single bytes of the middle text.
    OffsetMap second;
    uint32_t edited = 0;
    for (uint32_t at = 0; at < first.edited_size; ++at) {
      const uint32_t to = static_cast<uint32_t>(random() % 3);
      if (to > 0) second.add({{at, at + 1}, {edited, edited + to}});
      edited += to > 0 ? to : 1;
    }
    const OffsetMap both = OffsetMap::compose(first.map, second);
    for (uint32_t a = 0; a < edited; ++a) {
      for (uint32_t b = a + 1; b <= edited; ++b) {
        ASSERT_EQ(both.to_source({a, b}), first.map.to_source(second.to_source({a, b})));
      }
    }
  }
}

TEST(OffsetMap, CompositionOfDeletionsAndInsertionsLeavesNoGap) {
  std::mt19937 random(99);
  for (int round = 0; round < 300; ++round) {
    const uint32_t size = static_cast<uint32_t>(random() % 40);
    const RandomMap first = random_map(random, size, true);
    const RandomMap second = random_map(random, first.edited_size, true);
    const OffsetMap both = OffsetMap::compose(first.map, second.map);
    EXPECT_EQ(both.to_source({0, second.edited_size}), (Span{0, size}));
    for (uint32_t at = 0; at <= second.edited_size; ++at) {
      ASSERT_GE(both.to_source({0, at}).end, both.to_source({at, second.edited_size}).begin);
    }
  }
}

SourceText indexed(std::string text) {
  SourceText source;
  source.text = std::move(text);
  source.index_lines();
  return source;
}

TEST(Cite, CountsLinesAndCodePointsFromOne) {
  const SourceText source = indexed("營收\r\n增長１２%\n\n𠮷末");
  EXPECT_EQ(source.line_bytes, (std::vector<uint32_t>{0, 8, 22, 23}));
  EXPECT_EQ(source.line_chars, (std::vector<uint32_t>{0, 4, 10, 11}));
  const Citation c = cite_source(source, {14, 20});
  EXPECT_EQ(c.text, "１２");
  EXPECT_EQ(c.line, 2u);
  EXPECT_EQ(c.column, 3u);
  EXPECT_EQ(c.char_start, 6u);
  EXPECT_EQ(c.char_end, 8u);
  EXPECT_EQ(c.byte_start, 14u);
  EXPECT_EQ(c.byte_end, 20u);
  const Citation last = cite_source(source, {27, 30});
  EXPECT_EQ(last.text, "末");
  EXPECT_EQ(last.line, 4u);
  EXPECT_EQ(last.column, 2u);
}

TEST(Cite, OfTheFoldedTextIsCutFromTheSource) {
  const SourceText source = indexed("Ａ營");
  NormalizedText folded{"A营", make({{{0, 3}, {0, 1}}})};
  EXPECT_EQ(cite(source, folded, {0, 1}).text, "Ａ");
  EXPECT_EQ(cite(source, folded, {1, 4}).text, "營");
  EXPECT_EQ(cite(source, folded, {0, 4}).char_end, 2u);
}

TEST(Cite, ALineOfAnyLengthIsCountedRight) {
  std::string text = "頭\n";
  for (int i = 0; i < 3000; ++i) text += "a營";
  const SourceText source = indexed(text);
  for (uint32_t i = 0; i < 3000; i += 97) {
    const Citation c = cite_source(source, {4 + i * 4 + 1, 4 + i * 4 + 4});
    EXPECT_EQ(c.text, "營");
    EXPECT_EQ(c.line, 2u);
    EXPECT_EQ(c.column, 2 * i + 2);
    EXPECT_EQ(c.char_start, 2 + 2 * i + 1);
  }
}

TEST(Cite, IsTotal) {
  EXPECT_EQ(cite_source(SourceText(), {0, 0}).line, 1u);
  const SourceText source = indexed("ab");
  EXPECT_EQ(cite_source(source, {1, 99}).text, "b");
  EXPECT_EQ(cite_source(source, {99, 100}).text, "");
  SourceText bare;
  bare.text = "營收";
  EXPECT_EQ(cite_source(bare, {3, 6}).char_start, 1u);
  EXPECT_EQ(cite_source(bare, {3, 6}).column, 2u);
}

}  // namespace
}  // namespace jiyao
