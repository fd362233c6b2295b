#include "pipeline/check/parts.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "pipeline/check/words.h"

namespace jiyao {
namespace {

bool is_part(const Evidence& e, uint32_t i, Basis basis) {
  const Fact& f = e.fact(i);
  if (f.basis != basis || !f.value || f.value->is_negative() || f.period.empty()) return false;
  if (basis == Basis::share) return f.unit == "%" && f.qualifier == Qualifier::none;
  return !e.is_whole(i) && is_amount(f.unit) && f.metric != "other" && e.is_level(i);
}

// A segment is spoken of between them that is none of them: 碳酸 30.7%；飲用水 9.4 億元；其他 7.4%.
bool leave_one_out(const Evidence& e, const Parts& parts) {
  const Scope& scope = e.scope(parts.front());
  for (uint32_t i = parts.front(); i < parts.back(); ++i) {
    const bool other = std::none_of(parts.begin(), parts.end(),
                                    [&](uint32_t part) { return e.scope(part).segment == e.scope(i).segment; });
    if (other && !e.fact(i).segment.empty() && e.is_level(i) && e.scope(i).metric == scope.metric &&
        e.fact(i).period == e.fact(parts.front()).period)
      return true;
  }
  return false;
}

std::string_view between(const Evidence& e, uint32_t a, uint32_t b) {
  return cut_out(e.document().folded.text, {e.fact(a).figure.end, e.fact(b).figure.begin});
}

}  // namespace

std::vector<Parts> part_groups(const Evidence& e, Basis basis) {
  std::vector<std::pair<PartGroup, uint32_t>> members;
  for (uint32_t i = 0; i < e.facts().size(); ++i) {
    if (!is_part(e, i, basis)) continue;
    const Fact& f = e.fact(i);
    members.push_back({{e.scope(i).metric, e.scope(i).company, Dates(f.period), f.unit, e.list(i)}, i});
  }
  std::sort(members.begin(), members.end());
  std::vector<Parts> groups;
  for (size_t begin = 0, end = 0; begin < members.size(); begin = end) {
    Parts parts;
    for (; end < members.size() && members[end].first == members[begin].first; ++end)
      parts.push_back(members[end].second);
    if (parts.size() >= 2) groups.push_back(std::move(parts));
  }
  return groups;
}

std::vector<Choice> choices_among(const Evidence& e, const Parts& parts, uint32_t claim) {
  std::vector<Choice> all;
  for (const uint32_t i : parts) {
    const auto range = e.printed(i, claim);
    const auto wide = e.allowed(i, claim);
    if (range && wide) all.push_back({*range, *wide, i, e.fact(i).unit, false, e.turned(i, claim), nullptr});
  }
  return all;
}

std::optional<Interval> sum_of(const Evidence& e, const Comparison& c, Interval Choice::*of) {
  std::vector<Interval> values;
  for (const Choice& choice : c.operands) values.push_back(choice.*of);
  return compute(c, e.fact(c.claim), values);
}

std::optional<Comparison> total_against(const Evidence& e, const CheckRule& rule, uint32_t total, const Parts& parts) {
  Comparison c;
  c.rule = &rule;
  c.claim = total;
  c.operands = choices_among(e, parts, total);
  const auto stated = allowed(e.fact(total));
  const auto wide = sum_of(e, c, &Choice::allowed);
  const auto narrow = sum_of(e, c, &Choice::printed);
  if (!stated || !wide || !narrow) return std::nullopt;
  c.agrees = wide->meets(*stated);
  c.computed = *narrow;
  return c;
}

bool explained_by_hand(const Evidence& e, const Comparison& c) {
  const auto is_long = [&](uint32_t i) { return e.fact(i).value && std::abs(e.fact(i).value->coefficient()) >= 100; };
  const bool long_numbers =
      is_long(c.claim) && c.operands.size() >= 3 &&
      std::all_of(c.operands.begin(), c.operands.end(), [&](const Choice& o) { return is_long(o.fact); });
  const auto typed = [&](uint32_t fact) {
    const auto slip = slip_of(e, c, fact);
    return slip && (slip->is_typing() || (slip->kind == Slip::Kind::digit && long_numbers));
  };
  return typed(c.claim) ||
         std::any_of(c.operands.begin(), c.operands.end(), [&](const Choice& o) { return typed(o.fact); });
}

bool nested(const Evidence& e, const Parts& parts) {
  return has_any(between(e, parts.front(), parts.back()), e.known().words("nested"));
}

bool said_complete(const Evidence& e, const Parts& parts) {
  const Fact& first = e.fact(parts.front());
  if (first.metric == "other") return false;
  const Span stretch = {e.sentence_span(parts.front()).begin, e.sentence_span(parts.back()).end};
  if (first.basis == Basis::level && e.same_sentence(parts.front(), parts.back()) &&
      has_any(cut_out(e.document().folded.text, stretch), e.known().words("complete")))
    return true;
  return parts.size() > 2 && has_any(between(e, parts[parts.size() - 2], parts.back()), e.known().words("rest")) &&
         !leave_one_out(e, parts);
}

bool totalled(const Evidence& e, const Parts& parts, uint32_t total) {
  if (total != parts.back() + 1 || e.list(total) != e.list(parts.front())) return false;
  const Span before = {e.sentence_span(total).begin, e.fact(total).figure.begin};
  return has_any(cut_out(e.document().folded.text, before), e.known().words("complete"));
}

bool leave_no_third(const Evidence& e, const Parts& parts) {
  if (parts.size() != 2) return false;
  const Fact& a = e.fact(parts.front());
  const Fact& b = e.fact(parts.back());
  const auto& halves = e.known().words("halves");
  const auto is = [](const Fact& f, const std::string& word) {
    return f.segment.find(word) != std::string::npos ||
           (f.segment.empty() && f.subject.find(word) != std::string::npos);
  };
  for (size_t i = 0; i + 1 < halves.size(); i += 2) {
    if ((is(a, halves[i]) && is(b, halves[i + 1])) || (is(a, halves[i + 1]) && is(b, halves[i]))) return true;
  }
  return false;
}

bool distinct(const Evidence& e, const Parts& parts) {
  if (parts.size() > kMostParts) return false;
  std::vector<std::pair<uint32_t, uint32_t>> names;
  names.reserve(parts.size());
  for (const uint32_t i : parts) names.emplace_back(e.scope(i).segment, e.fact(i).segment.empty() ? e.subject(i) : 0);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

}  // namespace jiyao
