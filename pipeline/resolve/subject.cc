#include "pipeline/resolve/subject.h"

#include <algorithm>
#include <array>

namespace jiyao {
namespace {

constexpr uint32_t kLongestPhrase = 32 * 3;  // bytes: some thirty characters

uint32_t size_at(std::string_view text, uint32_t at) {
  const auto b = static_cast<unsigned char>(text[at]);
  return b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}

uint32_t begin_of_last(std::string_view text, uint32_t end) {
  uint32_t at = end - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

// What a character does to a phrase, by code point of the BMP.
enum Role : uint8_t { kGlue = 1, kStop = 2, kJoint = 4, kGeneric = 8, kHeadEnd = 16 };

// Words before a metric that limit it to no segment, one after another: 单季度总.
constexpr auto kGenericWords = std::to_array<std::string_view>(
    {"总",   "整体", "综合", "合计", "单季度", "单季",   "全年", "累计", "平均", "净",   "主营", "主要", "公司",
     "集团", "同期", "本",   "该",   "每",     "其",     "实现", "期末", "季度", "年度", "月度", "按年", "全部",
     "合并", "报告", "当期", "板块", "业务",   "的",     "分部", "上述", "此项", "这项", "该项", "季",   "中期",
     "整个", "各项", "各期", "基本", "基础",   "扣非后", "两者", "月",   "年",   "期",   "周",   "宣派", "递延"});

uint32_t code_of(std::string_view c) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(c[i]); };
  return c.size() == 1   ? byte(0)
         : c.size() == 2 ? ((byte(0) & 0x1FU) << 6) | (byte(1) & 0x3FU)
                         : ((byte(0) & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU);
}

const std::array<uint8_t, 0x10000>& roles() {
  static const std::array<uint8_t, 0x10000> table = [] {
    std::array<uint8_t, 0x10000> t{};
    const auto mark = [&](std::u16string_view characters, Role role) {
      for (char16_t c : characters) t[c] = static_cast<uint8_t>(t[c] | role);
    };
    // Between the subject and its figure, no part of either.
    mark(u" 的了则也亦又再还已将会是为有达在约共仅就都只至到比较与同自曾不遭:", kGlue);
    // They end a phrase wherever they stand.
    mark(u",，;。!?:()[]{}【】…\n“”\"「」『』—–+*#|<>~=", kStop);
    // They join two phrases.
    mark(u"和及与、/&跟", kJoint);
    for (const std::string_view word : kGenericWords) {
      uint8_t& first = t[code_of(word.substr(0, 3))];
      first = static_cast<uint8_t>(first | kGeneric);
    }
    // With these a head of a business ends: see business_before().
    mark(u"务部块群线牌司", kHeadEnd);
    return t;
  }();
  return table;
}

bool has_role(std::string_view c, Role role) {
  if (c.empty() || c.size() > 3) return false;
  return (roles()[code_of(c) & 0xFFFF] & role) != 0;
}

bool is_glue(std::string_view c) { return has_role(c, kGlue); }
bool is_stop(std::string_view c) { return has_role(c, kStop); }
bool is_joint(std::string_view c) { return has_role(c, kJoint); }

// The mention of the sentence that covers or ends at byte `at` (exclusive end), or kNone.
uint32_t mention_ending_at(const Scope& scope, uint32_t at) {
  const auto begin = scope.mentions.all.begin();
  auto it = std::upper_bound(begin + scope.first, begin + scope.last, at,
                             [](uint32_t p, const Mention& m) { return p <= m.span.begin; });
  if (it == begin + scope.first) return kNone;
  --it;
  return it->span.end >= at ? static_cast<uint32_t>(it - begin) : kNone;
}

uint32_t mention_starting_at(const Scope& scope, uint32_t at) {
  const auto begin = scope.mentions.all.begin();
  auto it = std::lower_bound(begin + scope.first, begin + scope.last, at,
                             [](const Mention& m, uint32_t p) { return m.span.begin < p; });
  return it != begin + scope.last && it->span.begin == at ? static_cast<uint32_t>(it - begin) : kNone;
}

std::string_view cut(std::string_view text, Span s) { return text.substr(s.begin, s.size()); }

// Left and right ends without spaces, joints and 的.
Span trim(std::string_view text, Span s) {
  const auto loose = [](std::string_view c) { return c == " " || c == "的" || c == "之" || is_joint(c); };
  while (!s.empty()) {
    const uint32_t n = size_at(text, s.begin);
    if (!loose(text.substr(s.begin, n))) break;
    s.begin += std::min(n, s.size());
  }
  while (!s.empty()) {
    const uint32_t at = begin_of_last(text, s.end);
    const std::string_view last = text.substr(at, s.end - at);
    if (!loose(last) && last != "-" && last != "+") break;  // 净利润-US$3.5亿: the sign is the figure's
    s.end = at;
  }
  return s;
}

bool is_generic(std::string_view s) {
  while (!s.empty()) {
    if (!has_role(s.substr(0, size_at(s, 0)), kGeneric)) return false;
    const auto word =
        std::find_if(kGenericWords.begin(), kGenericWords.end(), [&](std::string_view g) { return s.starts_with(g); });
    if (word == kGenericWords.end()) return false;
    s.remove_prefix(word->size());
  }
  return true;
}

// What the phrase says beside its metric.
void set_segment(std::string_view text, const Mentions& mentions, Span metric, Topic& topic) {
  Span before{topic.phrase.begin, std::max(topic.phrase.begin, metric.begin)};
  if (topic.company != kNone && mentions.all[topic.company].span.begin == before.begin)
    before.begin = std::min(before.end, mentions.all[topic.company].span.end);
  before = trim(text, before);
  if (cut(text, before).ends_with("累计")) before = trim(text, {before.begin, before.end - 6});
  if (!is_generic(cut(text, before))) topic.segment = before;
}

// Names and numerals belong to a phrase (Kling 1.6, 一级资本充足率, 第一大客户); figures,
// periods and the numbers of items do not.
bool is_part_of_phrase(std::string_view text, const Mention& m) {
  if (m.kind != MentionKind::ordinal) return m.kind == MentionKind::identifier || m.kind == MentionKind::idiom;
  const auto lead = static_cast<unsigned char>(text[begin_of_last(text, m.span.end)]);
  return lead >= 0xE4 && lead <= 0xE9;  // an ideograph; the number of an item ends in its mark
}

// A verb or preposition in front of what it is said of (派末期息, 按零售销量, 较总资产)
// is no part of the phrase, if it begins no word.
Span without_lead(const Scope& scope, Span phrase) {
  static constexpr auto leads = std::to_array<std::string_view>({"按", "较", "看", "派", "斥", "令", "计的", "了"});
  for (std::string_view lead : leads)
    if (phrase.size() > lead.size() && cut(scope.folded, phrase).starts_with(lead) &&
        mention_starting_at(scope, phrase.begin) == kNone)
      return {phrase.begin + static_cast<uint32_t>(lead.size()), phrase.end};
  return phrase;
}

// Extends a phrase to the left of `end` until something ends it.
// `metric_found` is set to the last metric in it.
Span phrase_left(const Scope& scope, uint32_t from, uint32_t end, Span skip, uint32_t& metric, uint32_t& company) {
  const auto& [text, mentions, classes, first, last] = scope;
  uint32_t begin = end;
  while (begin > from && end - begin < kLongestPhrase) {
    if (skip.overlaps({begin - 1, begin})) break;
    const uint32_t m = mention_ending_at(scope, begin);
    if (m != kNone) {
      const Mention& mention = mentions.all[m];
      if (mention.kind != MentionKind::word) {
        if (!is_part_of_phrase(text, mention) || mention.span.begin < from) break;
        begin = mention.span.begin;
        continue;
      }
      const Part part = classes.part(mention);
      if (part == Part::boundary || part == Part::predicate || part == Part::each || part == Part::guidance ||
          part == Part::estimator)
        break;
      if (mention.span.begin < from) break;
      if (part == Part::metric && metric == kNone)
        metric = m;
      else if (part == Part::metric) {
        // A second metric: 收入和利润 are two phrases, 研发费用率 is one.
        const uint32_t joint = mention.span.end;
        if (joint < end && is_joint(text.substr(joint, size_at(text, joint)))) break;
      }
      if (part == Part::company && company == kNone) company = m;
      begin = mention.span.begin;
      if (part == Part::company) break;
      continue;
    }
    const uint32_t at = begin_of_last(text, begin);
    const std::string_view c = text.substr(at, begin - at);
    if (is_stop(c)) break;
    begin = at;
  }
  return without_lead(scope, trim(text, {begin, end}));
}

// A metric word and what may stand behind it in its phrase: 数 量 额 端 规模.
bool is_suffix(std::string_view tail) {
  return tail.size() <= 6 || tail == "进一步" || tail == "总金额" || tail == "的金额" || tail == "的部分";
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
    const Span tail{std::min(m.span.end, topic.phrase.end), topic.phrase.end};
    // 拿地额/销售额比 is neither.
    const std::string_view rest = cut(text, tail);
    const bool ratio = text.substr(m.span.end).starts_with("比") && text.substr(0, m.span.begin).ends_with("/");
    if (ratio)
      topic.phrase.end = m.span.end + 3;
    else if (is_suffix(rest))
      topic.metric = m.metric;
    // 每股收益亏损0.09元, 每股收益盈利0.04元
    if (const Metric* said = classes.metric(m); metric > 0 && said && (said->loss || said->id == "net_profit")) {
      const Mention& before = mentions.all[metric - 1];
      const Metric* per_share = before.span.end == m.span.begin ? classes.metric(before) : nullptr;
      if (per_share && per_share->id == "eps") {
        topic.metric = before.metric;
        topic.negative = said->loss;
      }
    }
    set_segment(text, mentions, m.span, topic);
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

// 公司业务, 深信服业务: the company's name and the head alone.
bool is_all_business(const Scope& scope, Span phrase) {
  const uint32_t m = mention_starting_at(scope, phrase.begin);
  if (m != kNone && scope.classes.part(scope.mentions.all[m]) == Part::company)
    phrase.begin = std::min(phrase.end, scope.mentions.all[m].span.end);
  return is_generic(cut(scope.folded, phrase));
}

// True if the word before says why, and not of what: 受益于, 由于, 随着.
bool is_cause(const Scope& scope, uint32_t begin) {
  const uint32_t m = begin == 0 ? kNone : mention_ending_at(scope, begin);
  return m != kNone && scope.classes.attribute(scope.mentions.all[m], "cause");
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
    if (topic.empty() || (topic.metric == kNone && empty_word)) {
      p = topic.empty() ? begin_of_last(folded, p) : topic.phrase.begin;
      continue;
    }
    bool has_metric = topic.metric != kNone;
    if (!has_metric)
      for (uint32_t i = mention_starting_at(scope, topic.phrase.begin);
           i != kNone && i < mentions.all.size() && mentions.all[i].span.begin < topic.phrase.end; ++i)
        has_metric = has_metric || mentions.all[i].metric != kNone;
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
  while (p < to && (folded[p] == ' ' || folded.substr(p).starts_with("的"))) p += size_at(folded, p);
  const uint32_t begin = p;
  uint32_t metric = kNone;
  while (p < to && p - begin < kLongestPhrase) {
    const uint32_t m = mention_starting_at(scope, p);
    if (m != kNone) {
      const Mention& mention = mentions.all[m];
      const Part part = mention.kind == MentionKind::word ? classes.part(mention) : Part::boundary;
      // 53亿的一个影响: a numeral begins no phrase here.
      const bool numeral_first = p == begin && mention.kind == MentionKind::idiom;
      const bool inside = (is_part_of_phrase(folded, mention) && !numeral_first) ||
                          (mention.kind == MentionKind::word && (part == Part::phrase || part == Part::metric ||
                                                                 part == Part::company || part == Part::estimator));
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
    if (is_stop(c) || is_joint(c)) break;
    p += n;
  }
  topic.phrase = trim(folded, {begin, std::min(p, to)});
  if (metric != kNone && !topic.phrase.empty()) {
    const Mention& m = mentions.all[metric];
    if (m.span.end >= topic.phrase.end) topic.metric = m.metric;
    set_segment(folded, mentions, m.span, topic);
  }
  return topic;
}

Span business_before(const Scope& scope, Span within) {
  const std::string_view folded = scope.folded;
  static constexpr auto heads = std::to_array<std::string_view>(
      {"业务", "分部", "板块", "事业部", "事业群", "业务线", "品牌", "产品线", "子公司"});
  const auto ends_head = [&](uint32_t begin_of_end, uint32_t end) {
    if (!has_role(folded.substr(begin_of_end, end - begin_of_end), kHeadEnd)) return false;
    const std::string_view text = cut(folded, {within.begin, end});
    return std::any_of(heads.begin(), heads.end(), [&](std::string_view head) { return text.ends_with(head); });
  };
  uint32_t end = within.end;
  for (; end > within.begin; end = begin_of_last(folded, end))
    if (ends_head(begin_of_last(folded, end), end)) break;
  if (end <= within.begin) return {};
  uint32_t metric = kNone, company = kNone;
  const Span phrase = phrase_left(scope, within.begin, end, {}, metric, company);
  // 各项业务, 业务: of no business in particular. 腾讯业务: of all of it. 受益于通讯业务增长: a cause.
  const bool particular =
      phrase.size() > 6 && !cut(folded, phrase).starts_with("各") && !is_all_business(scope, phrase);
  return particular && phrase.size() <= 60 && metric == kNone && !is_cause(scope, phrase.begin) ? phrase : Span{};
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
      t.segment = {};
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
    if (t.metric == kNone && topic.metric != kNone) {
      t.segment = t.phrase;
      t.phrase = t.word = topic.word;
      t.metric = topic.metric;
    }
  return topics;
}

}  // namespace jiyao
