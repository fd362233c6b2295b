#include "pipeline/resolve/phrase.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace jiyao {
namespace {

constexpr uint32_t kLongestBracket = 12 * 3;  // bytes
constexpr uint32_t kShortWord = 4 * 3;        // bytes behind a bracket that is passed over

// What a character does to a phrase, by code point of the BMP.
enum Role : uint8_t { kGlue = 1, kStop = 2, kJoint = 4, kGeneric = 8 };

// Words before a metric that limit it to no segment, one after another: 单季度总.
constexpr auto kGenericWords = std::to_array<std::string_view>(
    {"总",   "整体", "综合", "合计", "单季度", "单季",   "全年",   "累计",   "平均", "净",   "主营", "主要", "公司",
     "集团", "同期", "本",   "该",   "每",     "其",     "实现",   "期末",   "季度", "年度", "月度", "按年", "全部",
     "合并", "报告", "当期", "板块", "业务",   "的",     "分部",   "上述",   "此项", "这项", "该项", "季",   "中期",
     "整个", "各项", "各期", "基本", "基础",   "扣非后", "两者",   "月",     "年",   "期",   "周",   "宣派", "递延",
     "一直", "一举", "始终", "一度", "普遍",   "其实",   "进一步", "发行人", "所",   "具体", "数值", "数额", "数字",
     "幅度", "每股", "年化", "加权", "第一次", "第二次", "第三次", "第四次"});

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
    mark(u",，;。!?:()[]{}【】…\n“”\"「」『』—+*#|<>~=•●◾■◆▪►▶○◦※✓", kStop);
    // They join two phrases.
    mark(u"和及与、/&跟", kJoint);
    // One of the generic words begins with them.
    for (const std::string_view word : kGenericWords) {
      uint8_t& first = t[code_of(word.substr(0, 3))];
      first = static_cast<uint8_t>(first | kGeneric);
    }
    return t;
  }();
  return table;
}

bool has_role(std::string_view c, Role role) {
  if (c.empty() || c.size() > 3) return false;
  return (roles()[code_of(c) & 0xFFFF] & role) != 0;
}

// A verb or preposition in front of what it is said of (派末期息, 按零售销量, 较总资产)
// is no part of the phrase, if it begins no word.
Span without_lead(const Scope& scope, Span phrase) {
  static constexpr auto leads =
      std::to_array<std::string_view>({"按", "较", "看", "派", "斥", "令", "计的", "了", "影响"});
  for (std::string_view lead : leads)
    if (phrase.size() > lead.size() && cut(scope.folded, phrase).starts_with(lead) &&
        mention_starting_at(scope, phrase.begin) == kNone)
      return {phrase.begin + static_cast<uint32_t>(lead.size()), phrase.end};
  return phrase;
}

}  // namespace

uint32_t begin_of_last(std::string_view text, uint32_t end) {
  uint32_t at = end - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

bool is_glue(std::string_view c) { return has_role(c, kGlue); }
bool is_stop(std::string_view c) { return has_role(c, kStop); }
bool is_joint(std::string_view c) { return has_role(c, kJoint); }

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

Span trim(std::string_view text, Span s) {
  const auto loose = [](std::string_view c) { return c == " " || c == "的" || c == "之" || is_joint(c); };
  while (!s.empty()) {
    const uint32_t n = size_at(text, s.begin);
    if (!loose(text.substr(s.begin, n)) && text[s.begin] != '-') break;
    s.begin += std::min(n, s.size());
  }
  while (!s.empty()) {
    const uint32_t at = begin_of_last(text, s.end);
    const std::string_view last = text.substr(at, s.end - at);
    if (!loose(last) && last != "-" && last != "+" && last != "每") break;  // 净利润-US$3.5亿: the sign is the figure's
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

bool is_part_of_phrase(std::string_view text, const Mention& m) {
  if (m.kind != MentionKind::ordinal) return m.kind == MentionKind::identifier || m.kind == MentionKind::idiom;
  return is_ideograph(text[begin_of_last(text, m.span.end)]);  // the number of an item ends in its mark
}

// 菜鸟集团收入, and not 期内集团收入, 相信集团收入: two characters or more that are no known
// word stand before 集团.
bool ends_group_name(const Scope& scope, uint32_t at) {
  static constexpr auto verbs = std::to_array<std::string_view>(
      {"相信", "认为", "令到", "使得", "帮助", "连同", "反映", "支持", "提升", "影响", "有助", "按照", "截至", "不过"});
  constexpr uint32_t kTwo = 6;  // bytes
  if (at < kTwo) return false;
  const std::string_view before = scope.folded.substr(at - kTwo, kTwo);
  const auto is_ideograph = [&](uint32_t i) {
    const auto c = static_cast<unsigned char>(before[i]);
    return c >= 0xE4 && c <= 0xE9;
  };
  return is_ideograph(0) && is_ideograph(3) && !is_any(before, verbs) && mention_ending_at(scope, at) == kNone &&
         mention_ending_at(scope, at - 3) == kNone;
}

// 美洲市场, and not 和市场, 手机销量市场: a name stands right before it.
bool is_named_before(const Scope& scope, uint32_t at) {
  if (at == 0) return false;
  const uint32_t m = mention_ending_at(scope, at);
  if (m != kNone) {
    const Mention& before = scope.mentions.all[m];
    return before.kind == MentionKind::word && scope.classes.part(before) == Part::phrase;
  }
  const uint32_t last = begin_of_last(scope.folded, at);
  const std::string_view c = scope.folded.substr(last, at - last);
  return is_ideograph(c.front()) && !is_joint(c) && !is_glue(c);
}

// 万达收入, 用户贡献的收入, 美洲市场的收入: a verb that is part of a name, or what limits the noun behind 的.
bool is_inside_name(const Scope& scope, const Mention& m) {
  static constexpr auto letters = std::to_array<std::string_view>({"达", "超", "近", "约", "破"});
  static constexpr auto verbs = std::to_array<std::string_view>({"带来", "贡献", "创造", "推出", "驱动"});
  const std::string_view word = cut(scope.folded, m.span);
  const std::string_view after = scope.folded.substr(m.span.end, 3);
  if (is_any(word, letters)) return !after.empty() && after != " ";
  if (word == "集团") return ends_group_name(scope, m.span.begin);
  return after == "的" && (is_any(word, verbs) || (word == "市场" && is_named_before(scope, m.span.begin)));
}

// Where a short bracket without figures begins that ends at `end`, if a name is before it:
// 偶联药物(ADC)相关收入, 某某企业(有限合伙)持股.
uint32_t begin_of_bracket(const Scope& scope, uint32_t end) {
  const uint32_t base = end > 2 * kLongestBracket ? end - 2 * kLongestBracket : 0;
  const std::string_view text = scope.folded.substr(base, end - base);
  if (!text.ends_with(")") && !text.ends_with(") ")) return kNone;
  const size_t open = text.rfind('(');
  if (open == std::string_view::npos || open < 3 || text.size() - open > kLongestBracket) return kNone;
  const auto c = static_cast<unsigned char>(text[open - 1]);
  const std::string_view inside = text.substr(open);
  if (inside.find_first_of("0123456789%,:") != std::string_view::npos || inside.find("，") != std::string_view::npos ||
      (c < 0x80 && !std::isalnum(c)))
    return kNone;
  return is_stop(text.substr(begin_of_last(text, static_cast<uint32_t>(open)), 3)) ? kNone
                                                                                   : base + static_cast<uint32_t>(open);
}

Span phrase_left(const Scope& scope, uint32_t from, uint32_t end, Span skip, uint32_t& metric, uint32_t& company) {
  const auto& [text, mentions, classes, first, last] = scope;
  uint32_t begin = end;
  Span passed;  // a bracket or a verb, which needs something before it
  bool bracket = false;
  while (end - begin < (bracket ? 2 : 1) * kLongestPhrase) {
    if (begin == from || scope.folded[begin - 1] == ')') {
      const uint32_t open = begin == end || end - begin > kShortWord ? kNone : begin_of_bracket(scope, begin);
      if (open == kNone) break;
      from = std::min(from, open > kLongestPhrase ? open - kLongestPhrase : 0);
      passed = {open, begin};
      bracket = true;
      begin = open;
      continue;
    }
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
      if (begin < end && mention.span.begin >= from && is_inside_name(scope, mention)) {
        begin = mention.span.begin;
        if (mention.span.size() > 3) passed = mention.span;
        continue;
      }
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
  Span phrase = trim(text, {begin, end});
  if (!passed.empty() && phrase.begin == passed.begin) phrase = trim(text, {passed.end, end});
  return without_lead(scope, phrase);
}

}  // namespace jiyao
