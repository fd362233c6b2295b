#include "pipeline/load/load.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <unordered_map>

#include "pipeline/model/fact.h"
#include "pipeline/model/symbols.h"

namespace jiyao {
namespace {

std::string sha256(const std::vector<RuleFile>& files) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, EVP_sha256(), nullptr);
  for (const RuleFile& file : files) {
    // The terminating NUL keeps "a" + "b" apart from "ab".
    EVP_DigestUpdate(context, file.path.c_str(), file.path.size() + 1);
    EVP_DigestUpdate(context, file.text.c_str(), file.text.size() + 1);
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(context, digest, &size);
  EVP_MD_CTX_free(context);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
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

// Everything one load() call knows: where it is, what it has, what went wrong.
class Loader {
 public:
  std::variant<RuleSet, std::vector<RuleError>> run(const std::vector<RuleFile>& files);

 private:
  struct RawRule {
    PatternRule rule;
    RulePlace pattern;  // where the pattern stands
    SymbolScope scope;
    std::map<std::string, std::string> macros;
  };

  void read_file(const RuleFile& file);
  void read_document(const YAML::Node& node);
  void read_lexicon(const YAML::Node& node);
  void read_metric(const YAML::Node& node);
  void read_pattern_file(const YAML::Node& node, SymbolScope scope);
  void read_rule(const YAML::Node& node, SymbolScope scope, const std::map<std::string, std::string>& macros);
  std::vector<RuleExample> read_examples(const YAML::Node& node);
  void add_word(std::string word, LexiconEntry entry, const YAML::Node& at);
  void compile();

  bool only_keys(const YAML::Node& map, const std::set<std::string>& known);
  std::string scalar(const YAML::Node& node, const char* what);
  RulePlace place(const YAML::Node& node) const;
  void error(const RulePlace& at, const std::string& what);
  void error(const YAML::Node& at, const std::string& what) { error(place(at), what); }

  const RuleFile* file_ = nullptr;
  RuleSet set_;
  std::vector<RawRule> raw_;
  std::unordered_map<std::string, RulePlace> words_;
  std::unordered_map<std::string, RulePlace> ids_;
  std::map<std::string, size_t> order_;  // of the files, by path
  std::vector<std::pair<RulePlace, std::string>> errors_;
};

RulePlace Loader::place(const YAML::Node& node) const {
  const YAML::Mark mark = node.Mark();
  return {file_->path, static_cast<uint32_t>(mark.line + 1), static_cast<uint32_t>(mark.column + 1)};
}

void Loader::error(const RulePlace& at, const std::string& what) {
  errors_.emplace_back(at, what);
}

std::string Loader::scalar(const YAML::Node& node, const char* what) {
  if (node && node.IsScalar()) return node.Scalar();
  error(node, fmt::format("{} must be a single value", what));
  return {};
}

bool Loader::only_keys(const YAML::Node& map, const std::set<std::string>& known) {
  if (!map.IsMap()) {
    error(map, "a mapping (key: value) is needed here");
    return false;
  }
  std::set<std::string> seen;
  for (const auto& pair : map) {
    const std::string key = scalar(pair.first, "a key");
    if (!seen.insert(key).second) error(pair.first, fmt::format("key '{}' stands twice; keep one", key));
    if (!known.empty() && !known.contains(key)) {
      std::string list;
      for (const std::string& k : known) list += (list.empty() ? "" : ", ") + k;
      error(pair.first, fmt::format("unknown key '{}'; known here: {}", key, list));
    }
  }
  return true;
}

void Loader::read_file(const RuleFile& file) {
  file_ = &file;
  try {
    for (const YAML::Node& node : YAML::LoadAll(file.text))
      if (!node.IsNull()) read_document(node);
  } catch (const YAML::Exception& e) {
    error(RulePlace{file.path, static_cast<uint32_t>(e.mark.line + 1), static_cast<uint32_t>(e.mark.column + 1)},
          "not YAML: " + e.msg);
  }
}

void Loader::read_document(const YAML::Node& node) {
  if (file_->path.starts_with("lexicon/")) return read_lexicon(node);
  if (file_->path.starts_with("metric/")) {
    if (!only_keys(node, {"metrics"})) return;
    if (!node["metrics"] || !node["metrics"].IsSequence()) return error(node, "`metrics:` must be a list");
    for (const YAML::Node& metric : node["metrics"]) read_metric(metric);
    return;
  }
  if (file_->path.starts_with("mention/")) return read_pattern_file(node, SymbolScope::mention);
  if (file_->path.starts_with("relation/")) return read_pattern_file(node, SymbolScope::relation);
  error(node, "rule files lie in lexicon/, metric/, mention/ or relation/; move this one");
}

void Loader::read_lexicon(const YAML::Node& node) {
  if (node.IsMap() && !only_keys(node, {})) return;
  if (!node.IsMap() || !node["class"] || !node["words"] || !node["words"].IsSequence())
    return error(node, "a lexicon needs `class: name` and `words:`, a list");
  const std::string name = scalar(node["class"], "class");
  if (name.empty() || !std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }))
    return error(node["class"], "a class name is made of a-z and _");
  for (const LexemeClass& c : set_.classes)
    if (c.name == name)
      return error(node["class"], fmt::format("class '{}' stands already at {}:{}; add the words there", name,
                                              c.place.file, c.place.line));
  const auto index = static_cast<uint16_t>(set_.classes.size());
  set_.classes.push_back({name, place(node["class"])});
  std::map<std::string, std::string> shared;
  for (const auto& pair : node)
    if (const std::string key = pair.first.Scalar(); key != "class" && key != "words")
      shared[key] = scalar(pair.second, "an attribute");
  for (const YAML::Node& item : node["words"]) {
    LexiconEntry entry{"", index, shared, place(item)};
    if (item.IsScalar()) {
      add_word(item.Scalar(), std::move(entry), item);
      continue;
    }
    if (!only_keys(item, {})) continue;
    for (const auto& pair : item)
      if (pair.first.Scalar() != "word") entry.attributes[pair.first.Scalar()] = scalar(pair.second, "an attribute");
    if (!item["word"]) {
      error(item, "`word:` is missing");
      continue;
    }
    add_word(scalar(item["word"], "word"), std::move(entry), item);
  }
}

void Loader::add_word(std::string word, LexiconEntry entry, const YAML::Node& at) {
  if (word.empty()) return error(at, "an empty word");
  // A unit (升) is looked for only behind a number, so it may be a word elsewhere too.
  const auto unit = entry.attributes.find("after_number");
  const std::string key = unit != entry.attributes.end() && unit->second == "only" ? word + "\n" : word;
  if (auto [it, added] = words_.try_emplace(key, place(at)); !added)
    return error(at, fmt::format("'{}' stands already at {}:{}; a word is one symbol, keep one", word, it->second.file,
                                 it->second.line));
  entry.word = std::move(word);
  set_.lexicon.push_back(std::move(entry));
}

void Loader::read_metric(const YAML::Node& node) {
  if (!only_keys(node, {"id", "en", "zh", "unit", "balance", "counted", "element", "ratio", "loss", "names", "examples"})) return;
  Metric metric;
  metric.place = place(node);
  for (const char* key : {"id", "en", "zh", "unit", "balance"})
    if (!node[key]) return error(node, fmt::format("a metric needs `{}:`", key));
  metric.id = scalar(node["id"], "id");
  metric.en = scalar(node["en"], "en");
  metric.zh = scalar(node["zh"], "zh");
  metric.unit_kind = scalar(node["unit"], "unit");
  metric.balance = scalar(node["balance"], "balance");
  if (!std::set<std::string>{"money", "percent", "per_share", "count", "multiple", "any"}.contains(metric.unit_kind))
    error(node["unit"], "unit is one of money, percent, per_share, count, multiple, any");
  if (metric.balance != "flow" && metric.balance != "stock") error(node["balance"], "balance is flow or stock");
  if (node["counted"]) metric.counted = scalar(node["counted"], "counted");
  if (node["element"]) metric.element = scalar(node["element"], "element");
  for (auto [key, field] : {std::pair{"ratio", &metric.ratio}, std::pair{"loss", &metric.loss}})
    if (node[key] && !YAML::convert<bool>::decode(node[key], *field))
      error(node[key], fmt::format("{} is true or false", key));
  if (!node["names"] || !node["names"].IsSequence()) return error(node, "a metric needs `names:`, a list");
  for (const YAML::Node& name : node["names"]) {
    const std::string word = scalar(name, "a name");
    if (auto [it, added] = words_.try_emplace(word, place(name)); !added)
      error(name, fmt::format("'{}' stands already at {}:{}; a word is one symbol, keep one", word, it->second.file,
                              it->second.line));
    metric.names.push_back(word);
  }
  if (node["examples"]) metric.examples = read_examples(node["examples"]);
  set_.metrics.push_back(std::move(metric));
}

std::vector<RuleExample> Loader::read_examples(const YAML::Node& node) {
  std::vector<RuleExample> examples;
  if (!node.IsSequence()) {
    error(node, "`examples:` must be a list");
    return examples;
  }
  for (const YAML::Node& item : node) {
    if (!only_keys(item, {"text", "expect", "none"})) continue;
    RuleExample example;
    example.place = place(item);
    if (!item["text"] || (!item["expect"] && !item["none"])) {
      error(item, "an example needs `text:` and `expect:` (a list of rows) or `none: true`");
      continue;
    }
    example.text = scalar(item["text"], "text");
    if (item["none"] && !YAML::convert<bool>::decode(item["none"], example.none))
      error(item["none"], "none is true or false");
    if (item["expect"] && (!item["expect"].IsSequence() || item["expect"].size() == 0)) {
      error(item["expect"], "`expect:` must be a list of rows, at least one");
      continue;
    }
    if (item["expect"])
      for (const YAML::Node& row : item["expect"]) {
        if (!only_keys(row, {})) continue;
        Expectation expectation;
        for (const auto& pair : row) expectation[pair.first.Scalar()] = scalar(pair.second, "a cell");
        example.expect.push_back(std::move(expectation));
      }
    examples.push_back(std::move(example));
  }
  return examples;
}

void Loader::read_pattern_file(const YAML::Node& node, SymbolScope scope) {
  if (!only_keys(node, {"macros", "rules"})) return;
  std::map<std::string, std::string> macros;
  if (node["macros"] && only_keys(node["macros"], {}))
    for (const auto& pair : node["macros"]) macros[pair.first.Scalar()] = scalar(pair.second, "a macro");
  if (!node["rules"] || !node["rules"].IsSequence()) return error(node, "`rules:` must be a list");
  for (const YAML::Node& rule : node["rules"]) read_rule(rule, scope, macros);
}

void Loader::read_rule(const YAML::Node& node, SymbolScope scope, const std::map<std::string, std::string>& macros) {
  if (!node.IsMap() || !node["id"] || !node["pattern"]) return error(node, "a rule needs `id:` and `pattern:`");
  if (!only_keys(node, {})) return;
  PatternRule rule;
  rule.place = place(node);
  rule.id = scalar(node["id"], "id");
  if (auto [it, added] = ids_.try_emplace(rule.id, rule.place); !added)
    error(node["id"], fmt::format("rule '{}' stands already at {}:{}; ids are unique", rule.id, it->second.file,
                                  it->second.line));
  for (const auto& pair : node) {
    const std::string key = scalar(pair.first, "a key");
    if (key == "id") continue;
    if (key == "pattern") {
      rule.pattern = scalar(pair.second, "pattern");
    } else if (key == "examples") {
      rule.examples = read_examples(pair.second);
    } else if (pair.second.IsMap()) {
      for (const auto& part : pair.second) rule.parts[key][part.first.Scalar()] = scalar(part.second, "an attribute");
    } else {
      rule.makes[key] = scalar(pair.second, "an attribute");
    }
  }
  static const std::set<std::string> mention_keys = {"kind",  "unit", "value", "low",  "high", "qualifier", "tier", "period_unit",
                                                     "year",  "n",    "m",     "edge", "era",  "cumulative", "fiscal", "shift",
                                                     "power", "before", "day", "meaning"};
  for (const auto& [key, value] : rule.makes)
    if (scope == SymbolScope::mention && !mention_keys.contains(key))
      error(node, fmt::format("rule '{}': unknown key '{}' for a mention rule", rule.id, key));
    else if (scope == SymbolScope::relation)
      error(node, fmt::format("rule '{}': '{}' must name a group of the pattern and its attributes", rule.id, key));
  if (scope == SymbolScope::mention && !rule.makes.contains("kind"))
    error(node, fmt::format("rule '{}' needs `kind:`", rule.id));
  if (rule.examples.empty()) error(node, fmt::format("rule '{}' needs `examples:`", rule.id));
  raw_.push_back({std::move(rule), place(node["pattern"]), scope, macros});
}

// Patterns are expanded when all classes of all files are known.
void Loader::compile() {
  const SymbolTable mention_symbols(set_.classes, SymbolScope::mention);
  const SymbolTable relation_symbols(set_.classes, SymbolScope::relation);
  static const std::set<std::string> relation_keys = {"basis", "sign", "status", "period", "base",    "subject",
                                                      "metric", "qualifier", "unit", "class", "segment", "to"};
  for (RawRule& raw : raw_) {
    PatternRule& rule = raw.rule;
    const bool mention = raw.scope == SymbolScope::mention;
    std::string plain, expanded;
    auto wrong = expand_macros(rule.pattern, raw.macros, plain);
    if (!wrong) wrong = expand_pattern(plain, mention ? mention_symbols : relation_symbols, expanded);
    if (wrong) {
      error(raw.pattern, fmt::format("rule '{}': {}", rule.id, wrong->what));
      continue;
    }
    const RE2 compiled(expanded, RE2::Quiet);
    if (!compiled.ok()) {
      error(raw.pattern, fmt::format("rule '{}': the pattern is no regular expression of RE2: {}", rule.id,
                                     readable(compiled.error())));
      continue;
    }
    for (const auto& [group, attributes] : rule.parts) {
      if (!compiled.NamedCapturingGroups().contains(group))
        error(rule.place, fmt::format("rule '{}': no group (?P<{}>…) in the pattern", rule.id, group));
      if (mention) continue;
      for (const auto& [key, value] : attributes)
        if (!relation_keys.contains(key))
          error(rule.place, fmt::format("rule '{}': unknown attribute '{}' of group '{}'", rule.id, key, group));
    }
    rule.pattern = std::move(expanded);
    (mention ? set_.mentions : set_.relations).push_back(std::move(rule));
  }
}

std::variant<RuleSet, std::vector<RuleError>> Loader::run(const std::vector<RuleFile>& files) {
  for (const RuleFile& file : files) order_.try_emplace(file.path, order_.size());
  for (const RuleFile& file : files) read_file(file);
  compile();
  if (!errors_.empty()) {
    std::stable_sort(errors_.begin(), errors_.end(), [&](const auto& a, const auto& b) {
      return std::pair(order_[a.first.file], a.first.line) < std::pair(order_[b.first.file], b.first.line);
    });
    std::vector<RuleError> messages;
    for (const auto& [at, what] : errors_)
      messages.push_back({fmt::format("{}:{}:{}: {}", at.file, at.line, at.column, what)});
    return messages;
  }
  set_.hash = sha256(files);
  return std::move(set_);
}

}  // namespace

std::vector<RuleFile> rule_files(const std::filesystem::path& directory) {
  std::vector<RuleFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    files.push_back({entry.path().lexically_relative(directory).generic_string(), std::move(text)});
  }
  std::sort(files.begin(), files.end(), [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
  return files;
}

std::variant<RuleSet, std::vector<RuleError>> load(const std::vector<RuleFile>& files) { return Loader().run(files); }

}  // namespace jiyao
