// A file's bytes as they lie on disk, up to one more than a text may have.
#pragma once

#include <string>
#include <variant>

#include "pipeline/read/read.h"

namespace jiyao {

std::variant<std::string, ReadError> read_bytes(const Input& input);

}  // namespace jiyao
