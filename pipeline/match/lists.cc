#include "pipeline/match/lists.h"

#include "pipeline/match/number_parts.h"

namespace jiyao {
namespace {

bool is_separator(std::string_view between) {
  std::string trimmed;
  for (char c : between)
    if (c != ' ') trimmed += c;
  for (std::string_view s : {"、", "/", ",", "，", "和", "及", "与", "或", "以及", ";", "到", "至"})
    if (trimmed == s) return true;
  return false;
}

// 从250增长至334个: the verb between the ends of a change.
bool is_change_to(std::string_view between) {
  if (!between.ends_with("至") && !between.ends_with("到") && !between.ends_with("至 ") && !between.ends_with("到 "))
    return false;
  static constexpr std::string_view verbs = "增长加升提高上降下减少跌扩大缩小至到 攀回落";
  for (size_t i = 0; i < between.size();) {
    const size_t n = static_cast<unsigned char>(between[i]) < 0x80 ? 1 : 3;
    if (verbs.find(between.substr(i, n)) == std::string_view::npos) return false;
    i += n;
  }
  return true;
}

// Whether an item may begin at `at`: at the sentence's own beginning or behind
// the end of another item.
bool begins_item(std::string_view text, Span sentence, uint32_t at) {
  std::string_view before = text.substr(sentence.begin, at - sentence.begin);
  before = before.substr(0, before.find_last_not_of(" *") + 1);
  if (before.empty()) return true;
  for (std::string_view end : {"。", ";", ":", "!", "?"})
    if (before.ends_with(end)) return true;
  return false;
}

// Whether 、 . or ) stands at `at`, and no further number behind it (1、2、3号机组).
bool separates_item(std::string_view text, Span sentence, uint32_t at) {
  while (at < sentence.end && text[at] == '*') ++at;  // of Markdown
  for (std::string_view mark : {"、", ".", ")"}) {
    if (!text.substr(at).starts_with(mark)) continue;
    const auto behind = at + static_cast<uint32_t>(mark.size());
    return behind < sentence.end && !is_digit(text[behind]) && numerals::digit_at(text, behind) < 0;
  }
  return false;
}

}  // namespace

void number_items(std::string_view text, Span sentence, size_t first, Mentions& mentions) {
  constexpr int kMost = 99;
  for (size_t i = first; i < mentions.all.size(); ++i) {
    Mention& m = mentions.all[i];
    if (m.kind != MentionKind::bare) continue;
    const Figure& figure = mentions.figures[m.payload];
    if (!figure.value || figure.explicit_sign || figure.decimals != 0 || *figure.value > Decimal(kMost)) continue;
    if (begins_item(text, sentence, m.span.begin) && separates_item(text, sentence, m.span.end))
      m.kind = MentionKind::ordinal;
  }
}

void share_units(std::string_view text, size_t first, const RuleSet&, Mentions& mentions) {
  for (size_t i = mentions.all.size(); i-- > first + 1;) {
    const Mention& from = mentions.all[i];
    Mention& to = mentions.all[i - 1];
    if (!is_figure(from.kind) || from.kind == MentionKind::bare || to.kind != MentionKind::bare) continue;
    const std::string_view between = text.substr(to.span.end, from.span.begin - to.span.end);
    if (!is_separator(between) && !is_change_to(between)) continue;
    const Figure source = mentions.figures[from.payload];
    Figure& figure = mentions.figures[to.payload];
    to.kind = from.kind;
    figure.unit = source.unit;
    figure.plain_currency = source.plain_currency;
    if (source.scale == 0 || figure.scale != 0) continue;
    for (auto* d : {&figure.value, &figure.low, &figure.high})
      if (*d) *d = (*d)->scaled(source.scale);
    figure.decimals -= source.scale;
    figure.scale = source.scale;
  }
}

}  // namespace jiyao
