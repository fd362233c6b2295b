// What does not hold of a result.
#pragma once

#include <cstdint>
#include <string>

namespace jiyao {

struct Problem {
  std::string file;      // of the result (metrics.csv, run.json, audit/…), or a document
  uint32_t line = 0;     // from 1; 0: the file as a whole
  std::string column;    // of a table; empty: the row as a whole
  std::string stated;    // what the cell says
  std::string expected;  // what it should say; both empty if it is no cell
  std::string message;   // what, and what to do
};

}  // namespace jiyao
