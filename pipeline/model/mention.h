// What matching finds in a sentence: words of the lexicon, figures, periods
// and numbers that are neither. Spans are bytes of the folded text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/decimal.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/period.h"
#include "pipeline/model/span.h"

namespace jiyao {

// Kinds of figures and of the numbers that are none.
enum class MentionKind : uint8_t {
  word,  // of the lexicon or a metric name
  money,
  percent,
  points,  // percentage points, basis points
  multiple,
  count,
  bare,  // a number without unit that may still be a quantity (4087亿, 103)
  period,
  ordinal,
  identifier,
  idiom,
  unresolved,
};

inline bool is_figure(MentionKind k) { return k >= MentionKind::money && k <= MentionKind::bare; }

struct Figure {
  std::optional<Decimal> value;  // full units, signed as written; empty for a range
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  int decimals = 0;                       // XBRL: 845 億 is -8, 11.8% is 1
  int scale = 0;                          // power of ten it was written with: 8 for 7.46亿
  std::string unit;                       // ISO 4217, %, pp, bp, x, a classifier; empty: not said
  bool plain_currency = false;            // 元 without a country: the document's currency
  bool explicit_sign = false;             // +17.73%, -7%
  Qualifier qualifier = Qualifier::none;  // from inside the figure: 多 余 + or a range
};

struct Mention {
  Span span;
  MentionKind kind = MentionKind::word;
  uint32_t rule = kNone;     // index into RuleSet::mentions; kNone for words
  uint32_t entry = kNone;    // words: index into RuleSet::lexicon
  uint32_t metric = kNone;   // words: index into RuleSet::metrics
  uint32_t payload = kNone;  // index into Mentions::figures or Mentions::periods
};

// All mentions of a document, in text order, not overlapping.
struct Mentions {
  std::vector<Mention> all;
  std::vector<uint32_t> sentence_begin;  // all[sentence_begin[i] .. sentence_begin[i + 1]) lie in sentence i
  std::vector<Figure> figures;
  std::vector<PeriodExpression> periods;
};

}  // namespace jiyao
