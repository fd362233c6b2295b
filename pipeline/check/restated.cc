// One thing of one period, in two documents: what was reported then and what a
// later document gives as its comparative, or two reports on the same period.
//
//   2023 annual call   收入 76.9 億元
//   2024 annual call   收入 86.4 億元，上年 74.2 億元      restated, or a mistake
//
// Numbers are restated for good reasons, so such a finding is a contradiction
// only where no restatement looks like it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "pipeline/check/collation.h"
#include "pipeline/check/slip.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

bool is_comparable(const Collation& all, Place at) {
  const Basis basis = all.fact(at).basis;
  return is_sound(all, at) && basis != Basis::change && basis != Basis::price;
}

// What one document says of a thing: its first statement, if all agree.
struct Account {
  Place at;
  Interval allowed;
};

std::vector<Account> accounts_of(const Collation& all, std::span<const Entry> entries) {
  std::vector<Account> found;
  for (size_t i = 0, end = 0; i < entries.size(); i = end) {
    std::optional<Interval> common;
    bool torn = false;
    for (end = i; end < entries.size() && entries[end].at.document == entries[i].at.document; ++end) {
      const Interval value = all.allowed_at(entries[end].at);
      torn |= common && !common->meets(value);
      if (!common || value.high - value.low < common->high - common->low) common = value;
    }
    if (!torn) found.push_back({entries[i].at, *common});
  }
  std::sort(found.begin(), found.end(),
            [&](const Account& a, const Account& b) { return all.earlier(a.at.document, b.at.document); });
  return found;
}

// The first account that differs from the earliest, and the earliest. More than
// two values are different things under one name.
struct Difference {
  Place later;
  Place earlier;
};

std::optional<Difference> difference_among(const std::vector<Account>& accounts) {
  const Account* other = nullptr;
  for (const Account& account : accounts) {
    if (account.allowed.meets(accounts.front().allowed)) continue;
    if (other != nullptr && !account.allowed.meets(other->allowed)) return std::nullopt;
    if (other == nullptr) other = &account;
  }
  if (other == nullptr) return std::nullopt;
  return Difference{other->at, accounts.front().at};
}

// By how far two amounts, or two ratios, of one thing may lie apart; further they
// are of different things: a part, another scope.
bool are_near(const Fact& a, const Fact& b) {
  constexpr double kNear = 0.2;
  const double x = a.value->to_double();
  const double y = b.value->to_double();
  return std::fabs(x - y) <= kNear * std::max(std::fabs(x), std::fabs(y));
}

FindingRow report(const Collation& all, const Difference& d, bool same_report, Severity severity) {
  const Fact later = all.worded(d.later);
  const Fact earlier = all.worded(d.earlier);
  FindingRow row = finding_at(all, same_report ? "stated_elsewhere" : "restated", severity, d.later, {d.earlier});
  if (const auto range = printed(earlier)) {
    row.computed_low = bound(range->low, earlier.decimals + 1);
    row.computed_high = bound(range->high, earlier.decimals + 1);
  }
  const bool then_reported = !same_report && all.reports(d.earlier);
  const bool says_so = all.fact(d.later).restated;
  const char* why_en = same_report ? "" : says_so ? "; restated, as it says" : "; restated, or a mistake";
  const char* why_zh = same_report ? "" : says_so ? "；文中称已重列" : "；或已重列，或有误";
  row.message_en = fmt::format("{}: stated as {} here, but {} {}{}", measure_en(later), written(all, d.later),
                               then_reported ? "reported then as" : "as", cited_in_en(all, d.earlier), why_en);
  row.message_zh = fmt::format("{}：此处写作 {}，而{} {}{}", measure_zh(later), written(all, d.later),
                               then_reported ? "当时披露为" : "另一文件为", cited_in_zh(all, d.earlier), why_zh);
  return row;
}

std::optional<FindingRow> judged(const Collation& all, const Difference& d) {
  const Fact later = all.worded(d.later);
  const Fact earlier = all.worded(d.earlier);
  const Interval meant = all.allowed_at(d.earlier);
  const bool amounts = later.basis == Basis::level && later.unit != "%";
  const auto slip = amounts ? find_slip(later, [&](Interval i) { return i.meets(meant); }) : std::nullopt;
  const bool power = slip && slip->kind == Slip::Kind::power;
  if (!power && !are_near(later, earlier)) return std::nullopt;
  // A restatement changes digits, never the power of ten alone.
  const bool same_report = all.reports(d.later) && all.reports(d.earlier);
  const bool sure = power || (same_report && slip && slip->kind != Slip::Kind::sign);
  const bool exact = all.fact(d.later).exact && all.fact(d.earlier).exact;
  return report(all, d, same_report, sure && exact ? Severity::contradiction : Severity::suspicious);
}

}  // namespace

std::vector<FindingRow> compare_values(const Collation& all, const std::vector<bool>& set_aside) {
  const auto entries = side_by_side(all, set_aside, is_comparable);
  std::vector<FindingRow> found;
  for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    while (end < entries.size() && entries[end].thing == entries[begin].thing) ++end;
    if (entries[begin].at.document == entries[end - 1].at.document) continue;
    const auto difference = difference_among(accounts_of(all, std::span(entries).subspan(begin, end - begin)));
    auto row = difference ? judged(all, *difference) : std::nullopt;
    if (row) found.push_back(*std::move(row));
  }
  return found;
}

}  // namespace jiyao
