#include "pipeline/resolve/currency.h"

#include <algorithm>
#include <array>
#include <map>

#include "pipeline/resolve/context.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

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

}  // namespace

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

}  // namespace jiyao
