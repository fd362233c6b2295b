#include "pipeline/match/grammar.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <map>
#include <unordered_map>

#include "pipeline/match/build.h"
#include "pipeline/model/pattern_shape.h"
#include "pipeline/model/symbols.h"

namespace jiyao {

struct Grammar::Rule {
  uint32_t index;  // into RuleSet::mentions
  MentionKind kind;
  std::unique_ptr<re2::RE2> pattern;
  std::array<int, kRoles> group{};  // number of the role's group, 0 if there is none
};

// A rule that matches the whole of a piece. Spans count from the piece's beginning.
struct Grammar::Candidate {
  struct Group {
    Role role;
    Span span;
  };
  const Rule* rule;
  std::vector<Group> groups;
};

// Part of an island, from whose beginning the span counts.
struct Grammar::Piece {
  Span span;
  Candidates candidates;
};

struct Grammar::Tier {
  std::unique_ptr<re2::RE2> where;
  std::unique_ptr<re2::RE2::Set> which;
  std::vector<const Rule*> rules;
  // With what a match may begin: most places begin none, which costs one look-up to see.
  CharSet first;
  std::vector<bool> begins;

  bool may_begin(char32_t c) const { return first.any || c >= begins.size() || begins[c]; }
};

namespace {

MentionKind kind_named(const std::string& name) {
  static const std::map<std::string, MentionKind> kinds = {
      {"money", MentionKind::money},           {"percent", MentionKind::percent},
      {"points", MentionKind::points},         {"multiple", MentionKind::multiple},
      {"count", MentionKind::count},           {"bare", MentionKind::bare},
      {"period", MentionKind::period},         {"ordinal", MentionKind::ordinal},
      {"identifier", MentionKind::identifier}, {"idiom", MentionKind::idiom},
      {"unresolved", MentionKind::unresolved}};
  auto it = kinds.find(name);
  return it == kinds.end() ? MentionKind::unresolved : it->second;
}

uint64_t next_id() {
  static std::atomic<uint64_t> last = 0;
  return ++last;
}

RE2::Options options(bool longest, int64_t memory) {
  RE2::Options o(RE2::Quiet);
  o.set_longest_match(longest);
  o.set_max_mem(memory);
  return o;
}

}  // namespace

Grammar::Grammar(const RuleSet& rules)
    : rules_(rules), id_(next_id()), triggers_(kSymbolLast - kSymbolBase + 1, false) {
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
    alphabet_.add(source.pattern);
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
      tier->first.add(PatternShape::of(source.pattern).first);
      tier->which->Add(source.pattern, nullptr);
      // Group names would clash in the union, and no group is wanted there.
      std::string plain = source.pattern;
      for (size_t at; (at = plain.find("(?P<")) != std::string::npos;)
        plain.replace(at, plain.find('>', at) - at + 1, "(?:");
      all += (all.empty() ? "(?:" : "|(?:") + plain + ")";
    }
    tier->which->Compile();
    tier->where = std::make_unique<RE2>(all, options(true, 64 << 20));
    tier->begins.resize(0x10000, false);
    for (const char32_t c : tier->first.characters)
      if (c < tier->begins.size()) tier->begins[c] = true;
    return tier;
  };
  strong_ = build(false);
  weak_ = build(true);
}

Grammar::~Grammar() = default;

namespace {

constexpr int kShorterTried = 4;  // a bound, so that the work stays linear

re2::StringPiece piece_of(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

// What a thread remembers of the grammar it last worked with. Emptied when full:
// the few islands that come all the time are soon back.
struct Grammar::Memory {
  static constexpr size_t kMost = 16384;
  static constexpr size_t kLongest = 128;  // bytes; what is longer hardly comes again
  uint64_t grammar = 0;
  std::unordered_map<std::string, std::vector<Piece>> islands;
  std::unordered_map<std::string, Candidates> strong, weak;  // by the text matched
  std::string key;
  std::vector<Piece> of_long_one;

  void make_room(uint64_t id) {
    const bool full = std::max({islands.size(), strong.size(), weak.size()}) >= kMost;
    if (grammar == id && !full) return;
    islands.clear();
    strong.clear();
    weak.clear();
    grammar = id;
  }
};

Grammar::Memory& Grammar::memory() {
  thread_local Memory memory;
  return memory;
}

// The same pieces come even more often than the same islands.
Grammar::Candidates Grammar::candidates(const Tier& tier, std::string_view matched) const {
  if (matched.size() > Memory::kLongest) return find_candidates(tier, matched);
  Memory& known = memory();
  known.key = matched;
  auto& of_tier = &tier == strong_.get() ? known.strong : known.weak;
  const auto [it, is_new] = of_tier.try_emplace(known.key);
  if (is_new) it->second = find_candidates(tier, matched);
  return it->second;
}

// The rules of which `matched` is the whole, first in file first.
Grammar::Candidates Grammar::find_candidates(const Tier& tier, std::string_view matched) const {
  std::vector<int> ids;
  tier.which->Match(piece_of(matched), &ids);
  std::sort(ids.begin(), ids.end());
  std::vector<Candidate> found;
  for (const int id : ids) {
    const Rule& rule = *tier.rules[static_cast<size_t>(id)];
    std::array<re2::StringPiece, 32> groups;
    const int count = std::min<int>(rule.pattern->NumberOfCapturingGroups() + 1, static_cast<int>(groups.size()));
    if (!rule.pattern->Match(piece_of(matched), 0, matched.size(), RE2::ANCHOR_BOTH, groups.data(), count)) continue;
    Candidate candidate{&rule, {}};
    for (size_t r = 0; r < kRoles; ++r) {
      const int g = rule.group[r];
      if (g == 0 || g >= count || groups[static_cast<size_t>(g)].empty()) continue;
      const re2::StringPiece& group = groups[static_cast<size_t>(g)];
      const auto begin = static_cast<uint32_t>(group.data() - matched.data());
      candidate.groups.push_back({static_cast<Role>(r), {begin, begin + static_cast<uint32_t>(group.size())}});
    }
    found.push_back(std::move(candidate));
  }
  return std::make_shared<const std::vector<Candidate>>(std::move(found));
}

// The matches in `range` that work, in text order. Where the stronger tier finds
// nothing, the weaker one, `next`, is asked.
void Grammar::find_pieces(const Tier& tier, const Tier* next, std::string_view island, Span range, const Works& works,
                          std::vector<Piece>& pieces) const {
  uint32_t at = range.begin, gap = range.begin;
  // From place to place, anchored: searching ahead would make RE2 follow every
  // place at once, in states of its automaton that hardly ever come again.
  while (at < range.end && !tier.rules.empty()) {
    re2::StringPiece found;
    const auto begin = at;
    const CodePoint c = code_point_at(island, at);
    if (!tier.may_begin(c.value) || !tier.where->Match(piece_of(island), at, range.end, RE2::ANCHOR_START, &found, 1) ||
        found.empty()) {
      at += c.size;
      continue;
    }
    const auto piece_to = [&](size_t size) {
      return Piece{{begin, begin + static_cast<uint32_t>(size)}, candidates(tier, island.substr(begin, size))};
    };
    Piece piece = piece_to(found.size());
    bool made = works(piece);
    // Nothing could be made of it (month 13, 三家前 as a length): something shorter may stand there.
    for (int tries = 0; !made && tries < kShorterTried; ++tries) {
      if (!tier.where->Match(piece_of(island), begin, piece.span.end - 1, RE2::ANCHOR_START, &found, 1)) break;
      if (found.empty()) break;
      piece = piece_to(found.size());
      made = works(piece);
    }
    if (!made) {
      // Go on behind its first symbol, and leave what was skipped to the weaker tier.
      at = begin + c.size;
      continue;
    }
    if (next && gap < begin) find_pieces(*next, nullptr, island, {gap, begin}, works, pieces);
    at = gap = piece.span.end;
    pieces.push_back(std::move(piece));
  }
  if (next && gap < range.end) find_pieces(*next, nullptr, island, {gap, range.end}, works, pieces);
}

// The pieces of an island if every piece works.
const std::vector<Grammar::Piece>& Grammar::pieces_of(std::string_view island) const {
  Memory& known = memory();
  known.make_room(id_);
  const auto find = [&](std::vector<Piece>& pieces) {
    pieces.clear();
    const auto works = [](const Piece& piece) { return !piece.candidates->empty(); };
    find_pieces(*strong_, weak_.get(), island, {0, static_cast<uint32_t>(island.size())}, works, pieces);
  };
  if (island.size() > Memory::kLongest) {
    find(known.of_long_one);
    return known.of_long_one;
  }
  known.key = island;
  const auto [it, is_new] = known.islands.try_emplace(known.key);
  if (is_new) find(it->second);
  return it->second;
}

// By the first candidate that makes sense.
bool Grammar::make(const Piece& piece, const Scan& scan, uint32_t island, Mentions& out) const {
  return std::any_of(piece.candidates->begin(), piece.candidates->end(),
                     [&](const Candidate& c) { return make(c, piece, scan, island, out); });
}

bool Grammar::make(const Candidate& candidate, const Piece& piece, const Scan& scan, uint32_t island,
                   Mentions& out) const {
  const uint32_t begin = island + piece.span.begin, end = island + piece.span.end;
  const Rule& rule = *candidate.rule;
  // What stands around the mention is read but is no part of it: (2330), a
  // currency before the number, 之间 behind it, and 多 behind the unit (三成多, but 三亿多).
  uint32_t own_begin = begin, own_end = end;
  Parts parts;
  for (const auto& [role, span] : candidate.groups) {
    Part& part = parts[role];
    part.text = std::string_view(scan.symbols).substr(begin + span.begin, span.size());
    if (role == kBefore) own_begin = begin + span.end;
    if (role == kBehind) own_end = begin + span.begin;
    if (role == kMore && begin + span.end == end && rule.kind != MentionKind::bare) own_end = begin + span.begin;
    if (role == kItself) own_begin = begin + span.begin, own_end = begin + span.end;
    for (uint32_t i = begin + span.begin; i < begin + span.end; ++i) {
      if (scan.origins[i].element < 0) continue;
      const Element& e = scan.elements[static_cast<size_t>(scan.origins[i].element)];
      if (!part.number && e.number != UINT32_MAX) part.number = &scan.numbers[e.number];
      if (!part.entry && e.word && e.word->entry != UINT32_MAX) part.entry = &rules_.lexicon[e.word->entry];
    }
  }
  const Attributes& makes = rules_.mentions[rule.index].makes;
  Mention m;
  m.kind = rule.kind;
  m.rule = rule.index;
  m.span = {scan.origins[own_begin].place, 0};
  const auto [place, last] = scan.origins[own_end - 1];
  m.span.end = last >= 0 ? scan.elements[static_cast<size_t>(last)].span.end : place + 1;
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

// An island with a piece of which nothing could be made: what the rules say of
// the rest of it depends on its numbers, so it is matched for itself.
void Grammar::match_again(const Scan& scan, Span island, Mentions& out) const {
  std::vector<Piece> pieces;
  const auto works = [&](const Piece& piece) {
    Mentions trial;
    return make(piece, scan, island.begin, trial);
  };
  find_pieces(*strong_, weak_.get(), std::string_view(scan.symbols).substr(island.begin, island.size()),
              {0, island.size()}, works, pieces);
  for (const Piece& piece : pieces) make(piece, scan, island.begin, out);
}

void Grammar::match(const Scan& scan, Mentions& out) const {
  for (const Span island : scan.islands) {
    const auto& pieces = pieces_of(std::string_view(scan.symbols).substr(island.begin, island.size()));
    const size_t before = out.all.size();
    const bool made = std::all_of(pieces.begin(), pieces.end(),
                                  [&](const Piece& piece) { return make(piece, scan, island.begin, out); });
    if (made) continue;
    out.all.resize(before);
    match_again(scan, island, out);
  }
}

}  // namespace jiyao
