#include "tools/explanation.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace jiyao::command {

namespace {

constexpr std::array<const char*, 12> kMentionNames = {"word",     "money",      "percent", "points",
                                                       "multiple", "count",      "bare",    "period",
                                                       "ordinal",  "identifier", "idiom",   "unresolved"};
constexpr std::array<const char*, 5> kBlockNames = {"heading", "list item", "turn", "paragraph", "table"};

// Writes into one string; everything it needs is looked up here.
class Teller {
 public:
  Teller(const Extracted& extracted, const RuleSet& rules)
      : document_(extracted.document),
        mentions_(extracted.mentions),
        extraction_(extracted.extraction),
        rules_(rules) {}

  std::string tell(uint32_t line);

 private:
  template <typename... Args>
  void put(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Args>(args)...);
  }

  Citation at(Span folded) const { return cite(document_.source, document_.folded, folded); }
  std::string_view folded(Span span) const {
    return std::string_view(document_.folded.text).substr(span.begin, span.size());
  }
  bool touches(Span span, uint32_t line) const;

  void tell_document();
  void tell_block(const Block& block);
  void tell_sentence(uint32_t index);
  void tell_mention(const Mention& mention);
  void tell_word(const Mention& mention);
  void tell_figure(const Figure& figure);
  void tell_fact(const Fact& fact);
  void tell_ledger(Span within);
  void tell_findings(uint32_t line);

  const Document& document_;
  const Mentions& mentions_;
  const Extraction& extraction_;
  const RuleSet& rules_;
  std::string out_;
};

std::string printed(const std::optional<Decimal>& value) { return value ? value->to_string() : std::string(); }

std::string printed_value(const std::optional<Decimal>& value, const std::optional<Decimal>& low,
                          const std::optional<Decimal>& high) {
  return value ? printed(value) : printed(low) + ".." + printed(high);
}

bool Teller::touches(Span span, uint32_t line) const {
  if (line == 0) return true;
  const auto& starts = document_.source.line_bytes;
  const Citation place = at(span);
  const uint32_t begin = starts[line - 1];
  const uint32_t end = line < starts.size() ? starts[line] : UINT32_MAX;
  return place.byte_start < end && begin < place.byte_end;
}

void Teller::tell_document() {
  const SourceText& source = document_.source;
  const DocumentContext& context = extraction_.context;
  put("document   {} ({}, {} lines, sha256 {})\n", source.document, source.encoding, source.line_bytes.size(),
      source.sha256);
  put("company    {}{}{}\n", context.company, context.ticker.empty() ? "" : " ", context.ticker);
  put("published  {}\n", context.published.year == 0 ? "unknown" : context.published.iso());
  put("period     {}\n", context.period.empty() ? "unknown" : context.period.text());
  put("currency   {}\n", context.currency.empty() ? "unknown" : context.currency);
}

void Teller::tell_block(const Block& block) {
  put("\n{}", kBlockNames[static_cast<size_t>(block.kind)]);
  if (block.kind == BlockKind::heading) put(" of level {}", block.level);
  if (!block.marker.empty()) put(", marker “{}”", folded(block.marker));
  if (!block.lead.empty()) put(", lead “{}”", folded(block.lead));
  if (!block.speaker.empty()) put(", speaker “{}”", folded(block.speaker));
  if (block.section < document_.blocks.size()) put(", under “{}”", folded(document_.blocks[block.section].span));
  out_ += '\n';
}

void Teller::tell_word(const Mention& mention) {
  if (mention.entry < rules_.lexicon.size()) {
    const LexiconEntry& entry = rules_.lexicon[mention.entry];
    const bool known = entry.lexeme_class < rules_.classes.size();
    put(" <{}>", known ? rules_.classes[entry.lexeme_class].name : "?");
    for (const auto& [key, value] : entry.attributes) put(" {}={}", key, value);
    put("  [{}:{}]", entry.place.file, entry.place.line);
  }
  if (mention.metric < rules_.metrics.size()) put(" metric {}", rules_.metrics[mention.metric].id);
}

void Teller::tell_figure(const Figure& figure) {
  put(" {} {}", printed_value(figure.value, figure.low, figure.high), figure.unit.empty() ? "no unit" : figure.unit);
  if (figure.plain_currency) put(" (currency of the document)");
  if (figure.qualifier != Qualifier::none) put(" {}", name(figure.qualifier));
}

void Teller::tell_mention(const Mention& mention) {
  const Citation place = at(mention.span);
  put("  {}:{}  {} “{}”", place.line, place.column, kMentionNames[static_cast<size_t>(mention.kind)], place.text);
  if (mention.kind == MentionKind::word) tell_word(mention);
  if (is_figure(mention.kind) && mention.payload < mentions_.figures.size()) {
    tell_figure(mentions_.figures[mention.payload]);
  }
  if (mention.rule < rules_.mentions.size()) {
    const PatternRule& rule = rules_.mentions[mention.rule];
    put("  [{} {}:{}]", rule.id, rule.place.file, rule.place.line);
  }
  out_ += '\n';
}

void Teller::tell_fact(const Fact& fact) {
  put("  fact {}: {} {} {} of {} “{}”", fact.id, name(fact.basis), printed_value(fact.value, fact.low, fact.high),
      fact.unit, fact.metric, fact.subject);
  if (!fact.segment.empty()) put(", segment “{}”", fact.segment);
  if (!fact.company.empty()) put(", company “{}”", fact.company);
  if (!fact.base.empty()) put(", base “{}”", fact.base);
  put(", period {}, {}", fact.period.empty() ? "unknown" : fact.period.text(), name(fact.status));
  if (fact.qualifier != Qualifier::none) put(", {}", name(fact.qualifier));
  put("  [{}]\n", fmt::join(fact.rules, ", "));
}

// Figures that became no fact, with the reason.
void Teller::tell_ledger(Span within) {
  const auto& ledger = extraction_.ledger;
  auto row_at = std::partition_point(ledger.begin(), ledger.end(),
                                     [&](const LedgerRow& row) { return row.figure.begin < within.begin; });
  for (; row_at != ledger.end() && row_at->figure.begin < within.end; ++row_at) {
    const LedgerRow& row = *row_at;
    if (row.kind == LedgerClass::fact) continue;
    put("  {} “{}”: {}", name(row.kind), at(row.figure).text, row.meaning);
    if (!row.rule.empty()) put("  [{}]", row.rule);
    out_ += '\n';
  }
}

void Teller::tell_sentence(uint32_t index) {
  const Sentence& sentence = document_.sentences[index];
  const Citation place = at(sentence.span);
  put("\n  {}:{} │ {}\n", place.line, place.column, place.text);
  if (folded(sentence.span) != place.text) put("  folded │ {}\n", folded(sentence.span));
  if (index + 1 < mentions_.sentence_begin.size()) {
    for (uint32_t i = mentions_.sentence_begin[index]; i < mentions_.sentence_begin[index + 1]; ++i) {
      tell_mention(mentions_.all[i]);
    }
  }
  const auto& facts = extraction_.facts;
  auto fact = std::partition_point(facts.begin(), facts.end(), [&](const Fact& f) { return f.sentence < index; });
  for (; fact != facts.end() && fact->sentence == index; ++fact) tell_fact(*fact);
  tell_ledger(sentence.span);
}

void Teller::tell_findings(uint32_t line) {
  for (const Finding& finding : extraction_.findings) {
    if (!touches(finding.at, line)) continue;
    put("\nfinding {} ({}) at line {}: {}\n", finding.id, finding.check, at(finding.at).line, finding.message_en);
  }
}

std::string Teller::tell(uint32_t line) {
  tell_document();
  uint32_t told = kNone;
  for (uint32_t i = 0; i < document_.sentences.size(); ++i) {
    if (!touches(document_.sentences[i].span, line)) continue;
    const uint32_t block = document_.sentences[i].block;
    if (block != told && block < document_.blocks.size()) tell_block(document_.blocks[block]);
    told = block;
    tell_sentence(i);
  }
  tell_findings(line);
  return std::move(out_);
}

}  // namespace

std::string explanation(const Extracted& extracted, const RuleSet& rules, uint32_t line) {
  return Teller(extracted, rules).tell(line);
}

}  // namespace jiyao::command
