// jiyao rules check: every example of every rule, in both scripts.
#include <fmt/core.h>
#include <opencc/opencc.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "tools/command.h"
#include "tools/examples.h"
#include "tools/setup.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

namespace fs = std::filesystem;

struct CheckOptions {
  std::vector<std::string> files;
  std::string rules;
  bool quiet = false;
};

// The folder that holds the kinds of rules, above a rule file. Asked about a
// file the user means that file as it is now, not the copy in the program.
std::string rules_above(const std::vector<std::string>& files) {
  if (files.empty()) return {};
  const fs::path folder = fs::path(files.front()).parent_path().parent_path();
  const fs::path named = folder.empty() ? fs::path(".") : folder;
  return fs::is_directory(named / "lexicon") ? named.string() : std::string();
}

bool names(const std::string& path, const std::string& rule_file) {
  return path == rule_file || path.ends_with("/" + rule_file);
}

// The examples of a rule set, and whether they are asked for.
struct Examples {
  std::vector<const RuleExample*> all;

  Examples(const RuleSet& rules, const std::vector<std::string>& files) {
    for (const Metric& metric : rules.metrics) add(metric.examples, files);
    for (const PatternRule& rule : rules.mentions) add(rule.examples, files);
    for (const PatternRule& rule : rules.relations) add(rule.examples, files);
    for (const CheckRule& rule : rules.checks) add(rule.examples, files);
  }

 private:
  void add(const std::vector<RuleExample>& examples, const std::vector<std::string>& files) {
    for (const RuleExample& example : examples) {
      const auto is_asked = [&](const std::string& file) { return names(file, example.place.file); };
      if (files.empty() || std::any_of(files.begin(), files.end(), is_asked)) all.push_back(&example);
    }
  }
};

// The same text in the other script; empty if it is the same in both.
class OtherScript {
 public:
  std::string of(const std::string& text) const {
    std::string other = to_traditional_.Convert(text);
    if (other == text) other = to_simplified_.Convert(text);
    return other == text ? std::string() : other;
  }

 private:
  opencc::SimpleConverter to_traditional_{"s2t.json"};
  opencc::SimpleConverter to_simplified_{"t2s.json"};
};

const char* name(Verdict::Kind kind) {
  switch (kind) {
    case Verdict::Kind::missing:
      return "missing";
    case Verdict::Kind::noisy:
      return "noisy";
    case Verdict::Kind::wrong:
      break;
  }
  return "wrong";
}

size_t print(const std::vector<Verdict>& verdicts, const RulePlace& place, const std::string& folder,
             const std::string& text) {
  for (const Verdict& verdict : verdicts) {
    fmt::print("{}/{}:{}:{}: {}: {} in: {}\n", folder, place.file, place.line, place.column, name(verdict.kind),
               verdict.message, text);
  }
  return verdicts.size();
}

// Every file asked for must be one with rules.
bool all_known(const std::vector<std::string>& files, const RuleSet& rules) {
  const auto has = [&](const std::string& file) {
    const auto in_file = [&](const auto& item) { return names(file, item.place.file); };
    const auto& words = rules.check_word_places;
    const auto is_file = [&](const RulePlace& place) { return names(file, place.file); };
    return std::any_of(words.begin(), words.end(), is_file) ||
           std::any_of(rules.metrics.begin(), rules.metrics.end(), in_file) ||
           std::any_of(rules.mentions.begin(), rules.mentions.end(), in_file) ||
           std::any_of(rules.relations.begin(), rules.relations.end(), in_file) ||
           std::any_of(rules.checks.begin(), rules.checks.end(), in_file) ||
           std::any_of(rules.lexicon.begin(), rules.lexicon.end(), in_file);
  };
  bool known = true;
  for (const std::string& file : files) {
    if (has(file)) continue;
    report_error(file + ": no rule comes from this file; name it as relation/growth.yaml or by its path");
    known = false;
  }
  return known;
}

int check_rules(const CheckOptions& options) {
  const std::string directory = options.rules.empty() ? rules_above(options.files) : options.rules;
  const auto line = make_line(directory);
  if (!line || !all_known(options.files, line->rules)) return kError;
  const Examples examples(line->rules, options.files);
  const OtherScript other_script;
  const std::string folder = rules_folder(directory);
  size_t failed = 0;
  size_t runs = 0;
  for (const RuleExample* example : examples.all) {
    const std::string& text = example->text;
    failed += print(judge(*example, text, Script::as_written, *line), example->place, folder, text);
    const std::string other = other_script.of(text);
    runs += other.empty() ? 1 : 2;
    if (other.empty()) continue;
    failed += print(judge(*example, other, Script::other, *line), example->place, folder, other);
  }
  if (!options.quiet) {
    fmt::print(stderr, "{} examples, {} runs in both scripts, {} not as expected\n", examples.all.size(), runs, failed);
  }
  return failed == 0 ? kDone : kNothing;
}

}  // namespace

void add_rules(CLI::App& app, int& status) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* rules = app.add_subcommand("rules", "The rules and their examples");
  rules->require_subcommand(1);
  rules->footer("Example:\n  jiyao rules check");
  CLI::App* check = rules->add_subcommand("check", "Run every example of every rule, in both scripts");
  check->add_option("files", options->files, "Rule files to check; all if none is named")->type_name("FILE");
  check->add_option("--rules", options->rules, "Folder of rules; else the one above FILE, else the built-in rules");
  check->add_flag("-q,--quiet", options->quiet, "No summary");
  check->footer(
      "Examples:\n"
      "  jiyao rules check\n"
      "  jiyao rules check --rules rules/\n"
      "  jiyao rules check rules/relation/growth.yaml\n"
      "Prints path:line:column: and a verdict:\n"
      "  missing  a row or finding the example expects was not found\n"
      "  wrong    the row is there and says something else\n"
      "  noisy    a row or finding where the example allows none\n"
      "Exit status: 0 all as expected, 1 some not, 2 the rules could not be loaded.");
  check->callback([options, &status] { status = check_rules(*options); });
}

}  // namespace jiyao::command
