// The facts of one document, laid out for checking: what is stated of a
// measure in a period, and how sure it is that two statements speak of the
// same thing. Facts come from text and may be wrong; a check that cannot show
// that its operands belong together says nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pipeline/check/interval.h"
#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"

namespace jiyao {

// One value stated of a measure, and the facts that state it (in text order).
struct Level {
  Interval printed;
  Interval allowed;
  std::vector<uint32_t> facts;
};

class Evidence {
 public:
  Evidence(const Document& document, const Extraction& extraction);  // both must outlive it

  const Document& document() const { return document_; }
  const Extraction& extraction() const { return extraction_; }
  const std::vector<Fact>& facts() const { return extraction_.facts; }
  const Fact& fact(uint32_t i) const { return extraction_.facts[i]; }

  // What is measured, of whom: metric, segment, company, and the subject where
  // the metric alone does not say it.
  static std::string scope(const Fact& fact);
  static std::string scope(std::string_view metric, std::string_view segment, const Fact& like);

  // The different values of one unit stated of a scope in a period: actual
  // levels without a loose qualifier.
  struct Levels {
    std::string unit;
    std::vector<Level> values;
    bool contested = false;  // two of the values cannot both be right
  };
  // One entry a unit; none for a unit with more than eight values, for then the
  // scope lumps different things together.
  const std::vector<Levels>& levels(const std::string& scope, const Period& period) const;

  // Scopes of level facts whose subject is `name` (bare).
  const std::vector<std::string>& scopes_named(const std::string& name) const;

  // The period is named in the fact's own sentence, or is the one last named
  // before it in the paragraph.
  bool anchored(uint32_t fact) const { return anchored_[fact]; }
  bool same_sentence(uint32_t a, uint32_t b) const { return sentence_of(a) == sentence_of(b); }
  bool same_paragraph(uint32_t a, uint32_t b) const;
  // No qualifier, no round number, and no sentence in other terms than the
  // accounts (按固定汇率, 剔除, 如果): what a contradiction may rest on.
  bool exact(uint32_t fact) const;

  // Of the facts that state `level`, the nearest to `fact`.
  uint32_t nearest(const Level& level, uint32_t fact) const;

  Span sentence_span(uint32_t fact) const;
  uint32_t line(uint32_t fact) const;  // of the source, from 1

 private:
  struct Notes {
    bool other_terms = false;
    bool looks_back = false;  // 去年同期, 上年
  };
  uint32_t sentence_of(uint32_t fact) const { return extraction_.facts[fact].sentence; }
  const Notes& notes(uint32_t sentence) const;
  void index_levels();
  void index_periods();
  bool names_period(uint32_t fact) const;

  const Document& document_;
  const Extraction& extraction_;
  std::vector<Notes> notes_;  // by sentence
  std::vector<bool> anchored_;
  std::unordered_map<std::string, std::vector<Levels>> levels_;  // by scope and period
  std::unordered_map<std::string, std::vector<std::string>> scopes_by_name_;
  std::unordered_set<std::string> named_periods_;              // by sentence and period
  std::vector<std::pair<uint32_t, std::string>> period_rows_;  // by place
};

// A key part of a period: its dates, so that a label does not matter.
std::string period_key(const Period& period);

// The comparative period of a change: a year, a quarter or a month before.
// Empty if the basis has none or the period is not one of that length (a
// growth of 2020 to 2024 is a rate, not a change).
Period comparative(const Period& period, Basis basis);

// Bounded on one side only, or a range: 超过, 不到, 近. Not 約.
bool is_loose(Qualifier qualifier);

// A number like 3000 萬 or 100 億: its last two printed digits are zeros, so it
// may be rounder than it looks.
bool is_round(const Fact& fact);

}  // namespace jiyao
