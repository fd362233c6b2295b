#include "pipeline/match/items.h"

#include <algorithm>

#include "pipeline/match/number_parts.h"

namespace jiyao {
namespace {

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

// The end of 、 . or ) at `at`, if no further number stands behind it (1、2、3号机组); 0 otherwise.
uint32_t item_mark_end(std::string_view text, Span sentence, uint32_t at) {
  while (at < sentence.end && text[at] == '*') ++at;  // of Markdown
  for (std::string_view mark : {"、", ".", ")"}) {
    if (!text.substr(at).starts_with(mark)) continue;
    const auto behind = at + static_cast<uint32_t>(mark.size());
    const bool goes_on = behind >= sentence.end || is_digit(text[behind]) || numerals::digit_at(text, behind) >= 0;
    return goes_on ? 0 : behind;
  }
  return 0;
}

// Q1: and A12: of questions and answers; in Q1:+7% it is a quarter.
bool numbers_question(std::string_view text, Span sentence, Span mention) {
  std::string_view digits = text.substr(mention.begin, mention.size());
  if (digits.size() < 2 || digits.size() > 3 || (digits[0] != 'q' && digits[0] != 'a')) return false;
  digits.remove_prefix(1);
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return false;
  const std::string_view behind = text.substr(mention.end, sentence.end - mention.end);
  const size_t next = behind.find_first_not_of(" :");
  return behind.starts_with(":") && next != std::string_view::npos && !is_digit(behind[next]) && behind[next] != '+' &&
         behind[next] != '-';
}

}  // namespace

void number_items(std::string_view text, Span sentence, size_t first, Mentions& mentions) {
  constexpr int kMost = 99;
  for (size_t i = first; i < mentions.all.size(); ++i) {
    Mention& m = mentions.all[i];
    if (!begins_item(text, sentence, m.span.begin)) continue;
    if (numbers_question(text, sentence, m.span)) m.kind = MentionKind::ordinal;
    if (m.kind != MentionKind::bare) continue;
    const Figure& figure = mentions.figures[m.payload];
    if (!figure.value || figure.explicit_sign || figure.decimals != 0 || *figure.value > Decimal(kMost)) continue;
    const uint32_t end = item_mark_end(text, sentence, m.span.end);
    if (end == 0) continue;
    m.kind = MentionKind::ordinal;
    m.span.end = end;
  }
}

void number_models(size_t first, const RuleSet& rules, Mentions& mentions) {
  for (size_t i = first + 1; i < mentions.all.size(); ++i) {
    Mention& m = mentions.all[i];
    const Mention& name = mentions.all[i - 1];
    if (m.kind != MentionKind::bare || name.entry == kNone || name.span.end != m.span.begin) continue;
    const std::string& of = rules.classes[rules.lexicon[name.entry].lexeme_class].name;
    const Figure& figure = mentions.figures[m.payload];
    if ((of != "company" && of != "name") || !figure.value || figure.explicit_sign || figure.decimals != 0) continue;
    const bool is_year = *figure.value >= Decimal(1900) && *figure.value <= Decimal(2100);
    if (!is_year) m.kind = MentionKind::identifier;
  }
}

}  // namespace jiyao
