#include "pipeline/resolve/relations.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace jiyao {

struct Relations::Rule {
  struct Part {
    int group;
    const Attributes* attributes;
  };
  std::unique_ptr<RE2> pattern;
  std::vector<Part> parts;
};

namespace {

constexpr int kMaxGroups = 16;
using Groups = std::array<re2::StringPiece, kMaxGroups>;

struct Match {
  const View& view;
  const Groups& groups;
  const std::map<std::string, int>& names;

  const re2::StringPiece* group(const std::string& name) const {
    auto it = names.find(name);
    if (it == names.end() || it->second >= kMaxGroups || groups[static_cast<size_t>(it->second)].empty())
      return nullptr;
    return &groups[static_cast<size_t>(it->second)];
  }
  size_t offset(const re2::StringPiece& piece) const { return static_cast<size_t>(piece.data() - view.symbols.data()); }
  // The folded text a group covers.
  Span span(const re2::StringPiece& piece) const {
    return {view.place[offset(piece)], view.place[offset(piece) + piece.size()]};
  }
  int32_t mention(const re2::StringPiece& piece) const { return view.mention[offset(piece)]; }
};

template <size_t N>
int named(const std::array<const char*, N>& names, const std::string& text) {
  for (size_t i = 0; i < N; ++i)
    if (text == names[i]) return static_cast<int>(i);
  return -1;
}

void claim_basis(const std::string& value, Claim& claim) {
  if (claim.basis || claim.versus) return;
  if (value == "versus") {
    claim.versus = true;
    return;
  }
  const size_t both = value.find('+');
  if (const int b = named(kBasisNames, value.substr(0, both)); b >= 0) claim.basis = static_cast<Basis>(b);
  if (both == std::string::npos) return;
  if (const int b = named(kBasisNames, value.substr(both + 1)); b >= 0) claim.second_basis = static_cast<Basis>(b);
}

// What a claim has said, to see whether it says more by now.
auto said(const Claim& c) {
  return std::tuple(c.basis, c.versus, c.sign, c.status, c.qualifier, c.period, c.earlier, c.base, c.subject,
                    c.metric.empty(), c.no_fact);
}

// One attribute of one group; true if it said something new.
bool claim_attribute(const std::string& key, const std::string& value, const Match& match, Claim& claim) {
  const auto before = said(claim);
  if (key == "basis") claim_basis(value, claim);
  if (key == "sign" && claim.sign == 0) claim.sign = value == "-" ? -1 : 1;
  if (key == "status" && !claim.status)
    if (const int s = named(kStatusNames, value); s >= 0) claim.status = static_cast<Status>(s);
  if (key == "qualifier" && !claim.qualifier)
    if (const int q = named(kQualifierNames, value); q >= 0) claim.qualifier = static_cast<Qualifier>(q);
  if (key == "period" && claim.period == kNone && !claim.earlier) {
    if (value == "earlier")
      claim.earlier = true;
    else if (const auto* piece = match.group(value); piece && match.mention(*piece) >= 0)
      claim.period = static_cast<uint32_t>(match.mention(*piece));
  }
  if (key == "base")
    if (const auto* piece = match.group(value)) {
      const int32_t m = match.mention(*piece);
      if (claim.versus && m >= 0 && claim.base_period == kNone)
        claim.base_period = static_cast<uint32_t>(m);
      else if (claim.base.empty())
        claim.base = match.span(*piece);
    }
  if (key == "subject" && claim.subject.empty())
    if (const auto* piece = match.group(value)) claim.subject = match.span(*piece);
  if (key == "metric" && claim.metric.empty()) claim.metric = value;
  if (key == "class") claim.no_fact = true;
  return before != said(claim);
}

}  // namespace

Relations::Relations(const RuleSet& rules) : rules_(rules) {
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(32 << 20);
  for (const PatternRule& source : rules.relations) {
    auto rule = std::make_unique<Rule>();
    rule->pattern = std::make_unique<RE2>(source.pattern, options);
    for (const auto& [name, number] : rule->pattern->NamedCapturingGroups())
      if (auto it = source.parts.find(name); it != source.parts.end() && number < kMaxGroups)
        rule->parts.push_back({number, &it->second});
    needs_.add(source.pattern);
    compiled_.push_back(std::move(rule));
  }
}

Relations::~Relations() = default;

// What a rule says wherever it matches.
void Relations::apply_rule(uint32_t id, const View& view, std::vector<Claim>& claims) const {
  const Rule& rule = *compiled_[id];
  const re2::StringPiece text(view.symbols);
  const int count = std::min(kMaxGroups, rule.pattern->NumberOfCapturingGroups() + 1);
  Groups groups;
  size_t at = 0;
  while (at <= text.size() && rule.pattern->Match(text, at, text.size(), RE2::UNANCHORED, groups.data(), count)) {
    const Match match{view, groups, rule.pattern->NamedCapturingGroups()};
    for (const Rule::Part& part : rule.parts) {
      const re2::StringPiece& piece = groups[static_cast<size_t>(part.group)];
      if (piece.empty()) continue;
      const int32_t mention = match.mention(piece);
      if (mention < static_cast<int32_t>(view.first)) continue;
      Claim& claim = claims[static_cast<uint32_t>(mention) - view.first];
      bool more = false;
      // `basis` first: what `base` means depends on it.
      if (auto it = part.attributes->find("basis"); it != part.attributes->end())
        more = claim_attribute(it->first, it->second, match, claim);
      for (const auto& [key, value] : *part.attributes)
        if (key != "basis") more = claim_attribute(key, value, match, claim) || more;
      if (more) claim.rules.push_back(id);
    }
    const size_t end = match.offset(groups[0]) + groups[0].size();
    // The last figure of one match may be the first of the next.
    const size_t symbol = 3;
    at = groups[0].size() > symbol ? std::max(at + 1, end - symbol) : end + (groups[0].empty() ? 1 : 0);
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
}

void Relations::apply(const View& view, std::vector<Claim>& claims) const {
  claims.assign(view.last - view.first, Claim{});
  if (!view.has_figure) return;
  thread_local std::vector<uint16_t> scratch;
  thread_local std::vector<uint32_t> candidates;
  needs_.find(view.symbols, scratch, candidates);
  for (const uint32_t id : candidates) apply_rule(id, view, claims);
}

}  // namespace jiyao
