// Text as HTML: nothing of a document, a file name or a rule can be more than text.
#pragma once

#include <string>
#include <string_view>

namespace jiyao {

// Appends `text` as the contents of an element. A character that shows nothing
// or turns the order of what stands around it - bidirectional controls, other
// controls but tab and line ends, zero-width characters - becomes
// <i class=z>U+202E</i>; bytes that are no UTF-8 become U+FFFD.
void append_text(std::string& out, std::string_view text);

// Appends ` name="text"`, and nothing if `text` is empty. The value a script
// reads is `text` itself.
void append_attribute(std::string& out, std::string_view name, std::string_view text);

// Appends `<tag class=name>text</tag>`; nothing if `text` is empty.
void append_element(std::string& out, std::string_view tag, std::string_view css_class, std::string_view text);

// `json` as the contents of a <script>: no tag and no comment can begin in it.
std::string in_script(std::string json);

}  // namespace jiyao
