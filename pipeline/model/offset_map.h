// Where each part of an edited text came from.
//
//   source  營 收 １ ２ 億          (bytes)
//           │  │  └┬┘ └┐
//   edited  营 收  1 2  亿
//
// The map holds the edits that move a code point boundary: those that change a
// length, and the few that do not and still make one code point of several or
// several of one (㍱ and hPa, three bytes each). Between two edits both texts
// advance by the same number of bytes, so a position there maps by
// subtraction. A span that touches any part of an edit maps to the whole of
// it ("whole maps to whole"), so neighbouring spans may overlap by an edit but
// never leave a gap. Offsets are bytes, half-open. Thread safe once built.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/model/span.h"

namespace jiyao {

class OffsetMap {
 public:
  // `source` was replaced by `edited`. Either may be empty (insertion, deletion).
  struct Edit {
    Span source;
    Span edited;
    friend bool operator==(const Edit&, const Edit&) = default;
  };

  // Edits are added in the order of the text; they do not overlap.
  void add(Edit edit) { edits_.push_back(edit); }

  // The shortest source span whose edited form covers `edited`.
  Span to_source(Span edited) const;

  // The map of two edits made one after the other: source → middle → edited.
  static OffsetMap compose(const OffsetMap& first, const OffsetMap& second);

  const std::vector<Edit>& edits() const { return edits_; }

 private:
  std::vector<Edit> edits_;
};

}  // namespace jiyao
