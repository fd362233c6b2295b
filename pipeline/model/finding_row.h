// A finding as the tables tell it: facts by their ids, its place by document and
// line. What lies in one document and what lies between several look alike.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/fact.h"

namespace jiyao {

struct FindingRow {
  std::string id;
  std::string check;  // id of the check
  Severity severity = Severity::suspicious;
  std::string document;
  uint32_t line = 0;  // of the source, from 1
  std::string message_en;
  std::string message_zh;
  std::string stated;  // as the tables print it
  std::string computed_low;
  std::string computed_high;
  std::vector<std::string> fact_ids;  // the one at fault first
  // Characters (code points) of the figure or period at fault in the decoded text, half-open.
  uint32_t char_start = 0;
  uint32_t char_end = 0;
};

}  // namespace jiyao
