// Which characters the mention patterns can match. All others part the text:
// no match crosses one, so what stands between two of them, an island, can be
// matched by itself, and a text of mostly such characters is soon passed over.
#pragma once

#include <string_view>
#include <vector>

namespace jiyao {

class Alphabet {
 public:
  Alphabet() : known_(0x10000, false) {}

  // Adds what `pattern` can match. One that looks around (^ $ \b) or is open to
  // any character (. [^…] \W) makes every character part of the alphabet: then
  // a sentence is one island.
  void add(std::string_view pattern);

  bool contains(char32_t c) const { return all_ || (c < known_.size() && known_[c]); }

 private:
  size_t add_escape(std::string_view pattern, size_t at);
  size_t add_class(std::string_view pattern, size_t at);
  void add_range(char32_t first, char32_t last);

  std::vector<bool> known_;
  bool all_ = false;
};

}  // namespace jiyao
