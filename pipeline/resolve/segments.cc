// Which part of the company, or which other company, a figure is of.
#include <algorithm>
#include <array>

#include "pipeline/resolve/owner.h"
#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

constexpr uint32_t kShortName = 8 * 3;  // bytes: a name, no clause with a verb
constexpr uint32_t kFarBack = 120 * 3;  // bytes: where the company's name is looked for
constexpr uint32_t kTitle = 40 * 3;     // bytes of the first sentence

// What several companies are called.
constexpr auto kCompanies = std::to_array<std::string_view>(
    {"银行", "内银", "企业", "公司", "房企", "券商", "险企", "车企", "药企", "酒企", "国企", "央企", "民企"});

// 公司毛利率, 集团整体收入: of all of it, whatever was spoken of before.
constexpr auto kWhole =
    std::to_array<std::string_view>({"公司", "集团", "公司的", "集团的", "公司整体", "集团整体", "公司总体"});

// 中行 is short for 中国银行: it begins alike and has its characters in their order.
bool is_short_for(std::string_view name, std::string_view whole) {
  if (name.size() < 6 || whole.substr(0, 3) != name.substr(0, 3)) return false;
  size_t at = 0;
  for (size_t i = 0; i + 3 <= name.size(); i += 3, at += 3)
    if ((at = whole.find(name.substr(i, 3), at)) == std::string_view::npos) return false;
  return true;
}

}  // namespace

// The company under another name: one that the title has, or that is short for it or it for that
// (中行, 中国银行).
bool DocumentResolver::is_own_name(Span name) const {
  if (name.empty() || document_.sentences.empty() || !business_before(scope(), name).empty()) return false;
  const Span head = document_.sentences.front().span;
  if (name.begin == head.begin) return true;
  if (name.size() > kShortName) return false;
  const std::string_view said = text(name), title = text(head).substr(0, kTitle);
  if (title.find(said) != std::string_view::npos) return true;
  for (const std::string_view known : {std::string_view(known_.company_folded), title.substr(0, 6)})
    if (is_short_for(known, said) || is_short_for(said, known)) return true;
  return false;
}

// 某某消费金融2021年净利润30亿元,同比增8%: of another company, as is what follows in the sentence.
bool DocumentResolver::own_company(Candidate& c, Span owner) {
  if (is_company_name(text(owner))) {
    owner_ = owner;
    before_owner_ = c.company;
  }
  if (owner_.empty() || c.company != before_owner_) return false;
  c.company = source(owner_);
  return owner == owner_;
}

// 实现收入, 同比增长: a clause that leaves out of what it speaks.
bool DocumentResolver::begins_with_verb(uint32_t clause) const {
  const Clause& c = clauses_[clause];
  if (c.first == c.last) return false;
  const Mention& m = mentions_.all[c.first];
  const std::string_view before = text({c.span.begin, m.span.begin});
  return m.kind == MentionKind::word && classes_.part(m) == Part::predicate &&
         before.find_first_not_of(' ') == std::string_view::npos;
}

// 辅助驾驶方面,搭载率达45%: what the clauses before speak of, up to one with a metric of its own.
Span DocumentResolver::spoken_of_before(const Candidate& c) const {
  if (&c != candidates_.data() && (&c)[-1].clause >= c.clause) return {};
  for (uint32_t k = c.clause, steps = 0; k-- > 0 && steps < 3; ++steps) {
    const bool bare = k + 1 == c.clause && begins_with_verb(c.clause);
    if (const Span said = topic_of_clause(scope(), clauses_[k], bare); !said.empty())
      return is_own_name(said) ? Span{} : said;
    if (std::any_of(mentions_.all.begin() + clauses_[k].first, mentions_.all.begin() + clauses_[k].last,
                    [](const Mention& word) { return word.metric != kNone; }))
      break;
  }
  return {};
}

// 其中A款20万辆,增5%;交付30万辆: a part that 其中 names ends where the text goes on with another measure.
bool DocumentResolver::part_is_over(Span part, const Topic& t) const {
  if (part.end > t.phrase.begin) return false;
  const std::string_view before = std::string_view(document_.folded.text).substr(0, part.begin);
  return before.ends_with("其中") && text({part.end, t.phrase.begin}).find(';') != std::string_view::npos;
}

// A metric without a segment takes the one its clause, its sentence or the
// block's label speaks of: 线上营销业务于本期贡献营收达198亿元.
void DocumentResolver::find_segment(Candidate& c, Topic& t, uint32_t sentence) {
  if (!t.segment.empty()) {
    if (t.metric != kNone && !t.in_name && !(t.segment == chain_.segment)) {
      chain_.segment = t.segment;
      chain_.segment_sentence = sentence;
    }
    return;
  }
  if (is_stake(t) || t.whole) return;
  const Metric* m = metric(t);
  // (+22.9%) behind a figure is of that figure's segment.
  const Candidate* const near = &c - std::min<long>(&c - candidates_.data(), kFewClauses);
  const Candidate* const same = std::find_if(near, static_cast<const Candidate*>(&c), [&](const Candidate& other) {
    return other.topics.back().phrase == t.phrase && !other.topics.back().segment.empty();
  });
  if (same != &c) {
    t.segment = same->topics.back().segment;
    return;
  }
  const Span own = clauses_[c.clause].span;
  Span named = m && own.contains(t.phrase) ? owner_before(scope(), own.begin, t.phrase.begin) : Span{};
  const bool whole = own.contains(t.phrase) && ends_with_any(text({own.begin, t.phrase.begin}), kWhole);
  if (whole || is_own_name(named)) {
    chain_.segment = {};
    return;
  }
  if (own_company(c, named)) return;
  if (named.empty() && m && m->balance == "flow")
    named = business_before(scope(), {own.begin, std::min(mentions_.all[c.mention].span.begin, own.end)});
  if (!named.empty() && !named.overlaps(t.phrase)) {
    t.segment = chain_.segment = named;
    chain_.segment_sentence = sentence;
    return;
  }
  Span business = m && own.contains(t.phrase) ? spoken_of_before(c) : Span{};
  // The same metric again, without its segment: still of that segment.
  const bool label = chain_.segment_sentence == kNone && !chain_.segment.empty();
  const bool bare = t.phrase == t.word || text(t.phrase).starts_with("板块") || text(t.phrase).starts_with("季度");
  // 云业务收入升3%。经营溢利2亿元: a sentence that begins with its metric goes on with the one before.
  const bool begins = m && m->unit_kind == "money" && t.phrase.begin == clauses_.front().span.begin && sentence > 0 &&
                      document_.sentences[sentence - 1].block == document_.sentences[sentence].block;
  if (m && bare && !label && business.empty() && (before_sentence_.metric == t.metric || begins) &&
      !before_sentence_.segment.empty() && continues_) {
    t.segment = before_sentence_.segment;
    return;
  }
  const bool total = text(t.phrase).starts_with("总") || text(t.phrase).starts_with("综合");
  const uint32_t length = text(t.phrase).starts_with("板块") ? t.word.size() : t.phrase.size();  // 该板块营业收入
  const bool fits = (!m || m->balance == "flow") && length <= 15 && !t.empty() && !total;
  if (!fits) return;
  const uint32_t until = mentions_.all[c.mention].span.begin;
  for (uint32_t k = c.clause, steps = 0; business.empty() && k-- > 0 && steps < kFewClauses; ++steps)
    business = business_before(scope(), {clauses_[k].span.begin, std::min(until, clauses_[k].span.end)});
  if (chain_.segment_sentence == sentence && c.clause > 0 && chain_.segment.begin > business.begin)
    business = chain_.segment;  // spoken of later
  if (!business.empty() && !business.overlaps(t.phrase) && !part_is_over(business, t)) {
    t.segment = business;
    if (label && chain_.segment.overlaps(business)) return;
    chain_.segment = business;
    chain_.segment_sentence = sentence;
    return;
  }
  if ((chain_.segment_sentence == sentence && c.clause > 0 && !part_is_over(chain_.segment, t)) || label)
    t.segment = chain_.segment;
}

// 42家上市银行首季净利润: a group of companies that the figures behind it are of.
Span DocumentResolver::company_group(uint32_t mention) const {
  const Mention& m = mentions_.all[mention];
  const std::string_view count = text(m.span);
  if (!known_.context.company.empty()) return {};
  if (m.kind != MentionKind::count || !(count.ends_with("家") || count.ends_with("间"))) return {};
  uint32_t end = m.span.end;
  for (uint32_t i = mention + 1; i < last_ && mentions_.all[i].span.begin - end < kShortName; ++i) {
    const Mention& next = mentions_.all[i];
    const std::string_view name = text({m.span.end, next.span.begin});
    const bool named = ends_with_any(name, kCompanies);
    const bool ends = next.kind == MentionKind::period || next.metric != kNone;
    if (named && ends && name.size() <= kShortName) return {m.span.begin, next.span.begin};
    if (next.kind != MentionKind::word || classes_.part(next) != Part::phrase) return {};
  }
  return {};
}

// Netflix股价反覆,曾跌近5%: a share price is of the share named last, in words of its own or by the company.
void DocumentResolver::name_share(const Candidate& c, Topic& topic) const {
  const Metric* about = metric(topic);
  if (!about || about->id != "share_price" || text(topic.phrase).find("价") != std::string_view::npos) return;
  // 甲股跌3%: it has a name of its own.
  const Span clause = clauses_[c.clause].span;
  const uint32_t first = mention_starting_at(scope(), topic.phrase.begin);
  const Part part = first == kNone ? Part::phrase : classes_.part(mentions_.all[first]);
  const bool verb = part != Part::company && part != Part::phrase;
  if (clause.contains(topic.phrase) && !verb) return;
  if (!candidates_.empty() && candidates_.back().topics.back().metric == topic.metric) {
    topic = candidates_.back().topics.back();
    return;
  }
  for (uint32_t i = c.mention; i-- > look_back(c.mention);) {
    const Mention& m = mentions_.all[i];
    if (m.kind != MentionKind::word) continue;
    const bool company = classes_.part(m) == Part::company;
    if (!company && m.metric != topic.metric) continue;
    if (!company && text(m.span).find("价") == std::string_view::npos) continue;
    topic.phrase = topic.word = m.span;
    topic.segment = {};
    return;
  }
  const uint32_t figure = mentions_.all[c.mention].span.begin;
  const uint32_t from = std::max(clauses_.front().span.begin, figure > kFarBack ? figure - kFarBack : 0);
  const std::string& own = known_.company_folded;
  const size_t at = own.empty() ? std::string::npos : text({from, figure}).rfind(own);
  if (at == std::string::npos) return;
  topic.phrase.begin = from + static_cast<uint32_t>(at);
  topic.phrase.end = topic.phrase.begin + static_cast<uint32_t>(own.size());
  topic.word = topic.phrase;
  topic.segment = {};
}

}  // namespace jiyao
