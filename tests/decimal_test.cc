#include "pipeline/model/decimal.h"

#include <gtest/gtest.h>

#include <climits>

namespace jiyao {
namespace {

std::string round_trip(std::string_view text) {
  const auto d = Decimal::parse(text);
  return d ? d->to_string() : "none";
}

TEST(Decimal, PrintsWhatItRead) {
  for (const char* text : {"0", "7", "1269", "-0.65", "11.8", "16.0", "0.00", "0.000000000000000001",
                           "999999999999999999", "-999999999999999999", "123456789.123456789"}) {
    EXPECT_EQ(round_trip(text), text);
  }
  EXPECT_EQ(round_trip("+17.73"), "17.73");
  EXPECT_EQ(round_trip("007"), "7");
  EXPECT_EQ(round_trip("-0"), "0");
}

TEST(Decimal, RefusesAllElse) {
  for (const char* text : {"", "-", "+", ".", ".5", "5.", "1,269", "1 2", "1e5", "--1", "1.2.3", "１", "0x1", "nan",
                           "1000000000000000000", "0.1000000000000000000", "99999999999999999999999999"}) {
    EXPECT_EQ(round_trip(text), "none") << text;
  }
}

TEST(Decimal, LeadingZerosAreNotSignificant) {
  const auto d = Decimal::parse("0.000000000000000000000000123");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->coefficient(), 123);
  EXPECT_EQ(d->exponent(), -27);
}

TEST(Decimal, ScalesExactly) {
  EXPECT_EQ(Decimal::parse("8.66")->scaled(8).to_string(), "866000000");
  EXPECT_EQ(Decimal::parse("1269")->scaled(8).to_string(), "126900000000");
  EXPECT_EQ(Decimal::parse("1.2345")->scaled(3).to_string(), "1234.5");
  EXPECT_EQ(Decimal::parse("5")->scaled(-3).to_string(), "0.005");
  EXPECT_EQ(Decimal::parse("0")->scaled(8).to_string(), "0");
  EXPECT_EQ(Decimal::parse("3.5")->negated().to_string(), "-3.5");
}

TEST(Decimal, AddsAndMultiplies) {
  EXPECT_EQ(Decimal::parse("0.1")->plus(*Decimal::parse("0.2"))->to_string(), "0.3");
  EXPECT_EQ(Decimal(12, 8).plus(Decimal(-5, -1))->to_string(), "1199999999.5");
  EXPECT_EQ(Decimal(0, 30).plus(Decimal(5))->to_string(), "5");
  EXPECT_EQ(Decimal::parse("354")->times(*Decimal::parse("0.583"))->to_string(), "206.382");
  EXPECT_FALSE(Decimal(1, 20).plus(Decimal(1)));
  EXPECT_FALSE(Decimal(999999999999999999).plus(Decimal(1)));
  EXPECT_FALSE(Decimal(1000000000).times(Decimal(1000000000)));
  EXPECT_FALSE(Decimal(INT64_MIN).times(Decimal(-1)));
  EXPECT_FALSE(Decimal(INT64_MIN).plus(Decimal(INT64_MIN)));
  EXPECT_FALSE(Decimal(1, INT_MAX).times(Decimal(1, 1)));
  EXPECT_FALSE(Decimal(1, INT_MAX).plus(Decimal(1, INT_MIN)));
}

TEST(Decimal, ComparesAcrossExponents) {
  EXPECT_EQ(Decimal(16), Decimal(160, -1));
  EXPECT_EQ(Decimal(0, 5), Decimal(0, -5));
  EXPECT_LT(Decimal(-1, 3), Decimal(-999));
  EXPECT_LT(Decimal(-1), Decimal(0));
  EXPECT_LT(Decimal(0), Decimal(1, -300));
  EXPECT_LT(Decimal(999999999999999999), Decimal(1, 18));
  EXPECT_GT(Decimal(1000000000000000001, -18), Decimal(1));
  EXPECT_LT(Decimal(INT64_MAX), Decimal(1, 19));
  EXPECT_LT(Decimal(INT64_MIN), Decimal(INT64_MAX));
  EXPECT_LT(Decimal(1, INT_MIN), Decimal(1, INT_MAX));
}

TEST(Decimal, OrderIsThatOfTheIntegers) {
  // The same numbers written with three exponents.
  for (int64_t a = -30; a <= 30; ++a) {
    for (int64_t b = -30; b <= 30; ++b) {
      for (const int64_t power : {int64_t{1}, int64_t{10}, int64_t{1000}}) {
        const Decimal x(a * power, power == 1 ? 0 : power == 10 ? -1 : -3);
        EXPECT_EQ(x <=> Decimal(b), a <=> b);
        EXPECT_EQ(x == Decimal(b), a == b);
      }
    }
  }
}

TEST(Decimal, NearestDouble) {
  EXPECT_DOUBLE_EQ(Decimal::parse("0.1")->to_double(), 0.1);
  EXPECT_DOUBLE_EQ(Decimal(1269, 8).to_double(), 1269e8);
  EXPECT_DOUBLE_EQ(Decimal(-65, -2).to_double(), -0.65);
  EXPECT_EQ(Decimal(1, -400).to_double(), 0.0);
}

}  // namespace
}  // namespace jiyao
