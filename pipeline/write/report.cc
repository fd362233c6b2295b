#include "pipeline/write/report.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "pipeline/write/book_cells.h"
#include "pipeline/write/report_book.h"

namespace jiyao {

namespace {

constexpr size_t kLongestLink = 2000;  // of an Excel link
constexpr size_t kMostLinks = 60000;   // of an Excel sheet
constexpr size_t kMostPlainComments = 5000;
constexpr size_t kMostListed = 100'000;   // of checked cells; the sheets have them all
constexpr double kPadding = 0.7109375;    // what the library adds to a column's width
constexpr uint32_t kLongestCell = 32000;  // UTF-16 units, safely below what a cell can hold

// What a cell or a comment can hold of it.
std::string cut(std::string_view text, uint32_t limit) { return fitting(text, limit).text; }

// The sentence around its figure, for a small box.
std::string short_quote(std::string_view quote, std::string_view figure) {
  constexpr size_t kSide = 120;  // bytes to each side
  if (quote.size() <= 3 * kSide) return std::string(quote);
  const size_t found = quote.find(figure);
  const size_t at = found == quote.npos ? 0 : found;
  const auto edge = [&](size_t i) {
    while (i > 0 && i < quote.size() && (static_cast<unsigned char>(quote[i]) & 0xC0) == 0x80) --i;
    return std::min(i, quote.size());
  };
  const size_t begin = edge(at > kSide ? at - kSide : 0);
  const size_t end = edge(std::min(at + figure.size() + kSide, quote.size()));
  return (begin > 0 ? "…" : "") + std::string(quote.substr(begin, end - begin)) + (end < quote.size() ? "…" : "");
}

class Report {
 public:
  Report(ReportBook& book, const Workbook& workbook, const Reconciliation& reconciliation, const MetricsTable& table,
         const std::string& links)
      : book_(book), workbook_(workbook), reconciliation_(reconciliation), table_(table), links_(links) {
    for (const CheckedCell& checked : reconciliation.cells) verdicts_[key(checked.sheet, checked.cell)] = &checked;
  }

  void write() {
    for (uint32_t i = 0; i < workbook_.sheets.size(); ++i) copy_sheet(i);
    for (const DefinedName& name : workbook_.names) book_.define(name);
    write_summary();
    write_cells();
    write_missing();
  }

 private:
  static uint64_t key(uint32_t sheet, uint32_t cell) { return uint64_t{sheet} << 32 | cell; }

  std::string stated(uint32_t row, const char* column) const { return std::string(table_.cell(row, column)); }

  std::string place(uint32_t row) const {
    return stated(row, "document") + ":" + stated(row, "line") + ":" + stated(row, "column");
  }

  std::string link(uint32_t row) const {
    const std::string target = stated(row, "link");
    // A relative URL; the library's own "external:" would turn its slashes round.
    return target.empty() ? "" : links_ + target;
  }

  std::string value_of(uint32_t row) const {
    const std::string value = stated(row, "value");
    const std::string size = value.empty() ? stated(row, "value_low") + ".." + stated(row, "value_high") : value;
    return stated(row, "figure") + " (" + size + " " + stated(row, "unit") + ")";
  }

  const CellStyle& style_at(uint32_t index) const {
    return workbook_.styles[index < workbook_.styles.size() ? index : 0];
  }

  void copy_sheet(uint32_t index) {
    const Sheet& sheet = workbook_.sheets[index];
    lxw_worksheet* to = book_.add_sheet(sheet.name);
    names_.emplace_back(to->name);
    links_left_ = kMostLinks;
    copy_looks(sheet, to);
    for (uint32_t i = 0; i < sheet.cells.size(); ++i) {
      const auto verdict = verdicts_.find(key(index, i));
      write_cell(to, sheet.cells[i], verdict == verdicts_.end() ? nullptr : verdict->second);
    }
    if (sheet.hidden) worksheet_hide(to);
  }

  void copy_looks(const Sheet& sheet, lxw_worksheet* to) {
    for (const ColumnLook& look : sheet.columns) {
      lxw_row_col_options options = {.hidden = look.hidden, .level = 0, .collapsed = 0};
      worksheet_set_column_opt(to, static_cast<lxw_col_t>(look.first), static_cast<lxw_col_t>(look.last),
                               look.width > kPadding ? look.width - kPadding : LXW_DEF_COL_WIDTH,
                               look.style == 0 ? nullptr : book_.format(style_at(look.style)), &options);
    }
    for (const RowLook& look : sheet.rows) {
      lxw_row_col_options options = {.hidden = look.hidden, .level = look.level, .collapsed = 0};
      worksheet_set_row_opt(to, look.row, look.height > 0 ? look.height : LXW_DEF_ROW_HEIGHT, nullptr, &options);
    }
    for (const SheetRange& range : sheet.merged) {
      worksheet_merge_range(to, range.first_row, static_cast<lxw_col_t>(range.first_column), range.last_row,
                            static_cast<lxw_col_t>(range.last_column), "", nullptr);
    }
    if (sheet.frozen_rows != 0 || sheet.frozen_columns != 0)
      worksheet_freeze_panes(to, sheet.frozen_rows, static_cast<lxw_col_t>(sheet.frozen_columns));
    if (!sheet.gridlines) worksheet_gridlines(to, LXW_HIDE_ALL_GRIDLINES);
    if (sheet.tab_colour != kNoColour) worksheet_set_tab_color(to, sheet.tab_colour);
  }

  void write_cell(lxw_worksheet* to, const SheetCell& cell, const CheckedCell* checked) {
    lxw_format*& format = formats_[{cell.style, checked == nullptr ? -1 : static_cast<int>(checked->verdict)}];
    if (format == nullptr) {
      format = book_.format(style_at(cell.style), checked == nullptr ? std::nullopt : std::optional(checked->verdict));
    }
    const auto column = static_cast<lxw_col_t>(cell.column);
    const std::string source = checked != nullptr && checked->row != kNone ? link(checked->row) : "";
    const std::string& target = source.empty() ? cell.link : source;
    // The link first: what is written over it is the cell's own again, and the link stays.
    if (!target.empty() && target.size() <= kLongestLink && links_left_ > 0) {
      --links_left_;
      worksheet_write_url(to, cell.row, column, target.c_str(), format);
    }
    write_content(to, cell, column, format);
    const std::string comment = comment_of(cell, checked);
    // Of a sheet of hundreds of thousands, the colour alone says that nothing was found.
    const bool plain = checked != nullptr && checked->row == kNone && checked->note.empty() && cell.comment.empty();
    if (comment.empty() || (plain && ++plain_comments_ > kMostPlainComments)) return;
    lxw_comment_options options = {};
    options.width = 320;
    options.height = 150;
    options.author = const_cast<char*>("jiyao");
    worksheet_write_comment_opt(to, cell.row, column, comment.c_str(), &options);
  }

  static void write_content(lxw_worksheet* to, const SheetCell& cell, lxw_col_t column, lxw_format* format) {
    const std::string formula = "=" + cell.formula;
    const bool calculated = !cell.formula.empty();
    const bool numeric = cell.kind == CellKind::number || cell.kind == CellKind::date;
    if (calculated && numeric) {
      worksheet_write_formula_num(to, cell.row, column, formula.c_str(), format, cell.stored);
    } else if (calculated) {
      worksheet_write_formula_str(to, cell.row, column, formula.c_str(), format, cut(cell.text, kLongestCell).c_str());
    } else if (numeric) {
      worksheet_write_number(to, cell.row, column, cell.stored, format);
    } else if (cell.kind == CellKind::boolean) {
      worksheet_write_boolean(to, cell.row, column, cell.stored != 0, format);
    } else if (cell.kind == CellKind::blank) {
      worksheet_write_blank(to, cell.row, column, format);
    } else {
      worksheet_write_string(to, cell.row, column, cut(cell.text, kLongestCell).c_str(), format);
    }
  }

  std::string comment_of(const SheetCell& cell, const CheckedCell* checked) const {
    if (checked == nullptr) return cut(cell.comment, kLongestCell / 2);
    std::string text = std::string(name(checked->verdict)) + " " + look_of(checked->verdict).zh;
    if (checked->row != kNone) {
      text += "\nstated: " + value_of(checked->row) + "\n" + place(checked->row);
      text += "\n“" + short_quote(table_.cell(checked->row, "quote"), table_.cell(checked->row, "figure")) + "”";
    }
    if (!checked->note.empty()) text += "\n" + checked->note;
    if (!checked->agreeing.empty())
      text += fmt::format("\nalso at {}{}", place(checked->agreeing.front()), more(checked->agreeing));
    // Of a number that agrees, the note says what opposes it.
    const bool agrees = checked->verdict == CellVerdict::supported || checked->verdict == CellVerdict::rounding;
    if (!checked->opposing.empty() && !agrees)
      text += fmt::format("\nalso {} at {}{}", value_of(checked->opposing.front()), place(checked->opposing.front()),
                          more(checked->opposing));
    if (!cell.comment.empty()) text += "\n———\n" + cell.comment;
    return cut(text, kLongestCell / 2);
  }

  static std::string more(const std::vector<uint32_t>& rows) {
    return rows.size() < 2 ? "" : fmt::format(" and {} more", rows.size() - 1);
  }

  void row_of(lxw_worksheet* to, lxw_row_t row, const std::vector<std::string>& texts, const CellStyle& style = {}) {
    lxw_format* format = book_.format(style);
    for (size_t i = 0; i < texts.size(); ++i)
      if (!texts[i].empty())
        worksheet_write_string(to, row, static_cast<lxw_col_t>(i), cut(texts[i], kLongestCell).c_str(), format);
  }

  static CellStyle header_style() {
    CellStyle style;
    style.bold = true;
    style.border[3] = LXW_BORDER_THIN;
    return style;
  }

  void write_summary() {
    lxw_worksheet* to = book_.add_sheet("Reconciliation");
    worksheet_set_column(to, 0, 0, 18, nullptr);
    worksheet_set_column(to, 1, 1, 10, nullptr);
    worksheet_set_column(to, 2, 2, 90, nullptr);
    row_of(to, 0, {"verdict", "cells", "meaning"}, header_style());
    lxw_row_t row = 1;
    for (size_t i = 0; i < kVerdictNames.size(); ++i, ++row) {
      const auto verdict = static_cast<CellVerdict>(i);
      const std::string label = std::string(name(verdict)) + " " + look_of(verdict).zh;
      worksheet_write_string(to, row, 0, label.c_str(), book_.format({}, verdict));
      worksheet_write_number(to, row, 1, static_cast<double>(reconciliation_.count(verdict)), nullptr);
      worksheet_write_string(to, row, 2, look_of(verdict).means, nullptr);
    }
    row_of(to, row, {"checked", "", "numbers of the sheet"});
    worksheet_write_number(to, row++, 1, static_cast<double>(reconciliation_.cells.size()), nullptr);
    row_of(to, row, {"not in the sheet", "", "statements of the same companies and periods that no cell uses"});
    worksheet_write_number(to, row++, 1, static_cast<double>(reconciliation_.unused.size()), nullptr);
    ++row;
    for (const std::string& note : reconciliation_.notes) row_of(to, row++, {"note", "", note});
    for (const std::string& lost : workbook_.lost) row_of(to, row++, {"not copied", "", lost});
  }

  void write_cells() {
    static const std::vector<std::string> kColumns = {"verdict", "sheet",  "cell",         "shown",  "stated",  "label",
                                                      "company", "metric", "segment",      "period", "basis",   "unit",
                                                      "value",   "source", "stated value", "note",   "sentence"};
    lxw_worksheet* to = book_.add_sheet("Checked cells");
    links_left_ = kMostLinks;
    row_of(to, 0, kColumns, header_style());
    constexpr std::array<double, 17> kWidths = {13, 14, 7, 12, 14, 30, 10, 20, 14, 12, 7, 10, 16, 34, 24, 44, 80};
    for (size_t i = 0; i < kWidths.size(); ++i)
      worksheet_set_column(to, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), kWidths[i], nullptr);
    lxw_row_t row = 1;
    for (const CheckedCell& checked : reconciliation_.cells) {
      if (row > kMostListed) {
        row_of(to, row,
               {"…", fmt::format("{} more; --format csv lists them all", reconciliation_.cells.size() - kMostListed)});
        break;
      }
      write_checked(to, row++, checked);
    }
    worksheet_freeze_panes(to, 1, 3);
    if (row > 1) worksheet_autofilter(to, 0, 0, row - 1, static_cast<lxw_col_t>(kColumns.size() - 1));
  }

  void write_checked(lxw_worksheet* to, lxw_row_t row, const CheckedCell& checked) {
    const SheetCell& cell = workbook_.sheets[checked.sheet].cells[checked.cell];
    const std::string where = cell_name(cell.row, cell.column);
    const bool found = checked.row != kNone;
    row_of(to, row,
           {"", workbook_.sheets[checked.sheet].name, where, cell.text, found ? stated(checked.row, "figure") : "",
            checked.label, checked.company, checked.metric, checked.segment, checked.period, checked.basis,
            checked.unit, checked.value, found ? place(checked.row) : "", found ? value_of(checked.row) : "",
            checked.note, found ? stated(checked.row, "quote") : ""});
    worksheet_write_string(to, row, 0, name(checked.verdict), book_.format({}, checked.verdict));
    std::string sheet = names_[checked.sheet];
    for (size_t at = sheet.find('\''); at != sheet.npos; at = sheet.find('\'', at + 2)) sheet.insert(at, 1, '\'');
    linked(to, row, 2, "internal:'" + sheet + "'!" + where, where);
    if (found) linked(to, row, 13, link(checked.row), place(checked.row));
  }

  void linked(lxw_worksheet* to, lxw_row_t row, lxw_col_t column, const std::string& target, const std::string& text) {
    if (target.empty() || target.size() > kLongestLink || links_left_ == 0) return;
    --links_left_;
    CellStyle style;
    style.underlined = true;
    style.colour = 0x0563C1;
    worksheet_write_url(to, row, column, target.c_str(), book_.format(style));
    worksheet_write_string(to, row, column, cut(text, kLongestCell).c_str(), book_.format(style));
  }

  void write_missing() {
    lxw_worksheet* to = book_.add_sheet("Not in the sheet");
    links_left_ = kMostLinks;
    row_of(to, 0,
           {"company", "metric", "name", "segment", "period", "basis", "stated", "value", "unit", "status", "source",
            "sentence"},
           header_style());
    constexpr std::array<double, 12> kWidths = {12, 22, 24, 18, 16, 8, 14, 18, 7, 10, 34, 90};
    for (size_t i = 0; i < kWidths.size(); ++i)
      worksheet_set_column(to, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), kWidths[i], nullptr);
    lxw_row_t row = 1;
    for (const uint32_t at : reconciliation_.unused) {
      const std::string value = stated(at, "value");
      row_of(to, row,
             {stated(at, "company"), stated(at, "metric"), stated(at, "subject"), stated(at, "segment"),
              stated(at, "period"), stated(at, "basis"), stated(at, "figure"),
              value.empty() ? stated(at, "value_low") + ".." + stated(at, "value_high") : value, stated(at, "unit"),
              stated(at, "status"), place(at), stated(at, "quote")});
      linked(to, row++, 10, link(at), place(at));
    }
    worksheet_freeze_panes(to, 1, 0);
    if (row > 1) worksheet_autofilter(to, 0, 0, row - 1, 11);
  }

  ReportBook& book_;
  const Workbook& workbook_;
  const Reconciliation& reconciliation_;
  const MetricsTable& table_;
  const std::string& links_;
  std::unordered_map<uint64_t, const CheckedCell*> verdicts_;  // looked up only
  std::vector<std::string> names_;                             // of the copied sheets
  size_t links_left_ = 0;
  size_t plain_comments_ = 0;
  std::map<std::pair<uint32_t, int>, lxw_format*> formats_;  // by style and verdict, or -1
};

}  // namespace

void write_report(const std::filesystem::path& path, const Workbook& workbook, const Reconciliation& reconciliation,
                  const MetricsTable& statements, const std::string& links) {
  ReportBook book(path);
  Report(book, workbook, reconciliation, statements, links).write();
  book.close();
}

}  // namespace jiyao
