#include "pipeline/reconcile/layout.h"

#include <algorithm>
#include <map>
#include <optional>

#include "pipeline/reconcile/grid.h"
#include "pipeline/reconcile/header.h"

namespace jiyao::reconciling {
namespace {

constexpr size_t kMaxCaptions = 400;

// The words of a row, put together from its label cells.
struct RowLabel {
  std::string shown;  // as the sheet has it
  Label label;
};

// Columns of numbers side by side and the labels to their left.
struct Group {
  uint32_t labels_from = 0;
  std::vector<const ColumnHead*> columns;
};

// One table, read from the top: what a row leaves out is in a row above.
class TableReader {
 public:
  TableReader(const Sheet& sheet, uint32_t index, const Grid& grid, const Header& header, const SheetUnit& caption,
              const Known& known, std::vector<Claim>& claims)
      : sheet_(sheet), index_(index), grid_(grid), header_(header), caption_(caption), known_(known), claims_(claims) {}

  // Rows [first, end) of the grid.
  void read(size_t first, size_t end) {
    groups_ = groups(first, end);
    for (const Group& group : groups_) {
      state_ = {};
      for (size_t r = first; r < end; ++r) read_row(grid_.rows()[r], group);
    }
  }

 private:
  struct State {
    std::vector<Target> parent;  // of the last row or heading that named a metric
    std::vector<Target> last;    // of the last row that was no basis of another
    std::string segment;         // of a heading
    std::string basis;
    SheetUnit unit;
    std::string company;
    std::string first_label;  // of two label columns, the one that stands only once
  };

  bool is_number(const GridCell& at) const { return holds_number(grid_.of(at), known_); }

  // A column of texts between two columns of numbers parts two tables.
  std::vector<Group> groups(size_t first, size_t end) const {
    std::map<uint32_t, size_t> numbers;  // by column
    std::map<uint32_t, size_t> texts;
    for (size_t r = first; r < end; ++r)
      for (const GridCell& at : grid_.rows()[r].cells) {
        if (is_number(at)) {
          ++numbers[at.column];
        } else if (grid_.of(at).kind == CellKind::text) {
          ++texts[at.column];
        }
      }
    std::vector<Group> all;
    uint32_t before = 0;
    for (const ColumnHead& head : header_.columns) {
      size_t between = 0;
      for (auto at = texts.lower_bound(before); at != texts.end() && at->first < head.column; ++at)
        between += at->second;
      const auto own = numbers.find(head.column);
      const size_t rows = own == numbers.end() ? 0 : own->second;
      if (all.empty() || (between > 0 && between * 3 >= rows)) all.push_back({before, {}});
      all.back().columns.push_back(&head);
      before = head.column + 1;
    }
    return all;
  }

  RowLabel row_label(const Grid::Row& row, const Group& group) {
    RowLabel out;
    std::vector<std::string> parts;
    uint32_t first_column = kNone;
    for (const GridCell& at : row.cells) {
      const SheetCell& cell = grid_.of(at);
      if (at.column < group.labels_from || at.column >= group.columns.front()->column || cell.kind != CellKind::text)
        continue;
      const std::string text = known_.reader.fold(cell.text);
      if (trimmed(text).empty() || known_.words.find("empty", trimmed(text)) != nullptr) continue;
      if (const auto unit = known_.words.unit(trimmed(text))) {
        out.label.unit = merged(*unit, out.label.unit);
        continue;
      }
      if (parts.empty()) first_column = at.column;
      parts.push_back(text);
      out.shown += (out.shown.empty() ? "" : " ") + trimmed(cell.text);
    }
    if (parts.size() >= 2) state_.first_label = parts.front();
    // 收入 stands once, and below it only its parts, a column further right.
    const bool continued = parts.size() == 1 && first_column > group.labels_from && !state_.first_label.empty();
    if (continued) parts.insert(parts.begin(), state_.first_label);
    const SheetUnit unit = out.label.unit;
    for (const std::string& part : parts) lay_over(out.label, read_label(part, known_.words));
    out.label.unit = merged(unit, out.label.unit);
    return out;
  }

  // A further label cell says what the ones before it leave out.
  void lay_over(Label& label, Label more) const {
    if (label.targets.empty()) {
      const std::string segment = label.segment;
      label.targets = std::move(more.targets);
      for (Target& target : label.targets)
        if (target.segment.empty()) target.segment = segment;
      if (!more.segment.empty()) label.segment = more.segment;
    } else {
      const std::string segment = !more.targets.empty() ? more.targets.front().segment : more.segment;
      const bool finer = !more.targets.empty() && more.targets.front().metric != label.targets.front().metric;
      if (finer) label.targets = std::move(more.targets);
      for (Target& target : label.targets)
        if (!segment.empty()) target.segment = segment;
    }
    if (!more.basis.empty()) label.basis = more.basis;
    if (!more.status.empty()) label.status = more.status;
    label.unit = merged(more.unit, label.unit);
    label.part = label.part || more.part;
    label.rolling = label.rolling || more.rolling;
    label.text += (label.text.empty() ? "" : " ") + more.text;
  }

  void read_row(const Grid::Row& row, const Group& group) {
    RowLabel label = row_label(row, group);
    const bool numbers = std::any_of(row.cells.begin(), row.cells.end(), [&](const GridCell& at) {
      return is_number(at) && head_at(group, at.column) != nullptr;
    });
    if (!numbers) return heading(label);
    if (label.shown.empty() || label.label.rolling) return;
    const std::vector<Target> targets = resolve(label.label);
    for (const GridCell& at : row.cells)
      if (const ColumnHead* head = head_at(group, at.column); head != nullptr && is_number(at))
        claim(at, label, targets, *head);
  }

  static const ColumnHead* head_at(const Group& group, uint32_t column) {
    const auto at = std::lower_bound(group.columns.begin(), group.columns.end(), column,
                                     [](const ColumnHead* head, uint32_t c) { return head->column < c; });
    return at != group.columns.end() && (*at)->column == column ? *at : nullptr;
  }

  void heading(const RowLabel& row) {
    if (row.shown.empty() && !row.label.unit.says_something()) return;
    for (const StatedCompany& company : known_.statements.companies)
      if (names_company(row.label.text, company)) state_.company = row.label.text;
    state_.basis = row.label.basis;
    if (row.label.unit.says_something()) state_.unit = row.label.unit;
    state_.segment.clear();
    if (!row.label.targets.empty()) {
      state_.parent = state_.last = row.label.targets;
      return;
    }
    state_.parent.clear();
    const bool known = row.label.segment.starts_with('=') || known_.segments.contains(row.label.segment);
    if (known) state_.segment = row.label.segment;
  }

  // What the row's numbers may be. A row that names no metric is a part of the
  // one above that does, or a growth of the last.
  std::vector<Target> resolve(const Label& label) {
    if (!label.targets.empty()) {
      std::vector<Target> targets = label.targets;
      for (Target& target : targets)
        if (target.segment.empty()) target.segment = state_.segment;
      state_.parent = state_.last = targets;
      return targets;
    }
    if (label.segment.empty()) return label.basis.empty() ? std::vector<Target>{} : state_.last;
    // A table of segments may be stated as such: 物业投资 is then all that is said of it.
    const std::string name = "other:" + label.text;
    std::vector<Target> targets = {{name, ""}, {name, known_.words.segment(label.text, "")}};
    std::vector<Target> parts;
    for (const Target& parent : state_.parent) parts.push_back({parent.metric, label.segment});
    // 在线营销 alone is its revenue.
    if (state_.parent.empty()) parts.push_back({"revenue", label.segment});
    const bool is_part = label.part || label.segment.starts_with('=') || known_.segments.contains(label.segment);
    targets.insert(is_part ? targets.begin() : targets.end(), parts.begin(), parts.end());
    state_.last = targets;
    return targets;
  }

  void claim(const GridCell& at, const RowLabel& row, const std::vector<Target>& targets, const ColumnHead& head) {
    const SheetCell& cell = grid_.of(at);
    Claim claim;
    claim.sheet = index_;
    claim.cell = at.cell;
    claim.targets = targets;
    claim.company = state_.company;
    claim.head = head.period;
    if (!row.label.status.empty()) claim.head.status = row.label.status;
    for (const std::string* basis :
         std::initializer_list<const std::string*>{&row.label.basis, &head.label.basis, &state_.basis})
      if (claim.basis.empty()) claim.basis = *basis;
    if (claim.basis.empty()) claim.basis = "level";
    claim.label = row.shown + " · " + head.period.period.text() + (claim.basis == "level" ? "" : " " + claim.basis);
    const std::string kind = unit_kind(targets, claim.basis, known_.words);
    claim.unit = unit_of_cell(cell, known_);
    const auto add = [&](const SheetUnit& unit, bool is_near) {
      if (unit_fits(unit, kind, is_near)) claim.unit = merged(claim.unit, unit);
    };
    // A percent beside a number of money says that it is none; nothing further off adds to it.
    const bool ratio = claim.unit.unit == "%" || claim.unit.unit == "pp" || claim.unit.unit == "x";
    if (!ratio) {
      add(row.label.unit, true);
      add(head.label.unit, false);
      add(state_.unit, false);
      add(caption_, false);
    }
    claims_.push_back(std::move(claim));
  }

  const Sheet& sheet_;
  uint32_t index_;
  const Grid& grid_;
  const Header& header_;
  SheetUnit caption_;
  const Known& known_;
  std::vector<Claim>& claims_;
  std::vector<Group> groups_;
  State state_;
};

class SheetReader {
 public:
  SheetReader(const Workbook& workbook, uint32_t index, bool turned, const Known& known)
      : sheet_(workbook.sheets[index]), index_(index), grid_(sheet_, turned), known_(known) {}

  std::vector<Claim> read() {
    const auto& rows = grid_.rows();
    std::optional<Header> header;
    size_t first = 0;
    SheetUnit caption = unit_in(known_.reader.fold(sheet_.name));
    SheetUnit next = caption;
    for (size_t r = 0; r < rows.size(); ++r) {
      if (auto found = read_header(grid_, r, known_)) {
        if (header) table(*header, caption, first, r);
        const size_t last = found->last;
        for (size_t i = r; i <= last; ++i) next = caption_in(rows[i], next);
        caption = next;
        header = std::move(found);
        first = last + 1;
        r = last;
      } else {
        next = captions_of(rows[r], next);
      }
    }
    if (header) table(*header, caption, first, rows.size());
    if (!header) without_header(caption);
    return std::move(claims_);
  }

 private:
  SheetUnit unit_in(const std::string& folded) const {
    if (folded.size() > 200) return {};
    const std::string text = trimmed(folded);
    if (const auto unit = known_.words.unit(text)) return *unit;
    const SheetUnit unit = read_label(text, known_.words).unit;
    return unit.says_something() ? unit : unit_among(text);
  }

  // "RMB mn, FYE Dec": a piece that says a scale, since "hk" alone may be a place.
  SheetUnit unit_among(std::string_view text) const {
    while (!text.empty()) {
      const size_t end = std::min(text.find_first_of(",;|"), text.size());
      const auto unit = known_.words.unit(trimmed(text.substr(0, end)));
      if (unit && unit->power) return *unit;
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
  }

  // Units in a row without numbers: "单位：百万元", "(RMB mn)".
  SheetUnit captions_of(const Grid::Row& row, SheetUnit unit) const {
    for (const GridCell& at : row.cells)
      if (holds_number(grid_.of(at), known_)) return unit;
    return caption_in(row, unit);
  }

  SheetUnit caption_in(const Grid::Row& row, SheetUnit unit) const {
    for (const GridCell& at : row.cells) {
      if (grid_.of(at).kind != CellKind::text) continue;
      const SheetUnit said = unit_in(known_.reader.fold(grid_.of(at).text));
      const bool ratio = said.unit == "%" || said.unit == "pp" || said.unit == "bp" || said.unit == "x";
      if (said.says_something() && !ratio && !said.counts) unit = merged(said, unit);
    }
    return unit;
  }

  void table(const Header& header, const SheetUnit& caption, size_t first, size_t end) {
    TableReader(sheet_, index_, grid_, header, caption, known_, claims_).read(first, end);
  }

  // The period stands above the table, or in the sheet's name.
  void without_header(SheetUnit caption) {
    const auto& rows = grid_.rows();
    size_t data = 0;
    const auto has_number = [&](const Grid::Row& row) {
      return std::any_of(row.cells.begin(), row.cells.end(),
                         [&](const GridCell& at) { return holds_number(grid_.of(at), known_); });
    };
    while (data < rows.size() && !has_number(rows[data])) ++data;
    if (data == rows.size()) return;
    PeriodHead period = read_head(known_.reader.fold(sheet_.name), known_.words, known_.reader);
    for (size_t r = 0; r < data; ++r) {
      caption = captions_of(rows[r], caption);
      for (const GridCell& at : rows[r].cells)
        if (const auto head = read_head(grid_.of(at), known_.words, known_.reader); !head.period.empty()) period = head;
    }
    if (period.period.empty()) return;
    table(header_without_period(grid_, data, period, known_), caption, data, rows.size());
  }

  const Sheet& sheet_;
  uint32_t index_;
  Grid grid_;
  const Known& known_;
  std::vector<Claim> claims_;
};

// Numbers whose row is understood; the better of two ways to read a sheet has more.
size_t understood(const std::vector<Claim>& claims, const Known& known) {
  return static_cast<size_t>(std::count_if(claims.begin(), claims.end(), [&](const Claim& claim) {
    return std::any_of(claim.targets.begin(), claim.targets.end(),
                       [&](const Target& target) { return known.words.rule_of(target.metric) != nullptr; });
  }));
}

}  // namespace

SheetClaims find_claims(const Workbook& workbook, uint32_t sheet, const Known& known) {
  SheetClaims found;
  const Sheet& of = workbook.sheets[sheet];
  found.captions.push_back(known.reader.fold(of.name));
  for (const SheetCell& cell : of.cells) {
    if (found.captions.size() == kMaxCaptions) break;
    if (cell.kind == CellKind::text && cell.text.size() <= 200) found.captions.push_back(known.reader.fold(cell.text));
  }
  found.claims = find_long_claims(workbook, sheet, known);
  if (!found.claims.empty()) return found;
  found.claims = SheetReader(workbook, sheet, false, known).read();
  auto turned = SheetReader(workbook, sheet, true, known).read();
  if (understood(turned, known) > understood(found.claims, known)) found.claims = std::move(turned);
  std::sort(found.claims.begin(), found.claims.end(), [](const Claim& a, const Claim& b) { return a.cell < b.cell; });
  return found;
}

bool holds_number(const SheetCell& cell, const Known& known) {
  if (!cell.value) return false;
  if (cell.kind == CellKind::number) return true;
  return cell.kind == CellKind::text && (cell.unit.empty() || known.words.unit(known.reader.fold(cell.unit)));
}

SheetUnit unit_of_cell(const SheetCell& cell, const Known& known) {
  if (cell.unit.empty()) return {};
  return known.words.unit(known.reader.fold(cell.unit)).value_or(SheetUnit{});
}

std::string unit_kind(const std::vector<Target>& targets, const std::string& basis, const Words& words) {
  // Amounts of change and prices are of the metric's own kind.
  if (basis != "level" && basis != "change" && basis != "price") return "percent";
  const Metric* rule = targets.empty() ? nullptr : words.rule_of(targets.front().metric);
  return rule == nullptr ? "any" : rule->unit_kind;
}

bool unit_fits(const SheetUnit& unit, const std::string& kind, bool near) {
  const bool ratio = unit.unit == "%" || unit.unit == "pp" || unit.unit == "bp" || unit.unit == "x";
  if (kind == "percent") return ratio;
  if (kind == "multiple") return unit.unit == "x";
  if (kind == "per_share") return near && !ratio;
  if (kind == "money") return !ratio && !(unit.counts && !near);
  if (kind == "count") return unit.unit.empty() && (near || unit.counts);
  return near;
}

}  // namespace jiyao::reconciling
