// Versions of one call: its Traditional and its Simplified text, two transcripts,
// a copy. Two documents are versions of each other if most of what they state is
// the same, of one company and one report:
//
//   a   收入 86.4 億元   毛利率 54.3%   淨利潤 11.2 億元   研發費用 9.1 億元
//   b   收入 86.4 亿元   毛利率 54.3%   净利润 12.1 亿元   研发费用 9.1 亿元
//
// What is stated once in each ties the two together; between two such ties,
// facts of one thing are held against each other.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "pipeline/check/collation.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

constexpr uint32_t kNobody = UINT32_MAX;

// A number of what is stated: equal for equal things. Two of 64 bits that are
// equal by chance cost one comparison of versions and no finding.
using Hash = uint64_t;

Hash mixed(Hash hash, uint64_t part) {
  hash = (hash ^ part) * 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
  return hash ^ hash >> 32;
}

uint64_t number_of(Date d) {
  return static_cast<uint64_t>(d.year) << 16 | static_cast<uint64_t>(d.month) << 8 | static_cast<uint64_t>(d.day);
}

Hash hash_of(const Thing& t) {
  Hash hash = 1;
  for (const uint64_t part :
       {uint64_t{t.metric}, uint64_t{t.segment}, uint64_t{t.subject}, uint64_t{t.base}, uint64_t{t.unit},
        static_cast<uint64_t>(t.basis), number_of(t.dates.start), number_of(t.dates.end), uint64_t{t.dates.instant}})
    hash = mixed(hash, part);
  return hash;
}

// 1.10 and 1.1 are one value.
Hash with_value(Hash hash, const StatedFact& f) {
  for (const Decimal& value : {f.low, f.high}) {
    int64_t digits = value.coefficient();
    int exponent = value.exponent();
    for (; digits != 0 && digits % 10 == 0; digits /= 10) ++exponent;
    hash = mixed(mixed(hash, static_cast<uint64_t>(digits)), static_cast<uint64_t>(digits == 0 ? 0 : exponent));
  }
  return mixed(hash, static_cast<uint64_t>(f.status));
}

struct Sequence {
  std::vector<Hash> things;  // by fact: what is stated
  std::vector<Hash> whole;   // by fact: that, and the value
  std::vector<Hash> kinds;   // by fact: basis and unit alone
  std::vector<Hash> said;    // `whole`, sorted, each once
};

Sequence sequence_of(const Collation& all, uint32_t document) {
  Sequence s;
  const auto count = static_cast<uint32_t>(all.document(document).facts.size());
  for (uint32_t i = 0; i < count; ++i) {
    const Thing thing = all.thing({document, i});
    s.things.push_back(hash_of(thing));
    s.kinds.push_back(mixed(thing.unit, static_cast<uint64_t>(thing.basis)));
    s.whole.push_back(with_value(s.things.back(), all.fact({document, i})));
  }
  s.said = s.whole;
  std::sort(s.said.begin(), s.said.end());
  s.said.erase(std::unique(s.said.begin(), s.said.end()), s.said.end());
  return s;
}

// Index by value of what stands once in it.
std::unordered_map<Hash, uint32_t> singles(const std::vector<Hash>& values) {
  std::unordered_map<Hash, uint32_t> found;
  for (uint32_t i = 0; i < values.size(); ++i) {
    const auto [at, added] = found.try_emplace(values[i], i);
    if (!added) at->second = kNobody;
  }
  return found;
}

struct Pair {
  uint32_t a = kNobody;  // facts; kNobody: there is none
  uint32_t b = kNobody;
};

// What stands once in each, in the order of both: the longest rising row of
// places in b (patience sorting, as in patience diff).
std::vector<Pair> ties(const Sequence& a, const Sequence& b) {
  const auto in_b = singles(b.whole);
  const auto in_a = singles(a.whole);
  std::vector<Pair> pairs;
  for (uint32_t i = 0; i < a.whole.size(); ++i) {
    const auto there = in_b.find(a.whole[i]);
    if (there != in_b.end() && there->second != kNobody && in_a.at(a.whole[i]) == i)
      pairs.push_back({i, there->second});
  }
  std::vector<uint32_t> tails;  // pairs; the lowest end of a row of each length
  std::vector<uint32_t> before(pairs.size(), kNobody);
  for (uint32_t i = 0; i < pairs.size(); ++i) {
    const auto at = std::lower_bound(tails.begin(), tails.end(), pairs[i].b,
                                     [&](uint32_t tail, uint32_t place) { return pairs[tail].b < place; });
    if (at != tails.begin()) before[i] = *std::prev(at);
    if (at == tails.end()) {
      tails.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<Pair> row;
  for (uint32_t i = tails.empty() ? kNobody : tails.back(); i != kNobody; i = before[i]) row.push_back(pairs[i]);
  std::reverse(row.begin(), row.end());
  return row;
}

// Between two ties: each fact of a with the next of b that states the same thing.
// What is left on both sides is of one thing too where it is as much, of the same
// kinds: a figure that was changed may be read as of something else.
void pair_up(const Sequence& a, const Sequence& b, Pair from, Pair to, std::vector<Pair>& out) {
  std::unordered_map<Hash, std::vector<uint32_t>> waiting;  // of b, last first
  for (uint32_t j = to.b; j-- > from.b;) waiting[b.things[j]].push_back(j);
  std::vector<uint32_t> left_of_a;
  for (uint32_t i = from.a; i < to.a; ++i) {
    auto& same = waiting[a.things[i]];
    if (same.empty()) {
      left_of_a.push_back(i);
    } else {
      out.push_back({i, same.back()});
      same.pop_back();
    }
  }
  std::vector<uint32_t> left_of_b;
  for (const auto& [thing, left] : waiting) left_of_b.insert(left_of_b.end(), left.begin(), left.end());
  std::sort(left_of_b.begin(), left_of_b.end());
  const bool even = std::equal(left_of_a.begin(), left_of_a.end(), left_of_b.begin(), left_of_b.end(),
                               [&](uint32_t i, uint32_t j) { return a.kinds[i] == b.kinds[j]; });
  for (size_t i = 0; i < left_of_a.size(); ++i) out.push_back({left_of_a[i], even ? left_of_b[i] : kNobody});
  for (size_t i = 0; i < left_of_b.size() && !even; ++i) out.push_back({kNobody, left_of_b[i]});
}

std::vector<Pair> aligned(const Sequence& a, const Sequence& b) {
  std::vector<Pair> out;
  Pair from = {0, 0};
  auto row = ties(a, b);
  row.push_back({static_cast<uint32_t>(a.whole.size()), static_cast<uint32_t>(b.whole.size())});
  for (const Pair& tie : row) {
    pair_up(a, b, from, tie, out);
    from = {tie.a + 1, tie.b + 1};
  }
  return out;
}

class Comparer {
 public:
  explicit Comparer(const Collation& all) : all_(all) {
    out_.set_aside.resize(all.size(), false);
    for (uint32_t i = 0; i < all.size(); ++i) sequences_.push_back(sequence_of(all, i));
  }

  Versions run() {
    find_copies();
    for (const auto& [other, first] : find_versions()) {
      out_.set_aside[other] = true;
      compare(first, other);
    }
    return std::move(out_);
  }

 private:
  void find_copies() {
    std::unordered_map<std::string_view, uint32_t> known;
    for (uint32_t i = 0; i < all_.size(); ++i) {
      const Statements& of = all_.document(i);
      const auto [first, added] = known.try_emplace(of.sha256, i);
      if (added || of.sha256.empty()) continue;
      out_.set_aside[i] = true;
      FindingRow row;
      row.check = "copy";
      row.document = of.document;
      row.line = 1;
      row.message_en = fmt::format("byte for byte the same as {}; compared with no other document",
                                   all_.document(first->second).document);
      row.message_zh = fmt::format("与 {} 逐字节相同，不再与其他文件比对", all_.document(first->second).document);
      row.id = copy_id(of, all_.document(first->second));
      out_.findings.push_back(std::move(row));
    }
  }

  // Of one report: the period, and days of publication at most three apart.
  bool of_one_report(uint32_t a, uint32_t b) const {
    const Statements& x = all_.document(a);
    const Statements& y = all_.document(b);
    if (x.period_end != y.period_end || x.period_start != y.period_start) return false;
    if (x.published.year == 0 || y.published.year == 0) return true;
    return x.published <= y.published.plus_days(3) && y.published <= x.published.plus_days(3);
  }

  uint32_t company_of(uint32_t document) const {
    return all_.document(document).facts.empty() ? 0 : all_.company({document, 0});
  }

  // Version → the first document that it is a version of. What more than a few
  // documents state tells no two of them apart, and is passed over.
  std::map<uint32_t, uint32_t> find_versions() const {
    constexpr size_t kFew = 8;
    std::unordered_map<Hash, std::vector<uint32_t>> stating;
    for (uint32_t i = 0; i < all_.size(); ++i) {
      if (out_.set_aside[i]) continue;
      for (const Hash hash : sequences_[i].said) stating[hash].push_back(i);
    }
    std::map<std::pair<uint32_t, uint32_t>, size_t> shared;
    for (const auto& [hash, documents] : stating) {
      if (documents.size() > kFew) continue;
      for (size_t i = 0; i < documents.size(); ++i) {
        for (size_t j = i + 1; j < documents.size(); ++j) ++shared[{documents[i], documents[j]}];
      }
    }
    std::map<uint32_t, uint32_t> found;
    for (const auto& [pair, count] : shared) {
      const auto [a, b] = pair;
      if (found.contains(a) || company_of(a) != company_of(b) || !of_one_report(a, b)) continue;
      if (count >= kLeast && share_of(count, a, b) >= kMost) found.try_emplace(b, a);
    }
    return found;
  }

  // Of what the longer one says.
  double share_of(size_t count, uint32_t a, uint32_t b) const {
    return static_cast<double>(count) /
           static_cast<double>(std::max(sequences_[a].said.size(), sequences_[b].said.size()));
  }

  void compare(uint32_t first, uint32_t other) {
    const auto pairs = aligned(sequences_[first], sequences_[other]);
    const auto lost = static_cast<size_t>(
        std::count_if(pairs.begin(), pairs.end(), [](const Pair& p) { return p.a == kNobody || p.b == kNobody; }));
    const bool whole = share_of(lost, first, other) <= kFewLost;
    for (const Pair& pair : pairs) {
      const Place here = {other, pair.b};
      const Place there = {first, pair.a};
      if (pair.a != kNobody && pair.b != kNobody) {
        report_difference(here, there);
      } else if (whole) {
        pair.b == kNobody ? report_missing(there, other) : report_missing(here, first);
      }
    }
  }

  // 超過 and 近 are words of both versions, and leave the number what it is.
  Interval as_printed(Place at) const {
    Fact fact = all_.worded(at);
    fact.qualifier = Qualifier::none;
    return allowed(fact).value_or(all_.allowed_at(at));
  }

  void report_difference(Place here, Place there) {
    if (as_printed(here).meets(as_printed(there))) return;
    const bool one_thing = all_.thing(here) == all_.thing(there);
    FindingRow row =
        finding_at(all_, "version", one_thing ? Severity::contradiction : Severity::suspicious, here, {there});
    const Fact other = all_.worded(there);
    if (const auto range = printed(other)) {
      row.computed_low = bound(range->low, other.decimals + 1);
      row.computed_high = bound(range->high, other.decimals + 1);
    }
    const Fact fact = all_.worded(here);
    row.message_en = fmt::format("{}: stated as {} here, but as {} in another version of the same text",
                                 measure_en(fact), written(all_, here), cited_in_en(all_, there));
    row.message_zh = fmt::format("{}：此处写作 {}，而同一文件的另一版本为 {}", measure_zh(fact), written(all_, here),
                                 cited_in_zh(all_, there));
    out_.findings.push_back(std::move(row));
  }

  void report_missing(Place at, uint32_t from) {
    FindingRow row = finding_at(all_, "version", Severity::suspicious, at, {});
    const Fact fact = all_.worded(at);
    const std::string& other = all_.document(from).document;
    row.message_en = fmt::format("{}: {} is not in {}, another version of the same text", measure_en(fact),
                                 written(all_, at), other);
    row.message_zh = fmt::format("{}：{} 不见于同一文件的另一版本 {}", measure_zh(fact), written(all_, at), other);
    out_.findings.push_back(std::move(row));
  }

  static constexpr size_t kLeast = 5;      // facts in common
  static constexpr double kMost = 0.6;     // of the longer one's facts
  static constexpr double kFewLost = 0.1;  // more is another text on the same call

  const Collation& all_;
  std::vector<Sequence> sequences_;
  Versions out_;
};

}  // namespace

Versions compare_versions(const Collation& all) { return Comparer(all).run(); }

}  // namespace jiyao
