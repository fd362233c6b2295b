// jiyao explain: what each stage made of a text.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <filesystem>

#include "tools/command.h"
#include "tools/explanation.h"
#include "tools/setup.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

struct ExplainOptions {
  std::string place;
  std::string rules;
  ContextOptions context;
};

struct Place {
  std::string path;
  uint32_t line = 0;  // 0: all of the text
};

// FILE or FILE:LINE; a file that has a colon in its name is still found.
Place parse_place(const std::string& text) {
  const size_t colon = text.rfind(':');
  if (std::filesystem::exists(text) || colon == std::string::npos) return {text, 0};
  uint32_t line = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + colon + 1, end, line);
  if (parsed.ec != std::errc() || parsed.ptr != end || line == 0) return {text, 0};
  return {text.substr(0, colon), line};
}

int explain(const ExplainOptions& options) {
  const Place place = parse_place(options.place);
  const Inputs inputs = find_inputs({place.path});
  for (const ReadError& error : inputs.errors) report_error(error.message);
  if (inputs.found.size() != 1) {
    if (inputs.errors.empty()) report_error(place.path + ": explain reads one file");
    return kError;
  }
  const auto given = options.context.over({});
  if (!given) return kError;
  const auto line = make_line(options.rules);
  if (!line) return kError;
  auto source = read(inputs.found.front(), options.context.encoding);
  if (const auto* error = std::get_if<ReadError>(&source)) {
    report_error(error->message);
    return kError;
  }
  const Extracted extracted = extract(std::get<SourceText>(std::move(source)), *given, *line);
  const size_t lines = extracted.document.source.line_bytes.size();
  if (place.line > lines) {
    report_error(fmt::format("{}: has only {} lines", place.path, lines));
    return kError;
  }
  print(explanation(extracted, line->rules, place.line));
  return kDone;
}

}  // namespace

void add_explain(CLI::App& app, int& status) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand("explain", "What each stage made of a text, and why");
  command->add_option("place", options->place, "A file, or a line of it; - for standard input")
      ->required()
      ->type_name("FILE[:LINE]");
  options->context.add_to(*command);
  command->add_option("--rules", options->rules, "Folder of rules to use instead of the built-in ones");
  command->footer(
      "Examples:\n"
      "  jiyao explain call.txt\n"
      "  jiyao explain call.txt:12 --published 2025-03-25\n"
      "Prints the text line by line, what it was folded to, its blocks and sentences, every mention\n"
      "with its rule, every fact with its rules, and for each figure that became no fact, why.\n"
      "Exit status: 0 done, 2 error.");
  command->callback([options, &status] { status = explain(*options); });
}

}  // namespace jiyao::command
