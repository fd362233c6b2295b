// What stands before the first colon of a paragraph: the label of a question
// or an answer, the name of a speaker, or what the paragraph is about.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "pipeline/model/span.h"

namespace jiyao::segmenting {

enum class LabelKind : uint8_t { none, question, answer, speaker };

// Offsets count from the beginning of the text that was asked about.
struct Label {
  LabelKind kind = LabelKind::none;
  Span name;         // 问, 答, Q, the speaker's name, the role in 答(财务长):
  uint32_t end = 0;  // behind the colon
};

// Whether a document is a dialogue, and who speaks in it: a name before a colon
// is a speaker only if it comes back and somebody else speaks too.
class Dialogue {
 public:
  void note(std::string_view paragraph);
  void finish();  // after the last note()

  Label label(std::string_view paragraph) const;
  bool has_answers() const { return answers_ > 0; }

 private:
  std::unordered_map<std::string, int> names_;
  int questions_ = 0;
  int answers_ = 0;
  int roles_ = 0;
  int returning_ = 0;  // names that come back
};

// "广告" in "广告:…", "事件" in "【事件:…": at most 12 code points, no digits, no
// clause. Empty if the paragraph has no such label.
Span lead_of(std::string_view paragraph);

// "核心观点:" and nothing behind it: a label of what follows.
bool is_label_line(std::string_view paragraph);

}  // namespace jiyao::segmenting
