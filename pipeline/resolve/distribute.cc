// Several subjects and as many figures, and who gets which.
#include <algorithm>

#include "pipeline/resolve/owner.h"
#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

constexpr auto kBetweenPairs = std::to_array<std::string_view>({"、", "/", ",", ";", "和", "及", "与"});

// Phrases without a metric of their own are parts of what `about` is of.
void limit(std::vector<Topic>& topics, const Topic& about) {
  if (about.metric == kNone) return;
  for (Topic& t : topics) {
    t.segment = t.phrase;
    t.phrase = t.word = about.word;
    t.metric = about.metric;
  }
}

// 单价、客流量 of 收入、单价、客流量、毛利率: in a list of unlike measures each part is one.
void add_parts(std::string_view folded, const Topic& topic, std::vector<Topic>& parts) {
  constexpr size_t kMostParts = 8;
  for (size_t count = 2; count <= kMostParts; ++count) {
    std::vector<Topic> split = split_topic(folded, topic, count);
    if (split.empty()) continue;
    for (size_t i = 0; i < count; ++i) {
      Topic& part = split[i];
      if (i + 1 < count && !part.segment.empty()) {
        part.phrase = part.word = part.segment;
        part.metric = kNone;
      }
      part.segment = {};
      parts.push_back(part);
    }
    return;
  }
  parts.push_back(topic);
}

}  // namespace

// Behind the last figure of the list that begins with the candidate.
size_t DocumentResolver::end_of_list(size_t candidate) const {
  size_t end = candidate + 1;
  while (end < candidates_.size() && candidates_[end].listed) ++end;
  return end;
}

// 分别为93亿元/-43%、16亿元(-57%): how many amounts, each with its change, begin with the candidate.
size_t DocumentResolver::pairs_from(size_t candidate) const {
  const auto kind = [&](size_t i) { return mentions_.all[candidates_[i].mention].kind; };
  const auto span = [&](size_t i) { return mentions_.all[candidates_[i].mention].span; };
  size_t pairs = 0;
  for (size_t i = candidate; i + 1 < candidates_.size(); i += 2, ++pairs) {
    if (candidates_[i].clause != candidates_[candidate].clause && pairs == 0) break;
    if (is_change_kind(kind(i)) || !is_change_kind(kind(i + 1))) break;
    const std::string_view joint = text({span(i).end, span(i + 1).begin});
    if (joint != "/" && joint != "(") break;
    if (pairs == 0) continue;
    std::string_view before = text({span(i - 1).end, span(i).begin});
    if (before.starts_with(')')) before.remove_prefix(1);
    if (!is_any(before, kBetweenPairs)) break;
  }
  return pairs;
}

// 空调、冰箱收入分别增5%、3%,毛利率分别为30%、25%: the other measure of the same segments.
std::vector<Topic> DocumentResolver::of_same_segments(const std::vector<Topic>& last, const Topic& own,
                                                      const Clause& clause) const {
  std::vector<Topic> topics = last;
  for (Topic& t : topics) {
    if (t.segment.empty() || own.metric == kNone || clause.span.contains(own.segment)) return {own};
    t.metric = own.metric;
    t.phrase = own.phrase;
    t.word = own.word;
  }
  return topics;
}

// 按年及按季分别升9%及6%: of one thing, each against another time.
bool DocumentResolver::differ_in_basis(size_t from, size_t to) const {
  return std::any_of(candidates_.begin() + static_cast<long>(from), candidates_.begin() + static_cast<long>(to),
                     [&](const Candidate& c) {
                       const auto &first = candidates_[from].claim->basis, &basis = c.claim->basis;
                       return first && basis && *first != *basis;
                     });
}

// Several subjects and as many figures (分别, or a list each), or one figure for
// all of them; a list without subjects takes those of the list before it.
void DocumentResolver::distribute() {
  std::vector<Topic> last;
  for (size_t i = 0; i < candidates_.size();) {
    const size_t end = end_of_list(i);
    const size_t count = end - i;
    Candidate& first = candidates_[i];
    const Clause& clause = clauses_[first.clause];
    bool each = false;
    for (uint32_t m = clause.first; m < clause.last && m < first.mention; ++m)
      each = each || (mentions_.all[m].kind == MentionKind::word && classes_.part(mentions_.all[m]) == Part::each);
    const Topic own = first.topics.front();
    const bool here = !own.empty() && clause.span.contains(own.phrase);
    const bool limited = !here && !own.segment.empty() && clause.span.contains(own.segment) && metric(own) &&
                         (mentions_.all[first.mention].kind != MentionKind::count || metric(own)->unit_kind == "count");
    std::vector<Topic> topics;
    if (const size_t pairs = here && each ? pairs_from(i) : 0; pairs > 1) {
      if (topics = joined_at(clause, own, pairs); topics.size() == pairs) {
        for (size_t k = 0; k < 2 * pairs; ++k) candidates_[i + k].topics = {topics[k / 2]};
        last = topics;
        i += 2 * pairs;
        continue;
      }
    }
    const Span owners = here && each && count > 1 ? owner_before(scope(), clause.span.begin, own.phrase.begin) : Span{};
    if (!owners.empty()) {
      // 云、物联网分别收入163亿元、60亿元
      Topic phrase;
      phrase.phrase = phrase.word = owners;
      topics = joined_at(clause, phrase, count);
      limit(topics, own);
    } else if (here && (each || count > 1)) {
      topics = joined_at(clause, own, count);
      add_chain_metric(i, topics);
      if (topics.size() == 1 && count > 1 && last.size() == count) topics = of_same_segments(last, own, clause);
    } else if (limited && count > 1) {
      Topic phrase;
      phrase.phrase = phrase.word = own.segment;
      topics = joined_at(clause, phrase, count);
      limit(topics, own);
    } else if (const std::vector<Topic> said = each && count > 1 ? joined_before(i, count) : std::vector<Topic>{};
               said.size() == count) {
      topics = said;
    } else if (each && i > 0 && !(count > 1 && differ_in_basis(i, end))) {
      for (size_t k = i - std::min<size_t>(i, kFewClauses); k < i; ++k)
        if (const Topic& t = candidates_[k].topics.back();
            topics.empty() || !(topics.back().word == t.word && topics.back().segment == t.segment))
          topics.push_back(t);
      if (last.size() == count && count > 1) topics = last;
      if (topics.size() > count && count > 1) topics.erase(topics.begin(), topics.end() - static_cast<long>(count));
    } else if (count > 1 && last.size() == count && !differ_in_basis(i, end)) {
      topics = last;
    }
    if (topics.size() > 1 && topics.size() == count) share_ratio(first, topics);
    if (topics.size() > 1 && topics.size() == count)
      for (size_t k = i; k < end; ++k) candidates_[k].topics = {topics[k - i]};
    else if (topics.size() > 1 && count == 1 && each)
      first.topics = topics;
    if (here) last = topics;
    i = end;
  }
}

// 销售、研发和管理费用: each part with the end of the last name is a metric of its own. Empty if not.
std::vector<Topic> DocumentResolver::with_shared_head(const Topic& last, size_t count) const {
  if (last.metric == kNone || last.word.end != last.phrase.end || last.word.begin == last.phrase.begin) return {};
  const std::vector<Topic> parts = split_topic(document_.folded.text, last, count - 1);
  for (Span head = last.word; !parts.empty() && head.size() > 3;) {
    head.begin += size_at(document_.folded.text, head.begin);
    std::vector<Topic> topics;
    for (const Topic& part : parts) {
      Topic t = part;
      t.metric = classes_.metric_named(std::string(text(part.segment)).append(text(head)));
      if (t.metric == kNone) break;
      t.phrase = t.word = head;
      t.in_name = true;
      topics.push_back(t);
    }
    if (topics.size() < parts.size()) continue;
    topics.push_back(last);
    topics.back().phrase = last.word;
    topics.back().segment = {};
    return topics;
  }
  return {};
}

// 对公贷款、零售贷款不良率分别为1.2%和0.9%: what cannot be a per cent of itself is what the ratio at the end limits.
void DocumentResolver::share_ratio(const Candidate& first, std::vector<Topic>& topics) const {
  const Topic last = topics.back();
  const Metric* ratio = metric(last);
  const MentionKind kind = mentions_.all[first.mention].kind;
  const bool of_ratio = kind == MentionKind::points || (kind == MentionKind::percent && first.basis == Basis::level);
  if (!ratio || (!ratio->ratio && ratio->unit_kind != "percent") || !of_ratio || last.segment.empty()) return;
  for (Topic& t : topics) {
    const Metric* about = metric(t);
    if (!about || about->ratio || about->unit_kind == "percent") continue;
    t.segment = t.phrase;
    t.phrase = t.word = last.word;
    t.metric = last.metric;
  }
}

// The subjects of a list of `count` figures: phrases joined with `last`, or its parts.
std::vector<Topic> DocumentResolver::joined_at(const Clause& clause, const Topic& last, size_t count) const {
  if (count > 1)
    if (std::vector<Topic> parts = with_shared_head(last, count); !parts.empty()) return parts;
  std::vector<Topic> topics = joined_topics(scope(), clause.span.begin, last);
  if (topics.size() == count || count < 2) return topics;
  if (std::vector<Topic> parts = split_topic(document_.folded.text, last, count); !parts.empty()) return parts;
  if (topics.size() == 1) return topics;
  std::vector<Topic> parts;
  for (const Topic& t : topics) add_parts(document_.folded.text, t, parts);
  return parts.size() == count ? parts : topics;
}

// 东部区域、南部区域表现略差,分别增长12.6%、4.1%: the subjects stand in the clause before,
// which has no figures of its own.
std::vector<Topic> DocumentResolver::joined_before(size_t candidate, size_t count) const {
  const Candidate& first = candidates_[candidate];
  if (first.clause == 0 || (candidate > 0 && candidates_[candidate - 1].clause + 1 >= first.clause)) return {};
  const Clause& before = clauses_[first.clause - 1];
  const Topic last = topic_before(scope(), before.span.begin, before.span.end, {});
  if (last.empty()) return {};
  std::vector<Topic> topics = joined_at(before, last, count);
  const bool named = std::any_of(topics.begin(), topics.end(), [](const Topic& t) { return t.metric != kNone; });
  if (named || topics.size() != count) return topics;
  const uint32_t whole = base_metric(first);
  if (whole == kNone) limit(topics, first.topics.front());
  for (Topic& t : topics)
    if (whole != kNone) {
      t.metric = whole;
      t.segment = t.phrase;
    }
  return topics;
}

// 东部、南部区域分别增长: phrases without a metric limit the one spoken of before.
void DocumentResolver::add_chain_metric(size_t candidate, std::vector<Topic>& topics) const {
  if (std::any_of(topics.begin(), topics.end(), [](const Topic& t) { return t.metric != kNone; })) return;
  const Topic* before = nullptr;
  for (size_t k = candidate, steps = 0; k-- > 0 && !before && steps < kFewClauses; ++steps)
    if (candidates_[k].topics.back().metric != kNone) before = &candidates_[k].topics.back();
  if (!before && before_sentence_.metric != kNone) before = &before_sentence_;
  if (before) limit(topics, *before);
}

}  // namespace jiyao
