#include "pipeline/match/lists.h"

namespace jiyao {
namespace {

bool is_separator(std::string_view between) {
  std::string trimmed;
  for (char c : between)
    if (c != ' ') trimmed += c;
  for (std::string_view s : {"、", "/", ",", "，", "和", "及", "与", "或", "以及", ";", "到", "至"})
    if (trimmed == s) return true;
  return false;
}

// 从250增长至334个: the verb between the ends of a change.
bool is_change_to(std::string_view between) {
  if (!between.ends_with("至") && !between.ends_with("到") && !between.ends_with("至 ") && !between.ends_with("到 "))
    return false;
  static constexpr std::string_view verbs = "增长加升提高上降下减少跌扩大缩小至到 攀回落";
  for (size_t i = 0; i < between.size();) {
    const size_t n = static_cast<unsigned char>(between[i]) < 0x80 ? 1 : 3;
    if (verbs.find(between.substr(i, n)) == std::string_view::npos) return false;
    i += n;
  }
  return true;
}

}  // namespace

void share_units(std::string_view text, size_t first, const RuleSet&, Mentions& mentions) {
  for (size_t i = mentions.all.size(); i-- > first + 1;) {
    const Mention& from = mentions.all[i];
    Mention& to = mentions.all[i - 1];
    if (!is_figure(from.kind) || from.kind == MentionKind::bare || to.kind != MentionKind::bare) continue;
    const std::string_view between = text.substr(to.span.end, from.span.begin - to.span.end);
    if (!is_separator(between) && !is_change_to(between)) continue;
    const Figure source = mentions.figures[from.payload];
    Figure& figure = mentions.figures[to.payload];
    to.kind = from.kind;
    figure.unit = source.unit;
    figure.plain_currency = source.plain_currency;
    if (source.scale == 0 || figure.scale != 0) continue;
    for (auto* d : {&figure.value, &figure.low, &figure.high})
      if (*d) *d = (*d)->scaled(source.scale);
    figure.decimals -= source.scale;
    figure.scale = source.scale;
  }
}

}  // namespace jiyao
