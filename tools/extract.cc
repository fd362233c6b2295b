// jiyao extract: files → the three tables.
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <set>
#include <stdexcept>

#include "pipeline/run/batch.h"
#include "pipeline/run/output.h"
#include "pipeline/write/write.h"
#include "tools/command.h"
#include "tools/setup.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

struct ExtractOptions {
  std::vector<std::string> paths;
  std::string output;
  std::string manifest;
  std::string rules;
  ContextOptions context;
  int threads = 0;
  bool quiet = false;
};

std::atomic<bool> interrupted = false;

// The first interrupt lets the documents at hand end and leaves no half-written
// file; a second one ends the program at once.
void stop_on_interrupt() {
  struct sigaction action = {};
  action.sa_handler = [](int) { interrupted = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

std::optional<Manifest> manifest_of(const std::string& path) {
  if (path.empty()) return Manifest{};
  auto read = read_manifest(path);
  if (const auto* errors = std::get_if<std::vector<ReadError>>(&read)) {
    for (const ReadError& error : *errors) report_error(error.message);
    return std::nullopt;
  }
  return std::get<Manifest>(std::move(read));
}

// A row that fits no document is most often a slip of the pen.
void note_unused_rows(const Manifest& manifest, const std::string& path, const std::vector<Input>& inputs) {
  std::set<const DocumentContext*> used;
  for (const Input& input : inputs) used.insert(manifest.find(input.document));
  for (const auto& [document, context] : manifest.rows) {
    if (!used.contains(&context)) report_note(path + ": " + document + " is none of the documents read");
  }
}

void note_skipped(const std::vector<std::string>& skipped) {
  constexpr size_t kShown = 3;
  if (skipped.empty()) return;
  const auto end = skipped.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, skipped.size()));
  report_note(fmt::format("{} files passed over, not texts: {}{}", skipped.size(),
                          fmt::join(skipped.begin(), end, ", "), skipped.size() > kShown ? ", …" : ""));
}

void print_summary(const Tally& sum, const std::string& output) {
  const auto line = [](const char* name, size_t count, const std::string& more) {
    fmt::print(stderr, "{:<22}{:>10}{}{}\n", name, count, more.empty() ? "" : "  ", more);
  };
  line("documents", sum.documents, sum.failed == 0 ? "" : fmt::format("and {} failed", sum.failed));
  line("facts", sum.facts, "");
  line("figures", sum.figures, fmt::format("{} unresolved", sum.unresolved));
  line("digits accounted for", sum.digits_accounted, fmt::format("of {}", sum.digits));
  line("findings", sum.findings, fmt::format("{} contradictions", sum.contradictions));
  if (!output.empty()) fmt::print(stderr, "{:<22}{}\n", "results", output);
}

// To standard output or into a folder. Throws what the writing throws.
Tally run(const std::vector<Input>& inputs, const ContextOf& context_of, const Line& line,
          const ExtractOptions& options) {
  const BatchOptions batch{.threads = options.threads, .encoding = options.context.encoding, .stop = &interrupted};
  Progress progress(inputs.size(), !options.quiet);
  std::unique_ptr<OutputFolder> folder;
  if (!options.output.empty()) folder = std::make_unique<OutputFolder>(options.output);
  if (!folder) print(metrics_header());
  const Tally sum = run_batch(inputs, context_of, line, batch, [&](BatchResult&& result) {
    if (!result.error.empty()) {
      progress.clear();
      report_error(result.error);
    } else if (folder) {
      folder->write(result);
    } else {
      print(result.metrics);
    }
    progress.step(result.document);
  });
  if (interrupted) return sum;
  if (folder) folder->commit();
  return sum;
}

int extract_all(const ExtractOptions& options) {
  const Inputs inputs = find_inputs(options.paths);
  for (const ReadError& error : inputs.errors) report_error(error.message);
  if (!options.quiet) note_skipped(inputs.skipped);
  if (options.context.says_something() && inputs.found.size() != 1) {
    report_error(fmt::format("--published, --company and --period speak of one document, not of {}; use --manifest",
                             inputs.found.size()));
    return kError;
  }
  const auto manifest = manifest_of(options.manifest);
  const auto from_options = options.context.over({});
  if (!manifest || !from_options) return kError;
  if (!options.quiet) note_unused_rows(*manifest, options.manifest, inputs.found);
  const auto context_of = [&](const Input& input) {
    const DocumentContext* row = manifest->find(input.document);
    return options.context.over(row != nullptr ? *row : DocumentContext{}).value_or(*from_options);
  };
  const auto line = make_line(options.rules);
  if (!line) return kError;
  stop_on_interrupt();
  const Tally sum = run(inputs.found, context_of, *line, options);
  if (interrupted) {
    report_error("interrupted; nothing was written to " + (options.output.empty() ? "a file" : options.output));
    return kError;
  }
  if (!options.quiet) print_summary(sum, options.output);
  if (sum.failed != 0 || !inputs.errors.empty()) return kError;
  return sum.facts == 0 ? kNothing : kDone;
}

}  // namespace

void add_extract(CLI::App& app, int& status) {
  auto options = std::make_shared<ExtractOptions>();
  CLI::App* extract = app.add_subcommand("extract", "Texts → metrics.csv, ledger.csv, findings.csv");
  extract->add_option("paths", options->paths, "Files, folders (with all below them), - for standard input")
      ->required()
      ->type_name("PATH");
  extract->add_option("-o,--output", options->output,
                      "Folder for the three tables; else metrics.csv to standard output");
  extract->add_option("--manifest", options->manifest,
                      "CSV or TSV: document,company,ticker,published,period,fiscal_year_end,currency");
  options->context.add_to(*extract);
  extract->add_option("--rules", options->rules, "Folder of rules to use instead of the built-in ones");
  extract->add_option("-j,--threads", options->threads, "Documents at a time; the results are the same for any number")
      ->check(CLI::Range(1, 1024));
  extract->add_flag("-q,--quiet", options->quiet, "Errors only on standard error");
  extract->footer(
      "Examples:\n"
      "  jiyao extract call.txt > metrics.csv\n"
      "  jiyao extract call.txt --published 2025-03-25 --company 示例科技 -o out/\n"
      "  jiyao extract calls/ news/ --manifest calls/manifest.csv -o out/ -j 4\n"
      "  cat call.txt | jiyao extract -\n"
      "Exit status: 0 done, 1 done but no fact found, 2 something failed.");
  extract->callback([options, &status] { status = extract_all(*options); });
}

}  // namespace jiyao::command
