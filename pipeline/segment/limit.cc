#include "pipeline/segment/limit.h"

namespace jiyao {
namespace {

// The last place within (begin, end] where the text may be cut: behind a
// comma, semicolon or space, else between two characters.
uint32_t cut_before(std::string_view text, uint32_t begin, uint32_t end) {
  for (uint32_t at = end; at > begin + kLongestSentence / 2; --at) {
    const char last = text[at - 1];
    if (last == ' ' || last == ';') return at;
    if (last == ',' && (at == text.size() || text[at] < '0' || text[at] > '9')) return at;
    if (at >= 3 && (text.substr(at - 3, 3) == "，" || text.substr(at - 3, 3) == "、")) return at;
  }
  while (end > begin && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

}  // namespace

void add_limited(std::string_view text, Span sentence, std::vector<Span>& out) {
  while (sentence.size() > kLongestSentence) {
    const uint32_t at = cut_before(text, sentence.begin, sentence.begin + kLongestSentence);
    uint32_t end = at;
    while (end > sentence.begin && text[end - 1] == ' ') --end;
    if (end > sentence.begin) out.push_back({sentence.begin, end});
    sentence.begin = at;
    while (sentence.begin < sentence.end && text[sentence.begin] == ' ') ++sentence.begin;
  }
  if (!sentence.empty()) out.push_back(sentence);
}

}  // namespace jiyao
