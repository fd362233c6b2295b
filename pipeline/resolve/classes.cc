#include "pipeline/resolve/classes.h"

#include <map>
#include <string>

namespace jiyao {

Classes::Classes(const RuleSet& rules) : rules_(rules) {
  static const std::map<std::string, Part> parts = {
      {"boundary", Part::boundary}, {"company", Part::company},   {"each", Part::each},
      {"copula", Part::boundary},   {"given", Part::boundary},    {"recovered", Part::boundary},
      {"implied", Part::boundary},  {"goal", Part::guidance},     {"estimator", Part::estimator},
      {"guidance", Part::guidance}, {"topic", Part::boundary},    {"every", Part::boundary},
      {"net_new", Part::boundary},  {"net_less", Part::boundary}, {"until_now", Part::boundary},
      {"noun", Part::phrase},       {"idiom", Part::phrase},      {"name", Part::phrase},
      {"classifier", Part::phrase}, {"unit_per", Part::phrase},   {"vague_percent", Part::phrase},
      {"not_unit", Part::phrase}};
  for (const LexemeClass& c : rules.classes) {
    auto it = parts.find(c.name);
    by_class_.push_back(it == parts.end() ? Part::predicate : it->second);
    numbers_.push_back(c.name == "name"    ? LedgerClass::identifier
                       : c.name == "idiom" ? LedgerClass::idiom
                                           : LedgerClass::fact);
  }
  for (uint32_t i = 0; i < rules.metrics.size(); ++i)
    for (const std::string& name : rules.metrics[i].names) metrics_.emplace(name, i);
  for (const LexiconEntry& entry : rules.lexicon) {
    auto it = entry.attributes.find("market");
    markets_.push_back(it == entry.attributes.end() ? nullptr : &it->second);
  }
}

Part Classes::part(const Mention& word) const {
  if (word.metric != kNone) return Part::metric;
  if (word.entry == kNone) return Part::phrase;
  return by_class_[rules_.lexicon[word.entry].lexeme_class];
}

const std::string* Classes::attribute(const Mention& word, std::string_view key) const {
  if (word.entry == kNone) return nullptr;
  const auto& attributes = rules_.lexicon[word.entry].attributes;
  auto it = attributes.find(key);
  return it == attributes.end() ? nullptr : &it->second;
}

}  // namespace jiyao
