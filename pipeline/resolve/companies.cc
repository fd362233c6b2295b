#include "pipeline/resolve/companies.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

constexpr size_t kMostNames = 64;
constexpr uint32_t kShortestName = 2 * 3;  // bytes
constexpr uint32_t kLongestName = 15 * 3;
constexpr size_t kLongestLead = 30;  // from the bracket to the code: (股份代号:97355)

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// (2024) behind a title; of the codes that look so, those with a market are known.
bool is_year(std::string_view digits) { return digits.size() == 4 && digits >= "1990" && digits <= "2035"; }

// The first mention that ends at byte `at`, is no longer than a name, and fits.
template <typename Fits>
const Mention* ending_at(const Mentions& mentions, uint32_t at, const Fits& fits) {
  const auto begin = mentions.all.begin();
  auto it =
      std::lower_bound(begin, mentions.all.end(), at, [](const Mention& m, uint32_t p) { return m.span.begin < p; });
  while (it != begin && (--it)->span.begin + kLongestName >= at)
    if (it->span.end == at && fits(*it)) return &*it;
  return nullptr;
}

// (以下简称“甲股份”,301122.SZ), (简称“甲集团”)公布: what the text will call it, told in the bracket that is open
// at byte `at`.
Span name_called(std::string_view text, uint32_t at) {
  constexpr size_t kFar = 60;  // bytes
  const size_t from = at - std::min<size_t>(at, kFar);
  const std::string_view before = text.substr(from, at - from);
  const size_t called = before.rfind("简称");
  if (called == std::string_view::npos || before.find(')', called) != std::string_view::npos) return {};
  size_t begin = called + std::string_view("简称").size();
  while (begin < before.size() && !is_ideograph(before[begin])) ++begin;
  size_t end = begin;
  while (end + 3 <= before.size() && is_ideograph(before[end])) end += 3;
  return end >= begin + kShortestName ? Span{static_cast<uint32_t>(from + begin), static_cast<uint32_t>(from + end)}
                                      : Span{};
}

// Where what names the company ends: before the bracket that the code stands in.
uint32_t end_of_name(std::string_view text, const Mention& code) {
  const size_t from = code.span.begin - std::min<size_t>(code.span.begin, kLongestLead);
  const std::string_view before = text.substr(from, code.span.begin - from);
  size_t bracket = std::string_view::npos;
  if (before.ends_with("("))
    bracket = before.size() - 1;
  else if (before.ends_with(":"))
    bracket = before.rfind('(');
  if (bracket == std::string_view::npos) return 0;
  bracket += from;
  while (bracket > 0 && text[bracket - 1] == ' ') --bracket;
  return static_cast<uint32_t>(bracket);
}

constexpr auto kReports =
    std::to_array<std::string_view>({"公布", "发布", "公告", "披露", "宣布", "发盈喜", "发盈警", "接受", "接待", "年报",
                                     "中报", "季报", "财报", "法人说明会", "法说会", "业绩说明会", "业绩发布会"});

// Between a name and its verb: 甲公司日前正式公布, 甲公司半年报.
constexpr auto kBetween =
    std::to_array<std::string_view>({"最新", "日前", "今日", "近日", "昨日", "今天", "昨天", "晚间", "早间", "盘后",
                                     "盘前", "正式", "率先", "已经", "刚刚", "对外", "于",   "也",   "已",   "将",
                                     "又",   "再",   "半",   "一",   "三",   "第一", "第三", "的",   " "});

// They report as well, and are no companies that earn.
constexpr auto kInstitutions = std::to_array<std::string_view>(
    {"公司",   "机构",   "交易所", "深交所", "上交所", "港交所", "证监会", "局",   "部",   "委",   "协会", "学会",
     "研究院", "研究所", "记者",   "网",     "报",     "社",     "数据",   "央行", "政府", "法院", "当局", "统计",
     "市场",   "媒体",   "消息",   "投资者", "基金",   "股东",   "方面",   "日",   "月",   "年",   "季"});
constexpr auto kNoNames = std::to_array<std::string_view>(
    {"公司", "本",   "该",   "其", "我",   "有",   "据",       "根据",   "而",   "但",   "从",   "对",   "经",   "目前",
     "同时", "此外", "另外", "随", "会上", "国家", "全国",     "中国证", "美国", "英国", "日本", "多家", "各",   "这",
     "那",   "在",   "已",   "近", "今",   "昨",   "上市公司", "的",     "法定", "陆续", "相关", "定期", "临时", "最终",
     "公开", "及时", "依法", "按", "预计", "上述", "线上",     "线下",   "首",   "举行", "召开"});
constexpr auto kJoints = std::to_array<std::string_view>({"并", "和", "与"});

// The date that begins before byte `at` and ends behind it.
const Mention* across(const Mentions& mentions, uint32_t at) {
  auto it = std::lower_bound(mentions.all.begin(), mentions.all.end(), at,
                             [](const Mention& m, uint32_t p) { return m.span.begin < p; });
  if (it == mentions.all.begin()) return nullptr;
  --it;
  return it->kind == MentionKind::period && it->span.end > at ? &*it : nullptr;
}

// Where the short bracket begins that ends at byte `at`: 甲网络(JIA.US)公布; 0 if none does.
uint32_t begin_of_note(std::string_view text, uint32_t at) {
  if (at == 0 || text[at - 1] != ')') return 0;
  const uint32_t from = at - std::min<uint32_t>(at, kLongestLead);
  const size_t open = text.substr(from, at - from).rfind('(');
  return open == std::string_view::npos ? 0 : from + static_cast<uint32_t>(open);
}

// To the left over dates, adverbs, notes and spaces.
uint32_t behind_name(std::string_view text, const Mentions& mentions, uint32_t at) {
  const auto passed = [](const Mention& m) {
    return m.kind == MentionKind::period || m.kind == MentionKind::bare || m.kind == MentionKind::unresolved;
  };
  for (bool moved = true; moved && at > 0;) {
    moved = false;
    const Mention* date = ending_at(mentions, at, passed);
    if (!date) date = across(mentions, at);  // 2021三|季报
    if (date) {
      at = date->span.begin;
      moved = true;
      continue;
    }
    if (const uint32_t note = begin_of_note(text, at)) {
      at = note;
      moved = true;
      continue;
    }
    for (const std::string_view word : kBetween)
      if (text.substr(0, at).ends_with(word)) {
        at -= static_cast<uint32_t>(word.size());
        moved = true;
        break;
      }
  }
  return at;
}

// The ideographs before byte `end` up to a sign, a date, or a word that ends a phrase.
Span name_ending_at(std::string_view text, const Mentions& mentions, const Classes& classes, uint32_t end) {
  uint32_t begin = end;
  const auto stops = [&](const Mention& m) {
    if (m.kind != MentionKind::word || classes.attribute(m, "trade")) return true;
    const Part part = classes.part(m);
    return begin < end && part != Part::phrase && part != Part::company && part != Part::metric;
  };
  while (begin >= 3 && end - begin < kLongestName && is_ideograph(text[begin - 3]) &&
         !ending_at(mentions, begin, stops))
    begin -= 3;
  return {begin, end};
}

// What listeners are thanked for, before the name of their host: 欢迎大家来参加|甲科技法说会.
constexpr auto kWelcomes = std::to_array<std::string_view>({"参加", "参与", "出席", "收听", "来到"});

// A measure behind what is none, that the text says again and again: 和澄信贷.
bool is_repeated(std::string_view text, std::string_view name) {
  constexpr int kOften = 4;
  constexpr size_t kFar = 20000;  // bytes: far enough to hear it
  text = text.substr(0, kFar);
  int count = 0;
  for (size_t at = 0; count < kOften && (at = text.find(name, at)) != std::string_view::npos; at += name.size())
    ++count;
  return count == kOften;
}

// True if it begins where a sign or a date ends, and has no verb or measure in it.
bool is_name(std::string_view text, const Mentions& mentions, const Classes& classes, Span name) {
  const auto ends_before = [&](const Mention& m) {
    return m.kind != MentionKind::word || classes.attribute(m, "trade") != nullptr;
  };
  const bool bounded = name.begin < 3 || !is_ideograph(text[name.begin - 3]) || text[name.begin - 1] == '\n' ||
                       ending_at(mentions, name.begin, ends_before) != nullptr ||
                       ends_with_any(text.substr(0, name.begin), kWelcomes);
  const auto of_phrase = [&](const Mention& m) {
    if (m.kind == MentionKind::identifier || m.kind == MentionKind::idiom) return true;
    if (m.kind != MentionKind::word) return false;
    const Part part = classes.part(m);
    const bool group = m.span.end == name.end && text.substr(m.span.begin, m.span.size()) == "集团";
    return part == Part::phrase || part == Part::company || group;
  };
  auto it = std::lower_bound(mentions.all.begin(), mentions.all.end(), name.begin,
                             [](const Mention& m, uint32_t at) { return m.span.begin < at; });
  const std::string_view said = text.substr(name.begin, name.size());
  bool plain = true;
  for (; it != mentions.all.end() && it->span.begin < name.end; ++it)
    plain =
        plain && (of_phrase(*it) || (it->metric != kNone && it->span.begin > name.begin && is_repeated(text, said)));
  return bounded && plain && !has_any(said, kReports);
}

// True of the name of a company, as it is called; a joint begins it only if it is told again and again.
bool may_report(std::string_view text, const Mentions& mentions, const Classes& classes, Span name) {
  constexpr uint32_t kLongest = 8 * 3;  // bytes
  const std::string_view said = text.substr(name.begin, name.size());
  return name.size() >= kShortestName && name.size() <= kLongest && !ends_with_any(said, kInstitutions) &&
         !starts_with_any(said, kNoNames) && (!starts_with_any(said, kJoints) || is_repeated(text, said)) &&
         said != "集团" && is_name(text, mentions, classes, name);
}

// Where the name of the host begins.
uint32_t behind_welcome(std::string_view text, Span name) {
  for (const std::string_view verb : kWelcomes)
    if (const size_t at = text.substr(name.begin, name.size()).rfind(verb); at != std::string_view::npos)
      return name.begin + static_cast<uint32_t>(at + verb.size());
  return name.begin;
}

}  // namespace

std::optional<std::string_view> market_of_code(std::string_view code, bool bracketed) {
  static constexpr auto markets = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"hk", "HK"}, {"sh", "CN"}, {"sz", "CN"}, {"ss", "CN"}, {"tw", "TW"}, {"two", "TW"}, {"us", "US"}});
  const auto digits = static_cast<size_t>(std::count_if(code.begin(), code.end(), is_digit));
  if (digits == 0) return code.ends_with("-US") ? std::optional<std::string_view>("US") : std::nullopt;  // NVDA-US
  std::string letters;
  for (char c : code)
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) letters += static_cast<char>(c | 0x20);
  for (const auto& [suffix, market] : markets)
    if (letters == suffix && digits >= 3) return market;
  if (!bracketed || digits != code.size() || digits < 4 || digits > 6 || is_year(code)) return std::nullopt;
  return digits == 6 ? "CN" : digits == 5 ? "HK" : "";
}

Span name_before_code(const Document& document, const Mentions& mentions, const Classes& classes, const Mention& code) {
  const std::string_view text = document.folded.text;
  if (code.kind != MentionKind::identifier && code.kind != MentionKind::bare && code.kind != MentionKind::unresolved)
    return {};
  const std::string_view said = text.substr(code.span.begin, code.span.size());
  const bool bracketed = text.substr(0, code.span.begin).ends_with("(") && text.substr(code.span.end).starts_with(")");
  const bool known_form = market_of_code(said, bracketed).has_value();
  if (!known_form && code.kind != MentionKind::identifier) return {};
  // What else stands behind a short name (简称“甲云”,5G版) is no code of its company.
  if (const Span called = known_form ? name_called(text, code.span.begin) : Span{}; !called.empty()) return called;
  const uint32_t end = end_of_name(text, code);
  if (end == 0) return {};
  const auto is_company = [&](const Mention& m) {
    return m.kind == MentionKind::word && classes.part(m) == Part::company;
  };
  if (const Mention* known = ending_at(mentions, end, is_company)) return known->span;
  Span name = name_ending_at(text, mentions, classes, end);
  // 甲及|禾榮科技(7799)
  for (const std::string_view joint : {"及", "与"})
    if (text.substr(name.begin, name.size()).starts_with(joint)) name.begin += static_cast<uint32_t>(joint.size());
  return name.size() >= kShortestName ? name : Span{};
}

Span name_that_reports(const Document& document, const Mentions& mentions, const Classes& classes, uint32_t head) {
  const std::string_view text = document.folded.text;
  uint32_t first = UINT32_MAX;
  Span best;
  const std::string_view looked_at = text.substr(0, head);
  for (const std::string_view verb : kReports)
    for (size_t at = looked_at.find(verb); at < first; at = looked_at.find(verb, at + 1)) {
      const auto end = static_cast<uint32_t>(at);
      Span name = text.substr(0, end).ends_with(")") ? name_called(text, end - 1) : Span{};
      if (name.empty()) name = name_ending_at(text, mentions, classes, behind_name(text, mentions, end));
      name.begin = behind_welcome(text, name);
      if (may_report(text, mentions, classes, name)) first = end, best = name;
    }
  return best;
}

// 【甲股份:披露重组草案】甲股份公告,…: those that announce something, if they are several, in the order of the text.
std::vector<std::string_view> names_that_announce(std::string_view text, const Mentions& mentions,
                                                  const Classes& classes) {
  constexpr size_t kSeveral = 4;
  constexpr int kMostTried = 1000;
  constexpr std::string_view kVerb = "公告";
  std::vector<std::string_view> names;
  int tried = 0;
  for (size_t at = text.find(kVerb); at != std::string_view::npos && names.size() < kMostNames && tried < kMostTried;
       at = text.find(kVerb, at + kVerb.size()), ++tried) {
    const auto end = static_cast<uint32_t>(at);
    const Span name = name_ending_at(text, mentions, classes, behind_name(text, mentions, end));
    const std::string_view said = text.substr(name.begin, name.size());
    if (may_report(text, mentions, classes, name) && std::find(names.begin(), names.end(), said) == names.end())
      names.push_back(said);
  }
  if (names.size() < kSeveral) names.clear();
  return names;
}

std::vector<Span> find_named_companies(const Document& document, const Mentions& mentions, const Classes& classes) {
  const std::string_view text = document.folded.text;
  std::vector<std::string_view> names;
  for (const Mention& m : mentions.all) {
    if (names.size() == kMostNames) break;
    const bool bracketed = m.span.begin > 0 && text[m.span.begin - 1] == '(';
    if (!market_of_code(text.substr(m.span.begin, m.span.size()), bracketed)) continue;
    const Span name = name_before_code(document, mentions, classes, m);
    if (const auto said = text.substr(name.begin, name.size());
        !said.empty() && std::find(names.begin(), names.end(), said) == names.end())
      names.push_back(said);
  }
  for (const std::string_view said : names_that_announce(text, mentions, classes))
    if (names.size() < kMostNames && std::find(names.begin(), names.end(), said) == names.end()) names.push_back(said);
  std::vector<Span> places;
  for (const std::string_view name : names)
    for (size_t at = 0; (at = text.find(name, at)) != std::string_view::npos; at += name.size())
      places.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + name.size())});
  // Of two that begin at one place, the longer is the name.
  std::sort(places.begin(), places.end(),
            [](Span a, Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  const auto last = std::unique(places.begin(), places.end(), [](Span a, Span b) { return b.begin < a.end; });
  places.erase(last, places.end());
  return places;
}

}  // namespace jiyao
