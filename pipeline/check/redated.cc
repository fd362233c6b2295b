// A growth that two levels agree with, and dates that do not:
//
//   2024年毛利率19.6%，2024年為16.8%，同比提升2.8個百分點
//
// The numbers say that one level is of the year before, and both are dated alike,
// in digits. That they agree makes it precise.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "pipeline/check/date.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

constexpr uint32_t kNear = 10;  // facts

std::vector<const LedgerRow*> named_periods(const Evidence& e) {
  std::vector<const LedgerRow*> all;
  for (const LedgerRow& row : e.extraction().ledger)
    if (row.kind == LedgerClass::period && !row.meaning.empty()) all.push_back(&row);
  return all;
}

bool is_change(Basis basis) { return basis == Basis::yoy || basis == Basis::qoq || basis == Basis::mom; }

class Redated {
 public:
  Redated(const Evidence& e, Findings& findings) : e_(e), periods_(named_periods(e)), findings_(findings) {}

  void run() {
    for (uint32_t i = 0; i < e_.facts().size(); ++i)
      if (is_claim(i)) look_at(i);
  }

 private:
  struct Dated {
    uint32_t fact;
    const LedgerRow* by;  // the year, in digits, that its sentence names last before it; may be null
  };

  // A change whose level before is stated nowhere.
  bool is_claim(uint32_t i) const {
    const Fact& f = e_.fact(i);
    const Period before = comparative(f.period, f.basis);
    return is_change(f.basis) && f.value && !is_amount(f.unit) && !is_open(f.qualifier) && !before.empty() &&
           e_.levels(e_.scope(i), before).empty();
  }

  // The levels of the claim's scope and date around it.
  std::vector<Dated> levels_around(uint32_t claim) const {
    const bool points = e_.fact(claim).unit == "pp" || e_.fact(claim).unit == "bp";
    const auto last = std::min(static_cast<uint32_t>(e_.facts().size()), claim + kNear);
    std::vector<Dated> all;
    for (uint32_t i = claim - std::min(claim, kNear); i < last; ++i) {
      if (i == claim || !e_.is_level(i) || e_.scope(i) != e_.scope(claim)) continue;
      if (Dates(e_.fact(i).period) != Dates(e_.fact(claim).period)) continue;
      if (is_amount(e_.fact(i).unit) == points || e_.fact(i).status != e_.fact(claim).status) continue;
      all.push_back({i, named_before(i)});
    }
    return all;
  }

  const LedgerRow* named_before(uint32_t i) const {
    const Fact& f = e_.fact(i);
    const auto after = std::upper_bound(periods_.begin(), periods_.end(), f.figure.begin,
                                        [](uint32_t at, const LedgerRow* row) { return at < row->figure.begin; });
    if (after == periods_.begin()) return nullptr;
    const LedgerRow* by = *std::prev(after);
    const Period named = Period::parse(by->meaning, e_.extraction().context.fiscal_year_end_month);
    const bool in_sentence = by->figure.begin >= e_.sentence_span(i).begin;
    const bool is_its_date = named.end == f.period.end && writes_out(folded_at(e_, by->figure), named.end.year);
    return in_sentence && is_its_date ? by : nullptr;
  }

  // Two and no more, both of the claim's date.
  void look_at(uint32_t claim) {
    const std::vector<Dated> levels = levels_around(claim);
    if (levels.size() != 2) return;
    for (const auto& [now, before] : {std::pair(levels[0], levels[1]), std::pair(levels[1], levels[0])}) {
      if (!has_own_date(before, now) || !agrees(claim, now.fact, before.fact)) continue;
      findings_.push_back(report(claim, now, before));
      return;
    }
  }

  // Its date is named for it, not for the other.
  bool has_own_date(const Dated& level, const Dated& other) const {
    return level.by != nullptr && level.by != other.by &&
           (other.by != nullptr || level.by->figure.begin >= e_.fact(other.fact).figure.end);
  }

  bool agrees(uint32_t claim, uint32_t now, uint32_t before) const {
    const Fact& f = e_.fact(claim);
    const auto stated = allowed(f);
    const auto a = e_.allowed(now, claim);
    const auto b = e_.allowed(before, claim);
    if (!stated || !a || !b || e_.fact(now).unit != e_.fact(before).unit) return false;
    if (f.unit == "pp" || f.unit == "bp") return scaled(difference(*a, *b), f.unit == "bp" ? 100 : 1).meets(*stated);
    const auto ratio = quotient(*a, *b);
    return ratio && scaled(difference(*ratio, {1, 1}), f.unit == "%" ? 100 : 1).meets(*stated);
  }

  Finding report(uint32_t claim, const Dated& now, const Dated& before) const {
    const Fact& f = e_.fact(claim);
    const std::string meant = comparative(e_.fact(now.fact).period, f.basis).text();
    Finding out;
    out.check = "date";
    out.severity = Severity::suspicious;
    out.at = before.by->figure;
    out.stated = e_.fact(before.fact).period.text();
    out.message_en =
        fmt::format("{} is dated {}, but against {} it makes the change of {}: {} is meant, or the other",
                    cited_en(e_, before.fact), out.stated, cited_en(e_, now.fact), cited_en(e_, claim), meant);
    out.message_zh =
        fmt::format("{}的日期为 {}，但与{}相比正合{}的变动：应为 {}，或另一日期有误", cited_zh(e_, before.fact),
                    out.stated, cited_zh(e_, now.fact), cited_zh(e_, claim), meant);
    out.facts = {before.fact, now.fact, claim};
    return out;
  }

  const Evidence& e_;
  std::vector<const LedgerRow*> periods_;
  Findings& findings_;
};

}  // namespace

void check_redated(const Evidence& e, Findings& findings) { Redated(e, findings).run(); }

}  // namespace jiyao
