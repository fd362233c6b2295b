// jiyao review: what a person decided in the audit pages → reviewed tables.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "pipeline/model/url.h"
#include "pipeline/read/read.h"
#include "pipeline/review/review.h"
#include "pipeline/run/files.h"
#include "pipeline/run/output.h"
#include "pipeline/run/table_rows.h"
#include "pipeline/write/write.h"
#include "tools/command.h"
#include "tools/setup.h"
#include "tools/sources.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

namespace fs = std::filesystem;

constexpr const char* kReviewFile = "review.json";

struct ReviewOptions {
  std::string table;
  std::vector<std::string> reviews;
  std::string output;
  std::vector<std::string> sources;
  std::string encoding;
  std::string rules;
  bool anew = false;
  bool forget = false;
  bool quiet = false;
};

// Where the reviewed tables lie, or will.
fs::path reviewed_folder(const ReviewOptions& options) {
  return options.output.empty() ? result_folder(options.table) / "reviewed" : fs::path(options.output);
}

// From there to the table: "../".
std::string way_to_table(const ReviewOptions& options) {
  std::error_code failed;
  const std::string way =
      url_of(fs::relative(result_folder(options.table), reviewed_folder(options), failed).generic_string());
  return way.empty() ? way : way + "/";
}

// The table that was extracted must stay as it is.
bool spares_table(const ReviewOptions& options) {
  std::error_code failed;
  if (!fs::equivalent(result_folder(options.table), reviewed_folder(options), failed)) return true;
  report_error(harmless(options.output + ": holds the table as extracted; give -o another folder"));
  return false;
}

std::optional<RuleSet> rules_of(const ReviewOptions& options) {
  auto loaded = load(options.rules.empty() ? embedded_rules() : rule_files(options.rules));
  if (const auto* errors = std::get_if<std::vector<RuleError>>(&loaded)) {
    for (const RuleError& error : *errors) report_error(rules_folder(options.rules) + "/" + error.message);
    return std::nullopt;
  }
  return std::get<RuleSet>(std::move(loaded));
}

// What was decided before, then the files given; each file once.
std::vector<fs::path> review_files(const ReviewOptions& options) {
  std::vector<fs::path> files;
  std::error_code failed;
  const fs::path earlier = reviewed_folder(options) / kReviewFile;
  if (!options.anew && fs::exists(earlier, failed)) files.push_back(earlier);
  for (const std::string& file : options.reviews) {
    const auto same = [&](const fs::path& known) { return fs::equivalent(known, file, failed); };
    if (file == "-" || std::none_of(files.begin(), files.end(), same)) files.emplace_back(file);
  }
  return files;
}

std::optional<Review> reviews_of(const ReviewOptions& options, const RuleSet& rules) {
  Review all;
  bool failed = false;
  for (const fs::path& file : review_files(options)) {
    auto read = read_review(file, rules);
    if (const auto* errors = std::get_if<std::vector<ReadError>>(&read)) {
      for (const ReadError& error : *errors) report_error(harmless(error.message));
      failed = true;
      continue;
    }
    auto& documents = std::get<Review>(read);
    std::move(documents.begin(), documents.end(), std::back_inserter(all));
  }
  if (failed) return std::nullopt;
  return all;
}

// There is something to apply.
bool has_review(const ReviewOptions& options) {
  if (!review_files(options).empty()) return true;
  report_error(harmless(fmt::format("{}: there is no {} yet; give one that an audit page exported",
                                    reviewed_folder(options).string(), kReviewFile)));
  return false;
}

// Everything that a review needs and gives.
struct Reviewed {
  MetricsTable table;
  Review review;
  ReviewOutcome outcome;
};

std::optional<Reviewed> apply(const ReviewOptions& options) {
  auto table = read_metrics(options.table);
  if (const auto* error = std::get_if<ReadError>(&table)) {
    report_error(harmless(error->message));
    return std::nullopt;
  }
  const auto rules = rules_of(options);
  if (!rules) return std::nullopt;
  auto review = reviews_of(options, *rules);
  if (!review) return std::nullopt;
  Reviewed made{std::get<MetricsTable>(std::move(table)), *std::move(review), {}};
  const Folder folder;
  Sources sources(options.sources, options.encoding);
  const auto text_of = [&](std::string_view document, std::string_view sha256) {
    const SourceText* text = sources.text(document, sha256);
    if (text != nullptr) return text;
    const char* what = sources.empty() ? "{}: another text than this one was reviewed; to find the quotes in it, give "
                                         "--source with the files that {} was extracted from"
                                       : "{}: another text than this one was reviewed, and no file of --source is the "
                                         "one that {} was extracted from; give that one, or extract anew";
    report_error(harmless(fmt::format(fmt::runtime(what), document, options.table)));
    return text;
  };
  const auto fold = [&folder](std::string_view text) { return normalize(text, folder).text; };
  made.outcome = apply_review(made.table, made.review, {*rules, fold, text_of, options.forget});
  for (const std::string& mistake : made.outcome.mistakes) report_error(harmless(options.table + ": " + mistake));
  if (!made.outcome.mistakes.empty()) return std::nullopt;
  return made;
}

// The line of the quote alone.
std::string quoted(const TextQuote& quote) {
  const size_t from = quote.prefix.find_last_of("\r\n") + 1;  // 0 if there is none
  return quote.prefix.substr(from) + "«" + quote.exact + "»" +
         quote.suffix.substr(0, quote.suffix.find_first_of("\r\n"));
}

// Fields parted by tabs: document, place, quote, state, why.
std::string unapplied_lines(const Reviewed& of) {
  std::string lines;
  for (const UnappliedDecision& left : of.outcome.unapplied) {
    const ReviewedDocument& document = of.review[left.document];
    const Decision& decision = document.decisions[left.decision];
    const char* state = decision.state == ReviewState::none ? "note" : name(decision.state);
    lines += fmt::format("{}\t{}..{}\t{}\t{}\t{}{}{}\n", harmless(document.document), decision.position.begin,
                         decision.position.end, harmless(quoted(decision.quote)), state, name(left.why),
                         left.detail.empty() ? "" : ": ", harmless(left.detail));
  }
  return lines;
}

void print_summary(const ReviewOutcome& outcome, const fs::path& folder) {
  const auto line = [](const char* name, size_t count, const std::string& more) {
    fmt::print(stderr, "{:<22}{:>10}{}{}\n", name, count, more.empty() ? "" : "  ", more);
  };
  line("decisions applied", outcome.applied,
       outcome.learned == 0 ? "" : fmt::format("{} corrections are as extracted now", outcome.learned));
  line("superseded", outcome.superseded, "");
  line("not applied", outcome.unapplied.size(), "");
  fmt::print(stderr, "{:<22}{}\n", "results", harmless(folder.string()));
}

// A workbook of the reviewed tables in `work`, if the result has one of its own.
std::vector<std::string> workbook(const fs::path& work, const Reviewed& of, const ReviewOptions& options) {
  std::error_code failed;
  if (!fs::exists(result_folder(options.table) / kBookFile, failed)) {
    const fs::path left = reviewed_folder(options) / kBookFile;
    if (fs::exists(left, failed))
      report_note(harmless(left.string() + " is of an earlier review and was left as it is"));
    return {};
  }
  const std::vector<BookTable> tables = {{"metrics", of.table.rows()}, {"unapplied", of.outcome.unapplied.size()}};
  for (const std::string& note : write_book(work, tables, work / kBookFile)) {
    report_note(fmt::format("{}: {}", kBookFile, note));
  }
  return {kBookFile};
}

int apply_all(const ReviewOptions& options) {
  if (!spares_table(options) || !has_review(options)) return kError;
  const auto made = apply(options);
  if (!made) return kError;
  const ReviewOutcome& outcome = made->outcome;
  const fs::path folder = reviewed_folder(options);
  write_files(
      folder,
      {{"metrics.csv", reviewed_header(made->table) + reviewed_rows(made->table, outcome.rows, way_to_table(options))},
       {"unapplied.csv", unapplied_header() + unapplied_rows(made->table, made->review, outcome)},
       {kReviewFile, review_json(outcome.merged)}},
      [&](const fs::path& work) { return workbook(work, *made, options); });
  print(unapplied_lines(*made));
  if (!options.quiet) print_summary(outcome, folder);
  return outcome.unapplied.empty() ? kDone : kNothing;
}

// How far the review of each document has come.
struct Progressed {
  size_t facts = 0;
  size_t states[4] = {};
  size_t notes = 0;
  size_t unapplied = 0;
};

int tell_status(const ReviewOptions& options) {
  const auto made = apply(options);
  if (!made) return kError;
  std::map<std::string_view, Progressed> documents;
  Progressed all;
  for (uint32_t row = 0; row < made->table.rows(); ++row) {
    const ReviewedRow& reviewed = made->outcome.rows[row];
    for (Progressed* of : {&all, &documents[made->table.cell(row, "document")]}) {
      ++of->facts;
      ++of->states[static_cast<size_t>(reviewed.state)];
      of->notes += reviewed.note.empty() ? 0 : 1;
    }
  }
  for (const UnappliedDecision& left : made->outcome.unapplied) {
    ++documents[made->review[left.document].document].unapplied;
    ++all.unapplied;
  }
  std::string lines = "facts\tunreviewed\taccepted\trejected\tcorrected\tnotes\tnot_applied\tdocument\n";
  const auto line = [&lines](const Progressed& of, std::string_view document) {
    lines += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", of.facts, of.states[0], of.states[1], of.states[2],
                         of.states[3], of.notes, of.unapplied, harmless(document));
  };
  for (const auto& [document, of] : documents) line(of, document);
  line(all, "total");
  print(lines);
  return all.states[0] == 0 && all.unapplied == 0 ? kDone : kNothing;
}

void add_common(CLI::App& command, ReviewOptions& options) {
  command.add_option("table", options.table, "Folder that jiyao extract wrote, or its metrics.csv")
      ->required()
      ->type_name("OUT");
  command
      .add_option("--source", options.sources,
                  "File or folder of the texts, as given to extract; needed where a text has changed since it\n"
                  "was reviewed; may be given again")
      ->type_name("PATH")
      ->take_all()
      ->expected(1)
      ->allow_extra_args(false);
  command.add_option("--encoding", options.encoding, "Of these texts, as given to extract");
  command.add_option("--rules", options.rules, "Folder of rules to use instead of the built-in ones");
}

}  // namespace

void add_review(CLI::App& app, int& status) {
  auto options = std::make_shared<ReviewOptions>();
  CLI::App* review = app.add_subcommand("review", "review.json of the audit pages → reviewed tables");
  review->require_subcommand(1);
  review->footer(
      "Examples:\n"
      "  jiyao review apply out/ review.json\n"
      "  jiyao review status out/");

  CLI::App* apply = review->add_subcommand("apply", "Write the table with what was decided");
  add_common(*apply, *options);
  apply
      ->add_option("review", options->reviews,
                   "review.json as exported by an audit page, - for standard input; besides the one that is in the\n"
                   "folder of the results")
      ->type_name("REVIEW");
  apply->add_option("-o,--output", options->output, "Folder for the results; else OUT/reviewed");
  apply->add_flag("--anew", options->anew, "Let no decision hold but those of the files given");
  apply->add_flag("--forget", options->forget, "Do not keep decisions that can no longer be applied");
  apply->add_flag("-q,--quiet", options->quiet, "No summary on standard error");
  apply->footer(
      "Writes metrics.csv (corrected cells corrected, the original ones beside them), unapplied.csv, both as\n"
      "metrics.xlsx too if OUT has one, and review.json (all decisions in force); OUT/metrics.csv stays as it\n"
      "is. Decisions in a review.json that\n"
      "is already in the folder go on to hold; of several on one fact the last exported does. What could\n"
      "not be applied is printed, fields parted by tabs: document, place, quote, state, why.\n"
      "Examples:\n"
      "  jiyao review apply out/ review.json\n"
      "  jiyao review apply out/ anna.json ben.json -o out/signed/\n"
      "  jiyao extract calls/ -o out/ && jiyao review apply out/ --source calls/\n"
      "  jiyao review apply new/ out/reviewed/review.json --source calls/\n"
      "Exit status: 0 all decisions applied, 1 some were not, 2 something failed.");
  apply->callback([options, &status] { status = apply_all(*options); });

  CLI::App* tell = review->add_subcommand("status", "How many facts of each document have been reviewed");
  add_common(*tell, *options);
  tell->add_option("review", options->reviews, "review.json; besides OUT/reviewed/review.json if there is one")
      ->type_name("REVIEW");
  tell->footer(
      "Examples:\n"
      "  jiyao review status out/\n"
      "  jiyao review status out/ review.json | column -t\n"
      "Prints a table, fields parted by tabs. Exit status: 0 every fact is reviewed, 1 some are not or a\n"
      "decision could not be applied, 2 something failed.");
  tell->callback([options, &status] { status = tell_status(*options); });
}

}  // namespace jiyao::command
