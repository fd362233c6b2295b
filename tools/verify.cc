// jiyao verify: a folder of results against its sources.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "pipeline/run/output.h"
#include "pipeline/run/verify.h"
#include "pipeline/write/write.h"
#include "tools/command.h"
#include "tools/setup.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

struct Options {
  std::string folder;
  std::vector<std::string> sources;
  std::string rules;
  std::string format = "text";
  int threads = 0;
  bool quiet = false;
};

// A cell around where it differs from the other, if it is long.
std::string shown(const std::string& cell, const std::string& other) {
  constexpr size_t kBefore = 24;
  constexpr size_t kMost = 96;
  const auto continues = [&](size_t at) {
    return at < cell.size() && (static_cast<unsigned char>(cell[at]) & 0xC0) == 0x80;
  };
  if (cell.size() <= kMost) return cell;
  size_t same = 0;
  while (same < cell.size() && same < other.size() && cell[same] == other[same]) ++same;
  size_t begin = same < kBefore ? 0 : same - kBefore;
  size_t end = std::min(begin + kMost, cell.size());
  while (continues(begin)) --begin;
  while (continues(end)) ++end;
  return fmt::format("{}{}{}", begin > 0 ? "…" : "", cell.substr(begin, end - begin), end < cell.size() ? "…" : "");
}

std::string told(const Problem& problem, const std::filesystem::path& folder) {
  const bool of_result = problem.file.ends_with(".csv") || problem.file == "run.json" ||
                         problem.file.starts_with("audit/") || problem.file == kBookFile || problem.file == kLinesFile;
  std::string line = of_result && problem.line != 0
                         ? fmt::format("{}:{}", (folder / problem.file).generic_string(), problem.line)
                     : of_result ? (folder / problem.file).generic_string()
                                 : problem.file;
  if (!problem.column.empty()) {
    line += fmt::format(":column {}: “{}” ", problem.column, shown(problem.stated, problem.expected));
    if (problem.stated.empty()) line.replace(line.size() - std::string("“” ").size(), line.npos, "empty ");
    if (!problem.expected.empty()) line += fmt::format("should be “{}”: ", shown(problem.expected, problem.stated));
    return line + problem.message;
  }
  return line.empty() ? problem.message : line + ": " + problem.message;
}

void print_summary(const Verified& done) {
  for (const std::string& name : done.unchecked) {
    report_note(name + " was not checked: the run that run.json tells of did not write it");
  }
  if (!done.repeated) {
    report_note(done.why_not +
                ": checked is what the sources alone prove (files, places, figures, quotes, values by "
                "their figures, ids), not metrics, periods, subjects and findings");
  }
  fmt::print(stderr, "{:<22}{:>10}\n", "documents as they were", done.documents);
  fmt::print(stderr, "{:<22}{:>10}\n", "facts", done.facts);
  fmt::print(stderr, "{:<22}{:>10}\n", "figures", done.figures);
  fmt::print(stderr, "{:<22}{:>10}\n", "findings", done.findings);
  fmt::print(stderr, "{:<22}{:>10}\n", "problems", done.problems.size());
}

int verify_folder(const Options& options) {
  const auto line = make_line(options.rules);
  if (!line) return kError;
  VerifyOptions request;
  request.folder = result_folder(options.folder);
  request.sources = options.sources;
  request.program = program();
  request.threads = options.threads;
  const auto result = verify_result(request, *line);
  if (const auto* error = std::get_if<ReadError>(&result)) {
    report_error(harmless(error->message));
    return kError;
  }
  const Verified& done = std::get<Verified>(result);
  if (options.format == "json") {
    const std::string lines = problem_lines(done.problems);
    print(prints_to_terminal() ? harmless(lines, true) : lines);
  } else {
    for (const Problem& problem : done.problems) print(harmless(told(problem, request.folder)) + "\n");
  }
  if (!options.quiet) print_summary(done);
  return done.problems.empty() ? kDone : kNothing;
}

}  // namespace

void add_verify(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("verify", "A folder of results against its sources, row by row");
  command
      ->add_option("folder", options->folder,
                   "Folder of metrics.csv, ledger.csv, findings.csv and run.json, or one of these files")
      ->required()
      ->type_name("OUT");
  command
      ->add_option("--source", options->sources,
                   "File or folder of the texts, as given to extract; may be given again. If not given, where\n"
                   "extract found them, as seen from the folder around OUT")
      ->type_name("PATH")
      ->take_all()
      ->expected(1)
      ->allow_extra_args(false);
  command->add_option("--rules", options->rules, "Folder of rules to use instead of the built-in ones");
  command->add_option("--format", options->format, "text, or json: one object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("-j,--threads", options->threads, "Documents at a time")->check(CLI::Range(1, 1024));
  command->add_flag("-q,--quiet", options->quiet, "No summary on standard error");
  command->footer(
      "Reads the sources again and confirms every row: the file's hash, where the figure stands, figure and\n"
      "quote to the letter; with the program and the rules that made the tables also every other cell, each\n"
      "row that is missing or too many, and the findings. Otherwise values are read from the figures anew.\n"
      "metrics.xlsx and metrics.jsonl, which extract made of the tables, must be as it left them (by their\n"
      "hash in run.json); of audit pages it is seen that they are there.\n"
      "Examples:\n"
      "  jiyao verify out/\n"
      "  jiyao verify out/ --source calls/ --source news/\n"
      "  jiyao verify out/ --format json | jq -r .file\n"
      "Exit status: 0 all holds, 1 something does not (one line each on standard output), 2 trouble.");
  command->callback([options, &status] { status = verify_folder(*options); });
}

}  // namespace jiyao::command
