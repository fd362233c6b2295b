#include "pipeline/resolve/report_period.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

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
  std::map<int, int> absolute;  // years that are written out, with any unit
  std::map<int, int> spans;     // the first of several: 2025-2026年
};

// For each mention, whether its sentence looks ahead before it.
std::vector<bool> outlooks(const Mentions& mentions, const Classes& classes) {
  std::vector<bool> ahead(mentions.all.size(), false);
  for (size_t s = 0; s + 1 < mentions.sentence_begin.size(); ++s) {
    bool outlook = false;
    for (uint32_t i = mentions.sentence_begin[s]; i < mentions.sentence_begin[s + 1]; ++i) {
      const Mention& m = mentions.all[i];
      outlook = outlook || (m.kind == MentionKind::word && classes.part(m) == Part::guidance);
      ahead[i] = outlook;
    }
  }
  return ahead;
}

// True for periods that reports are on.
bool is_report(const PeriodExpression& e) {
  if (e.edge != PeriodExpression::Edge::none || e.years_on != 0 || e.year_kind == YearKind::before) return false;
  if (e.relative_unit && e.shift >= 0) return false;  // 本季 does not tell which
  if (e.unit == Unit::year)
    return e.year_kind == YearKind::absolute || (e.year_kind == YearKind::relative && e.year != 0);
  return e.unit == Unit::quarter || e.unit == Unit::half || (e.unit == Unit::months && e.n == 1 && e.m > 1);
}

Choice choice_of(const PeriodExpression& e) {
  const int n = e.relative_unit ? e.shift : e.unit == Unit::months ? e.m : e.n;
  return {e.unit, n, e.cumulative || e.unit == Unit::months, e.relative_unit};
}

// The quarters and halves that the text names without a year.
std::set<Choice> spoken_of(const Mentions& mentions) {
  std::set<Choice> spoken;
  for (const PeriodExpression& e : mentions.periods)
    if (is_report(e) && e.unit != Unit::year && e.year_kind == YearKind::none) spoken.insert(choice_of(e));
  return spoken;
}

// 高于2021年第二季度的: where 第二季度 is spoken of alone too, it is that of the year after.
bool is_compared(const Document& document, const Mention& m) {
  const std::string_view before = std::string_view(document.folded.text).substr(0, m.span.begin);
  for (std::string_view preposition : {"较", "比", "相较", "优于", "高于", "低于", "好于", "超过"})
    if (before.ends_with(preposition)) return true;
  return false;
}

Ballot count_votes(const Document& document, const Mentions& mentions, const Classes& classes) {
  Ballot ballot;
  const std::vector<bool> ahead = outlooks(mentions, classes);
  const std::set<Choice> spoken = spoken_of(mentions);
  const uint32_t title_end = document.blocks.empty() ? 0 : document.blocks.front().span.end;
  for (size_t i = 0; i < mentions.all.size(); ++i) {
    const Mention& m = mentions.all[i];
    if (m.kind != MentionKind::period) continue;
    PeriodExpression e = mentions.periods[m.payload];
    if (e.year_kind == YearKind::absolute && e.edge == PeriodExpression::Edge::none) {
      if (is_compared(document, m) && spoken.contains(choice_of(e))) ++e.year;
      ++(e.years_on == 0 ? ballot.absolute : ballot.spans)[e.year];
    }
    const bool in_title = m.span.begin < title_end && title_end < kHead;
    if (!is_report(e) || (ahead[i] && !in_title)) continue;
    int weight = in_title ? kTitle : m.span.begin < kHead ? 2 : 1;
    if (e.unit == Unit::year) weight = std::max(1, weight / 2);
    ballot.votes[choice_of(e)] += weight;
    if (e.year_kind != YearKind::none) ballot.years[choice_of(e)][{e.year_kind, e.year}] += weight;
  }
  return ballot;
}

// 去年Q3 is mostly the comparative: the year of a quarter comes from one that is
// written out, with the quarter or (without a date of publication) anywhere.
void choose_year(const Ballot& ballot, const Choice& choice, bool published, PeriodExpression& e) {
  int most = 0;
  if (auto it = ballot.years.find(choice); it != ballot.years.end())
    for (const auto& [year, count] : it->second)
      if (count > most && (e.unit == Unit::year || std::get<0>(year) == YearKind::absolute)) {
        most = count;
        e.year_kind = std::get<0>(year);
        e.year = static_cast<int16_t>(std::get<1>(year));
      }
  if (e.year_kind != YearKind::none || published) return;
  most = 0;
  for (const auto& [year, count] : ballot.absolute.empty() ? ballot.spans : ballot.absolute)
    if (count >= most) {
      most = count;
      e.year = static_cast<int16_t>(year);
      e.year_kind = YearKind::absolute;
    }
}

}  // namespace

void find_report_period(const Document& document, const Mentions& mentions, const Classes& classes, Known& known) {
  const Ballot ballot = count_votes(document, mentions, classes);
  const auto best = std::max_element(ballot.votes.begin(), ballot.votes.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (best == ballot.votes.end()) return;
  const Choice& choice = best->first;
  const bool published = known.context.published.year != 0;
  PeriodExpression e;
  e.unit = choice.unit;
  e.cumulative = choice.cumulative;
  e.relative_unit = choice.relative;
  const auto n = static_cast<int8_t>(choice.n);
  if (choice.relative) {
    e.shift = n;
    known.last_quarter_is_report = known.last_quarter_is_report || n < 0;
    if (!published) return;
  } else if (choice.unit == Unit::months) {
    e.n = 1;
    e.m = n;
  } else {
    e.n = n;
  }
  choose_year(ballot, choice, published, e);
  PeriodContext context;
  context.published = known.context.published;
  context.fiscal_year_end_month = known.context.fiscal_year_end_month;
  context.last_quarter_is_report = known.last_quarter_is_report;
  known.context.period = resolve_period(e, context).period;
}

}  // namespace jiyao
