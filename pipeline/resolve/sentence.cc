#include <algorithm>

#include "pipeline/resolve/fact_id.h"
#include "pipeline/resolve/state.h"

namespace jiyao {
namespace {

bool is_price(const Metric* m) { return m && (m->id == "share_price" || m->id == "target_price" || m->id == "price"); }
bool is_change_kind(MentionKind k) {
  return k == MentionKind::percent || k == MentionKind::points || k == MentionKind::multiple;
}
bool is_change_basis(Basis b) { return b == Basis::yoy || b == Basis::qoq || b == Basis::mom || b == Basis::change; }

}  // namespace

DocumentResolver::DocumentResolver(const Document& document, const Mentions& mentions, const RuleSet& rules,
                                   const Classes& classes, const Relations& relations, const DocumentContext& given)
    : document_(document), mentions_(mentions), rules_(rules), classes_(classes), relations_(relations),
      known_(find_context(document, mentions, rules, classes, given)) {}

Extraction DocumentResolver::run() {
  for (uint32_t i = 0; i < document_.sentences.size(); ++i) sentence(i);
  out_.context = known_.context;
  return std::move(out_);
}

std::string DocumentResolver::source(Span folded) const {
  return folded.empty() ? std::string() : std::string(cite(document_.source, document_.folded, folded).text);
}

void DocumentResolver::sentence(uint32_t index) {
  const Sentence& s = document_.sentences[index];
  first_ = mentions_.sentence_begin[index];
  last_ = mentions_.sentence_begin[index + 1];
  const Block& block = document_.blocks[s.block];
  if (chain_.block != s.block) {
    chain_.block = s.block;
    // Speech without punctuation runs on from line to line.
    const bool runs_on = index > 0 && text(document_.sentences[index - 1].span).size() < 120 &&
                         !text(document_.sentences[index - 1].span).ends_with("。");
    if (!runs_on) {
      chain_.period = {};
      chain_.company.clear();
      chain_.segment = block.lead;
      chain_.segment_sentence = kNone;
    }
  }
  if (first_ == last_) return;
  make_view(document_.folded.text, s.span, mentions_, first_, last_, rules_, view_);
  resolve_periods(first_, last_);
  candidates_.clear();
  if (view_.has_figure) {
    relations_.apply(view_, claims_);
    find_clauses(document_.folded.text, s.span, mentions_, first_, last_, clauses_);
    collect(index);
  } else {
    for (uint32_t i = first_; i < last_; ++i)
      if (mentions_.all[i].kind == MentionKind::period && periods_[i - first_].chains) chain_.period = periods_[i - first_].period;
  }
  const size_t before = out_.facts.size();
  for (const Candidate& c : candidates_) emit(c, index);
  (void)before;
  ledger_rest(first_, last_, block);
}

void DocumentResolver::resolve_periods(uint32_t first, uint32_t last) {
  periods_.assign(last - first, {});
  Period at_hand = chain_.period.empty() ? known_.context.period : chain_.period;
  for (uint32_t i = first; i < last; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.kind != MentionKind::period) continue;
    const PeriodExpression& e = mentions_.periods[m.payload];
    PeriodContext context;
    context.published = known_.context.published;
    context.report = known_.context.period;
    context.at_hand = at_hand;
    context.fiscal_year_end_month = known_.context.fiscal_year_end_month;
    context.last_quarter_is_report = known_.last_quarter_is_report;
    PeriodExpression asked = e;
    if (e.unit == PeriodExpression::Unit::day && e.n == 0) {
      // 今(21)日, 19日: of the month of publication.
      if (context.published.year == 0) continue;
      asked.year_kind = PeriodExpression::YearKind::absolute;
      asked.year = context.published.year;
      asked.n = asked.m = context.published.month;
    }
    const ResolvedPeriod resolved = resolve_period(asked, context);
    PeriodAt& at = periods_[i - first];
    at.period = resolved.period;
    at.chains = !resolved.period.empty() && e.year_kind != PeriodExpression::YearKind::before &&
                e.unit != PeriodExpression::Unit::day && e.edge == PeriodExpression::Edge::none;
    if (e.unit == PeriodExpression::Unit::same) at.chains = e.year_kind == PeriodExpression::YearKind::none;
    // 自2024年6月发布以来, 较8月: points of comparison.
    const std::string_view before = std::string_view(document_.folded.text).substr(0, m.span.begin);
    for (std::string_view preposition : {"自", "较", "比", "与", "自从", "由", "从"})
      if (before.ends_with(preposition)) at.chains = false;
    if (at.chains) at_hand = at.period;
    LedgerRow row;
    row.kind = LedgerClass::period;
    row.figure = m.span;
    row.meaning = resolved.impossible ? "impossible" : resolved.period.text();
    row.rule = m.rule == kNone ? "" : rules_.mentions[m.rule].id;
    out_.ledger.push_back(std::move(row));
  }
}

bool DocumentResolver::is_list_separator(uint32_t from, uint32_t to) const {
  std::string between;
  for (char c : text({from, to}))
    if (c != ' ') between += c;
  for (const char* s : {"、", "/", ",", "，", "和", "及", "与", "或", "以及", "至", "到", "跟"})
    if (between == s) return true;
  return false;
}

void DocumentResolver::collect(uint32_t sentence) {
  std::vector<uint32_t> clause_of(last_ - first_, 0);
  for (uint32_t c = 0; c < clauses_.size(); ++c)
    for (uint32_t i = clauses_[c].first; i < clauses_[c].last && i < last_; ++i) clause_of[i - first_] = c;
  uint32_t from = document_.sentences[sentence].span.begin;
  uint32_t previous_clause = kNone;
  for (uint32_t i = first_; i < last_; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.kind == MentionKind::word && classes_.part(m) == Part::company && m.metric == kNone) {
      chain_.company = source(m.span);
      continue;
    }
    if (!is_figure(m.kind)) continue;
    const Figure& figure = mentions_.figures[m.payload];
    const Block& block = document_.blocks[document_.sentences[sentence].block];
    if (block.marker.contains(m.span) || claims_[i - first_].no_fact) continue;
    if (m.kind == MentionKind::bare && figure.unit.empty() && figure.decimals >= 0 && text(m.span).find_first_of("0123456789") != std::string_view::npos) {
      // A number without unit or scale is a quantity only in a list with one.
      continue;
    }
    Candidate c;
    c.mention = i;
    c.clause = clause_of[i - first_];
    c.claim = &claims_[i - first_];
    c.company = chain_.company;
    const Clause& clause = clauses_[c.clause];
    if (c.clause != previous_clause) from = clause.span.begin;
    const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
    c.listed = previous && m.kind == mentions_.all[previous->mention].kind &&
               is_list_separator(mentions_.all[previous->mention].span.end, m.span.begin);
    find_topic(c, sentence, from);
    decide_basis(c, previous);
    decide_status(c);
    decide_period(c, previous);
    inherit_segment(c, sentence);
    from = m.span.end;
    previous_clause = c.clause;
    candidates_.push_back(std::move(c));
    if (!candidates_.back().topics.empty() && !candidates_.back().topics.back().empty())
      chain_.topic = candidates_.back().topics.back();
  }
  distribute();
  for (uint32_t i = first_; i < last_; ++i)
    if (mentions_.all[i].kind == MentionKind::period && periods_[i - first_].chains && claims_[i - first_].rules.empty())
      chain_.period = periods_[i - first_].period;
}

void DocumentResolver::find_topic(Candidate& c, uint32_t sentence, uint32_t from) {
  const Mention& m = mentions_.all[c.mention];
  const Clause& clause = clauses_[c.clause];
  const Claim& claim = *c.claim;
  const std::string& folded = document_.folded.text;
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  Topic topic;
  if (!claim.subject.empty()) topic = topic_before(folded, document_.sentences[sentence].span, claim.subject.begin, claim.subject.end, {}, mentions_, classes_);
  if (topic.empty() && !(c.listed && previous))
    topic = topic_before(folded, document_.sentences[sentence].span, from, m.span.begin, claim.base, mentions_, classes_);
  // 86亿元的正经营现金流, 139家机构: the subject stands behind.
  if (topic.empty() || topic.metric == kNone) {
    const bool of = std::string_view(folded).substr(m.span.end).starts_with("的");
    const Topic behind = topic_behind(folded, clause.span.end, m.span.end, mentions_, classes_);
    const bool counted = m.kind == MentionKind::count && !behind.empty();
    if (behind.metric != kNone && (of || topic.empty() || m.kind == MentionKind::count)) topic = behind;
    else if (topic.empty() && counted && !c.listed) topic = behind;
  }
  if (topic.empty() && previous && (c.listed || previous->clause == c.clause || clause.in_brackets)) topic = previous->topics.back();
  // An earlier clause of the sentence names it.
  for (uint32_t k = c.clause; topic.empty() && k-- > 0;) {
    if (previous && previous->clause >= k) {
      topic = previous->topics.back();
      break;
    }
    topic = topic_before(folded, document_.sentences[sentence].span, clauses_[k].span.begin, clauses_[k].span.end, {}, mentions_, classes_);
    if (topic.metric == kNone) topic = {};
  }
  if (topic.empty()) topic = chain_.topic;
  c.topics = {topic};
}

// Words between the figures' subjects and the figures: 分别.
void DocumentResolver::distribute() {
  for (uint32_t k = 0; k < clauses_.size(); ++k) {
    const Clause& clause = clauses_[k];
    uint32_t each = kNone;
    for (uint32_t i = clause.first; i < clause.last && i < last_; ++i)
      if (mentions_.all[i].kind == MentionKind::word && classes_.part(mentions_.all[i]) == Part::each) each = i;
    if (each == kNone) continue;
    std::vector<Candidate*> figures;
    std::vector<Topic> earlier;
    for (Candidate& c : candidates_) {
      if (mentions_.all[c.mention].span.begin > mentions_.all[each].span.begin && (c.clause == k || (c.listed && !figures.empty())))
        figures.push_back(&c);
      else if (c.clause < k && (earlier.empty() || !(earlier.back().phrase == c.topics.back().phrase)))
        earlier.push_back(c.topics.back());
    }
    if (figures.empty() || figures.front()->topics.front().empty()) continue;
    const Topic& own = figures.front()->topics.front();
    std::vector<Topic> topics;
    if (clause.span.contains(own.phrase)) topics = joined_topics(document_.folded.text, clause.span.begin, own, mentions_, classes_);
    else topics = earlier;
    if (topics.size() < 2) continue;
    if (figures.size() == topics.size()) {
      for (size_t i = 0; i < figures.size(); ++i) figures[i]->topics = {topics[i]};
    } else if (figures.size() == 1) {
      figures.front()->topics = topics;
    } else if (topics.size() > figures.size() && !clause.span.contains(own.phrase)) {
      for (size_t i = 0; i < figures.size(); ++i) figures[i]->topics = {topics[topics.size() - figures.size() + i]};
    }
  }
}

void DocumentResolver::inherit_segment(Candidate& c, uint32_t sentence) {
  for (Topic& t : c.topics) {
    if (!t.segment.empty()) {
      chain_.segment = t.segment;
      chain_.segment_sentence = sentence;
      continue;
    }
    const Metric* m = metric(t);
    const bool fits = m && m->balance == "flow" && t.phrase.size() <= 15 && !text(t.phrase).starts_with("总");
    const bool near = chain_.segment_sentence == sentence || (chain_.segment_sentence == kNone && !chain_.segment.empty());
    if (fits && near && c.clause > 0) t.segment = chain_.segment;
  }
}

void DocumentResolver::decide_basis(Candidate& c, const Candidate* previous) {
  const Mention& m = mentions_.all[c.mention];
  const Figure& figure = mentions_.figures[m.payload];
  const Metric* about = metric(c.topics.front());
  const Claim& claim = *c.claim;
  if (claim.basis) {
    c.basis = *claim.basis;
  } else if (claim.versus) {
    c.basis = Basis::yoy;  // by the length of time, once the period is known
  } else if (c.listed && previous) {
    c.basis = previous->basis;
  } else if (m.kind == MentionKind::points) {
    c.basis = Basis::yoy;
  } else if (m.kind == MentionKind::percent) {
    const bool moves = claim.sign != 0 || figure.explicit_sign;
    c.basis = moves && !(about && about->ratio && !figure.explicit_sign && claim.sign == 0) ? Basis::yoy : Basis::level;
    if (!moves && about && !about->ratio && clauses_[c.clause].in_brackets) c.basis = Basis::yoy;
  } else if (m.kind == MentionKind::multiple) {
    c.basis = claim.sign != 0 || text(m.span).starts_with("翻") || text(m.span) == "倍增" ? Basis::yoy : Basis::level;
  }
  // A growth of a metric that nothing is known of, without a base, is a change.
  if (c.basis == Basis::level && !is_change_kind(m.kind) && is_price(about) && m.kind == MentionKind::money) c.basis = Basis::price;
  if (is_change_basis(c.basis) && about && about->id == "share_price" && !claim.basis) c.basis = Basis::change;
}

void DocumentResolver::decide_status(Candidate& c) {
  const Mention& m = mentions_.all[c.mention];
  const Claim& claim = *c.claim;
  const Metric* about = metric(c.topics.front());
  bool guidance = false, estimator = false, target = false;
  for (uint32_t i = first_; i < c.mention; ++i) {
    const Mention& w = mentions_.all[i];
    if (w.kind != MentionKind::word) continue;
    const Part part = classes_.part(w);
    if (part == Part::estimator) estimator = true;
    if (part == Part::guidance && clauses_[c.clause].span.contains(w.span)) {
      const std::string* status = classes_.attribute(w, "status");
      (status && *status == "target" ? target : guidance) = true;
    }
  }
  (void)m;
  if (claim.status) c.status = *claim.status;
  else if (about && about->id == "target_price") c.status = Status::target;
  else if (guidance) c.status = estimator ? Status::estimate : Status::guidance;
  else if (target) c.status = Status::target;
  else if (c.listed && !candidates_.empty()) c.status = candidates_.back().status;
}

void DocumentResolver::decide_period(Candidate& c, const Candidate* previous) {
  const Claim& claim = *c.claim;
  const auto resolved = [&](uint32_t mention) { return periods_[mention - first_].period; };
  Period at = chain_.period;
  // The period nearest before the figure, in its clause or an earlier one.
  for (uint32_t i = c.mention; i-- > first_;) {
    const Mention& m = mentions_.all[i];
    if (m.kind != MentionKind::period || resolved(i).empty()) continue;
    if (i == claim.base_period || claim.base.overlaps(m.span)) continue;
    bool taken = false;  // by a comparison for another figure
    for (uint32_t k = first_; k < last_; ++k)
      if (k != c.mention && is_figure(mentions_.all[k].kind) && (claims_[k - first_].period == i || claims_[k - first_].base_period == i) &&
          k < c.mention)
        taken = true;
    const bool same_clause = clauses_[c.clause].span.contains(m.span);
    if (taken || (!same_clause && !periods_[i - first_].chains)) continue;
    const bool comparison = !periods_[i - first_].chains && mentions_.periods[m.payload].edge == PeriodExpression::Edge::none &&
                            mentions_.periods[m.payload].year_kind == PeriodExpression::YearKind::before;
    // 去年同期为14架 is of that period; 较去年同期 was claimed above.
    if (comparison && is_change_kind(mentions_.all[c.mention].kind)) continue;
    at = resolved(i);
    break;
  }
  if (at.empty()) at = known_.context.period;
  if (c.listed && previous && claim.period == kNone && !claim.earlier) at = previous->period;
  if (claim.base_period != kNone) c.base_period = resolved(claim.base_period);
  if (claim.earlier && !at.empty()) at = at.years_earlier(1);
  if (claim.period != kNone && !resolved(claim.period).empty()) at = resolved(claim.period);
  c.period = at;
  if (claim.versus && !c.base_period.empty() && !at.empty()) {
    const Date base_end = c.base_period.end, end = at.end;
    const int months = (end.year - base_end.year) * 12 + end.month - base_end.month;
    const bool quarter = at.start.year == 0 || (at.end.month - at.start.month + 12) % 12 == 2;
    c.basis = months == 12 ? Basis::yoy : months == 3 && quarter ? Basis::qoq : months == 1 ? Basis::mom : months == 0 ? Basis::yoy : Basis::change;
  }
}

Fact DocumentResolver::make_fact(const Candidate& c, const Topic& topic, Basis basis, uint32_t sentence) const {
  const Mention& m = mentions_.all[c.mention];
  const Figure& figure = mentions_.figures[m.payload];
  const Metric* about = metric(topic);
  Fact f;
  f.figure = m.span;
  f.sentence = sentence;
  f.company = c.company.empty() ? known_.context.company : c.company;
  if (f.company == known_.context.company) f.ticker = known_.context.ticker;
  f.metric = !c.claim->metric.empty() ? c.claim->metric : about ? about->id : "other";
  f.subject = source(topic.phrase);
  f.segment = source(topic.segment);
  for (const Metric& known : rules_.metrics)
    if (known.id == f.metric && f.metric != "other") {
      f.metric_en = known.en;
      f.metric_zh = known.zh;
      break;
    }
  if (f.metric == "other") {
    f.metric_en = "Other";
    f.metric_zh = std::string(text(topic.phrase));
  }
  f.period = c.period;
  if (about && about->balance == "stock" && m.kind != MentionKind::percent && !f.period.empty() && !f.period.instant &&
      basis == Basis::level && f.period.label.empty() && about->unit_kind == "money")
    f.period = Period::at_end(f.period.end);
  f.basis = basis;
  f.base = c.claim->base.empty() ? (c.base_period.empty() ? "" : c.base_period.text()) : source(c.claim->base);
  f.value = figure.value;
  f.low = figure.low;
  f.high = figure.high;
  f.decimals = figure.decimals;
  const int sign = c.claim->sign != 0 || !c.listed || &c == &candidates_.front() ? c.claim->sign
                   : (&c)[-1].claim->sign;
  if (sign < 0 && is_change_basis(basis) && !figure.explicit_sign) {
    if (f.value && !f.value->is_negative()) f.value = f.value->negated();
    if (f.low && f.high) {
      const Decimal low = f.high->negated();
      f.high = f.low->negated();
      f.low = low;
    }
  }
  f.unit = figure.unit;
  if (m.kind == MentionKind::money && (f.unit.empty() || figure.plain_currency) && f.unit.empty()) f.unit = known_.context.currency;
  if (m.kind == MentionKind::bare) {
    const bool counts = about && about->unit_kind == "count";
    static const char* const people[] = {"dau", "mau", "users", "paying_users", "headcount"};
    const bool person = std::any_of(std::begin(people), std::end(people), [&](const char* id) { return f.metric == id; });
    f.unit = person ? "人" : counts ? "个" : known_.context.currency;
  }
  f.qualifier = c.claim->qualifier.value_or(figure.qualifier);
  if (figure.qualifier == Qualifier::range) f.qualifier = Qualifier::range;
  f.status = c.status;
  if (m.rule != kNone) f.rules.push_back(rules_.mentions[m.rule].id);
  for (uint32_t r : c.claim->rules) f.rules.push_back(rules_.relations[r].id);
  return f;
}

void DocumentResolver::emit(const Candidate& c, uint32_t sentence) {
  const Mention& m = mentions_.all[c.mention];
  LedgerRow row;
  row.figure = m.span;
  row.rule = m.rule == kNone ? "" : rules_.mentions[m.rule].id;
  if (c.topics.front().empty()) {
    row.kind = LedgerClass::unresolved;
    row.meaning = "a quantity without a subject: nothing before or behind it names what is measured";
    out_.ledger.push_back(std::move(row));
    return;
  }
  row.kind = LedgerClass::fact;
  int statement = 0;
  const Citation place = cite(document_.source, document_.folded, m.span);
  const auto add = [&](Fact fact) {
    fact.id = fact_id(document_.source.document, place.byte_start, place.byte_end, statement++);
    row.facts.push_back(static_cast<uint32_t>(out_.facts.size()));
    out_.facts.push_back(std::move(fact));
  };
  for (const Topic& topic : c.topics) {
    add(make_fact(c, topic, c.basis, sentence));
    if (c.claim->second_basis) add(make_fact(c, topic, *c.claim->second_basis, sentence));
  }
  out_.ledger.push_back(std::move(row));
}

// Every other number of the sentence, so that each digit has a row.
void DocumentResolver::ledger_rest(uint32_t first, uint32_t last, const Block& block) {
  for (uint32_t i = first; i < last; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.kind == MentionKind::word || m.kind == MentionKind::period) continue;
    if (is_figure(m.kind) &&
        std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& c) { return c.mention == i; }))
      continue;
    LedgerRow row;
    row.figure = m.span;
    row.rule = m.rule == kNone ? "" : rules_.mentions[m.rule].id;
    if (block.marker.contains(m.span)) row.kind = LedgerClass::ordinal;
    else if (m.kind == MentionKind::ordinal) row.kind = LedgerClass::ordinal;
    else if (m.kind == MentionKind::identifier) row.kind = LedgerClass::identifier;
    else if (m.kind == MentionKind::idiom) row.kind = LedgerClass::idiom;
    else {
      row.kind = LedgerClass::unresolved;
      row.meaning = m.kind == MentionKind::unresolved || m.kind == MentionKind::bare
                        ? "a number without a unit, not in a list with one"
                        : "a relation rule says that it states no fact";
    }
    out_.ledger.push_back(std::move(row));
  }
  std::sort(out_.ledger.begin(), out_.ledger.end(), [](const LedgerRow& a, const LedgerRow& b) { return a.figure < b.figure; });
}

}  // namespace jiyao
