#include "pipeline/check/names.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

namespace jiyao {
namespace {

constexpr std::array<std::string_view, 38> kFillers = {
    " ",    "\t",   "　",     "“",    "”",      "「",     "」",   "『",   "』",   "\"",   "'",    "(",    ")",
    "（",   "）",   "、",     "，",   ",",      "的",     "总",   "總",   "业务", "業務", "季度", "单季", "單季",
    "全年", "年度", "本公司", "公司", "本集团", "本集團", "集团", "集團", "我们", "我們", "整体", "整體"};

constexpr std::array<std::string_view, 46> kOneValue = {"revenue",
                                                        "cost_of_revenue",
                                                        "gross_profit",
                                                        "gross_margin",
                                                        "operating_profit",
                                                        "operating_loss",
                                                        "operating_margin",
                                                        "net_profit",
                                                        "net_profit_attributable",
                                                        "net_loss",
                                                        "net_margin",
                                                        "adjusted_net_profit",
                                                        "adjusted_net_margin",
                                                        "recurring_net_profit",
                                                        "ebitda",
                                                        "adjusted_ebitda",
                                                        "eps",
                                                        "dividend",
                                                        "dps",
                                                        "payout_ratio",
                                                        "selling_expenses",
                                                        "admin_expenses",
                                                        "rnd_expenses",
                                                        "finance_costs",
                                                        "opex",
                                                        "income_tax",
                                                        "operating_cash_flow",
                                                        "free_cash_flow",
                                                        "capex",
                                                        "total_assets",
                                                        "net_assets",
                                                        "debt_ratio",
                                                        "inventory",
                                                        "gmv",
                                                        "dau",
                                                        "mau",
                                                        "market_cap",
                                                        "loans",
                                                        "deposits",
                                                        "net_interest_margin",
                                                        "npl_ratio",
                                                        "provision_coverage",
                                                        "roe",
                                                        "cost_income_ratio",
                                                        "net_interest_income",
                                                        "tax_rate"};

// Words a base ends with, as bare_name() leaves them; a longer one before the one it ends with.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kBaseWords = {{
    {"营业收入", "revenue"},    {"營業收入", "revenue"},    {"营业额", "revenue"},    {"營業額", "revenue"},
    {"营收", "revenue"},        {"營收", "revenue"},        {"收入", "revenue"},      {"GMV", "gmv"},
    {"毛利润", "gross_profit"}, {"毛利潤", "gross_profit"}, {"毛利", "gross_profit"}, {"净利润", "net_profit"},
    {"淨利潤", "net_profit"},   {"净利", "net_profit"},     {"淨利", "net_profit"},   {"资产", "total_assets"},
    {"資產", "total_assets"},   {"贷款", "loans"},          {"貸款", "loans"},        {"存款", "deposits"},
    {"销售额", "revenue"},      {"銷售額", "revenue"},
}};

// A slot for each first character of a filler, by the low bits of its code
// point. Most characters of a name begin none and cost one look-up.
constexpr size_t kSlots = 4096;

constexpr size_t slot_of(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  return byte(0) < 0x80 ? byte(0) : (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
}

constexpr std::array<bool, kSlots> kMayBeginFiller = [] {
  std::array<bool, kSlots> table{};
  for (const auto filler : kFillers) table[slot_of(filler)] = true;
  return table;
}();

// One pass: at each place the longest filler that stands there is left out.
size_t filler_at(std::string_view text) {
  if (!kMayBeginFiller[slot_of(text)]) return 0;
  size_t longest = 0;
  for (const auto filler : kFillers) {
    if (text.starts_with(filler)) longest = std::max(longest, filler.size());
  }
  return longest;
}

void strip(std::string_view name, std::string& bare) {
  bare.clear();
  for (size_t i = 0; i < name.size();) {
    const size_t filler = filler_at(name.substr(i));
    const auto lead = static_cast<unsigned char>(name[i]);
    const size_t size = filler != 0 ? filler : lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (filler == 0) bare.append(name.substr(i, size));
    i += size;
  }
  if (bare.empty()) bare = name;
}

}  // namespace

std::string bare_name(std::string_view name) {
  std::string bare;
  strip(name, bare);
  return bare;
}

uint32_t NameTable::add(std::string_view name) {
  strip(name, bare_);
  const auto known = numbers_.find(bare_);
  if (known != numbers_.end()) return known->second;
  const std::string_view key = bare_.size() == name.size() ? name : stripped_.emplace_back(bare_);
  return numbers_.emplace(key, static_cast<uint32_t>(numbers_.size())).first->second;
}

uint32_t NameTable::find(std::string_view name) const {
  const auto found = numbers_.find(bare_name(name));
  return found == numbers_.end() ? kUnknown : found->second;
}

bool has_one_value(std::string_view metric) {
  static const std::unordered_set<std::string_view> known(kOneValue.begin(), kOneValue.end());
  return known.contains(metric);
}

NamedMeasure measure_named(std::string_view base) {
  const std::string bare = bare_name(base);
  for (const auto& [word, metric] : kBaseWords) {
    if (bare.ends_with(word)) return {metric, bare.substr(0, bare.size() - word.size())};
  }
  return {};
}

}  // namespace jiyao
