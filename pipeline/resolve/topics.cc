// What a figure measures, where its clause leaves it out.
#include <algorithm>
#include <array>

#include "pipeline/resolve/state.h"

namespace jiyao {
namespace {

constexpr uint32_t kShortName = 8 * 3;  // bytes: a name, no clause with a verb

// Phrases without a metric of their own are parts of what `about` is of.
void limit(std::vector<Topic>& topics, const Topic& about) {
  if (about.metric == kNone) return;
  for (Topic& t : topics) {
    t.segment = t.phrase;
    t.phrase = t.word = about.word;
    t.metric = about.metric;
  }
}

// A phrase that ends like a measure (订单量, 人数, 单价) is one of its own.
bool is_measure(std::string_view phrase) {
  static constexpr std::string_view measures =
      "量数率额价费值比本润入利债产款单时间期次度力人员户者货币金息税耗效果位模重";
  return phrase.size() >= 3 && measures.find(phrase.substr(phrase.size() - 3)) != std::string_view::npos;
}

}  // namespace

bool DocumentResolver::is_list_separator(uint32_t from, uint32_t to) const {
  std::string between;
  for (char c : text({from, to}))
    if (c != ' ') between += c;
  for (const char* s : {"、", "/", ",", "，", "和", "及", "与", "或", "以及", "至", "到", "跟"})
    if (between == s) return true;
  return false;
}

// 购买甲方51%股权: the phrase behind a percentage of what is held.
bool DocumentResolver::is_stake(const Topic& topic) const {
  const std::string_view phrase = text(topic.phrase);
  return topic.metric == kNone && (phrase.starts_with("股权") || phrase.starts_with("股份"));
}

void DocumentResolver::find_topic(Candidate& c, uint32_t from) {
  const Mention& m = mentions_.all[c.mention];
  const Clause& clause = clauses_[c.clause];
  const Claim& claim = *c.claim;
  const std::string& folded = document_.folded.text;
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  Topic topic;
  if (!claim.subject.empty()) topic.phrase = topic.word = claim.subject;
  if (topic.empty() && !(c.listed && previous)) topic = topic_before(scope(), from, m.span.begin, claim.base);
  // 86亿元的正经营现金流, 139家机构: the subject stands behind.
  if (topic.empty() || topic.metric == kNone) {
    // 超过25%以上的市场占有率
    uint32_t end = m.span.end;
    if (c.mention + 1 < last_ && mentions_.all[c.mention + 1].span.begin == end &&
        mentions_.all[c.mention + 1].kind == MentionKind::word &&
        classes_.attribute(mentions_.all[c.mention + 1], "qualifier"))
      end = mentions_.all[c.mention + 1].span.end;
    for (std::string_view between : {"之间", "间"})  // 在92亿至97亿之间
      if (std::string_view(folded).substr(end).starts_with(between)) end += static_cast<uint32_t>(between.size());
    const bool of = std::string_view(folded).substr(end).starts_with("的");
    const Topic behind = topic_behind(scope(), clause.span.end, end);
    const bool counted = (m.kind == MentionKind::count || m.kind == MentionKind::bare) && !behind.empty();
    // 产生2亿美元收入, 录得31亿元经营亏损: the verb takes the figure with its metric.
    // What is paid in 现金 is no cash held.
    const bool object = topic.metric == kNone && m.kind != MentionKind::count && claim.sign == 0 && !claim.basis &&
                        behind.phrase.begin == end && text(behind.phrase) != "现金";
    if (behind.metric != kNone && (of || topic.empty() || m.kind == MentionKind::count || object)) {
      const Span limit = object && !of && behind.segment.empty() ? topic.phrase : behind.segment;
      topic = behind;
      topic.segment = limit;
    } else if (counted && !c.listed && topic.metric == kNone)
      topic = behind;
    else if (m.kind == MentionKind::percent && is_stake(behind) && topic.metric == kNone) {
      const Span whose = topic.phrase.end == m.span.begin && topic.phrase.size() <= kShortName ? topic.phrase : Span{};
      topic = behind;
      topic.segment = whose;
    }
  }
  if (topic.empty() && previous && (c.listed || previous->clause == c.clause || clause.in_brackets))
    topic = previous->topics.back();
  // An earlier clause of the sentence names it; brackets only if no other does.
  Topic bracketed;
  for (uint32_t k = c.clause, steps = 0; topic.empty() && k-- > 0 && steps < kFewClauses; ++steps) {
    if (previous && previous->clause >= k) {
      topic = previous->topics.back();
      break;
    }
    if (is_reason(clauses_[k])) continue;
    topic = topic_before(scope(), clauses_[k].span.begin, clauses_[k].span.end, {});
    if (topic.metric == kNone) topic = metric_within(k);
    if (topic.metric == kNone)
      topic = {};
    else if (clauses_[k].in_brackets && !clause.in_brackets && k > 0) {
      if (bracketed.empty()) bracketed = topic;
      topic = {};
    }
  }
  if (topic.empty()) topic = bracketed;
  attach_metric(c, topic);
  apply_verb_metric(c, from, topic);
  specify_profit(c, topic);
  if (topic.empty()) topic = chain_.topic;
  strip_company(topic);
  c.topics = {topic};
}

// 经营亏损8亿元，去年同期亏损9亿元; 归母净利润亏损5亿元，上年同期盈利2亿元; 每股收益0.5元，市场预期
// 亏损0.2元: a profit or a loss without a word of its own is of the kind spoken of.
void DocumentResolver::specify_profit(const Candidate& c, Topic& topic) const {
  const Metric* about = metric(topic);
  if (!about || (about->id != "net_profit" && about->id != "net_loss") || candidates_.empty()) return;
  const std::string_view said = text(topic.word);
  if ((said != "亏损" && said != "亏" && said != "盈利" && said != "溢利" && said != "赚") || !topic.segment.empty())
    return;
  const Metric* before = metric(candidates_.back().topics.back());
  if (!before) return;
  const Mention& m = mentions_.all[c.mention];
  if (before->id == "eps" && m.kind == MentionKind::money) {
    const std::optional<Decimal>& value = mentions_.figures[m.payload].value;
    if (!value || !(*value < Decimal(100))) return;
    topic.metric = candidates_.back().topics.back().metric;
    topic.negative = about->loss && !before->loss;
    return;
  }
  const std::string_view clause = text({clauses_[c.clause].span.begin, m.span.begin});
  const auto says = [](std::string_view in, std::string_view word) { return in.find(word) != std::string_view::npos; };
  if (!says(clause, "同期") && !says(clause, "去年") && !says(clause, "上年") && !(about->loss && c.claim->sign != 0))
    return;
  if (before->id == "operating_loss" || before->id == "operating_profit")
    topic.metric = metric_index(about->loss ? "operating_loss" : "operating_profit");
  else if (!about->loss && says(text(candidates_.back().topics.back().word), "归"))
    topic.metric = metric_index("net_profit_attributable");
  else if (before->id == "ebitda" || before->id == "adjusted_ebitda") {
    topic.metric = candidates_.back().topics.back().metric;
    topic.negative = about->loss;
  }
}

// 受平均售价下降影响, 主要因收入增长: says why.
bool DocumentResolver::is_reason(const Clause& clause) const {
  const std::string_view said = text(clause.span);
  for (std::string_view why : {"受", "因", "由于", "得益", "带动", "拖累", "影响", "推动", "随着"})
    if (said.find(why) != std::string_view::npos) return true;
  return false;
}

// 零售贷款重回投放, 各业务经营利润个别发展: the metric of a clause in which more is said of it,
// but for one that says why: 受平均售价下降影响.
Topic DocumentResolver::metric_within(uint32_t clause) const {
  const Clause& c = clauses_[clause];
  Topic topic;
  if (is_reason(c)) return topic;
  for (uint32_t i = c.first; i < c.last; ++i) {
    const Mention& m = mentions_.all[i];
    if (is_figure(m.kind)) return {};
    if (m.metric == kNone || rules_.metrics[m.metric].id == "other") continue;
    topic.metric = m.metric;
    topic.phrase = topic.word = m.span;
  }
  return topic;
}

// The metric last spoken of in the sentence, with or without a figure, else in
// the paragraph.
Topic DocumentResolver::metric_spoken_of(const Candidate& c) const {
  for (size_t i = candidates_.size(), steps = 0; i-- > 0 && steps < kLookBack; ++steps) {
    if (candidates_[i].topics.back().metric != kNone) return candidates_[i].topics.back();
  }
  for (uint32_t k = c.clause, steps = 0; k-- > 0 && steps < kFewClauses; ++steps)
    if (Topic t = topic_before(scope(), clauses_[k].span.begin, clauses_[k].span.end, {});
        t.metric != kNone || (t = metric_within(k)).metric != kNone)
      return t;
  return continues_ ? before_sentence_ : Topic{};
}

// A phrase without a metric of its own: 车用占营收18%, 人寿24.3亿元 behind 银行净利
// 78.6亿元. It limits the metric that the base, or the figure before, is of.
void DocumentResolver::attach_metric(const Candidate& c, Topic& topic) const {
  if (topic.empty() || topic.metric != kNone) return;
  const Mention& m = mentions_.all[c.mention];
  if (!c.claim->subject.empty()) return;
  if (!c.claim->base.empty())
    for (uint32_t i = look_back(c.mention); i < c.mention; ++i)
      if (mentions_.all[i].metric != kNone && c.claim->base.contains(mentions_.all[i].span))
        topic.metric = mentions_.all[i].metric;
  if (topic.metric != kNone) return;
  if (chain_.share_metric != kNone && m.kind == MentionKind::percent &&
      (c.claim->basis.value_or(Basis::share) == Basis::share) && c.claim->sign == 0) {
    topic.metric = chain_.share_metric;
    return;
  }
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  const Topic before = metric_spoken_of(c);
  const Metric* about = metric(before);
  if (!about || about->id == "other" || (about->balance != "flow" && m.kind != MentionKind::count)) return;
  // 来自电能的贡献达22亿元，增长2%: of the contribution.
  if (previous && is_change_kind(m.kind) && !is_change_kind(mentions_.all[previous->mention].kind) &&
      topic.phrase == previous->topics.back().phrase)
    return;
  // 积极控制应收账款，金额下降百亿元
  static constexpr auto kAmounts =
      std::to_array<std::string_view>({"金额", "总额", "规模", "数量", "余额", "该数据", "总值"});
  if (!about->ratio && std::find(kAmounts.begin(), kAmounts.end(), text(topic.phrase)) != kAmounts.end()) {
    topic = before;
    return;
  }
  if (text(topic.phrase).size() < 6 || is_measure(text(topic.phrase))) return;
  const bool share = c.claim->basis == Basis::share;
  if (share && about->ratio) return;
  const Mention* last = previous ? &mentions_.all[previous->mention] : nullptr;
  // 生产了20万辆，增长15%，其中甲车型17万辆: counted like the last that was.
  const auto unit = [&](const Mention& f) -> const std::string& { return mentions_.figures[f.payload].unit; };
  const auto counted_alike = [&] {
    for (size_t i = candidates_.size(), steps = 0; i-- > 0 && steps < kFewClauses; ++steps)
      if (const Mention& f = mentions_.all[candidates_[i].mention]; f.kind == MentionKind::count)
        return unit(f) == unit(m);
    static constexpr auto kShops = std::to_array<std::string_view>({"家", "间", "店", "辆"});
    return chain_.counted == unit(m) && continues_ &&
           std::find(kShops.begin(), kShops.end(), chain_.counted) != kShops.end();
  };
  const bool same_kind = m.kind == MentionKind::count
                             ? about->unit_kind == "count" && counted_alike()
                             : (last && m.kind == last->kind) ||
                                   (m.kind == MentionKind::percent && c.claim->sign != 0) ||
                                   (m.kind == MentionKind::money && about->unit_kind == "money");
  if (!share && !same_kind) return;
  topic.metric = before.metric;
  if (share) return;
  topic.segment = topic.phrase;
  topic.phrase = topic.word = before.word;
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
  const bool only_company =
      !topic.empty() && topic.company != kNone && mentions_.all[topic.company].span == topic.phrase;
  // 甲股涨4%,乙股跌2%: a list of shares goes on.
  const Metric* before = candidates_.empty() ? nullptr : metric(candidates_.back().topics.back());
  const bool goes_on = before && before->id == "share_price" && !is_measure(text(topic.phrase));
  if (!topic.empty() && !only_company && !goes_on && c.clause > 0) return;
  for (uint32_t i = c.mention; i-- > first_ && mentions_.all[i].span.begin >= from;) {
    const std::string* id =
        mentions_.all[i].kind == MentionKind::word ? classes_.attribute(mentions_.all[i], "metric") : nullptr;
    if (!id) continue;
    if (topic.empty()) topic.phrase = topic.word = mentions_.all[i].span;
    topic.metric = metric_index(*id);
    return;
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
    const bool limited = !here && !own.segment.empty() && clause.span.contains(own.segment) && metric(own) &&
                         (mentions_.all[first.mention].kind != MentionKind::count || metric(own)->unit_kind == "count");
    std::vector<Topic> topics;
    if (here && (each || count > 1)) {
      topics = joined_at(clause, own, count);
      add_chain_metric(i, topics);
    } else if (limited && count > 1) {
      Topic phrase;
      phrase.phrase = phrase.word = own.segment;
      topics = joined_at(clause, phrase, count);
      limit(topics, own);
    } else if (const std::vector<Topic> said = each && count > 1 ? joined_before(i, count) : std::vector<Topic>{};
               said.size() == count) {
      topics = said;
    } else if (each && i > 0) {
      for (size_t k = i - std::min<size_t>(i, kFewClauses); k < i; ++k)
        if (const Topic& t = candidates_[k].topics.back();
            topics.empty() || !(topics.back().word == t.word && topics.back().segment == t.segment))
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

// The subjects of a list of `count` figures: phrases joined with `last`, or its parts.
std::vector<Topic> DocumentResolver::joined_at(const Clause& clause, const Topic& last, size_t count) const {
  std::vector<Topic> topics = joined_topics(scope(), clause.span.begin, last);
  if (topics.size() != count && count > 1)
    if (std::vector<Topic> parts = split_topic(document_.folded.text, last, count); !parts.empty()) return parts;
  return topics;
}

// 东部区域、南部区域表现略差,分别增长12.6%、4.1%: the subjects stand in the clause before,
// which has no figures of its own.
std::vector<Topic> DocumentResolver::joined_before(size_t candidate, size_t count) const {
  const Candidate& first = candidates_[candidate];
  if (first.clause == 0 || (candidate > 0 && candidates_[candidate - 1].clause + 1 >= first.clause)) return {};
  const Clause& before = clauses_[first.clause - 1];
  const Topic last = topic_before(scope(), before.span.begin, before.span.end, {});
  if (last.empty()) return {};
  std::vector<Topic> topics = joined_at(before, last, count);
  const bool named = std::any_of(topics.begin(), topics.end(), [](const Topic& t) { return t.metric != kNone; });
  if (!named && topics.size() == count) limit(topics, first.topics.front());
  return topics;
}

// 东部、南部区域分别增长: phrases without a metric limit the one spoken of before.
void DocumentResolver::add_chain_metric(size_t candidate, std::vector<Topic>& topics) const {
  if (std::any_of(topics.begin(), topics.end(), [](const Topic& t) { return t.metric != kNone; })) return;
  const Topic* before = nullptr;
  for (size_t k = candidate, steps = 0; k-- > 0 && !before && steps < kFewClauses; ++steps)
    if (candidates_[k].topics.back().metric != kNone) before = &candidates_[k].topics.back();
  if (!before && before_sentence_.metric != kNone) before = &before_sentence_;
  if (before) limit(topics, *before);
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
    if (is_stake(t)) continue;
    const Metric* m = metric(t);
    // (+22.9%) behind a figure is of that figure's segment.
    const Candidate* const near = &c - std::min<long>(&c - candidates_.data(), kFewClauses);
    const Candidate* const same = std::find_if(near, static_cast<const Candidate*>(&c), [&](const Candidate& other) {
      return other.topics.back().phrase == t.phrase && !other.topics.back().segment.empty();
    });
    if (same != &c) {
      t.segment = same->topics.back().segment;
      continue;
    }
    const Span own = clauses_[c.clause].span;
    const Span named =
        !m || m->balance != "flow"
            ? Span{}
            : business_before(scope(), {own.begin, std::min(mentions_.all[c.mention].span.begin, own.end)});
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
    for (uint32_t k = c.clause, steps = 0; business.empty() && k-- > 0 && steps < kFewClauses; ++steps)
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

}  // namespace jiyao
