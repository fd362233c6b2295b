// Formulas of the checks: what parses, to which steps, and where a mistake is told.
#include "pipeline/model/formula.h"

#include <gtest/gtest.h>

#include <string>

namespace jiyao {
namespace {

std::string steps(const char* text) {
  const auto parsed = parse_formula(text);
  if (const auto* error = std::get_if<FormulaError>(&parsed)) return std::to_string(error->offset) + ": " + error->what;
  const auto& formula = std::get<Formula>(parsed);
  std::string all;
  for (const auto& [kind, index] : formula.steps) {
    using Kind = Formula::Step::Kind;
    const bool name = kind == Kind::name;
    const std::string word = name                     ? formula.names[index]
                             : kind == Kind::number   ? std::to_string(index)
                             : kind == Kind::add      ? "+"
                             : kind == Kind::subtract ? "-"
                             : kind == Kind::multiply ? "*"
                                                      : "/";
    all += (all.empty() ? "" : " ") + word;
  }
  return all;
}

TEST(Formula, IsPostfixWithTheUsualPrecedence) {
  EXPECT_EQ(steps("now / before - 1"), "now before / 1 -");
  EXPECT_EQ(steps("a-b-c"), "a b - c -");
  EXPECT_EQ(steps("a - b * c"), "a b c * -");
  EXPECT_EQ(steps("( a - b ) * c_2 + 100"), "a b - c_2 * 100 +");
}

TEST(Formula, KnowsWhereItsNamesStand) {
  const auto formula = std::get<Formula>(parse_formula("now / before + now"));
  EXPECT_EQ(formula.names, (std::vector<std::string>{"now", "before"}));
  ASSERT_EQ(formula.places.size(), 3u);
  EXPECT_EQ(formula.text.substr(formula.places[1].offset, formula.places[1].size), "before");
  EXPECT_EQ(formula.places[2].name, 0u);
}

TEST(Formula, TellsWhereItIsNone) {
  EXPECT_EQ(steps(""), "0: a name or a number is missing here");
  EXPECT_EQ(steps("a / "), "4: a name or a number is missing here");
  EXPECT_EQ(steps("(a + b"), "6: a `)` is missing here");
  EXPECT_EQ(steps("a b"), "2: an operator (+ - * /) or the end is needed here");
  EXPECT_EQ(steps("a + 收入"), "4: a name or a number is needed here");
  EXPECT_EQ(steps("a * 12345678"), "10: numbers go up to 1000000");
  EXPECT_EQ(steps(std::string(100, '(').c_str()).substr(0, 3), "21:");
}

}  // namespace
}  // namespace jiyao
