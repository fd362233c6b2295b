#include "pipeline/resolve/unit_label.h"

#include <algorithm>
#include <charconv>

namespace jiyao {
namespace {

const std::map<std::string_view, MentionKind>& kinds() {
  static const std::map<std::string_view, MentionKind> kinds = {{"currency", MentionKind::money},
                                                                {"currency_name", MentionKind::money},
                                                                {"currency_before", MentionKind::money},
                                                                {"currency_part", MentionKind::money},
                                                                {"currency_small", MentionKind::money},
                                                                {"percent", MentionKind::percent},
                                                                {"permille", MentionKind::percent},
                                                                {"pp", MentionKind::points},
                                                                {"bp", MentionKind::points},
                                                                {"times", MentionKind::multiple},
                                                                {"classifier", MentionKind::count},
                                                                {"months_unit", MentionKind::count}};
  return kinds;
}

// The power of ten that 十 百 千 万 亿 兆 stand for at the beginning of `text`; 0: none.
int scale_at(std::string_view text) {
  static const std::map<std::string_view, int> scales = {{"十", 1}, {"百", 2}, {"千", 3},
                                                         {"万", 4}, {"亿", 8}, {"兆", 12}};
  const auto it = scales.find(text.substr(0, 3));
  return it == scales.end() ? 0 : it->second;
}

std::string without_spaces(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (c != ' ') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return plain;
}

}  // namespace

UnitLabels::UnitLabels(const RuleSet& rules) {
  for (const LexiconEntry& entry : rules.lexicon) {
    const auto kind = kinds().find(rules.classes[entry.lexeme_class].name);
    if (kind != kinds().end()) words_.try_emplace(entry.word, Word{kind->second, &entry});
  }
}

// 人民币百万元, 百万港元, 元/吨, %: a currency, scales, and a unit word that ends
// the text or is followed by what it is per.
std::optional<UnitLabel> UnitLabels::read(std::string_view text) const {
  const std::string plain = without_spaces(text.substr(0, std::min(text.find(','), text.find("，"))));
  std::string_view rest = plain;
  UnitLabel label;
  const auto apply = [&label](const Word& word) {
    label.kind = word.kind;
    const auto& attributes = word.entry->attributes;
    const auto say = [&](const char* key) {
      const auto it = attributes.find(key);
      return it == attributes.end() ? std::string_view() : std::string_view(it->second);
    };
    if (word.kind != MentionKind::money)
      label.unit = !say("unit").empty() ? say("unit") : word.kind == MentionKind::percent ? "%" : word.entry->word;
    else if (say("currency") != "plain")
      label.unit = say("currency");
    int power = 0;
    std::from_chars(say("power").data(), say("power").data() + say("power").size(), power);
    label.power += power;
  };
  // The longest word that begins here.
  const auto word_at = [&](std::string_view at) {
    for (size_t size = at.size(); size > 0; --size)
      if (const auto it = words_.find(at.substr(0, size)); it != words_.end()) return it;
    return words_.end();
  };
  if (const auto before = word_at(rest); before != words_.end() && before->second.kind == MentionKind::money) {
    apply(before->second);
    rest.remove_prefix(before->first.size());
  }
  // 千瓦时 is no thousand of 瓦时, but 百万港元 is a million.
  const auto ends_label = [](std::string_view tail) { return tail.empty() || tail.front() == '/' || tail == "计"; };
  while (!ends_label(rest)) {
    const auto unit = word_at(rest);
    if (unit != words_.end() && ends_label(rest.substr(unit->first.size()))) {
      apply(unit->second);
      break;
    }
    const int power = scale_at(rest);
    if (power == 0) return std::nullopt;
    label.power += power;
    rest.remove_prefix(3);
  }
  if (label.kind == MentionKind::bare) return std::nullopt;
  return label;
}

std::optional<UnitLabel> UnitLabels::find(std::string_view label) const {
  constexpr std::string_view kUnit = "单位";
  if (size_t at = label.rfind(kUnit); at != std::string_view::npos) {
    std::string_view said = label.substr(at + kUnit.size());
    said.remove_prefix(std::min(said.find_first_not_of(": "), said.size()));
    if (const auto unit = read(said.substr(0, said.find_first_of(") ;\t\n")))) return unit;
  }
  for (size_t open = label.find('('); open != std::string_view::npos; open = label.find('(', open + 1)) {
    const size_t close = label.find(')', open);
    if (close == std::string_view::npos) break;
    if (const auto unit = read(label.substr(open + 1, close - open - 1))) return unit;
  }
  if (label.ends_with('%')) return read("%");
  return std::nullopt;
}

}  // namespace jiyao
