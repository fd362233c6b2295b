// Paragraph → sentences.
//
// 。 ! ? and a long ellipsis end a sentence, and a full stop behind a Latin word
// or Han; a semicolon does not. Closing quotes and brackets behind the end belong
// to the sentence, and inside quotes and brackets nothing ends - unless they
// close only after 300 code points, or never.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/span.h"

namespace jiyao::segmenting {

// Appends the sentences of text[block]: trimmed, in order, covering all that is
// no white space. Linear in the block.
void add_sentences(std::string_view text, Span block, std::vector<Span>& sentences);

}  // namespace jiyao::segmenting
