#include "pipeline/segment/cut.h"

#include <algorithm>
#include <array>

#include "pipeline/segment/marker.h"
#include "pipeline/segment/scan.h"

namespace jiyao::segmenting {
namespace {

constexpr uint32_t kWideGap = 4;      // spaces that part paragraphs whatever stands before them
constexpr uint32_t kRoomyPiece = 12;  // code points: shorter on average, the gaps part table cells
constexpr size_t kLongPiece = 300;    // bytes: only longer ones are searched for chapters inside

struct Gap {
  Span span;
  bool after_final = false;
};

std::vector<Gap> gaps_in(std::string_view text, Span line) {
  std::vector<Gap> gaps;
  const std::string_view body = text.substr(0, line.end);
  for (size_t at = body.find("  ", line.begin); at != std::string_view::npos; at = body.find("  ", at)) {
    const size_t end = std::min(body.find_first_not_of(' ', at), body.size());
    const Span span{static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
    gaps.push_back({span, ends_sentence(body.substr(at < 16 ? 0 : at - 16, std::min<size_t>(at, 16)))});
    at = end;
  }
  return gaps;
}

// Gaps that part paragraphs rather than words or the cells of a row.
std::vector<uint32_t> paragraph_starts(std::string_view text, Span line) {
  const std::vector<Gap> gaps = gaps_in(text, line);
  if (gaps.empty() || cut_out(text, line).find('\t') != std::string_view::npos) return {};
  const auto after_final = std::count_if(gaps.begin(), gaps.end(), [](const Gap& g) { return g.after_final; });
  const bool habit = static_cast<size_t>(after_final) * 2 >= gaps.size();
  const bool roomy = count_code_points(cut_out(text, line)) / (gaps.size() + 1) >= kRoomyPiece;
  std::vector<uint32_t> starts;
  for (const Gap& gap : gaps) {
    if (gap.after_final || (roomy && (habit || gap.span.size() >= kWideGap))) starts.push_back(gap.span.end);
  }
  return starts;
}

// A Q or A label that ends at a colon, inside a line.
struct InlineLabel {
  uint32_t begin = 0;
  bool answer = false;
};

// The label's first byte and kind; begin == colon if there is none.
InlineLabel label_before(std::string_view text, uint32_t from, uint32_t colon) {
  uint32_t end = colon;
  while (end > from && colon - end < 3 && is_digit(static_cast<unsigned char>(text[end - 1]))) --end;
  const std::string_view head = text.substr(from, end - from);
  constexpr std::array<std::string_view, 4> kAnswers = {"回答", "答复", "答", "A"};
  constexpr std::array<std::string_view, 4> kQuestions = {"提问", "追问", "问", "Q"};
  const auto begin = [&](std::string_view word) { return static_cast<uint32_t>(end - word.size()); };
  for (const std::string_view word : kAnswers) {
    if (head.ends_with(word)) return {begin(word), true};
  }
  for (const std::string_view word : kQuestions) {
    if (head.ends_with(word)) return {begin(word), false};
  }
  return {colon, false};
}

// Where a turn may begin: behind a finished sentence; a Han label also behind
// a colon, a semicolon or a space ("具体内容如下:问:…").
bool may_begin_turn(std::string_view text, uint32_t from, uint32_t at) {
  uint32_t before = at;
  while (before > from && text[before - 1] == ' ') --before;
  const uint32_t window = before - from < 16 ? from : before - 16;
  if (ends_sentence(text.substr(window, before - window))) return true;
  if (is_latin(static_cast<unsigned char>(text[at]))) return false;
  return before != at || text[before - 1] == ':' || text[before - 1] == ';';
}

// Last occurrence of `number:` (any of : 、 .) in [from, to) where an item may begin.
uint32_t last_question(std::string_view text, uint32_t from, uint32_t to, int number, char separator) {
  uint32_t found = to;
  for (uint32_t at = from; at < to; ++at) {
    if (!is_digit(static_cast<unsigned char>(text[at]))) continue;
    const uint32_t begin = at;
    int value = 0;
    for (; at < to && at - begin < 4 && is_digit(static_cast<unsigned char>(text[at])); ++at) {
      value = value * 10 + (text[at] - '0');
    }
    if (at >= to || value != number || text[at] != separator) continue;
    const bool decimal = separator != '\xE3' && is_digit(static_cast<unsigned char>(text[at + 1]));
    const char before = begin == 0 ? ' ' : text[begin - 1];
    const bool free = begin == from || before == ' ' || before == ':' || before == ';' || before == ')' ||
                      ends_sentence(text.substr(begin < 16 ? 0 : begin - 16, begin < 16 ? begin : 16));
    if (free && !decimal) found = begin;
  }
  return found;
}

// 1:…?答:…2:…?答:… - a numbered question stands before each answer, all with
// the same separator behind the number (the first byte of 、 will do).
void add_numbered_questions(std::string_view text, Span piece, const std::vector<uint32_t>& answers,
                            std::vector<uint32_t>& starts) {
  for (const char separator : {':', '\xE3', '.'}) {
    int expected = 1;
    uint32_t from = piece.begin;
    for (const uint32_t answer : answers) {
      const uint32_t question = last_question(text, from, answer, expected, separator);
      from = answer;
      if (question == answer) continue;
      starts.push_back(question);
      ++expected;
    }
    if (expected > 1) return;
  }
}

void add_turns(std::string_view text, Span piece, std::vector<uint32_t>& starts) {
  std::vector<uint32_t> answers;
  const std::string_view body = text.substr(0, piece.end);
  for (size_t at = body.find(':', piece.begin); at != std::string_view::npos; at = body.find(':', at + 1)) {
    const auto colon = static_cast<uint32_t>(at);
    const InlineLabel label = label_before(text, piece.begin, colon);
    if (label.begin == colon || label.begin == piece.begin || !may_begin_turn(text, piece.begin, label.begin)) continue;
    if (starts_with_value(body.substr(at + 1, 32))) continue;
    starts.push_back(label.begin);
    if (label.answer) answers.push_back(label.begin);
  }
  add_numbered_questions(text, piece, answers, starts);
}

// 一、…。二、…。 in one long line: counted from 一, so that a lone 二、 is no chapter.
void add_chapters(std::string_view text, Span piece, std::vector<uint32_t>& starts) {
  if (piece.size() < kLongPiece) return;
  const std::string_view body = text.substr(0, piece.end);
  std::vector<uint32_t> chapters;
  for (size_t at = body.find("、", piece.begin); at != std::string_view::npos; at = body.find("、", at + 1)) {
    for (const uint32_t size : {3U, 6U, 9U}) {
      if (at < piece.begin + size) break;
      const auto begin = static_cast<uint32_t>(at) - size;
      const HanNumber n = han_number_at(body.substr(begin, size));
      if (n.size != size || n.value != static_cast<int>(chapters.size()) + 1) continue;
      if (begin == piece.begin || may_begin_turn(text, piece.begin, begin)) chapters.push_back(begin);
      break;
    }
  }
  if (chapters.size() >= 2) starts.insert(starts.end(), chapters.begin(), chapters.end());
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  void line(Span line) {
    line = trimmed(text_, line);
    if (line.empty()) {
      blank_ = true;
      return;
    }
    cut_at(line, paragraph_starts(text_, line), [&](Span paragraph) {
      std::vector<uint32_t> starts;
      add_turns(text_, paragraph, starts);
      add_chapters(text_, paragraph, starts);
      std::sort(starts.begin(), starts.end());
      cut_at(paragraph, starts, [&](Span piece) {
        pieces_.push_back({piece, blank_, nullptr});
        blank_ = true;
      });
    });
    blank_ = false;
  }

  void table(const TableLines& table) {
    pieces_.push_back({table.span, blank_, &table});
    blank_ = true;
  }

  std::vector<Piece> take() { return std::move(pieces_); }

 private:
  template <typename Use>
  void cut_at(Span whole, const std::vector<uint32_t>& starts, Use use) {
    uint32_t begin = whole.begin;
    for (size_t i = 0; i <= starts.size(); ++i) {
      const uint32_t end = i < starts.size() ? starts[i] : whole.end;
      const Span part = trimmed(text_, {begin, end});
      if (!part.empty()) use(part);
      begin = end;
    }
  }

  std::string_view text_;
  std::vector<Piece> pieces_;
  bool blank_ = true;
};

}  // namespace

std::vector<Piece> cut(std::string_view text, const std::vector<TableLines>& tables) {
  Cutter cutter(text);
  auto table = tables.begin();
  for_each_line(text, [&](Span line) {
    if (table != tables.end() && table->span.end <= line.end) {
      cutter.table(*table++);
    } else if (table == tables.end() || line.end <= table->span.begin) {
      cutter.line(line);
    }
  });
  return cutter.take();
}

}  // namespace jiyao::segmenting
