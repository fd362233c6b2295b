// Pairing goes from the certain to the likely: rows that are equal at one
// figure, rows most alike at one figure, rows most alike at figures that
// overlap.
//
//   before  revenue 12.5億   yoy 8.3% of revenue                    net_profit 2億
//   after   revenue 12.5億   yoy 8.3% of net_profit  margin 8.3%    net_profit 2億元
//           same             changed                 added          changed
#include "pipeline/diff/diff.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace jiyao {
namespace {

// Where and by what a row was made: other bytes in these state nothing else.
constexpr std::array<std::string_view, 13> kSilent = {"fact_id",  "document",   "source_sha256", "page", "line",
                                                      "column",   "char_start", "char_end",      "rule", "byte_start",
                                                      "byte_end", "findings",   "link"};

// A column that changes with another one. A new label tells nothing if the
// metric is new; by itself, it does.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kFollowers = {{{"metric_en", "metric"},
                                                                                      {"metric_zh", "metric"},
                                                                                      {"metric_zh", "subject"},
                                                                                      {"period_start", "period"},
                                                                                      {"period_end", "period"}}};

// A row where it stands. Documents are numbered in the order in which the
// tables name them.
struct Placed {
  uint32_t document = 0;
  Span figure;
  uint32_t row = 0;

  friend auto operator<=>(const Placed&, const Placed&) = default;
};
using Rows = std::vector<Placed>;

// The rows of one figure, or of figures that overlap one another in a chain.
class Group {
 public:
  Group(const Placed& first, bool overlapping) : first_(first), end_(first.figure.end), overlapping_(overlapping) {}

  bool takes(const Placed& row) {
    if (row.document != first_.document) return false;
    if (row.figure == first_.figure) return true;
    if (!overlapping_ || row.figure.begin >= end_) return false;
    end_ = std::max(end_, row.figure.end);
    return true;
  }

  Rows before, after;

 private:
  const Placed first_;
  uint32_t end_;
  bool overlapping_;
};

class Differ {
 public:
  Differ(const MetricsTable& before, const MetricsTable& after) : before_(before), after_(after) {}
  Difference run(const std::vector<std::string>& only);

 private:
  void choose_columns(const std::vector<std::string>& only);
  Rows placed(const MetricsTable& table);
  void pair_groups(bool overlapping);
  void pair_equal(Group& group);
  void pair_alike(const Group& group);
  void pair_up(const Placed& old, const Placed& now);
  int compare(uint32_t old, uint32_t now) const;
  std::vector<uint32_t> changed_columns(uint32_t old, uint32_t now) const;
  void sort_found();

  bool same(const ComparedColumn& column, uint32_t old, uint32_t now) const {
    return before_.cell(old, column.before) == after_.cell(now, column.after);
  }

  const MetricsTable& before_;
  const MetricsTable& after_;
  std::unordered_map<std::string_view, uint32_t> documents_;
  std::vector<ComparedColumn> stating_;  // what rows are paired by
  bool limited_ = false;
  Rows left_before_, left_after_;  // sorted; what has no partner as yet
  std::vector<std::pair<Placed, RowDifference>> found_;
  Difference out_;
};

void Differ::choose_columns(const std::vector<std::string>& only) {
  for (uint32_t i = 0; i < before_.columns.size(); ++i) {
    const std::string& name = before_.columns[i];
    const ComparedColumn column{name, i, after_.column(name)};
    if (column.after == kNone) continue;
    if (std::find(kSilent.begin(), kSilent.end(), name) == kSilent.end()) stating_.push_back(column);
    if (std::find(only.begin(), only.end(), name) != only.end()) out_.columns.push_back(column);
  }
  limited_ = !only.empty();
  if (!limited_) out_.columns = stating_;
}

Rows Differ::placed(const MetricsTable& table) {
  const uint32_t document = table.column("document");
  Rows rows;
  rows.reserve(table.rows());
  for (uint32_t row = 0; row < table.rows(); ++row) {
    const auto number = static_cast<uint32_t>(documents_.size());
    const auto [known, added] = documents_.try_emplace(table.cell(row, document), number);
    rows.push_back({known->second, table.figures[row], row});
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

// One walk over what is left of both tables.
void Differ::pair_groups(bool overlapping) {
  const Rows before = std::exchange(left_before_, {});
  const Rows after = std::exchange(left_after_, {});
  auto old = before.begin();
  auto now = after.begin();
  while (old != before.end() || now != after.end()) {
    const bool old_first = now == after.end() || (old != before.end() && *old < *now);
    Group group(old_first ? *old : *now, overlapping);
    for (bool grew = true; grew;) {
      grew = false;
      for (; old != before.end() && group.takes(*old); grew = true) group.before.push_back(*old++);
      for (; now != after.end() && group.takes(*now); grew = true) group.after.push_back(*now++);
    }
    if (!overlapping) pair_equal(group);
    pair_alike(group);
  }
  std::sort(left_before_.begin(), left_before_.end());
  std::sort(left_after_.begin(), left_after_.end());
}

// Sorted by what they state, equal rows of both lists meet.
void Differ::pair_equal(Group& group) {
  const auto sort_as = [this](Rows& rows, const MetricsTable& table, uint32_t ComparedColumn::*side) {
    std::sort(rows.begin(), rows.end(), [&](const Placed& a, const Placed& b) {
      for (const ComparedColumn& column : stating_) {
        const int order = table.cell(a.row, column.*side).compare(table.cell(b.row, column.*side));
        if (order != 0) return order < 0;
      }
      return a.row < b.row;
    });
  };
  sort_as(group.before, before_, &ComparedColumn::before);
  sort_as(group.after, after_, &ComparedColumn::after);
  Rows before, after;
  auto old = group.before.begin();
  auto now = group.after.begin();
  while (old != group.before.end() && now != group.after.end()) {
    const int order = compare(old->row, now->row);
    if (order == 0) {
      pair_up(*old++, *now++);
    } else if (order < 0) {
      before.push_back(*old++);
    } else {
      after.push_back(*now++);
    }
  }
  before.insert(before.end(), old, group.before.end());
  after.insert(after.end(), now, group.after.end());
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  group.before = std::move(before);
  group.after = std::move(after);
}

int Differ::compare(uint32_t old, uint32_t now) const {
  for (const ComparedColumn& column : stating_) {
    const int order = before_.cell(old, column.before).compare(after_.cell(now, column.after));
    if (order != 0) return order;
  }
  return 0;
}

// The most alike first, in the tables' order where several are. Of very many
// rows at one place, each is compared with a few.
void Differ::pair_alike(const Group& group) {
  constexpr size_t kAtATime = 8;
  for (size_t from = 0; from < std::max(group.before.size(), group.after.size()); from += kAtATime) {
    const size_t olds = std::min(group.before.size(), from + kAtATime);
    const size_t news = std::min(group.after.size(), from + kAtATime);
    std::vector<std::tuple<long, size_t, size_t>> pairs;  // columns that differ, indices
    for (size_t i = from; i < olds; ++i) {
      for (size_t j = from; j < news; ++j) {
        const auto differs = [&](const ComparedColumn& c) { return !same(c, group.before[i].row, group.after[j].row); };
        pairs.emplace_back(std::count_if(stating_.begin(), stating_.end(), differs), i, j);
      }
    }
    std::sort(pairs.begin(), pairs.end());
    std::array<bool, kAtATime> old_taken = {};
    std::array<bool, kAtATime> new_taken = {};
    for (const auto& [differing, i, j] : pairs) {
      if (old_taken[i - from] || new_taken[j - from]) continue;
      old_taken[i - from] = new_taken[j - from] = true;
      pair_up(group.before[i], group.after[j]);
    }
    for (size_t i = from; i < olds; ++i) {
      if (!old_taken[i - from]) left_before_.push_back(group.before[i]);
    }
    for (size_t j = from; j < news; ++j) {
      if (!new_taken[j - from]) left_after_.push_back(group.after[j]);
    }
  }
}

std::vector<uint32_t> Differ::changed_columns(uint32_t old, uint32_t now) const {
  std::vector<uint32_t> changed;
  for (uint32_t i = 0; i < out_.columns.size(); ++i) {
    if (!same(out_.columns[i], old, now)) changed.push_back(i);
  }
  if (limited_ || changed.size() < 2) return changed;
  const auto name_of = [this](uint32_t column) -> const std::string& { return out_.columns[column].name; };
  const auto follows = [&](uint32_t column) {
    return std::any_of(kFollowers.begin(), kFollowers.end(), [&](const auto& pair) {
      return pair.first == name_of(column) &&
             std::any_of(changed.begin(), changed.end(), [&](uint32_t c) { return name_of(c) == pair.second; });
    });
  };
  std::vector<uint32_t> told;
  std::copy_if(changed.begin(), changed.end(), std::back_inserter(told), [&](uint32_t c) { return !follows(c); });
  return told;
}

void Differ::pair_up(const Placed& old, const Placed& now) {
  std::vector<uint32_t> changed = changed_columns(old.row, now.row);
  if (changed.empty()) {
    ++out_.same;
  } else {
    found_.push_back({now, {RowChange::changed, old.row, now.row, std::move(changed)}});
  }
}

void Differ::sort_found() {
  std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.document, a.first.figure, a.second.kind, a.first.row) <
           std::tie(b.first.document, b.first.figure, b.second.kind, b.first.row);
  });
  for (auto& [at, row] : found_) out_.rows.push_back(std::move(row));
}

Difference Differ::run(const std::vector<std::string>& only) {
  choose_columns(only);
  left_before_ = placed(before_);
  left_after_ = placed(after_);
  pair_groups(false);
  pair_groups(true);
  for (const Placed& old : left_before_) found_.push_back({old, {RowChange::removed, old.row, kNone, {}}});
  for (const Placed& now : left_after_) found_.push_back({now, {RowChange::added, kNone, now.row, {}}});
  sort_found();
  return std::move(out_);
}

}  // namespace

Difference diff(const MetricsTable& before, const MetricsTable& after, const std::vector<std::string>& only) {
  return Differ(before, after).run(only);
}

}  // namespace jiyao
