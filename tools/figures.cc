// jiyao figures: a text → its figures and periods, one JSON object a line.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>

#include "pipeline/write/write.h"
#include "tools/command.h"
#include "tools/setup.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

struct FiguresOptions {
  std::string text;
  std::string reference;
  std::string encoding;
  std::string rules;
};

// The argument, which is text itself, else standard input.
std::variant<SourceText, ReadError> source_of(const FiguresOptions& options) {
  if (options.text.empty() || options.text == "-") return read({"-", "stdin"}, options.encoding);
  return decode(options.text, "argument", "UTF-8");
}

// -5% is a text and no option; --refrence is neither.
bool is_text(const std::string& argument) {
  const auto is_wordy = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '='; };
  return !argument.starts_with("--") && !std::all_of(argument.begin(), argument.end(), is_wordy);
}

int figures(const FiguresOptions& options) {
  DocumentContext given;
  if (!options.reference.empty()) {
    const auto day = Date::parse(options.reference);
    if (!day || !day->valid()) {
      report_error("--reference " + options.reference + ": no such day; write it as 2025-03-25");
      return kError;
    }
    given.published = *day;
  }
  const auto line = make_line(options.rules);
  if (!line) return kError;
  auto source = source_of(options);
  if (const auto* error = std::get_if<ReadError>(&source)) {
    report_error(error->message);
    return kError;
  }
  const Quantities found = quantities(std::get<SourceText>(std::move(source)), given, *line);
  print(quantity_lines(found.document, found.all));
  return found.all.empty() ? kNothing : kDone;
}

}  // namespace

void add_figures(CLI::App& app, int& status) {
  auto options = std::make_shared<FiguresOptions>();
  CLI::App* command = app.add_subcommand("figures", "A text → its figures and periods, one JSON object a line");
  command->add_option("text", options->text, "The text itself; - or none for standard input")->type_name("TEXT");
  command->add_option("--reference", options->reference,
                      "The day from which 去年, 上季 and 昨天 are told, as 2025-03-25");
  command->add_option("--encoding", options->encoding, "Of standard input; found out if not given");
  command->add_option("--rules", options->rules, "Folder of rules to use instead of the built-in ones");
  command->footer(
      "Examples:\n"
      "  jiyao figures 收入約3.5億至4億港元\n"
      "  jiyao figures --reference 2025-03-25 去年第四季度同比增長兩成\n"
      "  jiyao figures < call.txt | jq -r 'select(.kind == \"money\") | .value'\n"
      "Keys: text; char_start, char_end, byte_start, byte_end (from 0, half-open); kind (money, percent,\n"
      "pp, multiple, count, number, period); of a figure value, or low and high, then decimals, unit,\n"
      "qualifier; of a period period, period_start, period_end (both included); rule. What the text\n"
      "does not say has no key. Values are exact and signed as written: 下降5% is 5. Without --reference,\n"
      "periods are told from what the text itself reports on.\n"
      "Exit status: 0 done, 1 done but nothing found, 2 error.");
  command->allow_extras();
  command->callback([options, command, &status] {
    const std::vector<std::string> extras = command->remaining();
    if (extras.size() > 1 || (extras.size() == 1 && (!options->text.empty() || !is_text(extras.front()))))
      throw CLI::ExtrasError(extras);
    if (!extras.empty()) options->text = extras.front();
    status = figures(*options);
  });
}

}  // namespace jiyao::command
