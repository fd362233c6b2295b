// rules/mention and rules/relation: patterns, and what they make.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <string_view>

#include "pipeline/load/loader.h"

namespace jiyao {
namespace {

const std::set<std::string>& mention_keys() {
  static const std::set<std::string> keys = {"kind",        "unit",  "value", "low",      "high",    "high_power",
                                             "qualifier",   "tier",  "power", "year",     "n",       "m",
                                             "period_unit", "edge",  "shift", "before",   "within",  "cumulative",
                                             "fiscal",      "least", "reach", "adjacent", "compact", "impossible"};
  return keys;
}

const std::set<std::string>& relation_keys() {
  static const std::set<std::string> keys = {"basis",   "sign",   "status",    "period", "base",
                                             "subject", "metric", "qualifier", "class"};
  return keys;
}

// Symbols have no glyph; a message shows them as <>.
std::string readable(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte == 0xEE || byte == 0xEF) && i + 2 < text.size()) {
      out += "<>";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// Where byte `offset` of a scalar stands: to the column if the file has it on
// one line, plain or in single quotes; else where the scalar begins, since
// folding and escapes leave nothing to count by.
RulePlace place_inside(const RuleFile& file, const YAML::Mark& mark, const std::string& scalar, size_t offset) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  RulePlace place = place_of(file, mark);
  std::string_view source = file.text;
  if (source.starts_with(kByteOrderMark)) source.remove_prefix(kByteOrderMark.size());  // YAML does not count it
  if (mark.pos < 0 || static_cast<size_t>(mark.pos) >= source.size()) return place;
  source.remove_prefix(static_cast<size_t>(mark.pos));
  const bool quoted = source.starts_with('\'');
  size_t at = quoted ? 1 : 0;
  for (size_t i = 0; i < offset; ++i) {
    if (at >= source.size() || source[at] != scalar[i]) return place;
    at += quoted && scalar[i] == '\'' ? 2 : 1;  // '' is one quote
  }
  place.column += static_cast<uint32_t>(at);
  return place;
}

// How far a pattern is the same after its macros were replaced: offsets below
// it mean the same place in both.
size_t common_length(const std::string& pattern, const std::string& plain) {
  const auto end = std::mismatch(pattern.begin(), pattern.end(), plain.begin(), plain.end()).first;
  return static_cast<size_t>(end - pattern.begin());
}

}  // namespace

void Loader::read_pattern_file(const YAML::Node& node, SymbolScope scope) {
  if (!only_keys(node, {"macros", "rules"})) return;
  std::map<std::string, std::string> macros;
  if (node["macros"] && only_keys(node["macros"], {}))
    for (const auto& pair : node["macros"]) macros[pair.first.Scalar()] = scalar(pair.second, "a macro").value_or("");
  if (!node["rules"] || !node["rules"].IsSequence()) return error(node, "`rules:` must be a list");
  for (const YAML::Node& rule : node["rules"]) read_rule(rule, scope, macros);
}

void Loader::read_rule(const YAML::Node& node, SymbolScope scope, const std::map<std::string, std::string>& macros) {
  if (!node.IsMap() || !node["id"] || !node["pattern"]) return error(node, "a rule needs `id:` and `pattern:`");
  only_keys(node, {});
  RawRule raw{{}, scope, macros, file_, node["pattern"].Mark()};
  PatternRule& rule = raw.rule;
  rule.place = place(node);
  if (const auto id = scalar(node["id"], "id")) {
    rule.id = *id;
    if (const auto [it, added] = ids_.try_emplace(rule.id, rule.place); !added)
      error(node["id"], fmt::format("rule '{}' stands already at {}:{}; ids are unique", rule.id, it->second.file,
                                    it->second.line));
  }
  for (const auto& pair : node)
    if (pair.first.IsScalar()) read_rule_key(pair.first.Scalar(), pair.second, raw);
  check_keys(node, raw);
  if (node["pattern"].IsScalar()) raw_.push_back(std::move(raw));
}

void Loader::read_rule_key(const std::string& key, const YAML::Node& value, RawRule& raw) {
  PatternRule& rule = raw.rule;
  if (key == "id") return;
  if (key == "pattern") {
    rule.pattern = scalar(value, "pattern").value_or("");
  } else if (key == "examples") {
    rule.examples = read_examples(value);
  } else if (value.IsMap()) {
    for (const auto& part : value)
      rule.parts[key][part.first.Scalar()] = scalar(part.second, "an attribute").value_or("");
  } else {
    // A key that may not stand here is told by check_keys, whatever its value.
    const bool known = raw.scope == SymbolScope::mention && mention_keys().contains(key);
    rule.makes[key] = known ? scalar(value, "an attribute").value_or("") : "";
  }
}

void Loader::check_keys(const YAML::Node& node, const RawRule& raw) {
  const PatternRule& rule = raw.rule;
  const bool mention = raw.scope == SymbolScope::mention;
  for (const auto& [key, value] : rule.makes) {
    if (!mention) {
      error(node, fmt::format("rule '{}': '{}' must name a group of the pattern and its attributes", rule.id, key));
    } else if (!mention_keys().contains(key)) {
      error(node, fmt::format("rule '{}': unknown key '{}' for a mention rule", rule.id, key));
    }
  }
  if (mention && !rule.makes.contains("kind")) error(node, fmt::format("rule '{}' needs `kind:`", rule.id));
  if (rule.examples.empty()) error(node, fmt::format("rule '{}' needs `examples:`", rule.id));
}

// Patterns are expanded when all classes of all files are known.
void Loader::compile() {
  const SymbolTable mention_symbols(set_.classes, SymbolScope::mention);
  const SymbolTable relation_symbols(set_.classes, SymbolScope::relation);
  for (RawRule& raw : raw_) {
    const bool mention = raw.scope == SymbolScope::mention;
    if (!compile_pattern(raw, mention ? mention_symbols : relation_symbols)) continue;
    (mention ? set_.mentions : set_.relations).push_back(std::move(raw.rule));
  }
}

bool Loader::compile_pattern(RawRule& raw, const SymbolTable& symbols) {
  PatternRule& rule = raw.rule;
  std::string plain, expanded;
  size_t known = rule.pattern.size();
  auto wrong = expand_macros(rule.pattern, raw.macros, plain);
  if (!wrong) {
    known = common_length(rule.pattern, plain);
    wrong = expand_pattern(plain, symbols, expanded);
  }
  const RulePlace begin = place_of(*raw.file, raw.pattern);
  if (wrong) {
    const bool in_pattern = wrong->offset < known;
    error(in_pattern ? place_inside(*raw.file, raw.pattern, rule.pattern, wrong->offset) : begin,
          fmt::format("rule '{}': {}", rule.id, wrong->what));
    return false;
  }
  const RE2 compiled(expanded, RE2::Quiet);
  if (!compiled.ok()) {
    error(begin, fmt::format("rule '{}': the pattern is no regular expression of RE2: {}", rule.id,
                             readable(compiled.error())));
    return false;
  }
  for (const auto& [group, attributes] : rule.parts) {
    if (!compiled.NamedCapturingGroups().contains(group))
      error(rule.place, fmt::format("rule '{}': no group (?P<{}>…) in the pattern", rule.id, group));
    if (raw.scope == SymbolScope::mention) continue;
    for (const auto& [key, value] : attributes)
      if (!relation_keys().contains(key))
        error(rule.place, fmt::format("rule '{}': unknown attribute '{}' of group '{}'", rule.id, key, group));
  }
  rule.pattern = std::move(expanded);
  return true;
}

}  // namespace jiyao
