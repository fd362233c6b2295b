// What a figure is to its subject, where no relation rule says it.
#include <algorithm>
#include <array>

#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

bool is_price(const Metric* m) { return m && (m->id == "share_price" || m->id == "target_price" || m->id == "price"); }

// 网运成本, and not 每公里成本: what a company books in a year.
bool is_account(std::string_view phrase) {
  static constexpr auto accounts =
      std::to_array<std::string_view>({"成本", "费用", "开支", "支出", "收入", "利润", "贷款", "存款"});
  return ends_with_any(phrase, accounts) && phrase.find("每") == phrase.npos && phrase.find("单位") == phrase.npos;
}

}  // namespace

// True if the figure is what the text says that its subject is: 为, 是.
bool DocumentResolver::is_stated(const Candidate& c) const {
  const std::string_view before =
      std::string_view(document_.folded.text).substr(0, mentions_.all[c.mention].span.begin);
  return before.ends_with("为") || before.ends_with("是");
}

// Without a word that says it: by the kind of the figure and of the metric.
Basis DocumentResolver::default_basis(const Candidate& c) const {
  const Mention& m = mentions_.all[c.mention];
  const Figure& figure = mentions_.figures[m.payload];
  const Metric* about = metric(c.topics.front());
  const bool halved = figure.value && figure.value->is_negative();  // 减半: a word that is a fall
  const bool moves = c.claim->sign != 0 || figure.explicit_sign || halved;
  const std::string_view printed = text(m.span);
  const std::string_view named = text(c.topics.front().phrase);
  switch (m.kind) {
    case MentionKind::points:
      return moves ? Basis::yoy : Basis::level;  // 信用成本18个基点
    case MentionKind::percent:
      // 净利率为-3%: the sign is that of the level.
      if (about && about->ratio && c.claim->sign == 0 && printed.starts_with("-") &&
          (is_stated(c) || c.topics.front().phrase.end == m.span.begin))
        return Basis::level;
      if (moves || (about && about->id == "same_store")) return Basis::yoy;
      if (about && !about->ratio && clauses_[c.clause].in_brackets) return Basis::yoy;
      // A per cent of an amount is a growth or a share of it.
      if (about && !about->ratio && about->unit_kind != "percent" && about->id != "other")
        return figure.qualifier == Qualifier::range && printed.ends_with("数") ? Basis::yoy : Basis::share;
      // 过半客户, 六成营收; but 避险比率六成八.
      return !about && !named.ends_with("率") && !named.ends_with("成数") &&
                     (printed.find("成") != std::string_view::npos || printed.find("半") != std::string_view::npos)
                 ? Basis::share
                 : Basis::level;
    case MentionKind::multiple:
      if (moves || printed.starts_with("翻") || printed == "倍增") return Basis::yoy;
      return about && about->unit_kind == "multiple" ? Basis::level : Basis::change;
    case MentionKind::count:
      // 净增门店168家 is no number of shops.
      if (about && about->id == "stores")
        for (uint32_t i = c.mention; i-- > first_ && !is_figure(mentions_.all[i].kind);)
          if (mentions_.all[i].kind == MentionKind::word && classes_.attribute(mentions_.all[i], "addition"))
            return Basis::change;
      return Basis::level;
    default:
      return Basis::level;
  }
}

void DocumentResolver::decide_basis(Candidate& c, const Candidate* previous) {
  const Mention& m = mentions_.all[c.mention];
  const Figure& figure = mentions_.figures[m.payload];
  const Metric* about = metric(c.topics.front());
  const Claim& claim = *c.claim;
  if (claim.basis) {
    c.basis = *claim.basis;
  } else if (claim.versus) {
    c.basis = Basis::yoy;  // by the length of time, once the period is known
  } else if (c.listed && previous) {
    c.basis = previous->basis;
  } else {
    c.basis = default_basis(c);
  }
  const bool moves = claim.sign != 0 || figure.explicit_sign;
  const auto ends = [&](std::string_view tail) { return text(c.topics.front().phrase).ends_with(tail); };
  if (c.basis == Basis::level && m.kind == MentionKind::percent && !claim.versus &&
      ((about && about->id == "market_share") || (ends("比例") && !(about && about->ratio)) || ends("股权") ||
       ends("占比") || ends("比重") || ends("份额")))
    c.basis = Basis::share;
  // What was improved by so much, by something new, is no growth of a year.
  if (!claim.basis && !claim.versus && c.basis == Basis::yoy && (!about || about->id == "other") &&
      !figure.explicit_sign && !is_account(text(c.topics.front().phrase)))
    for (uint32_t i = c.mention; i-- > first_ && !is_figure(mentions_.all[i].kind);)
      if (mentions_.all[i].kind == MentionKind::word && classes_.attribute(mentions_.all[i], "effect"))
        c.basis = Basis::change;
  if (c.basis == Basis::level && m.kind == MentionKind::percent && !claim.basis && claim.sign == 0 &&
      !figure.explicit_sign && chain_.share_metric != kNone && c.topics.front().metric == chain_.share_metric &&
      about && !about->ratio)
    c.basis = Basis::share;
  // 占总收入的9.8%，低于去年第四季度的10.1%; 收入增长4.8%，较2020年0.2%提升: the same share or growth, earlier.
  const bool like_before = previous && (previous->basis == Basis::share ||
                                        (previous->basis == Basis::yoy && about && about->unit_kind == "money"));
  if (claim.period != kNone && like_before && c.basis == Basis::level && m.kind == MentionKind::percent)
    c.basis = previous->basis;
  const bool unit_price = ends("单价") || ends("均价") || ends("楼面价") || ends("基准价") || ends("价格");
  const bool priced = is_price(about) || (unit_price && (!about || about->id == "other"));
  if (c.basis == Basis::level && priced && m.kind == MentionKind::money) c.basis = Basis::price;
  if (claim.basis) return;
  // 收盘价49.3元，上涨0.6元; 指数涨1.2%; 票价调整幅度3%; 纯碱跌1.5%: by how much, but not in a year.
  const bool quoted = about && (about->id == "share_price" || about->id == "index_level");
  const bool by_degree = text({clauses_[c.clause].span.begin, m.span.begin}).ends_with("幅度");
  const bool traded = quoted || (!about && !ends("业务") && is_market_move(c)) || (!claim.versus && is_of_week(c));
  if ((is_change_basis(c.basis) && traded) || (!claim.versus && is_change_kind(m.kind) && by_degree) ||
      (!claim.versus && moves && m.kind == MentionKind::money && is_price(about)))
    c.basis = Basis::change;
}

// 涨 and 跌 of what has no metric: 纯碱跌1.5%.
bool DocumentResolver::is_market_move(const Candidate& c) const {
  for (uint32_t i = c.mention; i-- > first_ && clauses_[c.clause].span.contains(mentions_.all[i].span);) {
    if (is_figure(mentions_.all[i].kind)) return false;
    const std::string* id =
        mentions_.all[i].kind == MentionKind::word ? classes_.attribute(mentions_.all[i], "metric") : nullptr;
    if (id) return *id == "share_price";
  }
  return false;
}

// 较上周价格下跌300元,跌幅2.4%: against another week, as the nearest time before it says.
bool DocumentResolver::is_of_week(const Candidate& c) const {
  for (uint32_t i = c.mention; i-- > look_back(c.mention);)
    if (mentions_.all[i].kind == MentionKind::period)
      return mentions_.periods[mentions_.all[i].payload].unit == PeriodExpression::Unit::week;
  return false;
}

// 3月销售额环比增长8%: the figure before a month's is the month's before.
bool DocumentResolver::is_month_on_month(const Candidate& c) const {
  if (c.basis != Basis::qoq || c.period.empty() || c.period.instant || c.period.start.year != c.period.end.year ||
      c.period.start.month != c.period.end.month)
    return false;
  for (uint32_t i = c.mention; i-- > look_back(c.mention);)
    if (mentions_.all[i].kind == MentionKind::word && classes_.attribute(mentions_.all[i], "sequential")) return true;
  return false;
}

}  // namespace jiyao
