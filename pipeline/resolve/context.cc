#include "pipeline/resolve/context.h"

#include "pipeline/resolve/currency.h"
#include "pipeline/resolve/own_company.h"
#include "pipeline/resolve/report_period.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

using Unit = PeriodExpression::Unit;
using YearKind = PeriodExpression::YearKind;

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

Known find_context(const Document& document, const Mentions& mentions, const RuleSet& rules, const Classes& classes,
                   const DocumentContext& given) {
  Known known;
  known.context = given;
  if (known.context.published.year == 0) known.context.published = find_published(mentions);
  const std::string company_currency = find_own_company(document, mentions, rules, classes, known);
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