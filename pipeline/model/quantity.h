// A figure or a period as it is written, whatever it measures: what `jiyao
// figures` prints. Facts say more; a quantity needs no subject.
#pragma once

#include <optional>
#include <string>

#include "pipeline/model/decimal.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/period.h"
#include "pipeline/model/span.h"

namespace jiyao {

struct Quantity {
  Span text;                             // folded text: number and unit, or the words of the period
  MentionKind kind = MentionKind::bare;  // a figure, or a period
  std::optional<Decimal> value;          // full units, signed as written; empty for a range
  std::optional<Decimal> low;            // both ends of a range, else empty
  std::optional<Decimal> high;
  int decimals = 0;  // XBRL: 845亿 is -8
  std::string unit;  // as in metrics.csv; empty: none is said
  Qualifier qualifier = Qualifier::none;
  std::string meaning;  // of a period, as in ledger.csv; empty: the text does not fix it
  Period period;        // its dates
  std::string rule;
};

}  // namespace jiyao
