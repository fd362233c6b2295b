#include "pipeline/match/grammar.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <map>

#include "pipeline/match/build.h"
#include "pipeline/model/symbols.h"

namespace jiyao {

struct Grammar::Rule {
  uint32_t index;  // into RuleSet::mentions
  MentionKind kind;
  std::unique_ptr<re2::RE2> pattern;
  std::array<int, kRoles> group{};  // number of the role's group, 0 if there is none
};

struct Grammar::Tier {
  std::unique_ptr<re2::RE2> where;
  std::unique_ptr<re2::RE2::Set> which;
  std::vector<const Rule*> rules;
};

namespace {

MentionKind kind_named(const std::string& name) {
  static const std::map<std::string, MentionKind> kinds = {
      {"money", MentionKind::money},     {"percent", MentionKind::percent},       {"points", MentionKind::points},
      {"multiple", MentionKind::multiple}, {"count", MentionKind::count},         {"bare", MentionKind::bare},
      {"period", MentionKind::period},   {"ordinal", MentionKind::ordinal},       {"identifier", MentionKind::identifier},
      {"idiom", MentionKind::idiom},     {"unresolved", MentionKind::unresolved}};
  auto it = kinds.find(name);
  return it == kinds.end() ? MentionKind::unresolved : it->second;
}

RE2::Options options(bool longest, int64_t memory) {
  RE2::Options o(RE2::Quiet);
  o.set_longest_match(longest);
  o.set_max_mem(memory);
  return o;
}

}  // namespace

Grammar::Grammar(const RuleSet& rules) : rules_(rules), triggers_(kSymbolLast - kSymbolBase + 1, false) {
  triggers_[kOrdinal] = true;
  for (uint32_t i = 0; i < rules.mentions.size(); ++i) {
    const PatternRule& source = rules.mentions[i];
    auto rule = std::make_unique<Rule>();
    rule->index = i;
    rule->kind = kind_named(source.makes.at("kind"));
    rule->pattern = std::make_unique<RE2>(source.pattern, options(true, 16 << 20));
    const auto& names = rule->pattern->NamedCapturingGroups();
    for (size_t r = 0; r < kRoles; ++r)
      if (auto it = names.find(kRoleNames[r]); it != names.end()) rule->group[r] = it->second;
    for (size_t at = 0; at + 2 < source.pattern.size(); ++at) {
      const CodePoint c = code_point_at(source.pattern, static_cast<uint32_t>(at));
      if (c.value >= kSymbolBase && c.value <= kSymbolLast) triggers_[c.value - kSymbolBase] = true;
    }
    compiled_.push_back(std::move(rule));
  }
  const auto build = [&](bool weak) {
    auto tier = std::make_unique<Tier>();
    tier->which = std::make_unique<RE2::Set>(options(true, 64 << 20), RE2::ANCHOR_BOTH);
    std::string all;
    for (const auto& rule : compiled_) {
      const PatternRule& source = rules.mentions[rule->index];
      const auto it = source.makes.find("tier");
      if ((it != source.makes.end() && it->second == "weak") != weak) continue;
      tier->rules.push_back(rule.get());
      tier->which->Add(source.pattern, nullptr);
      // Group names would clash in the union, and no group is wanted there.
      std::string plain = source.pattern;
      for (size_t at; (at = plain.find("(?P<")) != std::string::npos;)
        plain.replace(at, plain.find('>', at) - at + 1, "(?:");
      all += (all.empty() ? "(?:" : "|(?:") + plain + ")";
    }
    tier->which->Compile();
    tier->where = std::make_unique<RE2>(all, options(true, 64 << 20));
    return tier;
  };
  strong_ = build(false);
  weak_ = build(true);
}

Grammar::~Grammar() = default;

bool Grammar::make(const Rule& rule, const Scan& scan, std::string_view matched, size_t begin, Mentions& out) const {
  std::array<re2::StringPiece, 32> groups;
  const int count = std::min<int>(rule.pattern->NumberOfCapturingGroups() + 1, static_cast<int>(groups.size()));
  if (!rule.pattern->Match(re2::StringPiece(matched.data(), matched.size()), 0, matched.size(), RE2::ANCHOR_BOTH,
                           groups.data(), count))
    return false;
  Parts parts;
  for (size_t r = 0; r < kRoles; ++r) {
    const int g = rule.group[r];
    if (g == 0 || g >= count || groups[static_cast<size_t>(g)].empty()) continue;
    const re2::StringPiece& piece = groups[static_cast<size_t>(g)];
    parts[r].text = {piece.data(), piece.size()};
    const size_t from = begin + static_cast<size_t>(piece.data() - matched.data());
    for (size_t i = from; i < from + piece.size(); ++i) {
      if (scan.element[i] < 0) continue;
      const Element& e = scan.elements[static_cast<size_t>(scan.element[i])];
      if (!parts[r].number && e.number != UINT32_MAX) parts[r].number = &scan.numbers[e.number];
      if (!parts[r].entry && e.word && e.word->entry != UINT32_MAX) parts[r].entry = &rules_.lexicon[e.word->entry];
    }
  }
  const Attributes& makes = rules_.mentions[rule.index].makes;
  Mention m;
  m.kind = rule.kind;
  m.rule = rule.index;
  const size_t end = begin + matched.size();
  // The currency word before a number is read for its unit but is no part of the figure.
  size_t figure_begin = begin;
  if (parts[kBefore]) figure_begin = begin + static_cast<size_t>(parts[kBefore].text.data() + parts[kBefore].text.size() - matched.data());
  m.span = {scan.place[figure_begin], 0};
  const int32_t last = scan.element[end - 1];
  m.span.end = last >= 0 ? scan.elements[static_cast<size_t>(last)].span.end : scan.place[end - 1] + 1;
  if (is_figure(m.kind)) {
    auto figure = build_figure(makes, parts);
    if (!figure) return false;
    m.payload = static_cast<uint32_t>(out.figures.size());
    out.figures.push_back(std::move(*figure));
  } else if (m.kind == MentionKind::period) {
    auto period = build_period(makes, parts);
    if (!period) return false;
    m.payload = static_cast<uint32_t>(out.periods.size());
    out.periods.push_back(*period);
  }
  out.all.push_back(m);
  return true;
}

void Grammar::match_range(const Tier& tier, const Tier* next, const Scan& scan, size_t begin, size_t end,
                          Mentions& out) const {
  const re2::StringPiece text(scan.symbols.data(), scan.symbols.size());
  size_t at = begin, gap = begin;
  std::vector<int> ids;
  while (at < end) {
    re2::StringPiece found;
    if (tier.rules.empty() || !tier.where->Match(text, at, end, RE2::UNANCHORED, &found, 1) || found.empty()) break;
    const auto from = static_cast<size_t>(found.data() - scan.symbols.data());
    const std::string_view matched(found.data(), found.size());
    ids.clear();
    tier.which->Match(found, &ids);
    std::sort(ids.begin(), ids.end());
    bool made = false;
    const size_t before = out.all.size();
    if (next && gap < from) match_range(*next, nullptr, scan, gap, from, out);
    for (int id : ids)
      if ((made = make(*tier.rules[static_cast<size_t>(id)], scan, matched, from, out))) break;
    if (made) {
      at = gap = from + matched.size();
      continue;
    }
    // Nothing could be made of it (month 13): go on behind its first symbol,
    // and look at what was skipped again in the weaker tier.
    if (next) out.all.resize(before);
    at = from + code_point_at(scan.symbols, static_cast<uint32_t>(from)).size;
  }
  if (next && gap < end) match_range(*next, nullptr, scan, gap, end, out);
}

void Grammar::match(const Scan& scan, Mentions& out) const {
  match_range(*strong_, weak_.get(), scan, 0, scan.symbols.size(), out);
}

}  // namespace jiyao
