#include "tools/inject/relation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

namespace jiyao::inject {

namespace {

using Ranges = std::span<const Range>;

Range minus(Range a, Range b) { return {a.low - b.high, a.high - b.low}; }
Range times(Range a, long double by) { return {a.low * by, a.high * by}; }

// All quotients; nothing to say of what may be zero or below.
bool quotient(Range a, Range b, Range& out) {
  if (!(b.low > 0) || !std::isfinite(b.high) || !std::isfinite(a.low) || !std::isfinite(a.high)) return false;
  out = {a.low / (a.low < 0 ? b.low : b.high), a.high / (a.high < 0 ? b.high : b.low)};
  return true;
}

// What cannot be computed with open ends speaks for the claim.
bool endless(Ranges r) {
  return std::any_of(r.begin(), r.end(), [](Range x) { return !std::isfinite(x.low) || !std::isfinite(x.high); });
}

bool growth_percent(Ranges r) {
  Range ratio;
  if (endless(r.subspan(1))) return true;
  return quotient(r[1], r[2], ratio) && times(minus(ratio, {1, 1}), 100).meets(r[0]);
}
bool growth_times(Ranges r) {
  Range ratio;
  if (endless(r.subspan(1))) return true;
  return quotient(r[1], r[2], ratio) && (minus(ratio, {1, 1}).meets(r[0]) || ratio.meets(r[0]));
}
bool percent_of(Ranges r) {
  Range ratio;
  if (endless(r.subspan(1))) return true;
  return quotient(r[1], r[2], ratio) && times(ratio, 100).meets(r[0]);
}
bool difference_is(Ranges r) { return minus(r[1], r[2]).meets(r[0]); }
bool basis_points(Ranges r) { return times(minus(r[1], r[2]), 100).meets(r[0]); }
bool same(Ranges r) { return r[0].meets(r[1]); }
bool product_is(Ranges r) {
  Range ratio;
  return endless(r) || (quotient(r[0], r[1], ratio) && ratio.meets(r[2]));
}
Range sum(Ranges parts) {
  Range total;
  for (const Range part : parts) total = {total.low + part.low, total.high + part.high};
  return total;
}
bool sum_is(Ranges r) { return sum(r.subspan(1)).meets(r[0]); }
bool sum_is_hundred(Ranges r) { return sum(r).meets({100, 100}); }

int month_index(Date date) { return date.year * 12 + date.month; }
bool is_moment(const Period& p) { return p.instant || p.start == p.end; }
bool is_ratio(const Statement& s) { return s.unit == "%"; }
bool is_range(const Statement& s) { return s.number.low != s.number.high; }
bool is_level(const Statement& s) { return is(s.basis, "level"); }
bool has_company_total(const Statement& s) { return s.segment.empty(); }

bool contains(std::string_view text, std::string_view part) { return !part.empty() && text.find(part) != text.npos; }

class Finder {
 public:
  explicit Finder(const Statements& all) : all_(all.stated) {
    for (const Statement& s : all_) meant_.push_back(meant(s.number, s.qualifier));
  }

  std::vector<Relation> find() {
    for (uint32_t i = 0; i < all_.size(); ++i) {
      repeats(i);
      changes(i);
      shares(i);
      margins(i);
      parts(i);
      spans_of_time(i);
      shares_of_hundred(i);
      products(i);
    }
    return std::move(found_);
  }

 private:
  const Statement& at(uint32_t i) const { return all_[i]; }

  void add(const char* name, std::vector<uint32_t> operands, bool (*holds)(Ranges)) {
    std::vector<Range> ranges;
    for (const uint32_t i : operands) ranges.push_back(meant_[i]);
    if (!holds(ranges)) return;
    if (std::set<uint32_t>(operands.begin(), operands.end()).size() != operands.size()) return;
    found_.push_back({name, std::move(operands), holds});
  }

  bool comparable(uint32_t claim, uint32_t level) const {
    return at(level).status == at(claim).status || at(level).status == "actual";
  }

  // Two ranges that overlap need not be one.
  void repeats(uint32_t i) {
    for (uint32_t j = i + 1; j < all_.size() && !is_range(at(i)); ++j) {
      if (is_range(at(j))) continue;
      if (one_measure(at(i), at(j)) && one_period(at(i), at(j)) && at(i).status == at(j).status)
        add("same", {i, j}, same);
    }
  }

  // How far before its own period the level lies that a change is measured against.
  bool is_before(uint32_t claim, uint32_t now, uint32_t before) const {
    constexpr std::array<std::pair<std::string_view, int>, 3> kMonths = {{{"yoy", 12}, {"qoq", 3}, {"mom", 1}}};
    for (const Period& p : at(now).periods) {
      for (const Period& q : at(before).periods) {
        for (const auto& [basis, months] : kMonths) {
          if (is(at(claim).basis, basis) && months_apart(p, q, months)) return true;
        }
        if (is(at(claim).basis, "change") && q.end < p.end) return true;
      }
    }
    return false;
  }

  bool is_of(uint32_t claim, uint32_t level) const {
    const Statement& a = at(claim);
    const Statement& b = at(level);
    return is_level(b) && alike(a.metric, b.metric) && a.segment == b.segment && a.company == b.company &&
           (!is(a.metric, "other") || a.subject == b.subject);
  }

  void changes(uint32_t i) {
    const Statement& claim = at(i);
    if (is_level(claim) || is(claim.basis, "share") || is(claim.basis, "price")) return;
    for (uint32_t now = 0; now < all_.size(); ++now) {
      if (!is_of(i, now) || !one_period(claim, at(now)) || !comparable(i, now)) continue;
      for (uint32_t before = 0; before < all_.size(); ++before) {
        if (!is_of(i, before) || at(before).unit != at(now).unit || !is_before(i, now, before)) continue;
        if (claim.unit == "%" && !is_ratio(at(now))) add("growth", {i, now, before}, growth_percent);
        if (claim.unit == "x") add("multiple", {i, now, before}, growth_times);
        if (claim.unit == "pp" && is_ratio(at(now))) add("points", {i, now, before}, difference_is);
        if (claim.unit == "bp" && is_ratio(at(now))) add("points", {i, now, before}, basis_points);
        if (claim.unit == at(now).unit && claim.unit != "%") add("change", {i, now, before}, difference_is);
      }
    }
  }

  // 總收入, 集團, 分部收入: the whole that a share is of.
  bool is_whole(const Statement& share, const Statement& level) const {
    if (!is_level(level) || level.company != share.company || share.base.empty()) return false;
    if (!level.segment.empty()) return contains(share.base, level.segment);
    const bool one_metric = alike(level.metric, share.metric) && !is(level.metric, "other");
    return one_metric || contains(share.base, level.subject) || contains(level.subject, share.base) ||
           (is(level.metric, "revenue") &&
            (contains(share.base, "收") || contains(share.base, "銷") || contains(share.base, "销")));
  }

  void shares(uint32_t i) {
    const Statement& share = at(i);
    if (!is(share.basis, "share") || !is_ratio(share)) return;
    for (uint32_t part = 0; part < all_.size(); ++part) {
      if (!is_of(i, part) || !one_period(share, at(part)) || is_ratio(at(part))) continue;
      for (uint32_t whole = 0; whole < all_.size(); ++whole) {
        const bool fits = at(whole).unit == at(part).unit && one_period(share, at(whole)) && comparable(i, whole);
        if (fits && is_whole(share, at(whole))) add("share", {i, part, whole}, percent_of);
      }
    }
  }

  void margins(uint32_t i) {
    struct Margin {
      std::string_view margin, profit, of;
    };
    constexpr std::array<Margin, 9> kMargins = {{
        {"gross_margin", "gross_profit", "revenue"},
        {"operating_margin", "operating_profit", "revenue"},
        {"net_margin", "net_profit", "revenue"},
        {"net_margin", "net_profit_attributable", "revenue"},
        {"adjusted_net_margin", "adjusted_net_profit", "revenue"},
        {"payout_ratio", "dps", "eps"},
        {"payout_ratio", "dividend", "net_profit"},
        {"payout_ratio", "dividend", "net_profit_attributable"},
        {"roe", "net_profit", "net_assets"},
    }};
    const Statement& claim = at(i);
    if (!is_level(claim) || !is_ratio(claim)) return;
    for (const auto& [margin, profit, of] : kMargins) {
      if (!is(claim.metric, margin)) continue;
      for (const uint32_t a : levels_like(claim, profit)) {
        for (const uint32_t b : levels_like(claim, of)) {
          if (at(a).unit == at(b).unit && comparable(i, a) && comparable(i, b)) add("margin", {i, a, b}, percent_of);
        }
      }
    }
  }

  // Levels of another metric, of one segment, company and period with `like`.
  std::vector<uint32_t> levels_like(const Statement& like, std::string_view metric) const {
    std::vector<uint32_t> found;
    for (uint32_t j = 0; j < all_.size(); ++j) {
      const Statement& s = at(j);
      if (is_level(s) && is(s.metric, metric) && s.segment == like.segment && s.company == like.company &&
          one_period(s, like))
        found.push_back(j);
    }
    return found;
  }

  // A total and the segments that stand in a row and add up to it.
  void parts(uint32_t total) {
    const Statement& whole = at(total);
    if (!is_level(whole) || is_ratio(whole) || !has_company_total(whole)) return;
    std::vector<uint32_t> row;
    for (uint32_t j = 0; j < all_.size(); ++j) {
      const Statement& s = at(j);
      if (is_level(s) && alike(s.metric, whole.metric) && !s.segment.empty() && s.unit == whole.unit &&
          s.company == whole.company && s.status == whole.status && one_period(s, whole))
        row.push_back(j);
    }
    rows_that("sum", total, row, sum_is);
  }

  // 直播 41%，短劇 17%，搜索 42%: in one line, or a line each.
  void shares_of_hundred(uint32_t first) {
    const Statement& share = at(first);
    if (!is(share.basis, "share") || !is_ratio(share)) return;
    std::vector<uint32_t> row = {first};
    for (uint32_t j = first + 1; j < all_.size() && row.size() < 12; ++j) {
      const Statement& s = at(j);
      if (is(s.basis, "share") && s.base == share.base && alike(s.metric, share.metric) && one_period(s, share)) {
        row.push_back(j);
        std::set<uint32_t> lines;
        for (const uint32_t k : row) lines.insert(at(k).line);
        const bool a_list = lines.size() == 1 || lines.size() == row.size();
        if (row.size() >= 2 && a_list) add("hundred", row, sum_is_hundred);
      }
    }
  }

  void rows_that(const char* name, uint32_t total, const std::vector<uint32_t>& row, bool (*holds)(Ranges)) {
    for (size_t begin = 0; begin < row.size(); ++begin) {
      std::vector<uint32_t> operands = {total};
      std::set<std::string_view> segments;
      for (size_t i = begin; i < row.size() && operands.size() < 12; ++i) {
        if (!segments.insert(at(row[i]).segment).second) continue;
        operands.push_back(row[i]);
        if (operands.size() >= 3) add(name, operands, holds);
      }
    }
  }

  // Two quarters and their half, three and the nine months, four and the year.
  void spans_of_time(uint32_t total) {
    const Statement& whole = at(total);
    if (!is_level(whole) || is_ratio(whole) || whole.periods.empty() || is_moment(whole.periods.back())) return;
    std::vector<uint32_t> operands = {total};
    cover(whole.periods.back().start, whole.periods.back(), operands);
  }

  void cover(Date from, const Period& whole, std::vector<uint32_t>& operands) {
    if (whole.end < from) {
      if (operands.size() >= 3) add("periods", operands, sum_is);
      return;
    }
    if (operands.size() == 5) return;
    const Statement& like = at(operands.front());
    for (uint32_t j = 0; j < all_.size(); ++j) {
      const Statement& s = at(j);
      if (s.periods.empty() || !one_measure(like, s) || s.status != like.status) continue;
      const Period& p = s.periods.back();
      if (p.start != from || whole.end < p.end || is_moment(p)) continue;
      operands.push_back(j);
      cover(p.end.plus_days(1), whole, operands);
      operands.pop_back();
    }
  }

  // Earnings per share, dividends per share and shares in issue; price and market value.
  void products(uint32_t total) {
    struct Product {
      std::string_view total, each;
    };
    constexpr std::array<Product, 4> kProducts = {{{"net_profit", "eps"},
                                                   {"net_profit_attributable", "eps"},
                                                   {"dividend", "dps"},
                                                   {"market_cap", "share_price"}}};
    for (const auto& [whole, each] : kProducts) {
      if (!is(at(total).metric, whole) || !is_level(at(total))) continue;
      for (uint32_t e = 0; e < all_.size(); ++e) {
        const bool fits = is(at(e).metric, each) && at(e).unit == at(total).unit && at(e).company == at(total).company;
        if (!fits || !one_period(at(e), at(total))) continue;
        for (uint32_t n = 0; n < all_.size(); ++n) {
          if (at(n).unit == "股" && contains(at(n).subject, "股") && is_level(at(n)) &&
              !is(at(n).metric, "shares_repurchased"))
            add("per share", {total, e, n}, product_is);
        }
      }
    }
  }

  const std::vector<Statement>& all_;
  std::vector<Range> meant_;
  std::vector<Relation> found_;
};

}  // namespace

bool months_apart(const Period& later, const Period& earlier, int months) {
  if (is_moment(later) != is_moment(earlier)) return false;
  return month_index(later.end) - month_index(earlier.end) == months &&
         (is_moment(later) || month_index(later.start) - month_index(earlier.start) == months);
}

bool one_measure(const Statement& a, const Statement& b) {
  const bool one_name = !is(a.metric, "other") || a.subject == b.subject;
  return alike(a.metric, b.metric) && one_name && a.segment == b.segment && a.company == b.company &&
         alike(a.basis, b.basis) && a.unit == b.unit && (!is(a.basis, "share") || a.base == b.base) &&
         (!is(a.basis, "change") || a.base == b.base);
}

bool one_period(const Statement& a, const Statement& b) {
  const auto one = [](const Period& p, const Period& q) {
    return p.end == q.end && (p.start == q.start || (is_moment(p) && is_moment(q)));
  };
  return std::any_of(a.periods.begin(), a.periods.end(), [&](const Period& p) {
    return std::any_of(b.periods.begin(), b.periods.end(), [&](const Period& q) { return one(p, q); });
  });
}

std::vector<Relation> relations_of(const Statements& statements) { return Finder(statements).find(); }

std::vector<const Relation*> broken(const std::vector<Relation>& relations, const Statements& statements,
                                    uint32_t changed, Range now) {
  std::vector<const Relation*> failed;
  for (const Relation& relation : relations) {
    if (std::find(relation.operands.begin(), relation.operands.end(), changed) == relation.operands.end()) continue;
    std::vector<Range> ranges;
    for (const uint32_t i : relation.operands) {
      const Statement& s = statements.stated[i];
      ranges.push_back(i == changed ? now : meant(s.number, s.qualifier));
    }
    if (!relation.holds(ranges)) failed.push_back(&relation);
  }
  return failed;
}

}  // namespace jiyao::inject
