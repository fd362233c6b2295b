// What the subcommands share: the compiled rules, printing, and what options say
// of a document.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/run/run.h"

namespace CLI {
class App;
}

namespace jiyao::command {

// The rules of `directory`, or the embedded ones if it is empty. On mistakes in
// the rules, reports every one and gives nothing. Throws std::exception if the
// directory or a dictionary cannot be read.
std::unique_ptr<Line> make_line(const std::string& directory);

// What stands before the name of a rule file in messages, so that an editor
// finds it: `directory`, or "rules" for the embedded ones.
std::string rules_folder(std::string directory);

// The folder of a result that is named by itself or by a file in it: "out/",
// "out/metrics.csv".
std::filesystem::path result_folder(const std::filesystem::path& named);

// To standard output. Throws std::runtime_error if it cannot be written.
void print(std::string_view text);

// --published, --company, --period, --encoding.
struct ContextOptions {
  std::string published;
  std::string company;
  std::string period;
  std::string encoding;

  void add_to(CLI::App& app);
  bool says_something() const { return !(published.empty() && company.empty() && period.empty()); }
  // Lays what the options say over `given`. Reports a date or period that is
  // none and gives nothing.
  std::optional<DocumentContext> over(DocumentContext given) const;
};

}  // namespace jiyao::command
