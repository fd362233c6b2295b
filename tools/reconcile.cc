// jiyao reconcile: an analyst's sheet against the facts of documents, cell by cell.
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "pipeline/read/workbook.h"
#include "pipeline/run/reconcile.h"
#include "pipeline/write/report.h"
#include "tools/command.h"
#include "tools/setup.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

namespace fs = std::filesystem;

struct ReconcileArguments {
  std::string sheet;
  std::string table;
  std::string report;
  std::string company;
  std::string encoding;
  std::string rules;
  std::string format;
};

// A report over the sheet itself, or over the table, would destroy what it reports on.
bool overwrites(const ReconcileArguments& options) {
  std::error_code failed;
  for (const std::string& input : {options.sheet, options.table, options.table + "/metrics.csv"})
    if (fs::equivalent(input, options.report, failed)) return true;
  return false;
}

// The report gets its name only when it is complete.
void save(const ReconcileArguments& options, const Workbook& workbook, const Reconciliation& result,
          const MetricsTable& table) {
  const fs::path report = options.report;
  fs::path temporary = report;
  temporary.replace_filename("." + report.filename().string() + "." + std::to_string(getpid()));
  const fs::path links = fs::proximate(fs::absolute(result_folder(options.table)), fs::absolute(report).parent_path());
  const std::string base = links == "." || links.empty() ? "" : encoded_path(links.generic_string()) + "/";
  std::error_code ignored;
  try {
    // Before the library tries, which tells the terminal in its own words.
    if (!std::ofstream(temporary)) throw std::runtime_error("not opened");
    write_report(temporary, workbook, result, table, base);
    fs::rename(temporary, report);
  } catch (const std::runtime_error&) {
    fs::remove(temporary, ignored);
    throw std::runtime_error(
        harmless(report.string() + ": cannot be written; is the disk full, or its folder closed?"));
  } catch (...) {
    fs::remove(temporary, ignored);
    throw;
  }
}

std::string summary(const Reconciliation& result) {
  std::string text = fmt::format("{} cell{} checked:", result.cells.size(), result.cells.size() == 1 ? "" : "s");
  for (size_t i = 0; i < kVerdictNames.size(); ++i)
    text += fmt::format("{} {} {}", i == 0 ? "" : ",", result.count(static_cast<CellVerdict>(i)), kVerdictNames[i]);
  return text +
         fmt::format("; {} statement{} not in the sheet", result.unused.size(), result.unused.size() == 1 ? "" : "s");
}

int status_of(const Reconciliation& result) {
  const size_t agree = result.count(CellVerdict::supported) + result.count(CellVerdict::rounding);
  const size_t wrong =
      result.count(CellVerdict::contradicted) + result.count(CellVerdict::sign) + result.count(CellVerdict::unit);
  return agree == 0 || wrong > 0 ? kNothing : kDone;
}

bool knows_company(const ReconcileArguments& options, const MetricsTable& table, const Line& line) {
  if (options.company.empty() || !companies_named(table, options.company, label_reader(line)).empty()) return true;
  report_error(
      harmless(fmt::format("--company {}: no statement is of it; name one as it stands in the column company of {}",
                           options.company, options.table)));
  return false;
}

// Formulas that no program has calculated yet show nothing that could be checked.
void note_uncalculated(const Workbook& workbook) {
  for (const Sheet& sheet : workbook.sheets) {
    const auto count = std::count_if(sheet.cells.begin(), sheet.cells.end(), [](const SheetCell& cell) {
      return cell.kind == CellKind::blank && !cell.formula.empty();
    });
    if (count > 0)
      report_note(
          harmless(fmt::format("sheet “{}”: {} formula{} without a value; open and save it in a spreadsheet program",
                               sheet.name, count, count == 1 ? "" : "s")));
  }
}

int reconcile_sheet(const ReconcileArguments& options) {
  if (options.sheet == "-" && options.table == "-") {
    report_error("standard input cannot be both the sheet and the table; name a file for one of them");
    return kError;
  }
  if (!options.report.empty() && overwrites(options)) {
    report_error(harmless(options.report + ": is one of the inputs; give -o another name"));
    return kError;
  }
  // What is renamed to its place must not take that of a device, a folder or a link.
  if (const auto there = fs::symlink_status(options.report); fs::exists(there) && !fs::is_regular_file(there)) {
    report_error(harmless(options.report + ": is no plain file; give -o another name"));
    return kError;
  }
  if (const fs::path folder = fs::path(options.report).parent_path(); !folder.empty() && !fs::is_directory(folder)) {
    report_error(harmless(folder.string() + ": no such folder; make it, or give -o another name"));
    return kError;
  }
  const auto line = make_line(options.rules);
  if (!line) return kError;
  auto workbook = read_workbook(options.sheet, options.encoding);
  if (const auto* error = std::get_if<ReadError>(&workbook)) {
    report_error(harmless(error->message));
    return kError;
  }
  auto read = read_metrics(options.table);
  if (const auto* error = std::get_if<ReadError>(&read)) {
    report_error(harmless(error->message));
    return kError;
  }
  const Workbook& sheets = std::get<Workbook>(workbook);
  const MetricsTable& table = std::get<MetricsTable>(read);
  if (!knows_company(options, table, *line)) return kError;
  const Reconciliation result = reconcile(sheets, table, *line, {.company = options.company});
  if (!options.report.empty()) {
    save(options, sheets, result, table);
    for (const std::string& lost : sheets.lost) report_note(harmless(fmt::format("not in the report: {}", lost)));
  }
  if (options.format == "csv") print(verdict_header() + verdict_rows(sheets, result, table));
  if (options.format == "json") print(verdict_lines(sheets, result, table));
  note_uncalculated(sheets);
  for (const std::string& note : result.notes) report_note(harmless(note));
  report_note(summary(result));
  return status_of(result);
}

}  // namespace

void add_reconcile(CLI::App& app, int& status) {
  auto options = std::make_shared<ReconcileArguments>();
  CLI::App* command = app.add_subcommand("reconcile", "An analyst's sheet → which of its numbers the documents state");
  command->add_option("sheet", options->sheet, "An .xlsx, .csv or .tsv, which is only read; - for standard input")
      ->required()
      ->type_name("SHEET");
  command->add_option("table", options->table, "Folder of jiyao extract -o, or its metrics.csv")
      ->required()
      ->type_name("OUT");
  command
      ->add_option("-o,--output", options->report,
                   "The report, an .xlsx: the sheet with coloured cells, comments, links")
      ->type_name("REPORT");
  command->add_option("--company", options->company, "Whom the sheet is about, if it does not say so itself");
  command->add_option("--format", options->format, "csv or json: the verdicts on standard output, a row for each cell")
      ->check(CLI::IsMember({"csv", "json"}));
  command->add_option("--encoding", options->encoding, "Of a .csv; found out if not given");
  command->add_option("--rules", options->rules, "Folder of rules to use instead of the built-in ones");
  command->footer(
      "Examples:\n"
      "  jiyao extract calls/ -o out/ && jiyao reconcile model.xlsx out/ -o checked.xlsx\n"
      "  jiyao reconcile model.xlsx out/ -o checked.xlsx --company 示例科技\n"
      "  jiyao reconcile kpis.csv out/ --format json | jq -r 'select(.verdict == \"contradicted\") | .cell'\n"
      "Tables have metrics down and periods across, or the other way round, or one number in each row\n"
      "(columns metric, period, value; also company, segment, basis, unit). Names are Chinese or English.\n"
      "Verdicts: supported; rounding (agrees once the sheet is rounded to what the document prints);\n"
      "contradicted; sign; unit (a power of ten, or another currency or unit); not_found. Digits count as\n"
      "they are shown: of 35,384.6 under the format #,##0 they are 35,385.\n"
      "Exit status: 0 nothing is wrong; 1 a number is contradicted or has another sign or unit, or none\n"
      "is supported; 2 error.");
  command->callback([options, command, &status] {
    if (options->report.empty() && options->format.empty())
      throw CLI::ValidationError("give -o REPORT, or --format csv or json; see " + command->get_name() + " --help");
    status = reconcile_sheet(*options);
  });
}

}  // namespace jiyao::command
