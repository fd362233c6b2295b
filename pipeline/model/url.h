// Relative URLs of files and the paths they stand for.
#pragma once

#include <string>
#include <string_view>

namespace jiyao {

// A path as a URL relative to the folder it is told from: all but A-Z a-z 0-9
// - . _ ~ and / is percent-encoded (RFC 3986).
std::string url_of(std::string_view path);

// The inverse; what is no encoding of a byte stays as it is.
std::string path_of(std::string_view url);

}  // namespace jiyao
