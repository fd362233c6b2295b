// What a figure measures, where its clause leaves it out.
#include <algorithm>
#include <array>

#include "pipeline/resolve/owner.h"
#include "pipeline/resolve/state.h"

namespace jiyao {
namespace {

constexpr uint32_t kFarBack = 60 * 3;    // bytes: where a bracket's word is looked for
constexpr uint32_t kShareWord = 20 * 3;  // bytes: 占…比例
constexpr uint32_t kShortName = 8 * 3;   // bytes: a name, no clause with a verb

// A phrase that ends like a measure (订单量, 人数, 单价) is one of its own.
bool is_measure(std::string_view phrase) {
  static constexpr std::string_view measures =
      "量数率额价费值比本润入利债产款单时间期次度力人员户者货币金息税耗效果位模重支销资租";
  return phrase.ends_with("支出") ||
         (phrase.size() >= 3 && measures.find(phrase.substr(phrase.size() - 3)) != std::string_view::npos);
}

// How exact the figure behind it is.
bool is_bound(std::string_view words) {
  static constexpr auto bounds =
      std::to_array<std::string_view>({"约", "大约", "近", "逾", "超", "超过", "不足", "不到"});
  return std::find(bounds.begin(), bounds.end(), words) != bounds.end();
}

}  // namespace

// Of figures that stand in a row: 、 和, and what says how exact the next is (6%及约2%).
bool DocumentResolver::is_list_separator(uint32_t from, uint32_t to) const {
  std::string between;
  for (char c : text({from, to}))
    if (c != ' ') between += c;
  std::string_view rest = between;
  const auto separators =
      std::to_array<std::string_view>({"、", "/", ",", "，", "和", "及", "与", "或", "以及", "至", "到", "跟"});
  return std::any_of(separators.begin(), separators.end(), [&](std::string_view s) {
    return rest.starts_with(s) && (rest.size() == s.size() || is_bound(rest.substr(s.size())));
  });
}

// 购买甲方51%股权: the phrase behind a percentage of what is held.
bool DocumentResolver::is_stake(const Topic& topic) const {
  const std::string_view phrase = text(topic.phrase);
  return topic.metric == kNone && (phrase.starts_with("股权") || phrase.starts_with("股份"));
}

// 释放6.5亿元的流动资金: what is so much; of 两位数的增长, 历史以来的水平 it is not named.
bool DocumentResolver::is_thing(const Topic& behind) const {
  return !behind.empty() && is_part_name(text(behind.phrase));
}

// 负债率稳定合理,一直在70%以下: what a clause says of its metric in the end.
void DocumentResolver::cut_at_metric(Topic& topic) const {
  if (topic.metric != kNone || topic.word == topic.phrase || topic.word.empty()) return;
  const auto word = std::lower_bound(mentions_.all.begin() + first_, mentions_.all.begin() + last_, topic.word.begin,
                                     [](const Mention& m, uint32_t at) { return m.span.begin < at; });
  if (word == mentions_.all.begin() + last_ || !(word->span == topic.word) || word->metric == kNone) return;
  if (rules_.metrics[word->metric].id == "other") return;
  topic.metric = word->metric;
  topic.phrase.end = word->span.end;
}

// 合同负债增量较少(去年同期增量6亿元): the phrase before the bracket says of what.
void DocumentResolver::complete_in_brackets(const Candidate& c, Topic& topic) const {
  if (!clauses_[c.clause].in_brackets || topic.empty() || topic.metric != kNone) return;
  for (uint32_t k = c.clause, steps = 0; k-- > 0 && steps < kFewClauses; ++steps) {
    if (clauses_[k].in_brackets) continue;
    Span before = clauses_[k].span;
    if (before.size() > kFarBack) before.begin = before.end - kFarBack;
    const size_t at = text(before).rfind(text(topic.phrase));
    if (at == std::string_view::npos) return;
    const uint32_t end = before.begin + static_cast<uint32_t>(at) + topic.phrase.size();
    if (const Topic whole = topic_before(scope(), before.begin, end, {}); whole.phrase.end == end) topic = whole;
    return;
  }
}

// 亏损包括4.7亿元的股票薪酬支出: what follows is a part, with a name of its own.
bool DocumentResolver::includes(uint32_t figure) const {
  if (figure == first_) return false;
  const Mention& m = mentions_.all[figure - 1];
  if (m.kind != MentionKind::word ||
      text({m.span.end, mentions_.all[figure].span.begin}).find_first_not_of(' ') != std::string_view::npos)
    return false;
  const std::string_view word = text(m.span);
  return word == "包括" || word == "包含" || word == "涵盖";
}

// An earlier clause of the sentence names it; brackets only if no other does.
Topic DocumentResolver::topic_of_earlier_clause(const Candidate& c) const {
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  const Clause& clause = clauses_[c.clause];
  Topic topic, bracketed;
  for (uint32_t k = c.clause, steps = 0; topic.empty() && k-- > 0 && steps < kFewClauses; ++steps) {
    if (previous && previous->clause >= k) {
      // 15位分析师对EPS做出预估,中位数为5元: what follows that figure in its clause comes first.
      const uint32_t behind = mentions_.all[previous->mention].span.end;
      if (previous->clause == k && behind < clauses_[k].span.end)
        topic = topic_before(scope(), behind, clauses_[k].span.end, {});
      if (topic.metric == kNone) topic = previous->topics.back();
      break;
    }
    if (is_reason(clauses_[k])) continue;
    topic = topic_before(scope(), clauses_[k].span.begin, clauses_[k].span.end, {});
    if (!clauses_[k].in_brackets) cut_at_metric(topic);
    if (topic.metric == kNone) topic = metric_within(k);
    if (topic.metric == kNone)
      topic = {};
    else if (clauses_[k].in_brackets && !clause.in_brackets && k > 0) {
      if (bracketed.empty()) bracketed = topic;
      topic = {};
    }
  }
  return topic.empty() ? bracketed : topic;
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
  if (topic.empty() || topic.metric == kNone || includes(c.mention)) {
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
    const bool number = m.kind == MentionKind::count || m.kind == MentionKind::bare || text(m.span).ends_with("半数");
    const bool counted = number && !behind.empty();
    // 产生2亿美元收入, 录得31亿元经营亏损: the verb takes the figure with its metric.
    // What is paid in 现金 is no cash held.
    const bool object = topic.metric == kNone && m.kind != MentionKind::count && claim.sign == 0 && !claim.basis &&
                        behind.phrase.begin == end && text(behind.phrase) != "现金";
    if (behind.metric != kNone && (of || topic.empty() || m.kind == MentionKind::count || object)) {
      const Span limit = object && !of && behind.segment.empty() ? topic.phrase : behind.segment;
      topic = behind;
      topic.segment = limit;
    } else if ((of || counted) && is_thing(behind) && includes(c.mention)) {
      topic = behind;
    } else if (topic.metric == kNone && (counted ? !c.listed : of && is_thing(behind)))
      topic = behind;
    else if (m.kind == MentionKind::percent && is_stake(behind) && topic.metric == kNone) {
      const Span whose = topic.phrase.end == m.span.begin && topic.phrase.size() <= kShortName ? topic.phrase : Span{};
      topic = behind;
      topic.segment = whose;
    }
  }
  if (topic.empty() && previous && (c.listed || previous->clause == c.clause || clause.in_brackets))
    topic = previous->topics.back();
  if (topic.empty()) topic = topic_of_earlier_clause(c);
  if (is_company(topic)) apply_verb_metric(c, from, topic);
  complete_in_brackets(c, topic);
  // What the figure before is of stays as it was found there.
  const bool goes_on = previous && !topic.empty() && topic.phrase == previous->topics.back().phrase &&
                       (is_change_kind(m.kind) || m.kind == mentions_.all[previous->mention].kind);
  if (!goes_on) attach_metric(c, topic);
  with_share_word(c, topic);
  apply_verb_metric(c, from, topic);
  name_share(c, topic);
  specify_profit(c, topic);
  if (topic.empty()) topic = chain_.topic;
  strip_company(topic);
  c.topics = {topic};
}

// 第一大客户占收入比例30%: the share has a name of its own.
void DocumentResolver::with_share_word(const Candidate& c, Topic& topic) const {
  const uint32_t figure = mentions_.all[c.mention].span.begin;
  if (topic.empty() || topic.phrase.end >= figure || figure - topic.phrase.end > kShareWord) return;
  const std::string_view rest = text({topic.phrase.end, figure});
  if (!rest.starts_with("占") || rest.starts_with("占比") || rest.find("的") != rest.npos) return;
  for (std::string_view word : {"比例", "比重", "比率"})
    if (const size_t at = rest.find(word); at != std::string_view::npos && at < rest.find_first_of(",;:("))
      topic.phrase.end += static_cast<uint32_t>(at + word.size());
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
    const bool negative = about->loss && !before->loss;
    topic = candidates_.back().topics.back();
    topic.negative = negative;
    return;
  }
  const std::string_view clause = text({clauses_[c.clause].span.begin, m.span.begin});
  const auto says = [](std::string_view in, std::string_view word) { return in.find(word) != std::string_view::npos; };
  if (!says(clause, "同期") && !says(clause, "去年") && !says(clause, "上年") && !(about->loss && c.claim->sign != 0))
    return;
  if (const Span whole = candidates_.back().topics.back().phrase;
      !says(text(whole), "亏损") && !says(text(whole), "盈利") && !says(text(whole), "溢利"))
    topic.phrase = whole;
  if (about->loss && (before->id == "ebitda" || before->id == "adjusted_ebitda")) {
    topic.metric = candidates_.back().topics.back().metric;
    topic.negative = true;
    return;
  }
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

// The last metric in a share's base.
uint32_t DocumentResolver::base_metric(const Candidate& c) const {
  if (!c.claim->base.empty())
    for (uint32_t i = c.mention; i-- > look_back(c.mention);)
      if (mentions_.all[i].metric != kNone && c.claim->base.contains(mentions_.all[i].span))
        return mentions_.all[i].metric;
  return kNone;
}

// 销售整车28.6万辆,同比增长31.8%,新能源车型17.9万辆: the unit says that it is the same that is counted.
bool DocumentResolver::counts_alike(const Candidate& c, const Topic& spoken_of) const {
  const bool is_count = metric(spoken_of)->unit_kind == "count";
  const std::string& unit = mentions_.figures[mentions_.all[c.mention].payload].unit;
  // 直营店…境内不到600家: what shops are counted in.
  if (metric(spoken_of)->id == "stores" && (unit == "家" || unit == "间")) return true;
  // 药房都新增了门店,其中甲新增958家: the first of them.
  if (candidates_.empty())
    return is_count && (spoken_of.word.begin >= clauses_.front().span.begin ||
                        (chain_.count_metric == spoken_of.metric && chain_.count_unit == unit));
  const auto same_unit = [&](const Candidate& other) {
    const Mention& figure = mentions_.all[other.mention];
    return figure.kind == MentionKind::count && mentions_.figures[figure.payload].unit == unit;
  };
  if (is_count && same_unit(candidates_.back())) return true;
  const size_t near = candidates_.size() - std::min<size_t>(candidates_.size(), kFewClauses);
  return std::any_of(candidates_.begin() + static_cast<long>(near), candidates_.end(), [&](const Candidate& other) {
    return other.topics.back().metric == spoken_of.metric && same_unit(other);
  });
}

// A phrase without a metric of its own: 车用占营收18%, 人寿24.3亿元 behind 银行净利
// 78.6亿元. It limits the metric that the base, or the figure before, is of.
void DocumentResolver::attach_metric(const Candidate& c, Topic& topic) const {
  if (topic.empty() || topic.metric != kNone) return;
  const Mention& m = mentions_.all[c.mention];
  if (!c.claim->subject.empty()) return;
  // 186家店, 412间店铺
  if (m.kind == MentionKind::count &&
      (text(m.span).ends_with("店") || text({m.span.end, clauses_[c.clause].span.end}).starts_with("店"))) {
    topic.metric = metric_index("stores");
    return;
  }
  topic.metric = base_metric(c);
  if (topic.metric != kNone) {
    if (topic.segment.empty() && is_part_name(text(topic.phrase)) && !is_company(topic) &&
        !text(topic.phrase).ends_with("支出"))
      topic.segment = topic.phrase;
    return;
  }
  if (chain_.share_metric != kNone && m.kind == MentionKind::percent &&
      (c.claim->basis.value_or(Basis::share) == Basis::share) && c.claim->sign == 0) {
    topic.metric = chain_.share_metric;
    if (topic.segment.empty() && is_part_name(text(topic.phrase))) topic.segment = topic.phrase;
    return;
  }
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  const Topic before = metric_spoken_of(c);
  const Metric* about = metric(before);
  // 派发1.4亿元的大红包: what stands behind the figure is no part of the profit spoken of.
  const bool behind = topic.phrase.begin >= m.span.end;
  if (behind && m.kind != MentionKind::bare && !(about && about->unit_kind == "count" && m.kind == MentionKind::count))
    return;
  const bool part = m.kind == MentionKind::money && previous &&
                    mentions_.all[previous->mention].kind == MentionKind::money &&
                    text(clauses_[c.clause].span).starts_with("其中");  // 其中香港占248亿元
  if (!about || about->id == "other" || (about->balance != "flow" && m.kind != MentionKind::count && !part)) return;
  // 来自电能的贡献达22亿元，增长2%: of the contribution.
  if (previous && is_change_kind(m.kind) && !is_change_kind(mentions_.all[previous->mention].kind) &&
      topic.phrase == previous->topics.back().phrase)
    return;
  // 积极控制应收账款，金额下降百亿元
  static constexpr auto kAmounts = std::to_array<std::string_view>(
      {"金额", "总额", "规模", "数量", "余额", "总金额", "该数据", "总值", "这一比例", "该比例", "这个比例"});
  if (!about->ratio && std::find(kAmounts.begin(), kAmounts.end(), text(topic.phrase)) != kAmounts.end()) {
    topic = before;
    return;
  }
  if (text(topic.phrase).size() < 6 || is_measure(text(topic.phrase))) return;
  const bool share = c.claim->basis == Basis::share;
  if (share && about->ratio) return;
  const Mention* last = previous ? &mentions_.all[previous->mention] : nullptr;
  const bool same_kind = m.kind == MentionKind::count
                             ? counts_alike(c, before)
                             : (last && m.kind == last->kind) ||
                                   (m.kind == MentionKind::percent && c.claim->sign != 0) ||
                                   (m.kind == MentionKind::points && c.claim->sign != 0 && about->ratio) ||
                                   (m.kind == MentionKind::money && about->unit_kind == "money");
  if (!share && !same_kind) return;
  topic.metric = before.metric;
  topic.segment = topic.phrase;
  if (share) return;
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

bool DocumentResolver::is_company(const Topic& topic) const {
  return topic.company != kNone && mentions_.all[topic.company].span == topic.phrase;
}

// 快手涨超4%, 上半年少赚25%: the verb itself says what moved.
void DocumentResolver::apply_verb_metric(const Candidate& c, uint32_t from, Topic& topic) const {
  // 销售额达10亿元,美股盘后跌8%: at the exchange only the share moves.
  const Clause& clause = clauses_[c.clause];
  if (topic.empty() || !clause.span.contains(topic.phrase))
    for (uint32_t i = clause.first; i < c.mention; ++i) {
      if (mentions_.all[i].kind != MentionKind::word || !classes_.attribute(mentions_.all[i], "market_hours")) continue;
      topic = {};
      topic.phrase = topic.word = mentions_.all[i].span;
      topic.metric = metric_index("share_price");
    }
  if (topic.metric != kNone) return;
  // 甲股涨4%,乙股跌2%: a list of shares goes on.
  const Metric* before = candidates_.empty() ? nullptr : metric(candidates_.back().topics.back());
  const bool goes_on = before && before->id == "share_price" && !is_measure(text(topic.phrase));
  if (!topic.empty() && !is_company(topic) && !goes_on && c.clause > 0) return;
  for (uint32_t i = c.mention; i-- > first_ && mentions_.all[i].span.begin >= from;) {
    const std::string* id =
        mentions_.all[i].kind == MentionKind::word ? classes_.attribute(mentions_.all[i], "metric") : nullptr;
    if (!id) continue;
    if (topic.empty()) topic.phrase = topic.word = mentions_.all[i].span;
    topic.metric = metric_index(*id);
    return;
  }
}

}  // namespace jiyao
