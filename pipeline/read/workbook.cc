#include "pipeline/read/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "pipeline/read/csv_rows.h"
#include "pipeline/read/formula.h"
#include "pipeline/read/number_format.h"
#include "pipeline/read/package.h"
#include "pipeline/read/sheet_styles.h"
#include "pipeline/read/worksheet.h"

namespace jiyao {
namespace {

using namespace std::string_view_literals;

constexpr size_t kMaxSheets = 200;
constexpr size_t kMaxNames = 2000;

// The package's main part, and the parts beside it by type.
std::string main_part(Package& package) {
  for (const auto& [id, relation] : package.relationships(""))
    if (relation.type == "officeDocument" && !relation.external) return relation.target;
  if (package.has("mimetype") || package.has("content.xml")) {
    throw PackageError("an OpenDocument file, which is not read; save it as .xlsx");
  }
  if (package.has("Index/Document.iwa")) throw PackageError("a Numbers file, which is not read; export it as .xlsx");
  throw PackageError("a ZIP archive, but no workbook; give an .xlsx or .csv");
}

std::string target_of(const std::map<std::string, Package::Relationship>& relations, std::string_view type) {
  for (const auto& [id, relation] : relations)
    if (relation.type == type && !relation.external) return relation.target;
  return "";
}

std::vector<std::string> shared_strings(Package& package, const std::string& part) {
  std::vector<std::string> strings;
  if (part.empty() || !package.has(part)) return strings;
  const auto document = package.xml(part);
  for_each(document->document_element(), "si", [&](const pugi::xml_node& node) { strings.push_back(rich_text(node)); });
  return strings;
}

void read_names(const pugi::xml_node& root, Workbook& workbook) {
  for_each(child(root, "definedNames"), "definedName", [&](const pugi::xml_node& node) {
    const std::string name = attribute(node, "name");
    const std::string refers = node.child_value();
    const bool own = *attribute(node, "localSheetId") != '\0' || is_on(attribute(node, "hidden"));
    if (own || name.starts_with("_xlnm") || refers.find("#REF!") != refers.npos || !stays_inside(refers)) return;
    if (workbook.names.size() < kMaxNames) workbook.names.push_back({name, refers});
  });
}

Workbook read_xlsx(std::string_view bytes) {
  Package package(bytes);
  const std::string part = main_part(package);
  if (part.ends_with(".bin")) throw PackageError("a binary workbook (.xlsb), which is not read; save it as .xlsx");
  const auto document = package.xml(part);
  const pugi::xml_node root = document->document_element();
  if (local_name(root) != "workbook") throw PackageError("no workbook, but another Office file; give an .xlsx or .csv");
  const auto relations = package.relationships(part);
  Workbook workbook;
  WorkbookParts shared;
  shared.theme = theme_colours(package, target_of(relations, "theme"));
  workbook.styles = read_styles(package, target_of(relations, "styles"), shared.theme);
  shared.styles = &workbook.styles;
  shared.strings = shared_strings(package, target_of(relations, "sharedStrings"));
  shared.from_1904 = is_on(attribute(child(root, "workbookPr"), "date1904"));
  shared.lost = &workbook.lost;
  for_each(child(root, "sheets"), "sheet", [&](const pugi::xml_node& node) {
    const auto relation = relations.find(attribute(node, "id"));
    if (relation == relations.end() || relation->second.external) return;
    const std::string name = attribute(node, "name");
    if (relation->second.type != "worksheet") {
      workbook.lost.push_back(fmt::format("“{}”, which is no worksheet ({})", name, relation->second.type));
      return;
    }
    if (workbook.sheets.size() == kMaxSheets)
      throw PackageError(fmt::format("more than {} sheets; split it", kMaxSheets));
    workbook.sheets.push_back(read_worksheet(package, relation->second.target, name, shared));
    workbook.sheets.back().hidden = std::string_view(attribute(node, "state")).starts_with("h") ||
                                    std::string_view(attribute(node, "state")) == "veryHidden";
  });
  if (shared.from_1904) {
    workbook.lost.emplace_back("the calendar that begins in 1904 (dates are written in that of 1900)");
    for (Sheet& sheet : workbook.sheets)
      for (SheetCell& cell : sheet.cells)
        if (cell.kind == CellKind::date) cell.stored += 1462;
  }
  if (package.has("xl/vbaProject.bin")) workbook.lost.emplace_back("macros");
  read_names(root, workbook);
  return workbook;
}

// Columns of a spreadsheet's characters, of which Chinese ones take two.
double width_of(std::string_view text) {
  double width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) width += byte >= 0xE3 ? 2 : 1;
  }
  return width;
}

// Rows of text say no widths: as the longest text needs it, within what is pleasant to read.
void fit_columns(Sheet& sheet) {
  constexpr double kNarrowest = 9;
  constexpr double kWidest = 40;
  std::map<uint32_t, double> widths;
  for (const SheetCell& cell : sheet.cells) {
    double& width = widths.try_emplace(cell.column, kNarrowest).first->second;
    width = std::clamp(width_of(cell.text) + 1, width, kWidest);
  }
  for (const auto& [column, width] : widths) sheet.columns.push_back({column, column, width, false, 0});
}

Workbook read_rows(const std::string& text, const std::string& path) {
  constexpr uint8_t kRight = 3;  // LXW_ALIGN_RIGHT
  Workbook workbook;
  workbook.styles.resize(2);
  workbook.styles[1].horizontal = kRight;
  Sheet sheet;
  const std::string_view first = std::string_view(text).substr(0, text.find('\n'));
  const bool tabs = std::count(first.begin(), first.end(), '\t') > std::count(first.begin(), first.end(), ',');
  size_t cells = 0;
  const auto error = read_csv(text, tabs ? CsvKind::tab : CsvKind::comma, [&](CsvRow&& row) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (row[i].text.empty() || cells > kMaxCells) continue;
      ++cells;
      SheetCell cell;
      // A blank line is a row too, and gives none: the place tells.
      cell.row = row.front().place.line - 1;
      cell.column = static_cast<uint32_t>(i);
      cell.kind = CellKind::text;
      cell.text = std::move(row[i].text);
      if (const auto number = read_number(cell.text)) {
        cell.value = number->value;
        cell.decimals = number->decimals;
        cell.unit = number->unit;
        cell.style = 1;
      }
      sheet.cells.push_back(std::move(cell));
    }
  });
  if (error)
    throw PackageError(fmt::format("line {}, column {}: {}", error->place.line, error->place.column, error->message));
  if (cells > kMaxCells) throw PackageError(fmt::format("more than {} cells; split it", kMaxCells));
  if (!sheet.cells.empty() && (sheet.cells.back().row > 1048575 || cells > kMaxCells))
    throw PackageError("more rows than a sheet has; split it");
  sheet.name = path;
  fit_columns(sheet);
  workbook.sheets.push_back(std::move(sheet));
  return workbook;
}

}  // namespace

std::variant<Workbook, ReadError> parse_workbook(std::string bytes, const std::filesystem::path& name,
                                                 const std::string& encoding) {
  const std::string path = name.generic_string();
  try {
    if (bytes.size() > kMaxSheetFile)
      throw PackageError(fmt::format("larger than {} MiB; split it", kMaxSheetFile >> 20));
    if (bytes.starts_with("\xD0\xCF\x11\xE0"sv)) {
      throw PackageError("an old .xls, or a workbook with a password; save it as .xlsx, without one");
    }
    Workbook workbook;
    if (bytes.starts_with("PK"sv)) {
      workbook = read_xlsx(bytes);
    } else if (name.extension() == ".xlsx") {
      throw PackageError("no workbook, whatever its name; open and save it in a spreadsheet program");
    } else {
      auto decoded = decode(std::move(bytes), path, encoding);
      if (auto* error = std::get_if<ReadError>(&decoded)) return std::move(*error);
      workbook = read_rows(std::get<SourceText>(decoded).text, "Sheet1");
    }
    workbook.name = name.stem().string();
    return workbook;
  } catch (const PackageError& error) {
    return ReadError{path + ": " + error.what()};
  }
}

std::variant<Workbook, ReadError> read_workbook(const std::filesystem::path& path, const std::string& encoding) {
  if (path == "-") return parse_workbook(std::string(std::istreambuf_iterator<char>(std::cin), {}), "stdin", encoding);
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) {
    return ReadError{path.generic_string() + ": a folder; give an .xlsx or .csv file"};
  }
  std::ifstream in(path, std::ios::binary);
  std::string bytes;
  if (in && std::filesystem::file_size(path, failed) > kMaxSheetFile && !failed) {
    return ReadError{fmt::format("{}: larger than {} MiB; split it", path.generic_string(), kMaxSheetFile >> 20)};
  }
  bytes.assign(std::istreambuf_iterator<char>(in), {});
  if (!in.is_open() || in.bad()) return ReadError{path.generic_string() + ": cannot be read; is the name right?"};
  return parse_workbook(std::move(bytes), path, encoding);
}

}  // namespace jiyao
