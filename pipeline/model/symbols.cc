#include "pipeline/model/symbols.h"

#include <algorithm>

namespace jiyao {
namespace {

struct Named {
  const char* name;
  std::vector<uint16_t> symbols;
};

const std::vector<Named>& numbers() {
  static const std::vector<Named> all = {
      {"y4", {kYear4}},
      {"d1", {kInt1}},
      {"d2", {kInt2, kInt1}},
      {"two", {kInt2}},
      {"int", {kYear4, kInt2, kInt1, kInt}},
      {"long", {kInt}},
      {"dec", {kDecimal}},
      {"scaled", {kScaled}},
      {"num", {kYear4, kInt2, kInt1, kInt, kDecimal, kScaled}},
      {"cn", {kChinese}},
      {"big", {kChineseBig}},
      {"vague", {kVague}},
      {"row", {kIdentifier}},
      {"any", {kYear4, kInt2, kInt1, kInt, kDecimal, kScaled, kChinese, kChineseBig, kVague}},
  };
  return all;
}

const std::vector<Named>& mentions() {
  static const std::vector<Named> all = {
      {"money", {kMoney}},
      {"percent", {kPercent}},
      {"points", {kPoints}},
      {"multiple", {kMultiple}},
      {"count", {kCount}},
      {"bare", {kBare}},
      {"figure", {kMoney, kPercent, kPoints, kMultiple, kCount, kBare}},
      {"amount", {kMoney, kCount, kBare}},
      {"change", {kPercent, kPoints, kMultiple}},
      {"period", {kPeriod}},
      {"ordinal", {kOrdinal}},
      {"identifier", {kIdentifier}},
      {"idiom", {kIdiom}},
      {"unresolved", {kUnresolved}},
  };
  return all;
}

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

void append_symbol(std::string& out, uint16_t symbol) {
  const char32_t c = kSymbolBase + symbol;
  out += static_cast<char>(0xE0 | (c >> 12));
  out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  out += static_cast<char>(0x80 | (c & 0x3F));
}

SymbolTable::SymbolTable(const std::vector<LexemeClass>& classes, SymbolScope scope) {
  names_["metric"] = {kMetric};
  if (scope == SymbolScope::relation)
    for (const Named& named : mentions()) names_[named.name] = named.symbols;
  else
    for (const Named& named : numbers()) names_[named.name] = named.symbols;
  for (size_t i = 0; i < classes.size(); ++i)
    names_.try_emplace(classes[i].name, std::vector<uint16_t>{class_symbol(static_cast<uint16_t>(i))});
}

const std::vector<uint16_t>* SymbolTable::find(std::string_view name) const {
  auto it = names_.find(name);
  return it == names_.end() ? nullptr : &it->second;
}

std::optional<PatternError> expand_pattern(std::string_view pattern, const SymbolTable& symbols, std::string& out) {
  bool in_class = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      out += c;
      out += pattern[++i];
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    const bool group_name = i >= 2 && pattern[i - 1] == 'P' && pattern[i - 2] == '?';
    if (c != '<' || group_name) {
      out += c;
      continue;
    }
    size_t end = i + 1;
    while (end < pattern.size() && is_name(pattern[end])) ++end;
    if (end == pattern.size() || pattern[end] != '>')
      return PatternError{i, "'<' opens no symbol; write <name>, or \\< for the character"};
    const std::string_view name = pattern.substr(i + 1, end - i - 1);
    const std::vector<uint16_t>* found = symbols.find(name);
    if (!found)
      return PatternError{i, "no symbol <" + std::string(name) + ">; name a lexicon class or a built-in symbol"};
    if (!in_class && found->size() > 1) out += '[';
    for (uint16_t s : *found) append_symbol(out, s);
    if (!in_class && found->size() > 1) out += ']';
    i = end;
  }
  return std::nullopt;
}

std::optional<PatternError> expand_macros(std::string_view pattern, const std::map<std::string, std::string>& macros,
                                          std::string& out) {
  std::string current(pattern);
  for (int depth = 0; depth < 16; ++depth) {
    std::string next;
    bool replaced = false;
    for (size_t i = 0; i < current.size(); ++i) {
      if (current[i] == '\\' && i + 1 < current.size()) {
        next += current[i];
        next += current[++i];
        continue;
      }
      const size_t end = current[i] == '{' ? current.find('}', i) : std::string::npos;
      if (end == std::string::npos || (i + 1 < current.size() && !(current[i + 1] >= 'a' && current[i + 1] <= 'z'))) {
        next += current[i];
        continue;
      }
      const std::string name = current.substr(i + 1, end - i - 1);
      auto macro = macros.find(name);
      if (macro == macros.end()) {
        const size_t at = pattern.find("{" + name + "}");
        return PatternError{at == std::string_view::npos ? 0 : at,
                            "no macro {" + name + "}; define it under `macros:`"};
      }
      next += "(?:" + macro->second + ")";
      replaced = true;
      i = end;
    }
    current = std::move(next);
    if (!replaced) {
      out += current;
      return std::nullopt;
    }
  }
  return PatternError{0, "a macro contains itself"};
}

}  // namespace jiyao
