// Which lines are headings, and how they nest.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/segment/label.h"
#include "pipeline/segment/marker.h"

namespace jiyao::segmenting {

// A piece of text as it looks from outside, before it is given its kind.
struct Draft {
  std::string_view text;
  Marker marker;
  uint32_t body = 0;    // where the words begin, behind the marker
  Label label;          // offsets from the beginning of `text`
  uint32_t length = 0;  // code points
  bool final = false;   // ends with 。 ! ? …
  bool after_blank = false;
};

// Machine-made speech and flattened tables: mostly short lines without
// punctuation, none of which is a heading for that.
bool is_speech(const std::vector<Draft>& drafts);

// `before`: what the draft before became. Looks at the neighbours only.
bool is_heading(const std::vector<Draft>& drafts, size_t at, bool speech, BlockKind before);

// The headings above the place reached.
class Outline {
 public:
  struct Place {
    uint8_t level = 0;
    uint32_t parent = 0;  // block index, or kNone
  };

  // A heading of that style comes: closes what it ends, and says where it stands.
  Place open(const Marker& marker, bool title, uint32_t block);
  uint32_t section() const;

 private:
  struct Entry {
    MarkerStyle style;
    int depth;   // of markdown
    bool title;  // never closed
    uint32_t block;
  };
  void close_for(const Marker& marker);
  std::vector<Entry> open_;
};

}  // namespace jiyao::segmenting
