// SourceText + NormalizedText → Document: headings, list items, dialogue turns
// with their speakers, paragraphs, sentences.
#pragma once

#include "pipeline/model/document.h"

namespace jiyao {

// Total and linear in the text.
Document segment(SourceText source, NormalizedText folded);

}  // namespace jiyao
