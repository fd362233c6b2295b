// What figures and periods are made of: attributes of rules and words, numbers of groups.
#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "pipeline/match/build.h"

namespace jiyao {

// The attribute, or nullptr.
inline const std::string* find(const Attributes& attributes, std::string_view key) {
  auto it = attributes.find(key);
  return it == attributes.end() ? nullptr : &it->second;
}

// Its number; `otherwise` if there is none.
inline int integer(const Attributes& attributes, std::string_view key, int otherwise) {
  const std::string* text = find(attributes, key);
  int value = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

// An integer that is a whole number as written; negative if it is none.
inline int64_t whole(const Part& part) {
  return part.number && part.number->value.exponent() == 0 ? part.number->value.coefficient() : -1;
}

}  // namespace jiyao
