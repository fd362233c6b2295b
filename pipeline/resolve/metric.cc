// Which metric a figure is of, where the name before it does not tell alone: its
// unit, what was spoken of before it, and what the document is about say more.
//
// 派息10亿港元 is all the dividend, 派息0.5港元 what a share gets; 合约价值300份 is no
// value; of a property developer, 销售额 is what it has contracted.
#include <algorithm>
#include <array>

#include "pipeline/resolve/state.h"

namespace jiyao {
namespace {

template <size_t N>
bool is_any(std::string_view text, const std::array<std::string_view, N>& of) {
  return std::find(of.begin(), of.end(), text) != of.end();
}

template <size_t N>
bool ends_like(std::string_view text, const std::array<std::string_view, N>& tails) {
  return std::any_of(tails.begin(), tails.end(), [&](std::string_view tail) { return text.ends_with(tail); });
}

// Units of time, and of what is no user, no shop and no employee.
constexpr auto kTimes =
    std::to_array<std::string_view>({"年", "个月", "月", "周", "天", "日", "小时", "分钟", "秒", "岁"});
constexpr auto kThings =
    std::to_array<std::string_view>({"股", "款", "种", "平", "平方米", "份", "国家", "城市", "套"});

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
    const std::string_view name = text(m.span);
    land +=
        std::any_of(kLand.begin(), kLand.end(), [&](std::string_view word) { return name.find(word) != name.npos; });
    bank += is_any(rules_.metrics[m.metric].id, kBank);
  }
  is_developer_ = land >= kTwice;
  is_bank_ = bank >= kOften;
}

// 经调整净利润41亿元，对应净利率13%; 销售额 of a developer.
std::string DocumentResolver::specific_metric(const Candidate& c, const Topic& topic, const Metric& about) const {
  static constexpr auto kSales = std::to_array<std::string_view>({"销售额", "销售金额", "销售总额"});
  static constexpr auto kDeposits = std::to_array<std::string_view>({"定期存款", "银行存款", "长期定期存款"});
  const std::string_view word = text(topic.word);
  if (is_developer_ && about.id == "revenue" && ends_like(word, kSales)) return "contract_value";
  if (is_bank_ && about.id == "cash_position" && ends_like(word, kDeposits)) return "deposits";
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
    if (const std::string id = money_of(*about); id != about->id) return id;
  }
  if (amount && m.kind == MentionKind::count)
    if (const std::string id = count_of(*about, figure.unit); id != about->id) return id;
  return specific_metric(c, topic, *about);
}

}  // namespace jiyao
