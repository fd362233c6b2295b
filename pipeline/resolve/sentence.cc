#include <algorithm>

#include "pipeline/resolve/digits.h"
#include "pipeline/resolve/fact_id.h"
#include "pipeline/resolve/state.h"

namespace jiyao {
namespace {

bool is_price(const Metric* m) { return m && (m->id == "share_price" || m->id == "target_price" || m->id == "price"); }
constexpr std::string_view kPeople[] = {"者", "人", "户", "员", "客", "众", "家庭"};

bool is_change_kind(MentionKind k) {
  return k == MentionKind::percent || k == MentionKind::points || k == MentionKind::multiple;
}
// A fall: what is positive becomes negative, a range turns over.
void negate(Fact& f) {
  if (f.value && !f.value->is_negative()) f.value = f.value->negated();
  if (!f.low || !f.high) return;
  const Decimal low = f.high->negated();
  f.high = f.low->negated();
  f.low = low;
}

bool is_change_basis(Basis b) { return b == Basis::yoy || b == Basis::qoq || b == Basis::mom || b == Basis::change; }

}  // namespace

DocumentResolver::DocumentResolver(const Document& document, const Mentions& mentions, const RuleSet& rules,
                                   const Classes& classes, const Relations& relations, const DocumentContext& given)
    : document_(document), mentions_(mentions), rules_(rules), classes_(classes), relations_(relations),
      known_(find_context(document, mentions, rules, classes, given)) {}

Extraction DocumentResolver::run() {
  out_.facts.reserve(mentions_.figures.size());
  out_.ledger.reserve(mentions_.figures.size() + mentions_.periods.size());
  for (uint32_t i = 0; i < document_.sentences.size(); ++i) sentence(i);
  cover_digits(document_.folded.text, out_.ledger);
  out_.context = known_.context;
  return std::move(out_);
}

std::string DocumentResolver::source(Span folded) const {
  if (folded.empty()) return {};
  const Span at = document_.folded.map.to_source(folded);
  return document_.source.text.substr(at.begin, at.size());
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
      chain_.period = block.section == kNone ? Period{} : section_period(block.section);
      chain_.outlook = {};
      chain_.share_metric = kNone;
      chain_.company.clear();
      chain_.segment = business_label(block);
      chain_.segment_sentence = kNone;
    }
  }
  if (first_ == last_) return;
  ledger_begin_ = out_.ledger.size();
  bool has_figure = false, has_metric = false;
  for (uint32_t i = first_; i < last_; ++i) {
    has_figure = has_figure || is_figure(mentions_.all[i].kind);
    has_metric = has_metric || mentions_.all[i].metric != kNone;
  }
  clauses_.clear();
  if (has_figure) find_clauses(scope(), s.span, clauses_);
  resolve_periods(first_, last_);
  candidates_.clear();
  before_sentence_ = chain_.topic;
  // A sentence in the same paragraph, or one that names no period, goes on with the topic before it.
  bool names_period = false;
  for (uint32_t i = first_; i < last_ && !is_figure(mentions_.all[i].kind); ++i)
    names_period = names_period || mentions_.all[i].kind == MentionKind::period;
  continues_ = (index > 0 && document_.sentences[index - 1].block == s.block) || !names_period;
  if (has_figure) {
    make_view(document_.folded.text, s.span, mentions_, first_, last_, rules_, view_);
    relations_.apply(view_, claims_);
    collect(index);
  } else {
    for (uint32_t i = first_; i < last_; ++i)
      if (mentions_.all[i].kind == MentionKind::period && periods_[i - first_].chains && !periods_[i - first_].ahead) chain_.period = periods_[i - first_].period;
    // What a sentence without figures speaks of last, the next may give figures of.
    const Topic topic = has_metric ? topic_before(scope(), s.span.begin, s.span.end, {}) : Topic{};
    if (topic.metric != kNone) chain_.topic = topic;
    if (has_metric && says_shares(s.span))
      for (uint32_t i = first_; i < last_; ++i)
        if (mentions_.all[i].metric != kNone) chain_.share_metric = mentions_.all[i].metric;
  }
  const size_t before = out_.facts.size();
  for (const Candidate& c : candidates_) emit(c, index);
  (void)before;
  ledger_rest(first_, last_, block);
}

// 广告:…, 海外业务:… name what the paragraph is about; of 产业互联网保持高增:… the
// noun before the verb does.
Span DocumentResolver::business_label(const Block& block) const {
  if (block.kind == BlockKind::turn || block.lead.empty()) return {};
  Span label = block.lead;
  for (uint32_t i = first_; i < last_ && mentions_.all[i].span.begin < label.end; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.span.begin < label.begin) continue;
    const bool inside = m.kind == MentionKind::identifier || (m.kind == MentionKind::word && classes_.part(m) == Part::phrase);
    if (!inside) label.end = m.span.begin;
  }
  return label.size() >= 6 && label.size() <= 30 ? label : Span{};
}

// A heading that names a period (二、2025年展望) names that of its section.
Period DocumentResolver::section_period(uint32_t heading) const {
  while (heading != kNone) {
    if (const auto it = heading_periods_.find(heading); it != heading_periods_.end()) return it->second;
    heading = document_.blocks[heading].section;
  }
  return {};
}

// 以品牌营收的产品比重: the percentages that follow are shares of it.
bool DocumentResolver::says_shares(Span sentence) const {
  const std::string_view t = text(sentence);
  for (std::string_view word : {"比重", "占比", "分布", "构成", "组合"})
    if (t.find(word) != std::string_view::npos) return true;
  return false;
}

void DocumentResolver::resolve_periods(uint32_t first, uint32_t last) {
  periods_.assign(last - first, {});
  bool named = false;  // the sentence has named the period at hand
  bool outlook = false;
  for (uint32_t i = first; i < last; ++i)
    outlook = outlook || (mentions_.all[i].kind == MentionKind::word && classes_.part(mentions_.all[i]) == Part::guidance);
  outlook_distance_ = outlook ? 0 : std::min(outlook_distance_ + 1, 100);
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
      if (context.published.year == 0) {
        out_.ledger.push_back({LedgerClass::period, m.span, "", {}, m.rule == kNone ? "" : rules_.mentions[m.rule].id});
        continue;
      }
      asked.year_kind = PeriodExpression::YearKind::absolute;
      asked.year = context.published.year;
      asked.n = asked.m = context.published.month;
    }
    // In a call on the fourth quarter, 预期第一季 is the one to come.
    const Period& report = known_.context.period;
    if (e.unit == PeriodExpression::Unit::quarter && e.year_kind == PeriodExpression::YearKind::none && !e.relative_unit && !e.cumulative &&
        e.n <= 2 && report.end.month == 12 && report.label.empty() && outlook_distance_ <= 4) {
      asked.year_kind = PeriodExpression::YearKind::absolute;
      asked.year = static_cast<int16_t>(report.end.year + 1);
    }
    const ResolvedPeriod resolved = resolve_period(asked, context);
    PeriodAt& at = periods_[i - first];
    at.period = resolved.period;
    at.chains = !resolved.period.empty() && e.year_kind != PeriodExpression::YearKind::before &&
                e.unit != PeriodExpression::Unit::day && e.edge == PeriodExpression::Edge::none;
    if (e.unit == PeriodExpression::Unit::same) at.chains = e.year_kind == PeriodExpression::YearKind::none;
    // 自2024年6月发布以来, 较8月: points of comparison.
    const std::string_view before = std::string_view(document_.folded.text).substr(0, m.span.begin);
    for (std::string_view preposition : {"自", "较", "比", "与", "自从", "由", "从", "继", "跟", "同", "相较", "优于", "高于", "低于"})
      if (before.ends_with(preposition)) at.chains = false;
    const Date report_end = known_.context.period.end;
    // What ended before publication is no outlook, whatever the report is on.
    const Date now = known_.context.published.year != 0 ? known_.context.published : report_end;
    at.ahead = at.chains && now.year != 0 && (at.period.start > now || (at.period.end > now && (outlook || at.period.end > report_end)));
    // 2017年以来首次下降
    const std::string_view behind = std::string_view(document_.folded.text).substr(m.span.end);
    for (std::string_view after : {"以来", "起", "之后", "以后", "后", "之前", "以前", "前"})
      if (behind.starts_with(after)) at.chains = false;
    // 2024年净利润41.7亿元，2023年为26.4亿元，增长58%: the year before is there for comparison.
    at.comparative = at.chains && named && at.period == at_hand.years_earlier(1);
    if (at.comparative) at.chains = false;
    for (const Clause& clause : clauses_)
      if (clause.in_brackets && clause.span.contains(m.span)) at.chains = false;
    named = named || at.chains;
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
    find_topic(c, from);
    decide_basis(c, previous);
    decide_status(c);
    decide_period(c, previous);
    from = m.span.end;
    previous_clause = c.clause;
    candidates_.push_back(std::move(c));
    if (candidates_.back().basis != Basis::share && candidates_.back().topics.back().metric != kNone) chain_.share_metric = kNone;
    if (!candidates_.back().topics.empty() && !candidates_.back().topics.back().empty())
      chain_.topic = candidates_.back().topics.back();
  }
  distribute();
  distribute_years();
  distribute_periods();
  for (Candidate& c : candidates_) inherit_segment(c, sentence);
  if (!candidates_.empty() && !candidates_.back().topics.back().empty()) chain_.topic = candidates_.back().topics.back();
  for (uint32_t i = first_; i < last_; ++i)
    if (mentions_.all[i].kind == MentionKind::period && periods_[i - first_].chains)
      (periods_[i - first_].ahead ? chain_.outlook : chain_.period) = periods_[i - first_].period;
}

void DocumentResolver::find_topic(Candidate& c, uint32_t from) {
  const Mention& m = mentions_.all[c.mention];
  const Clause& clause = clauses_[c.clause];
  const Claim& claim = *c.claim;
  const std::string& folded = document_.folded.text;
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  Topic topic;
  if (!claim.subject.empty()) topic.phrase = topic.word = claim.subject;
  if (topic.empty() && !(c.listed && previous))
    topic = topic_before(scope(), from, m.span.begin, claim.base);
  // 86亿元的正经营现金流, 139家机构: the subject stands behind.
  if (topic.empty() || topic.metric == kNone) {
    // 超过25%以上的市场占有率
    uint32_t end = m.span.end;
    if (c.mention + 1 < last_ && mentions_.all[c.mention + 1].span.begin == end && mentions_.all[c.mention + 1].kind == MentionKind::word &&
        classes_.attribute(mentions_.all[c.mention + 1], "qualifier"))
      end = mentions_.all[c.mention + 1].span.end;
    const bool of = std::string_view(folded).substr(end).starts_with("的");
    const Topic behind = topic_behind(scope(), clause.span.end, end);
    const bool counted = (m.kind == MentionKind::count || m.kind == MentionKind::bare) && !behind.empty();
    if (behind.metric != kNone && (of || topic.empty() || m.kind == MentionKind::count)) topic = behind;
    else if (counted && !c.listed && topic.metric == kNone) topic = behind;
  }
  if (topic.empty() && previous && (c.listed || previous->clause == c.clause || clause.in_brackets)) topic = previous->topics.back();
  // An earlier clause of the sentence names it; brackets only if no other does.
  Topic bracketed;
  for (uint32_t k = c.clause; topic.empty() && k-- > 0;) {
    if (previous && previous->clause >= k) {
      topic = previous->topics.back();
      break;
    }
    topic = topic_before(scope(), clauses_[k].span.begin, clauses_[k].span.end, {});
    if (topic.metric == kNone) topic = {};
    else if (clauses_[k].in_brackets && !clause.in_brackets && k > 0) {
      if (bracketed.empty()) bracketed = topic;
      topic = {};
    }
  }
  if (topic.empty()) topic = bracketed;
  attach_metric(c, topic);
  apply_verb_metric(c, from, topic);
  if (topic.empty()) topic = chain_.topic;
  strip_company(topic);
  c.topics = {topic};
}

// The metric last spoken of in the sentence, with or without a figure, else in
// the paragraph.
Topic DocumentResolver::metric_spoken_of(const Candidate& c) const {
  for (size_t i = candidates_.size(); i-- > 0;) {
    if (candidates_[i].topics.back().metric != kNone) return candidates_[i].topics.back();
  }
  for (uint32_t k = c.clause; k-- > 0;)
    if (const Topic t = topic_before(scope(), clauses_[k].span.begin, clauses_[k].span.end, {}); t.metric != kNone) return t;
  return continues_ ? before_sentence_ : Topic{};
}

// A phrase without a metric of its own: 车用占营收18%, 人寿24.3亿元 behind 银行净利
// 78.6亿元. It limits the metric that the base, or the figure before, is of.
void DocumentResolver::attach_metric(const Candidate& c, Topic& topic) const {
  if (topic.empty() || topic.metric != kNone) return;
  const Mention& m = mentions_.all[c.mention];
  if (!c.claim->subject.empty()) return;
  if (!c.claim->base.empty())
    for (uint32_t i = first_; i < c.mention; ++i)
      if (mentions_.all[i].metric != kNone && c.claim->base.contains(mentions_.all[i].span)) topic.metric = mentions_.all[i].metric;
  if (topic.metric != kNone) return;
  if (chain_.share_metric != kNone && m.kind == MentionKind::percent && (c.claim->basis.value_or(Basis::share) == Basis::share) && c.claim->sign == 0) {
    topic.metric = chain_.share_metric;
    return;
  }
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  const Topic before = metric_spoken_of(c);
  const Metric* about = metric(before);
  if (!about || about->id == "other" || (about->balance != "flow" && m.kind != MentionKind::count)) return;
  // A phrase that ends like a measure (订单量, 人数, 单价) is one of its own.
  static constexpr std::string_view measures = "量数率额价费值比本润入利债产款单时间期次度力人员户者货币金息税耗效果位模重";
  const std::string_view phrase = text(topic.phrase);
  if (phrase.size() < 6 || measures.find(phrase.substr(phrase.size() - 3)) != std::string_view::npos) return;
  const bool share = c.claim->basis == Basis::share;
  const Mention* last = previous ? &mentions_.all[previous->mention] : nullptr;
  const bool same_kind = m.kind == MentionKind::count
                             ? last && last->kind == m.kind && mentions_.figures[last->payload].unit == mentions_.figures[m.payload].unit
                             : (last && m.kind == last->kind) || (m.kind == MentionKind::percent && c.claim->sign != 0) ||
                                   (m.kind == MentionKind::money && about->unit_kind == "money");
  if (!share && !same_kind) return;
  topic.metric = before.metric;
  if (share) return;
  topic.segment = topic.phrase;
  topic.phrase = topic.word = before.word;
}

const Metric* DocumentResolver::metric_named(std::string_view id) const {
  const auto it = std::find_if(rules_.metrics.begin(), rules_.metrics.end(), [&](const Metric& m) { return m.id == id; });
  return it == rules_.metrics.end() ? nullptr : &*it;
}

// The document's own company at the head of a phrase is no segment.
void DocumentResolver::strip_company(Topic& topic) const {
  const std::string& name = known_.company_folded;
  if (name.empty()) return;
  for (size_t size = name.size(); size >= 6; size -= 3) {
    if (!text(topic.phrase).starts_with(std::string_view(name).substr(0, size))) continue;
    const uint32_t begin = topic.phrase.begin;
    const auto shorten = [&](Span& s) {
      if (s.begin == begin) s.begin = std::min(s.end, begin + static_cast<uint32_t>(size));
    };
    if (topic.phrase.size() == size) return;
    shorten(topic.phrase);
    shorten(topic.segment);
    shorten(topic.word);
    if (text(topic.segment).starts_with("的")) topic.segment.begin += 3;
    return;
  }
}

// 快手涨超4%, 上半年少赚25%: the verb itself says what moved.
void DocumentResolver::apply_verb_metric(const Candidate& c, uint32_t from, Topic& topic) const {
  if (topic.metric != kNone) return;
  const bool only_company = !topic.empty() && topic.company != kNone && mentions_.all[topic.company].span == topic.phrase;
  if (!topic.empty() && !only_company && c.clause > 0) return;
  for (uint32_t i = c.mention; i-- > first_ && mentions_.all[i].span.begin >= from;) {
    const std::string* id = mentions_.all[i].kind == MentionKind::word ? classes_.attribute(mentions_.all[i], "metric") : nullptr;
    if (!id) continue;
    for (uint32_t m = 0; m < rules_.metrics.size(); ++m)
      if (rules_.metrics[m].id == *id) {
        if (topic.empty()) topic.phrase = topic.word = mentions_.all[i].span;
        topic.metric = m;
        return;
      }
  }
}

// Words between the figures' subjects and the figures: 分别.
// Several subjects and as many figures (分别, or a list each), or one figure for
// all of them; a list without subjects takes those of the list before it.
void DocumentResolver::distribute() {
  std::vector<Topic> last;
  for (size_t i = 0; i < candidates_.size();) {
    size_t end = i + 1;
    while (end < candidates_.size() && candidates_[end].listed) ++end;
    const size_t count = end - i;
    Candidate& first = candidates_[i];
    const Clause& clause = clauses_[first.clause];
    bool each = false;
    for (uint32_t m = clause.first; m < clause.last && m < first.mention; ++m)
      each = each || (mentions_.all[m].kind == MentionKind::word && classes_.part(mentions_.all[m]) == Part::each);
    const Topic own = first.topics.front();
    const bool here = !own.empty() && clause.span.contains(own.phrase);
    std::vector<Topic> topics;
    if (here && (each || count > 1)) {
      topics = joined_topics(scope(), clause.span.begin, own);
      if (topics.size() != count && count > 1)
        if (std::vector<Topic> parts = split_topic(document_.folded.text, own, count); !parts.empty()) topics = std::move(parts);
      add_chain_metric(i, topics);
    } else if (each && i > 0) {
      for (size_t k = 0; k < i; ++k)
        if (const Topic& t = candidates_[k].topics.back(); topics.empty() || !(topics.back().word == t.word && topics.back().segment == t.segment))
          topics.push_back(t);
      if (last.size() == count && count > 1) topics = last;
      if (topics.size() > count && count > 1) topics.erase(topics.begin(), topics.end() - static_cast<long>(count));
    } else if (count > 1 && last.size() == count) {
      topics = last;
    }
    if (topics.size() > 1 && topics.size() == count)
      for (size_t k = i; k < end; ++k) candidates_[k].topics = {topics[k - i]};
    else if (topics.size() > 1 && count == 1 && each)
      first.topics = topics;
    if (here) last = topics;
    i = end;
  }
}

// 东部、南部区域分别增长: phrases without a metric limit the one spoken of before.
void DocumentResolver::add_chain_metric(size_t candidate, std::vector<Topic>& topics) const {
  if (std::any_of(topics.begin(), topics.end(), [](const Topic& t) { return t.metric != kNone; })) return;
  const Topic* before = nullptr;
  for (size_t k = candidate; k-- > 0 && !before;)
    if (candidates_[k].topics.back().metric != kNone) before = &candidates_[k].topics.back();
  if (!before && before_sentence_.metric != kNone) before = &before_sentence_;
  if (!before) return;
  for (Topic& t : topics) {
    t.segment = t.phrase;
    t.phrase = t.word = before->word;
    t.metric = before->metric;
  }
}

// 2022-24年收入增速7.58%、6.91%、6.48%: a list as long as its years.
void DocumentResolver::distribute_years() {
  for (size_t i = 0; i < candidates_.size();) {
    size_t end = i + 1;
    while (end < candidates_.size() && candidates_[end].listed) ++end;
    const Period span = candidates_[i].period;
    const int years = span.end.year - span.start.year + 1;
    const bool whole = span.start.month == 1 && span.start.day == 1 && span.end.month == 12 && span.end.day == 31;
    if (whole && years > 1 && static_cast<size_t>(years) == end - i)
      for (size_t k = i; k < end; ++k) candidates_[k].period = Period::year_of(span.start.year + static_cast<int>(k - i));
    i = end;
  }
}

// Q1/Q2/Q3分别增长7%、22%、18%: as many periods as figures.
void DocumentResolver::distribute_periods() {
  for (size_t i = 0; i < candidates_.size();) {
    size_t end = i + 1;
    while (end < candidates_.size() && candidates_[end].listed) ++end;
    std::vector<uint32_t> periods;
    for (uint32_t m = candidates_[i].mention; m-- > first_ && clauses_[candidates_[i].clause].span.contains(mentions_.all[m].span);) {
      if (mentions_.all[m].kind != MentionKind::period) {
        if (!periods.empty() || is_figure(mentions_.all[m].kind)) break;
        continue;
      }
      if (!periods.empty() && !is_list_separator(mentions_.all[m].span.end, mentions_.all[periods.back()].span.begin)) break;
      periods.push_back(m);
    }
    if (end - i > 1 && periods.size() == end - i)
      for (size_t k = i; k < end; ++k) candidates_[k].period = periods_[periods[end - 1 - k] - first_].period;
    i = end;
  }
}

// A metric without a segment takes the one its clause, its sentence or the
// block's label speaks of: 线上营销业务于本期贡献营收达198亿元.
void DocumentResolver::inherit_segment(Candidate& c, uint32_t sentence) {
  for (Topic& t : c.topics) {
    if (!t.segment.empty()) {
      if (t.metric != kNone) {
        chain_.segment = t.segment;
        chain_.segment_sentence = sentence;
      }
      continue;
    }
    const Metric* m = metric(t);
    // (+22.9%) behind a figure is of that figure's segment.
    const auto same = std::find_if(candidates_.begin(), candidates_.end(), [&](const Candidate& other) {
      return &other < &c && other.topics.back().phrase == t.phrase && !other.topics.back().segment.empty();
    });
    if (same != candidates_.end() && &*same < &c) {
      t.segment = same->topics.back().segment;
      continue;
    }
    const Span own = clauses_[c.clause].span;
    const Span named = !m || m->balance != "flow" ? Span{} : business_before(scope(), {own.begin, std::min(mentions_.all[c.mention].span.begin, own.end)});
    if (!named.empty() && !named.overlaps(t.phrase)) {
      t.segment = chain_.segment = named;
      chain_.segment_sentence = sentence;
      continue;
    }
    // The same metric again, without its segment: still of that segment.
    const bool bare = t.phrase == t.word || text(t.phrase).starts_with("板块") || text(t.phrase).starts_with("季度");
    if (m && bare && before_sentence_.metric == t.metric && !before_sentence_.segment.empty() && continues_) {
      t.segment = before_sentence_.segment;
      continue;
    }
    const bool total = text(t.phrase).starts_with("总") || text(t.phrase).starts_with("综合");
    const bool fits = (!m || m->balance == "flow") && t.phrase.size() <= 15 && !t.empty() && !total;
    if (!fits) continue;
    const uint32_t until = mentions_.all[c.mention].span.begin;
    Span business;
    for (uint32_t k = c.clause; business.empty() && k-- > 0;)
      business = business_before(scope(), {clauses_[k].span.begin, std::min(until, clauses_[k].span.end)});
    if (!business.empty() && !business.overlaps(t.phrase)) {
      t.segment = business;
      chain_.segment = business;
      chain_.segment_sentence = sentence;
      continue;
    }
    const bool label = chain_.segment_sentence == kNone && !chain_.segment.empty();
    if ((chain_.segment_sentence == sentence && c.clause > 0) || label) t.segment = chain_.segment;
  }
}

// Without a word that says it: by the kind of the figure and of the metric.
Basis DocumentResolver::default_basis(const Candidate& c) const {
  const Mention& m = mentions_.all[c.mention];
  const Figure& figure = mentions_.figures[m.payload];
  const Metric* about = metric(c.topics.front());
  const bool moves = c.claim->sign != 0 || figure.explicit_sign;
  const std::string_view printed = text(m.span);
  switch (m.kind) {
    case MentionKind::points:
      return moves ? Basis::yoy : Basis::level;  // 信用成本18个基点
    case MentionKind::percent:
      if (moves) return Basis::yoy;
      if (about && !about->ratio && clauses_[c.clause].in_brackets) return Basis::yoy;
      // A per cent of an amount is a growth or a share of it.
      if (about && !about->ratio && about->unit_kind != "percent" && about->id != "other")
        return figure.qualifier == Qualifier::range && printed.ends_with("数") ? Basis::yoy : Basis::share;
      return !about && printed.find("成") != std::string_view::npos ? Basis::share : Basis::level;
    case MentionKind::multiple:
      if (moves || printed.starts_with("翻") || printed == "倍增") return Basis::yoy;
      return about && about->unit_kind == "multiple" ? Basis::level : Basis::change;
    case MentionKind::count:
      // 净增门店168家 is no number of shops.
      if (about && about->id == "stores")
        for (uint32_t i = c.mention; i-- > first_ && !is_figure(mentions_.all[i].kind);)
          if (mentions_.all[i].kind == MentionKind::word && classes_.attribute(mentions_.all[i], "addition")) return Basis::change;
      return Basis::level;
    default:
      return Basis::level;
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
  } else {
    c.basis = default_basis(c);
  }
  const auto ends = [&](std::string_view tail) { return text(c.topics.front().phrase).ends_with(tail); };
  if (c.basis == Basis::level && m.kind == MentionKind::percent && !claim.versus &&
      ((about && about->id == "market_share") || ends("比例") || ends("占比") || ends("比重") || ends("份额")))
    c.basis = Basis::share;
  // What was improved by so much, by something new, is no growth of a year.
  if (!claim.basis && !claim.versus && c.basis == Basis::yoy && (!about || about->id == "other") && !figure.explicit_sign)
    for (uint32_t i = c.mention; i-- > first_ && !is_figure(mentions_.all[i].kind);)
      if (mentions_.all[i].kind == MentionKind::word && classes_.attribute(mentions_.all[i], "effect")) c.basis = Basis::change;
  if (c.basis == Basis::level && m.kind == MentionKind::percent && !claim.basis && claim.sign == 0 && !figure.explicit_sign &&
      chain_.share_metric != kNone && c.topics.front().metric == chain_.share_metric && about && !about->ratio)
    c.basis = Basis::share;
  // 占总收入的9.8%，低于去年第四季度的10.1%: the same share, earlier.
  if (claim.period != kNone && previous && previous->basis == Basis::share && c.basis == Basis::level && m.kind == MentionKind::percent)
    c.basis = Basis::share;
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
    if (mentions_.periods[m.payload].edge == PeriodExpression::Edge::start && mentions_.periods[m.payload].unit == PeriodExpression::Unit::year) continue;
    if (i == claim.base_period || i == claim.period || claim.base.overlaps(m.span)) continue;
    bool taken = false;  // by a comparison for another figure
    for (uint32_t k = first_; k < last_; ++k)
      if (k != c.mention && is_figure(mentions_.all[k].kind) && (claims_[k - first_].period == i || claims_[k - first_].base_period == i) &&
          k < c.mention)
        taken = true;
    const PeriodExpression& said = mentions_.periods[m.payload];
    const Metric* about = metric(c.topics.front());
    const bool stock = said.edge == PeriodExpression::Edge::end && !(about && about->balance == "flow");
    const bool same_clause = clauses_[c.clause].span.contains(m.span) || stock;
    if (taken || (!same_clause && !periods_[i - first_].chains)) continue;
    if (!same_clause && periods_[i - first_].ahead &&
        text({m.span.end, mentions_.all[c.mention].span.begin}).find(';') != std::string_view::npos)
      continue;
    const bool comparison = periods_[i - first_].comparative || (!periods_[i - first_].chains && mentions_.periods[m.payload].edge == PeriodExpression::Edge::none &&
                            mentions_.periods[m.payload].year_kind == PeriodExpression::YearKind::before);
    // 去年同期为14架 is of that period; 较去年同期 was claimed above.
    if (comparison && is_change_kind(mentions_.all[c.mention].kind) && (claim.sign != 0 || is_change_basis(c.basis))) continue;
    // 负债率61.3%，去年底为58.7%，上升2.6个百分点: the rise is not of last year's end.
    if (is_change_kind(mentions_.all[c.mention].kind) && claim.sign != 0 && !clauses_[c.clause].span.contains(m.span) && said.year_kind != PeriodExpression::YearKind::absolute && said.year < 0 &&
        said.edge == PeriodExpression::Edge::end)
      continue;
    at = resolved(i);
    break;
  }
  // An outlook goes on: 今年收入预计…。毛利率预计…
  if (at == chain_.period && !chain_.outlook.empty() && c.status != Status::actual) at = chain_.outlook;
  if (at.empty()) at = known_.context.period;
  if (c.listed && previous && claim.period == kNone && !claim.earlier) at = previous->period;
  if (claim.base_period != kNone) c.base_period = resolved(claim.base_period);
  if (claim.earlier && !at.empty()) at = at.years_earlier(1);
  if (claim.period != kNone && !resolved(claim.period).empty()) {
    // 比去年第四季度的100亿元减少: spoken in the year after the report, it is the year before the report's.
    const bool last_year = mentions_.periods[mentions_.all[claim.period].payload].year < 0;
    at = last_year && resolved(claim.period) == at ? at.years_earlier(1) : resolved(claim.period);
  }
  c.period = at;
  if (c.base_period == at && !at.empty()) c.base_period = at.years_earlier(1);
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
  if (about && !about->counted.empty() && (m.kind == MentionKind::count || basis == Basis::share)) f.metric = about->counted;
  f.subject = source(topic.phrase);
  f.segment = source(topic.segment);
  for (uint32_t i = first_; i < c.mention && (f.metric == "net_profit" || f.metric == "net_margin" || f.metric == "ebitda"); ++i)
    if (mentions_.all[i].kind == MentionKind::word && classes_.attribute(mentions_.all[i], "adjusted")) f.metric = "adjusted_" + f.metric;
  const Metric* label = about && about->id == f.metric ? about : f.metric == "other" ? nullptr : metric_named(f.metric);
  if (label) {
    f.metric_en = label->en;
    f.metric_zh = label->zh;
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
  if (topic.negative && basis == Basis::level) negate(f);
  if (sign < 0 && is_change_basis(basis) && !figure.explicit_sign) {
    negate(f);
  }
  f.unit = figure.unit;
  if (m.kind == MentionKind::money && (f.unit.empty() || figure.plain_currency) && f.unit.empty()) f.unit = known_.context.currency;
  if (m.kind == MentionKind::bare) {
    const bool counts = about && about->unit_kind == "count";
    static const char* const people[] = {"dau", "mau", "users", "paying_users", "headcount"};
    const bool person = std::any_of(std::begin(people), std::end(people), [&](const char* id) { return f.metric == id; });
    // 超过100万申请者: what is counted stands behind.
    const std::string_view after = topic.phrase.begin >= m.span.end ? text(topic.phrase) : std::string_view();
    const bool people_behind = std::any_of(std::begin(kPeople), std::end(kPeople), [&](std::string_view p) { return after.ends_with(p); });
    f.unit = person || people_behind ? "人" : counts || !after.empty() ? "个" : known_.context.currency;
  }
  // 毛利率升2.5个点 is points; 收入升10个点 is per cent.
  if (about && about->ratio && is_change_basis(basis) && text(m.span).ends_with("个点")) f.unit = "pp";
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
  const Span place = document_.folded.map.to_source(m.span);
  const auto add = [&](Fact fact) {
    fact.id = fact_id(document_.source.document, place.begin, place.end, statement++);
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
  std::sort(out_.ledger.begin() + static_cast<long>(ledger_begin_), out_.ledger.end(), [](const LedgerRow& a, const LedgerRow& b) { return a.figure < b.figure; });
}

}  // namespace jiyao
