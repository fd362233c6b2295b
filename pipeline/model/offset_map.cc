#include "pipeline/model/offset_map.h"

#include <algorithm>

namespace jiyao {
namespace {

using Edit = OffsetMap::Edit;
using Iterator = std::vector<Edit>::const_iterator;

// Outside of edits a position maps by the distance to the edit before it.
uint32_t after(const Edit& edit, uint32_t at) { return edit.source.end + (at - edit.edited.end); }

uint32_t begin_in_source(const std::vector<Edit>& edits, uint32_t at) {
  Iterator it = std::partition_point(edits.begin(), edits.end(), [at](const Edit& e) { return e.edited.end < at; });
  // An edit that ends here is only touched if it left nothing (a deletion).
  if (it != edits.end() && it->edited.end == at && !it->edited.empty()) ++it;
  if (it != edits.end() && it->edited.begin <= at) return it->source.begin;
  return it == edits.begin() ? at : after(*std::prev(it), at);
}

uint32_t end_in_source(const std::vector<Edit>& edits, uint32_t at) {
  Iterator it = std::partition_point(edits.begin(), edits.end(), [at](const Edit& e) { return e.edited.begin <= at; });
  // An edit that begins here is only touched if it left nothing.
  if (it != edits.begin() && std::prev(it)->edited.begin == at && !std::prev(it)->edited.empty()) --it;
  if (it == edits.begin()) return at;
  const Edit& edit = *std::prev(it);
  return at <= edit.edited.end ? edit.source.end : after(edit, at);
}

}  // namespace

Span OffsetMap::to_source(Span edited) const {
  return {begin_in_source(edits_, edited.begin), end_in_source(edits_, edited.end)};
}

// Both lists are walked along the middle text. Edits that overlap there become
// one edit; all others are kept as they are, moved by what came before them.
OffsetMap OffsetMap::compose(const OffsetMap& first, const OffsetMap& second) {
  if (second.edits_.empty()) return first;
  if (first.edits_.empty()) return second;
  OffsetMap result;
  result.edits_.reserve(first.edits_.size() + second.edits_.size());
  Iterator one = first.edits_.begin();
  Iterator two = second.edits_.begin();
  // What to add to a middle offset to reach the source and the edited text.
  // Unsigned arithmetic wraps, so negative shifts need no wider type.
  uint32_t to_source = 0;
  uint32_t to_edited = 0;
  while (one != first.edits_.end() || two != second.edits_.end()) {
    const bool has_one = one != first.edits_.end();
    const bool has_two = two != second.edits_.end();
    // On a tie the empty one is first, since nothing can come before it there.
    const bool start_with_one = !has_two || (has_one && one->edited <= two->source);
    Span group = start_with_one ? one->edited : two->source;
    Edit edit{{group.begin + to_source, 0}, {group.begin + to_edited, 0}};
    const auto take_one = [&] {
      group.end = std::max(group.end, one->edited.end);
      to_source = one->source.end - one->edited.end;
      ++one;
    };
    const auto take_two = [&] {
      group.end = std::max(group.end, two->source.end);
      to_edited = two->edited.end - two->source.end;
      ++two;
    };
    start_with_one ? take_one() : take_two();
    for (bool grew = true; grew;) {
      grew = false;
      for (; one != first.edits_.end() && group.overlaps(one->edited); grew = true) take_one();
      for (; two != second.edits_.end() && group.overlaps(two->source); grew = true) take_two();
    }
    edit.source.end = group.end + to_source;
    edit.edited.end = group.end + to_edited;
    // What was put in first and taken out again second is no edit.
    if (!edit.source.empty() || !edit.edited.empty()) result.add(edit);
  }
  return result;
}

}  // namespace jiyao
