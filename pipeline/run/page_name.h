// File names of the audit pages: one flat folder for documents of any name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiyao {

// For each document a name that Linux, macOS and Windows take and that stands
// in a URL: `calls/快手 4Q24.txt` → `calls_快手_4Q24.txt.html`. What is unsafe
// becomes `_`; the part before `.html` has 150 bytes at most. Where the name was
// cut, where two names would be one (upper and lower case are), or where a file
// system might read one of its letters as another's, `-` and 8 hexadecimal
// digits of the SHA-256 of the document's name are added. No name is index.html.
// Deterministic; depends on all documents and their order.
std::vector<std::string> page_names(const std::vector<std::string>& documents);

}  // namespace jiyao
