#include "pipeline/check/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "pipeline/check/sums.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

using Cited = std::string (*)(const Evidence&, uint32_t);

// A loss where the claim is of a profit stands for a negative one.
std::string signed_as(const Evidence& e, const Choice& o, Cited cited) {
  return (o.turned ? "-" : "") + cited(e, o.fact);
}

// The formula with the operands for its names, as the source writes them.
std::string spelled(const Evidence& e, const Comparison& c, Cited cited) {
  std::string text;
  if (c.relation == nullptr) {
    if (c.rest_of_hundred) text = "100%";
    for (const Choice& part : c.operands)
      text += (c.rest_of_hundred ? " - " : text.empty() ? "" : " + ") + signed_as(e, part, cited);
    return text;
  }
  const Formula& formula = c.relation->is;
  size_t at = 0;
  for (const auto& place : formula.places) {
    text += formula.text.substr(at, place.offset - at) + signed_as(e, c.operands[place.name], cited);
    at = place.offset + place.size;
  }
  return text + formula.text.substr(at);
}

// Decimals of the computed bounds: the claim's, one at least of a rate; of a sum its operands'.
int decimals_of(const Evidence& e, const Comparison& c) {
  const Fact& claim = e.fact(c.claim);
  if (claim.unit == "%" || claim.unit == "pp" || claim.unit == "x") return std::max(claim.decimals, 1);
  if (claim.unit == "bp") return std::max(claim.decimals, 0);
  int decimals = claim.decimals;
  for (const Choice& o : c.operands)
    if (o.fact != Comparison::kNone && o.unit == claim.unit) decimals = std::max(decimals, e.fact(o.fact).decimals);
  return decimals + 1;
}

// What is claimed, where the measure alone does not say it.
std::string claimed_en(const Fact& claim) {
  if (claim.basis == Basis::level || claim.basis == Basis::price) return "";
  if (claim.basis == Basis::share) return " share of " + claim.base;
  return std::string(" ") + (claim.basis == Basis::change ? "change" : fmt::format("{} change", name(claim.basis)));
}

std::string claimed_zh(const Fact& claim) {
  switch (claim.basis) {
    case Basis::share:
      return "占" + claim.base + "的比例";
    case Basis::yoy:
      return "同比变动";
    case Basis::qoq:
      return "环比变动";
    case Basis::mom:
      return "月环比变动";
    case Basis::change:
      return "变动";
    case Basis::level:
    case Basis::price:
      break;
  }
  return "";
}

void say_moved(const Evidence& e, const Conflict& conflict, Finding& f) {
  const Fact& fact = e.fact(conflict.at_fault);
  const int power = conflict.slip->power;
  const std::string factor = bound(power_of_ten(std::abs(power)), 0);
  if (const auto here = printed(fact)) {
    const Interval meant = scaled(*here, power_of_ten(power));
    f.computed_low = bound(meant.low, fact.decimals - power + 1);
    f.computed_high = bound(meant.high, fact.decimals - power + 1);
  }
  f.check = "scale";
  f.message_en = fmt::format("{}: stated as {}, which fits at {} {} only: ", measure_en(fact), stated_en(fact),
                             power > 0 ? factor + " times" : "1/" + factor, power > 0 ? "as much" : "of it") +
                 f.message_en;
  f.message_zh = fmt::format("{}：写作 {}，{}方才相符：", measure_zh(fact), stated_zh(fact),
                             power > 0 ? "乘以 " + factor + " " : "除以 " + factor + " ") +
                 f.message_zh;
}

}  // namespace

Finding report(const Evidence& e, const Conflict& conflict) {
  const Comparison& c = *conflict.comparison;
  const Fact& claim = e.fact(c.claim);
  const Fact& fault = e.fact(conflict.at_fault);
  const int decimals = decimals_of(e, c);
  Finding f;
  f.check = c.rule->id;
  f.severity = conflict.severity;
  f.at = fault.figure;
  f.stated = value_text(fault);
  f.computed_low = bound(c.computed.low, decimals);
  f.computed_high = bound(c.computed.high, decimals);
  const std::string low = bound(c.computed.low, decimals);
  const std::string high = bound(c.computed.high, decimals);
  f.message_en = fmt::format("{}{}: {} = {}, stated {}", measure_en(claim), claimed_en(claim), spelled(e, c, cited_en),
                             range_en(low, high, claim.unit), stated_en(claim));
  f.message_zh = fmt::format("{}{}：{} = {}，写作 {}", measure_zh(claim), claimed_zh(claim), spelled(e, c, cited_zh),
                             range_zh(low, high, claim.unit), stated_zh(claim));
  f.facts = {conflict.at_fault};
  if (conflict.at_fault != c.claim) f.facts.push_back(c.claim);
  for (const Choice& o : c.operands)
    if (o.fact != Comparison::kNone && o.fact != conflict.at_fault) f.facts.push_back(o.fact);
  if (conflict.moved_point) say_moved(e, conflict, f);
  if (c.one_sign) {
    f.message_en += ", which holds only if both are profits or both are losses";
    f.message_zh += "，但须两期同为盈利或同为亏损方才相符";
  }
  return f;
}

void check_relations(const Evidence& evidence, Findings& findings) {
  std::vector<Comparison> comparisons = compare(evidence);
  compare_sums(evidence, comparisons);
  for (const Conflict& conflict : judge(evidence, comparisons)) findings.push_back(report(evidence, conflict));
}

}  // namespace jiyao
