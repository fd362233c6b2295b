// SHA-256 by OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace jiyao {

std::string sha256_hex(std::string_view bytes);  // lower case

}  // namespace jiyao
