// Tables with one number in each row: company, metric, segment, period, basis,
// value, unit, in columns of any order.
#include <algorithm>
#include <array>
#include <map>

#include "pipeline/reconcile/grid.h"
#include "pipeline/reconcile/layout.h"

namespace jiyao::reconciling {
namespace {

using Columns = std::map<std::string, uint32_t, std::less<>>;

class LongTable {
 public:
  LongTable(const Workbook& workbook, uint32_t index, const Known& known)
      : index_(index), grid_(workbook.sheets[index], false), known_(known) {}

  std::vector<Claim> read() {
    for (const Grid::Row& row : grid_.rows()) {
      if (Columns found = header(row); !found.empty()) {
        columns_ = std::move(found);
      } else if (!columns_.empty()) {
        read_row(row);
      }
    }
    return std::move(claims_);
  }

 private:
  // A row of names of columns: a value, and of what and when.
  Columns header(const Grid::Row& row) const {
    Columns found;
    for (const GridCell& at : row.cells) {
      if (grid_.of(at).kind != CellKind::text) return {};
      const SheetTerm* term = known_.words.find("column", trimmed(known_.reader.fold(grid_.of(at).text)));
      if (term != nullptr) found.try_emplace(term->means, at.column);
    }
    const bool whole = found.contains("value") && found.contains("metric") && found.contains("period");
    return whole ? found : Columns{};
  }

  const SheetCell* cell(const Grid::Row& row, std::string_view name) const {
    const auto column = columns_.find(name);
    if (column == columns_.end()) return nullptr;
    const auto at =
        std::find_if(row.cells.begin(), row.cells.end(), [&](const GridCell& c) { return c.column == column->second; });
    return at == row.cells.end() ? nullptr : &grid_.of(*at);
  }

  std::string text(const Grid::Row& row, std::string_view name) const {
    const SheetCell* at = cell(row, name);
    return at == nullptr ? "" : trimmed(known_.reader.fold(at->text));
  }

  void read_row(const Grid::Row& row) {
    const SheetCell* value = cell(row, "value");
    const SheetCell* period = cell(row, "period");
    if (value == nullptr || period == nullptr || !holds_number(*value, known_)) return;
    Claim claim;
    claim.sheet = index_;
    for (const GridCell& at : row.cells)
      if (&grid_.of(at) == value) claim.cell = at.cell;
    claim.head = read_head(*period, known_.words, known_.reader);
    claim.company = text(row, "company") + (text(row, "ticker").empty() ? "" : " " + text(row, "ticker"));
    const SheetCell* metric = cell(row, "metric");
    Label label = read_label(metric == nullptr ? "" : known_.reader.fold(metric->text), known_.words);
    set_targets(claim, label, text(row, "segment"));
    set_basis(claim, label, text(row, "basis"));
    if (const SheetTerm* status = known_.words.find("status", text(row, "status"))) claim.head.status = status->means;
    claim.unit = unit_of_cell(*value, known_);
    if (const auto unit = known_.words.unit(text(row, "unit"))) claim.unit = merged(claim.unit, *unit);
    claim.unit = merged(claim.unit, label.unit);
    claim.label = (metric == nullptr ? "" : metric->text) +
                  (text(row, "segment").empty() ? "" : " " + cell(row, "segment")->text) + " · " + period->text +
                  (claim.basis == "level" ? "" : " " + claim.basis);
    claims_.push_back(std::move(claim));
  }

  void set_targets(Claim& claim, const Label& label, const std::string& segment) const {
    claim.targets = label.targets;
    if (claim.targets.empty() && !label.text.empty()) claim.targets.push_back({"other:" + label.text, ""});
    // "total" and its like limit nothing.
    for (Target& target : claim.targets)
      if (const std::string part = known_.words.segment(segment, target.metric); !part.empty()) target.segment = part;
  }

  void set_basis(Claim& claim, const Label& label, const std::string& basis) const {
    static constexpr std::array<std::string_view, 7> kOwn = {"level", "yoy", "qoq", "mom", "share", "change", "price"};
    claim.basis = label.basis.empty() ? "level" : label.basis;
    if (const SheetTerm* term = known_.words.find("basis", basis)) claim.basis = term->means;
    if (std::find(kOwn.begin(), kOwn.end(), basis) != kOwn.end()) claim.basis = basis;
  }

  uint32_t index_;
  Grid grid_;
  const Known& known_;
  Columns columns_;
  std::vector<Claim> claims_;
};

}  // namespace

std::vector<Claim> find_long_claims(const Workbook& workbook, uint32_t sheet, const Known& known) {
  return LongTable(workbook, sheet, known).read();
}

}  // namespace jiyao::reconciling
