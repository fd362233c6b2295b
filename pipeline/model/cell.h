// What stands between a text and its cell in a CSV that a spreadsheet will open:
// an apostrophe before anything that would be run as a formula. Shared by those
// who write the tables and those who read them. Pure.
#pragma once

#include <string>
#include <string_view>

namespace jiyao {

// Whether `text` needs the apostrophe: it begins like a formula and is no plain
// number ("-0.65", "+17.73%"), or would be taken for one that is guarded.
bool needs_guard(std::string_view text);

// `text` with the apostrophe if it needs one.
std::string guarded(std::string_view text);

// The inverse.
std::string_view unguarded(std::string_view cell);

}  // namespace jiyao
