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

// A segment of a metric, if it was not spoken of before.
void add_part(std::string_view folded, const Topic& t, std::vector<Topic>& parts) {
  if (t.metric == kNone || t.segment.empty()) return;
  const auto same = [&](const Topic& part) {
    return part.metric == t.metric && cut(folded, part.segment) == cut(folded, t.segment);
  };
  if (std::none_of(parts.begin(), parts.end(), same)) parts.push_back(t);
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

// What the section states amounts of, for 三者 and 四块业务 to mean.
void DocumentResolver::remember_parts() {
  constexpr size_t kMostParts = 32;
  for (const Candidate& c : candidates_)
    if (c.basis == Basis::level && c.topics.size() == 1 && chain_.parts.size() < kMostParts)
      add_part(document_.folded.text, c.topics.front(), chain_.parts);
}

// 毛利率和净利率各是多少? 箱量方面,外贸、内贸各完成了多少? The answer may be a list.
void DocumentResolver::remember_question(uint32_t sentence) {
  if (!text(document_.sentences[sentence].span).ends_with("?")) return;
  size_t clause = clauses_.size() - 1;  // the mark ends it
  while (clause > 0 && clauses_[clause].span.empty()) --clause;
  const Clause& last = clauses_[clause];
  uint32_t end = last.span.begin, each = end;
  for (uint32_t i = last.first; i < last.last; ++i) {
    if (mentions_.all[i].metric != kNone) end = mentions_.all[i].span.end;
    if (mentions_.all[i].kind == MentionKind::word && classes_.part(mentions_.all[i]) == Part::each)
      each = mentions_.all[i].span.begin;
  }
  const bool named = end > last.span.begin;
  const Topic topic = topic_before(scope(), last.span.begin, named ? end : each, {});
  if (topic.empty()) return;
  std::vector<Topic> asked = joined_topics(scope(), last.span.begin, topic);
  constexpr size_t kMostParts = 8;
  for (size_t count = 2; asked.size() == 1 && count <= kMostParts; ++count)
    if (std::vector<Topic> parts = split_topic(document_.folded.text, topic, count); !parts.empty()) asked = parts;
  if (!named && clause > 0) limit(asked, metric_within(static_cast<uint32_t>(clause) - 1));
  if (asked.size() < 2 || asked.back().metric == kNone) return;
  chain_.asked = std::move(asked);
  chain_.asked_at = sentence;
}

// The parts spoken of in the section, up to the candidate.
std::vector<Topic> DocumentResolver::parts_before(size_t candidate) const {
  std::vector<Topic> parts = chain_.parts;
  for (size_t k = 0; k < candidate; ++k)
    if (candidates_[k].basis == Basis::level && candidates_[k].topics.size() == 1)
      add_part(document_.folded.text, candidates_[k].topics.front(), parts);
  return parts;
}

// 三者占比65%、24%、11%, 四块业务的比重依次为…: a pronoun that says how many, and so many were spoken of last.
std::vector<Topic> DocumentResolver::parts_counted(size_t candidate, size_t count) const {
  if (numeral_at(text(candidates_[candidate].topics.front().phrase)) != count) return {};
  std::vector<Topic> parts = parts_before(candidate);
  if (parts.size() < count) return {};
  parts.erase(parts.begin(), parts.end() - static_cast<long>(count));
  const auto alike = [&](const Topic& t) { return t.metric == parts.front().metric; };
  if (!std::all_of(parts.begin(), parts.end(), alike)) return {};
  // 三个分部的溢利依次为: the same parts, another measure.
  const Topic& own = candidates_[candidate].topics.front();
  const bool other = own.metric != kNone && own.metric != parts.front().metric && !own.word.empty();
  for (Topic& t : parts)
    if (other) {
      t.metric = own.metric;
      t.phrase = t.word = own.word;
    }
  return parts;
}

// 按年及按季分别升9%及6%: of one thing, each against another time.
bool DocumentResolver::differ_in_basis(size_t from, size_t to) const {
  return std::any_of(candidates_.begin() + static_cast<long>(from), candidates_.begin() + static_cast<long>(to),
                     [&](const Candidate& c) {
                       const auto &first = candidates_[from].claim->basis, &basis = c.claim->basis;
                       return first && basis && *first != *basis;
                     });
}

// The subjects of the list of `count` figures that begins with the candidate, none if it has but one;
// `last` are those of the list before it.
std::vector<Topic> DocumentResolver::topics_of_list(size_t candidate, size_t count, bool each,
                                                    const std::vector<Topic>& last) const {
  const Candidate& first = candidates_[candidate];
  const Clause& clause = clauses_[first.clause];
  const Topic own = first.topics.front();
  const bool here = is_here(first);
  const auto joined_with = [&](Span names) {
    Topic phrase;
    phrase.phrase = phrase.word = names;
    std::vector<Topic> topics = joined_at(clause, phrase, count);
    limit(topics, own);
    return topics;
  };
  if (count > 1)
    if (std::vector<Topic> parts = parts_counted(candidate, count); !parts.empty()) return parts;
  // 云、物联网分别收入163亿元、60亿元
  if (here && each && count > 1)
    if (const Span owners = owner_before(scope(), clause.span.begin, own.phrase.begin); !owners.empty())
      return joined_with(owners);
  if (here && (each || count > 1)) {
    std::vector<Topic> topics = joined_at(clause, own, count);
    add_chain_metric(candidate, topics);
    return topics.size() == 1 && count > 1 && last.size() == count ? of_same_segments(last, own, clause) : topics;
  }
  const bool limited = !here && !own.segment.empty() && clause.span.contains(own.segment) && metric(own) &&
                       (mentions_.all[first.mention].kind != MentionKind::count || metric(own)->unit_kind == "count");
  if (limited && count > 1) return joined_with(own.segment);
  if (each && count > 1)
    if (std::vector<Topic> said = joined_before(candidate, count); said.size() == count) return said;
  if (candidate == 0 && count > 1 && chain_.asked.size() == count) return chain_.asked;
  if (count > 1 && differ_in_basis(candidate, candidate + count)) return {};
  if (count > 1 && last.size() == count) return last;
  std::vector<Topic> topics;
  if (!each || candidate == 0) return topics;
  for (size_t k = candidate - std::min<size_t>(candidate, kFewClauses); k < candidate; ++k)
    if (const Topic& t = candidates_[k].topics.back();
        topics.empty() || !(topics.back().word == t.word && topics.back().segment == t.segment))
      topics.push_back(t);
  if (topics.size() > count && count > 1) topics.erase(topics.begin(), topics.end() - static_cast<long>(count));
  return topics;
}

// True if the clause of the figure names what it is of.
bool DocumentResolver::is_here(const Candidate& c) const {
  return !c.topics.front().empty() && clauses_[c.clause].span.contains(c.topics.front().phrase);
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
    const bool each =
        std::any_of(mentions_.all.begin() + clause.first, mentions_.all.begin() + std::min(clause.last, first.mention),
                    [&](const Mention& m) { return m.kind == MentionKind::word && classes_.part(m) == Part::each; });
    const bool here = is_here(first);
    if (const size_t pairs = here && each ? pairs_from(i) : 0; pairs > 1)
      if (const std::vector<Topic> topics = joined_at(clause, first.topics.front(), pairs); topics.size() == pairs) {
        for (size_t k = 0; k < 2 * pairs; ++k) candidates_[i + k].topics = {topics[k / 2]};
        last = topics;
        i += 2 * pairs;
        continue;
      }
    std::vector<Topic> topics = topics_of_list(i, count, each, last);
    if (topics.size() > 1 && topics.size() == count) share_ratio(first, topics);
    if (topics.size() > 1 && topics.size() == count)
      for (size_t k = i; k < end; ++k) candidates_[k].topics = {topics[k - i]};
    else if (topics.size() > 1 && count == 1 && each)
      first.topics = topics;
    if (here || (i == 0 && count > 1 && topics.size() == count)) last = topics;
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
      t.phrase = {part.segment.begin, head.end};
      t.word = head;
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
