// One load() call: where it reads, what it has, what went wrong. The kinds of
// rule files have a source file each: lexicon.cc, metric.cc, pattern.cc,
// check.cc, sheet.cc.
#pragma once

#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "pipeline/load/load.h"
#include "pipeline/model/rules.h"
#include "pipeline/model/symbols.h"

namespace jiyao {

class Loader {
 public:
  std::variant<RuleSet, std::vector<RuleError>> run(const std::vector<RuleFile>& files);

 private:
  // A rule until the classes of all files are known and its pattern can be expanded.
  struct RawRule {
    PatternRule rule;
    SymbolScope scope;
    std::map<std::string, std::string> macros;
    const RuleFile* file;
    YAML::Mark pattern;  // where the pattern stands
  };

  struct ParsedFile {
    std::vector<YAML::Node> documents;
    std::optional<std::pair<RulePlace, std::string>> wrong;  // why there are no more
  };

  static ParsedFile parse(const RuleFile& file);
  void read_files(const std::vector<RuleFile>& files);
  void read_document(const YAML::Node& node);

  // lexicon.cc
  void read_lexicon(const YAML::Node& node);
  std::optional<uint16_t> read_class(const YAML::Node& name);
  void read_word(const YAML::Node& item, LexiconEntry entry);
  void add_word(const std::string& word, LexiconEntry entry, const YAML::Node& at);

  // metric.cc
  void read_metrics(const YAML::Node& node);
  void read_metric(const YAML::Node& node);
  void read_composed(const YAML::Node& node, Metric& metric);
  void read_metric_values(const YAML::Node& node, Metric& metric);

  // sheet.cc
  void read_sheet(const YAML::Node& node);
  void read_term(const YAML::Node& node, const std::string& kind);
  void check_terms();

  // example.cc
  std::vector<RuleExample> read_examples(const YAML::Node& node);
  std::optional<RuleExample> read_check_example(const YAML::Node& node, const std::string& check);
  std::optional<RuleExample> read_example(const YAML::Node& node);

  // pattern.cc
  void read_pattern_file(const YAML::Node& node, SymbolScope scope);
  void read_rule(const YAML::Node& node, SymbolScope scope, const std::map<std::string, std::string>& macros);
  void read_rule_key(const std::string& key, const YAML::Node& value, RawRule& raw);
  void check_keys(const YAML::Node& node, const RawRule& raw);
  void compile();
  bool compile_pattern(RawRule& raw, const SymbolTable& symbols);

  // check.cc
  void read_check(const YAML::Node& node);
  void read_check_words(const YAML::Node& node);
  void read_losses(const YAML::Node& node);
  std::optional<CheckRelation> read_relation(const YAML::Node& node);
  void read_claim(const YAML::Node& node, CheckRelation& relation);
  void read_operands(const YAML::Node& node, CheckRelation& relation);
  void read_operand(const std::string& name, const YAML::Node& node, CheckRelation& relation);
  void read_parts(const YAML::Node& node, CheckRelation& relation);
  std::optional<Formula> read_formula(const YAML::Node& node, CheckRelation& relation);
  std::vector<std::string> strings(const YAML::Node& node, const char* what);
  // The value of `key`, one of `known`; `otherwise` and a message if it is another.
  std::string one_of(const YAML::Node& node, const char* key, const std::vector<std::string>& known);
  void check_metrics_known();

  // False, and a message, if `map` is none; a key that is not `known` or
  // stands twice gives a message only. Empty: any key is known.
  bool only_keys(const YAML::Node& map, const std::set<std::string>& known);
  // Empty, and a message that names it as `what`, if it is a list or a mapping.
  std::optional<std::string> scalar(const YAML::Node& node, const char* what);
  // A word is one symbol. False, and a message, if `key` was taken before.
  bool take_word(const std::string& key, const std::string& word, const YAML::Node& at);
  RulePlace place(const YAML::Node& node) const;
  void error(const RulePlace& at, const std::string& what) { errors_.emplace_back(at, what); }
  void error(const YAML::Node& at, const std::string& what) { error(place(at), what); }
  std::vector<RuleError> messages(const std::vector<RuleFile>& files);

  const RuleFile* file_ = nullptr;
  RuleSet set_;
  std::vector<RawRule> raw_;
  std::vector<std::pair<std::string, RulePlace>> check_metrics_;  // named by checks
  std::unordered_map<std::string, RulePlace> words_;
  std::unordered_map<std::string, RulePlace> ids_;
  std::vector<std::pair<RulePlace, std::string>> errors_;
};

// The place of what YAML marks, from 1.
RulePlace place_of(const RuleFile& file, const YAML::Mark& mark);

}  // namespace jiyao
