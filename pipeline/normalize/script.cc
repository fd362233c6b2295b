// How OpenCC 1.1 converts with t2s, and why one table does the same:
//
//   1. The text is cut by longest match with TSPhrases; what lies between two
//      matches is a segment of its own.
//   2. In each segment, from left to right: the longest match in TSPhrases,
//      else the longest in TSCharacters, else the character stays.
//
// A phrase cannot begin inside a segment that lies between matches, else step 1
// had cut there. So both steps are one: at each place the longest phrase, else
// the character. A phrase that is its own conversion (乾坤) is an entry like any
// other: it keeps its characters from being converted one by one.
#include "pipeline/normalize/script.h"

#include <opencc/Config.hpp>
#include <opencc/Conversion.hpp>
#include <opencc/ConversionChain.hpp>
#include <opencc/Converter.hpp>
#include <opencc/Dict.hpp>
#include <opencc/DictGroup.hpp>
#include <opencc/Exception.hpp>
#include <opencc/Lexicon.hpp>
#include <opencc/MaxMatchSegmentation.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "pipeline/normalize/utf8.h"

namespace jiyao {
namespace {

// The lengths of the code points of `text`, one after another.
std::vector<uint32_t> shape(std::string_view text) {
  std::vector<uint32_t> lengths;
  for (size_t at = 0; at < text.size(); at += lengths.back()) lengths.push_back(utf8::length_of(text[at]));
  return lengths;
}

[[noreturn]] void unknown_form() {
  throw std::runtime_error("OpenCC's t2s.json is not of the form that is known here; OpenCC 1.1 is needed");
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Longest first, so that the first that fits is the longest.
Pairs read_dictionary(const opencc::Dict& dict) {
  Pairs pairs;
  for (const auto& entry : *dict.GetLexicon()) pairs.emplace_back(entry->Key(), entry->GetDefault());
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  if (pairs.empty() || pairs.back().first.empty()) unknown_form();
  return pairs;
}

// Dictionaries in the order in which OpenCC asks them.
void list_dictionaries(const opencc::DictPtr& dict, std::vector<Pairs>* all) {
  const auto group = std::dynamic_pointer_cast<opencc::DictGroup>(dict);
  if (!group) {
    all->push_back(read_dictionary(*dict));
    return;
  }
  for (const opencc::DictPtr& member : group->GetDicts()) list_dictionaries(member, all);
}

std::vector<Pairs> read_dictionaries() {
  opencc::ConverterPtr converter;
  try {
    converter = opencc::Config().NewFromFile("t2s.json");
  } catch (const opencc::Exception& e) {  // no std::exception
    throw std::runtime_error(std::string("OpenCC's t2s.json cannot be read; install its data: ") + e.what());
  }
  const auto segmentation = std::dynamic_pointer_cast<opencc::MaxMatchSegmentation>(converter->GetSegmentation());
  const auto conversions = converter->GetConversionChain()->GetConversions();
  std::vector<Pairs> all;
  if (conversions.size() == 1) list_dictionaries(conversions.front()->GetDict(), &all);
  if (!segmentation || all.empty() || read_dictionary(*segmentation->GetDict()) != all.front()) unknown_form();
  return all;
}

// What is to stand for text[begin, begin + size).
struct Replacement {
  size_t begin = 0;
  size_t size = 0;
  std::string_view value;
};

// Code point by code point where there are as many of them, else the whole.
void add_edits(std::string_view key, std::string_view value, size_t source, size_t edited, OffsetMap* map) {
  const auto add = [&](size_t from, size_t to) {
    map->add({{static_cast<uint32_t>(source), static_cast<uint32_t>(source + from)},
              {static_cast<uint32_t>(edited), static_cast<uint32_t>(edited + to)}});
  };
  const std::vector<uint32_t> from = shape(key);
  const std::vector<uint32_t> to = shape(value);
  if (from.size() != to.size()) return add(key.size(), value.size());
  for (size_t i = 0; i < from.size(); source += from[i], edited += to[i], ++i) {
    if (from[i] != to[i]) add(from[i], to[i]);
  }
}

NormalizedText replace(std::string text, const std::vector<Replacement>& replacements) {
  NormalizedText result;
  if (replacements.empty()) {
    result.text = std::move(text);
    return result;
  }
  result.text.reserve(text.size());
  size_t copied = 0;  // all before it is in the result
  for (const Replacement& r : replacements) {
    result.text.append(text, copied, r.begin - copied);
    add_edits(std::string_view(text).substr(r.begin, r.size), r.value, r.begin, result.text.size(), &result.map);
    result.text += r.value;
    copied = r.begin + r.size;
  }
  result.text.append(text, copied);
  return result;
}

}  // namespace

ScriptFolder::ScriptFolder() {
  std::map<uint32_t, Pairs> by_first;
  for (const Pairs& pairs : read_dictionaries()) {
    for (const auto& pair : pairs) by_first[utf8::decode(pair.first, 0).value].push_back(pair);
  }
  // Looking for entries passes over ASCII.
  if (by_first.begin()->first < 0x80 || by_first.rbegin()->first > 0x10FFFF) unknown_form();
  by_code_point_.resize(by_first.rbegin()->first + 1);
  for (const auto& [first, pairs] : by_first) {
    if (entries_.size() >= UINT16_MAX) unknown_form();
    by_code_point_[first] = static_cast<uint16_t>(entries_.size() + 1);
    for (const auto& [key, value] : pairs) add_entry(key, value);
    entries_.back().last = true;
  }
}

void ScriptFolder::add_entry(std::string_view key, std::string_view value) {
  const std::string_view rest = key.substr(utf8::length_of(key[0]));
  Entry e;
  e.rest = static_cast<uint32_t>(strings_.size());
  e.rest_size = static_cast<uint32_t>(rest.size());
  strings_ += rest;
  e.value = static_cast<uint32_t>(strings_.size());
  e.value_size = static_cast<uint32_t>(value.size());
  strings_ += value;
  e.same_shape = shape(key) == shape(value);
  e.single = e.same_shape && key.size() == 3 && rest.empty();
  if (e.single) std::copy(value.begin(), value.end(), e.single_value.begin());
  entries_.push_back(e);
}

const ScriptFolder::Entry* ScriptFolder::find(uint32_t first, std::string_view after) const {
  for (const Entry* e = &entries_[by_code_point_[first] - 1u];; ++e) {
    if (e->rest_size == 0 || after.starts_with(std::string_view(strings_).substr(e->rest, e->rest_size))) return e;
    if (e->last) return nullptr;
  }
}

// Entries that keep every length, which are nearly all, are written over the
// text where it stands; the others are put in afterwards.
NormalizedText ScriptFolder::fold(std::string text) const {
  const uint16_t* table = by_code_point_.data();
  const size_t known = by_code_point_.size();
  const auto wanted = [table, known](uint32_t c) { return c < known && table[c] != 0; };
  std::vector<Replacement> resized;
  for (size_t at = utf8::find(text, 0, wanted); at < text.size(); at = utf8::find(text, at, wanted)) {
    const utf8::CodePoint first = utf8::decode(text, at);
    const size_t begin = at;
    at += first.length;
    const Entry& start = entries_[table[first.value] - 1u];
    if (start.single) {
      std::memcpy(text.data() + begin, start.single_value.data(), 3);
      continue;
    }
    const Entry* e = find(first.value, std::string_view(text).substr(at));
    if (e == nullptr) continue;
    at += e->rest_size;
    if (e->same_shape) {
      std::memcpy(text.data() + begin, strings_.data() + e->value, at - begin);
    } else {
      resized.push_back({begin, at - begin, value(*e)});
    }
  }
  return replace(std::move(text), resized);
}

}  // namespace jiyao
