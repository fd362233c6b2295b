// Cells of a workbook: what kind a column is of, and what of a text a cell can hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiyao {

enum class BookCell : uint8_t { text, number, date };

struct ColumnStyle {
  std::string_view name;
  double width = 11;  // in characters of the default font
  BookCell kind = BookCell::text;
};

// Of a column of the tables, original_… as the column it was; of any other name,
// that of a short text.
ColumnStyle style_of(std::string_view name);

// A decimal as the tables print it that Excel, which keeps 15 digits, will show
// as it stands; nothing for any other text.
struct ExactNumber {
  double value = 0;
  int decimals = 0;  // digits behind the point
};
std::optional<ExactNumber> exact_number(std::string_view text);

// A text as a cell holds it: of at most `characters` UTF-16 units, without what
// XML 1.0 cannot hold, and with what Excel would read as an escape escaped.
struct Fitted {
  std::string text;
  bool cut = false;
  bool replaced = false;
};
Fitted fitting(std::string_view text, uint32_t characters);

}  // namespace jiyao
