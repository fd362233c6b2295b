#include "pipeline/match/match.h"

#include <algorithm>
#include <cstring>

#include "pipeline/match/grammar.h"
#include "pipeline/match/items.h"
#include "pipeline/match/lists.h"
#include "pipeline/match/scan.h"

namespace jiyao {

struct Matcher::Impl {
  explicit Impl(const RuleSet& set) : rules(set), words(set), grammar(set), chars(words, grammar.alphabet()) {}
  const RuleSet& rules;
  WordTable words;
  Grammar grammar;
  CharTable chars;
};

Matcher::Matcher(const RuleSet& rules) : impl_(std::make_unique<Impl>(rules)) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;

namespace {

// What the rules left: words, list numbers in circles, and numbers that are nothing known.
void add_rest(const Scan& scan, size_t first, Mentions& out) {
  const size_t made = out.all.size();
  size_t m = first;
  for (const Element& e : scan.elements) {
    while (m < made && out.all[m].span.end <= e.span.begin) ++m;
    if (m < made && out.all[m].span.overlaps(e.span)) continue;
    Mention mention;
    mention.span = e.span;
    if (e.word) {
      mention.entry = e.word->entry;
      mention.metric = e.word->metric;
    } else if (e.number == UINT32_MAX) {
      mention.kind = MentionKind::ordinal;
    } else if (e.symbol == kIdentifier) {
      mention.kind = MentionKind::identifier;
    } else if (e.symbol == kChinese || e.symbol == kPair || e.symbol == kChineseBig || e.symbol == kVague) {
      continue;  // numerals that no rule took are ordinary text
    } else {
      mention.kind = MentionKind::unresolved;
    }
    out.all.push_back(mention);
  }
  std::inplace_merge(out.all.begin() + static_cast<long>(first), out.all.begin() + static_cast<long>(made),
                     out.all.end(), [](const Mention& a, const Mention& b) { return a.span < b.span; });
}

// Eight bytes at a time: a letter is below 0x80, and adding to it what carries
// into the highest bit from A on, but not from behind Z on, finds the capitals.
std::string lower_case(std::string text) {
  constexpr uint64_t kEach = 0x0101010101010101;
  size_t at = 0;
  for (uint64_t bytes; at + sizeof bytes <= text.size(); at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const uint64_t low = bytes & 0x7F * kEach;
    const uint64_t capital = (low + (0x80 - 'A') * kEach) & ~(low + (0x80 - 'Z' - 1) * kEach) & ~bytes & 0x80 * kEach;
    bytes |= capital >> 2;
    std::memcpy(text.data() + at, &bytes, sizeof bytes);
  }
  for (; at < text.size(); ++at) text[at] = lower(text[at]);
  return text;
}

}  // namespace

Mentions match(const Document& document, const Matcher& matcher) {
  const Matcher::Impl& impl = matcher.impl();
  Mentions out;
  const std::string lower_text = lower_case(document.folded.text);
  Scan scratch;
  out.sentence_begin.reserve(document.sentences.size() + 1);
  for (const Sentence& sentence : document.sentences) {
    const size_t first = out.all.size();
    out.sentence_begin.push_back(static_cast<uint32_t>(first));
    scan(lower_text, sentence.span, impl.words, impl.chars, impl.grammar.triggers(), scratch);
    if (scratch.has_trigger) impl.grammar.match(scratch, out);
    number_items(lower_text, sentence.span, first, out);
    share_units(lower_text, first, out);
    add_rest(scratch, first, out);
    number_models(first, impl.rules, out);
  }
  out.sentence_begin.push_back(static_cast<uint32_t>(out.all.size()));
  return out;
}

}  // namespace jiyao
