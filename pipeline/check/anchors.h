// Which facts have their period named where they stand.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"

namespace jiyao {

// By fact: the period is named in the fact's own sentence, or is the one last
// named before it in the paragraph. `looking_back`: words by which a sentence
// speaks of the year before the period it names.
std::vector<bool> find_anchored(const Document& document, const Extraction& extraction,
                                const std::vector<std::string>& looking_back);

}  // namespace jiyao
