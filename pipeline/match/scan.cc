#include "pipeline/match/scan.h"

#include <algorithm>

#include "pipeline/model/symbols.h"

namespace jiyao {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // what a private use character of the text becomes

bool is_alnum(char c) { return is_digit(c) || is_letter(c); }

// A space matters only between two Latin words or numbers, behind a dash, which
// is then no sign, and between a number and a sign, which is then no dash.
bool keeps_space(std::string_view text, uint32_t begin, uint32_t at, uint32_t next, uint32_t end) {
  if (at == begin || next >= end) return false;
  const auto is_sign = [](char c) { return c == '-' || c == '+'; };
  if (is_sign(text[next])) return is_digit(text[at - 1]) && next + 1 < end && is_digit(text[next + 1]);
  return is_alnum(text[next]) && (is_alnum(text[at - 1]) || is_sign(text[at - 1]));
}

// 20%+: to patterns the plus of an open end, which is no sign of a number behind it.
constexpr std::string_view kOpenPlus = "＋";

// The ends of the sentence, to patterns. Folded text has neither.
constexpr std::string_view kBegin = "［";
constexpr std::string_view kEnd = "］";

// The length of the unit at a byte, or 0: for the scanners of numbers.
struct UnitAt {
  std::string_view text;
  const WordTable& words;
  const CharTable& chars;

  uint32_t operator()(uint32_t at) const {
    const CodePoint c = code_point_at(text, at);
    if ((chars[c.value] & CharTable::kUnit) == 0) return 0;
    const Word* unit = words.longest_unit(text, at, c);
    return unit ? static_cast<uint32_t>(unit->text.size()) : 0;
  }
};

// One sentence from its beginning to its end.
class Scanner {
 public:
  Scanner(std::string_view text, Span sentence, const WordTable& words, const CharTable& chars,
          const std::vector<bool>& trigger, Scan& out)
      : text_(text),
        sentence_(sentence),
        words_(words),
        chars_(chars),
        trigger_(trigger),
        out_(out),
        unit_at_{text, words, chars} {}

  void run() {
    uint32_t at = sentence_.begin;
    add_stand_in(kBegin, at);
    while (at < sentence_.end) at = step(at);
    add_stand_in(kEnd, at);
    out_.end_island();
    out_.origins.push_back({sentence_.end, -1});
  }

 private:
  // What stands at `at`; returns where the next thing begins.
  uint32_t step(uint32_t at) {
    const char b = text_[at];
    if (is_digit(b)) return add_digits(at);
    if (b == ' ' || b == '\t') return skip_space(at);
    if (b == '.' && begins_fraction(text_, at, unit_at_)) return add_number(scan_digits(text_, at, unit_at_), at);
    const CodePoint c = code_point_at(text_, at);
    const uint8_t flags = chars_[c.value];
    const bool inside_word = is_letter(b) && at > sentence_.begin && is_letter(text_[at - 1]);
    const Word* word = nullptr;
    if ((flags & CharTable::kWord) != 0 && !inside_word) word = word_at(at, c);
    if ((flags & CharTable::kNumeral) != 0) {
      const auto numeral = scan_numeral(text_, at, unit_at_);
      if (numeral && (!word || word->text.size() < numeral->end - at)) return add_number(*numeral, at);
    }
    if (word) return add_word(*word, at);
    add_character(c, flags, at);
    return at + c.size;
  }

  // A word that begins with a digit (2位数) wins over a number no longer than it.
  uint32_t add_digits(uint32_t at) {
    const Number number = scan_digits(text_, at, unit_at_);
    const auto c = static_cast<unsigned char>(text_[at]);
    if ((chars_[c] & CharTable::kWord) != 0) {
      const Word* word = words_.longest(text_, at, {c, 1}, after_number_);
      if (word && word->text.size() >= number.end - at) return add_word(*word, at);
    }
    return add_number(number, at);
  }

  // 门店数百家: of the words 门店数 and 门店 the second, since 数百 is a number.
  const Word* word_at(uint32_t at, CodePoint first) const {
    constexpr std::string_view kSeveral = "数";
    const Word* word = words_.longest(text_, at, first, after_number_);
    if (!word || word->text.size() == kSeveral.size() || !word->text.ends_with(kSeveral)) return word;
    const auto before = at + static_cast<uint32_t>(word->text.size() - kSeveral.size());
    if (!scan_numeral(text_, before, unit_at_)) return word;
    return words_.longest(text_.substr(0, before), at, first, after_number_);
  }

  uint32_t add_number(const Number& number, uint32_t at) {
    out_.add({{at, number.end}, number.shape, static_cast<uint32_t>(out_.numbers.size()), nullptr});
    out_.numbers.push_back(number);
    out_.has_trigger = true;
    after_number_ = true;
    return number.end;
  }

  uint32_t skip_space(uint32_t at) {
    uint32_t next = at;
    while (next < sentence_.end && (text_[next] == ' ' || text_[next] == '\t')) ++next;
    // Cells of a table are no parts of one figure.
    if (std::find(text_.begin() + at, text_.begin() + next, '\t') != text_.begin() + next)
      out_.end_island();
    else if (keeps_space(text_, sentence_.begin, at, next, sentence_.end))
      add_literal(at, at + 1);
    return next;
  }

  uint32_t add_word(const Word& word, uint32_t at) {
    const uint32_t end = at + static_cast<uint32_t>(word.text.size());
    const Element e{{at, end}, word.symbol, UINT32_MAX, &word};
    if (trigger_[word.symbol]) {
      out_.add(e);
      out_.has_trigger = true;
    } else {
      // A word that no mention pattern names stays text to them (至 in 10%至15%).
      out_.elements.push_back(e);
      add_literal(at, end);
    }
    // 元 + 人民币, 元 + /股: a unit may follow a unit.
    after_number_ = after_number_ && word.only_after_number;
    return end;
  }

  void add_literal(uint32_t begin, uint32_t end) {
    for (uint32_t at = begin; at < end;) {
      const CodePoint c = code_point_at(text_, at);
      add_literal(c, chars_[c.value], at);
      at += c.size;
    }
  }

  void add_literal(CodePoint c, uint8_t flags, uint32_t at) {
    if ((flags & CharTable::kPattern) != 0)
      out_.literal(text_, at, c.size);
    else
      out_.end_island();
  }

  // One that begins neither a word nor a number.
  void add_character(CodePoint c, uint8_t flags, uint32_t at) {
    after_number_ = after_number_ && (flags & CharTable::kOpenEnded) != 0;
    if ((flags & CharTable::kEnclosed) != 0) {
      out_.add({{at, at + c.size}, kOrdinal, UINT32_MAX, nullptr});
      out_.has_trigger = true;
    } else if ((flags & CharTable::kPrivate) != 0) {
      add_stand_in(kReplacement, at);
    } else if (is_open_plus(at)) {
      add_stand_in(kOpenPlus, at);
    } else {
      add_literal(c, flags, at);
    }
  }

  // Behind a unit, and before no number: 20%+, but 1.5%+0.2%, 300亿元+/-2%.
  bool is_open_plus(uint32_t at) const {
    if (text_[at] != '+' || out_.elements.empty()) return false;
    const Element& last = out_.elements.back();
    const uint32_t behind = numerals::skip_space(text_, at + 1);
    if (!last.word || !last.word->only_after_number || last.span.end != at) return false;
    return behind >= sentence_.end || !(is_digit(text_[behind]) || text_[behind] == '/');
  }

  // What patterns read for the character at `at`: private use characters of the
  // text must not pass for symbols.
  void add_stand_in(std::string_view character, uint32_t at) {
    const CodePoint c = code_point_at(character, 0);
    if ((chars_[c.value] & CharTable::kPattern) == 0) return out_.end_island();
    out_.literal(character, 0, c.size);
    std::fill(out_.origins.end() - c.size, out_.origins.end(), Scan::Origin{at, -1});
  }

  std::string_view text_;
  Span sentence_;
  const WordTable& words_;
  const CharTable& chars_;
  const std::vector<bool>& trigger_;
  Scan& out_;
  UnitAt unit_at_;
  bool after_number_ = false;  // a unit may stand here
};

}  // namespace

void Scan::clear() {
  elements.clear();
  numbers.clear();
  symbols.clear();
  islands.clear();
  origins.clear();
  has_trigger = island_symbol = false;
}

void Scan::literal(std::string_view text, uint32_t at, uint32_t size) {
  for (uint32_t i = 0; i < size; ++i) {
    symbols.push_back(text[at + i]);
    origins.push_back({at + i, -1});
  }
}

void Scan::add(const Element& e) {
  island_symbol = true;
  const auto index = static_cast<int32_t>(elements.size());
  elements.push_back(e);
  append_symbol(symbols, e.symbol);
  origins.insert(origins.end(), 3, Origin{e.span.begin, index});
}

void Scan::end_island() {
  const uint32_t begin = islands.empty() ? 0 : islands.back().end;
  const auto end = static_cast<uint32_t>(symbols.size());
  if (begin == end) return;  // the most frequent case by far; then there is no symbol either
  if (island_symbol) {
    islands.push_back({begin, end});
  } else {
    symbols.resize(begin);
    origins.resize(begin);
  }
  island_symbol = false;
}

void scan(std::string_view lower, Span sentence, const WordTable& words, const CharTable& chars,
          const std::vector<bool>& trigger, Scan& out) {
  out.clear();
  Scanner(lower.substr(0, sentence.end), sentence, words, chars, trigger, out).run();
}

}  // namespace jiyao
