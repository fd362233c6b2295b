// The document, sentence by sentence.
#include <algorithm>
#include <array>

#include "pipeline/resolve/digits.h"
#include "pipeline/resolve/owner.h"
#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {

DocumentResolver::DocumentResolver(const Document& document, const Mentions& mentions, const RuleSet& rules,
                                   const Classes& classes, const Relations& relations, const UnitLabels& units,
                                   const DocumentContext& given)
    : document_(document),
      mentions_(mentions),
      rules_(rules),
      classes_(classes),
      relations_(relations),
      units_(units),
      given_(given),
      known_(find_context(document, mentions, rules, classes, given)),
      named_(known_.named),
      by_analysts_(is_by_analysts()) {
  is_speech_ = is_speech();
  find_trade();
  find_several_companies();
}

Extraction DocumentResolver::run() {
  out_.facts.reserve(mentions_.figures.size());
  out_.ledger.reserve(mentions_.figures.size() + mentions_.periods.size());
  auto next = document_.tables.begin();
  for (uint32_t i = 0; i < document_.sentences.size(); ++i) {
    const Block& block = document_.blocks[document_.sentences[i].block];
    if (block.kind != BlockKind::table) {
      sentence(i);
      continue;
    }
    table(*next++);
    i = block.last_sentence - 1;
  }
  cover_digits(document_.folded.text, out_.ledger);
  out_.context = known_.context;
  return std::move(out_);
}

std::string DocumentResolver::source(Span folded) const {
  if (folded.empty()) return {};
  const Span at = document_.folded.map.to_source(folded);
  return document_.source.text.substr(at.begin, at.size());
}

const Metric* DocumentResolver::metric_named(std::string_view id) const {
  const auto it =
      std::find_if(rules_.metrics.begin(), rules_.metrics.end(), [&](const Metric& m) { return m.id == id; });
  return it == rules_.metrics.end() ? nullptr : &*it;
}

uint32_t DocumentResolver::metric_index(std::string_view id) const {
  const Metric* const named = metric_named(id);
  return named ? static_cast<uint32_t>(named - rules_.metrics.data()) : kNone;
}

// 广告:…, 海外业务:… name what the paragraph is about; of 产业互联网保持高增:… the
// noun before the verb does.
Span DocumentResolver::business_label(const Block& block) const {
  if (block.kind == BlockKind::turn || block.lead.empty()) return {};
  Span label = block.lead;
  for (uint32_t i = first_; i < last_ && mentions_.all[i].span.begin < label.end; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.span.begin < label.begin) continue;
    const bool inside =
        m.kind == MentionKind::identifier || (m.kind == MentionKind::word && classes_.part(m) == Part::phrase);
    if (!inside) label.end = m.span.begin;
  }
  return label.size() >= 6 && label.size() <= 30 && is_part_name(text(label)) ? label : Span{};
}

// A heading that names a period (二、2025年展望) names that of its section.
Period DocumentResolver::section_period(uint32_t heading) const {
  while (heading != kNone) {
    if (const auto it = heading_periods_.find(heading); it != heading_periods_.end()) return it->second;
    heading = document_.blocks[heading].section;
  }
  return {};
}

// 三、甲生医(7780): a line that names one of several companies; what stands below it is of that one.
void DocumentResolver::remember_title(const Block& block) {
  constexpr uint32_t kLongestTitle = 20 * 3;  // bytes
  const uint32_t begin = std::max(block.span.begin, block.marker.end);
  const bool brief = block.span.end - begin <= kLongestTitle;
  const std::vector<Span> names = several_named_ && brief ? companies_in(block.span) : std::vector<Span>{};
  if (names.size() == 1 &&
      text({begin, std::max(begin, names.front().begin)}).find_first_not_of(' ') == std::string_view::npos)
    titled_company_ = chain_.company = source(names.front());
  else if (block.level == 1 || (!block.marker.empty() && brief))
    titled_company_.clear();
}

// 以品牌营收的产品比重: the percentages that follow are shares of it.
bool DocumentResolver::says_shares(Span sentence) const {
  static constexpr auto words = std::to_array<std::string_view>({"比重", "占比", "分布", "构成", "组合"});
  return has_any(text(sentence), words);
}

// True if a sentence is a line that does not come to an end.
bool DocumentResolver::is_open(uint32_t index) const {
  std::string_view line = text(document_.sentences[index].span);
  if (line.size() >= 120 || document_.blocks[document_.sentences[index].block].kind == BlockKind::heading) return false;
  const size_t last = line.find_last_not_of("*\"') ");
  if (last == std::string_view::npos) return false;
  line = line.substr(0, last + 1);
  for (const std::string_view end : {"。", "!", "?", "。”", "。」"})
    if (line.ends_with(end)) return false;
  return true;
}

// 问:2025年怎么看? 答:收入预计…: the answer is about the period that the question named.
bool DocumentResolver::answers(uint32_t index) const {
  if (index == 0 || !text(document_.sentences[index - 1].span).ends_with("?")) return false;
  return chain_.period_block == chain_.block;
}

// A paragraph goes on with the period that led the last one, if that is next to what is
// reported: 2023年收入40亿元。 税前亏损16亿元: in a report on the first half of 2024.
bool DocumentResolver::goes_on_below(const Block& block) const {
  const Period& report = known_.context.period;
  const Period& led = chain_.period;
  if (block.kind != BlockKind::paragraph || block.section != chain_.section || chain_.lead_block != chain_.block ||
      led.empty() || report.empty())
    return false;
  const int months = (report.end.year - led.end.year) * 12 + report.end.month - led.end.month;
  const bool part = report.start <= led.start && led.end <= report.end;
  const bool year = led.start <= report.start && report.end <= led.end && led.start.month == 1 && led.end.month == 12;
  return !part && !year && 0 <= months && months <= 12;
}

// At a new paragraph the chain begins anew; speech without punctuation runs on
// from line to line.
void DocumentResolver::begin_block(uint32_t index) {
  const Sentence& s = document_.sentences[index];
  if (chain_.block != s.block && answers(index)) chain_.answer_block = s.block;
  runs_on_ = s.block == chain_.answer_block || (index > 0 && is_open(index - 1));
  if (chain_.block == s.block) return;
  const Block& block = document_.blocks[s.block];
  const bool same_period = goes_on_below(block);
  chain_.block = s.block;
  if (runs_on_) return;
  if (!same_period) chain_.period = section_period(block.section);
  chain_.outlook = chain_.instant = {};
  chain_.section = block.section;
  chain_.share_metric = kNone;
  chain_.company = titled_company_;
  chain_.segment = business_label(block);
  chain_.segment_sentence = kNone;
}

// True for a period that later sentences are about too; one over the turn of the
// year (2022H1~2023H1) is of its own sentence.
bool DocumentResolver::passes_on(uint32_t mention) const {
  const Mention& m = mentions_.all[mention];
  if (m.kind != MentionKind::period || !periods_[mention - first_].chains) return false;
  const PeriodExpression& said = mentions_.periods[m.payload];
  return !periods_[mention - first_].aside && !periods_[mention - first_].taken &&
         (said.years_on == 0 || said.unit == PeriodExpression::Unit::year);
}

// What a sentence without figures speaks of, the next may give figures of.
void DocumentResolver::pass_on(uint32_t index) {
  const Span sentence = document_.sentences[index].span;
  remember_periods(index);
  uint32_t last_metric = kNone;
  for (uint32_t i = first_; i < last_; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.metric != kNone) last_metric = m.metric;
    others_speak_ = others_speak_ || (m.kind == MentionKind::word && classes_.part(m) == Part::estimator);
  }
  // 那在电脑产品的部分: what follows is of it.
  find_clauses(scope(), sentence, clauses_);
  const Span spoken =
      clauses_.back().first < clauses_.back().last ? topic_of_clause(scope(), clauses_.back(), false) : Span{};
  if (!spoken.empty() && sentence.end - spoken.end <= 18 && !is_own_name(spoken)) chain_.topic.segment = spoken;
  if (last_metric == kNone) return;
  if (const Topic topic = topic_before(scope(), sentence.begin, sentence.end, {}); topic.metric != kNone)
    chain_.topic = topic;
  if (says_shares(sentence)) chain_.share_metric = last_metric;
}

// Goes to a sentence and finds what is known of it before its figures are
// placed: its periods, and what relations claim. False if it has no figures.
bool DocumentResolver::open(uint32_t index) {
  const Sentence& s = document_.sentences[index];
  first_ = mentions_.sentence_begin[index];
  last_ = mentions_.sentence_begin[index + 1];
  clauses_.clear();
  candidates_.clear();
  begin_block(index);
  ledger_begin_ = out_.ledger.size();
  const auto begin = mentions_.all.begin();
  const bool has_figure =
      std::any_of(begin + first_, begin + last_, [](const Mention& m) { return is_figure(m.kind); });
  // · and ・ join names as well, so only their place tells that they begin an item.
  const Span marker = document_.blocks[s.block].marker;
  const bool begins = s.span.contains(marker.begin) && marker.end < s.span.end;
  if (has_figure) find_clauses(scope(), {begins ? marker.end : s.span.begin, s.span.end}, clauses_);
  resolve_periods();
  if (!has_figure) return false;
  make_view(document_.folded.text, s.span, mentions_, first_, last_, rules_, view_);
  relations_.apply(view_, claims_);
  return true;
}

void DocumentResolver::sentence(uint32_t index) {
  const bool has_figure = open(index);
  if (first_ == last_) return;
  const Sentence& s = document_.sentences[index];
  const Block& block = document_.blocks[s.block];
  if (block.kind == BlockKind::heading && s.block > 0)
    for (uint32_t i = first_; i < last_; ++i)
      if (mentions_.all[i].kind == MentionKind::period && periods_[i - first_].chains)
        heading_periods_.try_emplace(s.block, periods_[i - first_].period);
  before_sentence_ = chain_.topic;
  // A sentence in the same paragraph, or one that names no period, goes on with the topic before it.
  bool names_period = false;  // before its first figure; a clock time is none
  for (uint32_t i = first_; i < last_ && !is_figure(mentions_.all[i].kind); ++i)
    names_period =
        names_period || (mentions_.all[i].kind == MentionKind::period && !periods_[i - first_].period.empty());
  continues_ = (index > 0 && document_.sentences[index - 1].block == s.block) || !names_period;
  announced_ = is_announced(index);
  if (announced_) chain_.announced_item = s.block;
  if (has_figure)
    collect(index);
  else
    pass_on(index);
  if (candidates_.empty()) remember_title(block);
  announce(index);
  for (const Candidate& c : candidates_) emit(c, index);
  ledger_rest(block);
}

uint32_t DocumentResolver::clause_at(uint32_t at) const {
  const auto after = std::upper_bound(clauses_.begin(), clauses_.end(), at,
                                      [](uint32_t p, const Clause& clause) { return p < clause.span.begin; });
  return static_cast<uint32_t>(std::max<long>(0, after - clauses_.begin() - 1));
}

// 从各产品的营收比重来看,甲70%、乙27%: a clause without figures announces shares.
void DocumentResolver::announce_shares(uint32_t clause) {
  const Clause& said = clauses_[clause];
  if (!says_shares(said.span)) return;
  uint32_t about = kNone;
  for (uint32_t i = said.first; i < said.last; ++i) {
    if (is_figure(mentions_.all[i].kind)) return;
    if (mentions_.all[i].metric != kNone) about = mentions_.all[i].metric;
  }
  if (about != kNone) chain_.share_metric = about;
}

// Topic, basis, status and period of one figure.
void DocumentResolver::consider(uint32_t i, uint32_t& from) {
  const Mention& m = mentions_.all[i];
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  Candidate c;
  c.mention = i;
  c.clause = clause_at(m.span.begin);
  c.claim = &claims_[i - first_];
  c.company = chain_.company;
  if (!previous || c.clause != previous->clause) {
    from = clauses_[c.clause].span.begin;
    if (c.clause > 0) announce_shares(c.clause - 1);
  }
  const MentionKind before = previous ? mentions_.all[previous->mention].kind : m.kind;
  // 同比分别下降22%、1.8pct: changes of amounts and of ratios stand in one list.
  const bool alike = m.kind == before ||
                     (is_change_kind(m.kind) && is_change_kind(before) && !mentions_.figures[m.payload].explicit_sign);
  c.listed = previous && alike && is_list_separator(mentions_.all[previous->mention].span.end, m.span.begin);
  find_topic(c, from);
  decide_basis(c, previous);
  decide_status(c);
  decide_period(c, previous);
  if (is_month_on_month(c)) c.basis = Basis::mom;
  look_ahead(c);
  from = m.span.end;
  const Topic topic = c.topics.back();
  if (c.basis != Basis::share && topic.metric != kNone) chain_.share_metric = kNone;
  if (!topic.empty()) chain_.topic = topic;
  candidates_.push_back(std::move(c));
}

// A number without unit is a quantity only with a scale (103亿, 三千) or in a
// list with one that has a unit, from which it got that.
bool DocumentResolver::is_mere_number(const Mention& m) const {
  if (m.kind != MentionKind::bare) return false;
  const Figure& figure = mentions_.figures[m.payload];
  if (!figure.unit.empty() || figure.decimals < 0) return false;
  const bool digits = text(m.span).find_first_of("0123456789") != std::string_view::npos;
  return digits || (figure.value && *figure.value < Decimal(100));
}

// (百万港元), 单位:人民币千元: a scale without a number, for the figures of a table.
bool DocumentResolver::states_unit(uint32_t mention) const {
  const Span figure = mentions_.all[mention].span;
  const std::string_view folded = document_.folded.text;
  static constexpr std::array<std::string_view, 5> kScales = {"百", "千", "万", "亿", "十"};
  if (!starts_with_any(text(figure), kScales)) return false;
  uint32_t begin = figure.begin;
  if (mention > first_ && mentions_.all[mention - 1].kind == MentionKind::word &&
      mentions_.all[mention - 1].span.end == begin)
    begin = mentions_.all[mention - 1].span.begin;
  const std::string_view before = folded.substr(0, begin);
  const std::string_view after = folded.substr(figure.end);
  const bool opens = before.ends_with("(") || before.ends_with("单位:") || before.ends_with("单位: ");
  return opens && (after.empty() || after.starts_with(")") || after.starts_with(",") || after.starts_with("，") ||
                   after.starts_with("\n"));
}

void DocumentResolver::collect(uint32_t sentence) {
  const Block& block = document_.blocks[document_.sentences[sentence].block];
  const uint32_t from_sentence = document_.sentences[sentence].span.begin;
  uint32_t from = from_sentence;
  for (uint32_t i = first_; i < last_; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.kind == MentionKind::word && classes_.part(m) == Part::company) speak_of_company(m.span);
    for (; next_named_ < named_.size() && named_[next_named_].begin < m.span.begin; ++next_named_)
      if (named_[next_named_].begin >= from_sentence) speak_of_company(named_[next_named_]);
    if (!is_figure(m.kind) || block.marker.contains(m.span) || claims_[i - first_].no_fact) continue;
    if (is_mere_number(m) || states_unit(i)) continue;
    consider(i, from);
    if (const Span group = company_group(i); !group.empty()) chain_.company = source(group);
  }
  distribute();
  distribute_spans();
  distribute_periods();
  repeat_periods();
  owner_ = {};
  distribute_companies();
  for (Candidate& c : candidates_) {
    own_figures(c);
    for (Topic& t : c.topics) find_segment(c, t, sentence);
  }
  if (!candidates_.empty() && !candidates_.back().topics.back().empty())
    chain_.topic = candidates_.back().topics.back();
  for (const Candidate& c : candidates_) {
    const Mention& m = mentions_.all[c.mention];
    if (m.kind != MentionKind::count || c.topics.back().metric == kNone) continue;
    chain_.count_unit = mentions_.figures[m.payload].unit;
    chain_.count_metric = c.topics.back().metric;
  }
  remember_periods(sentence);
}

// What the next sentence is about, if it does not say: no outlook without figures, but of
// a line of speech or a question; no earlier time that a sentence comes to after others
// (收入5亿元，去年下半年则为4亿元); no whole beside the part that is reported (四季度收入3亿元，
// 全年10亿元).
void DocumentResolver::remember_periods(uint32_t sentence) {
  using Edge = PeriodExpression::Edge;
  constexpr uint32_t kLead = 6;  // bytes
  const Period& report = known_.context.period;
  const bool asks = text(document_.sentences[sentence].span).ends_with("?");
  const bool silent = candidates_.empty() && !asks && !is_open(sentence);
  bool reported = false;
  for (uint32_t i = first_; i < last_; ++i) {
    const PeriodAt* at = mentions_.all[i].kind == MentionKind::period ? &periods_[i - first_] : nullptr;
    if (!at || at->period.empty()) continue;
    if (passes_on(i)) {
      if (at->ahead && silent) continue;
      const Period& at_hand = chain_.period.empty() ? report : chain_.period;
      if (!at->leads && !at->ahead && at->period.end < at_hand.end) continue;
      if (reported && at->period.start <= report.start && report.end <= at->period.end) continue;
      reported = at->period == report;
      (at->ahead ? chain_.outlook : chain_.period) = at->period;
      chain_.ahead = at->ahead;
      chain_.period_block = chain_.block;
      if (mentions_.all[i].span.begin <= document_.sentences[sentence].span.begin + kLead)
        chain_.lead_block = chain_.block;
      chain_.instant = {};
    } else if (at->leads && !at->taken && mentions_.periods[mentions_.all[i].payload].edge == Edge::end) {
      chain_.instant = at->period;
    }
  }
}

}  // namespace jiyao
