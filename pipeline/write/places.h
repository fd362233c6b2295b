// Where a row stands: its citation, and the sentence, heading and speaker
// around it, all cut from the source.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/model/document.h"
#include "pipeline/write/csv.h"

namespace jiyao {

struct Surroundings {
  std::string_view quote;
  std::string_view section;
  std::string_view speaker;
};

// `sentence` is an index into Document::sentences; out of range gives nothing.
Surroundings surroundings(const Document& document, uint32_t sentence);

// The six columns line, column, char_start, char_end, byte_start, byte_end.
void write_place(CsvWriter& csv, const Citation& at);

// The cell `link`: nothing without a page.
std::string link_to(const std::string& page, std::string_view fact_id);

}  // namespace jiyao
