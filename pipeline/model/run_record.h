// What a folder of tables was made of: run.json beside them. With it, verify
// can do the same again.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "pipeline/model/fact.h"

namespace jiyao {

struct RecordedDocument {
  std::string document;   // as in the tables
  std::string sha256;     // of the file's bytes
  std::string page;       // file name of its audit page; empty if none was written
  DocumentContext given;  // what manifest and options said of it
  size_t facts = 0;       // rows in metrics.csv
  size_t figures = 0;     // in ledger.csv
};

struct RunRecord {
  int tables = 0;                           // version of the columns
  std::string program;                      // version and commit
  std::string rules;                        // their hash
  std::string encoding;                     // that was asked for; empty: found out
  std::vector<std::string> inputs;          // paths as told from the folder around the result
  std::vector<RecordedDocument> documents;  // in the order of the tables
  size_t findings = 0;                      // rows in findings.csv
  // Of what was made of the tables, the SHA-256 by file name: metrics.xlsx, metrics.jsonl.
  std::map<std::string, std::string> files;
};

}  // namespace jiyao
