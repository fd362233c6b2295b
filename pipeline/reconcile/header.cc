#include "pipeline/reconcile/header.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace jiyao::reconciling {
namespace {

int months_between(Date a, Date b) { return (b.year - a.year) * 12 + b.month - a.month; }

class HeaderReader {
 public:
  HeaderReader(const Grid& grid, const Known& known) : grid_(grid), known_(known) {}

  std::optional<Header> read(size_t row) {
    Header header{row, row, {}};
    if (has_data(row)) return std::nullopt;
    for (const GridCell& at : grid_.rows()[row].cells)
      if (auto head = head_of(at)) header.columns.push_back(*head);
    if (header.columns.empty()) return std::nullopt;
    const bool below = next_row_follows(row) && !has_data(row + 1);
    if (below && (combine(header, row + 1) || refine(header, row + 1))) header.last = row + 1;
    inherit(header, row);
    drop_bare(header);
    if (header.columns.empty()) return std::nullopt;
    date_by_distance(header.columns);
    return header;
  }

 private:
  const PeriodHead& period_of(const GridCell& at) const {
    const SheetCell& cell = grid_.of(at);
    const auto [found, added] =
        known_.heads.try_emplace(static_cast<char>('0' + static_cast<int>(cell.kind)) + cell.text);
    if (added) found->second = read_head(cell, known_.words, known_.reader);
    return found->second;
  }

  std::string folded(const GridCell& at) const { return known_.reader.fold(grid_.of(at).text); }

  std::optional<ColumnHead> head_of(const GridCell& at) const {
    ColumnHead head{at.column, period_of(at), {}};
    if (head.period.period.empty()) return std::nullopt;
    return accepted(std::move(head));
  }

  // A header says nothing but a period, and perhaps how it is measured.
  std::optional<ColumnHead> accepted(ColumnHead head) const {
    head.label = read_label(head.period.rest, known_.words);
    if (!head.label.targets.empty() || !head.label.segment.empty() || head.label.rolling) return std::nullopt;
    if (!head.label.status.empty() && head.period.status.empty()) head.period.status = head.label.status;
    return head;
  }

  bool next_row_follows(size_t row) const {
    return row + 1 < grid_.rows().size() && grid_.rows()[row + 1].row <= grid_.rows()[row].row + 1;
  }

  // Numbers that are no years.
  bool has_data(size_t row) const {
    const auto cells = grid_.rows()[row].cells;
    return std::any_of(cells.begin(), cells.end(), [this](const GridCell& at) {
      return holds_number(grid_.of(at), known_) && period_of(at).period.empty();
    });
  }

  // Heads are sorted by column.
  static const ColumnHead* left_of(const std::vector<ColumnHead>& heads, uint32_t column) {
    const auto at = std::upper_bound(heads.begin(), heads.end(), column,
                                     [](uint32_t c, const ColumnHead& head) { return c < head.column; });
    return at == heads.begin() ? nullptr : &*std::prev(at);
  }

  static const ColumnHead* at_column(const std::vector<ColumnHead>& heads, uint32_t column) {
    const ColumnHead* head = left_of(heads, column);
    return head != nullptr && head->column == column ? head : nullptr;
  }

  // Further heads among them; of two at one column the further one counts.
  static void add_heads(Header& header, std::vector<ColumnHead> more) {
    std::erase_if(header.columns, [&](const ColumnHead& head) { return at_column(more, head.column) != nullptr; });
    header.columns.insert(header.columns.end(), std::make_move_iterator(more.begin()),
                          std::make_move_iterator(more.end()));
    std::sort(header.columns.begin(), header.columns.end(),
              [](const ColumnHead& a, const ColumnHead& b) { return a.column < b.column; });
  }

  // Years above, their quarters below: 2024 over Q1, Q2, Q3, Q4, FY.
  bool combine(Header& header, size_t row) {
    std::vector<ColumnHead> combined;
    bool any = false;
    for (const GridCell& at : grid_.rows()[row].cells) {
      const ColumnHead* above = left_of(header.columns, at.column);
      if (above == nullptr) continue;
      if (auto own = head_of(at)) {
        combined.push_back(*own);
        any = true;
        continue;
      }
      const Period& year = above->period.period;
      if (year.text().size() != 4) continue;
      const std::string text = folded(at);
      ColumnHead head{at.column, {}, {}};
      const std::string word = trimmed(text);
      const bool whole = word == "fy" || word == "full year" || word == "year" || word == "全年" || word == "年度" ||
                         word == "fya" || word == "fye";
      head.period = whole ? above->period : read_head(year.text() + " " + text, known_.words, known_.reader);
      if (head.period.period.empty() || (!whole && head.period.period == year)) continue;
      if (head.period.status.empty()) head.period.status = above->period.status;
      auto accepted_head = accepted(std::move(head));
      if (!accepted_head) continue;
      any = true;
      combined.push_back(std::move(*accepted_head));
    }
    if (!any) return false;
    add_heads(header, std::move(combined));
    return true;
  }

  // A label of a column that says how it is measured, or that it is the value.
  std::optional<Label> measure(const GridCell& at) const {
    if (grid_.of(at).kind != CellKind::text) return std::nullopt;
    const std::string text = folded(at);
    if (known_.words.find("value", trimmed(text)) != nullptr) return Label{};
    Label label = read_label(text, known_.words);
    const bool says = !label.basis.empty() || !label.status.empty() || label.unit.says_something();
    if (!says || !label.targets.empty() || !label.segment.empty()) return std::nullopt;
    return label;
  }

  // A second row of the header: 数值, 同比, 环比 below each period.
  bool refine(Header& header, size_t row) {
    bool any = false;
    std::vector<ColumnHead> more;
    const uint32_t first = header.columns.front().column;
    for (const GridCell& at : grid_.rows()[row].cells) {
      if (at.column < first) continue;
      const auto label = measure(at);
      if (!label) return false;
      any = true;
      ColumnHead head = *left_of(header.columns, at.column);
      head.column = at.column;
      head.label.basis = label->basis.empty() ? head.label.basis : label->basis;
      head.label.unit = merged(label->unit, head.label.unit);
      if (!label->status.empty()) head.period.status = label->status;
      more.push_back(std::move(head));
    }
    add_heads(header, std::move(more));
    return any;
  }

  // 2024Q4 | 同比 | 环比, or FY25 | FY24 | Chg: what has no period of its own
  // is of the latest to its left, since the last such column.
  void inherit(Header& header, size_t first) {
    std::vector<ColumnHead> more;
    std::optional<ColumnHead> latest;
    bool measured = false;
    for (const GridCell& at : grid_.rows()[first].cells) {
      if (const ColumnHead* own = at_column(header.columns, at.column)) {
        const bool later = !latest || measured || own->period.period.end >= latest->period.period.end;
        if (later) latest = *own;
        measured = false;
        continue;
      }
      const auto label = latest ? measure(at) : std::nullopt;
      if (!label) continue;
      ColumnHead head = *latest;
      head.column = at.column;
      head.label = *label;
      if (!label->status.empty()) head.period.status = label->status;
      more.push_back(std::move(head));
      measured = true;
    }
    add_heads(header, std::move(more));
  }

  // A header has numbers below it.
  void drop_bare(Header& header) const {
    constexpr size_t kLookDown = 200;
    std::map<uint32_t, bool> numbers;
    const auto& rows = grid_.rows();
    for (size_t r = header.last + 1; r < std::min(rows.size(), header.last + kLookDown); ++r)
      for (const GridCell& at : rows[r].cells)
        if (holds_number(grid_.of(at), known_)) numbers[at.column] = true;
    std::erase_if(header.columns, [&](const ColumnHead& head) { return !numbers.contains(head.column); });
  }

  // Days and months that lie a quarter, a half or a year apart stand for what
  // ends with them.
  static void date_by_distance(std::vector<ColumnHead>& columns) {
    std::vector<Date> ends;
    for (const ColumnHead& head : columns) {
      const std::string text = head.period.period.text();
      const bool dated = head.period.any_length || text.size() == 7;  // 2024-12
      if (dated && text.find('Q') == text.npos && text.find('H') == text.npos) ends.push_back(head.period.period.end);
    }
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    int step = 0;
    for (size_t i = 1; i < ends.size(); ++i) {
      const int months = months_between(ends[i - 1], ends[i]);
      if (months > 0 && (step == 0 || months < step)) step = months;
    }
    if (step != 1 && step != 3 && step != 6 && step != 12) return;
    for (ColumnHead& head : columns) {
      const Date end = head.period.period.end;
      if (!std::binary_search(ends.begin(), ends.end(), end)) continue;
      const int first = end.month - step;  // the month before its first
      head.period.period = Period::fiscal_span(first < 0 ? end.year - 1 : end.year, (first + 12) % 12 + 1, step, 12);
      head.period.any_length = false;
    }
  }

  const Grid& grid_;
  const Known& known_;
};

}  // namespace

std::optional<Header> read_header(const Grid& grid, size_t row, const Known& known) {
  return HeaderReader(grid, known).read(row);
}

Header header_without_period(const Grid& grid, size_t row, const PeriodHead& period, const Known& known) {
  Header header{row == 0 ? 0 : row - 1, row == 0 ? 0 : row - 1, {}};
  std::map<uint32_t, ColumnHead> columns;
  for (size_t r = row; r < grid.rows().size(); ++r)
    for (const GridCell& at : grid.rows()[r].cells)
      if (holds_number(grid.of(at), known)) columns.try_emplace(at.column, ColumnHead{at.column, period, {}});
  if (row > 0) {
    for (const GridCell& at : grid.rows()[row - 1].cells) {
      const auto column = columns.find(at.column);
      if (column == columns.end()) continue;
      column->second.label = read_label(known.reader.fold(grid.of(at).text), known.words);
      if (!column->second.label.status.empty()) column->second.period.status = column->second.label.status;
      // 去年同期 and the like are of another period.
      const Label& label = column->second.label;
      const bool other = !known.words.find("value", label.text) && (!label.segment.empty() || !label.targets.empty());
      if (other) columns.erase(column);
    }
  }
  for (auto& [column, head] : columns) header.columns.push_back(std::move(head));
  return header;
}

}  // namespace jiyao::reconciling
