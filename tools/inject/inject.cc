// inject: how many errors in a consistent document are found. Not part of the
// command: it measures it.
#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <string>

#include "tools/inject/measure.h"

namespace {

using namespace jiyao;
using namespace jiyao::inject;
namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths = {JIYAO_SOURCE_DIR "/corpus"};
  std::string manifest = JIYAO_SOURCE_DIR "/corpus/manifest.csv";
  std::string rules;
  bool list = false;
  bool list_found = false;
  double at_least = 0;
};

constexpr int kDone = 0;
constexpr int kBelow = 1;
constexpr int kError = 2;

// Beside the text, or in a folder gold/ beside it.
fs::path gold_of(const fs::path& text) {
  const std::string name = text.stem().string() + ".gold.tsv";
  const fs::path folder = text.parent_path() / "gold" / name;
  return fs::exists(folder) ? folder : text.parent_path() / name;
}

std::variant<Measured, ReadError> measured(const Input& input, const Manifest& manifest, const Line& line) {
  auto source = read(input);
  if (const auto* error = std::get_if<ReadError>(&source)) return *error;
  const DocumentContext* given = manifest.find(input.document);
  return measure(std::get<SourceText>(source), given == nullptr ? DocumentContext{} : *given, gold_of(input.path),
                 line);
}

void print_list(const Measured& of, const Options& options) {
  for (const Outcome& o : of.outcomes) {
    if (o.finding.empty() ? !options.list : !options.list_found) continue;
    fmt::print("{}:{}: {}: {} → {}: {}: {}\n", of.document, o.line, name(o.kind), o.before, o.after, o.exposed_by,
               o.finding.empty() ? "missed" : o.finding);
  }
  for (const std::string& alarm : of.alarms) {
    if (options.list) fmt::print("{}: untouched: {}\n", of.document, alarm);
  }
}

void print_row(const char* name, const Tally& t) {
  const double found = t.exposable == 0 ? 0 : 100.0 * double(t.exposable - t.missed()) / double(t.exposable);
  const std::string made = t.made == 0 ? "" : std::to_string(t.made);
  fmt::print("{:<20}{:>8}{:>11}{:>15}{:>12}{:>8}{:>8.1f}%\n", name, made, t.exposable, t.contradiction, t.suspicious,
             t.missed(), found);
}

// An error that several kinds of relation expose counts for each.
void print_relations(const std::vector<Measured>& all) {
  std::map<std::string, Tally> by_relation;
  for (const Measured& of : all) {
    for (const Outcome& o : of.outcomes) {
      for (const std::string& relation : o.relations) {
        Tally& tally = by_relation[relation];
        ++tally.exposable;
        tally.contradiction += o.finding.starts_with("contradiction");
        tally.suspicious += o.finding.starts_with("suspicious");
      }
    }
  }
  fmt::print("\n{:<20}{:>8}{:>11}{:>15}{:>12}{:>8}{:>9}\n", "exposed by", "", "exposable", "contradiction",
             "suspicious", "missed", "found");
  for (const auto& [relation, tally] : by_relation) print_row(relation.c_str(), tally);
}

// The share found of the exposable, in percent.
double print_table(const std::vector<Measured>& all) {
  Tallies tallies = {};
  Tally sum;
  size_t contradictions = 0;
  size_t suspicions = 0;
  for (const Measured& of : all) {
    for (size_t i = 0; i < tallies.size(); ++i) tallies[i] += of.tallies[i];
    contradictions += of.contradictions;
    suspicions += of.suspicions;
  }
  fmt::print("{:<20}{:>8}{:>11}{:>15}{:>12}{:>8}{:>9}\n", "error", "made", "exposable", "contradiction", "suspicious",
             "missed", "found");
  for (size_t i = 0; i < tallies.size(); ++i) {
    print_row(kKindNames[i], tallies[i]);
    sum += tallies[i];
  }
  print_row("all", sum);
  fmt::print("untouched: {} documents, {} contradictions, {} suspicions\n", all.size(), contradictions, suspicions);
  return sum.exposable == 0 ? 100 : 100.0 * double(sum.exposable - sum.missed()) / double(sum.exposable);
}

int run(const Options& options) {
  auto rules = load(options.rules.empty() ? embedded_rules() : rule_files(options.rules));
  if (!std::holds_alternative<RuleSet>(rules)) {
    fmt::print(stderr, "inject: the rules have mistakes: see jiyao rules check\n");
    return kError;
  }
  const Line line(std::get<RuleSet>(std::move(rules)));
  const auto manifest = read_manifest(options.manifest);
  if (const auto* errors = std::get_if<std::vector<ReadError>>(&manifest)) {
    for (const ReadError& error : *errors) fmt::print(stderr, "inject: {}\n", error.message);
    return kError;
  }
  Inputs inputs = find_inputs(options.paths);
  std::erase_if(inputs.found, [](const Input& input) { return input.path.extension() != ".txt"; });
  for (const ReadError& error : inputs.errors) fmt::print(stderr, "inject: {}\n", error.message);
  std::vector<std::variant<Measured, ReadError>> results(inputs.found.size());
  tbb::parallel_for(size_t{0}, results.size(),
                    [&](size_t i) { results[i] = measured(inputs.found[i], std::get<Manifest>(manifest), line); });
  std::vector<Measured> all;
  bool failed = !inputs.errors.empty();
  for (auto& result : results) {
    if (const auto* error = std::get_if<ReadError>(&result)) {
      fmt::print(stderr, "inject: {}\n", error->message);
      failed = true;
      continue;
    }
    print_list(std::get<Measured>(result), options);
    all.push_back(std::get<Measured>(std::move(result)));
  }
  const double found = print_table(all);
  print_relations(all);
  return failed ? kError : found < options.at_least ? kBelow : kDone;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Puts errors into consistent texts, one at a time, and counts how many the program finds.", "inject");
  app.add_option("paths", options.paths, "Texts (.txt), or folders of them; corpus/ if none is given")
      ->type_name("PATH");
  app.add_option("--manifest", options.manifest, "What is known of the documents; that of corpus/ if not given");
  app.add_option("--rules", options.rules, "Folder of rules to use instead of the built-in ones");
  app.add_flag("--list", options.list, "Print each error that was missed, and the findings on untouched texts");
  app.add_flag("--list-found", options.list_found, "Print each error that was found, and the finding");
  app.add_option("--at-least", options.at_least, "Exit code 1 if a smaller share, in percent, is found");
  app.footer(
      "Examples:\n"
      "  inject                                   the texts of corpus/\n"
      "  inject --list corpus/17*.txt             what was missed in one of them, and why it should not be\n"
      "  inject --rules rules/ --at-least 95      as a check\n"
      "Errors: a factor of ten, another unit word (億 for 萬), two neighbouring digits swapped, one digit\n"
      "replaced, a growth or share computed wrongly, a sign, a year off. An error is exposable if a relation\n"
      "among the document's own numbers holds before and fails after it: the same stated twice, a growth and\n"
      "two levels, a share, part and whole, a margin, points, parts and total, quarters and year, per share.\n"
      "The relations come from the hand-made figures of TEXT.gold.tsv (beside the text, or in gold/), else\n"
      "from the facts of the untouched text, by arithmetic of their own. Found means that a finding names the\n"
      "altered figure as the one at fault or as an operand.");
  try {
    app.parse(argc, argv);
    return run(options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kError;
  } catch (const std::exception& error) {
    fmt::print(stderr, "inject: {}\n", error.what());
    return kError;
  }
}
