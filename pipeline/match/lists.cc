#include "pipeline/match/lists.h"

#include <algorithm>

namespace jiyao {
namespace {

bool begins_with_one_of(std::string_view& text, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    return true;
  }
  return false;
}

// 、 and 和 and the like, alone or with a verb or a bound behind: 和下降, 及约.
// Without one, the verb between the ends of a change: 从250增长至334个.
bool joins_list(std::string_view between) {
  std::string trimmed;
  std::copy_if(between.begin(), between.end(), std::back_inserter(trimmed), [](char c) { return c != ' '; });
  std::string_view rest = trimmed;
  const bool separated =
      begins_with_one_of(rest, {"、", "/", ",", "和", "及", "与", "或", "以及", ";", "跟", "or", "and"});
  if (separated) begins_with_one_of(rest, {"和", "及", "与", "以及", "and"});  // 、和
  if (!separated && !rest.ends_with("至") && !rest.ends_with("到")) return false;
  while (begins_with_one_of(
      rest, {"增长", "增加", "上升", "提升", "提高", "下降", "减少", "下跌", "扩大", "缩小", "攀升", "回落", "增", "升",
             "降",   "减",   "跌",   "涨",   "至",   "到",   "约",   "近",   "逾",   "超过", "超",   "大约", "+"})) {
  }
  return rest.empty();
}

// A list within a clause: 人民币3.5亿、4.2亿.
bool joins_closely(std::string_view between) {
  return between.find_first_of(",;") == std::string_view::npos && joins_list(between);
}

void set_scale(Figure& figure, int scale) {
  for (auto* d : {&figure.value, &figure.low, &figure.high})
    if (*d) *d = (*d)->scaled(scale);
  figure.decimals -= scale;
  figure.scale = scale;
}

// One sentence's mentions.
class Lists {
 public:
  Lists(std::string_view text, size_t first, Mentions& mentions) : text_(text), first_(first), mentions_(mentions) {}

  // The currency stands before the first: US$3.5 and 4.2 billion.
  void unit_from_first() {
    for (size_t i = first_; i < mentions_.all.size();) {
      size_t last = i;
      while (last + 1 < mentions_.all.size() && give_unit(last)) ++last;
      for (size_t at = last; at-- > i;)
        if (figure(at).scale == 0) set_scale(figure(at), figure(at + 1).scale);
      i = last + 1;
    }
  }

  // A quote of a share, 云岭制造(8.12,-0.06,-0.73%): the price and its move are money.
  void quotes() {
    for (size_t i = first_; i + 2 < mentions_.all.size(); ++i) {
      const auto kind = [&](size_t at) { return mentions_.all[at].kind; };
      if (kind(i) != MentionKind::bare || kind(i + 1) != MentionKind::bare || kind(i + 2) != MentionKind::percent ||
          between(i) != "," || between(i + 1) != "," || figure(i).decimals < 2)
        continue;
      const uint32_t begin = mentions_.all[i].span.begin, end = mentions_.all[i + 2].span.end;
      if (begin == 0 || text_[begin - 1] != '(' || end >= text_.size() || text_[end] != ')') continue;
      mentions_.all[i].kind = mentions_.all[i + 1].kind = MentionKind::money;
    }
  }

  // Unit and scale stand behind the last: 31.60、8.25、7.46亿元.
  void unit_from_last() {
    for (size_t i = mentions_.all.size(); i-- > first_ + 1;) {
      const Mention& from = mentions_.all[i];
      Mention& to = mentions_.all[i - 1];
      if (!is_figure(from.kind) || from.kind == MentionKind::bare) continue;
      if (to.kind != MentionKind::bare && !is_short_for(to, from)) continue;
      if (!joins_list(between(i - 1))) continue;
      to.kind = from.kind;
      figure(i - 1).unit = figure(i).unit;
      figure(i - 1).plain_currency = figure(i).plain_currency;
      if (figure(i - 1).scale == 0) set_scale(figure(i - 1), figure(i).scale);
    }
  }

 private:
  // Whether the next figure takes the currency of this one, or what a metric
  // without a word for its unit is stated in (EPS为1.15、1.38).
  bool give_unit(size_t i) {
    const Mention& from = mentions_.all[i];
    Mention& to = mentions_.all[i + 1];
    const bool implied =
        from.kind == MentionKind::multiple || (from.kind == MentionKind::money && figure(i).unit.empty());
    if (implied ? figure(i).plain_currency || to.kind != MentionKind::bare || figure(i + 1).scale != 0
                : from.kind != MentionKind::money)
      return false;
    const bool open = to.kind == MentionKind::bare || (to.kind == MentionKind::money && figure(i + 1).unit.empty());
    if (!open || !joins_closely(between(i))) return false;
    to.kind = from.kind;
    figure(i + 1).unit = figure(i).unit;
    figure(i + 1).plain_currency = false;
    return true;
  }

  // 收窄9个及3个基点: nine basis points.
  bool is_short_for(const Mention& to, const Mention& from) const {
    return to.kind == MentionKind::count && from.kind == MentionKind::points && text(to).ends_with("个") &&
           text(from).find("个") != std::string_view::npos;
  }
  std::string_view text(const Mention& m) const { return text_.substr(m.span.begin, m.span.size()); }

  Figure& figure(size_t i) { return mentions_.figures[mentions_.all[i].payload]; }
  std::string_view between(size_t i) const {
    const uint32_t begin = mentions_.all[i].span.end;
    return text_.substr(begin, mentions_.all[i + 1].span.begin - begin);
  }

  std::string_view text_;
  size_t first_;
  Mentions& mentions_;
};

}  // namespace

void share_units(std::string_view text, size_t first, Mentions& mentions) {
  Lists lists(text, first, mentions);
  lists.quotes();
  lists.unit_from_first();
  lists.unit_from_last();
}

}  // namespace jiyao
