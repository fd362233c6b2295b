// Codes of currencies.
#pragma once

#include <string>

namespace jiyao {

// Whether ISO 4217 has it, by ICU's table.
bool is_currency(const std::string& code);

}  // namespace jiyao
