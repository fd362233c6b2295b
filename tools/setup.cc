#include "tools/setup.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <stdexcept>
#include <system_error>

#include "tools/terminal.h"

namespace jiyao::command {

std::string rules_folder(std::string directory) {
  while (directory.size() > 1 && directory.ends_with('/')) directory.pop_back();
  return directory.empty() ? "rules" : directory;
}

std::unique_ptr<Line> make_line(const std::string& directory) {
  auto loaded = load(directory.empty() ? embedded_rules() : rule_files(directory));
  if (const auto* errors = std::get_if<std::vector<RuleError>>(&loaded)) {
    for (const RuleError& error : *errors) report_error(rules_folder(directory) + "/" + error.message);
    return nullptr;
  }
  return std::make_unique<Line>(std::get<RuleSet>(std::move(loaded)));
}

std::filesystem::path result_folder(const std::filesystem::path& named) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(named, failed)) return named;
  return named.has_parent_path() ? named.parent_path() : ".";
}

void ContextOptions::add_to(CLI::App& app) {
  app.add_option("--published", published, "Day of the call or article, as 2025-03-25 (one document)");
  app.add_option("--company", company, "Whom the text is about (one document)");
  app.add_option("--period", period, "What the text reports on: 2024Q4, 2024H1, 2024, 2024-02 (one document)");
  app.add_option("--encoding", encoding, "UTF-8, UTF-16LE, GB18030, Big5-HKSCS, …; found out if not given");
}

void print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) throw std::runtime_error("standard output cannot be written");
}

std::optional<DocumentContext> ContextOptions::over(DocumentContext given) const {
  if (!company.empty()) given.company = company;
  if (!published.empty()) {
    const auto day = Date::parse(published);
    if (!day || !day->valid()) {
      report_error("--published " + published + ": no such day; write it as 2025-03-25");
      return std::nullopt;
    }
    given.published = *day;
  }
  if (!period.empty()) {
    given.period = Period::parse(period);
    if (given.period.empty()) {
      report_error("--period " + period + ": no period; write it as 2024Q4, 2024H1, 2024 or 2024-02");
      return std::nullopt;
    }
  }
  return given;
}

}  // namespace jiyao::command
