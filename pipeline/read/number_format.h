// What a spreadsheet shows of a stored number: its number format, run.
//
// Source: ECMA-376 Part 1, 18.8.30 and 18.8.31 (numFmt). Formats that show
// fractions or powers of ten (# ?/?, 0.00E+00) are taken as General. Thread
// safe: free functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/model/decimal.h"

namespace jiyao {

struct ShownNumber {
  std::string text;              // "(1,234.5)"
  std::optional<Decimal> value;  // -1234.5; of 8.7% it is 8.7. Empty beyond 18 digits
  int decimals = 0;              // digits behind the point: 1
  std::string unit;              // what else is shown, without brackets and signs: "%", "亿元"
};

// General, and an empty format, show the shortest decimal of at most 15 digits,
// which is what a spreadsheet keeps of a number.
ShownNumber show_number(double stored, std::string_view format);

bool is_date_format(std::string_view format);

// "2024-12-31" of a serial day; empty if it is none. `from_1904` is the
// calendar of old Macintoshes, which begins there.
std::string show_date(double serial, bool from_1904);

// The format that a number has in ECMA-376 without being written down; General
// for one that has none.
std::string built_in_format(uint32_t id);

// A text that is one number and at most a unit beside it: "(1,234.5)", "8.7%",
// "US$ 1.2bn", "-35.4亿元". Empty if it holds no or several numbers.
std::optional<ShownNumber> read_number(std::string_view text);

}  // namespace jiyao
