// jiyao diff: two metrics tables → what differs, row by row with its sentence.
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "pipeline/diff/diff.h"
#include "pipeline/read/read.h"
#include "pipeline/write/write.h"
#include "tools/command.h"
#include "tools/difference_text.h"
#include "tools/setup.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

// As diff(1) has it, which scripts expect of a program of that name.
constexpr int kSame = 0;
constexpr int kDifferent = 1;

struct DiffOptions {
  std::string before;
  std::string after;
  std::vector<std::string> sources;
  std::vector<std::string> columns;
  std::string format = "text";
  bool summary = false;
};

std::optional<MetricsTable> table_at(const std::string& path) {
  auto table = read_metrics(path);
  if (const auto* error = std::get_if<ReadError>(&table)) {
    report_error(harmless(error->message));
    return std::nullopt;
  }
  return std::get<MetricsTable>(std::move(table));
}

// Every column asked for must be in both tables.
bool has_columns(const std::vector<std::string>& columns, const MetricsTable& table, const std::string& path) {
  for (const std::string& name : columns) {
    if (table.column(name) != kNone) continue;
    report_error(harmless(
        fmt::format("{}: there is no column \"{}\"; its columns are {}", path, name, fmt::join(table.columns, ", "))));
    return false;
  }
  return true;
}

// A column that one of the tables does not have is no difference of its rows.
void note_columns(const MetricsTable& of, const MetricsTable& other, const std::string& path) {
  std::vector<std::string> alone;
  std::copy_if(of.columns.begin(), of.columns.end(), std::back_inserter(alone),
               [&](const std::string& name) { return other.column(name) == kNone; });
  if (alone.empty()) return;
  report_note(harmless(fmt::format("only {} has {}; not compared", path, fmt::join(alone, ", "))));
}

int diff_tables(const DiffOptions& options) {
  if (options.before == "-" && options.after == "-") {
    report_error("standard input cannot be both tables; name a file for one of them");
    return kError;
  }
  const auto before = table_at(options.before);
  const auto after = table_at(options.after);
  if (!before || !after) return kError;
  if (!has_columns(options.columns, *before, options.before)) return kError;
  if (!has_columns(options.columns, *after, options.after)) return kError;
  if (options.columns.empty()) {
    note_columns(*before, *after, options.before);
    note_columns(*after, *before, options.after);
  }
  const Difference found = diff(*before, *after, options.columns);
  const std::string summary = difference_summary(found);
  const auto print_data = [](const std::string& data) { print(prints_to_terminal() ? harmless(data, true) : data); };
  if (options.format == "text") {
    if (!options.summary) {
      const DifferenceStyle style{.sources = options.sources, .colour = prints_in_colour()};
      print(difference_text(found, *before, *after, style));
      if (!found.rows.empty()) print("\n");
    }
    print(summary);
  } else if (options.format == "csv") {
    print_data(difference_header() + difference_rows(found, *before, *after));
  } else {
    print_data(difference_lines(found, *before, *after));
  }
  return found.rows.empty() ? kSame : kDifferent;
}

}  // namespace

void add_diff(CLI::App& app, int& status) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* command = app.add_subcommand("diff", "Two metrics.csv → which facts differ, each with its sentence");
  command->add_option("old", options->before, "A metrics.csv, or the folder of one; - for standard input")
      ->required()
      ->type_name("OLD");
  command->add_option("new", options->after, "The one to compare it with")->required()->type_name("NEW");
  command
      ->add_option("--source", options->sources,
                   "File or folder of the texts, as given to extract: paths that an editor opens, and the\n"
                   "figure marked at its very place; may be given again")
      ->type_name("PATH")
      ->take_all()
      ->expected(1)
      ->allow_extra_args(false);
  command->add_option("--column", options->columns, "Compare this column only; may be given again")
      ->type_name("NAME")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command->add_option("--format", options->format, "text, csv, or json: one object a line")
      ->check(CLI::IsMember({"text", "csv", "json"}))
      ->capture_default_str();
  command->add_flag("--summary", options->summary, "Of the text only how many rows differ, and in which columns");
  command->footer(
      "Examples:\n"
      "  jiyao diff old/metrics.csv new/metrics.csv\n"
      "  jiyao diff old/ new/ --source calls/ --column metric --column period\n"
      "  jiyao diff old/ new/ --format json | jq -r 'select(.change == \"added\") | .quote'\n"
      "  git show HEAD:facts.csv | jiyao diff - facts.csv --summary\n"
      "Rows belong together by document, place of the figure and what they state; added and removed rows\n"
      "are always told. Without --column all columns are compared but ids, hashes, places, rules and\n"
      "findings. Exit status: 0 nothing differs, 1 something does, 2 trouble.");
  command->callback([options, &status] { status = diff_tables(*options); });
}

}  // namespace jiyao::command
