// The three tables as files of one folder.
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "pipeline/run/batch.h"

namespace jiyao {

// Writes under temporary names and gives the files their names only in
// commit(), so that a run that fails or is stopped leaves nothing half-written
// and an earlier result as it was. Not thread safe.
class OutputFolder {
 public:
  // Makes the folder if need be. Throws std::runtime_error with a line for
  // the user, as do write() and commit().
  explicit OutputFolder(const std::filesystem::path& folder);

  void write(const BatchResult& result);
  void commit();

 private:
  struct Table {
    std::filesystem::path name;
    std::filesystem::path temporary;  // empty once it has its name
    std::ofstream out;
    ~Table();
  };

  void open(Table& table, const std::filesystem::path& folder, const char* name, const std::string& header);

  std::array<Table, 3> tables_;  // metrics, ledger, findings
};

}  // namespace jiyao
