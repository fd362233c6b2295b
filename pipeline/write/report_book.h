// A workbook being written with libxlsxwriter: its formats, each made once, and
// cells that keep what they hold.
#pragma once

#include <xlsxwriter.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/reconciliation.h"
#include "pipeline/model/sheet.h"

namespace jiyao {

struct VerdictLook {
  uint32_t fill;
  const char* zh;
  const char* means;
};
// Colours that stay apart in all common kinds of colour blindness (after Okabe
// and Ito, lightened), and differ in lightness.
const VerdictLook& look_of(CellVerdict verdict);

class ReportBook {
 public:
  // Throws std::runtime_error.
  explicit ReportBook(const std::filesystem::path& path);
  ~ReportBook();
  ReportBook(const ReportBook&) = delete;
  ReportBook& operator=(const ReportBook&) = delete;

  // A sheet of that name, or of one much like it that the book does not have yet.
  lxw_worksheet* add_sheet(const std::string& name);

  // The format of a cell; with a verdict, in its colour.
  lxw_format* format(const CellStyle& style, std::optional<CellVerdict> verdict = std::nullopt);

  void define(const DefinedName& name);

  // Writes the file; throws std::runtime_error if it cannot.
  void close();

 private:
  lxw_workbook* book_ = nullptr;
  std::filesystem::path path_;
  std::vector<std::pair<CellStyle, std::map<int, lxw_format*>>> formats_;
  std::map<std::string, size_t> known_;
};

}  // namespace jiyao
