// Candidates → facts and the ledger.
#include <algorithm>

#include "pipeline/resolve/fact_id.h"
#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

// What a count of people ends in: 申请者, 用户.
constexpr auto kPeople =
    std::to_array<std::string_view>({"者", "人", "户", "员", "客", "众", "家庭", "人力", "人数", "人次"});

// 合同销售面积429.5万方: of an area, 方 are square metres.
bool says_area(std::string_view phrase) {
  static constexpr auto words = std::to_array<std::string_view>({"面积", "建面", "土储", "土地"});
  return has_any(phrase, words);
}

// A fall: what is positive becomes negative, a range turns over.
void negate(Fact& f) {
  if (f.value && !f.value->is_negative()) f.value = f.value->negated();
  if (!f.low || !f.high) return;
  const Decimal low = f.high->negated();
  f.high = f.low->negated();
  f.low = low;
}

}  // namespace

// The labels of the metric; `words` name what is none that is known.
void DocumentResolver::name_metric(Fact& f, const Metric* about, Span words) const {
  if (f.metric.empty()) f.metric = about ? about->id : "other";
  const Metric* label = f.metric == "other" ? nullptr : about && about->id == f.metric ? about : metric_named(f.metric);
  f.metric_en = label ? label->en : "Other";
  f.metric_zh = label ? label->zh : std::string(text(words));
}

// An amount of what is counted at a point in time (总资产) is of the period's end.
void DocumentResolver::at_point_in_time(Fact& f, const Metric* about, Span words, MentionKind kind) const {
  if (about && about->unit_kind == "money" && about->is_stock(text(words)) && kind != MentionKind::percent &&
      f.basis == Basis::level && !f.period.empty() && !f.period.instant && f.period.label.empty())
    f.period = Period::at_end(f.period.end);
}

// What a number without a unit counts: people, things, or money.
std::string DocumentResolver::unit_of_bare(const Mention& m, const Topic& topic, std::string_view metric_id) const {
  static constexpr auto people = std::to_array<std::string_view>({"dau", "mau", "users", "paying_users", "headcount"});
  // 超过100万申请者: what is counted stands behind; 月均合格人力达13万: before.
  const std::string_view phrase = text(topic.phrase);
  if (is_any(metric_id, people) || ends_with_any(phrase, kPeople)) return "人";
  const Metric* about = metric(topic);
  if (about && about->unit_kind == "count") return "个";
  if (about && about->unit_kind == "money") return known_.context.currency;  // 1.35亿的分红
  // 20亿可转债, 34.15亿资金, 亏了9亿之间: hundreds of millions of other things have a classifier.
  static const Decimal kHundredMillion = *Decimal::parse("100000000");
  const bool behind = topic.phrase.begin >= m.span.end && !phrase.empty();
  const bool foreign = behind && static_cast<unsigned char>(phrase.front()) < 0x80;  // 2 billion devices
  const Figure& figure = mentions_.figures[m.payload];
  const auto& least = figure.value ? figure.value : figure.low;  // 四五億的呆帳
  return foreign || (behind && !(least && *least >= kHundredMillion)) ? "个" : known_.context.currency;
}

// 分别下降44%、52%、1.8pct: all of them, by the last that a rule gave a sign.
auto DocumentResolver::signed_in_list(const Candidate& c) const -> const Candidate& {
  const Candidate* said = &c;
  while (said->claim->sign == 0 && said->listed && said != &candidates_.front()) --said;
  return *said;
}

// 综合成本率改善3.6个百分点: what is better when it is lower falls.
bool DocumentResolver::falls_for_the_better(const Candidate& c) const {
  const Metric* about = metric(c.topics.front());
  if (!about || !about->lower_is_better) return false;
  for (uint32_t i = c.mention; i-- > first_ && clauses_[c.clause].span.contains(mentions_.all[i].span);) {
    if (is_figure(mentions_.all[i].kind)) return false;
    if (mentions_.all[i].kind == MentionKind::word && classes_.attribute(mentions_.all[i], "better")) return true;
  }
  return false;
}

Fact DocumentResolver::make_fact(const Candidate& c, const Topic& topic, Basis basis, uint32_t sentence) const {
  const Mention& m = mentions_.all[c.mention];
  const Figure& figure = mentions_.figures[m.payload];
  const Metric* about = metric(topic);
  Fact f;
  f.figure = m.span;
  f.sentence = sentence;
  f.company = c.company.empty() ? known_.context.company : c.company;
  if (f.company == known_.context.company) f.ticker = known_.context.ticker;
  f.metric = metric_of(c, topic, basis);
  f.subject = source(topic.phrase);
  if (!topic.in_name) f.segment = source(topic.segment);
  name_metric(f, about, topic.phrase);
  f.period = c.period;
  f.basis = basis;
  at_point_in_time(f, about, topic.phrase, m.kind);
  const Candidate* of = &c;  // 占收入的18%、12%和4%: one base for all of the list
  while (basis == Basis::share && of->claim->base.empty() && of->listed && of != candidates_.data()) --of;
  f.base = !of->claim->base.empty() ? source(of->claim->base) : c.base_period.empty() ? "" : c.base_period.text();
  f.value = figure.value;
  f.low = figure.low;
  f.high = figure.high;
  f.decimals = figure.decimals;
  const Candidate& said = signed_in_list(c);
  const int sign = said.claim->sign > 0 && falls_for_the_better(said) ? -1 : said.claim->sign;
  // 每股亏损0.2元 is a loss, where 亏损 is a measure of its own.
  const bool loss_per_share = about && about->loss && about->id == "eps";
  if ((topic.negative || loss_per_share) && basis == Basis::level) negate(f);
  if (sign < 0 && is_change_basis(basis) && !figure.explicit_sign) {
    negate(f);
  }
  f.unit = figure.unit;
  if (m.kind == MentionKind::money && (f.unit.empty() || figure.plain_currency) && f.unit.empty())
    f.unit = known_.context.currency;
  if (m.kind == MentionKind::bare) f.unit = unit_of_bare(m, topic, f.metric);
  if (f.unit == "立方米" && text(m.span).ends_with("方") && says_area(text(topic.phrase))) f.unit = "平方米";
  // 毛利率升2.5个点 is points; 收入升10个点 is per cent.
  if (about && about->ratio && is_change_basis(basis) && text(m.span).ends_with("个点")) f.unit = "pp";
  f.qualifier = c.claim->qualifier.value_or(figure.qualifier);
  if (figure.qualifier == Qualifier::range) f.qualifier = Qualifier::range;
  f.status = c.status;
  if (m.rule != kNone) f.rules.push_back(rules_.mentions[m.rule].id);
  for (uint32_t r : c.claim->rules) f.rules.push_back(rules_.relations[r].id);
  return f;
}

void DocumentResolver::emit(const Candidate& c, uint32_t sentence) {
  const Mention& m = mentions_.all[c.mention];
  if (c.topics.front().empty())
    return add_ledger(LedgerClass::unresolved, m,
                      "a quantity without a subject: nothing before or behind it names what is measured");
  add_ledger(LedgerClass::fact, m, "");
  std::vector<uint32_t>& ids = out_.ledger.back().facts;
  int statement = 0;
  const Span place = document_.folded.map.to_source(m.span);
  const auto add = [&](Fact fact) {
    fact.id = fact_id(document_.source.document, place.begin, place.end, statement++);
    ids.push_back(static_cast<uint32_t>(out_.facts.size()));
    out_.facts.push_back(std::move(fact));
  };
  for (const Topic& topic : c.topics) {
    add(make_fact(c, topic, c.basis, sentence));
    if (c.claim->second_basis) add(make_fact(c, topic, *c.claim->second_basis, sentence));
  }
}

void DocumentResolver::add_ledger(LedgerClass kind, const Mention& m, std::string meaning) {
  LedgerRow row;
  row.kind = kind;
  row.figure = m.span;
  row.meaning = std::move(meaning);
  if (m.rule != kNone) row.rule = rules_.mentions[m.rule].id;
  out_.ledger.push_back(std::move(row));
}

// Every other number of the sentence, so that each digit has a row.
void DocumentResolver::ledger_rest(const Block& block) {
  auto candidate = candidates_.begin();  // in the order of the mentions, as the loop is
  for (uint32_t i = first_; i < last_; ++i) {
    const Mention& m = mentions_.all[i];
    if (candidate != candidates_.end() && candidate->mention == i) {
      ++candidate;
      continue;
    }
    if (!states_unit(i)) account_for(m, block.marker.contains(m.span));
  }
  sort_rows();
}

// A number that is no fact; what is no number has no row.
void DocumentResolver::account_for(const Mention& m, bool in_marker) {
  if (m.kind == MentionKind::period) return;
  if (m.kind == MentionKind::word) {
    if (const LedgerClass kind = classes_.numerals(m); kind != LedgerClass::fact) add_ledger(kind, m, "");
    return;
  }
  if (in_marker || m.kind == MentionKind::ordinal)
    add_ledger(LedgerClass::ordinal, m, "");
  else if (m.kind == MentionKind::identifier)
    add_ledger(LedgerClass::identifier, m, "");
  else if (m.kind == MentionKind::idiom)
    add_ledger(LedgerClass::idiom, m, "");
  else if (m.kind == MentionKind::unresolved || m.kind == MentionKind::bare)
    add_ledger(LedgerClass::unresolved, m, "a number without a unit, not in a list with one");
  else
    add_ledger(LedgerClass::unresolved, m, "a relation rule says that it states no fact");
}

void DocumentResolver::sort_rows() {
  const auto begin = out_.ledger.begin() + static_cast<long>(ledger_begin_);
  const auto in_order = [](const LedgerRow& a, const LedgerRow& b) { return a.figure < b.figure; };
  if (!std::is_sorted(begin, out_.ledger.end(), in_order)) std::sort(begin, out_.ledger.end(), in_order);
}

}  // namespace jiyao
