#include "pipeline/segment/table.h"

#include <algorithm>
#include <utility>

#include "pipeline/segment/marker.h"
#include "pipeline/segment/scan.h"

namespace jiyao::segmenting {
namespace {

using Cells = std::vector<Span>;

enum class Separator { none, tab, pipe, gap };

struct Line {
  Span span;  // trimmed
  Separator separator = Separator::none;
  Cells cells;
};

constexpr uint32_t kLongestCell = 240;  // bytes: a longer one is prose
constexpr uint32_t kLongestLabel = 90;  // of a label that stands on a line of its own

Span trimmed_cell(std::string_view text, Span cell) {
  const Span span = trimmed(text, cell);
  return span.empty() ? Span{} : span;
}

Cells split(std::string_view text, Span line, char separator) {
  Cells cells;
  uint32_t begin = line.begin;
  for (uint32_t at = line.begin; at <= line.end; ++at) {
    if (at < line.end && text[at] != separator) continue;
    cells.push_back(trimmed_cell(text, {begin, at}));
    begin = at + 1;
  }
  return cells;
}

Cells split_gaps(std::string_view text, Span line) {
  Cells cells;
  uint32_t begin = line.begin;
  for (uint32_t at = line.begin; at < line.end; ++at) {
    if (text[at] != ' ' || at + 1 >= line.end || text[at + 1] != ' ') continue;
    cells.push_back(trimmed_cell(text, {begin, at}));
    while (at < line.end && text[at] == ' ') ++at;
    begin = at;
  }
  cells.push_back(trimmed_cell(text, {begin, line.end}));
  return cells;
}

// |---|:--:|: the line below the head of a Markdown table.
bool is_rule(std::string_view line) {
  return line.find("--") != std::string_view::npos && line.find_first_not_of("|-: \t+") == std::string_view::npos;
}

// A number that fills the cell, but for its sign, brackets and unit; or the
// dash of a cell without one.
bool is_value(std::string_view cell) {
  if (cell == "-" || cell == "--" || cell == "—" || cell == "/") return true;
  const size_t at = cell.find_first_not_of("(+-~<> ");
  if (at == std::string_view::npos || !is_digit(static_cast<unsigned char>(cell[at]))) return false;
  size_t behind = at;
  while (behind < cell.size() && (is_digit(static_cast<unsigned char>(cell[behind])) || cell[behind] == ',' ||
                                  cell[behind] == '.' || cell[behind] == '(' || cell[behind] == ')'))
    ++behind;
  // 00:12 tells the time in a transcript.
  return cell.substr(behind, 1) != ":" && count_code_points(cell.substr(behind)) <= 6;
}

Line line_of(std::string_view raw, Span whole) {
  Line line;
  line.span = trimmed(raw, whole);
  if (line.span.empty()) return line;
  const std::string_view body = cut_out(raw, line.span);
  if (body.find('|') != std::string_view::npos &&
      (body.front() == '|' || std::count(body.begin(), body.end(), '|') > 1)) {
    line.separator = Separator::pipe;
    if (is_rule(body)) return line;  // no cells
    Span inside = line.span;
    if (body.front() == '|') ++inside.begin;
    if (body.back() == '|' && inside.size() > 0) --inside.end;
    line.cells = split(raw, inside, '|');
  } else if (cut_out(raw, whole).find('\t') != std::string_view::npos) {
    line.separator = Separator::tab;
    line.cells = split(raw, whole, '\t');
  } else if (body.find("  ") != std::string_view::npos) {
    line.cells = split_gaps(raw, line.span);
    if (line.cells.size() >= 3) line.separator = Separator::gap;
  }
  const auto longest =
      std::max_element(line.cells.begin(), line.cells.end(), [](Span a, Span b) { return a.size() < b.size(); });
  if (longest != line.cells.end() && longest->size() > kLongestCell) line.separator = Separator::none;
  return line;
}

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<TableLines> run() {
    for_each_line(text_, [this](Span line) { add(line_of(text_, line)); });
    close();
    return std::move(found_);
  }

 private:
  void add(Line line) {
    if (line.separator == Separator::none) {
      const bool label = may_be_label(line);
      if (label && !rows_.empty() && waiting_.empty()) {
        waiting_ = line.span;
        return;
      }
      close();
      if (label) waiting_ = line.span;
      return;
    }
    if (!rows_.empty() && line.separator != separator_) close();
    separator_ = line.separator;
    if (line.cells.empty()) return;
    take_waiting(line.cells.front());
    rows_.push_back(std::move(line.cells));
  }

  // 營業收入⏎(單位:千元)⇥1,234: a label in two lines, of which the second has
  // the cells.
  bool may_be_label(const Line& line) const {
    const std::string_view body = cut_out(text_, line.span);
    return !body.empty() && body.size() <= kLongestLabel && !ends_sentence(body) &&
           marker_at(body).style == MarkerStyle::none;
  }

  // Before the first row only a bracket goes on with the line above.
  void take_waiting(Span& first) {
    const Span above = std::exchange(waiting_, Span{});
    if (above.empty() || first.empty()) return;
    if (!rows_.empty() || text_[first.begin] == '(') first.begin = above.begin;
  }

  void close() {
    // Behind its first cell, which may be the number of an item.
    const auto has_value = [&](const Cells& cells) {
      return std::any_of(cells.begin() + 1, cells.end(),
                         [&](Span c) { return !c.empty() && is_value(cut_out(text_, c)); });
    };
    // Indented lines have one cell each.
    const auto is_row = [](const Cells& cells) {
      return std::count_if(cells.begin(), cells.end(), [](Span c) { return !c.empty(); }) > 1;
    };
    const auto with_values = static_cast<size_t>(std::count_if(rows_.begin(), rows_.end(), has_value));
    const auto real_rows = std::count_if(rows_.begin(), rows_.end(), is_row);
    // Gaps also part words: there every row but the head must have figures.
    const size_t least = separator_ == Separator::gap ? std::max<size_t>(2, rows_.size() - 1) : 1;
    if (real_rows >= 2 && with_values >= least) {
      TableLines table;
      table.span = {UINT32_MAX, 0};
      for (const Cells& cells : rows_)
        for (const Span cell : cells)
          if (!cell.empty()) table.span = {std::min(table.span.begin, cell.begin), std::max(table.span.end, cell.end)};
      table.rows = std::move(rows_);
      found_.push_back(std::move(table));
    }
    rows_.clear();
    waiting_ = {};
  }

  std::string_view text_;
  std::vector<TableLines> found_;
  std::vector<Cells> rows_;
  Separator separator_ = Separator::none;
  Span waiting_;  // a short line that may be the beginning of the next row's label
};

}  // namespace

std::vector<TableLines> find_tables(std::string_view text) { return Finder(text).run(); }

}  // namespace jiyao::segmenting
