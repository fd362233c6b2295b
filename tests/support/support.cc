#include "tests/support/support.h"

#include <fmt/core.h>
#include <opencc/opencc.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace jiyao::support {

namespace fs = std::filesystem;

namespace {

RuleSet loaded() {
  auto rules = load(rule_files(root() / "rules"));
  if (const auto* errors = std::get_if<std::vector<RuleError>>(&rules)) {
    for (const RuleError& error : *errors) fmt::print(stderr, "rules/{}\n", error.message);
    std::exit(EXIT_FAILURE);
  }
  return std::get<RuleSet>(std::move(rules));
}

std::string difference(const std::string& expected, const std::string& actual) {
  const auto want = split(expected, '\n');
  const auto got = split(actual, '\n');
  size_t i = 0;
  while (i < want.size() && i < got.size() && want[i] == got[i]) ++i;
  const auto at = [i](const std::vector<std::string>& lines) { return i < lines.size() ? lines[i] : "(end of file)"; };
  return fmt::format("line {}:\n  recorded {}\n  now      {}\n", i + 1, at(want), at(got));
}

}  // namespace

fs::path root() { return JIYAO_SOURCE_DIR; }

const Line& line() {
  static const Line made(loaded());
  return made;
}

Extracted extracted(const std::string& text, const DocumentContext& given, const std::string& name) {
  auto source = decode(text, name, "UTF-8");
  if (const auto* error = std::get_if<ReadError>(&source)) {
    ADD_FAILURE() << error->message;
    return {};
  }
  return extract(std::get<SourceText>(std::move(source)), given, line());
}

std::string fold(std::string_view text) { return normalize(text, line().folder).text; }

std::string to_traditional(const std::string& text) {
  static const opencc::SimpleConverter converter("s2t.json");
  return converter.Convert(text);
}

std::string to_simplified(const std::string& text) {
  static const opencc::SimpleConverter converter("t2s.json");
  return converter.Convert(text);
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> text_files(const fs::path& folder) {
  std::vector<fs::path> found;
  if (!fs::is_directory(folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".txt") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

fs::path eval_folder() {
  const char* shared = std::getenv("JIYAO_SHARED");
  const fs::path folder = (shared != nullptr ? fs::path(shared) : root().parent_path() / "shared") / "eval";
  return fs::is_directory(folder) ? folder : fs::path();
}

bool updating() {
  const char* update = std::getenv("JIYAO_UPDATE");
  return update != nullptr && std::string_view(update) == "1";
}

testing::AssertionResult as_recorded(const fs::path& path, const std::string& actual) {
  const std::string recorded = contents(path);
  if (recorded == actual && fs::exists(path)) return testing::AssertionSuccess();
  if (updating()) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << path.lexically_relative(root()).generic_string() << ", "
                                     << difference(recorded, actual)
                                     << "If it is meant to be so: tools/test --update, and review the diff.";
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator, begin)) {
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

}  // namespace jiyao::support
