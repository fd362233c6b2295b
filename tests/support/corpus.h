// The texts of corpus/ and what is recorded of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/support.h"

namespace jiyao::support {

// NAME.hans.txt and NAME.hant.txt.
struct Case {
  std::string name;    // "02-hk-news-insurer"
  std::string native;  // the script it was written in: "hans" (mainland), "hant"
  friend void PrintTo(const Case& of, std::ostream* out) { *out << of.name; }
};
const std::vector<Case>& cases();

std::filesystem::path corpus_folder();
std::string file_name(const Case& of, const std::string& script);  // "02-hk-news-insurer.hant.txt"

// A text of the corpus through all stages, with what its manifest says.
Extracted extracted_case(const Case& of, const std::string& script);

DocumentContext manifest_context(const std::string& document);

// The facts as tab-separated lines under a header, texts folded: the same for
// both scripts. Columns: line, figure, metric, subject, segment, period, basis,
// base, value, value_low, value_high, unit, qualifier, status, company.
std::string facts_table(const Extracted& extracted);

// One row of a gold file: a figure of the text and what is meant by it.
struct GoldRow {
  std::map<std::string, std::string> cells;
  uint32_t line = 0;
  Span bytes;  // of the source

  const std::string& at(const std::string& column) const { return cells.at(column); }
  bool is_fact() const;      // money, percent, pp, multiple, count
  bool is_optional() const;  // small change: may be left out
};
std::vector<GoldRow> gold(const Case& of, const std::string& script, const SourceText& source);

}  // namespace jiyao::support
