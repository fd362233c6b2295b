// Whether a figure is a fact, the company's own outlook, another's forecast or a goal.
#include <algorithm>

#include "pipeline/resolve/state.h"

namespace jiyao {

// Analysts write of what they expect without saying who does: 预计公司明年收入….
bool DocumentResolver::is_by_analysts() const {
  constexpr uint32_t kNear = 30;  // bytes: 维持“买入”评级
  return std::any_of(mentions_.all.begin(), mentions_.all.end(), [&](const Mention& m) {
    const std::string* research = m.kind == MentionKind::word ? classes_.attribute(m, "research") : nullptr;
    if (!research) return false;
    if (*research != "rating") return true;
    const uint32_t begin = m.span.begin < kNear ? 0 : m.span.begin - kNear;
    return text({begin, m.span.begin}).find("维持") != std::string_view::npos;
  });
}

// 公司预计, 指引, 计划: the company says so itself; among analysts (我们维持公司
// 净利润预期) only if it stands right before the word.
bool DocumentResolver::is_own_word(uint32_t guidance, bool among_others) const {
  const Mention& word = mentions_.all[guidance];
  if (classes_.attribute(word, "own")) return true;
  const Span clause = clauses_[clause_at(word.span.begin)].span;
  const std::string_view before = text({clause.begin, word.span.begin});
  for (const std::string_view self : {"公司", "集团", "管理层", "董事会", "本行"})
    if (among_others ? before.ends_with(self) : before.find(self) != std::string_view::npos) return true;
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
  for (const std::string_view compare : {"高于", "低于", "好过", "好于", "差过", "超过", "超出", "超", "符合", "优于",
                                         "胜", "逊于", "不及", "达到", "相比", "较", "比"})
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
  const bool first = std::none_of(mentions_.all.begin() + first_, mentions_.all.begin() + from,
                                  [](const Mention& m) { return is_figure(m.kind); });
  if (!first && text({said.end, mentions_.all[to].span.begin}).find(';') != std::string_view::npos) return true;
  // 集团预计，下半年…: the clause that follows is what is expected.
  uint32_t of = clause_at(said.begin);
  if (clauses_[of].span.end == said.end && of + 1 < clauses_.size()) ++of;
  for (uint32_t i = from + 1; i < to; ++i) {
    const Mention& m = mentions_.all[i];
    if (clause_at(m.span.begin) <= of) continue;
    if (m.kind == MentionKind::word && classes_.attribute(m, "present")) return true;
    if (m.kind != MentionKind::period || !(periods_[i - first_].chains || periods_[i - first_].comparative)) continue;
    const Period& period = periods_[i - first_].period;
    if (mentions_.periods[m.payload].cumulative || (!period.empty() && period.end <= now)) return true;
  }
  return false;
}

// The word of outlook that reaches the figure: the nearest one of the sentence.
uint32_t DocumentResolver::outlook_of(uint32_t figure) const {
  for (uint32_t i = figure; i-- > look_back(figure);) {
    const Mention& w = mentions_.all[i];
    if (w.kind == MentionKind::word && classes_.part(w) == Part::guidance && !is_yardstick(w))
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
  return others_speak_ || by_analysts_;
}

void DocumentResolver::decide_status(Candidate& c) {
  const Claim& claim = *c.claim;
  const Metric* about = metric(c.topics.front());
  const uint32_t outlook = outlook_of(c.mention);
  if (claim.status) {
    c.status = *claim.status;
  } else if (about && about->id == "target_price") {
    c.status = Status::target;
  } else if (is_expected_by_others(c.mention)) {
    c.status = Status::estimate;
  } else if (outlook != kNone) {
    const std::string* status = classes_.attribute(mentions_.all[outlook], "status");
    const bool own = is_own_word(outlook, by_analysts_ || others_in_sentence(c.mention));
    const bool others = others_speak(c.mention) && !own;
    others_speak_ = others_speak_ && !own;
    c.status = others ? Status::estimate : status && *status == "target" ? Status::target : Status::guidance;
    // A proposed dividend is what was decided; 由40%提升至50%: the 40% is there.
    const bool proposed = about && about->id == "dps" && text(mentions_.all[outlook].span) == "拟";
    if (proposed || (claim.earlier && !others)) c.status = Status::actual;
  } else if (c.listed && !candidates_.empty()) {
    c.status = candidates_.back().status;
  }
}

// What is of a time to come is no fact yet, whatever the sentence says.
void DocumentResolver::look_ahead(Candidate& c) const {
  const Date published = known_.context.published;
  // Without a day of publication, a year past the report: it may come that late.
  const Date now = published.year != 0 || known_.context.period.empty() ? published : known_.now().plus_days(366);
  if (c.status != Status::actual || c.claim->status || now.year == 0 || c.period.empty()) return;
  const Date start = c.period.instant ? c.period.end : c.period.start;
  if (start <= now) return;
  const std::string_view clause = text(clauses_[c.clause].span);
  const bool goal = clause.find("目标") != std::string_view::npos || clause.find("规划") != std::string_view::npos;
  c.status = by_analysts_ && !goal ? Status::estimate : goal ? Status::target : Status::guidance;
}

}  // namespace jiyao
