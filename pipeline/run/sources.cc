#include "pipeline/run/sources.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <utility>

#include "pipeline/model/text.h"

namespace jiyao {

namespace {

namespace fs = std::filesystem;

fs::path around(const fs::path& folder) {
  const fs::path real = fs::weakly_canonical(fs::absolute(folder));
  return real.has_filename() ? real.parent_path() : real.parent_path().parent_path();  // "out/" may not be there
}

// Paths that are there, as the user would write them; find_inputs() would
// complain of the others.
std::vector<std::string> existing(const std::vector<std::string>& paths, const fs::path& from) {
  std::vector<std::string> there;
  for (const std::string& path : paths) {
    std::error_code ignored;
    const fs::path told = from / path;
    if (fs::exists(told, ignored)) there.push_back(fs::proximate(told, ignored).string());
  }
  return there;
}

Problem problem_of(const std::string& file, std::string message) { return {file, 0, "", "", "", std::move(message)}; }

}  // namespace

std::string recorded_input(const std::string& path, const fs::path& folder) {
  const fs::path given = fs::absolute(path);
  const fs::path name = given.filename();
  const bool is_name = !name.empty() && name != "." && name != "..";
  const fs::path real = is_name ? fs::weakly_canonical(given.parent_path()) / name : fs::weakly_canonical(given);
  return real.lexically_relative(around(folder)).generic_string();
}

Sources find_sources(const std::vector<RecordedDocument>& documents, const std::vector<std::string>& paths,
                     const std::vector<std::string>& recorded, const fs::path& folder) {
  Sources sources;
  std::vector<std::string> where = paths;
  if (where.empty()) where = existing(recorded, around(folder));
  if (where.empty()) where = existing(recorded, fs::current_path());
  Inputs inputs = find_inputs(where);
  for (const ReadError& error : inputs.errors) sources.problems.push_back(problem_of("", error.message));
  std::map<std::string, const Input*> by_name;
  for (const Input& input : inputs.found) by_name.emplace(input.document, &input);
  sources.all.resize(documents.size());
  std::map<std::string, std::vector<size_t>> missing;  // by the hash of their bytes
  for (size_t i = 0; i < documents.size(); ++i) {
    const auto found = by_name.find(documents[i].document);
    if (found == by_name.end()) {
      missing[documents[i].sha256].push_back(i);
    } else {
      sources.all[i] = {*found->second, true};
      by_name.erase(found);
    }
  }
  if (missing.empty()) return sources;
  for (const auto& [name, input] : by_name) {
    const auto text = read(*input);
    const auto* source = std::get_if<SourceText>(&text);
    const auto known = source == nullptr ? missing.end() : missing.find(source->sha256);
    if (known == missing.end() || known->second.empty()) continue;
    const size_t i = known->second.front();
    known->second.erase(known->second.begin());
    const std::string& document = documents[i].document;
    sources.all[i] = {{input->path, document}, true};
    sources.problems.push_back(
        problem_of(document, fmt::format("was moved: the same bytes are now {}; move it back, or extract anew", name)));
  }
  for (const auto& [hash, left] : missing) {
    for (const size_t i : left) {
      const std::string looked = where.empty() ? "" : fmt::format(" below {}", fmt::join(where, ", "));
      sources.problems.push_back(problem_of(
          documents[i].document,
          fmt::format("is not found{}; its rows are not confirmed; say with --source where it lies", looked)));
    }
  }
  return sources;
}

}  // namespace jiyao
