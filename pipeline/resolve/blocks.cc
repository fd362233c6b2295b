// What a block says before its sentences do: the part of the company that its label or its heading
// names, and the period that it goes on with.
#include <algorithm>

#include "pipeline/resolve/owner.h"
#include "pipeline/resolve/state.h"

namespace jiyao {

// 广告:…, 海外业务:… name what the paragraph is about; of 产业互联网保持高增:… the
// noun before the verb does.
Span DocumentResolver::business_label(const Block& block) const {
  if (block.kind == BlockKind::turn || block.lead.empty()) return {};
  Span label = block.lead;
  for (uint32_t i = first_; i < last_ && mentions_.all[i].span.begin < label.end; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.span.begin < label.begin) continue;
    const bool inside =
        m.kind == MentionKind::identifier || (m.kind == MentionKind::word && classes_.part(m) == Part::phrase);
    if (!inside) label.end = m.span.begin;
  }
  return label.size() >= 6 && label.size() <= 30 && is_part_name(text(label)) ? label : Span{};
}

// 【功率半导体】, 二、保险业务: the part that the items under a heading are of, if its name is that of
// a business, or if the first of them says that it is a part: 收入27亿元(占集团47%).
Span DocumentResolver::heading_part(const Block& block) const {
  if (block.section == kNone || block.section == 0 || block.kind == BlockKind::heading) return {};
  const Block& heading = document_.blocks[block.section];
  const auto within = [&](uint32_t sentence) {
    return Scope{document_.folded.text, mentions_, classes_, mentions_.sentence_begin[sentence],
                 mentions_.sentence_begin[sentence + 1]};
  };
  const Span name = section_name(within(heading.first_sentence),
                                 {std::max(heading.marker.end, heading.span.begin), heading.span.end});
  if (name.empty() || is_own_name(name)) return {};
  if (is_business_name(text(name))) return name;
  const Scope below = within(heading.last_sentence);
  if (below.first == below.last) return {};
  const Metric* leading = classes_.metric(mentions_.all[below.first]);
  const bool says_part =
      std::any_of(mentions_.all.begin() + below.first, mentions_.all.begin() + below.last,
                  [&](const Mention& m) { return m.kind == MentionKind::word && text(m.span).starts_with("占"); });
  return leading && leading->unit_kind == "money" && leading->balance == "flow" && says_part ? name : Span{};
}

// A heading that names a period (二、2025年展望) names that of its section.
Period DocumentResolver::section_period(uint32_t heading) const {
  while (heading != kNone) {
    if (const auto it = heading_periods_.find(heading); it != heading_periods_.end()) return it->second;
    heading = document_.blocks[heading].section;
  }
  return {};
}

// 三、甲生医(7780): a line that names one of several companies; what stands below it is of that one.
void DocumentResolver::remember_title(const Block& block) {
  constexpr uint32_t kLongestTitle = 20 * 3;  // bytes
  const uint32_t begin = std::max(block.span.begin, block.marker.end);
  const bool brief = block.span.end - begin <= kLongestTitle;
  const std::vector<Span> names = several_named_ && brief ? companies_in(block.span) : std::vector<Span>{};
  if (names.size() == 1 &&
      text({begin, std::max(begin, names.front().begin)}).find_first_not_of(' ') == std::string_view::npos)
    titled_company_ = chain_.company = source(names.front());
  else if (block.level == 1 || (!block.marker.empty() && brief))
    titled_company_.clear();
}

// True if a sentence is a line that does not come to an end.
bool DocumentResolver::is_open(uint32_t index) const {
  std::string_view line = text(document_.sentences[index].span);
  if (line.size() >= 120 || document_.blocks[document_.sentences[index].block].kind == BlockKind::heading) return false;
  const size_t last = line.find_last_not_of("*\"') ");
  if (last == std::string_view::npos) return false;
  line = line.substr(0, last + 1);
  for (const std::string_view end : {"。", "!", "?", "。”", "。」"})
    if (line.ends_with(end)) return false;
  return true;
}

// 问:2025年怎么看? 答:收入预计…: the answer is about the period that the question named.
bool DocumentResolver::answers(uint32_t index) const {
  if (index == 0 || !text(document_.sentences[index - 1].span).ends_with("?")) return false;
  return chain_.period_block == chain_.block;
}

// A paragraph goes on with the period that led the last one, if that is next to what is
// reported: 2023年收入40亿元。 税前亏损16亿元: in a report on the first half of 2024.
bool DocumentResolver::goes_on_below(const Block& block) const {
  const Period& report = known_.context.period;
  const Period& led = chain_.period;
  if (block.kind != BlockKind::paragraph || block.section != chain_.section || chain_.lead_block != chain_.block ||
      led.empty() || report.empty())
    return false;
  const int months = (report.end.year - led.end.year) * 12 + report.end.month - led.end.month;
  const bool part = report.start <= led.start && led.end <= report.end;
  const bool year = led.start <= report.start && report.end <= led.end && led.start.month == 1 && led.end.month == 12;
  return !part && !year && 0 <= months && months <= 12;
}

// At a new paragraph the chain begins anew; speech without punctuation runs on
// from line to line.
void DocumentResolver::begin_block(uint32_t index) {
  const Sentence& s = document_.sentences[index];
  if (chain_.block != s.block && answers(index)) chain_.answer_block = s.block;
  runs_on_ = s.block == chain_.answer_block || (index > 0 && is_open(index - 1));
  if (chain_.block == s.block) return;
  const Block& block = document_.blocks[s.block];
  const bool same_period = goes_on_below(block);
  chain_.block = s.block;
  if (runs_on_) return;
  if (!same_period) chain_.period = section_period(block.section);
  chain_.outlook = chain_.instant = {};
  if (block.section != chain_.section) {
    chain_.topic.segment = {};
    chain_.parts.clear();
  }
  chain_.section = block.section;
  const bool asked = index > 0 && text(document_.sentences[index - 1].span).ends_with("?");
  if (!asked || index - chain_.shares_at > 2) chain_.share_metric = kNone;
  chain_.company = titled_company_;
  chain_.segment = business_label(block);
  if (chain_.segment.empty()) chain_.segment = heading_part(block);
  chain_.segment_sentence = kNone;
}

}  // namespace jiyao
