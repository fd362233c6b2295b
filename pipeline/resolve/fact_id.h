// Ids of facts.
#pragma once

#include <cstdint>
#include <string>

namespace jiyao {

// Of the document's name, the place in the decoded text (bytes) and the
// statement's number at that place: stable whatever the rules say of it.
std::string fact_id(const std::string& document, uint32_t begin, uint32_t end, int statement);

}  // namespace jiyao
