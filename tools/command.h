// The command: one subcommand a file, each of which adds itself to the parser
// and says through `status` how it went.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace jiyao::command {

// Exit codes of the program.
constexpr int kDone = 0;
constexpr int kNothing = 1;  // done, but nothing was found, or a check failed
constexpr int kError = 2;    // something could not be done; stderr says what

void add_extract(CLI::App& app, int& status);
void add_figures(CLI::App& app, int& status);
void add_rules(CLI::App& app, int& status);
void add_explain(CLI::App& app, int& status);
void add_diff(CLI::App& app, int& status);
void add_review(CLI::App& app, int& status);
void add_reconcile(CLI::App& app, int& status);
void add_verify(CLI::App& app, int& status);

// What --version prints; and version and commit alone, as run.json has them.
std::string version();
std::string program();

}  // namespace jiyao::command
