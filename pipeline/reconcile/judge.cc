#include "pipeline/reconcile/judge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace jiyao::reconciling {
namespace {

std::string period_key(const std::string& metric, const std::string& period) { return metric + "\n" + period; }

bool is_growth(std::string_view basis) { return basis == "yoy" || basis == "qoq" || basis == "mom"; }

// A share of the market and a price are levels of their metrics.
bool same_basis(const Claim& claim, const Statement& stated, const Words& words) {
  if (claim.basis == stated.basis) {
    const bool of_revenue = claim.basis != "share" || stated.base.empty() || !words.longest_metric(stated.base) ||
                            words.longest_metric(stated.base)->name->keys.front() == "revenue";
    return of_revenue;
  }
  if (claim.basis != "level") return false;
  if (stated.basis == "price") return true;
  const Metric* rule = words.rule_of(stated.metric);
  return stated.basis == "share" && rule != nullptr && rule->ratio;
}

bool fits_status(const Claim& claim, const Statement& stated) {
  if (claim.head.status == "estimate") return stated.status != "actual";
  return claim.head.status != "actual" || stated.status == "actual";
}

// A forecast that a document reports is no measure of an actual number.
bool may_contradict(const Claim& claim, const Statement& stated) {
  return claim.head.status == "estimate" || stated.status == "actual";
}

// Hints cost a look through many statements, so there are no more than an analyst reads.
constexpr size_t kMostHints = 5000;
constexpr size_t kMostOfAHint = 2000;
constexpr size_t kFewCompanies = 8;

std::string times(int power) {
  const int size = std::abs(power);
  return "1" + std::string(static_cast<size_t>(size), '0') + " times " + (power > 0 ? "as large" : "smaller");
}

}  // namespace

struct Judge::Best {
  CellVerdict verdict = CellVerdict::not_found;
  int rank = 0;  // of the agreement or the mismatch; higher is better
  Target target;
  Printed reading{};
  const Statement* stated = nullptr;
  std::string note;
  std::vector<uint32_t> agreeing;
  std::vector<uint32_t> opposing;
  const Statement* nearest = nullptr;  // of those that oppose
  Printed nearest_reading{};

  // Of several that oppose, the nearest is named.
  void oppose(const Target& of, const std::vector<Printed>& readings, const Statement& by) {
    opposing.push_back(by.row);
    const auto distance = [](const Printed& read, const Statement& s) {
      const double a = read.value.to_double();
      const double b = s.low->to_double();
      return std::abs(a - b) / (std::abs(a) + std::abs(b) + 1e-300);
    };
    for (const Printed& read : readings) {
      if (nearest != nullptr && distance(read, by) >= distance(nearest_reading, *nearest)) continue;
      nearest = &by;
      nearest_reading = read;
    }
    take(CellVerdict::contradicted, 10, of, nearest_reading, nearest, "");
  }

  void take(CellVerdict found, int found_rank, const Target& of, const Printed& read, const Statement* by,
            std::string why) {
    if (found_rank <= rank) return;
    verdict = found;
    rank = found_rank;
    target = of;
    reading = read;
    stated = by;
    note = std::move(why);
  }
};

Judge::Judge(const Statements& statements, const MetricsTable& table, const Words& words)
    : statements_(statements), table_(table), words_(words) {
  const auto add = [](Index& index, const std::string& key, const Statement& s, uint32_t i) {
    index[key + "\n"].push_back(i);
    index[key + "\n" + std::to_string(s.company)].push_back(i);
  };
  for (uint32_t i = 0; i < statements.all.size(); ++i) {
    const Statement& s = statements.all[i];
    add(by_metric_, s.metric, s, i);
    if (s.period.empty()) continue;
    add(by_period_, period_key(s.metric, s.period.end.iso()), s, i);
    if (!s.period.label.empty()) add(by_period_, period_key(s.metric, s.period.label), s, i);
    add(by_end_, s.period.label.empty() ? s.period.end.iso() : s.period.label, s, i);
  }
}

// In the order of the table.
void Judge::collect(const Index& index, const std::string& key, const std::set<uint32_t>& companies,
                    std::vector<uint32_t>& found) const {
  const bool all = companies.size() > kFewCompanies;
  const auto add = [&](const std::string& company) {
    const auto at = index.find(key + "\n" + company);
    if (at == index.end()) return;
    for (const uint32_t i : at->second)
      if (!all || companies.contains(statements_.all[i].company)) found.push_back(i);
  };
  if (all) return add("");
  for (const uint32_t company : companies) add(std::to_string(company));
  if (companies.size() > 1) std::sort(found.begin(), found.end());
}

bool Judge::speaks_of(const PeriodHead& head, const Statement& stated) {
  const Period& a = head.period;
  const Period& b = stated.period;
  if (a.empty() || b.empty()) return false;
  if (head.fiscal && !b.label.empty()) return b.label == (a.label.empty() ? "FY" + a.text() : a.label);
  if (a.end != b.end) return false;
  const bool day = b.instant || b.start == b.end;
  return head.any_length || a.instant || day || a.start == b.start;
}

void Judge::add_candidates(const Claim& claim, const Target& target, const std::set<uint32_t>& companies, As as,
                           std::vector<Candidate>& found) const {
  const std::string kind = unit_kind({target}, claim.basis, words_);
  const auto add = [&](const std::string& period, bool by_label) {
    std::vector<uint32_t> rows;
    collect(by_period_, period_key(target.metric, period), companies, rows);
    for (const uint32_t i : rows) {
      const Statement& s = statements_.all[i];
      const bool speaks = by_label || speaks_of(claim.head, s);
      if (!speaks || s.segment != target.segment) continue;
      if (!same_basis(claim, s, words_) || !fits_status(claim, s)) continue;
      if (UnitMatch unit = match_units(claim.unit.unit, kind, s); unit.comparable)
        found.push_back({&s, std::move(unit), as});
    }
  };
  add(claim.head.period.end.iso(), false);
  // Of a fiscal year by its name; 2025 alone means FY2025 where nothing is of the calendar year.
  if (found.empty() && !claim.head.any_length) add("FY" + claim.head.period.text(), true);
}

std::vector<Judge::Candidate> Judge::candidates(const Claim& claim, const Target& target,
                                                const std::set<uint32_t>& companies) const {
  std::vector<Candidate> found;
  if (claim.head.period.empty()) return found;
  add_candidates(claim, target, companies, As::same, found);
  if (claim.basis != "level") return found;
  // A profit below zero is stated as a loss, and the other way round.
  if (const SheetTerm* loss = words_.find("loss_of", target.metric)) {
    std::vector<Candidate> losses;
    add_candidates(claim, {loss->means, target.segment}, companies, As::loss, losses);
    found.insert(found.end(), losses.begin(), losses.end());
  }
  for (const char* profit : {"net_profit", "operating_profit"}) {
    const SheetTerm* loss = words_.find("loss_of", profit);
    if (loss == nullptr || loss->means != target.metric) continue;
    std::vector<Candidate> profits;
    add_candidates(claim, {profit, target.segment}, companies, As::profit, profits);
    std::erase_if(profits, [](const Candidate& c) { return !c.stated->high->is_negative(); });
    found.insert(found.end(), profits.begin(), profits.end());
  }
  return found;
}

// The number in full units; where the sheet does not say in which unit it is,
// in each that may be meant, the plain one first.
std::vector<Printed> Judge::readings(const Claim& claim, const SheetCell& cell) const {
  const Printed plain{*cell.value, cell.decimals};
  const std::string kind = unit_kind(claim.targets, claim.basis, words_);
  if (claim.unit.power) return {plain.scaled(*claim.unit.power)};
  if (kind == "percent") return {plain, plain.scaled(2)};
  if (kind == "per_share" || kind == "multiple") return {plain};
  std::vector<Printed> all;
  for (const int power : {0, 6, 8, 4, 3, 9}) all.push_back(plain.scaled(power));
  return all;
}

// The number as the document would put it, and what had to be turned for that.
Judge::Read Judge::read_as(const Claim& claim, const Target& target, const Candidate& candidate,
                           const Printed& plain) const {
  const bool negative = candidate.stated->low->is_negative();
  const bool outflow = claim.basis == "level" && words_.find("outflow", target.metric) != nullptr;
  // A loss printed in brackets is a loss no less than one printed without.
  if (candidate.as == As::loss) return {negative ? plain : plain.negated(), "the document states it as a loss"};
  if (candidate.as == As::profit)
    return {plain.value.is_negative() ? plain : plain.negated(), "the document states it as a profit below zero"};
  if (outflow && plain.value.is_negative() && !negative)
    return {plain.negated(), "an expense, which the sheet shows negative"};
  return {plain, ""};
}

void Judge::weigh(const Claim& claim, const Target& target, const std::vector<Printed>& readings,
                  const Candidate& candidate, Best& best) const {
  const Statement& s = *candidate.stated;
  const bool currency_differs = !candidate.unit.mismatch.empty();
  bool open = currency_differs || !may_contradict(claim, s);
  for (const Printed& plain : readings) {
    Read read = read_as(claim, target, candidate, plain);
    const Agreement agreement = compare(read.number, s, candidate.unit.power);
    open = open || agreement == Agreement::open;
    if (agreement < Agreement::rounded) {
      if (!currency_differs) near_miss(claim, target, readings, read.number, candidate, best);
      continue;
    }
    if (currency_differs) {
      best.take(CellVerdict::unit, 20, target, read.number, &s, candidate.unit.mismatch);
      continue;
    }
    // Of a unit that is guessed, one digit proves nothing.
    const bool guessed = &plain != readings.data();
    if (guessed && significant_digits(plain.value) < 2 && s.unit != "%") {
      open = true;
      continue;
    }
    const auto also = [&](const std::string& what) { read.note += (read.note.empty() ? "" : "; ") + what; };
    if (guessed && s.unit != "%")
      also("the sheet does not say its unit; read as 10^" + std::to_string(readings.front().decimals - plain.decimals));
    if (s.qualifier != Qualifier::none) also(std::string("the document says ") + name(s.qualifier));
    const int rank = 40 + static_cast<int>(agreement) * 4 - (guessed ? 1 : 0) + (s.status == "actual" ? 2 : 0);
    const bool rounded = agreement == Agreement::rounded;
    best.take(rounded ? CellVerdict::rounding : CellVerdict::supported, rank, target, read.number, &s, read.note);
    best.agreeing.push_back(s.row);
    return;
  }
  if (!open) best.oppose(target, readings, s);
}

// The same digits with another sign, or in another unit.
void Judge::near_miss(const Claim& claim, const Target& target, const std::vector<Printed>& readings,
                      const Printed& reading, const Candidate& candidate, Best& best) const {
  const Statement& s = *candidate.stated;
  const bool sign =
      !reading.value.is_zero() && compare(reading.negated(), s, candidate.unit.power) >= Agreement::rounded;
  if (sign) {
    return best.take(CellVerdict::sign, 30, target, reading, &s, "the same number with the other sign");
  }
  // Where the sheet does not say its unit, every one was tried.
  if (readings.size() > 1 && !is_growth(claim.basis)) return;
  const auto power = power_between(reading, s);
  const bool ratio = s.unit == "%" || s.unit == "pp" || s.unit == "x";
  if (!power || (ratio && std::abs(*power) != 2)) return;
  const std::string unit = claim.unit.text().empty() ? "1" : claim.unit.text();
  best.take(CellVerdict::unit, 25 - std::abs(*power) / 4, target, reading, &s,
            "the document's number is " + times(*power) + "; the sheet's unit was read as " + unit);
}

CheckedCell Judge::judge(const Claim& claim, const SheetCell& cell, const std::set<uint32_t>& companies,
                         bool sure) const {
  CheckedCell out;
  out.sheet = claim.sheet;
  out.cell = claim.cell;
  out.label = claim.label;
  out.period = claim.head.period.text();
  out.basis = claim.basis;
  out.unit = claim.unit.text();
  const std::vector<Printed> numbers = readings(claim, cell);
  Best best;
  for (const Target& target : claim.targets) {
    for (const Candidate& candidate : candidates(claim, target, companies))
      weigh(claim, target, numbers, candidate, best);
    if (best.rank > 0) break;
  }
  // Of which company it is nobody knows, so that of another one says nothing against it.
  const bool vague = !sure && best.verdict != CellVerdict::supported && best.verdict != CellVerdict::rounding;
  if (vague) best = {};
  if (best.verdict == CellVerdict::contradicted) {
    best.stated = best.nearest;
    best.reading = best.nearest_reading;
  }
  const Target target = best.rank > 0 ? best.target : claim.targets.empty() ? Target{} : claim.targets.front();
  out.metric = target.metric.substr(0, target.metric.find(':'));
  out.segment = target.segment.substr(target.segment.starts_with('=') ? 1 : 0);
  out.verdict = best.verdict;
  out.value = (best.rank > 0 ? best.reading : numbers.front()).value.to_string();
  if (companies.size() == 1) out.company = statements_.companies[*companies.begin()].name;
  if (best.stated != nullptr) {
    out.row = best.stated->row;
    out.period = table_.cell(out.row, "period");
    out.company = statements_.companies[best.stated->company].name;
  }
  out.note = best.note;
  for (const uint32_t row : best.agreeing)
    if (row != out.row) out.agreeing.push_back(row);
  for (const uint32_t row : best.opposing)
    if (row != out.row) out.opposing.push_back(row);
  const bool agrees = out.verdict == CellVerdict::supported || out.verdict == CellVerdict::rounding;
  if (agrees && !out.opposing.empty()) {
    out.note += std::string(out.note.empty() ? "" : "; ") + "but " +
                std::string(table_.cell(out.opposing.front(), "figure")) + " at " + cited(out.opposing.front());
    if (out.opposing.size() > 1) out.note += " and " + std::to_string(out.opposing.size() - 1) + " more";
  }
  if (companies.empty()) out.note = "no statement is of this company";
  if (claim.targets.empty()) out.note = "the row's words name no metric";
  if (claim.head.period.empty()) out.note = "its period is not understood";
  const bool asks = out.verdict == CellVerdict::contradicted || out.verdict == CellVerdict::not_found;
  if (out.note.empty() && asks) out.note = hint(claim, numbers, companies);
  return out;
}

std::string Judge::cited(uint32_t row) const {
  return std::string(table_.cell(row, "document")) + ":" + std::string(table_.cell(row, "line")) + ":" +
         std::string(table_.cell(row, "column"));
}

// Where the same number, or the same metric, is stated of something else.
std::string Judge::hint(const Claim& claim, const std::vector<Printed>& numbers,
                        const std::set<uint32_t>& companies) const {
  if (companies.size() > kFewCompanies || ++hints_ > kMostHints) return "";
  std::string of_part;
  for (const Target& target : claim.targets) {
    std::vector<uint32_t> rows;
    collect(by_metric_, target.metric, companies, rows);
    const std::string kind = unit_kind({target}, claim.basis, words_);
    for (size_t i = 0; i < std::min(kMostOfAHint, rows.size()); ++i) {
      const Statement& s = statements_.all[rows[i]];
      if (!same_basis(claim, s, words_)) continue;
      const UnitMatch unit = match_units(claim.unit.unit, kind, s);
      if (!unit.comparable || !unit.mismatch.empty()) continue;
      const bool agrees = std::any_of(numbers.begin(), numbers.end(), [&](const Printed& number) {
        return compare(number, s, unit.power) >= Agreement::same;
      });
      if (!agrees) continue;
      if (s.segment == target.segment && !speaks_of(claim.head, s)) {
        return "stated of " + (s.period.empty() ? std::string("no period that the text fixes") : s.period.text()) +
               ": " + cited(s.row);
      }
      if (s.segment != target.segment && speaks_of(claim.head, s) && of_part.empty()) {
        const std::string_view segment = table_.cell(s.row, "segment");
        of_part = "stated of " +
                  (segment.empty() ? std::string("the whole company") : "“" + std::string(segment) + "”") + ": " +
                  cited(s.row);
      }
    }
  }
  return of_part.empty() ? elsewhere(claim, numbers, companies) : of_part;
}

// The very number in that period, of whatever metric: 买家数 where the sheet has 付费用户.
std::string Judge::elsewhere(const Claim& claim, const std::vector<Printed>& numbers,
                             const std::set<uint32_t>& companies) const {
  constexpr int kProof = 3;  // significant digits below which a number comes up by chance
  if (claim.head.period.empty()) return "";
  std::vector<uint32_t> rows;
  collect(by_end_, "FY" + claim.head.period.text(), companies, rows);
  if (rows.empty()) collect(by_end_, claim.head.period.end.iso(), companies, rows);
  for (size_t i = 0; i < std::min(kMostOfAHint, rows.size()); ++i) {
    const Statement& s = statements_.all[rows[i]];
    if (!speaks_of(claim.head, s)) continue;
    if (is_growth(s.basis) != is_growth(claim.basis) || significant_digits(*s.low) < kProof) continue;
    const UnitMatch unit = match_units(claim.unit.unit, is_growth(claim.basis) ? "percent" : "any", s);
    if (!unit.comparable || !unit.mismatch.empty() || unit.power != 0) continue;
    const bool agrees = std::any_of(numbers.begin(), numbers.end(),
                                    [&](const Printed& number) { return compare(number, s) >= Agreement::same; });
    if (agrees) return "stated of “" + std::string(table_.cell(s.row, "subject")) + "”: " + cited(s.row);
  }
  return "";
}

}  // namespace jiyao::reconciling
