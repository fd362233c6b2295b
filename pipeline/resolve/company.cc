// Whose the figures of a sentence are, where it names companies.
#include <algorithm>
#include <array>

#include "pipeline/resolve/state.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

// Something is done to the company behind it, or with it: 向联岳采购.
constexpr auto kObjects =
    std::to_array<std::string_view>({"向", "对", "与", "给", "跟", "较", "比", "替", "被", "不考虑", "剔除", "不含",
                                     "不包括", "扣除", "除", "除了", "不计", "撇除"});

}  // namespace

// What follows is of that company, unless something is done to it or with it.
void DocumentResolver::speak_of_company(Span name) {
  const std::string_view before = std::string_view(document_.folded.text).substr(0, name.begin);
  if (!ends_with_any(before, kObjects)) chain_.company = source(name);
}

// The companies named in a part of the sentence, by the lexicon or by their codes.
std::vector<Span> DocumentResolver::companies_in(Span part) const {
  std::vector<Span> names;
  for (uint32_t i = first_; i < last_; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.kind == MentionKind::word && classes_.part(m) == Part::company && part.contains(m.span))
      names.push_back(m.span);
  }
  for (auto it = std::lower_bound(named_.begin(), named_.end(), part.begin,
                                  [](Span name, uint32_t at) { return name.begin < at; });
       it != named_.end() && it->end <= part.end; ++it)
    if (std::none_of(names.begin(), names.end(), [&](Span known) { return known.overlaps(*it); })) names.push_back(*it);
  std::sort(names.begin(), names.end());
  return names;
}

// True if nothing but a joint, and perhaps a code in brackets, stands between two
// names: 华航(2610-TW)与长荣航.
bool DocumentResolver::names_joined(Span before, Span after) const {
  std::string_view between = text({before.end, after.begin});
  while (between.starts_with(" ")) between.remove_prefix(1);
  if (between.starts_with("("))
    if (const size_t closed = between.find(')'); closed != std::string_view::npos) between.remove_prefix(closed + 1);
  return is_list_separator(after.begin - static_cast<uint32_t>(between.size()), after.begin);
}

// 甲、乙、丙营收分别为3亿元、4亿元和5亿元: as many companies as figures in a row.
void DocumentResolver::distribute_companies() {
  for (size_t i = 0; i < candidates_.size();) {
    const size_t end = end_of_list(i);
    if (end - i > 1) {
      const uint32_t from = i > 0 ? mentions_.all[candidates_[i - 1].mention].span.end : clauses_.front().span.begin;
      const std::vector<Span> names = companies_in({from, mentions_.all[candidates_[i].mention].span.begin});
      bool joined = names.size() == end - i;
      for (size_t k = 1; joined && k < names.size(); ++k) joined = names_joined(names[k - 1], names[k]);
      for (size_t k = 0; joined && k < names.size(); ++k) candidates_[i + k].company = source(names[k]);
    }
    i = end;
  }
}

// Whether the text gives the codes of at least two.
void DocumentResolver::find_several_companies() {
  several_named_ =
      std::any_of(named_.begin(), named_.end(), [&](Span name) { return text(name) != text(named_.front()); });
}

// Where several companies have their codes, a company is no part of another: 联发科18元 behind 台积电
// 每股盈余13.9元 is of the company, not of its segment.
void DocumentResolver::own_figures(Candidate& c) const {
  for (Topic& t : c.topics) {
    if (t.segment.empty()) continue;
    const std::vector<Span> names = companies_in(t.segment);
    if (names.size() != 1 || names.front() != t.segment || !several_named_) continue;
    // Not one taken over from the figure before.
    if (&c == candidates_.data() || t.segment.begin >= mentions_.all[(&c)[-1].mention].span.end)
      c.company = source(t.segment);
    if (t.phrase.begin == t.segment.begin && t.phrase.end > t.segment.end) t.phrase.begin = t.segment.end;
    t.segment = {};
  }
}

}  // namespace jiyao
