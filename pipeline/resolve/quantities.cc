// Figures and periods as they are written, without what they measure.
#include <algorithm>

#include "pipeline/resolve/state.h"

namespace jiyao {

Quantity DocumentResolver::quantity_of(const Mention& m, const Claim& claim) const {
  const Figure& figure = mentions_.figures[m.payload];
  Quantity q;
  q.text = m.span;
  q.kind = m.kind;
  q.value = figure.value;
  q.low = figure.low;
  q.high = figure.high;
  q.decimals = figure.decimals;
  q.unit = m.kind == MentionKind::money && figure.unit.empty() ? known_.context.currency : figure.unit;
  q.qualifier = figure.qualifier == Qualifier::range ? Qualifier::range : claim.qualifier.value_or(figure.qualifier);
  q.rule = rules_.mentions[m.rule].id;
  return q;
}

Quantity DocumentResolver::quantity_of(const Mention& m, const LedgerRow& row) const {
  Quantity q;
  q.text = m.span;
  q.kind = MentionKind::period;
  q.period = periods_[static_cast<size_t>(&m - mentions_.all.data()) - first_].period;
  q.meaning = row.meaning;
  q.rule = row.rule;
  return q;
}

std::vector<Quantity> DocumentResolver::quantities() {
  if (given_.published.year != 0) known_.context.period = given_.period;
  std::vector<Quantity> quantities;
  for (uint32_t s = 0; s < document_.sentences.size(); ++s) {
    const bool has_figure = open(s);
    auto row = out_.ledger.begin() + static_cast<long>(ledger_begin_);  // one for each period
    for (uint32_t i = first_; i < last_; ++i) {
      const Mention& m = mentions_.all[i];
      if (m.kind == MentionKind::period)
        quantities.push_back(quantity_of(m, *row++));
      else if (has_figure && is_figure(m.kind) &&
               !document_.blocks[document_.sentences[s].block].marker.contains(m.span))
        quantities.push_back(quantity_of(m, claims_[i - first_]));
    }
    remember_periods();
  }
  return quantities;
}

}  // namespace jiyao
