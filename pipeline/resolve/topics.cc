// The phrase that says what a figure measures: in its clause, before it, behind it, or from
// the chain of what was spoken of. `metric.cc` says which metric a phrase without one is of.
#include <algorithm>
#include <array>

#include "pipeline/resolve/owner.h"
#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

constexpr uint32_t kFarBack = 60 * 3;    // bytes: where a bracket's word is looked for
constexpr uint32_t kShareWord = 20 * 3;  // bytes: 占…比例
constexpr uint32_t kShortName = 8 * 3;   // bytes: a name, no clause with a verb

// How exact the figure behind it is.
bool is_bound(std::string_view words) {
  static constexpr auto bounds =
      std::to_array<std::string_view>({"约", "大约", "近", "逾", "超", "超过", "不足", "不到"});
  return is_any(words, bounds);
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
  const uint32_t at = mention_starting_at(scope(), topic.word.begin);
  if (at == kNone) return;
  const Mention& word = mentions_.all[at];
  if (!(word.span == topic.word) || word.metric == kNone || rules_.metrics[word.metric].id == "other") return;
  topic.metric = word.metric;
  topic.phrase.end = word.span.end;
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

// 溢利2.86亿元,去年同期亏损1.15亿元;较上半年增5.8倍: a loss told for comparison is not spoken of further.
// 门店268间,其中 香港141间、澳门29间,较去年底净增17间: after an enumeration of its parts the whole is.
Topic DocumentResolver::spoken_of_last(const Candidate& c) const {
  static constexpr auto among = std::to_array<std::string_view>({"其中", "包括", "当中"});
  const Candidate* const begin = candidates_.data();
  const Candidate* last = &candidates_.back();
  const Topic& said = last->topics.back();
  const Metric* about = metric(said);
  if (last == begin) return said;
  if (about && about->loss) {
    const Candidate& main = last[-1];
    const Metric* profit = metric(main.topics.back());
    const bool earlier = !last->period.empty() && last->period.end < main.period.end;
    const bool compared = profit && !profit->loss && profit->unit_kind == "money" && earlier && c.claim->sign >= 0;
    return compared && said.segment.empty() ? main.topics.back() : said;
  }
  if (last->clause >= c.clause || !starts_with_any(text(clauses_[last->clause].span), among)) return said;
  const MentionKind kind = mentions_.all[last->mention].kind;
  const Candidate* whole = last;
  while (whole != begin && whole->clause == last->clause && mentions_.all[whole->mention].kind == kind) --whole;
  const bool parts = last - whole > 1 && whole->clause < last->clause && !is_change_kind(kind) &&
                     mentions_.all[whole->mention].kind == kind && whole->topics.back().metric == said.metric;
  if (!parts) return said;
  Topic all = whole->topics.back();
  all.whole = true;
  return all;
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
      if (topic.metric == kNone) topic = spoken_of_last(c);
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

// 剩下两成是早午餐, 其余8%来自海外: of what is left over, the name stands behind the figure.
Topic DocumentResolver::rest_named_behind(const Candidate& c, uint32_t from) const {
  constexpr uint32_t kNear = 12;  // bytes
  static constexpr auto rests = std::to_array<std::string_view>({"其余", "剩下", "剩余", "余下"});
  const Span figure = mentions_.all[c.mention].span;
  if (!has_any(text({std::max(from, figure.begin - std::min(figure.begin, kNear)), figure.begin}), rests)) return {};
  const std::string_view after = std::string_view(document_.folded.text).substr(figure.end);
  const auto verb =
      std::find_if(kNaming.begin(), kNaming.end(), [&](std::string_view v) { return after.starts_with(v); });
  if (verb == kNaming.end()) return {};
  const Topic named =
      topic_behind(scope(), clauses_[c.clause].span.end, figure.end + static_cast<uint32_t>(verb->size()));
  return is_thing(named) ? named : Topic{};
}

// 甲分部5亿元、乙分部3亿元,合计8亿元: what is added up is of none of the parts.
bool DocumentResolver::is_total(uint32_t figure, const Topic& of) const {
  static constexpr auto words =
      std::to_array<std::string_view>({"合计", "总计", "共计", "合共", "一共", "总共", "加起来"});
  static constexpr auto copulas = std::to_array<std::string_view>({"是", "为", "有", "约", "达"});
  const uint32_t at = mentions_.all[figure].span.begin;
  std::string_view before = text({clauses_[clause_at(at)].span.begin, at});
  for (std::string_view copula : copulas)
    if (before.ends_with(copula)) before.remove_suffix(copula.size());
  if (!ends_with_any(before, words)) return false;
  if (numeral_at(text(of.segment)) > 1) return true;  // 两个业务的溢利依次为5亿元及3亿元
  const std::vector<Topic> parts = parts_before(candidates_.size());
  return std::count_if(parts.begin(), parts.end(), [&](const Topic& t) { return t.metric == of.metric; }) > 1;
}

// Its phrase first, then the metric; what nothing says is of the chain.
void DocumentResolver::find_topic(Candidate& c, uint32_t from) {
  const Mention& m = mentions_.all[c.mention];
  const Clause& clause = clauses_[c.clause];
  const Claim& claim = *c.claim;
  const std::string& folded = document_.folded.text;
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  Topic topic;
  if (!claim.subject.empty()) topic.phrase = topic.word = trim(folded, claim.subject);
  if (topic.empty() && !(c.listed && previous)) topic = topic_before(scope(), from, m.span.begin, claim.base);
  if (const Topic rest = rest_named_behind(c, from); !rest.empty()) topic = rest;
  // 86亿元的正经营现金流, 139家机构: the subject stands behind.
  // 代理人渠道贡献了72%的新业务价值: whoever is counted, the per cent is of what stands behind it.
  const Metric* before = metric(topic);
  const bool by_people = m.kind == MentionKind::percent && before && before->unit_kind == "count";
  if (topic.empty() || topic.metric == kNone || by_people || includes(c.mention)) {
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
      // 直播贡献30%的收入, 远山科技27%的股权; but 影响3%的员工.
      const bool named = topic.phrase.end < m.span.begin || topic.phrase.size() > 2 * 3;
      const bool owned = (object && !of) || (m.kind == MentionKind::percent && named);
      const Span limit = owned && behind.segment.empty() ? topic.phrase : behind.segment;
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
  const bool here = clause.span.contains(topic.phrase) ||
                    (!topic.segment.empty() && clause.span.contains(topic.segment));  // A3和A5合计
  if (topic.metric != kNone && !here && is_total(c.mention, topic)) {
    if (!topic.segment.empty() && !topic.word.empty()) topic.phrase = topic.word;
    topic.segment = {};
    topic.whole = true;
  }
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

// 受平均售价下降影响, 主要因收入增长: says why.
bool DocumentResolver::is_reason(const Clause& clause) const {
  static constexpr auto reasons =
      std::to_array<std::string_view>({"受", "因", "由于", "得益", "带动", "拖累", "影响", "推动", "随着", "后计"});
  return has_any(text(clause.span), reasons);
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

}  // namespace jiyao
