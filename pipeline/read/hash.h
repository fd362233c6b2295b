// SHA-256 by OpenSSL.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace jiyao {

std::string sha256_hex(std::string_view bytes);  // lower case

// Of the file's bytes; empty if it cannot be read.
std::string file_sha256(const std::filesystem::path& path);

}  // namespace jiyao
