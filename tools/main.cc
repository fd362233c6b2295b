// jiyao: Chinese earnings calls and financial news → tables of cited figures.
#include <CLI/CLI.hpp>
#include <exception>

#include "tools/command.h"
#include "tools/terminal.h"

int main(int argc, char** argv) {
  using namespace jiyao::command;
  CLI::App app("Turns Chinese earnings calls and financial news into tables of figures, each citing its source.",
               "jiyao");
  app.require_subcommand(1);
  app.set_version_flag("--version", version);
  app.footer(
      "Examples:\n"
      "  jiyao extract call.txt                     the facts as CSV on standard output\n"
      "  jiyao extract calls/ -o out/               tables and audit pages for a folder of texts\n"
      "  jiyao figures 收入約3.5億元                the figures and periods of a text, as JSON lines\n"
      "  jiyao explain call.txt:12                  why line 12 gave what it gave\n"
      "  jiyao diff old/ new/                       what differs between two results\n"
      "  jiyao review apply out/ review.json        the table with what was decided in the audit pages\n"
      "  jiyao reconcile model.xlsx out/ -o r.xlsx  which numbers of a sheet the documents state\n"
      "  jiyao verify out/                          whether every row still follows from its source\n"
      "  jiyao rules check --rules rules/           every example of every rule\n"
      "Each command has its own --help.\n"
      "Exit status: 0 done, 1 done but nothing found or a check failed, 2 error.");
  int status = kDone;
  add_extract(app, status);
  add_figures(app, status);
  add_explain(app, status);
  add_diff(app, status);
  add_review(app, status);
  add_reconcile(app, status);
  add_verify(app, status);
  add_rules(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kError;
  } catch (const std::exception& error) {
    report_error(error.what());
    return kError;
  }
  return status;
}
