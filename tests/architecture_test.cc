// The house rules that no compiler checks: which folder may include what.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;    // "pipeline/match/scan.cc"
  std::string folder;  // "match"
  std::string target;  // "re2/re2.h"
  bool in_header = false;
};

std::vector<fs::path> sources(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".h" || extension == ".cc") found.push_back(entry.path());
  }
  return found;
}

std::string contents(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<Include> pipeline_includes() {
  static const std::regex pattern("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]");
  const fs::path root = JIYAO_SOURCE_DIR;
  std::vector<Include> all;
  for (const fs::path& path : sources(root / "pipeline")) {
    const fs::path relative = fs::relative(path, root);
    std::istringstream lines(contents(path));
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (!std::regex_search(line, match, pattern)) continue;
      all.push_back(
          {relative.generic_string(), std::next(relative.begin())->string(), match[1], path.extension() == ".h"});
    }
  }
  return all;
}

TEST(Architecture, ThereIsSomethingToCheck) { EXPECT_GT(pipeline_includes().size(), 100u); }

TEST(Architecture, NoStageIncludesAnother) {
  for (const Include& include : pipeline_includes()) {
    if (include.folder == "run" || !include.target.starts_with("pipeline/")) continue;
    const std::string home = std::next(fs::path(include.target).begin())->string();
    EXPECT_TRUE(home == include.folder || home == "model")
        << include.file << " includes " << include.target << "; stages meet only in model/";
  }
}

TEST(Architecture, ModelIsPlainData) {
  for (const Include& include : pipeline_includes()) {
    if (include.folder != "model" || include.target.starts_with("pipeline/model/")) continue;
    EXPECT_EQ(include.target.find_first_of("/."), std::string::npos)
        << include.file << " includes " << include.target << "; model/ uses the standard library only";
  }
}

TEST(Architecture, PipelineDoesNotKnowTheCommand) {
  for (const Include& include : pipeline_includes()) {
    EXPECT_FALSE(include.target.starts_with("tools/") || include.target.starts_with("tests/")) << include.file;
  }
}

// Where each library lives, by the beginning of its headers' names.
const std::map<std::string, std::set<std::string>>& homes() {
  static const std::map<std::string, std::set<std::string>> all = {
      {"unicode/", {"read", "normalize", "resolve", "segment"}},
      {"opencc/", {"normalize"}},
      {"re2/", {"match", "resolve", "load"}},
      {"yaml-cpp/", {"load"}},
      {"openssl/", {"read", "load", "resolve", "check", "write"}},
      {"tbb/", {"run", "load"}},
      {"oneapi/", {"run"}},
      {"fmt/", {"read", "load", "check", "write", "run", "verify"}},
      {"csv.h", {"read"}},
      {"CLI/", {}},
      {"nlohmann/", {"read", "write"}},
      {"pugixml", {"read"}},
      {"zip.h", {"read"}},
      {"xlsxwriter", {"write"}},
  };
  return all;
}

TEST(Architecture, EveryLibraryStaysAtHome) {
  for (const Include& include : pipeline_includes()) {
    for (const auto& [prefix, folders] : homes()) {
      if (!include.target.starts_with(prefix)) continue;
      EXPECT_TRUE(folders.contains(include.folder)) << include.file << " includes " << include.target;
    }
  }
}

// A stage's own header, the one other folders read, shows no library's types.
TEST(Architecture, PublicHeadersShowNoLibrary) {
  for (const Include& include : pipeline_includes()) {
    const bool is_public = include.in_header && include.file.ends_with("/" + include.folder + ".h");
    if (!is_public) continue;
    for (const auto& [prefix, folders] : homes()) {
      EXPECT_FALSE(include.target.starts_with(prefix)) << include.file << " includes " << include.target;
    }
  }
}

TEST(Architecture, EveryHeaderIsGuarded) {
  for (const char* folder : {"pipeline", "tools", "tests"}) {
    for (const fs::path& path : sources(fs::path(JIYAO_SOURCE_DIR) / folder)) {
      if (path.extension() != ".h") continue;
      EXPECT_NE(contents(path).find("#pragma once"), std::string::npos) << path;
    }
  }
}

TEST(Architecture, EveryStageHasATest) {
  const fs::path root = JIYAO_SOURCE_DIR;
  for (const auto& entry : fs::directory_iterator(root / "pipeline")) {
    const std::string stage = entry.path().filename().string();
    if (!entry.is_directory() || stage == "run" || stage == "model") continue;
    const fs::path test = root / "tests" / (stage + "_test.cc");
    EXPECT_TRUE(fs::exists(test)) << test << " is missing";
  }
}

}  // namespace
