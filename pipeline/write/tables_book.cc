#include "pipeline/write/tables_book.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "pipeline/model/cell.h"
#include "pipeline/model/period.h"
#include "pipeline/model/url.h"
#include "pipeline/write/book_cells.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kAbout = {{
    {"metrics", "One row per fact. Coloured: a finding concerns it. Blue: opens the source at the figure."},
    {"ledger", "One row per number of the text. Coloured: no rule could place it."},
    {"findings", "One row per contradiction (red) or suspicion (amber). fact_ids leads to the row in metrics."},
    {"unapplied", "One row per decision of the review that could not be applied, and why."},
}};

}  // namespace

struct TablesBook::Impl {
  Impl(std::filesystem::path to, const BookLimits& allowed) : path(std::move(to)), limits(allowed) {}

  void require(lxw_error error) const {
    if (error != LXW_NO_ERROR) throw std::runtime_error(fmt::format("{}: {}", path.string(), lxw_strerror(error)));
  }

  void open();
  void begin_sheet();
  void end_sheet();
  void end_table();
  void colour_rows(std::string_view column, const std::string& condition, lxw_format* format) const;
  void put(lxw_col_t at, const std::string& cell);
  bool put_number(lxw_col_t at, std::string_view cell);
  bool put_date(lxw_col_t at, std::string_view cell) const;
  bool put_link(lxw_col_t at, const std::string& shown);
  std::string link_of(std::string_view column) const;
  lxw_format* number_format(int decimals);
  lxw_format* filled(uint32_t colour) const;
  void write_about();

  lxw_col_t column(std::string_view name) const {
    return static_cast<lxw_col_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
  }
  const std::string& cell(std::string_view name) const {
    static const std::string none;
    const lxw_col_t at = column(name);
    return at < row_cells->size() ? (*row_cells)[at] : none;
  }

  std::filesystem::path path;
  BookLimits limits;
  lxw_workbook* book = nullptr;
  lxw_format* header = nullptr;
  lxw_format* number_header = nullptr;
  lxw_format* long_number = nullptr;
  lxw_format* date = nullptr;
  lxw_format* linked = nullptr;
  std::map<int, lxw_format*> numbers;  // by digits behind the point

  // The table and the sheet at hand.
  std::string table;
  std::vector<std::string> columns;
  std::vector<ColumnStyle> styles;
  std::vector<std::string_view> link_columns;
  lxw_worksheet* sheet = nullptr;
  std::string sheet_name;
  int sheets = 0;    // of the table
  uint32_t row = 0;  // the next one
  uint32_t links = 0;
  const std::vector<std::string>* row_cells = nullptr;

  std::map<std::string, std::string, std::less<>> places;  // of facts with findings, as internal links
  std::vector<std::string> tables;                         // all there are
  size_t unlinked = 0;
  size_t cut = 0;
  size_t replaced = 0;
  std::vector<std::string> notes;
};

void TablesBook::Impl::open() {
  std::string folder = path.parent_path().string();
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = folder.data();
  options.use_zip64 = LXW_FALSE;
  book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) throw std::runtime_error(path.string() + ": cannot be written");
  constexpr time_t kYear1980 = 315532800;
  std::string title = "jiyao";
  lxw_doc_properties properties = {};
  properties.title = title.data();
  properties.created = kYear1980;
  require(workbook_set_properties(book, &properties));
  header = workbook_add_format(book);
  number_header = workbook_add_format(book);
  for (lxw_format* format : {header, number_header}) {
    format_set_bold(format);
    format_set_bg_color(format, 0xE7ECF2);
    format_set_bottom(format, LXW_BORDER_THIN);
  }
  long_number = workbook_add_format(book);
  for (lxw_format* format : {number_header, long_number}) format_set_align(format, LXW_ALIGN_RIGHT);
  date = workbook_add_format(book);
  format_set_num_format(date, "yyyy-mm-dd");
  linked = workbook_add_format(book);
  format_set_font_color(linked, 0x0B57D0);
  format_set_underline(linked, LXW_UNDERLINE_SINGLE);
}

lxw_format* TablesBook::Impl::number_format(int decimals) {
  lxw_format*& format = numbers[decimals];
  if (format == nullptr) {
    format = workbook_add_format(book);
    const std::string digits = decimals == 0 ? "#,##0" : "#,##0." + std::string(static_cast<size_t>(decimals), '0');
    format_set_num_format(format, digits.c_str());
  }
  return format;
}

lxw_format* TablesBook::Impl::filled(uint32_t colour) const {
  lxw_format* format = workbook_add_format(book);
  format_set_bg_color(format, colour);
  return format;
}

void TablesBook::Impl::begin_sheet() {
  ++sheets;
  sheet_name = sheets == 1 ? table : fmt::format("{} {}", table, sheets);
  sheet = workbook_add_worksheet(book, sheet_name.c_str());
  if (sheet == nullptr) throw std::runtime_error(path.string() + ": no further sheet can be made");
  links = 0;
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    require(worksheet_set_column(sheet, at, at, styles[i].width, nullptr));
    lxw_format* format = styles[i].kind == BookCell::number ? number_header : header;
    require(worksheet_write_string(sheet, 0, at, columns[i].c_str(), format));
  }
  worksheet_freeze_panes(sheet, 1, 0);
  row = 1;
}

void TablesBook::Impl::colour_rows(std::string_view of, const std::string& condition, lxw_format* format) const {
  const lxw_col_t at = column(of);
  if (at >= columns.size() || row < 2) return;
  std::array<char, LXW_MAX_COL_NAME_LENGTH> letters = {};
  lxw_col_to_name(letters.data(), at, LXW_FALSE);
  std::string formula = fmt::format("=${}2{}", letters.data(), condition);
  lxw_conditional_format rule = {};
  rule.type = LXW_CONDITIONAL_TYPE_FORMULA;
  rule.value_string = formula.data();
  rule.format = format;
  require(worksheet_conditional_format_range(sheet, 1, 0, row - 1, static_cast<lxw_col_t>(columns.size() - 1), &rule));
}

void TablesBook::Impl::end_sheet() {
  if (sheet == nullptr) return;
  require(worksheet_autofilter(sheet, 0, 0, row - 1, static_cast<lxw_col_t>(columns.size() - 1)));
  if (table == "metrics") colour_rows("findings", "<>\"\"", filled(0xFDE9D0));
  if (table == "ledger") colour_rows("class", "=\"unresolved\"", filled(0xFFF6CC));
  if (table == "findings") {
    colour_rows("severity", "=\"contradiction\"", filled(0xFBD9D7));
    colour_rows("severity", "=\"suspicious\"", filled(0xFDE9D0));
  }
  sheet = nullptr;
}

void TablesBook::Impl::end_table() {
  end_sheet();
  if (sheets > 1) {
    notes.push_back(fmt::format("{}: more than {} rows, they go on in {}", table, limits.rows - 1, sheet_name));
  }
  if (unlinked > 0) {
    notes.push_back(fmt::format("{}: {} rows have no link, a sheet may have {}; the column link has it", table,
                                unlinked, limits.links));
  }
  unlinked = 0;
}

bool TablesBook::Impl::put_number(lxw_col_t at, std::string_view cell) {
  const auto number = exact_number(cell);
  if (!number) return false;
  const bool is_value = columns[at].starts_with("value");
  lxw_format* format = is_value ? number_format(number->decimals) : nullptr;
  require(worksheet_write_number(sheet, row, at, number->value, format));
  return true;
}

// Excel has no days before 1900.
bool TablesBook::Impl::put_date(lxw_col_t at, std::string_view cell) const {
  const auto day = Date::parse(cell);
  if (!day || day->year < 1901 || day->year > 9999) return false;
  lxw_datetime when = {};
  when.year = day->year;
  when.month = day->month;
  when.day = day->day;
  require(worksheet_write_datetime(sheet, row, at, &when, date));
  return true;
}

// Where a cell of the row at hand leads to: the audit page, the row of metrics.
// Excel writes names of files as they are.
std::string TablesBook::Impl::link_of(std::string_view of) const {
  if (of != "fact_ids") return cell("link").empty() ? "" : "external:" + path_of(cell("link"));
  const std::string_view ids = cell("fact_ids");
  const auto place = places.find(ids.substr(0, ids.find(';')));
  return place == places.end() ? "" : place->second;
}

bool TablesBook::Impl::put_link(lxw_col_t at, const std::string& shown) {
  if (std::find(link_columns.begin(), link_columns.end(), columns[at]) == link_columns.end()) return false;
  const std::string link = link_of(columns[at]);
  if (link.empty()) return false;
  if (links >= limits.links) {
    ++unlinked;
    return false;
  }
  require(worksheet_write_url_opt(sheet, row, at, link.c_str(), linked, shown.c_str(), nullptr));
  ++links;
  return true;
}

void TablesBook::Impl::put(lxw_col_t at, const std::string& cell) {
  if (cell.empty()) return;
  if (styles[at].kind == BookCell::number && put_number(at, cell)) return;
  if (styles[at].kind == BookCell::date && put_date(at, cell)) return;
  const Fitted fitted = fitting(unguarded(cell), limits.characters);
  const std::string& shown = fitted.text;
  cut += fitted.cut;
  replaced += fitted.replaced;
  if (put_link(at, shown)) return;
  lxw_format* format = styles[at].kind == BookCell::number ? long_number : nullptr;
  require(worksheet_write_string(sheet, row, at, shown.c_str(), format));
}

void TablesBook::Impl::write_about() {
  lxw_worksheet* about = workbook_add_worksheet(book, "about");
  if (about == nullptr) throw std::runtime_error(path.string() + ": no further sheet can be made");
  require(worksheet_set_column(about, 0, 0, 22, nullptr));
  require(worksheet_set_column(about, 1, 1, 110, nullptr));
  std::vector<std::pair<std::string, std::string>> lines = {{"columns", fmt::format("version {}", kTablesVersion)}};
  for (const std::string& name : tables) {
    const auto known = std::find_if(kAbout.begin(), kAbout.end(), [&](const auto& line) { return line.first == name; });
    if (known != kAbout.end()) lines.emplace_back(*known);
  }
  lines.emplace_back("numbers", "More than 15 digits are kept as text: Excel would drop the rest.");
  for (const std::string& note : notes) lines.emplace_back("note", note);
  for (lxw_row_t i = 0; i < lines.size(); ++i) {
    require(worksheet_write_string(about, i, 0, lines[i].first.c_str(), header));
    require(worksheet_write_string(about, i, 1, lines[i].second.c_str(), nullptr));
  }
}

TablesBook::TablesBook(const std::filesystem::path& path, const BookLimits& limits)
    : impl_(std::make_unique<Impl>(path, limits)) {
  impl_->open();
}

TablesBook::~TablesBook() {
  if (impl_->book != nullptr) lxw_workbook_free(impl_->book);
}

void TablesBook::begin_table(const std::string& name, const std::vector<std::string>& columns, size_t rows) {
  impl_->end_table();
  impl_->table = name;
  impl_->tables.push_back(name);
  impl_->columns = columns;
  impl_->sheets = 0;
  impl_->styles.clear();
  std::transform(columns.begin(), columns.end(), std::back_inserter(impl_->styles), style_of);
  // Two links a row only if there is room for all of them.
  impl_->link_columns = name == "findings" ? std::vector<std::string_view>{"finding_id", "fact_ids"}
                                           : std::vector<std::string_view>{"fact_id", "figure"};
  if (rows * 2 > impl_->limits.links) impl_->link_columns.pop_back();
  impl_->begin_sheet();
}

void TablesBook::add_row(const std::vector<std::string>& cells) {
  if (impl_->row >= impl_->limits.rows) {
    impl_->end_sheet();
    impl_->begin_sheet();
  }
  impl_->row_cells = &cells;
  if (impl_->table == "metrics" && !impl_->cell("findings").empty()) {
    impl_->places[impl_->cell("fact_id")] = fmt::format("internal:'{}'!A{}", impl_->sheet_name, impl_->row + 1);
  }
  for (lxw_col_t i = 0; i < cells.size() && i < impl_->columns.size(); ++i) impl_->put(i, cells[i]);
  ++impl_->row;
}

std::vector<std::string> TablesBook::finish() {
  impl_->end_table();
  if (impl_->cut > 0) {
    impl_->notes.push_back(
        fmt::format("{} cells have more than {} characters and are cut", impl_->cut, impl_->limits.characters));
  }
  if (impl_->replaced > 0) {
    impl_->notes.push_back(fmt::format("{} cells hold controls, which are shown as \xEF\xBF\xBD", impl_->replaced));
  }
  impl_->write_about();
  lxw_workbook* book = std::exchange(impl_->book, nullptr);  // closing frees it, whatever comes of it
  impl_->require(workbook_close(book));
  return impl_->notes;
}

}  // namespace jiyao
