// rules/ → RuleSet.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pipeline/model/rules.h"

namespace jiyao {

struct RuleFile {
  std::string path;  // as it is named in messages: "lexicon/money.yaml"
  std::string text;
};

// One mistake, as `file:line:column: what, and what to do`.
struct RuleError {
  std::string message;
};

// The rule files embedded in the program at build time, by path order.
std::vector<RuleFile> embedded_rules();

// All *.yaml files below `directory`, by path order. Throws std::runtime_error,
// of which std::filesystem::filesystem_error is one, if it cannot be read.
std::vector<RuleFile> rule_files(const std::filesystem::path& directory);

// Strict: an unknown key, an unknown symbol in a pattern, a word twice, a
// pattern RE2 does not take are errors; all mistakes of all files are found at
// once, in the order of the files.
std::variant<RuleSet, std::vector<RuleError>> load(const std::vector<RuleFile>& files);

}  // namespace jiyao
