// The facts of one document, laid out for checking: what is stated of a
// measure in a period, and how sure it is that two statements speak of the
// same thing. Facts come from text and may be wrong; a check that cannot show
// that its operands belong together says nothing.
//
// Names, metrics and companies are compared as numbers, and what only a
// suspected contradiction needs (the wording of its sentence) is looked at only
// then: most facts agree with everything.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "pipeline/check/checker.h"
#include "pipeline/check/interval.h"
#include "pipeline/check/names.h"
#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"

namespace jiyao {

// One value stated of a measure, and the facts that state it (in text order).
struct Level {
  Interval printed;
  Interval allowed;
  std::vector<uint32_t> facts;
  bool turned = false;  // a loss, as the negative profit that it is
};

// What is measured, of whom: metric, segment, company, and the subject where
// the metric alone does not say it. Numbers that mean something inside one
// Evidence only.
struct Scope {
  uint32_t metric = NameTable::kUnknown;
  uint32_t segment = NameTable::kUnknown;
  uint32_t company = NameTable::kUnknown;
  uint32_t subject = NameTable::kUnknown;
  friend bool operator==(const Scope&, const Scope&) = default;
  friend auto operator<=>(const Scope&, const Scope&) = default;
};

// The dates of a period, so that a label does not matter.
struct Dates {
  Date start;
  Date end;
  bool instant = false;
  explicit Dates(const Period& period) : start(period.start), end(period.end), instant(period.instant) {}
  friend bool operator==(const Dates&, const Dates&) = default;
  friend auto operator<=>(const Dates&, const Dates&) = default;
};

// What is measured, and when.
struct Measure {
  Scope scope;
  Dates dates;
  friend bool operator==(const Measure&, const Measure&) = default;
};
struct MeasureHash {
  size_t operator()(const Measure& measure) const;
};

class Evidence {
 public:
  // All three must outlive it.
  Evidence(const Document& document, const Extraction& extraction, const Checker::Impl& known);

  const Checker::Impl& known() const { return known_; }
  // The scope in words, for what must be the same in every run.
  std::string scope_text(const Fact& fact) const;

  const Document& document() const { return document_; }
  const Extraction& extraction() const { return extraction_; }
  const std::vector<Fact>& facts() const { return extraction_.facts; }
  const Fact& fact(uint32_t i) const { return extraction_.facts[i]; }

  const Scope& scope(uint32_t fact) const { return names_[fact].scope; }
  // Another metric of the company and segment, or of another segment, of a
  // fact. The metric is one of those that have one value.
  Scope scope_like(uint32_t fact, std::string_view metric) const;
  Scope scope_like(uint32_t fact, std::string_view metric, std::string_view segment) const;

  // The number of the fact's subject; facts of one name have one.
  uint32_t subject(uint32_t fact) const { return names_[fact].subject; }
  bool same_subject(uint32_t a, uint32_t b) const { return subject(a) == subject(b); }
  // The number of what a share is a share of.
  uint32_t base(uint32_t fact) const { return names_[fact].base; }
  // The fact's metric; of a loss, of the profit that it is the negative of.
  std::string_view metric(uint32_t fact) const { return names_[fact].metric; }
  bool is_loss(uint32_t fact) const { return names_[fact].loss; }
  // The scope of that metric.
  Scope profit_scope(uint32_t fact) const;
  // What the fact may stand for, of an amount in the sense of `like`: of a profit
  // and a loss the one is the other's negative.
  std::optional<Interval> printed(uint32_t fact, uint32_t like) const;
  std::optional<Interval> allowed(uint32_t fact, uint32_t like) const;
  // An amount, and only one of the two is a loss.
  bool turned(uint32_t fact, uint32_t like) const;
  // has_one_value() of the fact's metric.
  bool one_value(uint32_t fact) const { return names_[fact].one_value; }

  // The different values of one unit stated of a scope in a period, without those
  // whose qualifier leaves them no end. A loss is stated of its own metric, and
  // of the profit's as a negative one.
  struct Levels {
    std::string unit;
    std::vector<Level> values;
    bool contested = false;  // two of the values cannot both be right
  };
  // One entry a unit; none for a unit with more than eight values, for then the
  // scope lumps different things together.
  const std::vector<Levels>& levels(const Scope& scope, const Period& period) const {
    return find_levels(levels_, scope, period);
  }
  // The same of what is expected: guidance, estimates, targets.
  const std::vector<Levels>& expected(const Scope& scope, const Period& period) const {
    return find_levels(expected_, scope, period);
  }

  // Scopes of level facts whose subject has the number `name`.
  const std::vector<Scope>& scopes_named(uint32_t name) const;

  // The facts of the fact's sentence, in text order; of a long one those near by.
  std::vector<uint32_t> beside(uint32_t fact) const;
  // Levels of the fact's metric and company in its paragraph or lines of speech that are of no
  // segment, in text order; twenty at most.
  const std::vector<uint32_t>& totals(uint32_t fact) const;
  // Levels in 股, sixteen at most, in text order.
  const std::vector<uint32_t>& in_shares() const { return in_shares_; }
  // Of no segment.
  bool is_whole(uint32_t fact) const;
  // A level, or a price, that has two ends.
  bool is_level(uint32_t fact) const;

  // The period is named in the fact's own sentence, or is the one last named
  // before it in the paragraph.
  bool anchored(uint32_t fact) const { return anchored_[fact]; }
  bool same_sentence(uint32_t a, uint32_t b) const { return sentence_of(a) == sentence_of(b); }
  bool same_paragraph(uint32_t a, uint32_t b) const;  // or of the same lines of speech
  uint32_t block_of(uint32_t fact) const;             // index into Document::blocks, or UINT32_MAX
  // Anchored, or of a period that ends with the report's own or a year before.
  bool settled(uint32_t fact) const { return anchored_[fact] || of_report_[fact]; }
  bool in_table(uint32_t fact) const;
  // The first block of the list or the lines of speech that the fact stands in; else its own block.
  uint32_t list(uint32_t fact) const;
  bool in_list(uint32_t fact) const;  // or in a table, or in lines of speech that each tell a figure
  // Actual, no qualifier, no round number, and no sentence in other terms than the
  // accounts (按固定汇率, 剔除, 如果): what a contradiction may rest on.
  bool exact(uint32_t fact) const;

  // Of the facts that state `level`, the nearest to `fact`.
  uint32_t nearest(const Level& level, uint32_t fact) const;

  Span sentence_span(uint32_t fact) const;
  uint32_t line(uint32_t fact) const;  // of the source, from 1

 private:
  struct Named {
    Scope scope;
    uint32_t subject = NameTable::kUnknown;
    uint32_t base = NameTable::kUnknown;
    std::string_view metric;
    bool one_value = false;
    bool loss = false;
  };
  struct Metric {
    uint32_t number;
    bool one_value;
    bool loss;  // its facts may be of another metric
  };
  using LevelsByMeasure = std::unordered_map<Measure, std::vector<Levels>, MeasureHash>;
  static const std::vector<Levels>& find_levels(const LevelsByMeasure& in, const Scope& scope, const Period& period);
  uint32_t passage(uint32_t fact) const;  // the first block of its lines of speech; else its own
  uint32_t sentence_of(uint32_t fact) const { return extraction_.facts[fact].sentence; }
  std::string_view sentence_text(uint32_t fact) const;
  void add_level(const Scope& scope, uint32_t fact, bool turned);
  void number_names();
  Metric metric_number(std::string_view metric);
  void index_levels();
  void find_of_report();
  void find_totals();
  void find_lists();

  const Document& document_;
  const Extraction& extraction_;
  const Checker::Impl& known_;
  const std::vector<std::string>& other_terms_;
  NameTable names_known_;
  std::unordered_map<std::string_view, Metric> metrics_;
  std::unordered_map<std::string_view, uint32_t> companies_;  // by the letter
  std::vector<Named> names_;                                  // by fact
  std::vector<bool> anchored_;                                // by fact
  std::vector<bool> of_report_;                               // by fact
  std::vector<uint32_t> list_;                                // by block: the first of its list
  std::vector<bool> run_;                                     // by block: of several lines of speech
  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, std::vector<uint32_t>> totals_;  // by block, metric, company
  std::vector<uint32_t> in_shares_;
  LevelsByMeasure levels_;
  LevelsByMeasure expected_;
  std::unordered_map<uint32_t, std::vector<Scope>> scopes_by_name_;
};

// Calendar months from the first to the last; 0 for an instant or a single day.
int months_of(const Period& period);
// Whole months of a period, from `first` on; empty if it has no such months.
Period months_within(const Period& period, int first, int months);

// The comparative period of a change: a year, a quarter or a month before.
// Empty if the basis has none or the period is not one of that length (a
// growth of 2020 to 2024 is a rate, not a change).
Period comparative(const Period& period, Basis basis);

// No percentage, points or multiple.
bool is_amount(std::string_view unit);

// Bounded on one side only: 超过, 不到, 至少, 至多.
bool is_open(Qualifier qualifier);

// The digits as they stand: 864 of 86.4 億; 0 of a range.
int64_t printed_digits(const Fact& fact);

// A number like 3000 萬 or 100 億: its last two printed digits are zeros, so it
// may be rounder than it looks.
bool is_round(const Fact& fact);

}  // namespace jiyao
