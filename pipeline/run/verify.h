// A folder of results and its sources → what does not hold of it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "pipeline/check/across.h"
#include "pipeline/model/problem.h"
#include "pipeline/run/run.h"

namespace jiyao {

struct VerifyOptions {
  std::filesystem::path folder;      // of the result
  std::vector<std::string> sources;  // files and folders; empty: those that run.json names
  std::string program;               // this one, as run.json would name it
  int threads = 0;
  std::function<std::vector<FindingRow>(const std::vector<Statements>&)> across = check_across;
};

struct Verified {
  std::vector<Problem> problems;  // by file, then by line
  bool repeated = true;           // the line was run again and every cell compared
  std::string why_not;            // for the user, if it was not
  size_t documents = 0;           // whose sources are as they were
  size_t facts = 0;               // rows of the tables
  size_t figures = 0;
  size_t findings = 0;
  std::vector<std::string> unchecked;  // files that are there and that run.json says nothing of
};

// Each table is held in memory, each source only while it is compared. An error
// is a table that cannot be read at all.
std::variant<Verified, ReadError> verify_result(const VerifyOptions& options, const Line& line);

}  // namespace jiyao
