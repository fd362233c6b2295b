#include "pipeline/resolve/report_period.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "pipeline/resolve/own_company.h"
#include "pipeline/resolve/period.h"

namespace jiyao {
namespace {

using Unit = PeriodExpression::Unit;
using YearKind = PeriodExpression::YearKind;

constexpr int kTitle = 1000;  // votes of a mention in the title

// What mentions vote for, whatever their year.
struct Choice {
  Unit unit;
  int n;
  bool cumulative;
  bool relative;
  friend auto operator<=>(const Choice&, const Choice&) = default;
};

struct Ballot {
  std::map<Choice, int> votes;
  std::map<Choice, std::map<std::tuple<YearKind, int>, int>> years;
  std::map<Choice, int> said;   // how often each is named
  std::map<Choice, int> ahead;  // and how often in an outlook
  std::map<int, int> absolute;  // years that are written out, with any unit; of 2025-2026年 the first
  std::map<int, int> to_come;   // of these, those of an outlook
  std::set<int> past;           // years that are told of, not only expected
  Date told;                    // the latest that is told of and is no outlook
  int over = 0;                 // the latest year that figures of all of it are told of
};

// For each mention, whether its sentence looks ahead before it, or its clause does
// behind it (2025年第三季度指引为…). What adds up (今年前八月) has been.
std::vector<bool> outlooks(const Document& document, const Mentions& mentions, const Classes& classes) {
  std::vector<bool> ahead(mentions.all.size(), false);
  const std::string_view text = document.folded.text;
  for (size_t s = 0; s + 1 < mentions.sentence_begin.size(); ++s) {
    bool outlook = false;
    uint32_t clause = mentions.sentence_begin[s];  // its first mention
    uint32_t begin = document.sentences[s].span.begin;
    for (uint32_t i = clause; i < mentions.sentence_begin[s + 1]; ++i) {
      const Mention& m = mentions.all[i];
      if (i > clause && text.substr(mentions.all[i - 1].span.end, m.span.begin - mentions.all[i - 1].span.end)
                                .find_first_of(",;:()") != std::string_view::npos)
        clause = i, begin = mentions.all[i - 1].span.end;
      if (m.kind == MentionKind::period && mentions.periods[m.payload].cumulative) outlook = false;
      if (m.kind == MentionKind::word && classes.part(m) == Part::guidance) {
        const bool report = text.substr(m.span.begin, m.span.size()) == "预告";  // 2024年度业绩预告
        for (uint32_t before = clause; before < i && !report; ++before) ahead[before] = true;
        outlook = true;
      }
      // 将影响第三季度: what will be, in this clause.
      ahead[i] = outlook || text.substr(begin, m.span.begin - begin).find("将") != std::string_view::npos;
    }
  }
  return ahead;
}

// For each mention, whether a figure follows it in its sentence: what a report is
// on is what its figures are of.
std::vector<bool> have_figures(const Mentions& mentions) {
  std::vector<bool> measured(mentions.all.size(), false);
  for (size_t s = 0; s + 1 < mentions.sentence_begin.size(); ++s) {
    bool figure = false;
    for (uint32_t i = mentions.sentence_begin[s + 1]; i-- > mentions.sentence_begin[s];) {
      measured[i] = figure;
      figure = figure || is_figure(mentions.all[i].kind);
    }
  }
  return measured;
}

// 2020年利润为204亿元, but 2020年,上半年利润为133亿元: whether no other time stands before the next figure.
bool dates_figure(const Mentions& mentions, size_t i) {
  while (++i < mentions.all.size() && mentions.all[i].kind != MentionKind::period)
    if (is_figure(mentions.all[i].kind)) return true;
  return false;
}

// 1-9月, 前九个月: how many months from January.
int first_months(const PeriodExpression& e) {
  if (e.unit != Unit::months || (e.n != 1 && !e.cumulative)) return 0;
  return std::max(e.n, e.m);
}

// True for periods that reports are on.
bool is_report(const PeriodExpression& e) {
  if (e.edge != PeriodExpression::Edge::none || e.years_on != 0 || e.year_kind == YearKind::before) return false;
  if (e.relative_unit && e.shift >= 0) return false;  // 本季 does not tell which
  if (e.unit == Unit::year)
    return e.year_kind == YearKind::absolute || (e.year_kind == YearKind::relative && e.year < 0);
  return e.unit == Unit::quarter || e.unit == Unit::half || first_months(e) > 1;
}

Choice choice_of(const PeriodExpression& e) {
  const int n = e.relative_unit ? e.shift : e.unit == Unit::months ? first_months(e) : e.n;
  return {e.unit, n, e.cumulative || e.unit == Unit::months, e.relative_unit};
}

// The quarters and halves that the text names without a year.
std::set<Choice> spoken_of(const Mentions& mentions) {
  std::set<Choice> spoken;
  for (const PeriodExpression& e : mentions.periods)
    if (is_report(e) && e.unit != Unit::year && e.year_kind == YearKind::none) spoken.insert(choice_of(e));
  return spoken;
}

// 高于2021年第二季度的, 较2020年: what is spoken of is of the year after.
bool is_compared(const Document& document, const Mention& m) {
  std::string_view before = std::string_view(document.folded.text).substr(0, m.span.begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  for (std::string_view preposition : {"较", "比", "相较", "优于", "高于", "低于", "好于", "超过"})
    if (before.ends_with(preposition)) return true;
  return false;
}

// 同比增长9.9%(H1增速6.8%): what stands in brackets is an aside.
bool in_brackets(const Document& document, const Mention& m) {
  constexpr uint32_t kNear = 60;  // bytes
  const uint32_t begin = m.span.begin < kNear ? 0 : m.span.begin - kNear;
  const std::string_view before = std::string_view(document.folded.text).substr(begin, m.span.begin - begin);
  const size_t open = before.rfind('(');
  return open != before.npos && before.find_first_of(")\n", open) == before.npos;
}

// A year after that of publication is not the one reported, if a part of a year is;
// nor, without such a date, one that is as often expected as told of.
void drop_year_to_come(Ballot& ballot, Date published) {
  const Choice whole{Unit::year, 0, false, false};
  if (ballot.votes.size() < 2 || !ballot.votes.contains(whole)) return;
  int most = 0, chosen = 0;
  for (const auto& [year, count] : ballot.years[whole])
    if (count > most) most = count, chosen = std::get<0>(year) == YearKind::absolute ? std::get<1>(year) : 0;
  if (chosen == 0) return;  // 去年
  const bool to_come = published.year != 0 ? chosen > published.year : ballot.to_come[chosen] >= most;
  if (to_come) ballot.votes.erase(whole);
}

// `titled`: what the first block names is what the text is on, whatever else it says.
Ballot count_votes(const Document& document, const Mentions& mentions, const Classes& classes, bool titled) {
  Ballot ballot;
  const std::vector<bool> ahead = outlooks(document, mentions, classes);
  const std::vector<bool> measured = have_figures(mentions);
  const std::set<Choice> spoken = spoken_of(mentions);
  const uint32_t title_end = titled && !document.blocks.empty() ? document.blocks.front().span.end : 0;
  for (size_t i = 0; i < mentions.all.size(); ++i) {
    const Mention& m = mentions.all[i];
    if (m.kind != MentionKind::period) continue;
    PeriodExpression e = mentions.periods[m.payload];
    if (const Period told = ahead[i] || e.year_kind != YearKind::absolute ? Period{} : resolve_period(e, {}).period;
        !told.empty() && !e.fiscal)
      ballot.told = std::max(ballot.told, told.instant ? told.end : told.start);
    const bool compared = e.year_kind == YearKind::absolute && is_compared(document, m);
    if (compared) ++e.year;
    if (e.year_kind == YearKind::absolute && e.edge == PeriodExpression::Edge::none) {
      ballot.absolute[e.year] += compared || (ahead[i] && e.years_on == 0) ? 1 : 3;
      ballot.to_come[e.year] += ahead[i];
      if (!ahead[i] || e.years_on != 0) ballot.past.insert(e.year);
    }
    const bool whole = e.unit == Unit::year && e.edge == PeriodExpression::Edge::none && e.years_on == 0;
    if (whole && e.year_kind == YearKind::absolute && !e.fiscal && !compared && !ahead[i] && measured[i] &&
        dates_figure(mentions, i))
      ballot.over = std::max<int>(ballot.over, e.year);
    if (compared && !spoken.contains(choice_of(e))) continue;
    const bool in_title = m.span.begin < title_end && title_end < kHead;
    if (is_report(e)) {
      ++ballot.said[choice_of(e)];
      ballot.ahead[choice_of(e)] += ahead[i];
    }
    if (!is_report(e) || (!in_title && (ahead[i] || in_brackets(document, m)))) continue;
    int weight = in_title ? kTitle : m.span.begin < kHead ? 2 : 1;
    if (!in_title && measured[i]) weight *= 2;
    if (e.unit == Unit::year) weight = std::max(1, weight / 2);
    ballot.votes[choice_of(e)] += weight;
    if (e.year_kind != YearKind::none) ballot.years[choice_of(e)][{e.year_kind, e.year}] += weight;
  }
  // 1975年…1987年…2011年: years do not vote for each other, but 去年 may be 2024年.
  if (const auto years = ballot.years.find({Unit::year, 0, false, false}); years != ballot.years.end()) {
    std::map<YearKind, int> most;
    for (const auto& [year, count] : years->second) most[std::get<0>(year)] = std::max(most[std::get<0>(year)], count);
    ballot.votes[years->first] = most[YearKind::absolute] + most[YearKind::relative];
  }
  return ballot;
}

// 去年Q3 is mostly the comparative: the year of a quarter comes from one that is
// written out, with the quarter or (without a date of publication) anywhere.
void choose_year(const Ballot& ballot, const Choice& choice, Date published, PeriodExpression& e) {
  int most = 0;
  if (auto it = ballot.years.find(choice); it != ballot.years.end())
    for (const auto& [year, count] : it->second) {
      const bool absolute = std::get<0>(year) == YearKind::absolute;
      // Of years named as often the latest, but none after that of publication.
      const bool late = absolute && published.year != 0 && std::get<1>(year) > published.year;
      if ((late ? count > most : count >= most) && (e.unit == Unit::year || absolute)) {
        most = count;
        e.year_kind = std::get<0>(year);
        e.year = static_cast<int16_t>(std::get<1>(year));
      }
    }
  if (e.year_kind != YearKind::none || published.year != 0) return;
  most = 0;
  const auto& years = ballot.absolute;
  const bool recent =
      std::any_of(years.begin(), years.end(), [&](const auto& y) { return y.first + 1 >= ballot.told.year; });
  // 目标2027年竣工: that alone says nothing of what is reported.
  const bool only_goal = ballot.past.empty() && years.size() == 1 && years.begin()->second == 1;
  for (const auto& [year, count] : years)
    if (count >= most && !only_goal && (!recent || year + 1 >= ballot.told.year)) {  // what is told of last is reported
      most = count;
      e.year = static_cast<int16_t>(year);
      e.year_kind = YearKind::absolute;
    }
  // 今年上半年利润百亿元,2020年为204亿元: of a year that is not over.
  const auto named = ballot.years.find(choice);
  const bool this_year = named != ballot.years.end() && named->second.contains({YearKind::relative, 0});
  if (this_year && e.unit != Unit::year && e.year_kind == YearKind::absolute && e.year <= ballot.over)
    e.year = static_cast<int16_t>(ballot.over + 1);
}

// The choice with the year that is named for it; without one the latest that was over.
Period period_of(const Ballot& ballot, const Choice& choice, Known& known) {
  const bool published = known.context.published.year != 0;
  PeriodExpression e;
  e.unit = choice.unit;
  e.cumulative = choice.cumulative;
  e.relative_unit = choice.relative;
  const auto n = static_cast<int8_t>(choice.n);
  if (choice.relative) {
    e.shift = n;
    known.last_quarter_is_report = known.last_quarter_is_report || n < 0;
    if (!published) return {};
  } else if (choice.unit == Unit::months) {
    e.n = 1;
    e.m = n;
  } else {
    e.n = n;
  }
  choose_year(ballot, choice, known.context.published, e);
  PeriodContext context;
  context.published = known.context.published;
  context.fiscal_year_end_month = known.context.fiscal_year_end_month;
  context.last_quarter_is_report = known.last_quarter_is_report;
  return resolve_period(e, context).period;
}

// A note on the second quarter with an outlook on the third speaks as often of both: the one that is
// expected again and again is not the one reported, if that before it is named at least half as often.
Choice told_before(const Ballot& ballot, const Choice& best) {
  const auto count = [](const std::map<Choice, int>& counts, const Choice& choice) {
    const auto it = counts.find(choice);
    return it == counts.end() ? 0 : it->second;
  };
  const int ahead = count(ballot.ahead, best), votes = count(ballot.votes, best);
  if (best.unit != Unit::quarter || best.cumulative || best.relative || ahead < 2 ||
      2 * ahead < count(ballot.said, best) || votes >= kTitle)
    return best;
  Choice before = best;
  --before.n;
  return count(ballot.ahead, before) == 0 && 2 * count(ballot.votes, before) >= votes ? before : best;
}

// Reports are out within months: in August 第三季 is not last year's, but to come.
bool is_to_come(const Ballot& ballot, const Choice& choice, const Period& period, Date published) {
  constexpr int kLate = 7 * 30;  // days
  const auto named = ballot.years.find(choice);
  const bool dated = named != ballot.years.end() &&
                     std::any_of(named->second.begin(), named->second.end(),
                                 [](const auto& y) { return std::get<0>(y.first) == YearKind::absolute; });
  return published.year != 0 && !choice.relative && !dated && choice.unit != Unit::year && !period.empty() &&
         period.end.plus_days(kLate) < published;
}

// 公司2011年上市, in an interview of 2021.
bool is_history(const Period& period, Date published) {
  constexpr int kOld = 2 * 366;  // days
  return published.year != 0 && !period.empty() && period.end.plus_days(kOld) < published;
}

}  // namespace

void find_report_period(const Document& document, const Mentions& mentions, const Classes& classes, Known& known) {
  Ballot ballot = count_votes(document, mentions, classes, has_title(document));
  if (ballot.votes.empty()) ballot = count_votes(document, mentions, classes, true);  // all of it is expected
  known.told = ballot.told;
  drop_year_to_come(ballot, known.context.published);
  while (!ballot.votes.empty()) {
    const auto best = std::max_element(ballot.votes.begin(), ballot.votes.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const Choice choice = told_before(ballot, best->first);
    const Period period = period_of(ballot, choice, known);
    if (!is_to_come(ballot, choice, period, known.context.published) && !is_history(period, known.context.published)) {
      known.context.period = period;
      return;
    }
    ballot.votes.erase(best);
  }
}

}  // namespace jiyao
