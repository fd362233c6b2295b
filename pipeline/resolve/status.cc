// Whether a figure is a fact, the company's own outlook, another's forecast or a goal.
#include <algorithm>
#include <array>

#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

constexpr auto kCompare =
    std::to_array<std::string_view>({"比", "较", "与", "同", "跟", "和", "于", "多过", "少过", "高过", "低过"});

}  // namespace

// Analysts write of what they expect without saying who does: 预计公司明年收入….
bool DocumentResolver::is_by_analysts() const {
  for (std::string_view says :
       {"我们预计公司", "我们认为公司", "我们给予公司", "我们维持公司", "我们看好公司", "我们预测公司"})
    if (document_.folded.text.find(says) != std::string::npos) return true;
  constexpr uint32_t kNear = 30;  // bytes: 维持“买入”评级
  return std::any_of(mentions_.all.begin(), mentions_.all.end(), [&](const Mention& m) {
    const std::string* research = m.kind == MentionKind::word ? classes_.attribute(m, "research") : nullptr;
    if (!research) return false;
    if (*research != "rating") return true;
    const uint32_t begin = m.span.begin < kNear ? 0 : m.span.begin - kNear;
    return text({begin, m.span.begin}).find("维持") != std::string_view::npos;
  });
}

// 根据协会的预测, 据机构预计: somebody else's, unless the company's own words are reported.
bool DocumentResolver::is_reported(uint32_t guidance) const {
  const Span word = mentions_.all[guidance].span;
  const Span clause = clauses_[clause_at(word.begin)].span;
  const std::string_view before = text({clause.begin, word.begin});
  const bool cites = before.find("根据") != std::string_view::npos || before.starts_with("据") ||
                     before.find("研究所") != std::string_view::npos || before.find("协会") != std::string_view::npos;
  return cites && before.find("公司") == std::string_view::npos && before.find("管理层") == std::string_view::npos;
}

// 公司预计, 指引, 计划: the company says so itself; among analysts (我们维持公司
// 净利润预期) only if it stands right before the word.
bool DocumentResolver::is_own_word(uint32_t guidance, bool among_others) const {
  const Mention& word = mentions_.all[guidance];
  if (classes_.attribute(word, "own") || word.metric != kNone) return true;
  const Span clause = clauses_[clause_at(word.span.begin)].span;
  const std::string_view before = text({clause.begin, word.span.begin});
  // 我们预计公司…: an analyst's.
  const bool of_company = text({word.span.end, clause.end}).starts_with("公司");
  for (const std::string_view self : {"公司", "集团", "管理层", "董事会", "本行"})
    if (among_others ? before.ends_with(self) : before.find(self) != std::string_view::npos) return true;
  for (const std::string_view self : {"我们", "我司", "咱们"})
    if (!among_others && !of_company && before.find(self) != std::string_view::npos) return true;
  for (uint32_t i = guidance; !among_others && i-- > first_ && mentions_.all[i].span.begin >= clause.begin;)
    if (mentions_.all[i].kind == MentionKind::word && classes_.part(mentions_.all[i]) == Part::company) return true;
  return false;
}

// 高于市场预期的2.4元, 收入好过预期: a yardstick, no outlook of what follows.
bool DocumentResolver::is_yardstick(const Mention& guidance) const {
  constexpr uint32_t kNear = 24;  // bytes
  const Span clause = clauses_[clause_at(guidance.span.begin)].span;
  const uint32_t begin = std::max(clause.begin, guidance.span.begin < kNear ? 0 : guidance.span.begin - kNear);
  const std::string_view before = text({begin, guidance.span.begin});
  for (const std::string_view compare :
       {"高于", "低于", "高过", "低过", "多于", "少于", "多过", "少过", "逊",   "差于", "强于", "弱于", "好过", "好于",
        "差过", "超过", "超出", "超",   "符合", "优于", "胜",   "逊于", "不及", "达到", "相比", "较",   "比"})
    if (before.find(compare) != std::string_view::npos) return true;
  return false;
}

// 高于市场预期的2.4元: the figure is the yardstick.
bool DocumentResolver::is_expected_by_others(uint32_t figure) const {
  if (figure == first_) return false;
  const Mention& before = mentions_.all[figure - 1];
  const Mention& word = before.kind == MentionKind::word && classes_.part(before) != Part::guidance &&
                                before.span.size() <= 3 && figure - 1 > first_
                            ? mentions_.all[figure - 2]
                            : before;
  if (word.kind != MentionKind::word || text({word.span.end, mentions_.all[figure].span.begin}).size() > 6)
    return false;
  return classes_.attribute(word, "consensus") ||
         (classes_.part(word) == Part::guidance && !classes_.attribute(word, "own") && is_yardstick(word));
}

// What has happened ends an outlook: 预计全年增长10%，上半年收入为5亿元; 目前已有300家.
// So does a semicolon, where the sentence began with what has.
bool DocumentResolver::ends_outlook(uint32_t from, uint32_t to) const {
  const Date now = known_.now();
  const Span said = mentions_.all[from].span;
  const bool first = std::none_of(mentions_.all.begin() + first_, mentions_.all.begin() + from, [&](const Mention& m) {
    return is_figure(m.kind) && !clauses_[clause_at(m.span.begin)].in_brackets;
  });
  if (!first && text({said.end, mentions_.all[to].span.begin}).find(';') != std::string_view::npos) return true;
  // 集团预计，下半年…: the clause that follows is what is expected.
  uint32_t of = clause_at(said.begin);
  if (clauses_[of].span.end == said.end && of + 1 < clauses_.size()) ++of;
  const uint32_t here = clause_at(mentions_.all[to].span.begin);
  // 业绩预告, 预亏: of a time that is over, though not yet reported.
  const std::string_view word = text(said);
  const bool announced = word == "预告" || word == "预亏" || word == "预盈" || word == "预增" || word == "预减";
  for (uint32_t i = from + 1; i < to; ++i) {
    const Mention& m = mentions_.all[i];
    if (clause_at(m.span.begin) <= of) continue;
    if (m.kind == MentionKind::word && classes_.attribute(m, "present")) return true;
    if (m.kind != MentionKind::period) continue;
    const PeriodAt& at = periods_[i - first_];
    // 预计亏损2亿元，上年同期盈利1亿元，每股亏损0.5元: but for comparison.
    if (is_compared(m)) continue;
    if (at.comparative || is_year_before(i)) {
      if (clause_at(m.span.begin) == here) return true;
    } else if (!announced &&
               (mentions_.periods[m.payload].cumulative || (at.chains && !at.period.empty() && at.period.end <= now))) {
      return true;
    }
  }
  return false;
}

// 上年同期, 去年同期
bool DocumentResolver::is_year_before(uint32_t period) const {
  const PeriodExpression& said = mentions_.periods[mentions_.all[period].payload];
  return said.unit == PeriodExpression::Unit::same && said.year_kind != PeriodExpression::YearKind::none;
}

// 比上年同期下降, 与去年同期相比
bool DocumentResolver::is_compared(const Mention& period) const {
  const std::string_view before = text({clauses_[clause_at(period.span.begin)].span.begin, period.span.begin});
  return ends_with_any(before, kCompare);
}

// 将增加到, 会维持在: the verb that follows is of what is to come; 社会 and 机会 end like it.
bool DocumentResolver::is_to_come(uint32_t verb) const {
  const Mention& word = mentions_.all[verb];
  if (classes_.part(word) != Part::predicate && !classes_.attribute(word, "addition")) return false;
  if (classes_.attribute(word, "qualifier") && word.span.size() <= 3) return false;  // 将近, 将逾期贷款
  const std::string_view before = text({clauses_[clause_at(word.span.begin)].span.begin, word.span.begin});
  if (before.ends_with("将")) return true;
  static constexpr std::string_view kBodies = "社机事员协商工学金监大年峰展布说明流都省公教宴动晚绩话国议联管发东";
  if (!before.ends_with("会")) return false;
  const uint32_t begin = word.span.begin - 3;
  if (verb > first_ && mentions_.all[verb - 1].span.end >= begin) return mentions_.all[verb - 1].span.end == begin;
  return before.size() < 6 || kBodies.find(before.substr(before.size() - 6, 3)) == std::string_view::npos;
}

// What the word at `i` makes of the figures behind it; actual if it is no word of outlook.
// 资本开支计划, 目标派息率 and 规划产能 say it in the name of the metric.
Status DocumentResolver::outlook_in(uint32_t i) const {
  const Mention& w = mentions_.all[i];
  if (w.kind == MentionKind::period) {
    const PeriodExpression& said = mentions_.periods[w.payload];
    const bool next = said.unit == PeriodExpression::Unit::year && !said.relative_unit && said.year > 0 &&
                      said.year_kind == PeriodExpression::YearKind::relative;
    return next || text(w.span).find("未来") != std::string_view::npos ? Status::guidance : Status::actual;
  }
  if (w.kind != MentionKind::word) return Status::actual;
  if (classes_.attribute(w, "consensus")) return Status::estimate;
  if (classes_.part(w) == Part::guidance) {
    const std::string* status = classes_.attribute(w, "status");
    return status && *status == "target" ? Status::target : Status::guidance;
  }
  if (const Metric* named = classes_.metric(w)) {
    const auto says = [&](std::string_view word) { return text(w.span).find(word) != std::string_view::npos; };
    if (says("目标") || says("规划")) return named->id == "target_price" ? Status::actual : Status::target;
    if (says("预亏") || says("预盈")) return Status::guidance;
    return (says("计划") || says("预算")) && named->id != "share_buyback" ? Status::guidance : Status::actual;
  }
  return is_to_come(i) ? Status::guidance : Status::actual;
}

// The word of outlook that reaches the figure: the nearest one of the sentence.
uint32_t DocumentResolver::outlook_of(uint32_t figure) const {
  for (uint32_t i = figure; i-- > look_back(figure);) {
    if (outlook_in(i) == Status::actual || is_yardstick(mentions_.all[i])) continue;
    return ends_outlook(i, figure) ? kNone : i;
  }
  return kNone;
}

bool DocumentResolver::others_in_sentence(uint32_t figure) const {
  for (uint32_t i = look_back(figure); i < figure; ++i)
    if (mentions_.all[i].kind == MentionKind::word && classes_.part(mentions_.all[i]) == Part::estimator) return true;
  return false;
}

// Whether someone else than the company speaks of what is to come: a broker, or
// the one who was named before and goes on.
bool DocumentResolver::others_speak(uint32_t figure) {
  others_speak_ = others_speak_ || others_in_sentence(figure);
  return (others_speak_ && !is_speech_) || others_in_sentence(figure) || by_analysts_;
}

// A call: what is expected is what its speaker expects, whoever was named before.
bool DocumentResolver::is_speech() const {
  constexpr int kOften = 10;
  int said = 0;
  const std::string_view all = document_.folded.text;
  for (size_t at = all.find("我们"); at != std::string_view::npos && said < kOften; at = all.find("我们", at + 6))
    ++said;
  return said == kOften && !by_analysts_;
}

void DocumentResolver::decide_status(Candidate& c) {
  const Claim& claim = *c.claim;
  const Metric* about = metric(c.topics.front());
  const uint32_t outlook = outlook_of(c.mention);
  // 高于去年同期的10亿元: of what was.
  const bool was =
      claim.period != kNone && (is_year_before(claim.period) || periods_[claim.period - first_].comparative ||
                                (is_compared(mentions_.all[claim.period]) && speaks_of_past(c.mention)));
  if (claim.status) {
    c.status = *claim.status;
  } else if (was) {
    c.status = Status::actual;
  } else if (about && about->id == "target_price") {
    c.status = Status::target;
  } else if (c.listed && !candidates_.empty()) {
    c.status = candidates_.back().status;
  } else if (is_expected_by_others(c.mention)) {
    c.status = Status::estimate;
  } else if (outlook != kNone) {
    const bool own = is_own_word(outlook, by_analysts_ || others_in_sentence(c.mention));
    const bool market = about && (about->id == "market_size" || about->id == "index_level");
    const bool others = (others_speak(c.mention) || is_reported(outlook) || market) && !own;
    others_speak_ = others_speak_ && !own;
    c.status = others ? Status::estimate : outlook_in(outlook);
    // A proposed dividend is what was decided; 由40%提升至50%: the 40% is there.
    const bool proposed = about && about->id == "dps" && text(mentions_.all[outlook].span) == "拟";
    if (proposed || (claim.earlier && !others)) c.status = Status::actual;
  } else if (announced_ && !speaks_of_past(c.mention)) {
    c.status = chain_.announced;
  }
}

// 财务指引如下: announces the items that follow, and in speech without punctuation
// 我们的目标是 what the next line says.
void DocumentResolver::announce(uint32_t index) {
  uint32_t word = kNone;
  for (uint32_t i = last_; i-- > first_ && word == kNone && !is_figure(mentions_.all[i].kind);)
    if (mentions_.all[i].kind == MentionKind::word && classes_.part(mentions_.all[i]) == Part::guidance) word = i;
  if (word == kNone) return;
  if (clauses_.empty()) find_clauses(scope(), document_.sentences[index].span, clauses_);
  const std::string_view said = text(document_.sentences[index].span);
  const bool list = said.ends_with(":");
  const bool goes_on = !said.empty() && !list && !said.ends_with("。") && !said.ends_with("?") && !said.ends_with("!");
  if (!(list || goes_on) || is_yardstick(mentions_.all[word])) return;
  chain_.announced = others_speak(word) && !is_own_word(word, by_analysts_) ? Status::estimate : outlook_in(word);
  chain_.announced_at = index;
  chain_.announced_list = list;
  chain_.announced_item = document_.sentences[index].block;
}

// True if what `announce` found reaches the sentence.
bool DocumentResolver::is_announced(uint32_t index) const {
  if (chain_.announced_at == kNone) return false;
  if (!chain_.announced_list) return chain_.announced_at + 1 == index;
  uint32_t block = document_.sentences[index].block;
  const uint32_t from = document_.sentences[chain_.announced_at].block;
  if (block > from && document_.blocks[block].kind != BlockKind::list_item) return false;
  // Items only, one after another.
  return block == from || chain_.announced_item + 1 >= block;
}

// 目前已有300家, 前三季度收入: what stands before the figure is of what has been.
bool DocumentResolver::speaks_of_past(uint32_t figure) const {
  const Date now = known_.context.published.year != 0 ? known_.context.published : known_.context.period.end;
  for (uint32_t i = first_; i < figure; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.kind == MentionKind::word && classes_.attribute(m, "present")) return true;
    if (m.kind != MentionKind::period) continue;
    const PeriodAt& at = periods_[i - first_];
    if (is_year_before(i) || mentions_.periods[m.payload].cumulative || (!at.period.empty() && at.period.end <= now))
      return true;
  }
  return false;
}

// What is of a time to come is no fact yet, whatever the sentence says.
void DocumentResolver::look_ahead(Candidate& c) const {
  const Date published = known_.context.published;
  // Without a day of publication, a year past the report: it may come that late.
  const Date now = published.year != 0 || known_.context.period.empty() ? published : known_.now().plus_days(366);
  if (c.status != Status::actual || c.claim->status || now.year == 0 || c.period.empty()) return;
  const Date start = c.period.instant ? c.period.end : c.period.start;
  // 我们预期…。第一季大约季减10%: a few sentences on, still what is expected.
  constexpr int kFewSentences = 4;
  const bool expected =
      is_speech_ && outlook_distance_ <= kFewSentences && start > known_.context.period.end && published.year == 0;
  if (start <= now && !expected) return;
  // 从二季度的18%下降到三季度的12%: both have been.
  if (!candidates_.empty() && candidates_.back().claim->earlier && candidates_.back().clause == c.clause &&
      candidates_.back().status == Status::actual)
    return;
  const std::string_view clause = text(clauses_[c.clause].span);
  const bool goal = clause.find("目标") != std::string_view::npos || clause.find("规划") != std::string_view::npos;
  c.status = by_analysts_ && !goal ? Status::estimate : goal ? Status::target : Status::guidance;
}

}  // namespace jiyao
