#include "pipeline/resolve/subject.h"

#include <algorithm>
#include <array>

#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

// 11个市场, 5家公司: boundaries elsewhere.
bool is_counted(std::string_view s) { return s == "市场" || s == "公司" || s == "集团"; }

constexpr uint32_t kLongestList = 20 * 3;  // bytes

bool is_latin(std::string_view text, uint32_t at) {
  return at < text.size() && ((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z'));
}

// What the phrase says beside its metric.
void set_segment(std::string_view text, const Mentions& mentions, Span metric, Topic& topic) {
  Span before{topic.phrase.begin, std::max(topic.phrase.begin, metric.begin)};
  if (topic.company != kNone && mentions.all[topic.company].span.begin == before.begin)
    before.begin = std::min(before.end, mentions.all[topic.company].span.end);
  before = trim(text, before);
  for (const std::string_view word : {"累计", "平均", "合计"})
    if (cut(text, before).ends_with(word)) before = trim(text, {before.begin, before.end - 6});
  if (!is_generic(cut(text, before))) topic.segment = before;
}

// A metric word and what may stand behind it in its phrase: 数 量 额 端 规模.
// 存款成本, 贷款利率 measure something else.
bool is_suffix(std::string_view tail) {
  static constexpr auto others = std::to_array<std::string_view>({"率", "成本", "收益", "费用", "价差"});
  if (ends_with_any(tail, others)) return false;
  return tail.size() <= 6 || tail == "进一步" || tail == "的影响" || tail == "总金额" || tail == "的金额" ||
         tail == "的部分";
}

// 每公里成本比上一代: what a metric is compared with is no part of its phrase.
bool is_comparison(std::string_view tail) {
  static constexpr auto nouns = std::to_array<std::string_view>({"比例", "比率", "比重", "比值", "比较", "比"});
  if (tail.starts_with("比")) return !is_any(tail, nouns);
  return tail.starts_with("较") || tail.starts_with("相比");
}

// 从直播到搜索的营销支出: the range before 到 limits the metric too.
uint32_t begin_of_range(const Scope& scope, uint32_t from, Span phrase) {
  const uint32_t to = phrase.begin == 0 ? kNone : mention_ending_at(scope, phrase.begin);
  if (to == kNone || cut(scope.folded, phrase).find("的") == std::string_view::npos) return phrase.begin;
  if (const std::string_view word = cut(scope.folded, scope.mentions.all[to].span); word != "到" && word != "至")
    return phrase.begin;
  for (uint32_t m = to; m-- > scope.first;) {
    const Mention& mention = scope.mentions.all[m];
    if (mention.span.begin < from || phrase.begin - mention.span.begin > kLongestPhrase) break;
    if (is_figure(mention.kind) || mention.kind == MentionKind::period) break;
    const std::string_view word = cut(scope.folded, mention.span);
    if (word == "从" || word == "由" || word == "自") return mention.span.begin;
  }
  return phrase.begin;
}

// 非通用会计准则营运溢利: the principles belong to the metric's name.
uint32_t begin_of_name(const Scope& scope, uint32_t from, Span phrase) {
  const uint32_t m = phrase.begin == 0 ? kNone : mention_ending_at(scope, phrase.begin);
  if (m == kNone || scope.mentions.all[m].span.begin < from || scope.mentions.all[m].span.end != phrase.begin)
    return phrase.begin;
  const std::string_view word = cut(scope.folded, scope.mentions.all[m].span);
  const bool names = scope.classes.attribute(scope.mentions.all[m], "adjusted") && word.starts_with("非") &&
                     (word.ends_with("准则") || word.ends_with("原则"));
  return names ? scope.mentions.all[m].span.begin : phrase.begin;
}

Topic make_topic(const Scope& scope, uint32_t from, uint32_t end, Span skip) {
  const auto& [text, mentions, classes, first, last] = scope;
  Topic topic;
  uint32_t metric = kNone;
  topic.phrase = phrase_left(scope, from, end, skip, metric, topic.company);
  if (topic.phrase.empty()) return topic;
  if (metric != kNone) {
    const Mention& m = mentions.all[metric];
    // 百度毛利: the company is no part of the metric's name.
    if (topic.company != kNone && mentions.all[topic.company].span.begin == topic.phrase.begin) {
      topic.phrase.begin = std::min(mentions.all[topic.company].span.end, m.span.begin);
      topic.phrase = trim(text, topic.phrase);
    }
    // 客流量、毛利率: what stands before the joint is a measure of its own.
    if (m.span.begin > topic.phrase.begin && text.substr(0, m.span.begin).ends_with("、"))
      topic.phrase.begin = m.span.begin;
    const Span tail{std::min(m.span.end, topic.phrase.end), topic.phrase.end};
    // 拿地额/销售额比 is neither.
    std::string_view rest = cut(text, tail);
    if (is_comparison(rest)) {
      topic.phrase.end = tail.begin;
      rest = {};
    }
    topic.phrase.begin = begin_of_range(scope, from, topic.phrase);
    const bool ratio = text.substr(m.span.end).starts_with("比") && text.substr(0, m.span.begin).ends_with("/");
    if (ratio)
      topic.phrase.end = m.span.end + 3;
    else if (is_suffix(rest))
      topic.metric = m.metric;
    // 每股收益亏损0.09元, 每股收益盈利0.04元, 扣非净利润盈利5亿元
    if (const Metric* said = classes.metric(m); metric > 0 && said && (said->loss || said->id == "net_profit")) {
      const Mention& before = mentions.all[metric - 1];
      const Metric* of = before.span.end == m.span.begin ? classes.metric(before) : nullptr;
      const bool profit = of && !of->loss && of->unit_kind == "money" && of->id.find("profit") != std::string::npos;
      if (of && (of->id == "eps" || (profit && !said->loss))) {
        topic.metric = before.metric;
        topic.negative = said->loss;
      }
    }
    set_segment(text, mentions, m.span, topic);
    topic.phrase.begin = begin_of_name(scope, from, topic.phrase);
    topic.word = m.span;
  } else if (const size_t of = cut(text, topic.phrase).rfind("的"); of != std::string_view::npos && of > 0) {
    // 公会的主播数量: what stands before 的 limits what stands behind it.
    set_segment(text, mentions, {topic.phrase.begin + static_cast<uint32_t>(of), topic.phrase.end}, topic);
    topic.word = {topic.phrase.begin + static_cast<uint32_t>(of) + 3, topic.phrase.end};
  } else {
    topic.word = topic.phrase;
  }
  return topic;
}

// True of what the subject is measured against, by the word before it: 由七天压缩到48小时,
// 占计息负债上升0.48个点, 增速较总资产快2个点, 功率是上一代的6倍.
bool is_yardstick(const Scope& scope, uint32_t from, uint32_t figure, const Topic& topic) {
  uint32_t begin = topic.phrase.begin;
  if (begin == 0) return false;
  uint32_t m = mention_ending_at(scope, begin);
  const bool dated = m != kNone && scope.mentions.all[m].kind == MentionKind::period;
  if (dated) m = mention_ending_at(scope, begin = scope.mentions.all[m].span.begin);
  const std::string_view before = scope.folded.substr(0, begin);
  if (m == kNone || scope.mentions.all[m].span.end != begin)
    return !dated && (before.ends_with("较") || before.ends_with("比")) && !before.ends_with("比较");
  const std::string_view word = cut(scope.folded, scope.mentions.all[m].span);
  if (word == "从" || word == "由") return topic.metric == kNone || dated;
  const bool ratio =
      word == "是" || word == "为" || word == "仅为" || word == "约为" || word == "相当于" || word == "等于";
  if (ratio && scope.folded.substr(topic.phrase.end, 3) == "的" && figure - topic.phrase.end <= 9) return true;
  if (dated) return false;
  // 应占营业额 is a name.
  const std::string_view ahead = scope.folded.substr(0, scope.mentions.all[m].span.begin);
  if (ahead.ends_with("应") || ahead.ends_with("自") || ahead.ends_with("分")) return false;
  if (word == "占" || word == "占到" || word == "占了" || word == "较" || word == "比")
    return scope.mentions.all[m].span.begin > from + 3;  // 占营收比重: a label of its own
  return false;
}

// 该数据为4亿元: what was spoken of before.
bool is_pronoun(const Scope& scope, Span phrase) {
  static constexpr auto words = std::to_array<std::string_view>({"数据", "数字", "指标", "数值", "金额", "比例"});
  const std::string_view said = cut(scope.folded, phrase), before = scope.folded.substr(0, phrase.begin);
  return is_any(said, words) &&
         (before.ends_with("该") || before.ends_with("这一") || before.ends_with("这个") || before.ends_with("此"));
}

// 分别为:74%、24%: the colon is no end of a clause.
bool is_stating(std::string_view before) {
  return before.ends_with("为") || before.ends_with("是") || before.ends_with("分别");
}

// 占收入比例: the word behind a share's base.
bool is_ratio_word(std::string_view s) {
  return s == "比例" || s == "比重" || s == "比率" || s == "比" || s == "百分比";
}

// 商家在平台上的总支出, 用户每天的使用时长: what those counted spend, not their number.
bool is_what_they_do(const Scope& scope, const Topic& who, const Topic& what) {
  if (what.empty() || who.metric == kNone || who.word.empty()) return false;
  const uint32_t m = mention_starting_at(scope, who.word.begin);
  const Metric* counted = m == kNone ? nullptr : scope.classes.metric(scope.mentions.all[m]);
  if (!counted || counted->unit_kind != "count" || counted->balance != "stock") return false;
  static constexpr auto measures = std::to_array<std::string_view>(
      {"支出", "金额", "额", "投入", "消耗", "开支", "预算", "单价", "时长", "次数", "频次", "率", "费用", "成本"});
  const std::string_view said = cut(scope.folded, what.phrase);
  return ends_with_any(said, measures);
}

}  // namespace

void find_clauses(const Scope& scope, Span sentence, std::vector<Clause>& out) {
  const auto& [folded, mentions, classes, first, last] = scope;
  out.clear();
  Clause clause;
  clause.span.begin = sentence.begin;
  clause.first = first;
  int depth = 0;
  uint32_t m = first;
  const auto close = [&](uint32_t end, uint32_t next) {
    clause.span.end = end;
    clause.last = m;
    out.push_back(clause);
    clause = Clause{};
    clause.span.begin = next;
    clause.first = m;
  };
  for (uint32_t p = sentence.begin; p < sentence.end;) {
    while (m < last && mentions.all[m].span.end <= p) ++m;
    if (m < last && mentions.all[m].span.contains(p)) {
      p = mentions.all[m].span.end;
      ++m;
      continue;
    }
    const uint32_t n = size_at(folded, p);
    const std::string_view c = folded.substr(p, n);
    const bool states = c == ":" && is_stating(folded.substr(0, p));
    if (states) {
      p += n;
      continue;
    }
    if (c == "," || c == "，" || c == ";" || c == "。" || c == ":" || c == "!" || c == "?") {
      close(p, p + n);
      clause.in_brackets = depth > 0;
    } else if (c == "(") {
      close(p, p + n);
      clause.in_brackets = ++depth > 0;
    } else if (c == ")") {
      close(p, p + n);
      depth = std::max(0, depth - 1);
      clause.in_brackets = depth > 0;
    }
    p += n;
  }
  m = last;
  close(sentence.end, sentence.end);
}

Topic topic_before(const Scope& scope, uint32_t from, uint32_t figure, Span skip) {
  const auto& [folded, mentions, classes, first, last] = scope;
  // First the predicate right before the figure is passed over.
  uint32_t p = figure;
  const uint32_t behind_base = skip.end + (folded.substr(skip.end).starts_with("的") ? 3 : 0);
  Topic fallback;
  while (p > from) {
    if (skip.contains(p - 1)) {
      p = skip.begin;
      continue;
    }
    const uint32_t m = mention_ending_at(scope, p);
    if (m != kNone) {
      const Mention& mention = mentions.all[m];
      const Part part = mention.kind == MentionKind::word ? classes.part(mention) : Part::phrase;
      const bool passed = mention.kind == MentionKind::period || mention.kind == MentionKind::ordinal ||
                          (mention.kind == MentionKind::word &&
                           (part == Part::predicate || part == Part::each || part == Part::guidance ||
                            part == Part::boundary || part == Part::estimator));
      if (passed || is_figure(mention.kind)) {
        p = mention.span.begin;
        continue;
      }
    } else {
      const uint32_t at = begin_of_last(folded, p);
      const std::string_view c = folded.substr(at, p - at);
      if (is_glue(c) || is_stop(c) || is_joint(c)) {
        p = at;
        continue;
      }
    }
    // A phrase ends here. One with a metric is taken; another waits for a
    // metric further left in the clause.
    const Topic topic = make_topic(scope, from, p, skip);
    // One character alone (多, 开, 派) is a verb; 累计, 整个 are of whatever stands before.
    const bool empty_word = topic.phrase.size() <= 3 || is_generic(cut(folded, topic.phrase));
    if (topic.empty() || (topic.metric == kNone && (empty_word || is_pronoun(scope, topic.phrase))) ||
        is_yardstick(scope, from, figure, topic) ||
        (topic.phrase.begin == behind_base && is_ratio_word(cut(folded, topic.phrase)))) {
      p = topic.empty() ? begin_of_last(folded, p) : topic.phrase.begin;
      continue;
    }
    bool has_metric = topic.metric != kNone;
    if (!has_metric)
      for (uint32_t i = mention_starting_at(scope, topic.phrase.begin);
           i != kNone && i < mentions.all.size() && mentions.all[i].span.begin < topic.phrase.end; ++i)
        has_metric = has_metric || mentions.all[i].metric != kNone;
    if (has_metric && is_what_they_do(scope, topic, fallback)) {
      fallback.phrase.begin = topic.phrase.begin;
      fallback.segment = {};
      return fallback;
    }
    if (has_metric) return topic;
    if (fallback.empty()) fallback = topic;
    p = topic.phrase.begin;
  }
  return fallback;
}

Topic topic_behind(const Scope& scope, uint32_t to, uint32_t figure) {
  const auto& [folded, mentions, classes, first, last] = scope;
  Topic topic;
  uint32_t p = figure;
  while (p < to && (folded[p] == ' ' || folded.substr(p).starts_with("的") || folded.substr(p).starts_with("与")))
    p += size_at(folded, p);
  if (folded.substr(p, to - std::min(p, to)).starts_with("或")) return topic;  // 259点或1.1%: the same in other terms
  // 412间店铺: the unit has the name's first character.
  const bool shops = p == figure && folded.substr(0, p).ends_with("店");
  const uint32_t begin = shops ? p - 3 : p;
  uint32_t first_end = kNone;  // 百项发明、外观专利: of the first of a list, if nothing is counted by its last
  uint32_t metric = kNone;
  while (p < to && p - begin < kLongestPhrase) {
    const uint32_t m = mention_starting_at(scope, p);
    if (m != kNone) {
      const Mention& mention = mentions.all[m];
      const Part part = mention.kind == MentionKind::word ? classes.part(mention) : Part::boundary;
      // 53亿的一个影响: a numeral begins no phrase here.
      const bool numeral_first = p == begin && mention.kind == MentionKind::idiom;
      const bool inside = (is_part_of_phrase(folded, mention) && !numeral_first) ||
                          (mention.kind == MentionKind::word &&
                           (part == Part::phrase || part == Part::metric || part == Part::company ||
                            part == Part::estimator || (p == figure && is_counted(cut(folded, mention.span)))));
      if (!inside) break;
      if (part == Part::company) topic.company = m;
      p = mention.span.end;
      // What follows the counted thing is its verb: 1万家商家率先使用.
      if (part == Part::metric) {
        metric = m;
        if (mention_starting_at(scope, p) == kNone || mentions.all[mention_starting_at(scope, p)].metric == kNone)
          break;
      }
      continue;
    }
    const uint32_t n = size_at(folded, p);
    const std::string_view c = folded.substr(p, n);
    if (is_stop(c)) break;
    if (is_joint(c) && !(c == "/" && is_latin(folded, p - 1) && is_latin(folded, p + 1)) && first_end == kNone) {
      if (p == begin) break;
      first_end = p;
    }
    p += n;
  }
  if (first_end != kNone && (metric == kNone || p - begin > kLongestList)) {
    p = first_end;
    metric = kNone;
  }
  topic.phrase = topic.word = trim(folded, {begin, std::min(p, to)});
  if (shops && topic.phrase.size() == 3) topic.phrase = topic.word = {};
  static constexpr auto verbs = std::to_array<std::string_view>({"多", "少", "增", "减"});
  if (is_any(cut(folded, topic.phrase), verbs)) return {};  // 较一年前的860人多60人
  if (metric != kNone && !topic.phrase.empty()) {
    const Mention& m = mentions.all[metric];
    if (m.span.end >= topic.phrase.end) topic.metric = m.metric;
    topic.word = m.span;
    set_segment(folded, mentions, m.span, topic);
  }
  return topic;
}

std::vector<Topic> split_topic(std::string_view folded, const Topic& topic, size_t count) {
  std::vector<Topic> topics;
  const bool named =
      topic.metric != kNone && topic.word.begin > topic.phrase.begin && topic.word.end <= topic.phrase.end;
  const uint32_t end = named ? topic.word.begin : topic.phrase.end;
  uint32_t begin = topic.phrase.begin;
  const auto add = [&](uint32_t part_end) {
    const Span part = trim(folded, {begin, part_end});
    if (part.empty()) return;
    Topic t = topic;
    if (named) {
      t.segment = part;
      t.phrase = topic.word;
    } else {
      t.phrase = t.word = part;
      t.segment = topic.segment == topic.phrase ? part : Span{};
    }
    topics.push_back(t);
  };
  for (uint32_t p = begin; p < end;) {
    const uint32_t n = size_at(folded, p);
    if (is_joint(folded.substr(p, n))) {
      add(p);
      begin = p + n;
    }
    p += n;
  }
  add(end);
  if (topics.size() != count) topics.clear();
  return topics;
}

std::vector<Topic> joined_topics(const Scope& scope, uint32_t from, const Topic& topic) {
  const std::string_view folded = scope.folded;
  std::vector<Topic> topics = {topic};
  uint32_t p = topic.phrase.begin;
  while (p > from) {
    uint32_t at = begin_of_last(folded, p);
    while (at > from && folded.substr(at, p - at) == " ") {
      p = at;
      at = begin_of_last(folded, p);
    }
    std::string_view c = folded.substr(at, p - at);
    if (!is_joint(c)) break;
    while (at > from && folded[at - 1] == ' ') --at;
    const Topic before = make_topic(scope, from, at, {});
    if (before.empty()) break;
    topics.push_back(before);
    p = before.phrase.begin;
  }
  std::reverse(topics.begin(), topics.end());
  // 酱油、调味酱、蚝油收入: the metric stands once, behind the last.
  for (Topic& t : topics)
    if (t.metric == kNone && topic.metric != kNone && !cut(folded, t.phrase).ends_with(")")) {
      t.segment = t.phrase;
      t.phrase = t.word = topic.word;
      t.metric = topic.metric;
    }
  return topics;
}

}  // namespace jiyao
