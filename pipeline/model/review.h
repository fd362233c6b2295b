// What a person decided about facts, as the audit page exports it, and what
// came of it in a table.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/span.h"

namespace jiyao {

// The columns of metrics.csv that a person may correct. Those that follow from
// them (labels, period_start, period_end, decimals) follow.
constexpr std::array<std::string_view, 14> kCorrectable = {"company",    "ticker", "metric",    "subject", "segment",
                                                           "period",     "basis",  "base",      "value",   "value_low",
                                                           "value_high", "unit",   "qualifier", "status"};

// Those that tell the facts of one place apart; every decision records them.
constexpr std::array<std::string_view, 5> kStatement = {"metric", "segment", "period", "basis", "company"};

constexpr auto kCorrectableCount = static_cast<uint8_t>(kCorrectable.size());

// Index into kCorrectable; its size if `column` is none of them.
inline uint8_t correctable(std::string_view column) {
  return static_cast<uint8_t>(std::find(kCorrectable.begin(), kCorrectable.end(), column) - kCorrectable.begin());
}

// none: a note alone, or, without one, an earlier decision taken back.
enum class ReviewState : uint8_t { none, accepted, rejected, corrected };
constexpr std::array<const char*, 4> kReviewStateNames = {"", "accepted", "rejected", "corrected"};
inline const char* name(ReviewState state) { return kReviewStateNames[static_cast<size_t>(state)]; }

struct ReviewCell {
  uint8_t column = 0;  // index into kCorrectable
  std::string text;    // as in the table, without a spreadsheet's apostrophe
  friend bool operator==(const ReviewCell&, const ReviewCell&) = default;
};
using ReviewCells = std::vector<ReviewCell>;  // by column, each once

inline const std::string* find_cell(const ReviewCells& cells, uint8_t column) {
  const auto found = std::find_if(cells.begin(), cells.end(), [column](const auto& c) { return c.column == column; });
  return found == cells.end() ? nullptr : &found->text;
}

// https://www.w3.org/TR/annotation-model/#text-quote-selector: the figure, and
// up to kQuoteContext code points of the source before and behind it.
struct TextQuote {
  std::string exact;
  std::string prefix;
  std::string suffix;
};
constexpr uint32_t kQuoteContext = 32;

struct Decision {
  std::string fact_id;
  ReviewState state = ReviewState::none;
  ReviewCells corrections;  // not empty if and only if corrected
  std::string note;
  TextQuote quote;
  Span position;          // of the figure: code points of the decoded text, half-open
  ReviewCells statement;  // what the reviewer saw: kStatement at least
};

// Decisions on one text, made up to one time.
struct ReviewedDocument {
  std::string document;       // name as in the tables; only ever compared
  std::string source_sha256;  // of the text that was reviewed
  std::string exported;       // UTC, ISO 8601: 2026-01-31T12:00:00Z, perhaps with a fraction
  std::vector<Decision> decisions;
};
using Review = std::vector<ReviewedDocument>;

// A row of the table after the review.
struct ReviewedRow {
  ReviewState state = ReviewState::none;
  std::string note;
  ReviewCells corrections;                                     // canonical, each unlike the row's own cell
  std::vector<std::pair<uint32_t, std::string>> consequences;  // column of the table → what follows from them

  bool reviewed() const { return state != ReviewState::none; }
};

// Why a decision was not applied.
enum class Obstacle : uint8_t {
  no_document,  // none of that name, hash or file name is in the table
  no_text,      // another text than was reviewed, and it was not given
  text_gone,    // the quote is not there any more
  fact_gone,    // it is, and no fact stands there
  ambiguous,    // several places or facts it may be of
  changed,      // the fact is there and states something else
};
constexpr std::array<const char*, 6> kObstacleNames = {"document gone", "text needed", "text gone",
                                                       "fact gone",     "ambiguous",   "changed since review"};
inline const char* name(Obstacle obstacle) { return kObstacleNames[static_cast<size_t>(obstacle)]; }

struct UnappliedDecision {
  uint32_t document = 0;  // index into the Review
  uint32_t decision = 0;
  Obstacle why = Obstacle::no_document;
  std::string detail;    // which cells changed, how many places there are; may be empty
  uint32_t row = kNone;  // of the fact that changed
};

// What a review makes of a table. `mistakes` are corrections that cannot stand
// in their row (a period whose fiscal year is not known): one line each for the
// user. If there are any, the rest must not be written.
struct ReviewOutcome {
  std::vector<ReviewedRow> rows;  // of the table, all of them
  std::vector<UnappliedDecision> unapplied;
  size_t applied = 0;     // decisions
  size_t superseded = 0;  // by a later decision on the same fact
  size_t learned = 0;     // corrections that the table now agrees with: they count as accepted
  // All decisions in force, those that were applied as of this table and its
  // texts: for the next time.
  Review merged;
  std::vector<std::string> mistakes;
};

}  // namespace jiyao
