#include "pipeline/resolve/view.h"

#include "pipeline/model/symbols.h"

namespace jiyao {

uint16_t mention_symbol(const Mention& mention, const RuleSet& rules) {
  switch (mention.kind) {
    case MentionKind::word:
      return mention.metric != kNone ? static_cast<uint16_t>(kMetric)
                                     : class_symbol(rules.lexicon[mention.entry].lexeme_class);
    case MentionKind::money:
      return kMoney;
    case MentionKind::percent:
      return kPercent;
    case MentionKind::points:
      return kPoints;
    case MentionKind::multiple:
      return kMultiple;
    case MentionKind::count:
      return kCount;
    case MentionKind::bare:
      return kBare;
    case MentionKind::period:
      return kPeriod;
    case MentionKind::ordinal:
      return kOrdinal;
    case MentionKind::identifier:
      return kIdentifier;
    case MentionKind::idiom:
      return kIdiom;
    case MentionKind::unresolved:
      return kUnresolved;
  }
  return kUnresolved;
}

namespace {

// U+E000 to U+F8FF: EE 80 80 to EF A3 BF.
bool is_private_use(std::string_view text, uint32_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return at + 2 < text.size() && (byte == 0xEE || (byte == 0xEF && static_cast<unsigned char>(text[at + 1]) < 0xA4));
}

}  // namespace

void make_view(std::string_view folded, Span sentence, const Mentions& mentions, uint32_t first, uint32_t last,
               const RuleSet& rules, View& view) {
  view.symbols.clear();
  view.place.clear();
  view.mention.clear();
  view.first = first;
  view.last = last;
  view.has_figure = false;
  uint32_t p = sentence.begin;
  const auto size = sentence.size() + 3 * (last - first) + 1;
  view.symbols.reserve(size);
  view.place.reserve(size);
  view.mention.reserve(size);
  const auto add = [&](char c, uint32_t place) {
    view.symbols.push_back(c);
    view.place.push_back(place);
    view.mention.push_back(-1);
  };
  const auto text_until = [&](uint32_t end) {
    for (; p < end; ++p) {
      const auto c = static_cast<unsigned char>(folded[p]);
      // Spaces carry no meaning here.
      if (c == ' ' || c == '\t') continue;
      // Private use characters must not pass for symbols.
      if (c >= 0xEE && is_private_use(folded, p)) {
        add('?', p);
        p += 2;
        continue;
      }
      add(static_cast<char>(c), p);
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
