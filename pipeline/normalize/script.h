// Script: Traditional → Simplified by OpenCC's own dictionaries, read once into
// one table, so that every replaced run is known and a look-up costs a few
// nanoseconds. The text is what OpenCC's t2s gives, byte for byte.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/text.h"

namespace jiyao {

// Immutable and thread safe.
class ScriptFolder {
 public:
  // Throws std::runtime_error if OpenCC's t2s is not installed, or is made in
  // another way than one pass of longest match over a list of dictionaries.
  ScriptFolder();
  NormalizedText fold(std::string text) const;

 private:
  // One entry of a dictionary. Those that begin with the same code point stand
  // together, in the order in which they are to be tried.
  struct Entry {
    uint32_t rest = 0;   // in strings_: the key after its first code point
    uint32_t value = 0;  // in strings_
    uint32_t rest_size = 0;
    uint32_t value_size = 0;
    bool same_shape = false;  // every code point is as long as the one it replaces
    bool last = false;        // of those with this first code point
    bool single = false;      // one character of three bytes for another: nearly all
    std::array<char, 3> single_value{};
  };

  void add_entry(std::string_view key, std::string_view value);
  // `first` is the first code point of an entry, `after` the text after it.
  const Entry* find(uint32_t first, std::string_view after) const;
  std::string_view value(const Entry& e) const { return std::string_view(strings_).substr(e.value, e.value_size); }

  std::vector<uint16_t> by_code_point_;  // 1 + index into entries_ of the first entry, 0 for none
  std::vector<Entry> entries_;
  std::string strings_;
};

}  // namespace jiyao
