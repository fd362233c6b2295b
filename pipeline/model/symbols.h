// The alphabet of patterns. A pattern rule reads text in which every number,
// word of the lexicon or mention stands as one symbol, written <name>:
//
//   text     去年 第 四 季度 营收 845 亿 元
//   symbols  <year_word>第<cn>季度<metric><num><currency>
//
// Each symbol is one code point of the private use area; a name may stand for
// several (<num> is every shape of number in digits). Text that holds such
// code points itself is defused before matching.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/rules.h"

namespace jiyao {

constexpr char32_t kSymbolBase = 0xE000;
constexpr char32_t kSymbolLast = 0xF8FF;

// Symbols that are no lexeme class. Offsets from kSymbolBase.
enum BuiltIn : uint16_t {
  kYear4 = 1,   // 1900..2100, four digits, no separator
  kInt2,        // two digits
  kInt1,        // one digit
  kCode,        // four to six digits without separators, as share codes are
  kInt,         // any other integer in digits
  kDecimal,     // 11.8
  kScaled,      // 845亿, 3.5千
  kChinese,     // 四, 两: below ten
  kPair,        // 七八, 三五: one or the other
  kChineseBig,  // 十五, 一千二百; with 万 or 亿 it is kScaled
  kVague,       // 数百亿, 十几, 上千: a range or a bound
  kMetric,
  kMoney,
  kPercent,
  kPoints,
  kMultiple,
  kCount,
  kBare,
  kPeriod,
  kOrdinal,
  kIdentifier,  // in mention patterns a row of digits that is no number: 七五 in 七五折
  kIdiom,
  kUnresolved,
  kFirstClass = 64,  // lexeme class i is kFirstClass + i
};

inline uint16_t class_symbol(uint16_t lexeme_class) { return static_cast<uint16_t>(kFirstClass + lexeme_class); }

// Appends the symbol's three UTF-8 bytes.
void append_symbol(std::string& out, uint16_t symbol);

enum class SymbolScope : uint8_t { mention, relation };

// Names to symbols. In mention patterns a name is a number shape or a lexeme
// class; in relation patterns mentions come first (<percent> is a figure).
class SymbolTable {
 public:
  SymbolTable(const std::vector<LexemeClass>& classes, SymbolScope scope);
  const std::vector<uint16_t>* find(std::string_view name) const;

 private:
  std::map<std::string, std::vector<uint16_t>, std::less<>> names_;
};

// The RE2 pattern that `pattern` means, or what is wrong with it and where
// (byte offset in `pattern`). {name} is replaced from `macros`.
struct PatternError {
  size_t offset = 0;
  std::string what;
};
std::optional<PatternError> expand_pattern(std::string_view pattern, const SymbolTable& symbols, std::string& out);

// Replaces {name} by its macro, over and over; an unknown name or a macro that
// contains itself is an error.
std::optional<PatternError> expand_macros(std::string_view pattern, const std::map<std::string, std::string>& macros,
                                          std::string& out);

}  // namespace jiyao
