// Which encoding bytes are in.
#pragma once

#include <string>
#include <string_view>

namespace jiyao {

// One of UTF-8, UTF-16LE, UTF-16BE, UTF-32LE, UTF-32BE, GB18030, Big5-HKSCS. A
// guess unless there is a byte order mark: whether the bytes can be decoded so
// is for decoding to find out.
std::string detect_encoding(std::string_view bytes);

// The encoding as IANA writes it, for any name that ICU knows it by; of UTF-16
// without a byte order the one that fits `bytes`. Empty if ICU knows none.
std::string find_encoding(const std::string& name, std::string_view bytes);

// Length of the byte order mark of `encoding` at the beginning of `bytes`, or 0.
size_t mark_length(std::string_view bytes, std::string_view encoding);

// Offset of the first byte that is no part of valid UTF-8; npos if there is none.
size_t find_invalid_utf8(std::string_view bytes);

}  // namespace jiyao
