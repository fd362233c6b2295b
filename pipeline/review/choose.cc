#include "pipeline/review/choose.h"

#include <algorithm>

#include "pipeline/model/cell.h"

namespace jiyao {
namespace {

// No figure states so many facts: a table that was made up is read in linear time too.
constexpr size_t kMostCompared = 64;

}  // namespace

Chooser::Chooser(const MetricsTable& table) : table_(table) {
  for (uint8_t i = 0; i < kCorrectableCount; ++i) columns_[i] = table.column(kCorrectable[i]);
}

std::string_view Chooser::cell(uint32_t row, uint8_t column) const {
  return unguarded(table_.cell(row, columns_[column]));
}

// The cells that are not as they were seen, as they are now.
std::vector<ReviewCell> Chooser::differing(const Decision& decision, uint32_t row) const {
  std::vector<ReviewCell> cells;
  for (const ReviewCell& seen : decision.statement) {
    if (cell(row, seen.column) != seen.text) cells.push_back({seen.column, std::string(cell(row, seen.column))});
  }
  return cells;
}

// 3: states what it stated; 2: or what it was corrected to; 1: something else
// where it was corrected; 0: where it was not.
int Chooser::likeness(const Decision& decision, uint32_t row) const {
  int likeness = 3;
  for (const ReviewCell& now : differing(decision, row)) {
    const std::string* corrected = find_cell(decision.corrections, now.column);
    likeness = std::min(likeness, corrected == nullptr ? 0 : *corrected == now.text ? 2 : 1);
  }
  return likeness;
}

std::string Chooser::what_changed(const Decision& decision, uint32_t row) const {
  std::string said;
  const auto shown = [](const std::string& text) { return text.empty() ? std::string("(empty)") : text; };
  for (const ReviewCell& now : differing(decision, row)) {
    if (find_cell(decision.corrections, now.column) != nullptr) continue;
    said.append(said.empty() ? "" : "; ").append(kCorrectable[now.column]).append(": ");
    said.append(shown(*find_cell(decision.statement, now.column))).append(" → ").append(shown(now.text));
  }
  return said;
}

Choice Chooser::choose(const Decision& decision, std::span<const uint32_t> rows, uint32_t named) const {
  if (rows.empty()) return {.why = Obstacle::fact_gone};
  if (rows.size() > kMostCompared) rows = rows.first(kMostCompared);
  int most = 0;
  std::vector<uint32_t> best;
  for (const uint32_t row : rows) {
    const int like = likeness(decision, row);
    if (like < most) continue;
    if (like > most) best.clear();
    most = like;
    best.push_back(row);
  }
  Choice choice;
  const bool among = std::find(best.begin(), best.end(), named) != best.end();
  if (best.size() == 1 || among) choice.row = among ? named : best.front();
  if (most == 0) {
    choice.loose = decision.state == ReviewState::none && choice.row != kNone;
    if (!choice.loose) choice.why = Obstacle::changed;
    choice.detail = choice.row != kNone
                        ? what_changed(decision, choice.row)
                        : "none of the " + std::to_string(rows.size()) + " facts there states what was reviewed";
  } else if (choice.row == kNone) {
    choice.why = Obstacle::ambiguous;
    choice.detail = std::to_string(best.size()) + " facts there state the same";
    choice.tied = std::move(best);
  }
  return choice;
}

}  // namespace jiyao
