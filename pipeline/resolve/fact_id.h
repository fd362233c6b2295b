// Ids of facts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiyao {

// Of the document's name, the place in the decoded text (bytes) and the
// statement's number at that place: stable whatever the rules say of it.
std::string fact_id(std::string_view document, uint32_t begin, uint32_t end, int statement);

}  // namespace jiyao
