#include "pipeline/resolve/view.h"

#include "pipeline/model/symbols.h"

namespace jiyao {

uint16_t mention_symbol(const Mention& mention, const RuleSet& rules) {
  switch (mention.kind) {
    case MentionKind::word:
      return mention.metric != kNone ? static_cast<uint16_t>(kMetric) : class_symbol(rules.lexicon[mention.entry].lexeme_class);
    case MentionKind::money: return kMoney;
    case MentionKind::percent: return kPercent;
    case MentionKind::points: return kPoints;
    case MentionKind::multiple: return kMultiple;
    case MentionKind::count: return kCount;
    case MentionKind::bare: return kBare;
    case MentionKind::period: return kPeriod;
    case MentionKind::ordinal: return kOrdinal;
    case MentionKind::identifier: return kIdentifier;
    case MentionKind::idiom: return kIdiom;
    case MentionKind::unresolved: return kUnresolved;
  }
  return kUnresolved;
}

void make_view(std::string_view folded, Span sentence, const Mentions& mentions, uint32_t first, uint32_t last,
               const RuleSet& rules, View& view) {
  view.symbols.clear();
  view.place.clear();
  view.mention.clear();
  view.first = first;
  view.last = last;
  view.has_figure = false;
  uint32_t p = sentence.begin;
  const auto text_until = [&](uint32_t end) {
    for (; p < end; ++p) {
      // Spaces carry no meaning here; private use characters must not pass for
      // symbols, and a sentence that has one keeps its other bytes.
      const char c = folded[p];
      if (c == ' ' || c == '\t') continue;
      const bool private_use = static_cast<unsigned char>(c) == 0xEE ||
                               (static_cast<unsigned char>(c) == 0xEF && p + 1 < end &&
                                static_cast<unsigned char>(folded[p + 1]) < 0xA4);
      view.symbols += private_use ? '?' : c;
      if (private_use && p + 2 < end) p += 2;
      view.place.push_back(p);
      view.mention.push_back(-1);
    }
  };
  for (uint32_t i = first; i < last; ++i) {
    const Mention& m = mentions.all[i];
    text_until(m.span.begin);
    append_symbol(view.symbols, mention_symbol(m, rules));
    for (int k = 0; k < 3; ++k) {
      view.place.push_back(m.span.begin);
      view.mention.push_back(static_cast<int32_t>(i));
    }
    p = m.span.end;
    view.has_figure = view.has_figure || is_figure(m.kind);
  }
  text_until(sentence.end);
  view.place.push_back(sentence.end);
  view.mention.push_back(-1);
}

}  // namespace jiyao
