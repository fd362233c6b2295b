#include "pipeline/resolve/owner.h"

#include <array>

#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

constexpr uint32_t kLongestOwner = 20 * 3;  // bytes
constexpr uint32_t kLongestBare = 12 * 3;   // bytes
constexpr uint32_t kFarthest = 60 * 3;      // bytes from the beginning of the clause to the metric

// Nouns that name a part of a company: what is sold, where, to whom, by whom.
constexpr auto kHeads =
    std::to_array<std::string_view>({"业务", "分部", "板块", "事业部", "事业群", "业务线", "品牌", "产品线", "子公司"});
constexpr auto kParts = std::to_array<std::string_view>(
    {"产品", "客户", "用户", "市场", "地区", "区域", "渠道", "服务", "平台", "门店", "车型", "航线", "工厂", "基地",
     "部门", "集团", "系统", "项目", "领域", "品类", "机型", "商品", "游戏", "软件", "硬件", "方案", "店",   "线"});

// What is said about a company and is no part of it: 成本结构, 盈利能力, 整体业绩.
constexpr auto kAbstract = std::to_array<std::string_view>(
    {"业绩", "概况", "情况", "表现", "能力", "结构",   "质量",   "效率",   "成效",   "成果",   "亮点",
     "风险", "建议", "展望", "回顾", "点评", "事件",   "观点",   "摘要",   "要点",   "数据",   "财务",
     "优化", "提升", "改善", "增长", "成长", "影响",   "因素",   "原因",   "期间",   "以来",   "当中",
     "显示", "公告", "趋势", "水平", "状态", "时间",   "环境",   "背景",   "需求",   "报表",   "招股书",
     "年报", "季报", "化",   "请问", "控股", "成本端", "费用端", "收入端", "利润端", "需求端", "供给端",
     "一个", "感觉", "确定", "来源", "构成", "组成",   "指标",   "成绩",   "幅度",   "速度",   "增速"});

// A preposition or a verb of cause opens no name: 受疫情影响2022年收入.
constexpr auto kLeads = std::to_array<std::string_view>(
    {"受", "按", "据", "以", "从", "因", "与", "随",   "若",   "如",   "当",   "经",   "考虑", "加", "预",
     "看", "对", "每", "各", "未", "此", "分", "唯一", "换算", "扭转", "等同", "期待", "截",   "在"});
constexpr auto kTails =
    std::to_array<std::string_view>({"后", "前", "时", "下", "看", "中", "上", "内", "间", "来", "于"});

constexpr auto kCompanies = std::to_array<std::string_view>(
    {"公司", "集团", "股份", "控股", "科技", "再保", "基金", "证券", "消费金融", "人寿", "财险", "信托"});

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

// They may stand before the name that opens a clause; behind a name they say that it is spoken of.
constexpr auto kOpeners =
    std::to_array<std::string_view>({"其中", "当中", "此外", "另外", "同时", "与此同时", "而且", "但是", "并且", "在",
                                     "那", "公司", "本公司", "集团", "我们", "公布", "宣布", "表示"});
constexpr auto kMarkers =
    std::to_array<std::string_view>({"方面", "业务方面", "来看", "来说", "来讲", "部分", "的部分", "这块"});

// Passed over to the left of a metric on the way to its owner.
bool stands_between(const Scope& scope, const Mention& m) {
  if (m.kind == MentionKind::period) return true;
  if (m.kind != MentionKind::word || scope.classes.attribute(m, "cause")) return false;
  const Part part = scope.classes.part(m);
  // One character alone is an adverb or a preposition: 于 在 亦 仍 则.
  return part == Part::predicate || part == Part::each || part == Part::guidance ||
         (part == Part::boundary && m.span.size() <= 3);
}

// True if nothing but periods and words such as 其中 stands in [from, at).
bool opens_clause(const Scope& scope, uint32_t from, uint32_t at) {
  while (at > from) {
    const uint32_t m = mention_ending_at(scope, at);
    if (m == kNone) {
      const uint32_t before = begin_of_last(scope.folded, at);
      const std::string_view c = scope.folded.substr(before, at - before);
      if (!is_glue(c) && !is_joint(c)) return false;
      at = before;
      continue;
    }
    const Mention& mention = scope.mentions.all[m];
    const bool passed = mention.kind == MentionKind::period || mention.kind == MentionKind::ordinal ||
                        is_any(cut(scope.folded, mention.span), kOpeners);
    if (!passed) return false;
    at = mention.span.begin;
  }
  return true;
}

// A phrase without metric that ends at `end`, without the company it begins with.
Span name_ending_at(const Scope& scope, uint32_t from, uint32_t end) {
  uint32_t metric = kNone, company = kNone;
  Span phrase = phrase_left(scope, from, end, {}, metric, company);
  if (metric != kNone || phrase.empty()) return {};
  if (company != kNone) phrase.begin = std::min(phrase.end, scope.mentions.all[company].span.end);
  phrase = trim(scope.folded, phrase);
  // 在电脑产品的一个部分: as people say.
  for (const std::string_view filler : {"的一个", "的这个"})
    if (cut(scope.folded, phrase).ends_with(filler)) phrase.end -= static_cast<uint32_t>(filler.size());
  return phrase;
}

}  // namespace

bool is_part_name(std::string_view s) {
  return s.size() > 3 && s.size() <= kLongestOwner && !is_generic(s) && !starts_with_any(s, kLeads) &&
         !ends_with_any(s, kTails) && !ends_with_any(s, kAbstract) && !s.starts_with("情况");
}

bool is_company_name(std::string_view phrase) {
  return phrase.size() >= 12 && ends_with_any(phrase, kCompanies) && !phrase.ends_with("子公司");
}

bool is_business_name(std::string_view s) { return is_part_name(s) && ends_with_any(s, kHeads); }

Span section_name(const Scope& scope, Span heading) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> brackets = {{{"【", "】"}, {"[", "]"}}};
  Span name = trim(scope.folded, heading);
  for (const auto& [open, close] : brackets)
    if (cut(scope.folded, name).starts_with(open) && cut(scope.folded, name).ends_with(close))
      name = {name.begin + static_cast<uint32_t>(open.size()), name.end - static_cast<uint32_t>(close.size())};
  const std::string_view said = cut(scope.folded, name);
  if (name.size() > kLongestBare || !is_part_name(said) || is_all_business(scope, name)) return {};
  for (uint32_t p = name.begin; p < name.end; p += size_at(scope.folded, p))
    if (const std::string_view c = scope.folded.substr(p, size_at(scope.folded, p)); is_stop(c) || is_joint(c))
      return {};
  const auto plain = [&](const Mention& m) {
    return m.kind == MentionKind::identifier || (m.kind == MentionKind::word && scope.classes.part(m) == Part::phrase);
  };
  const auto begin = scope.mentions.all.begin();
  return std::all_of(begin + scope.first, begin + scope.last,
                     [&](const Mention& m) { return !name.overlaps(m.span) || plain(m); })
             ? name
             : Span{};
}

Span owner_before(const Scope& scope, uint32_t from, uint32_t metric) {
  if (metric > from + kFarthest) return {};
  uint32_t p = metric;
  bool between = false;
  while (p > from) {
    const uint32_t m = mention_ending_at(scope, p);
    if (m != kNone) {
      if (!stands_between(scope, scope.mentions.all[m])) break;
      between = true;
      p = scope.mentions.all[m].span.begin;
      continue;
    }
    const uint32_t before = begin_of_last(scope.folded, p);
    if (const std::string_view c = scope.folded.substr(before, p - before); c != " " && c != "的" && c != "了") break;
    p = before;
  }
  if (!between || p <= from) return {};
  const Span name = name_ending_at(scope, from, p);
  if (name.empty() || !is_part_name(cut(scope.folded, name)) || is_all_business(scope, name)) return {};
  return opens_clause(scope, from, name.begin) ? name : Span{};
}

Span topic_of_clause(const Scope& scope, const Clause& in, bool bare) {
  const Span clause = in.span;
  uint32_t end = clause.end;
  // 方面, 来说, or a label: 智慧教育:
  bool marked = scope.folded.substr(clause.end).starts_with(":");
  for (uint32_t i = in.last; i-- > in.first;) {
    const Mention& m = scope.mentions.all[i];
    if (is_figure(m.kind)) return {};
    const Part part = m.kind == MentionKind::word ? scope.classes.part(m) : Part::phrase;
    const bool cuts = m.kind == MentionKind::period || part == Part::predicate || part == Part::boundary;
    if (!cuts || opens_clause(scope, clause.begin, m.span.end)) continue;
    marked = m.span.end >= clause.end && is_any(cut(scope.folded, m.span), kMarkers);
    end = m.span.begin;
  }
  if (end != clause.end && !marked && !bare) return {};
  const Span name = name_ending_at(scope, clause.begin, end);
  const std::string_view said = cut(scope.folded, name);
  if (name.empty() || !is_part_name(said) || is_all_business(scope, name)) return {};
  if (!marked && (name.size() > kLongestBare || (!ends_with_any(said, kHeads) && !ends_with_any(said, kParts))))
    return {};
  return opens_clause(scope, clause.begin, name.begin) ? name : Span{};
}

Span business_before(const Scope& scope, Span within) {
  const std::string_view folded = scope.folded;
  size_t end = std::string_view::npos;
  const std::string_view text = cut(folded, within);
  if (text.find("业") == text.npos && text.find("分部") == text.npos && text.find("板块") == text.npos &&
      text.find("品") == text.npos && text.find("子公司") == text.npos)
    return {};
  for (std::string_view head : kHeads)
    if (const size_t at = text.rfind(head);
        at != std::string_view::npos && (end == std::string_view::npos || at + head.size() > end))
      end = at + head.size();
  if (end == std::string_view::npos) return {};
  uint32_t metric = kNone, company = kNone;
  const Span phrase = phrase_left(scope, within.begin, within.begin + static_cast<uint32_t>(end), {}, metric, company);
  // 各项业务, 业务: of no business in particular. 腾讯业务: of all of it. 受益于通讯业务增长: a cause.
  const bool particular =
      phrase.size() > 6 && !cut(folded, phrase).starts_with("各") && !is_all_business(scope, phrase);
  return particular && phrase.size() <= 60 && metric == kNone && !is_cause(scope, phrase.begin) ? phrase : Span{};
}

}  // namespace jiyao
