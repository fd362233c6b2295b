#include "pipeline/segment/sentence.h"

#include <algorithm>
#include <array>

#include "pipeline/segment/scan.h"

namespace jiyao::segmenting {
namespace {

constexpr uint32_t kLongestQuote = 300;  // code points

// Kinds of brackets; the straight quote opens and closes itself.
constexpr std::array<std::pair<char32_t, char32_t>, 11> kBrackets = {{{'(', ')'},
                                                                      {'[', ']'},
                                                                      {'{', '}'},
                                                                      {U'“', U'”'},
                                                                      {U'‘', U'’'},
                                                                      {U'「', U'」'},
                                                                      {U'『', U'』'},
                                                                      {U'《', U'》'},
                                                                      {U'〈', U'〉'},
                                                                      {U'【', U'】'},
                                                                      {'"', '"'}}};

// Bytes with which a bracket, a quote or final punctuation may begin. Han begin
// with none of them, so most of a text is passed over by this alone.
constexpr std::array<bool, 256> kMayBeMark = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("()[]{}\".!?*\xE2\xE3\xEF")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// The ranges of kBrackets: commas and most other marks are in none.
bool may_be_bracket(char32_t c) { return c < 0x80 || (c >= U'‘' && c <= U'”') || (c >= U'〈' && c <= U'】'); }

bool may_be_mark(char c) { return kMayBeMark[static_cast<unsigned char>(c)]; }

// Abbreviations whose point ends no sentence.
constexpr std::array<std::string_view, 14> kAbbreviations = {"Inc", "Ltd", "Co", "Corp", "Mr", "Mrs", "Ms",
                                                             "Dr",  "vs",  "No", "St",   "Jr", "Sr",  "etc"};

// A part of the text in which nothing ends.
struct Closed {
  uint32_t begin;
  uint32_t end;  // where the closing bracket begins
};

// Finds all brackets of a block that close soon enough, in one pass: an opener
// waits on a stack; a closer takes the nearest opener of its kind and drops
// those above it. A closer without opener is passed over by its kind's count,
// so no step looks through the stack in vain.
class BracketFinder {
 public:
  std::vector<Closed> find(std::string_view text, Span block) {
    uint32_t position = 0;
    for (uint32_t at = block.begin; at < block.end; ++at) {
      if (begins_han(text[at])) {
        ++position;
        at += 2;
        continue;
      }
      if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) ++position;
      if (may_be_mark(text[at])) see(code_point_at(text, at).value, at, position);
    }
    std::sort(closed_.begin(), closed_.end(), [](const Closed& a, const Closed& b) { return a.begin < b.begin; });
    return std::move(closed_);
  }

 private:
  struct Open {
    size_t kind;
    uint32_t at;
    uint32_t position;
  };

  void see(char32_t c, uint32_t at, uint32_t position) {
    if (!may_be_bracket(c)) return;
    for (size_t kind = 0; kind < kBrackets.size(); ++kind) {
      const bool closes = kBrackets[kind].second == c && waiting_[kind] > 0;
      if (closes) return close(kind, at, position);
      if (kBrackets[kind].first == c) {
        open_.push_back({kind, at, position});
        ++waiting_[kind];
        return;
      }
    }
  }

  void close(size_t kind, uint32_t at, uint32_t position) {
    while (true) {
      const Open open = open_.back();
      open_.pop_back();
      --waiting_[open.kind];
      if (open.kind != kind) continue;
      if (position - open.position <= kLongestQuote) closed_.push_back({open.at, at});
      return;
    }
  }

  std::vector<Open> open_;
  std::array<uint32_t, kBrackets.size()> waiting_{};
  std::vector<Closed> closed_;
};

class Splitter {
 public:
  Splitter(std::string_view text, Span block, std::vector<Span>& out) : text_(text), block_(block), out_(out) {
    closed_ = BracketFinder().find(text, block);
  }

  void run() {
    uint32_t begin = block_.begin;
    for (uint32_t at = block_.begin; at < block_.end;) {
      const uint32_t end = may_be_mark(text_[at]) ? end_at(at) : 0;
      if (end == 0) {
        at += begins_han(text_[at]) ? 3 : 1;
        continue;
      }
      add({begin, end});
      begin = at = end;
    }
    add({begin, block_.end});
  }

 private:
  // The end of the sentence if its final punctuation begins at `at`, else 0.
  uint32_t end_at(uint32_t at) {
    if (text_[at] == '*') bold_ += text_.substr(at, 2) == "**" ? 1 : 0;
    const uint32_t length = final_length(at);
    if (length == 0 || is_inside(at)) return 0;
    return after_closers(at + length);
  }

  // Bytes of the final punctuation at `at`; 0 if there is none.
  uint32_t final_length(uint32_t at) const {
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte == '.') return full_stop_length(at);
    if (byte != '!' && byte != '?' && byte < 0x80) return 0;
    const CodePoint c = code_point_at(text_, at);
    if (c.value == U'…') return run_length(at, c) >= 2 * c.size ? run_length(at, c) : 0;
    if (!is_final(c.value)) return 0;
    uint32_t end = at;
    while (end < block_.end && is_final(code_point_at(text_, end).value)) end += code_point_at(text_, end).size;
    const bool inside_address = c.size == 1 && end < block_.end && is_word(at, false) && is_word(end, true);
    return inside_address ? 0 : end - at;
  }

  // ? and ! between Latin letters or digits: an address, a formula.
  bool is_word(uint32_t at, bool here) const {
    const CodePoint c = here ? code_point_at(text_, at) : code_point_before(text_, at);
    return is_latin(c.value) || is_digit(c.value) || c.value == '=' || c.value == '/';
  }

  uint32_t run_length(uint32_t at, CodePoint c) const {
    uint32_t end = at;
    while (end < block_.end && code_point_at(text_, end).value == c.value) end += c.size;
    return end - at;
  }

  // …… is six points in folded text; one point must end a word before a space.
  uint32_t full_stop_length(uint32_t at) const {
    if (at > block_.begin && text_[at - 1] == '.') return 0;
    const uint32_t run = run_length(at, {'.', 1});
    const bool last = at + run == block_.end || is_space(code_point_at(text_, at + run).value);
    if (run >= 6 || (run >= 3 && last)) return run;
    return run == 1 && last && ends_word(at) ? 1 : 0;
  }

  bool ends_word(uint32_t at) const {
    const CodePoint before = at > block_.begin ? code_point_before(text_, at) : CodePoint{};
    if (is_cjk(before.value)) return true;
    uint32_t begin = at;
    while (begin > block_.begin && at - begin < 8 && is_latin(static_cast<unsigned char>(text_[begin - 1]))) --begin;
    if (at - begin < 2) return false;
    const std::string_view word = text_.substr(begin, at - begin);
    return std::find(kAbbreviations.begin(), kAbbreviations.end(), word) == kAbbreviations.end();
  }

  // Positions only grow, and so does the end of what has been opened.
  bool is_inside(uint32_t at) {
    while (next_ < closed_.size() && closed_[next_].begin < at) {
      inside_until_ = std::max(inside_until_, closed_[next_++].end);
    }
    return at < inside_until_;
  }

  uint32_t after_closers(uint32_t at) {
    while (at < block_.end) {
      const CodePoint c = code_point_at(text_, at);
      const bool ends_bold = bold_ % 2 == 1 && text_.substr(at, 2) == "**" && at + 2 <= block_.end;
      if (ends_bold) {
        ++bold_;
        at += 2;
        continue;
      }
      if (!is_closer(c.value) || (c.value == '"' && opens(at))) break;
      at += c.size;
    }
    return at;
  }

  // A straight quote that opens belongs to the sentence behind it.
  bool opens(uint32_t at) const {
    const auto found = std::lower_bound(closed_.begin(), closed_.end(), at,
                                        [](const Closed& c, uint32_t place) { return c.begin < place; });
    return found != closed_.end() && found->begin == at;
  }

  void add(Span sentence) {
    sentence = trimmed(text_, sentence);
    if (!sentence.empty()) out_.push_back(sentence);
  }

  std::string_view text_;
  Span block_;
  std::vector<Span>& out_;
  std::vector<Closed> closed_;
  size_t next_ = 0;
  uint32_t inside_until_ = 0;
  uint32_t bold_ = 0;
};

}  // namespace

void add_sentences(std::string_view text, Span block, std::vector<Span>& sentences) {
  Splitter(text, block, sentences).run();
}

}  // namespace jiyao::segmenting
