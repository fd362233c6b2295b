// rules/lexicon: classes of words. A YAML document is one class.
#include <fmt/format.h>

#include <algorithm>

#include "pipeline/load/loader.h"

namespace jiyao {

void Loader::read_lexicon(const YAML::Node& node) {
  const bool is_map = node.IsMap() && only_keys(node, {});
  if (!is_map || !node["class"] || !node["words"] || !node["words"].IsSequence())
    return error(node, "a lexicon needs `class: name` and `words:`, a list");
  const auto index = read_class(node["class"]);
  if (!index) return;
  LexiconEntry shared;
  shared.lexeme_class = *index;
  for (const auto& pair : node)
    if (const std::string key = pair.first.Scalar(); key != "class" && key != "words")
      shared.attributes[key] = scalar(pair.second, "an attribute").value_or("");
  for (const YAML::Node& item : node["words"]) read_word(item, shared);
}

std::optional<uint16_t> Loader::read_class(const YAML::Node& node) {
  const auto name = scalar(node, "class");
  if (!name) return std::nullopt;
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  if (name->empty() || !std::all_of(name->begin(), name->end(), is_plain)) {
    error(node, "a class name is made of a-z and _");
    return std::nullopt;
  }
  for (const LexemeClass& c : set_.classes) {
    if (c.name != *name) continue;
    error(node,
          fmt::format("class '{}' stands already at {}:{}; add the words there", *name, c.place.file, c.place.line));
    return std::nullopt;
  }
  set_.classes.push_back({*name, place(node)});
  return static_cast<uint16_t>(set_.classes.size() - 1);
}

// A word alone, or {word: …} with attributes of its own.
void Loader::read_word(const YAML::Node& item, LexiconEntry entry) {
  if (item.IsScalar()) return add_word(item.Scalar(), std::move(entry), item);
  if (!only_keys(item, {})) return;
  for (const auto& pair : item)
    if (pair.first.Scalar() != "word")
      entry.attributes[pair.first.Scalar()] = scalar(pair.second, "an attribute").value_or("");
  if (!item["word"]) return error(item, "`word:` is missing");
  if (const auto word = scalar(item["word"], "word")) add_word(*word, std::move(entry), item);
}

void Loader::add_word(const std::string& word, LexiconEntry entry, const YAML::Node& at) {
  if (word.empty()) return error(at, "an empty word");
  // A unit (升) is looked for only behind a number, so it may be a word elsewhere too.
  const auto unit = entry.attributes.find("after_number");
  const bool only_unit = unit != entry.attributes.end() && (unit->second == "only" || unit->second == "beside");
  if (!take_word(only_unit ? word + "\n" : word, word, at)) return;
  entry.word = word;
  entry.place = place(at);
  set_.lexicon.push_back(std::move(entry));
}

}  // namespace jiyao
