#include "pipeline/write/book_cells.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace jiyao {

namespace {

// Columns that are no short text.
constexpr std::array<ColumnStyle, 38> kStyles = {{{"fact_id", 16},
                                                  {"finding_id", 16},
                                                  {"document", 28},
                                                  {"source_sha256", 12},
                                                  {"company", 16},
                                                  {"metric", 20},
                                                  {"metric_en", 22},
                                                  {"metric_zh", 18},
                                                  {"subject", 22},
                                                  {"segment", 14},
                                                  {"period_start", 12, BookCell::date},
                                                  {"period_end", 12, BookCell::date},
                                                  {"value", 20, BookCell::number},
                                                  {"value_low", 16, BookCell::number},
                                                  {"value_high", 16, BookCell::number},
                                                  {"decimals", 9, BookCell::number},
                                                  {"figure", 16},
                                                  {"quote", 60},
                                                  {"section", 24},
                                                  {"meaning", 36},
                                                  {"page", 7, BookCell::number},
                                                  {"line", 7, BookCell::number},
                                                  {"column", 8, BookCell::number},
                                                  {"char_start", 10, BookCell::number},
                                                  {"char_end", 10, BookCell::number},
                                                  {"byte_start", 10, BookCell::number},
                                                  {"byte_end", 10, BookCell::number},
                                                  {"rule", 30},
                                                  {"findings", 18},
                                                  {"check", 18},
                                                  {"severity", 14},
                                                  {"message_en", 70},
                                                  {"message_zh", 60},
                                                  {"stated", 14, BookCell::number},
                                                  {"computed_low", 14, BookCell::number},
                                                  {"computed_high", 14, BookCell::number},
                                                  {"fact_ids", 18},
                                                  {"link", 30}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What XML 1.0 cannot hold.
bool is_illegal(std::string_view at) {
  const auto byte = static_cast<unsigned char>(at.front());
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || at.starts_with("\xEF\xBF\xBE") ||
         at.starts_with("\xEF\xBF\xBF");
}

// "_x0041_" would be read as "A" (ECMA-376 part 1, 22.9.2.19).
bool is_escape(std::string_view at) {
  if (at.size() < 7 || !at.starts_with("_x") || at[6] != '_') return false;
  return std::all_of(at.begin() + 2, at.begin() + 6,
                     [](char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); });
}

size_t point_size(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

ColumnStyle style_of(std::string_view name) {
  constexpr std::string_view kOriginal = "original_";  // of a reviewed table
  if (name.starts_with(kOriginal)) name.remove_prefix(kOriginal.size());
  const auto at = std::find_if(kStyles.begin(), kStyles.end(), [&](const ColumnStyle& s) { return s.name == name; });
  return at == kStyles.end() ? ColumnStyle{name} : *at;
}

std::optional<ExactNumber> exact_number(std::string_view text) {
  constexpr size_t kExactDigits = 15;
  double number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  const size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  const size_t last = digits.find_last_not_of('0') + 1;
  if (last > first && last - first > kExactDigits) return std::nullopt;
  const size_t point = text.find('.');
  return ExactNumber{number, point == text.npos ? 0 : static_cast<int>(text.size() - point - 1)};
}

Fitted fitting(std::string_view text, uint32_t characters) {
  Fitted fitted;
  size_t units = 0;
  while (!text.empty()) {
    const size_t size = std::min(point_size(text.front()), text.size());
    const size_t width = size == 4 ? 2 : 1;
    if (units + width + (size < text.size() ? 1 : 0) > characters) {
      fitted.text += "…";
      fitted.cut = true;
      break;
    }
    units += width;
    if (is_illegal(text)) {
      fitted.text += "\xEF\xBF\xBD";
      fitted.replaced = true;
    } else {
      if (is_escape(text)) fitted.text += "_x005F";
      fitted.text += text.substr(0, size);
    }
    text.remove_prefix(size);
  }
  return fitted;
}

}  // namespace jiyao
