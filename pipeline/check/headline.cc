// What a headline states is stated again below it:
//
//   新業務價值增一成二 … 新業務價值 10.6 億美元，按年升約 12%
//
// Of a metric that has one value, a figure of the headline that no statement of
// the same below agrees with, while there is one, is a slip of either.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "pipeline/check/checks.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

// The blocks of the headline come first.
size_t headline_blocks(const Document& document) {
  size_t count = 0;
  while (count < document.blocks.size() && document.blocks[count].kind == BlockKind::heading) ++count;
  return count;
}

bool is_comparable(const Evidence& e, uint32_t i) {
  const Fact& f = e.fact(i);
  return e.one_value(i) && f.value && f.status == Status::actual && f.basis != Basis::change &&
         f.basis != Basis::price && !f.period.empty() && !f.unit.empty();
}

// 星漾 for 星漾娛樂.
bool is_short_for(std::string_view name, std::string_view full) { return full.find(name) != full.npos; }

class Headline {
 public:
  explicit Headline(const Evidence& e) : e_(e), alike_(e.known().words("one_in_headline")) {
    const size_t blocks = headline_blocks(e.document());
    const auto& sentences = e.document().sentences;
    constexpr uint32_t kMost = 16;  // figures that a headline may hold
    while (end_ < std::min<size_t>(e.facts().size(), kMost) && e.fact(end_).sentence < sentences.size() &&
           sentences[e.fact(end_).sentence].block < blocks)
      ++end_;
  }

  void check(Findings& findings) const {
    for (uint32_t i = 0; i < end_; ++i)
      if (is_comparable(e_, i))
        if (const auto below = contradicted(i)) findings.push_back(report(i, *below));
  }

 private:
  // The statement below that disagrees, if none agrees and no two of them disagree with each other.
  std::optional<uint32_t> contradicted(uint32_t i) const {
    const auto stated = allowed(e_.fact(i));
    std::optional<uint32_t> first;
    for (uint32_t j = end_; j < e_.facts().size(); ++j) {
      if (!is_comparable(e_, j) || !is_same(i, j)) continue;
      const auto below = e_.allowed(j, i);
      if (!stated || !below || below->meets(*stated)) return std::nullopt;
      if (first && !below->meets(*e_.allowed(*first, i))) return std::nullopt;
      if (!first) first = j;
    }
    return first;
  }

  bool is_same(uint32_t i, uint32_t j) const {
    const Fact& a = e_.fact(i);
    const Fact& b = e_.fact(j);
    if (a.basis != b.basis || a.unit != b.unit || Dates(a.period) != Dates(b.period)) return false;
    if (a.basis == Basis::share && e_.base(i) != e_.base(j)) return false;
    const bool level = a.basis == Basis::level;
    Scope scope = level ? e_.profit_scope(i) : e_.scope(i);
    const Scope other = level ? e_.profit_scope(j) : e_.scope(j);
    const auto names = [&](std::string_view metric) {
      return std::find(alike_.begin(), alike_.end(), metric) != alike_.end();
    };
    if (names(e_.metric(i)) && names(e_.metric(j))) scope.metric = other.metric;
    if (is_short_for(a.company, b.company) || is_short_for(b.company, a.company)) scope.company = other.company;
    return scope == other && (level || e_.is_loss(i) == e_.is_loss(j));
  }

  Finding report(uint32_t i, uint32_t below) const {
    const Fact& f = e_.fact(i);
    const auto other = printed(e_.fact(below));
    Finding out;
    out.check = "stated_twice";
    out.severity = Severity::suspicious;
    out.at = f.figure;
    out.stated = value_text(f);
    out.computed_low = other ? bound(other->low, e_.fact(below).decimals + 1) : "";
    out.computed_high = other ? bound(other->high, e_.fact(below).decimals + 1) : "";
    out.message_en =
        fmt::format("{}: the headline has {}, but below it is {}", measure_en(f), stated_en(f), cited_en(e_, below));
    out.message_zh = fmt::format("{}：标题写作 {}，而正文为 {}", measure_zh(f), stated_zh(f), cited_zh(e_, below));
    out.facts = {i, below};
    return out;
  }

  const Evidence& e_;
  const std::vector<std::string>& alike_;
  uint32_t end_ = 0;  // of the headline's facts
};

}  // namespace

void check_headline(const Evidence& evidence, Findings& findings) { Headline(evidence).check(findings); }

}  // namespace jiyao
