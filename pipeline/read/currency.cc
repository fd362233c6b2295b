#include "pipeline/read/currency.h"

#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace jiyao {

bool is_currency(const std::string& code) {
  const auto upper = [](char c) { return 'A' <= c && c <= 'Z'; };
  if (code.size() != 3 || !std::all_of(code.begin(), code.end(), upper)) return false;
  return ucurr_getNumericCode(icu::UnicodeString::fromUTF8(code).getTerminatedBuffer()) != 0;
}

}  // namespace jiyao
