// Figures and periods as they are written, without what they measure.
#include <algorithm>

#include "pipeline/resolve/state.h"
#include "pipeline/resolve/table_grid.h"

namespace jiyao {
namespace {

MentionKind kind_of_unit(std::string_view unit) {
  if (unit == "%") return MentionKind::percent;
  if (unit == "pp" || unit == "bp") return MentionKind::points;
  if (unit == "x") return MentionKind::multiple;
  const bool code =
      unit.size() == 3 && std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return code ? MentionKind::money : MentionKind::count;
}

}  // namespace

Quantity DocumentResolver::quantity_of(Span span, MentionKind kind, const Figure& figure, Qualifier qualifier) const {
  Quantity q;
  q.text = span;
  q.kind = kind;
  q.value = figure.value;
  q.low = figure.low;
  q.high = figure.high;
  q.decimals = figure.decimals;
  q.unit = kind == MentionKind::money && figure.unit.empty() ? known_.context.currency : figure.unit;
  q.qualifier = figure.qualifier == Qualifier::range ? Qualifier::range : qualifier;
  return q;
}

Quantity DocumentResolver::quantity_of(const Mention& m, const Claim& claim) const {
  const Figure& figure = mentions_.figures[m.payload];
  Quantity q = quantity_of(m.span, m.kind, figure, claim.qualifier.value_or(figure.qualifier));
  q.rule = rules_.mentions[m.rule].id;
  return q;
}

Quantity DocumentResolver::quantity_of(const Mention& m, const LedgerRow& row) const {
  Quantity q;
  q.text = m.span;
  q.kind = MentionKind::period;
  q.period = periods_[static_cast<size_t>(&m - mentions_.all.data()) - first_].dates;
  q.meaning = row.meaning;
  q.rule = row.rule;
  return q;
}

// Of a table, whose labels say in which unit its numbers are; where they do
// not, the numbers as they stand.
void DocumentResolver::table_quantities(const Table& lines, std::vector<Quantity>& quantities) {
  const size_t before = out_.ledger.size();
  table(lines);
  const auto figure_at = [&](Span at) {
    const auto m = std::lower_bound(mentions_.all.begin(), mentions_.all.end(), at,
                                    [](const Mention& of, Span span) { return of.span < span; });
    return m != mentions_.all.end() && m->span == at && is_figure(m->kind) ? &*m : nullptr;
  };
  for (size_t i = before; i < out_.ledger.size(); ++i) {
    const LedgerRow& row = out_.ledger[i];
    Quantity q;
    q.text = row.figure;
    if (row.kind == LedgerClass::period) {
      q.kind = MentionKind::period;
      q.meaning = row.meaning;
      q.period = Period::parse(row.meaning, known_.context.fiscal_year_end_month);
    } else if (row.kind == LedgerClass::fact) {
      const Fact& fact = out_.facts[row.facts.front()];
      q.kind = kind_of_unit(fact.unit);
      q.value = fact.value;
      q.low = fact.low;
      q.high = fact.high;
      q.decimals = fact.decimals;
      q.unit = fact.unit;
      q.qualifier = fact.qualifier;
    } else if (const Mention* m = row.kind == LedgerClass::unresolved ? figure_at(row.figure) : nullptr) {
      const Figure& figure = mentions_.figures[m->payload];
      q = quantity_of(m->span, m->kind, figure, figure.qualifier);
    } else if (const auto plain = numbers_in(document_.folded.text, row.figure);
               row.kind == LedgerClass::unresolved && plain.size() == 1) {
      q.kind = MentionKind::bare;
      q.value = plain.front().value;
      q.decimals = plain.front().decimals;
    } else {
      continue;
    }
    q.rule = row.rule;
    quantities.push_back(std::move(q));
  }
}

std::vector<Quantity> DocumentResolver::quantities() {
  if (given_.published.year != 0) known_.context.period = given_.period;
  std::vector<Quantity> quantities;
  auto next = document_.tables.begin();
  for (uint32_t s = 0; s < document_.sentences.size(); ++s) {
    const Block& block = document_.blocks[document_.sentences[s].block];
    if (block.kind == BlockKind::table) {
      table_quantities(*next++, quantities);
      s = block.last_sentence - 1;
      continue;
    }
    const bool has_figure = open(s);
    auto row = out_.ledger.begin() + static_cast<long>(ledger_begin_);  // one for each period
    for (uint32_t i = first_; i < last_; ++i) {
      const Mention& m = mentions_.all[i];
      if (m.kind == MentionKind::period)
        quantities.push_back(quantity_of(m, *row++));
      else if (has_figure && is_figure(m.kind) && !block.marker.contains(m.span) && !states_unit(i))
        quantities.push_back(quantity_of(m, claims_[i - first_]));
    }
    remember_periods(s);
  }
  return quantities;
}

}  // namespace jiyao
