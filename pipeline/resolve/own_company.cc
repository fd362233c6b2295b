// Whom a document is about: the company that a lexicon has and that is most spoken of at the
// beginning, or a name that none has, by its code, by the title or by its verb of reporting.
#include "pipeline/resolve/own_company.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "pipeline/resolve/companies.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

std::string source_cut(const Document& document, Span span) {
  return std::string(cite(document.source, document.folded, span).text);
}

// 01024.HK, 3289-TW, SZ 002671, (300472): the first code in the head.
void find_ticker(const Document& document, const Mentions& mentions, Known& known) {
  const std::string& text = document.folded.text;
  for (const Mention& m : mentions.all) {
    if (m.span.begin > kHead) break;
    if (m.kind != MentionKind::identifier && m.kind != MentionKind::bare && m.kind != MentionKind::unresolved) continue;
    const std::string_view t = std::string_view(text).substr(m.span.begin, m.span.size());
    const auto market = market_of_code(t, m.span.begin > 0 && text[m.span.begin - 1] == '(');
    if (!market) continue;
    if (known.home.empty()) known.home = *market;
    if (known.context.ticker.empty()) known.context.ticker = source_cut(document, m.span);
    return;
  }
}

// How far a name may reach from `begin`: up to a period, a metric, or a word that
// ends a phrase (聯發科|法說). 集团 and 公司 end names.
uint32_t name_limit(const Document& document, const Mentions& mentions, const Classes& classes, Span name) {
  const std::string_view text = document.folded.text;
  for (const Mention& m : mentions.all) {
    if (m.span.begin >= name.end) break;
    if (m.span.begin < name.begin) continue;
    const std::string_view word = text.substr(m.span.begin, m.span.size());
    const bool ends_name = m.span.begin > name.begin && (word == "集团" || word == "公司");
    const Part part = m.kind == MentionKind::word ? classes.part(m) : Part::metric;
    if (part != Part::phrase && part != Part::company && !ends_name) return m.span.begin;
  }
  return name.end;
}

// What the title and the first paragraph both begin with: 甲地中期盈利跌18%, 甲地截至去年底.
Span name_that_leads(const Document& document, const Mentions& mentions, const Classes& classes) {
  const std::string& text = document.folded.text;
  if (document.blocks.size() < 2) return {};
  const Span title = document.blocks[0].span, lead = document.blocks[1].span;
  const auto is_name = [&](uint32_t at) {
    return is_ideograph(text[at]) || std::isalnum(static_cast<unsigned char>(text[at])) != 0 ||
           (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  uint32_t size = 0;
  while (title.begin + size < title.end && lead.begin + size < lead.end && is_name(title.begin + size) &&
         text[title.begin + size] == text[lead.begin + size])
    ++size;
  while (size > 0 && (static_cast<unsigned char>(text[title.begin + size]) & 0xC0) == 0x80) --size;
  const uint32_t end = name_limit(document, mentions, classes, {title.begin, title.begin + size});
  const bool latin = static_cast<unsigned char>(text[title.begin]) < 0x80;
  return end >= title.begin + (latin ? 3 : 6) ? Span{title.begin, end} : Span{};
}

constexpr size_t kManyCompanies = 6;
constexpr size_t kManyCodes = 3;

bool has_many_codes(const Document& document, const Known& known) {
  const std::string_view text = document.folded.text;
  std::set<std::string_view> names;
  for (const Span name : known.named) names.insert(text.substr(name.begin, name.size()));
  return names.size() > kManyCodes;
}

constexpr int kInHead = 3;  // how much more a name says that stands in the head

// True if a name that no lexicon has, which leads the text or reports in it, is
// spoken of more than any that one has (`most`, weighed alike).
bool reports_itself(const Document& document, const Mentions& mentions, const Classes& classes, int most,
                    Known& known) {
  Span name = name_that_leads(document, mentions, classes);
  if (name.empty()) name = name_that_reports(document, mentions, classes, kHead);
  if (name.empty()) return false;
  const std::string_view text = document.folded.text;
  const std::string_view said = text.substr(name.begin, name.size());
  int weight = 0;
  for (size_t at = 0; (at = text.find(said, at)) != std::string_view::npos; at += said.size())
    weight += at < kHead ? kInHead : 1;
  if (weight <= most) return false;
  known.company_folded = std::string(said);
  known.context.company = source_cut(document, name);
  return true;
}

// The company most spoken of at the beginning, or the one before the ticker.
void find_company(const Document& document, const Mentions& mentions, const RuleSet& rules, const Classes& classes,
                  Known& known, std::string& currency) {
  std::map<std::string, std::pair<int, const Mention*>> counts;
  for (const Mention& m : mentions.all) {
    if (m.kind != MentionKind::word || m.entry == kNone || classes.part(m) != Part::company) continue;
    auto& [count, first] = counts[rules.lexicon[m.entry].word];
    count += m.span.begin < kHead ? kInHead : 1;
    if (!first) first = &m;
  }
  const Mention* best = nullptr;
  int most = 0, all = 0;
  for (const auto& [word, entry] : counts) all += entry.first;
  for (const auto& [word, entry] : counts)
    if (entry.first > most || (entry.first == most && best && entry.second->span.begin < best->span.begin))
      most = entry.first, best = entry.second;
  // News of a day names many and is about none of them; nor is what gives the codes
  // of many, and names none in its title.
  if (counts.size() > kManyCodes && best && has_many_codes(document, known) && !document.blocks.empty() &&
      best->span.begin >= document.blocks.front().span.end)
    return;
  if (counts.size() > kManyCompanies && most * 4 < all) return;
  if (known.context.company.empty() && reports_itself(document, mentions, classes, most, known)) return;
  if (!best) return;
  // One that is named far behind the head is a customer, a seller, a peer.
  if (best->span.begin > kHead) return;
  // Another company that the text speaks of is not the one it is about.
  if (!known.company_folded.empty() && known.company_folded.find(rules.lexicon[best->entry].word) == std::string::npos)
    return;
  if (known.context.company.empty()) known.context.company = source_cut(document, best->span);
  if (const std::string* c = classes.attribute(*best, "currency")) currency = *c;
  if (const std::string* h = classes.attribute(*best, "home"); h && known.home.empty()) known.home = *h;
}

// The name before the first code.
Span name_before_ticker(const Document& document, const Mentions& mentions, const Classes& classes) {
  for (const Mention& m : mentions.all) {
    if (m.span.begin > kHead) break;
    if (const Span name = name_before_code(document, mentions, classes, m); !name.empty()) return name;
  }
  return {};
}

// The beginning of the title, as far as the text repeats it: up to a period or
// metric once is enough; cut at will, it takes more.
Span name_in_title(const Document& document, const Mentions& mentions, const Classes& classes) {
  if (!has_title(document)) return {};
  const std::string& text = document.folded.text;
  const Span title = document.blocks.front().span;
  uint32_t end = title.begin;
  while (end < text.size() && end - title.begin < 45 && is_ideograph(text[end])) end += 3;
  end = name_limit(document, mentions, classes, {title.begin, end});
  const auto repeats = [&](uint32_t name_end) {
    int count = 0;
    const std::string name = text.substr(title.begin, name_end - title.begin);
    for (size_t at = title.end; (at = text.find(name, at)) != std::string::npos; at += name.size()) ++count;
    return count;
  };
  for (uint32_t whole = end; end >= title.begin + 6; end -= 3)
    if (repeats(end) >= (end == whole ? 1 : 3)) return {title.begin, end};
  return {};
}

// 统计351家公司…,获利王是甲(7799-TW): a name behind the first figures of the text is one of many.
bool leads_figures(const Document& document, const Mentions& mentions, Span name) {
  const uint32_t title_end = document.blocks.size() > 1 ? document.blocks.front().span.end : 0;
  return std::none_of(mentions.all.begin(), mentions.all.end(), [&](const Mention& m) {
    return is_figure(m.kind) && m.span.begin >= title_end && m.span.end <= name.begin && m.kind != MentionKind::bare;
  });
}

// A company that the lexicon does not know: the name before the ticker if the
// title has it, else the title's beginning that the text repeats.
void find_unknown_company(const Document& document, const Mentions& mentions, const Classes& classes, bool ticker_given,
                          Known& known) {
  if (document.blocks.empty()) return;
  const std::string& text = document.folded.text;
  const auto cut = [&](Span s) { return std::string_view(text).substr(s.begin, s.size()); };
  const Span listed = name_before_ticker(document, mentions, classes);
  const bool in_title =
      !listed.empty() && cut(document.blocks.front().span).find(cut(listed)) != std::string_view::npos;
  Span name = in_title ? listed : name_in_title(document, mentions, classes);
  if (name.empty() && leads_figures(document, mentions, listed)) name = listed;
  if (name.empty()) {
    if (!listed.empty() && !ticker_given) known.context.ticker.clear();
    return;
  }
  known.company_folded = std::string(cut(name));
  known.context.company = source_cut(document, name);
}

}  // namespace

bool has_title(const Document& document) {
  constexpr std::string_view kStop = "。";
  constexpr int kMost = 2;
  if (document.blocks.empty()) return false;
  const Span first = document.blocks.front().span;
  const std::string_view text = std::string_view(document.folded.text).substr(first.begin, first.size());
  int stops = 0;
  for (size_t at = text.find(kStop); at != text.npos && stops <= kMost; at = text.find(kStop, at + kStop.size()))
    ++stops;
  return stops <= kMost;
}

std::string find_own_company(const Document& document, const Mentions& mentions, const RuleSet& rules,
                             const Classes& classes, Known& known) {
  const bool ticker_given = !known.context.ticker.empty();
  find_ticker(document, mentions, known);
  known.named = find_named_companies(document, mentions, classes);
  std::string currency;
  if (known.context.company.empty()) find_unknown_company(document, mentions, classes, ticker_given, known);
  find_company(document, mentions, rules, classes, known, currency);
  return currency;
}

}  // namespace jiyao
