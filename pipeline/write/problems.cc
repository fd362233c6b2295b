#include <nlohmann/json.hpp>

#include "pipeline/write/write.h"

namespace jiyao {

std::string problem_lines(const std::vector<Problem>& problems) {
  using Json = nlohmann::ordered_json;
  std::string lines;
  for (const Problem& problem : problems) {
    Json line = {{"file", problem.file}};
    if (problem.line != 0) line["line"] = problem.line;
    if (!problem.column.empty()) {
      line["column"] = problem.column;
      line["stated"] = problem.stated;
      line["expected"] = problem.expected;
    }
    line["message"] = problem.message;
    lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return lines;
}

}  // namespace jiyao
