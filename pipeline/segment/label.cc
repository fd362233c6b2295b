#include "pipeline/segment/label.h"

#include <algorithm>
#include <array>

#include "pipeline/segment/marker.h"
#include "pipeline/segment/scan.h"

namespace jiyao::segmenting {
namespace {

constexpr size_t kLabelBytes = 160;   // a colon further on ends no label
constexpr uint32_t kNameLength = 20;  // code points, without a bracket behind the name
constexpr uint32_t kBracketLength = 24;
constexpr uint32_t kLeadLength = 12;

struct Word {
  std::string_view text;
  LabelKind kind;
};

// Longer words first.
constexpr std::array kTurnWords = {
    Word{"投资者提问", LabelKind::question}, Word{"公司回复", LabelKind::answer}, Word{"公司答复", LabelKind::answer},
    Word{"董秘回复", LabelKind::answer},     Word{"董秘回答", LabelKind::answer}, Word{"投资者问", LabelKind::question},
    Word{"提问", LabelKind::question},       Word{"追问", LabelKind::question},   Word{"问题", LabelKind::question},
    Word{"回答", LabelKind::answer},         Word{"答复", LabelKind::answer},     Word{"回复", LabelKind::answer},
    Word{"问", LabelKind::question},         Word{"答", LabelKind::answer},       Word{"Question", LabelKind::question},
    Word{"Answer", LabelKind::answer},       Word{"Q", LabelKind::question},      Word{"A", LabelKind::answer},
};

// What they begin with: most paragraphs are told by their first character.
constexpr std::u32string_view kTurnFirsts = U"投公董提追问回答QA";

// A person's office: alone, behind the name or the firm, or before the name.
constexpr std::array<std::string_view, 33> kRoles = {
    "主持人",     "司仪",       "分析师",     "分析员",     "记者",      "提问者",  "提问人", "董事长",   "主席",
    "副总裁",     "总裁",       "总经理",     "财务总监",   "财务长",    "执行长",  "营运长", "技术长",   "首席执行官",
    "首席财务官", "首席运营官", "首席技术官", "董事会秘书", "董秘",      "管理层",  "发言人", "公司代表", "CEO",
    "CFO",        "COO",        "CTO",        "Operator",   "Moderator", "Analyst",
};
// People who are also the subject of figures (主要股东:…): only alone or numbered.
constexpr std::array<std::string_view, 6> kParties = {"投资者", "投资人", "股东", "嘉宾", "Speaker", "SPEAKER"};
constexpr std::array<std::string_view, 5> kTitles = {"先生", "女士", "小姐", "博士", "总"};

// What labels that are no names contain: things measured, and verbs of saying.
constexpr std::array<std::string_view, 48> kNoName = {
    "毛利", "净利", "利润", "成本", "收入", "费用", "现金", "金额", "单位", "时间", "方式", "来源",
    "业务", "产品", "资产", "负债", "市场", "行业", "渠道", "价格", "方面", "情况", "关系", "结构",
    "人数", "户数", "应占", "薪酬", "表示", "认为", "指出", "预计", "预期", "补充", "强调", "透露",
    "如下", "来看", "来说", "由于", "显示", "其中", "包括", "说明", "高端", "安全", "区域", "项目",
};

constexpr std::string_view kSurnames =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
    "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎雷龙黎史陶贺顾毛郝龚邵万覃武钱戴严莫孔向汤温柯洪庄翁";

// Verbs of saying and connectives: what stands before the colon is half a sentence.
constexpr std::array<std::string_view, 23> kNoLead = {
    "表示", "认为",   "指出", "称",   "说",   "问",   "如下", "包括", "来看", "来说", "由于", "显示",
    "其中", "得益于", "透露", "强调", "补充", "看到", "感叹", "写道", "提到", "为",   "是",
};

template <typename Words>
bool contains_any(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// [00:12:34] or (12:34.5) before the words of a transcript.
size_t skip_time(std::string_view text) {
  size_t at = 0;
  if (text.starts_with("(") || text.starts_with("[")) ++at;
  size_t colons = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ':')
      ++colons;
    else if (!is_digit(static_cast<unsigned char>(c)) && c != '.')
      break;
  }
  if (colons == 0) return 0;
  if (at < text.size() && (text[at] == ')' || text[at] == ']')) ++at;
  return skip_spaces(text, at);
}

// Emphasis and brackets that may stand around a label.
size_t skip_opening(std::string_view text, size_t at) {
  for (const std::string_view mark : {"**", "【", "["}) {
    if (text.substr(at).starts_with(mark)) at += mark.size();
  }
  return at;
}

size_t skip_closing(std::string_view text, size_t at) {
  for (const std::string_view mark : {"**", "】", "]", "**"}) {
    if (text.substr(at).starts_with(mark)) at += mark.size();
  }
  return at;
}

Span span(size_t begin, size_t end) { return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}; }

// "(某某证券)" at `at`: the offset behind it, or `at`.
size_t skip_bracket(std::string_view text, size_t at) {
  if (!text.substr(at).starts_with("(")) return at;
  const size_t close = text.substr(0, at + kLabelBytes).find(')', at);
  if (close == std::string_view::npos) return at;
  return count_code_points(text.substr(at, close - at)) <= kBracketLength ? close + 1 : at;
}

size_t skip_number(std::string_view text, size_t at) {
  const size_t start = at;
  while (at < text.size() && at - start < 3 && is_digit(static_cast<unsigned char>(text[at]))) ++at;
  return at == start ? at + han_number_at(text.substr(at)).size : at;
}

// What ends a label that begins with a turn word: a colon, a closing square
// bracket, or behind a number 、 and . before words.
size_t label_end(std::string_view text, size_t at, bool numbered, bool bracketed) {
  const size_t closed = skip_closing(text, at);
  if (text.substr(closed).starts_with(":")) return skip_closing(text, closed + 1);
  if (bracketed && closed > at) return closed;
  const size_t separator = text.substr(at).starts_with("、") ? 3 : text.substr(at).starts_with(".") ? 1 : 0;
  if (!numbered || separator == 0) return 0;
  return is_cjk(code_point_at(text, skip_spaces(text, at + separator)).value) ? at + separator : 0;
}

// Q1: 答(财务长): 【问】
Label turn_label(std::string_view text) {
  const size_t time = skip_time(text);
  const size_t begin = skip_opening(text, time);
  if (kTurnFirsts.find(code_point_at(text, begin).value) == std::u32string_view::npos) return {};
  for (const Word& word : kTurnWords) {
    if (!text.substr(begin).starts_with(word.text)) continue;
    const size_t word_end = begin + word.text.size();
    const size_t number = skip_spaces(text, word_end);
    const size_t number_end = skip_number(text, number);
    const bool numbered = number_end > number;
    const size_t bracket = numbered ? number_end : word_end;
    const size_t bracket_end = skip_bracket(text, bracket);
    const size_t end = label_end(text, skip_spaces(text, bracket_end), numbered, begin > time);
    if (end == 0 || starts_with_value(text.substr(end))) continue;
    const bool named = bracket_end > bracket + 2;
    const Span name = named ? span(bracket + 1, bracket_end - 1) : span(begin, word_end);
    return {word.kind, name, static_cast<uint32_t>(end)};
  }
  return {};
}

// Any short label before a colon, whoever or whatever it names.
Label any_label(std::string_view text) {
  const size_t begin = skip_opening(text, skip_time(text));
  const size_t colon = text.substr(0, begin + kLabelBytes).find(':', begin);
  if (colon == std::string_view::npos || text.substr(colon + 1).starts_with("//")) return {};
  Span name = trimmed(text, span(begin, colon));
  for (const std::string_view mark : {"**", "】", "]"}) {
    if (cut_out(text, name).ends_with(mark)) name.end -= static_cast<uint32_t>(mark.size());
  }
  return {LabelKind::none, name, static_cast<uint32_t>(skip_closing(text, colon + 1))};
}

// The name without the firm behind it: 王明(某证券) → 王明.
std::string_view without_bracket(std::string_view name) {
  const size_t open = name.find('(');
  if (open == std::string_view::npos || open == 0) return name;
  while (open > 0 && name.ends_with(' ')) name.remove_suffix(1);
  if (!name.ends_with(')')) return name;
  name = name.substr(0, open);
  while (name.ends_with(' ')) name.remove_suffix(1);
  return name;
}

bool is_plain(std::string_view name) {
  for (size_t at = 0; at < name.size();) {
    const CodePoint c = code_point_at(name, at);
    const bool joins = c.value == ' ' || c.value == '.' || c.value == '-' || c.value == '_' || c.value == U'·';
    if (!is_cjk(c.value) && !is_latin(c.value) && !is_digit(c.value) && !joins) return false;
    at += c.size;
  }
  return !name.empty();
}

bool begins_with_surname(std::string_view name) {
  const CodePoint c = code_point_at(name, 0);
  return is_cjk(c.value) && kSurnames.find(name.substr(0, c.size)) != std::string_view::npos;
}

// Behind an office: nothing, a number or letter, or a name (分析师A, CEO 李某).
bool may_follow_role(std::string_view rest) {
  if (rest.empty()) return true;
  const CodePoint first = code_point_at(rest, 0);
  if (first.value == ' ' || first.value == '_' || is_digit(first.value)) return true;
  const uint32_t length = count_code_points(rest);
  if (is_latin(first.value)) return length == 1;
  return length <= 3 && begins_with_surname(rest);
}

bool has_role(std::string_view name) {
  for (const std::string_view role : kRoles) {
    if (name.ends_with(role) && name.size() <= role.size() + 36) return true;
    if (name.starts_with(role) && may_follow_role(name.substr(role.size()))) return true;
  }
  for (const std::string_view party : kParties) {
    if (name.starts_with(party) && may_follow_role(name.substr(party.size()))) return true;
  }
  if (!begins_with_surname(name)) return false;
  return std::any_of(kTitles.begin(), kTitles.end(), [&](std::string_view title) {
    return name.ends_with(title) && count_code_points(name) <= count_code_points(title) + 3;
  });
}

// 张三, 欧阳明: two to four Han; Jane Doe: two or three words with a capital.
bool is_name(std::string_view name) {
  if (is_cjk(code_point_at(name, 0).value)) {
    const uint32_t length = count_code_points(name);
    return length >= 2 && length <= 4 && name.size() == length * 3 && begins_with_surname(name);
  }
  bool word_begins = true;
  bool small = false;
  int words = 0;
  for (const char c : name) {
    if (!is_latin(static_cast<unsigned char>(c)) && c != ' ' && c != '.' && c != '-') return false;
    if (word_begins && c != ' ') {
      if (c < 'A' || c > 'Z') return false;
      ++words;
    }
    small = small || (c >= 'a' && c <= 'z');
    word_begins = c == ' ';
  }
  return small && words >= 2 && words <= 3;
}

// Somebody says something, if only thanks; "董事长:张三" is a list of people.
bool is_speech(std::string_view after) {
  after = cut_out(after, trimmed(after, span(0, after.size())));
  return after.empty() || count_code_points(after.substr(0, 64)) >= 12 || ends_sentence(after);
}

// At most 12 code points of words, and no half of a sentence.
bool is_lead(std::string_view name) {
  if (count_code_points(name) > kLeadLength) return false;
  bool words = false;
  constexpr std::u32string_view kJoins = U" -/&、·()+";
  for (size_t at = 0; at < name.size();) {
    const CodePoint c = code_point_at(name, at);
    const bool word = is_cjk(c.value) || is_latin(c.value);
    if (!word && kJoins.find(c.value) == std::u32string_view::npos) return false;
    words = words || word;
    at += c.size;
  }
  return words && std::none_of(kNoLead.begin(), kNoLead.end(), [&](std::string_view w) { return name.ends_with(w); });
}

struct Candidate {
  Label label;
  std::string_view name;
  bool role = false;
};

std::optional<Candidate> speaker_candidate(std::string_view text) {
  Candidate c{any_label(text), {}, false};
  if (c.label.end == 0 || c.label.name.empty()) return std::nullopt;
  c.name = without_bracket(cut_out(text, c.label.name));
  if (count_code_points(c.name) > kNameLength || !is_plain(c.name)) return std::nullopt;
  if (contains_any(c.name, kNoName)) return std::nullopt;
  c.role = has_role(c.name) && is_speech(text.substr(c.label.end));
  if (!c.role && !is_name(c.name)) return std::nullopt;
  c.label.kind = LabelKind::speaker;
  return c;
}

}  // namespace

void Dialogue::note(std::string_view paragraph) {
  const Label turn = turn_label(paragraph);
  if (turn.kind == LabelKind::question) ++questions_;
  if (turn.kind == LabelKind::answer) ++answers_;
  if (turn.kind != LabelKind::none) return;
  const auto candidate = speaker_candidate(paragraph);
  if (!candidate) return;
  if (candidate->role) ++roles_;
  ++names_[std::string(candidate->name)];
}

void Dialogue::finish() {
  returning_ =
      static_cast<int>(std::count_if(names_.begin(), names_.end(), [](const auto& name) { return name.second >= 2; }));
}

Label Dialogue::label(std::string_view paragraph) const {
  const Label turn = turn_label(paragraph);
  // A lone "A:" is the first of a list rather than an answer.
  if (turn.kind == LabelKind::answer && questions_ == 0 && cut_out(paragraph, turn.name) == "A") return {};
  if (turn.kind != LabelKind::none) return turn;
  const auto candidate = speaker_candidate(paragraph);
  if (!candidate) return {};
  if (candidate->role) return candidate->label;
  const auto seen = names_.find(std::string(candidate->name));
  const bool returns = seen != names_.end() && seen->second >= 2;
  const bool others = returning_ >= 2 || roles_ > 0 || questions_ > 0 || answers_ > 0;
  return returns && others ? candidate->label : Label{};
}

Span lead_of(std::string_view paragraph) {
  Label label = any_label(paragraph);
  if (label.end == 0 || label.end == paragraph.size() || label.name.empty()) return {};
  const std::string_view name = cut_out(paragraph, label.name);
  if (name.starts_with("(") && name.find(')') == std::string_view::npos) ++label.name.begin;  // (单位:千元)
  return is_lead(cut_out(paragraph, label.name)) ? label.name : Span{};
}

bool is_label_line(std::string_view paragraph) {
  const Label label = any_label(paragraph);
  return label.end == paragraph.size() && is_lead(cut_out(paragraph, label.name));
}

}  // namespace jiyao::segmenting
