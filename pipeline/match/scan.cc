#include "pipeline/match/scan.h"

#include "pipeline/model/symbols.h"

namespace jiyao {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// ① ⑴ ⒈ ❶ and the like, which stand for list numbers.
bool is_enclosed_number(char32_t c) {
  return (c >= 0x2460 && c <= 0x249B) || (c >= 0x24EA && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793) ||
         (c >= 0x3220 && c <= 0x3229) || (c >= 0x3280 && c <= 0x3289);
}

bool is_alnum(char c) { return is_digit(c) || is_letter(c); }

// A space matters only between two Latin words or numbers.
bool keeps_space(std::string_view text, uint32_t begin, uint32_t at, uint32_t next, uint32_t end) {
  return at > begin && next < end && is_alnum(text[at - 1]) && is_alnum(text[next]);
}

}  // namespace

void Scan::clear() {
  elements.clear();
  numbers.clear();
  symbols.clear();
  place.clear();
  element.clear();
  has_trigger = false;
}

void Scan::literal(std::string_view text, uint32_t at, uint32_t size) {
  symbols.append(text.substr(at, size));
  for (uint32_t i = 0; i < size; ++i) {
    place.push_back(at + i);
    element.push_back(-1);
  }
}

void Scan::add(const Element& e) {
  const auto index = static_cast<int32_t>(elements.size());
  elements.push_back(e);
  append_symbol(symbols, e.symbol);
  for (int i = 0; i < 3; ++i) {
    place.push_back(e.span.begin);
    element.push_back(index);
  }
}

void Scan::finish(uint32_t end) {
  place.push_back(end);
  element.push_back(-1);
}

void scan(std::string_view lower, Span sentence, const WordTable& words, const std::vector<bool>& trigger, Scan& out) {
  out.clear();
  const std::string_view text = lower.substr(0, sentence.end);
  const auto unit_at = [&](uint32_t p) -> uint32_t {
    const CodePoint c = code_point_at(text, p);
    if (!words.begins(c.value)) return 0;
    const Word* w = words.longest_unit(text, p, c);
    return w ? static_cast<uint32_t>(w->text.size()) : 0;
  };
  const auto add_number = [&](const Number& n, uint32_t at) {
    out.add({{at, n.end}, n.shape, static_cast<uint32_t>(out.numbers.size()), nullptr});
    out.numbers.push_back(n);
    out.has_trigger = true;
  };
  uint32_t p = sentence.begin;
  bool after_number = false;  // a unit may stand here
  while (p < sentence.end) {
    const char b = text[p];
    if (is_digit(b)) {
      const Number n = scan_digits(text, p, unit_at);
      add_number(n, p);
      p = n.end;
      after_number = true;
      continue;
    }
    if (b == ' ' || b == '\t') {
      uint32_t next = p;
      while (next < sentence.end && (text[next] == ' ' || text[next] == '\t')) ++next;
      if (keeps_space(text, sentence.begin, p, next, sentence.end)) out.literal(text, p, 1);
      p = next;
      continue;
    }
    const CodePoint c = code_point_at(text, p);
    const Word* w = nullptr;
    const bool inside_word = is_letter(b) && p > sentence.begin && is_letter(text[p - 1]);
    if (!inside_word && words.begins(c.value)) w = words.longest(text, p, c, after_number);
    if (begins_numeral(c.value)) {
      const auto n = scan_numeral(text, p, unit_at);
      if (n && (!w || w->text.size() < n->end - p)) {
        add_number(*n, p);
        p = n->end;
        after_number = true;
        continue;
      }
    }
    if (w) {
      const auto size = static_cast<uint32_t>(w->text.size());
      // A word that no mention pattern names stays text to them (至 in 10%至15%).
      const Element e{{p, p + size}, w->symbol, UINT32_MAX, w};
      if (trigger[w->symbol]) {
        out.add(e);
        out.has_trigger = true;
      } else {
        out.elements.push_back(e);
        out.literal(text, p, size);
      }
      p += size;
      // 元 + 人民币, 元 + /股: a unit may follow a unit.
      after_number = after_number && w->only_after_number;
      continue;
    }
    if (is_enclosed_number(c.value)) {
      out.add({{p, p + c.size}, kOrdinal, UINT32_MAX, nullptr});
      out.has_trigger = true;
      after_number = false;
    } else if (c.value >= kSymbolBase && c.value <= kSymbolLast) {
      // Private use characters of the text must not pass for symbols.
      static_assert(kReplacement == 0xFFFD);
      out.symbols += "\xEF\xBF\xBD";
      for (uint32_t i = 0; i < 3; ++i) {
        out.place.push_back(p);
        out.element.push_back(-1);
      }
      after_number = false;
    } else {
      out.literal(text, p, c.size);
      after_number = after_number && (b == '+' || numerals::is_open_ended(c.value));
    }
    p += c.size;
  }
  out.finish(sentence.end);
}

}  // namespace jiyao
