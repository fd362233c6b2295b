#include "pipeline/resolve/context.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "pipeline/resolve/companies.h"
#include "pipeline/resolve/report_period.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

using Unit = PeriodExpression::Unit;
using YearKind = PeriodExpression::YearKind;

std::string source_cut(const Document& document, Span span) {
  return std::string(cite(document.source, document.folded, span).text);
}

// A full date in the first lines is taken for the date of publication, unless a later
// time is told of before it.
Date find_published(const Mentions& mentions) {
  Date told;
  for (const Mention& m : mentions.all) {
    if (m.span.begin > kHead) break;
    if (m.kind != MentionKind::period) continue;
    const PeriodExpression& e = mentions.periods[m.payload];
    if (e.year_kind != YearKind::absolute) continue;
    const bool day = e.unit == Unit::day && e.edge == PeriodExpression::Edge::none &&
                     e.reach == PeriodExpression::Reach::none && !e.day_to;
    const Date date{e.year, e.n, e.day};
    // 截至2024年12月31日 without the verb, a period's last day, is no date of publication.
    if (day && date.valid() && !(e.day >= 30 && e.n % 3 == 0) && told <= date) return date;
    const Period said = resolve_period(e, {}).period;
    if (said.empty() || e.years_on != 0 || e.fiscal) continue;
    Date since = said.instant ? said.end : said.start;
    if (e.unit == Unit::year && !said.instant) --since.year;  // 2026年展望 is of the year to come
    told = std::max(told, since);
  }
  return {};
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

// By the words that only one market uses (attribute `market` of the lexicon).
std::string market_of(const Mentions& mentions, const Classes& classes) {
  std::map<std::string, int> votes;
  for (const Mention& m : mentions.all)
    if (const std::string* market = m.kind == MentionKind::word ? classes.market(m) : nullptr) ++votes[*market];
  std::string best;
  int most = 0;
  for (const auto& [market, count] : votes)
    if (count > most) most = count, best = market;
  return best;
}

// What a company earns is stated in its own currency; prices, buybacks and
// others' figures often are not, nor are orders.
bool is_own_money(const Mentions& mentions, const RuleSet& rules, size_t figure) {
  constexpr uint32_t kNear = 300;  // bytes
  for (size_t i = figure; i-- > 0 && figure - i < 12;) {
    const Mention& m = mentions.all[i];
    if (m.span.end + kNear < mentions.all[figure].span.begin) return false;
    if (m.kind == MentionKind::word && m.metric != kNone) {
      const Metric& metric = rules.metrics[m.metric];
      static const std::array<std::string_view, 6> others = {"other", "dividend",    "dps",
                                                             "capex", "market_size", "contract_value"};
      return metric.unit_kind == "money" && metric.balance == "flow" && metric.counted.empty() &&
             !is_any(metric.id, others);
    }
  }
  return false;
}

// 8亿元(人民币,下同), 8亿人民币(下同): the text says itself what its plain 元 is; empty if it does not.
std::string declared_currency(const Document& document, const Mentions& mentions, const Classes& classes) {
  constexpr size_t kNear = 30;  // bytes
  const size_t at = std::string_view(document.folded.text).substr(0, kHead).find("下同)");
  for (size_t i = mentions.all.size(); i-- > 0 && at != std::string_view::npos;) {
    const Mention& m = mentions.all[i];
    if (m.span.end > at) continue;
    if (m.span.end + kNear < at) break;
    const std::string* word = m.kind == MentionKind::word ? classes.attribute(m, "currency") : nullptr;
    if (word && *word != "plain") return *word;
    if (m.kind == MentionKind::money && !mentions.figures[m.payload].unit.empty())
      return mentions.figures[m.payload].unit;
  }
  return {};
}

// Plain 元 is the currency that the company's other figures carry, else that
// of the company, else that of its home market. 美元 and the like are always
// written out unless nearly all figures are of that currency.
std::string find_currency(const Mentions& mentions, const RuleSet& rules, const std::string& company_currency,
                          const std::string& home, const std::string& market) {
  static const std::map<std::string, std::string> homes = {{"CN", "CNY"}, {"HK", "HKD"}, {"TW", "TWD"}, {"US", "CNY"}};
  // A mainland text on a company listed in Hong Kong counts in yuan; one on an American company as its readers do.
  const std::string& country = home == "US" && homes.contains(market) ? market : home;
  const std::string at_home = homes.contains(country) && !(home == "HK" && market == "CN") ? homes.at(country) : "CNY";
  std::map<std::string, int> votes;
  int plain = 0;
  for (size_t i = 0; i < mentions.all.size(); ++i) {
    if (mentions.all[i].kind != MentionKind::money) continue;
    const Figure& f = mentions.figures[mentions.all[i].payload];
    // Amounts per share say nothing: 12港仙 beside 人民币.
    const bool large = (f.value ? *f.value : f.low.value_or(Decimal())) >= Decimal(10000);
    if (f.unit.empty())
      ++plain;
    else if (!large)
      continue;
    // A mainland text that writes 港元 or 新台币 for some figures means yuan by plain 元.
    else if (f.unit == "TWD" && market == "CN" && home != "TW")
      continue;
    else if (f.unit == "HKD")
      votes[f.unit] += market == "HK" && is_own_money(mentions, rules, i) ? 3 : 0;
    else
      votes[f.unit] += is_own_money(mentions, rules, i) ? 6 : 1;
  }
  for (auto& [unit, count] : votes)
    if (unit != "CNY" && unit != "HKD" && unit != "TWD" && count < 8 * plain) count = 0;
  // What it reports in counts if some figure is in it, or if that is a plain 元 at home.
  const bool carried = company_currency == "CNY" || company_currency == "HKD" || company_currency == "TWD" ||
                       votes.contains(company_currency);
  std::string best = carried ? company_currency : at_home;
  votes[best] += 3;
  for (const auto& [unit, count] : votes)
    if (count > votes[best]) best = unit;
  return best;
}

// What a period that ends on a day says of the fiscal year: 12 months to the day are
// all of it (截至3月31日止年度), 6 its first half (截至9月底止六个月). Where the length is not
// with the date, it is what the title speaks of; 0 if nothing tells.
int months_to(const PeriodExpression& e, std::string_view head) {
  const bool until = e.unit == Unit::months || e.unit == Unit::day;
  if (!until || e.n == 0) return 0;
  if (e.reach == PeriodExpression::Reach::until) {
    const int unit = e.length_unit == Unit::year ? 12 : e.length_unit == Unit::half ? 6 : 1;
    return unit * e.length;
  }
  if (e.edge != PeriodExpression::Edge::end) return 0;
  const auto says = [&](std::string_view word) { return head.find(word) != head.npos; };
  if (says("中期") || says("六个月") || says("上半财年") || says("上半财政年度")) return 6;
  return says("止财政年度") || says("止年度") || says("全年业绩") ? 12 : 0;
}

// Months of the fiscal year that have passed where the last day of a calendar year is named,
// by what stands right behind it: 截至去年底止中期 6, 截至去年底财政年度第3季 9; 0 if nothing tells.
int months_passed(const Document& document, const Mentions& mentions, size_t i) {
  const PeriodExpression& e = mentions.periods[mentions.all[i].payload];
  if (e.unit != Unit::year || e.edge != PeriodExpression::Edge::end || e.years_on != 0) return 0;
  std::string_view behind = std::string_view(document.folded.text).substr(mentions.all[i].span.end);
  for (std::string_view skipped : {"止", "的"})
    if (behind.starts_with(skipped)) behind.remove_prefix(skipped.size());
  for (std::string_view half : {"中期", "上半年", "上半财年", "半年", "六个月", "6个月"})
    if (behind.starts_with(half)) return 6;
  if (i + 1 >= mentions.all.size() || mentions.all[i + 1].kind != MentionKind::period) return 0;
  const Mention& next = mentions.all[i + 1];
  const PeriodExpression& part = mentions.periods[next.payload];
  const uint32_t end = mentions.all[i].span.end;
  const std::string_view between = std::string_view(document.folded.text).substr(end, next.span.begin - end);
  const bool fiscal = part.fiscal || between.find("财") != between.npos;
  const bool quarter = part.unit == Unit::quarter && part.n == part.m;
  return fiscal && quarter && between.size() <= 18 ? 3 * part.n : 0;
}

// The fiscal year that the end of a calendar year lies within, and what has passed of it.
bool find_part_year(const Document& document, const Mentions& mentions, Known& known) {
  for (size_t i = 0; i < mentions.all.size() && mentions.all[i].span.begin <= kHead; ++i) {
    if (mentions.all[i].kind != MentionKind::period) continue;
    const int passed = months_passed(document, mentions, i);
    const PeriodExpression& e = mentions.periods[mentions.all[i].payload];
    const int year = e.year_kind == YearKind::absolute ? e.year : known.context.published.year + e.year;
    if (passed == 0 || passed == 12 || (e.year_kind != YearKind::absolute && known.context.published.year == 0))
      continue;
    const int end_month = 12 - passed;
    if (known.context.fiscal_year_given && known.context.fiscal_year_end_month != end_month) continue;
    known.context.fiscal_year_end_month = end_month;
    known.context.period = passed == 6 ? Period::fiscal_half(year + 1, 1, end_month)
                                       : Period::fiscal_quarter(year + 1, passed / 3, end_month);
    return true;
  }
  return false;
}

// 截至9月底止中期业绩, 截至3月31日止年度: a fiscal year that is not the calendar year.
void find_interim(const Document& document, const Mentions& mentions, Known& known) {
  const std::string_view head = std::string_view(document.folded.text).substr(0, kHead);
  for (const Mention& m : mentions.all) {
    if (m.span.begin > kHead) break;
    if (m.kind != MentionKind::period) continue;
    const PeriodExpression& e = mentions.periods[m.payload];
    const int months = months_to(e, head);
    if (months != 6 && months != 12) continue;
    const int month = e.unit == Unit::months ? e.m : e.n;
    const bool annual = months == 12;
    if (month == (annual ? 12 : 6)) return;
    if (!known.context.fiscal_year_given) known.context.fiscal_year_end_month = annual ? month : (month + 5) % 12 + 1;
    int year = e.year_kind == YearKind::absolute ? e.year : known.context.published.year;
    if (year == 0) return;
    if (e.year_kind != YearKind::absolute && month > known.context.published.month) --year;
    // A fiscal year is named by the calendar year it ends in.
    const int end_month = known.context.fiscal_year_end_month;
    known.context.period = annual ? Period::fiscal_year(year, end_month)
                                  : Period::fiscal_half(year + (month > end_month ? 1 : 0), 1, end_month);
    return;
  }
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

Known find_context(const Document& document, const Mentions& mentions, const RuleSet& rules, const Classes& classes,
                   const DocumentContext& given) {
  Known known;
  known.context = given;
  if (known.context.published.year == 0) known.context.published = find_published(mentions);
  find_ticker(document, mentions, known);
  known.named = find_named_companies(document, mentions, classes);
  std::string company_currency;
  if (known.context.company.empty()) find_unknown_company(document, mentions, classes, !given.ticker.empty(), known);
  find_company(document, mentions, rules, classes, known, company_currency);
  const std::string market = market_of(mentions, classes);
  if (known.home.empty()) known.home = market.empty() ? "CN" : market;
  if (known.context.currency.empty()) known.context.currency = declared_currency(document, mentions, classes);
  if (known.context.currency.empty())
    known.context.currency = find_currency(mentions, rules, company_currency, known.home, market);
  // Hong Kong's news calls the quarter reported 上季.
  known.last_quarter_is_report = market == "HK";
  if (known.context.period.empty() && !find_part_year(document, mentions, known))
    find_interim(document, mentions, known);
  if (known.context.period.empty()) find_report_period(document, mentions, classes, known);
  return known;
}

}  // namespace jiyao
