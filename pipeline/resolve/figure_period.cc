// Which period a figure speaks of. It is named, first of these,
//
//   by a relation                  高于去年同期的8亿元
//   in its clause, before it       2024年收入12亿元
//   in its clause, behind it       其中8亿元将在下半年结算
//   in its sentence, before it     2024年公司发展良好，收入12亿元
//   by the sentences before: an outlook that goes on, a day that stocks were told of,
//   the period of the paragraph
//
// and is else that of the report.
#include <algorithm>
#include <array>

#include "pipeline/resolve/phrase.h"
#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

using Unit = PeriodExpression::Unit;
using YearKind = PeriodExpression::YearKind;
using Edge = PeriodExpression::Edge;

constexpr int kOutlookLines = 5;  // of speech, in which an outlook goes on unsaid

// By the distance of two periods: 比去年同期 is yoy, 较第三季度 qoq.
Basis basis_of_interval(const Period& base, const Period& at) {
  const int months = (at.end.year - base.end.year) * 12 + at.end.month - base.end.month;
  const bool month = at.start.year == 0 || at.start.month == at.end.month;
  const bool quarter = at.start.year == 0 || (at.end.month - at.start.month + 12) % 12 == 2;
  if (months == 12 || months == 0) return Basis::yoy;
  if (months == 3 && quarter) return Basis::qoq;
  return months == 1 && month ? Basis::mom : Basis::change;
}

// Of a length of time; what has no metric may be of either.
bool is_flow(const Metric* m) { return m && m->balance == "flow" && m->id != "other"; }
bool is_traded(const Metric* m) {
  return m && (m->id == "share_price" || m->id == "index_level" || m->id == "market_cap");
}

// 为, 的, 是, 约: nothing between a time and its figure.
bool is_glue_only(std::string_view between) {
  for (uint32_t p = 0; p < between.size(); p += size_at(between, p))
    if (!is_glue(between.substr(p, size_at(between, p)))) return false;
  return true;
}

}  // namespace

// True if the period at mention `i` is of the figure's clause: in it; in the same
// brackets; or all there is of the clause before (3月28日，大股东减持2%).
bool DocumentResolver::is_near(const Candidate& c, uint32_t i) const {
  const Span said = mentions_.all[i].span;
  if (clauses_[c.clause].span.contains(said)) return true;
  const uint32_t its = clause_at(said.begin);
  if (its >= c.clause || c.clause - its > kFewClauses) return false;
  constexpr uint32_t kPreposition = 6;  // bytes: 截至
  const Span clause = clauses_[its].span;
  if (its + 1 == c.clause && said.begin - clause.begin <= kPreposition && clause.end <= said.end + 1 &&
      clauses_[its].in_brackets == clauses_[c.clause].in_brackets)
    return true;
  // 净负债比率为40%(截至9月30日止六个月:44%): the brackets are one clause.
  for (uint32_t k = its; k <= c.clause; ++k)
    if (!clauses_[k].in_brackets) return false;
  return true;
}

// 3月18日，大股东签署协议，转让股份200万股: what happens is of the day that its part of the
// sentence begins with, but not what is reported on it.
bool DocumentResolver::is_day_of(const Candidate& c, uint32_t i) const {
  const Mention& m = mentions_.all[i];
  const PeriodExpression& said = mentions_.periods[m.payload];
  const Metric* about = metric(c.topics.front());
  const bool event = !about || about->id == "other" || about->id == "contract_value";
  if (said.unit != Unit::day || said.edge != Edge::none || said.relative_unit || !event) return false;
  if (m.span.begin > clauses_[clause_at(m.span.begin)].span.begin + 6) return false;
  const std::string_view between = text({m.span.end, mentions_.all[c.mention].span.begin});
  for (std::string_view verb : {";", "发布", "公布", "公告", "披露", "宣布", "表示", "指出", "报道", "显示", "透露",
                                "讯", "电", "提问", "回复", "报告"})
    if (between.find(verb) != std::string_view::npos) return false;
  return true;
}

// 营业利益11亿元，上季则是损失1亿元: its part of the sentence has told a figure of another period.
bool DocumentResolver::is_beside_another(uint32_t i) const {
  const Mention& m = mentions_.all[i];
  for (uint32_t k = i; k-- > look_back(i);) {
    if (text({mentions_.all[k].span.end, m.span.begin}).find(';') != std::string_view::npos) return false;
    if (is_figure(mentions_.all[k].kind)) return true;
  }
  return false;
}

// True if the period at mention `i`, before the figure, is what it speaks of.
bool DocumentResolver::speaks_of(const Candidate& c, uint32_t i) const {
  const Mention& m = mentions_.all[i];
  const Claim& claim = *c.claim;
  if (m.kind != MentionKind::period || periods_[i - first_].period.empty()) return false;
  const PeriodAt& at = periods_[i - first_];
  const PeriodExpression& said = mentions_.periods[m.payload];
  if (said.edge == Edge::start && said.unit == Unit::year) return false;
  if (i == claim.base_period || i == claim.period || claim.base.overlaps(m.span)) return false;
  if (at.taken) return false;  // by a comparison for another figure
  // 今天我们谈的毛利率: of today are but prices.
  const bool today = said.unit == Unit::day && said.relative_unit && said.shift == 0;
  if (today && said.within == Unit::none && c.basis != Basis::price) return false;
  const bool here = is_near(c, i);
  const bool stock = said.edge == Edge::end && !is_flow(metric(c.topics.front()));
  // 第3季以来营业额跌7%，港澳跌6%; 由4月1日至5月18日，销售跌3%，内地跌5%
  const bool span = said.edge == Edge::since || (said.unit == Unit::day && at.period.start < at.period.end);
  const bool frame = span && !at.period.instant && at.leads && at.period.end < at.period.start.plus_days(400);
  if (!here && !stock && !at.chains && !frame && !is_day_of(c, i)) return false;
  const uint32_t figure = mentions_.all[c.mention].span.begin;
  const size_t part = text({m.span.end, figure}).rfind(';');
  const bool to_come = at.ahead || (stock && at.period.end > known_.now());
  if (!here && to_come && c.status == Status::actual && part != std::string_view::npos) return false;
  // 第3季营收68亿元，上季为56亿元；净利9亿元: what the quarter is held against ends with its part of the sentence.
  if (!here && said.relative_unit && said.shift < 0 && part != std::string_view::npos && is_beside_another(i))
    return false;
  // 其中第二季度，公司单季收入1亿元；单季净利润2亿元；毛利率74%: an aside reaches what says 单季.
  const auto single = [&](uint32_t from) { return text({from, figure}).find("单季") != std::string_view::npos; };
  if (!here && at.aside && part != std::string_view::npos && single(m.span.begin) &&
      !single(m.span.end + static_cast<uint32_t>(part)))
    return false;
  if (!is_change_kind(mentions_.all[c.mention].kind)) return true;
  // 去年同期为14架 is of that period; a growth beside it is not.
  const bool comparison =
      at.comparative || (!at.chains && said.edge == Edge::none && said.year_kind == YearKind::before);
  if (comparison && (claim.sign != 0 || is_change_basis(c.basis))) return false;
  // 负债率61.3%，去年底为58.7%，上升2.6个百分点: the rise is not of last year's end.
  return !(claim.sign != 0 && !here && !at.leads && said.edge == Edge::end);
}

// The nearest period before the figure that it speaks of.
uint32_t DocumentResolver::period_before(const Candidate& c) const {
  for (uint32_t i = c.mention; i-- > look_back(c.mention);)
    if (speaks_of(c, i)) return i;
  return kNone;
}

// 其中8亿元将在下半年结算: the time behind the figure that its clause names with a preposition.
uint32_t DocumentResolver::period_behind(const Candidate& c) const {
  for (uint32_t i = c.mention + 1; i < last_ && clauses_[c.clause].span.contains(mentions_.all[i].span); ++i) {
    const Mention& m = mentions_.all[i];
    if (is_figure(m.kind)) return kNone;
    if (m.kind != MentionKind::period) continue;
    const std::string_view before = text({clauses_[c.clause].span.begin, m.span.begin});
    const PeriodAt& at = periods_[i - first_];
    const Mention& word = mentions_.all[i - 1];  // 预计今年入账
    const bool expected = word.kind == MentionKind::word && word.span.end == m.span.begin &&
                          classes_.part(word) == Part::guidance && at.ahead;
    const bool timed = before.ends_with("在") || before.ends_with("于") || expected;
    return timed && at.chains && !at.taken ? i : kNone;
  }
  return kNone;
}

// 股价上涨3%: of the day the sentence names, else of that of publication.
Period DocumentResolver::day_of_speaking(const Candidate& c) const {
  const auto day = [&](uint32_t i) {
    const Mention& m = mentions_.all[i];
    return m.kind == MentionKind::period && mentions_.periods[m.payload].unit == Unit::day &&
           !periods_[i - first_].period.empty();
  };
  for (uint32_t i = c.mention; i-- > look_back(c.mention);)
    if (day(i)) return periods_[i - first_].period;
  for (uint32_t i = c.mention + 1; i < last_ && i < c.mention + kFewClauses; ++i)
    if (day(i)) return periods_[i - first_].period;
  return known_.context.published.year == 0 ? Period{} : Period::day(known_.context.published);
}

// 目前共有37家: what is owned or counted is told of by the day of speaking.
bool DocumentResolver::is_of_now(const Candidate& c) const {
  if (is_flow(metric(c.topics.front())) || is_change_basis(c.basis) || c.status != Status::actual) return false;
  const auto begin = mentions_.all.begin();
  return std::any_of(begin + clauses_[c.clause].first, begin + c.mention, [&](const Mention& m) {
    const std::string* present = m.kind == MentionKind::word ? classes_.attribute(m, "present") : nullptr;
    return present && *present == "now";
  });
}

// What the figure speaks of where its sentence does not say.
Period DocumentResolver::unnamed_period(const Candidate& c) const {
  const Metric* about = metric(c.topics.front());
  if (is_traded(about) && c.status == Status::actual && (!is_change_basis(c.basis) || c.basis == Basis::change))
    if (const Period day = day_of_speaking(c); !day.empty()) return day;
  // An outlook goes on: 今年收入预计…。毛利率预计…; 利润在4亿至5亿元之间
  const bool range = outlook_distance_ == 1 && mentions_.all[c.mention].kind == MentionKind::money &&
                     mentions_.figures[mentions_.all[c.mention].payload].qualifier == Qualifier::range;
  const bool forecast = (c.status != Status::actual || range) &&
                        (chain_.ahead || chain_.period.empty() || chain_.period == known_.context.period);
  if (!chain_.outlook.empty() && (forecast || (runs_on_ && chain_.ahead && outlook_distance_ <= kOutlookLines)))
    return chain_.outlook;
  if (!chain_.instant.empty() && c.status == Status::actual && about && about->is_stock(text(c.topics.front().phrase)))
    return chain_.instant;
  return chain_.period.empty() ? known_.context.period : chain_.period;
}

// 年初为412家, 较年初的133亿元, 是年初1280万人的1.5倍, 较去年底的251间: what there was when the year began is of
// the end of the one before.
Period DocumentResolver::opening(const Candidate& c) const {
  constexpr uint32_t kCopula = 9;  // bytes
  static constexpr auto edges = std::to_array<std::string_view>({"年初", "期初", "年底", "年末", "年度末"});
  const Period& at = chain_.period.empty() ? known_.context.period : chain_.period;
  if (c.mention == first_ || is_change_kind(mentions_.all[c.mention].kind) || is_flow(metric(c.topics.front())))
    return {};
  uint32_t i = c.mention - 1;
  while (i > first_ && mentions_.all[i].kind == MentionKind::word && is_glue(text(mentions_.all[i].span))) --i;
  const Mention& m = mentions_.all[i];
  const std::string_view between = text({m.span.end, mentions_.all[c.mention].span.begin});
  if (between.size() > kCopula || !is_glue_only(between)) return {};
  if (m.kind == MentionKind::period) {
    const PeriodExpression& said = mentions_.periods[m.payload];
    const Period& year = periods_[i - first_].dates;
    const bool begins = said.edge == Edge::start && (said.unit == Unit::year || said.unit == Unit::same);
    return begins && !year.empty() ? Period::at_end(year.start.plus_days(-1)) : Period{};
  }
  if (m.kind != MentionKind::word || at.empty() || !ends_with_any(text(m.span), edges)) return {};
  const int end_month = known_.context.fiscal_year_end_month;
  return Period::at_end(Period::fiscal_year(at.end.month <= end_month ? at.end.year - 1 : at.end.year, end_month).end);
}

Period DocumentResolver::period_spoken_of(const Candidate& c) const {
  const auto resolved = [&](uint32_t mention) { return periods_[mention - first_].period; };
  if (const Period year_end = opening(c); !year_end.empty()) return year_end;
  const uint32_t before = period_before(c);
  if (before != kNone && is_near(c, before)) return resolved(before);
  if (const uint32_t behind = period_behind(c); behind != kNone) return resolved(behind);
  if (known_.context.published.year != 0 && is_of_now(c)) return Period::at_end(known_.context.published);
  return before != kNone ? resolved(before) : unnamed_period(c);
}

// 连同中期息每股6分: of the first half, where the year is reported.
Period DocumentResolver::interim(const Candidate& c, const Period& at) const {
  const Metric* about = metric(c.topics.front());
  if (!about || (about->id != "dps" && about->id != "dividend") || at.empty() || at.instant) return at;
  const uint32_t from = c.mention > first_ && is_figure(mentions_.all[c.mention - 1].kind)
                            ? mentions_.all[c.mention - 1].span.end
                            : clauses_[c.clause].span.begin;
  const std::string_view said =
      text({std::max(from, clauses_[c.clause].span.begin), mentions_.all[c.mention].span.begin});
  const bool year = at.start.month == at.end.month % 12 + 1;
  if (!year || said.find("中期") == std::string_view::npos || said.find("期中期") != std::string_view::npos ||
      said.find("次中期") != std::string_view::npos)
    return at;
  return Period::fiscal_half(at.end.year, 1, at.end.month);
}

// 2020年产能5万升，2024年达到43万升，CAGR为68%: from the one year to the other.
Period DocumentResolver::years_compounded(const Candidate& c, const Period& at) const {
  const std::string_view said = text({clauses_[c.clause].span.begin, mentions_.all[c.mention].span.begin});
  if (!is_change_kind(mentions_.all[c.mention].kind)) return at;
  if (said.find("复合") == std::string_view::npos && said.find("cagr") == std::string_view::npos) return at;
  Period last;
  for (uint32_t i = c.mention; i-- > look_back(c.mention);) {
    const Mention& m = mentions_.all[i];
    if (m.kind != MentionKind::period || mentions_.periods[m.payload].unit != Unit::year) continue;
    const Period& year = periods_[i - first_].period;
    if (year.empty() || year.instant) continue;
    if (year.start.year != year.end.year) return year;  // 2020-2024年
    if (last.empty()) {
      last = year;
    } else if (year.end < last.start) {
      last.start = year.start;
      return last;
    }
  }
  return at;
}

// 目标由11万辆上调至13万辆: what was revised is of the same period.
bool DocumentResolver::is_revised(const Candidate& c) const {
  uint32_t next = c.mention + 1;
  while (next < last_ && !is_figure(mentions_.all[next].kind)) ++next;
  if (next == last_) return false;
  const std::string_view verb = text({mentions_.all[c.mention].span.end, mentions_.all[next].span.begin});
  static constexpr auto revised =
      std::to_array<std::string_view>({"上调", "下调", "上修", "下修", "调高", "调低", "调升", "调降"});
  return has_any(verb, revised);
}

// 负债率61%,去年底为59%,上升2个百分点; 由第一季的71%升至第二季的76%,提升5个百分点: a change without a word for its
// basis is against the earlier of the two amounts of the same that stand before it. Null if there are none.
const Candidate* DocumentResolver::compared_with(const Candidate& c) const {
  const Claim& claim = *c.claim;
  if (claim.basis || claim.versus || claim.sign == 0 || claim.period != kNone || candidates_.size() < 2) return nullptr;
  if (!is_change_kind(mentions_.all[c.mention].kind)) return nullptr;
  const Candidate& last = candidates_.back();
  const Candidate& first = (&last)[-1];
  const Topic &a = first.topics.back(), &b = last.topics.back();
  const bool same = a.metric != kNone && a.metric == b.metric && text(a.segment) == text(b.segment) &&
                    c.topics.back().metric == a.metric;
  const bool levels = first.basis == Basis::level && last.basis == Basis::level &&
                      mentions_.all[first.mention].kind == mentions_.all[last.mention].kind;
  if (!same || !levels || last.clause + 1 < c.clause || first.clause + 2 < last.clause || first.period.empty() ||
      last.period.empty() || first.period.end == last.period.end || first.period.instant != last.period.instant)
    return nullptr;
  return first.period.end < last.period.end ? &first : &last;
}

void DocumentResolver::decide_period(Candidate& c, const Candidate* previous) {
  const Claim& claim = *c.claim;
  const auto resolved = [&](uint32_t mention) { return periods_[mention - first_].period; };
  Period at = years_compounded(c, interim(c, period_spoken_of(c)));
  if (c.listed && previous && claim.period == kNone && !claim.earlier) at = previous->period;
  if (claim.base_period != kNone) c.base_period = resolved(claim.base_period);
  if (claim.earlier && !at.empty() && !is_revised(c)) at = at.years_earlier(1);
  if (claim.period != kNone && !resolved(claim.period).empty()) {
    // 比去年第四季度的100亿元减少: spoken in the year after the report, it is the year before the report's.
    const bool last_year = mentions_.periods[mentions_.all[claim.period].payload].year < 0;
    at = last_year && resolved(claim.period) == at ? at.years_earlier(1) : resolved(claim.period);
  }
  for (uint32_t used : {claim.period, claim.base_period})
    if (used != kNone) periods_[used - first_].taken = true;
  if (const Candidate* base = compared_with(c); base && base->period.end < at.end) {
    c.base_period = base->period;
    c.basis = basis_of_interval(base->period, base->period.instant ? Period::at_end(at.end) : at);
  }
  c.period = at;
  if (c.base_period == at && !at.empty()) c.base_period = at.years_earlier(1);
  if (claim.versus && !c.base_period.empty() && !at.empty()) c.basis = basis_of_interval(c.base_period, at);
}

}  // namespace jiyao
