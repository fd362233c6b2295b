#include "pipeline/match/match.h"

#include <algorithm>

#include "pipeline/match/grammar.h"
#include "pipeline/match/lists.h"
#include "pipeline/match/scan.h"

namespace jiyao {

struct Matcher::Impl {
  explicit Impl(const RuleSet& set) : rules(set), words(set), grammar(set) {}
  const RuleSet& rules;
  WordTable words;
  Grammar grammar;
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
    } else if (e.symbol == kChinese || e.symbol == kChineseBig || e.symbol == kVague) {
      continue;  // numerals that no rule took are ordinary text
    } else {
      mention.kind = MentionKind::unresolved;
    }
    out.all.push_back(mention);
  }
  std::inplace_merge(out.all.begin() + static_cast<long>(first), out.all.begin() + static_cast<long>(made), out.all.end(),
                     [](const Mention& a, const Mention& b) { return a.span < b.span; });
}

}  // namespace

Mentions match(const Document& document, const Matcher& matcher) {
  const Matcher::Impl& impl = matcher.impl();
  Mentions out;
  std::string lower_text = document.folded.text;
  for (char& c : lower_text) c = lower(c);
  Scan scratch;
  out.sentence_begin.reserve(document.sentences.size() + 1);
  for (const Sentence& sentence : document.sentences) {
    const size_t first = out.all.size();
    out.sentence_begin.push_back(static_cast<uint32_t>(first));
    scan(lower_text, sentence.span, impl.words, impl.grammar.triggers(), scratch);
    if (scratch.has_trigger) impl.grammar.match(scratch, out);
    share_units(lower_text, first, impl.rules, out);
    add_rest(scratch, first, out);
  }
  out.sentence_begin.push_back(static_cast<uint32_t>(out.all.size()));
  return out;
}

}  // namespace jiyao
