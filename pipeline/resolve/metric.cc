// Which metric a figure is of, where the name before it does not tell alone: its
// unit, what was spoken of before it, and what the document is about say more.
//
// 派息10亿港元 is all the dividend, 派息0.5港元 what a share gets; 合约价值300份 is no
// value; of a property developer, 销售额 is what it has contracted.
#include <algorithm>
#include <array>

#include "pipeline/resolve/owner.h"
#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

// Units of time, and of what is no user, no shop and no employee.
constexpr auto kTimes =
    std::to_array<std::string_view>({"年", "个月", "月", "周", "天", "日", "小时", "分钟", "秒", "岁"});
constexpr auto kThings =
    std::to_array<std::string_view>({"股", "款", "种", "平", "平方米", "份", "国家", "城市", "套"});

// All of what is divided, without its name.
constexpr auto kAll = std::to_array<std::string_view>({"整体", "总体", "全部", "总额", "总数", "合计"});

// What money is called by a name that counts, and an amount by the name of its share.
struct Amount {
  std::string_view name, amount;
};
constexpr auto kAmounts = std::to_array<Amount>({{"orders", "contract_value"},
                                                 {"gross_margin", "gross_profit"},
                                                 {"operating_margin", "operating_profit"},
                                                 {"net_margin", "net_profit"},
                                                 {"adjusted_net_margin", "adjusted_net_profit"},
                                                 {"payout_ratio", "dividend"},
                                                 {"land_bank", "land_bank"},
                                                 {"same_store", "same_store"}});

// Money of a metric that is counted or is a ratio.
std::string money_of(const Metric& about) {
  if (about.unit_kind != "count" && about.unit_kind != "percent" && about.unit_kind != "multiple") return about.id;
  const auto it = std::find_if(kAmounts.begin(), kAmounts.end(), [&](const Amount& a) { return a.name == about.id; });
  return it == kAmounts.end() ? "other" : std::string(it->amount);
}

// A count of a metric that is money or a ratio; orders and a market are counted too.
std::string count_of(const Metric& about, std::string_view unit) {
  static constexpr auto kCounted =
      std::to_array<std::string_view>({"contract_value", "market_size", "aum", "gmv", "share_buyback"});
  static constexpr auto kPeople =
      std::to_array<std::string_view>({"dau", "mau", "users", "paying_users", "headcount", "stores", "merchants"});
  if (about.id == "share_price" || about.id == "target_price") return unit == "点" ? "index_level" : "other";
  if (about.unit_kind == "money" || about.unit_kind == "percent" || about.unit_kind == "per_share")
    return is_any(about.id, kCounted) ? about.id : "other";
  if (about.unit_kind != "count") return about.id;
  if (about.id == "turnover_days" || about.id == "time_spent") return about.id;
  if (is_any(unit, kTimes) || (is_any(about.id, kPeople) && is_any(unit, kThings))) return "other";
  return about.id;
}

// A phrase that ends like a measure (订单量, 人数, 单价) is one of its own.
bool is_measure(std::string_view phrase) {
  static constexpr std::string_view measures =
      "量数率额价费值比本润入利债产款单时间期次度力人员户者货币金息税耗效果位模重支销资租";
  return phrase.ends_with("支出") || phrase.ends_with("募集") ||
         (phrase.size() >= 3 && measures.find(phrase.substr(phrase.size() - 3)) != std::string_view::npos);
}

// 良率80%, 税款八成 beside shares of revenue: no part of it; 大客户30% is.
bool is_other_measure(std::string_view phrase) {
  static constexpr auto people = std::to_array<std::string_view>({"人", "户", "员", "者"});
  return is_measure(phrase) && !ends_with_any(phrase, people);
}

// Long enough to be a name; SUV and DRAM are, of four letters.
bool is_name(std::string_view phrase) {
  return phrase.size() >= 6 || (phrase.size() > 1 && static_cast<unsigned char>(phrase.front()) < 0x80);
}

}  // namespace

// What the document is about, where a word has two meanings: 销售额 of a developer, 定期存款 of a bank.
void DocumentResolver::find_trade() {
  constexpr int kOften = 6, kTwice = 2;
  static constexpr auto kLand =
      std::to_array<std::string_view>({"销售面积", "签约面积", "合约销售", "合同销售", "土储", "土地储备", "建面"});
  static constexpr auto kBank =
      std::to_array<std::string_view>({"deposits", "npl_ratio", "net_interest_margin", "provision_coverage"});
  int land = 0, bank = 0;
  for (const Mention& m : mentions_.all) {
    if (m.metric == kNone) continue;
    land += has_any(text(m.span), kLand);
    bank += is_any(rules_.metrics[m.metric].id, kBank);
  }
  is_developer_ = land >= kTwice;
  is_bank_ = bank >= kOften;
}

// The metric last spoken of in the sentence, with or without a figure, else in
// the paragraph.
Topic DocumentResolver::metric_spoken_of(const Candidate& c) const {
  for (size_t i = candidates_.size(), steps = 0; i-- > 0 && steps < kLookBack; ++steps) {
    if (candidates_[i].topics.back().metric != kNone) return candidates_[i].topics.back();
  }
  for (uint32_t k = c.clause, steps = 0; k-- > 0 && steps < kFewClauses; ++steps)
    if (Topic t = topic_before(scope(), clauses_[k].span.begin, clauses_[k].span.end, {});
        t.metric != kNone || (t = metric_within(k)).metric != kNone)
      return t;
  return continues_ ? before_sentence_ : Topic{};
}

// The last metric in a share's base.
uint32_t DocumentResolver::base_metric(const Candidate& c) const {
  if (!c.claim->base.empty())
    for (uint32_t i = c.mention; i-- > look_back(c.mention);)
      if (mentions_.all[i].metric != kNone && c.claim->base.contains(mentions_.all[i].span))
        return mentions_.all[i].metric;
  // 香港占整体约44%: of the amount last spoken of.
  if (is_any(text(c.claim->base), kAll))
    for (size_t i = candidates_.size(), steps = 0; i-- > 0 && steps < kFewClauses; ++steps)
      if (const Metric* about = metric(candidates_[i].topics.back()); about && about->unit_kind == "money")
        return candidates_[i].topics.back().metric;
  return kNone;
}

// 销售整车28.6万辆,同比增长31.8%,新能源车型17.9万辆: the unit says that it is the same that is counted.
bool DocumentResolver::counts_alike(const Candidate& c, const Topic& spoken_of) const {
  const bool is_count = metric(spoken_of)->unit_kind == "count";
  const std::string& unit = mentions_.figures[mentions_.all[c.mention].payload].unit;
  // 直营店…境内不到600家: what shops are counted in.
  if (metric(spoken_of)->id == "stores" && (unit == "家" || unit == "间")) return true;
  // 药房都新增了门店,其中甲新增958家: the first of them.
  if (candidates_.empty())
    return is_count && (spoken_of.word.begin >= clauses_.front().span.begin ||
                        (chain_.count_metric == spoken_of.metric && chain_.count_unit == unit));
  const auto same_unit = [&](const Candidate& other) {
    const Mention& figure = mentions_.all[other.mention];
    return figure.kind == MentionKind::count && mentions_.figures[figure.payload].unit == unit;
  };
  if (is_count && same_unit(candidates_.back())) return true;
  const size_t near = candidates_.size() - std::min<size_t>(candidates_.size(), kFewClauses);
  return std::any_of(candidates_.begin() + static_cast<long>(near), candidates_.end(), [&](const Candidate& other) {
    return other.topics.back().metric == spoken_of.metric && same_unit(other);
  });
}

// A phrase without a metric of its own: 车用占营收18%, 人寿24.3亿元 behind 银行净利
// 78.6亿元. It limits the metric that the base, or the figure before, is of.
void DocumentResolver::attach_metric(const Candidate& c, Topic& topic) const {
  if (topic.empty() || topic.metric != kNone) return;
  const Mention& m = mentions_.all[c.mention];
  if (!c.claim->subject.empty()) return;
  // 186家店, 412间店铺
  if (m.kind == MentionKind::count &&
      (text(m.span).ends_with("店") || text({m.span.end, clauses_[c.clause].span.end}).starts_with("店"))) {
    topic.metric = metric_index("stores");
    const bool named = topic.phrase.end <= m.span.begin && text(m.span).ends_with("店") && topic.segment.empty() &&
                       is_part_name(text(topic.phrase)) && !is_company(topic);
    if (!named) return;
    topic.segment = topic.phrase;  // 台湾有186家店
    topic.phrase = topic.word = {m.span.end - 3, m.span.end};
    return;
  }
  topic.metric = base_metric(c);
  if (topic.metric != kNone) {
    if (topic.segment.empty() && is_part_name(text(topic.phrase)) && !is_company(topic) &&
        !text(topic.phrase).ends_with("支出"))
      topic.segment = topic.phrase;
    return;
  }
  const bool share = m.kind == MentionKind::percent && c.claim->basis.value_or(Basis::share) == Basis::share &&
                     c.claim->sign == 0 && !is_other_measure(text(topic.phrase));
  const bool of_share = m.kind == MentionKind::points && text(topic.phrase).ends_with("占比");
  if (chain_.share_metric != kNone && (share || of_share)) {
    topic.metric = chain_.share_metric;
    if (topic.segment.empty() && is_part_name(text(topic.phrase))) topic.segment = topic.phrase;
    return;
  }
  attach_metric_spoken_of(c, topic);
}

// 稼动率方面,打线封装由71%升至76%: a ratio that the sentence announced.
bool DocumentResolver::is_announced_ratio(const Candidate& c, const Topic& ratio) const {
  const MentionKind kind = mentions_.all[c.mention].kind;
  const Metric* about = metric(ratio);
  if (!about || about->unit_kind != "percent" || (kind != MentionKind::percent && kind != MentionKind::points))
    return false;
  for (uint32_t k = c.clause, steps = 0; k-- > 0 && steps < kFewClauses; ++steps)
    if (text(clauses_[k].span).ends_with("方面")) return metric_within(k).metric == ratio.metric;
  return false;
}

// 在研项目46项,包括创新药21项、仿制药25项: parts of what was counted, by any name.
bool DocumentResolver::limit_counted(const Candidate& c, Topic& topic) const {
  static constexpr auto among = std::to_array<std::string_view>({"其中", "包括", "当中"});
  const Mention& m = mentions_.all[c.mention];
  if (m.kind != MentionKind::count || !starts_with_any(text(clauses_[c.clause].span), among)) return false;
  const Candidate* whole = nullptr;
  for (size_t k = candidates_.size(), steps = 0; k-- > 0 && !whole && steps < kFewClauses; ++steps)
    if (candidates_[k].clause < c.clause) whole = &candidates_[k];
  if (!whole || mentions_.all[whole->mention].kind != MentionKind::count || whole->topics.back().empty()) return false;
  const auto unit = [&](const Candidate& of) { return mentions_.figures[mentions_.all[of.mention].payload].unit; };
  const Metric* about = metric(whole->topics.back());
  if (whole->clause + 1 != c.clause || unit(*whole) != unit(c) || (about && about->id != "other")) return false;
  topic.segment = topic.phrase;
  topic.metric = whole->topics.back().metric;
  topic.phrase = topic.word = whole->topics.back().phrase;
  return true;
}

// The phrase limits the metric spoken of before it, if that is stated in figures of this kind.
void DocumentResolver::attach_metric_spoken_of(const Candidate& c, Topic& topic) const {
  const Mention& m = mentions_.all[c.mention];
  const Candidate* previous = candidates_.empty() ? nullptr : &candidates_.back();
  const Topic before = metric_spoken_of(c);
  const Metric* about = metric(before);
  // 派发1.4亿元的大红包: what stands behind the figure is no part of the profit spoken of.
  const bool behind = topic.phrase.begin >= m.span.end && !is_any(text({m.span.end, topic.phrase.begin}), kNaming);
  if (behind && m.kind != MentionKind::bare && !(about && about->unit_kind == "count" && m.kind == MentionKind::count))
    return;
  const bool part = m.kind == MentionKind::money && previous &&
                    mentions_.all[previous->mention].kind == MentionKind::money &&
                    text(clauses_[c.clause].span).starts_with("其中");  // 其中香港占248亿元
  if (limit_counted(c, topic)) return;
  const bool announced = is_announced_ratio(c, before);
  if (!about || about->id == "other" ||
      (!announced && about->balance != "flow" && m.kind != MentionKind::count && !part))
    return;
  // 来自电能的贡献达22亿元，增长2%: of the contribution.
  if (previous && is_change_kind(m.kind) && !is_change_kind(mentions_.all[previous->mention].kind) &&
      topic.phrase == previous->topics.back().phrase)
    return;
  // 积极控制应收账款，金额下降百亿元
  static constexpr auto kTotals = std::to_array<std::string_view>(
      {"金额", "总额", "规模", "数量", "余额", "总金额", "该数据", "总值", "这一比例", "该比例", "这个比例"});
  if (!about->ratio && is_any(text(topic.phrase), kTotals)) {
    topic = before;
    return;
  }
  if (!is_name(text(topic.phrase)) || is_measure(text(topic.phrase))) return;
  const bool share =
      c.claim->basis == Basis::share || (m.kind == MentionKind::percent && !c.claim->basis && c.claim->sign == 0 &&
                                         previous && previous->basis == Basis::share);
  if (share && about->ratio) return;
  const Mention* last = previous ? &mentions_.all[previous->mention] : nullptr;
  const bool same_kind = m.kind == MentionKind::count
                             ? counts_alike(c, before)
                             : (last && m.kind == last->kind) ||
                                   (m.kind == MentionKind::percent && c.claim->sign != 0) ||
                                   (m.kind == MentionKind::points && c.claim->sign != 0 && about->ratio) ||
                                   (m.kind == MentionKind::money && about->unit_kind == "money");
  if (!share && !same_kind && !announced) return;
  topic.metric = before.metric;
  topic.segment = topic.phrase;
  if (!share) topic.phrase = topic.word = name_of(before);
}

// The metric's own name: 新业务价值, and not 香港 of 香港占整体44%.
Span DocumentResolver::name_of(const Topic& said) const {
  if (!(said.word == said.segment)) return said.word;
  for (size_t i = candidates_.size(), steps = 0; i-- > 0 && steps < kFewClauses; ++steps)
    if (const Topic& t = candidates_[i].topics.back(); t.metric == said.metric && !(t.word == t.segment)) return t.word;
  return said.word;
}

// 快手涨超4%, 上半年少赚25%: the verb itself says what moved.
void DocumentResolver::apply_verb_metric(const Candidate& c, uint32_t from, Topic& topic) const {
  // 销售额达10亿元,美股盘后跌8%: at the exchange only the share moves.
  const Clause& clause = clauses_[c.clause];
  if (topic.empty() || !clause.span.contains(topic.phrase))
    for (uint32_t i = clause.first; i < c.mention; ++i) {
      if (mentions_.all[i].kind != MentionKind::word || !classes_.attribute(mentions_.all[i], "market_hours")) continue;
      topic = {};
      topic.phrase = topic.word = mentions_.all[i].span;
      topic.metric = metric_index("share_price");
    }
  if (topic.metric != kNone) return;
  // 甲股涨4%,乙股跌2%: a list of shares goes on.
  const Metric* before = candidates_.empty() ? nullptr : metric(candidates_.back().topics.back());
  const bool goes_on = before && before->id == "share_price" && !is_measure(text(topic.phrase));
  if (!topic.empty() && !is_company(topic) && !goes_on && c.clause > 0) return;
  for (uint32_t i = c.mention; i-- > first_ && mentions_.all[i].span.begin >= from;) {
    const std::string* id =
        mentions_.all[i].kind == MentionKind::word ? classes_.attribute(mentions_.all[i], "metric") : nullptr;
    if (!id) continue;
    if (topic.empty()) topic.phrase = topic.word = mentions_.all[i].span;
    topic.metric = metric_index(*id);
    return;
  }
}

// 经营亏损8亿元，去年同期亏损9亿元; 归母净利润亏损5亿元，上年同期盈利2亿元; 每股收益0.5元，市场预期
// 亏损0.2元: a profit or a loss without a word of its own is of the kind spoken of.
void DocumentResolver::specify_profit(const Candidate& c, Topic& topic) const {
  const Metric* about = metric(topic);
  if (!about || (about->id != "net_profit" && about->id != "net_loss") || candidates_.empty()) return;
  const std::string_view said = text(topic.word);
  if ((said != "亏损" && said != "亏" && said != "盈利" && said != "溢利" && said != "赚") || !topic.segment.empty())
    return;
  const Metric* before = metric(candidates_.back().topics.back());
  if (!before) return;
  const Mention& m = mentions_.all[c.mention];
  if (before->id == "eps" && m.kind == MentionKind::money) {
    const std::optional<Decimal>& value = mentions_.figures[m.payload].value;
    if (!value || !(*value < Decimal(100))) return;
    const bool negative = about->loss && !before->loss;
    topic = candidates_.back().topics.back();
    topic.negative = negative;
    return;
  }
  const std::string_view clause = text({clauses_[c.clause].span.begin, m.span.begin});
  const auto says = [](std::string_view in, std::string_view word) { return in.find(word) != std::string_view::npos; };
  if (!says(clause, "同期") && !says(clause, "去年") && !says(clause, "上年") && !(about->loss && c.claim->sign != 0))
    return;
  if (const Span whole = candidates_.back().topics.back().phrase;
      !says(text(whole), "亏损") && !says(text(whole), "盈利") && !says(text(whole), "溢利"))
    topic.phrase = whole;
  if (about->loss && (before->id == "ebitda" || before->id == "adjusted_ebitda")) {
    topic.metric = candidates_.back().topics.back().metric;
    topic.negative = true;
    return;
  }
  if (before->id == "operating_loss" || before->id == "operating_profit")
    topic.metric = metric_index(about->loss ? "operating_loss" : "operating_profit");
  else if (!about->loss && says(text(candidates_.back().topics.back().word), "归"))
    topic.metric = metric_index("net_profit_attributable");
  else if (before->id == "ebitda" || before->id == "adjusted_ebitda") {
    topic.metric = candidates_.back().topics.back().metric;
    topic.negative = about->loss;
  }
}

// Whether an index is what the phrase, or what limits it, names: 恒指, 台湾加权指数收盘.
bool DocumentResolver::names_index(const Candidate& c, const Topic& topic) const {
  const uint32_t index = metric_index("index_level");
  for (uint32_t i = look_back(c.mention); i < c.mention; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.metric == index && (topic.phrase.contains(m.span) || topic.segment.contains(m.span))) return true;
  }
  return false;
}

// 经调整净利润41亿元，对应净利率13%; 销售额 of a developer.
std::string DocumentResolver::specific_metric(const Candidate& c, const Topic& topic, const Metric& about) const {
  static constexpr auto kSales = std::to_array<std::string_view>({"销售额", "销售金额", "销售总额"});
  static constexpr auto kDeposits = std::to_array<std::string_view>({"定期存款", "银行存款", "长期定期存款"});
  const std::string_view word = text(topic.word);
  // 恒指收报23157点,跌259点: no share.
  if (about.id == "share_price" && names_index(c, topic)) return "index_level";
  if (is_developer_ && about.id == "revenue" && ends_with_any(word, kSales)) return "contract_value";
  if (is_bank_ && about.id == "cash_position" && ends_with_any(word, kDeposits)) return "deposits";
  if (about.id == "net_margin")
    for (const Candidate* before = &c; before != candidates_.data() && &c - before < 4;) {
      const Metric* earlier = metric((--before)->topics.back());
      if (earlier && earlier->id == "adjusted_net_profit") return "adjusted_net_margin";
      if (earlier && earlier->id == "net_profit") break;
    }
  // 以非公认会计准则计,净利润…; 撇除一次性因素,盈利…
  const bool of_shareholders = about.id == "net_profit_attributable";
  for (uint32_t i = look_back(c.mention); i < c.mention && (about.id == "net_profit" || about.id == "net_margin" ||
                                                            about.id == "ebitda" || of_shareholders);
       ++i) {
    const std::string* how =
        mentions_.all[i].kind == MentionKind::word ? classes_.attribute(mentions_.all[i], "adjusted") : nullptr;
    if (!how) continue;
    if (*how == "recurring" && (about.id == "net_profit" || of_shareholders)) return "recurring_net_profit";
    if (*how != "recurring" && !of_shareholders) return "adjusted_" + about.id;
  }
  return about.id;
}

std::string DocumentResolver::metric_of(const Candidate& c, const Topic& topic, Basis basis) const {
  const Mention& m = mentions_.all[c.mention];
  const Figure& figure = mentions_.figures[m.payload];
  const Metric* about = metric(topic);
  const std::string_view phrase = text(topic.phrase);
  const auto is_cost = [&] {
    return phrase.find("费用") != phrase.npos || phrase.find("成本") != phrase.npos ||
           phrase.find("开支") != phrase.npos;
  };
  const auto at_least = [&](int64_t limit) { return figure.value && !(*figure.value < Decimal(limit)); };
  if (!c.claim->metric.empty()) return c.claim->metric;
  // 人工成本同比增6%，占收入比下降0.7个百分点; 行销费用率约三成
  if (m.kind == MentionKind::points && is_change_basis(basis) && !c.claim->base.empty() && is_cost() &&
      text(c.claim->base).find("收") != std::string_view::npos)
    return "expense_ratio";
  if (!about) return is_cost() && phrase.ends_with("费用率") ? "expense_ratio" : "other";
  if (!about->counted.empty() && (m.kind == MentionKind::count || basis == Basis::share)) return about->counted;
  // 分红占净利润50%
  if (about->id == "dividend" && m.kind == MentionKind::percent && !is_change_basis(basis)) return "payout_ratio";
  const bool amount = basis == Basis::level || basis == Basis::price;
  constexpr int64_t kNoShareGets = 100000, kShareGets = 100;
  constexpr int64_t kNoStaff = 10000000;
  if (amount && about->id == "eps" && at_least(kNoShareGets)) return "other";
  if (amount && about->id == "headcount" && at_least(kNoStaff)) return "other";  // 员工奖励2000万
  if (amount && m.kind == MentionKind::money) {
    if (about->id == "dps" && at_least(kNoShareGets)) return "dividend";
    if (about->id == "dividend" && figure.value && !at_least(kShareGets)) return "dps";
    if (std::string id = money_of(*about); id != about->id) return id;
  }
  if (amount && m.kind == MentionKind::count)
    if (std::string id = count_of(*about, figure.unit); id != about->id) return id;
  return specific_metric(c, topic, *about);
}

}  // namespace jiyao
