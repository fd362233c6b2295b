// An analyst's sheet → Workbook: XLSX, CSV or TSV.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "pipeline/model/sheet.h"
#include "pipeline/read/read.h"

namespace jiyao {

constexpr size_t kMaxSheetFile = size_t{64} << 20;  // bytes on disk

// By what the file is, not by its name. CSV and TSV are decoded as texts are
// (`encoding` as for read()), each to one sheet; a file with more tabs than
// commas in its first line is a TSV. The file is opened for reading only; "-" is
// standard input.
std::variant<Workbook, ReadError> read_workbook(const std::filesystem::path& path, const std::string& encoding = "");

// The same of bytes at hand; `name` is for messages and the workbook's own.
std::variant<Workbook, ReadError> parse_workbook(std::string bytes, const std::filesystem::path& name,
                                                 const std::string& encoding = "");

}  // namespace jiyao
