#include "pipeline/read/worksheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>
#include <unordered_map>

#include "pipeline/read/formula.h"
#include "pipeline/read/number_format.h"

namespace jiyao {
namespace {

constexpr uint32_t kLastColumn = 16383;
constexpr uint32_t kLastRow = 1048575;
constexpr size_t kMaxMergedCells = 1'000'000;  // of a sheet; a copy has each of them

uint32_t number_of(const char* text) { return static_cast<uint32_t>(std::strtoul(text, nullptr, 10)); }

// 0 to `most`; 0 for what is no number.
double size_of(const char* text, double most) {
  const double size = std::strtod(text, nullptr);
  return std::isfinite(size) ? std::clamp(size, 0.0, most) : 0;
}

bool parse_range(std::string_view text, SheetRange& range) {
  const size_t colon = text.find(':');
  const std::string_view first = text.substr(0, colon);
  const std::string_view last = colon == text.npos ? first : text.substr(colon + 1);
  return parse_cell(first, range.first_row, range.first_column) &&
         parse_cell(last, range.last_row, range.last_column) && range.first_row <= range.last_row &&
         range.first_column <= range.last_column;
}

class WorksheetReader {
 public:
  WorksheetReader(Package& package, std::string part, const std::string& name, WorkbookParts& shared)
      : package_(package), part_(std::move(part)), shared_(shared) {
    sheet_.name = name;
  }

  Sheet read() {
    const auto document = package_.xml(part_);
    const pugi::xml_node root = document->document_element();
    read_looks(root);
    for_each(child(root, "sheetData"), "row", [this](const pugi::xml_node& row) { read_row(row); });
    finish_cells();
    for_each(child(root, "mergeCells"), "mergeCell", [this](const pugi::xml_node& node) {
      SheetRange range;
      if (!parse_range(attribute(node, "ref"), range)) return;
      const size_t cells =
          (size_t{range.last_row} - range.first_row + 1) * (range.last_column - range.first_column + 1);
      if (cells > kMaxMergedCells - merged_cells_) {
        ++unmerged_;
        return;
      }
      merged_cells_ += cells;
      sheet_.merged.push_back(range);
    });
    const auto relations = package_.relationships(part_);
    read_links(root, relations);
    read_comments(relations);
    note_lost(root, relations);
    return std::move(sheet_);
  }

 private:
  void read_looks(const pugi::xml_node& root) {
    sheet_.tab_colour = colour(child(child(root, "sheetPr"), "tabColor"));
    const pugi::xml_node view = child(child(root, "sheetViews"), "sheetView");
    sheet_.gridlines = is_on(attribute(view, "showGridLines"), true);
    const pugi::xml_node pane = child(view, "pane");
    if (std::string_view(attribute(pane, "state")).starts_with("frozen")) {
      sheet_.frozen_rows = std::min(number_of(attribute(pane, "ySplit")), kLastRow);
      sheet_.frozen_columns = std::min(number_of(attribute(pane, "xSplit")), kLastColumn);
    }
    for_each(child(root, "cols"), "col", [this](const pugi::xml_node& col) {
      ColumnLook look;
      look.first = number_of(attribute(col, "min")) - 1;
      look.last = std::min(number_of(attribute(col, "max")) - 1, kLastColumn);
      look.width = size_of(attribute(col, "width"), 255);
      look.hidden = is_on(attribute(col, "hidden"));
      look.style = style_of(attribute(col, "style"));
      if (look.first <= look.last && sheet_.columns.size() <= kLastColumn) sheet_.columns.push_back(look);
    });
  }

  uint32_t colour(const pugi::xml_node& node) const {
    const std::string rgb = attribute(node, "rgb");
    if (!rgb.empty()) return static_cast<uint32_t>(std::strtoul(rgb.c_str(), nullptr, 16)) & 0xFFFFFF;
    const char* index = attribute(node, "theme");
    return *index != '\0' && number_of(index) < shared_.theme.size() ? shared_.theme[number_of(index)] : kNoColour;
  }

  uint32_t style_of(const char* text) const {
    const uint32_t style = number_of(text);
    return style < shared_.styles->size() ? style : 0;
  }

  void read_row(const pugi::xml_node& row) {
    if (const char* at = attribute(row, "r"); *at != '\0') row_ = number_of(at) - 1;
    if (row_ > kLastRow) throw PackageError(fmt::format("sheet {}: a row beyond the last", sheet_.name));
    RowLook look{.row = row_,
                 .height = size_of(attribute(row, "ht"), 409),
                 .hidden = is_on(attribute(row, "hidden")),
                 .level = static_cast<uint8_t>(std::min<uint32_t>(number_of(attribute(row, "outlineLevel")), 7))};
    if (look.height > 0 || look.hidden || look.level > 0) sheet_.rows.push_back(look);
    uint32_t column = 0;
    for (const pugi::xml_node& node : row.children()) {
      if (local_name(node) != "c") continue;
      SheetCell cell;
      cell.row = row_;
      cell.column = column;
      if (const char* at = attribute(node, "r"); *at != '\0' && !parse_cell(at, cell.row, cell.column))
        throw PackageError(fmt::format("sheet {}: \"{}\" is no cell", sheet_.name, std::string_view(at).substr(0, 20)));
      column = cell.column + 1;
      if (column > kLastColumn + 1) throw PackageError(fmt::format("sheet {}: a column beyond the last", sheet_.name));
      read_cell(node, cell);
    }
    ++row_;
  }

  void read_cell(const pugi::xml_node& node, SheetCell& cell) {
    cell.style = style_of(attribute(node, "s"));
    const std::string_view type = attribute(node, "t");
    const pugi::xml_node v = child(node, "v");
    const char* value = v.child_value();
    if (type == "s") {
      const uint32_t index = number_of(value);
      set_text(cell, index < shared_.strings.size() ? shared_.strings[index] : "");
    } else if (type == "inlineStr") {
      set_text(cell, rich_text(child(node, "is")));
    } else if (type == "str") {
      set_text(cell, value);
    } else if (type == "b") {
      cell.kind = CellKind::boolean;
      cell.stored = is_on(value) ? 1 : 0;
      cell.text = is_on(value) ? "TRUE" : "FALSE";
    } else if (type == "e") {
      cell.kind = CellKind::error;
      cell.text = value;
    } else if (type == "d") {
      set_text(cell, value);
    } else if (*value != '\0') {
      const double number = std::strtod(value, nullptr);
      std::isfinite(number) ? set_number(cell, number)
                            : set_text(cell, value);  // "NaN", "1e999": no spreadsheet has it
    }
    read_formula(child(node, "f"), cell);
    const bool bare = cell.kind == CellKind::blank && cell.formula.empty();
    if (bare && cell.style == 0) return;
    if (++shared_.cells > kMaxCells)
      throw PackageError(fmt::format("more than {} cells; keep only the sheets to be checked", kMaxCells));
    sheet_.cells.push_back(std::move(cell));
  }

  static void set_text(SheetCell& cell, std::string text) {
    constexpr size_t kLongest = 32767;  // what a cell can hold
    if (text.size() > kLongest * 4) {
      size_t end = kLongest;
      while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
      text.resize(end);
    }
    cell.kind = CellKind::text;
    cell.text = std::move(text);
    if (const auto number = read_number(cell.text)) {
      cell.value = number->value;
      cell.decimals = number->decimals;
      cell.unit = number->unit;
    }
  }

  void set_number(SheetCell& cell, double stored) const {
    const std::string& format = (*shared_.styles)[cell.style].number_format;
    cell.kind = CellKind::number;
    cell.stored = stored;
    if (is_date_format(format)) {
      if (std::string day = show_date(stored, shared_.from_1904); !day.empty()) {
        cell.kind = CellKind::date;
        cell.text = std::move(day);
        return;
      }
    }
    ShownNumber shown = show_number(stored, format);
    cell.text = std::move(shown.text);
    cell.value = shown.value;
    cell.decimals = shown.decimals;
    cell.unit = std::move(shown.unit);
  }

  void read_formula(const pugi::xml_node& node, SheetCell& cell) {
    if (!node) return;
    const std::string_view type = attribute(node, "t");
    std::string formula = node.child_value();
    if (type == "shared") {
      const uint32_t group = number_of(attribute(node, "si"));
      if (!formula.empty()) {
        groups_[group] = {formula, cell.row, cell.column};
      } else if (const auto at = groups_.find(group); at != groups_.end()) {
        const auto& [text, row, column] = at->second;
        formula = moved_formula(text, int64_t{cell.row} - row, int64_t{cell.column} - column);
      }
    }
    if (type == "array" || type == "dataTable") {
      ++arrays_;
    } else if (formula.size() > 8192 || !stays_inside(formula)) {
      ++outside_;
    } else {
      cell.formula = std::move(formula);
    }
  }

  // In order, each place once, and no empty cells beyond what holds something.
  void finish_cells() {
    auto& cells = sheet_.cells;
    const auto place = [](const SheetCell& cell) { return std::tuple(cell.row, cell.column); };
    std::stable_sort(cells.begin(), cells.end(),
                     [&](const SheetCell& a, const SheetCell& b) { return place(a) < place(b); });
    cells.erase(std::unique(cells.begin(), cells.end(),
                            [&](const SheetCell& a, const SheetCell& b) { return place(a) == place(b); }),
                cells.end());
    uint32_t last_row = 0;
    uint32_t last_column = 0;
    for (const SheetCell& cell : cells) {
      if (cell.kind == CellKind::blank) continue;
      last_row = std::max(last_row, cell.row);
      last_column = std::max(last_column, cell.column);
    }
    std::erase_if(cells, [&](const SheetCell& cell) {
      return cell.kind == CellKind::blank && (cell.row > last_row + 1 || cell.column > last_column + 1);
    });
  }

  SheetCell* cell_at(uint32_t row, uint32_t column) {
    auto& cells = sheet_.cells;
    const auto at = std::lower_bound(cells.begin(), cells.end(), std::tuple(row, column),
                                     [](const SheetCell& cell, const std::tuple<uint32_t, uint32_t>& place) {
                                       return std::tuple(cell.row, cell.column) < place;
                                     });
    return at != cells.end() && at->row == row && at->column == column ? &*at : nullptr;
  }

  using Relations = std::map<std::string, Package::Relationship>;

  void read_links(const pugi::xml_node& root, const Relations& relations) {
    for_each(child(root, "hyperlinks"), "hyperlink", [&](const pugi::xml_node& node) {
      SheetRange range;
      const auto relation = relations.find(attribute(node, "id"));
      if (relation == relations.end() || !relation->second.external || !parse_range(attribute(node, "ref"), range))
        return;
      const std::string& target = relation->second.target;
      const bool known =
          target.starts_with("http://") || target.starts_with("https://") || target.starts_with("mailto:");
      if (SheetCell* cell = cell_at(range.first_row, range.first_column); known && cell != nullptr) cell->link = target;
    });
  }

  void read_comments(const Relations& relations) {
    for (const auto& [id, relation] : relations) {
      if (relation.type != "comments" || relation.external || !package_.has(relation.target)) continue;
      const auto document = package_.xml(relation.target);
      for_each(child(document->document_element(), "commentList"), "comment", [this](const pugi::xml_node& node) {
        uint32_t row = 0;
        uint32_t column = 0;
        if (!parse_cell(attribute(node, "ref"), row, column)) return;
        if (SheetCell* cell = cell_at(row, column)) cell->comment = rich_text(child(node, "text"));
      });
    }
  }

  void note_lost(const pugi::xml_node& root, const Relations& relations) {
    const auto note = [this](const std::string& what) {
      shared_.lost->push_back(fmt::format("{} on sheet “{}”", what, sheet_.name));
    };
    static const std::map<std::string, std::string, std::less<>> kRelated = {
        {"drawing", "charts, images or shapes"}, {"pivotTable", "a pivot table"}, {"table", "a table's own look"},
        {"oleObject", "an embedded object"},     {"control", "form controls"},    {"image", "an image"}};
    static const std::map<std::string, std::string, std::less<>> kElements = {
        {"conditionalFormatting", "conditional formats"},
        {"dataValidations", "validation of what is typed in"},
        {"autoFilter", "filters"},
        {"sheetProtection", "protection"},
        {"sparklineGroups", "sparklines"}};
    std::map<std::string, bool> said;
    for (const auto& [id, relation] : relations)
      if (const auto at = kRelated.find(relation.type); at != kRelated.end()) said[at->second] = true;
    for (const pugi::xml_node& node : root.children())
      if (const auto at = kElements.find(local_name(node)); at != kElements.end()) said[at->second] = true;
    for (const auto& [what, yes] : said) note(what);
    if (unmerged_ > 0) note(fmt::format("{} merged range{} too large to copy", unmerged_, unmerged_ == 1 ? "" : "s"));
    if (arrays_ > 0) note(fmt::format("{} array formula{} (their values are kept)", arrays_, arrays_ == 1 ? "" : "s"));
    if (outside_ > 0)
      note(fmt::format("{} formula{} that reach{} out of the workbook (their values are kept)", outside_,
                       outside_ == 1 ? "" : "s", outside_ == 1 ? "es" : ""));
  }

  struct Shared {
    std::string formula;
    uint32_t row = 0;
    uint32_t column = 0;
  };

  Package& package_;
  std::string part_;
  WorkbookParts& shared_;
  Sheet sheet_;
  uint32_t row_ = 0;
  std::unordered_map<uint32_t, Shared> groups_;
  size_t merged_cells_ = 0;
  size_t unmerged_ = 0;
  size_t arrays_ = 0;
  size_t outside_ = 0;
};

}  // namespace

std::string rich_text(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& part : node.children()) {
    if (local_name(part) == "t") text += part.child_value();
    if (local_name(part) == "r") text += child(part, "t").child_value();
  }
  return text;
}

Sheet read_worksheet(Package& package, const std::string& part, const std::string& name, WorkbookParts& shared) {
  return WorksheetReader(package, part, name, shared).read();
}

}  // namespace jiyao
