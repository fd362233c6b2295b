// jiyao extract: files → tables and audit pages.
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>

#include "pipeline/run/batch.h"
#include "pipeline/run/output.h"
#include "pipeline/run/page_name.h"
#include "pipeline/run/sources.h"
#include "pipeline/run/work_folder.h"
#include "pipeline/write/write.h"
#include "tools/command.h"
#include "tools/interrupt.h"
#include "tools/setup.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

struct ExtractOptions {
  std::vector<std::string> paths;
  std::string output;
  std::vector<std::string> formats;
  std::string manifest;
  std::string rules;
  ContextOptions context;
  int threads = 0;
  bool quiet = false;
};

std::atomic<bool> interrupted = false;

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
    if (!used.contains(&context)) report_note(fmt::format("{}: {} is none of the documents read", path, document));
  }
}

void note_skipped(const std::vector<std::string>& skipped) {
  constexpr size_t kShown = 3;
  if (skipped.empty()) return;
  const auto end = skipped.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, skipped.size()));
  report_note(fmt::format("{} files passed over, not texts: {}{}", skipped.size(),
                          fmt::join(skipped.begin(), end, ", "), skipped.size() > kShown ? ", …" : ""));
}

void print_summary(const Tally& sum, const Formats& formats, const std::string& output) {
  const auto line = [](const char* name, size_t count, const std::string& more) {
    fmt::print(stderr, "{:<22}{:>10}{}{}\n", name, count, more.empty() ? "" : "  ", more);
  };
  line("documents", sum.documents, sum.failed == 0 ? "" : fmt::format("and {} failed", sum.failed));
  line("facts", sum.facts, "");
  line("figures", sum.figures, fmt::format("{} unresolved", sum.unresolved));
  line("digits accounted for", sum.digits_accounted, fmt::format("of {}", sum.digits));
  line("findings", sum.findings, fmt::format("{} contradictions", sum.contradictions));
  if (output.empty()) return;
  fmt::print(stderr, "{:<22}{}\n", "results", output);
  if (formats.html) {
    const auto index = std::filesystem::path(output) / kAuditFolder / kAuditIndex;
    fmt::print(stderr, "{:<22}open {}\n", "to read", index.generic_string());
  }
}

// What --format and -o ask for; nothing, reported, if they do not go together.
std::optional<Formats> formats_of(const ExtractOptions& options) {
  if (options.formats.empty()) {
    const bool folder = !options.output.empty();
    return Formats{.csv = true, .xlsx = folder, .jsonl = false, .html = folder};
  }
  const auto asked = [&](const char* name) {
    return std::find(options.formats.begin(), options.formats.end(), name) != options.formats.end();
  };
  const Formats formats{asked("csv"), asked("xlsx"), asked("jsonl"), asked("html")};
  const bool one_text = (formats.csv != formats.jsonl) && !formats.xlsx && !formats.html;
  if (!options.output.empty() || one_text) return formats;
  report_error(fmt::format("--format {}: standard output takes csv or jsonl; give a folder with -o",
                           fmt::join(options.formats, ",")));
  return std::nullopt;
}

// Files of an earlier run in a format that was not asked for now tell of other
// texts, or of these as they were.
void note_left(const std::string& output, const Formats& formats) {
  const std::vector<std::pair<bool, const char*>> names = {{formats.csv, "metrics.csv"},
                                                           {formats.xlsx, kBookFile},
                                                           {formats.jsonl, kLinesFile},
                                                           {formats.html, kAuditFolder}};
  for (const auto& [written, name] : names) {
    const auto path = std::filesystem::path(output) / name;
    std::error_code ignored;
    if (!written && std::filesystem::exists(path, ignored)) {
      report_note(path.string() + " is of an earlier run and was left as it is");
    }
  }
}

// Findings between documents are known behind the last of them, so standard
// output gets its table, which names them, when it is complete. Whoever reads it
// may stop at any time, which ends the program: `folder` goes before.
void print_file(std::optional<WorkFolder>& folder, const char* name) {
  std::ifstream in(folder->path() / name, std::ios::binary);
  folder.reset();
  std::string piece(size_t{1} << 16, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    print(std::string_view(piece).substr(0, static_cast<size_t>(in.gcount())));
  }
}

// To standard output or into a folder. Nothing if it was interrupted, and nothing
// was written then. Throws what the writing throws.
std::optional<Tally> run(const std::vector<Input>& inputs, const ContextOf& context_of, const Line& line,
                         const Formats& formats, const ExtractOptions& options) {
  OutputOptions output{.formats = formats, .record = {}, .pages = {}};
  output.record.program = program();
  output.record.rules = line.rules.hash;
  output.record.encoding = options.context.encoding;
  for (const std::string& path : options.paths) {
    if (path != "-" && !options.output.empty()) output.record.inputs.push_back(recorded_input(path, options.output));
  }
  BatchOptions batch{.threads = options.threads, .encoding = options.context.encoding, .stop = &interrupted};
  std::vector<std::string> documents;
  documents.reserve(inputs.size());
  for (const Input& input : inputs) documents.push_back(input.document);
  if (formats.html) output.pages = page_names(documents);
  const std::vector<std::string> pages = output.pages;
  if (formats.html) batch.pages = &pages;
  std::optional<WorkFolder> for_stdout;
  if (options.output.empty()) for_stdout.emplace(std::filesystem::temp_directory_path());
  const std::filesystem::path target = for_stdout ? for_stdout->path() : std::filesystem::path(options.output);
  OutputFolder folder(target, std::move(output));
  Progress progress(inputs.size(), !options.quiet);
  Tally sum = run_batch(inputs, context_of, line, batch, [&](BatchResult&& result) {
    progress.step(result.document);
    if (result.error.empty()) return folder.write(std::move(result));
    progress.clear();
    report_error(result.error);
  });
  progress.clear();
  if (interrupted) return std::nullopt;
  const Committed committed = folder.commit();
  sum.findings += committed.findings;
  sum.contradictions += committed.contradictions;
  for (const std::string& note : committed.notes) report_note("metrics.xlsx: " + note);
  if (for_stdout) {
    print_file(for_stdout, formats.csv ? "metrics.csv" : kLinesFile);
  } else if (!options.quiet) {
    note_left(options.output, formats);
  }
  return sum;
}

int extract_all(const ExtractOptions& options) {
  const auto formats = formats_of(options);
  if (!formats) return kError;
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
  stop_on_interrupt(interrupted);  // before the rules are read, by threads of their own
  const auto line = make_line(options.rules);
  if (!line) return kError;
  const auto sum = run(inputs.found, context_of, *line, *formats, options);
  if (!sum) {
    report_error("interrupted; nothing was written to " + (options.output.empty() ? "a file" : options.output));
    return kError;
  }
  if (!options.quiet) print_summary(*sum, *formats, options.output);
  if (sum->failed != 0 || !inputs.errors.empty()) return kError;
  return sum->facts == 0 ? kNothing : kDone;
}

}  // namespace

void add_extract(CLI::App& app, int& status) {
  auto options = std::make_shared<ExtractOptions>();
  CLI::App* extract = app.add_subcommand("extract", "Texts → tables of facts, each cited, and audit pages");
  extract->add_option("paths", options->paths, "Files, folders (with all below them), - for standard input")
      ->required()
      ->type_name("PATH");
  extract->add_option("-o,--output", options->output, "Folder for the results; else metrics.csv to standard output");
  extract
      ->add_option("--format", options->formats,
                   "csv: metrics.csv, ledger.csv, findings.csv; xlsx: metrics.xlsx with the three as sheets;\n"
                   "html: audit/index.html with a page for each text; jsonl: metrics.jsonl, an object a line.\n"
                   "Several with commas or repeated. With -o csv, xlsx and html if not given; else csv or jsonl")
      ->check(CLI::IsMember({"csv", "xlsx", "jsonl", "html"}))
      ->type_name("FORMAT")
      ->delimiter(',')
      ->take_all()
      ->expected(1)
      ->allow_extra_args(false);
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
      "  jiyao extract calls/ -o out/ --format csv,html\n"
      "  jiyao extract calls/ --format jsonl | jq -r 'select(.findings) | .quote'\n"
      "  cat call.txt | jiyao extract -\n"
      "Exit status: 0 done, 1 done but no fact found, 2 something failed.");
  extract->callback([options, &status] { status = extract_all(*options); });
}

}  // namespace jiyao::command
