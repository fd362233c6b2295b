// What several tests share: the line made of the rules as they lie in rules/,
// texts in both scripts, and expectations in files that a flag rewrites.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/run/run.h"

namespace jiyao::support {

// The folder of the project.
std::filesystem::path root();

// Made once, of rules/. Ends the program if they cannot be loaded.
const Line& line();

// `text` (UTF-8) through all stages.
Extracted extracted(const std::string& text, const DocumentContext& given = {}, const std::string& name = "test.txt");

// Width and script folded, as matching reads it.
std::string fold(std::string_view text);

// By OpenCC itself, s2t and t2s.
std::string to_traditional(const std::string& text);
std::string to_simplified(const std::string& text);

std::string contents(const std::filesystem::path& path);

// All .txt files below `folder`, by path order; none if there is no such folder.
std::vector<std::filesystem::path> text_files(const std::filesystem::path& folder);

// Texts that are not part of the project: $JIYAO_SHARED/eval, else
// ../shared/eval. Empty if there is no such folder; the tests that need it skip.
std::filesystem::path eval_folder();

// Whether expectation files are rewritten: environment JIYAO_UPDATE=1, which
// `tools/test --update` sets.
bool updating();

// Success if the file at `path` holds `actual`; else says which line differs
// first. When updating, writes the file.
testing::AssertionResult as_recorded(const std::filesystem::path& path, const std::string& actual);

std::vector<std::string> split(std::string_view text, char separator);

}  // namespace jiyao::support
