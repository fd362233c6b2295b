// A workbook as it was read: cells with what an analyst sees in them, and as
// much of their looks as a copy of the sheet needs. Made by read_workbook(),
// checked by reconcile(), written anew beside its verdicts by write_report().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/decimal.h"

namespace jiyao {

constexpr uint32_t kNoColour = UINT32_MAX;

// Looks of cells. Colours are 0xRRGGBB, kNoColour if there is none.
struct CellStyle {
  std::string number_format;  // as a spreadsheet writes it: "#,##0.0"; General if empty
  std::string font;
  double size = 11;  // points
  bool bold = false;
  bool italic = false;
  bool underlined = false;
  bool wrapped = false;
  uint32_t colour = kNoColour;
  uint32_t fill = kNoColour;
  uint8_t horizontal = 0;  // libxlsxwriter's LXW_ALIGN_*, of which 0 is none
  uint8_t vertical = 0;
  uint8_t indent = 0;
  // Left, right, top, bottom: LXW_BORDER_*, and the colours of their lines.
  uint8_t border[4] = {};
  uint32_t border_colour[4] = {kNoColour, kNoColour, kNoColour, kNoColour};
  friend bool operator==(const CellStyle&, const CellStyle&) = default;
};

enum class CellKind : uint8_t { blank, text, number, date, boolean, error };

struct SheetCell {
  uint32_t row = 0;  // from 0
  uint32_t column = 0;
  CellKind kind = CellKind::blank;
  // As the sheet shows it: "(1,234.5)", "8.7%", "2024-12-31" for any date, "TRUE", "#N/A".
  std::string text;
  // Of a number: what is shown, without percent sign, brackets and words of the
  // format (8.7 for 8.7%); and its digits behind the point. Empty if it is
  // beyond 18 digits. Of a text that is one number and at most a unit, likewise.
  std::optional<Decimal> value;
  int decimals = 0;
  std::string unit;     // the words of the format or text beside the number: "%", "亿元", "x"
  double stored = 0;    // of a number, date or boolean, what the file has
  std::string formula;  // without its "="; empty if there is none, or none that is safe to carry
  uint32_t style = 0;   // index into Workbook::styles
  std::string comment;
  std::string link;  // http, https or mailto
};

struct SheetRange {
  uint32_t first_row = 0;
  uint32_t first_column = 0;
  uint32_t last_row = 0;  // included, as last_column
  uint32_t last_column = 0;
};

struct ColumnLook {
  uint32_t first = 0;
  uint32_t last = 0;  // included
  double width = 0;   // characters; 0: not said
  bool hidden = false;
  uint32_t style = 0;
};

struct RowLook {
  uint32_t row = 0;
  double height = 0;  // points; 0: not said
  bool hidden = false;
  uint8_t level = 0;  // of grouping
};

struct Sheet {
  std::string name;
  bool hidden = false;
  std::vector<SheetCell> cells;  // by row, then column; no two at one place
  std::vector<SheetRange> merged;
  std::vector<ColumnLook> columns;
  std::vector<RowLook> rows;
  uint32_t frozen_rows = 0;
  uint32_t frozen_columns = 0;
  bool gridlines = true;
  uint32_t tab_colour = kNoColour;
};

struct DefinedName {
  std::string name;
  std::string refers_to;  // a formula, without its "="
};

struct Workbook {
  std::string name;  // of the file, without folder and extension
  std::vector<Sheet> sheets;
  std::vector<CellStyle> styles;  // never empty: the first is the default
  std::vector<DefinedName> names;
  // What the file has and a copy of its cells has not: "charts or images on sheet “Model”".
  std::vector<std::string> lost;
};

}  // namespace jiyao
