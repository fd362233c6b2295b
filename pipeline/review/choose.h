// Which of the facts at a place a decision is about.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/metrics_table.h"
#include "pipeline/model/review.h"

namespace jiyao {

struct Choice {
  uint32_t row = kNone;
  bool loose = false;                // a note, and the fact states something else
  std::optional<Obstacle> why = {};  // there is no row, or the decision does not hold for it
  std::string detail = {};           // for the user
  std::vector<uint32_t> tied = {};   // rows, of which it may be about any
};

class Chooser {
 public:
  explicit Chooser(const MetricsTable& table);

  // `rows` are the facts at the place; `named` is the row that has the
  // decision's id in the text that was reviewed, or kNone.
  Choice choose(const Decision& decision, std::span<const uint32_t> rows, uint32_t named) const;

  // A cell without a spreadsheet's apostrophe; `column` is an index into kCorrectable.
  std::string_view cell(uint32_t row, uint8_t column) const;

 private:
  std::vector<ReviewCell> differing(const Decision& decision, uint32_t row) const;
  int likeness(const Decision& decision, uint32_t row) const;
  std::string what_changed(const Decision& decision, uint32_t row) const;

  const MetricsTable& table_;
  std::array<uint32_t, kCorrectable.size()> columns_;  // of the table
};

}  // namespace jiyao
