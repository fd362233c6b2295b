// xl/worksheets/… → Sheet (ECMA-376 Part 1, 18.3).
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/sheet.h"
#include "pipeline/read/package.h"

namespace jiyao {

// What all sheets of a workbook share, and what is counted over all of them.
struct WorkbookParts {
  const std::vector<CellStyle>* styles = nullptr;
  std::vector<std::string> strings;  // shared ones
  std::vector<uint32_t> theme;
  bool from_1904 = false;
  size_t cells = 0;  // read so far
  std::vector<std::string>* lost = nullptr;
};

constexpr size_t kMaxCells = 1'000'000;  // that hold something, or have a look of their own

// Throws PackageError.
Sheet read_worksheet(Package& package, const std::string& part, const std::string& name, WorkbookParts& shared);

// The text of a shared or inline string, whatever its runs look like.
std::string rich_text(const pugi::xml_node& node);

}  // namespace jiyao
