// The ids of findings.
#pragma once

#include <string>
#include <string_view>

namespace jiyao {

// `f-` and the first 12 hexadecimal digits of the SHA-256 of the text.
std::string short_id(std::string_view text);

}  // namespace jiyao
