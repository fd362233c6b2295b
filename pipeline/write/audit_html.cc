#include "pipeline/write/audit_html.h"

#include <fmt/format.h>

#include <cstdint>

namespace jiyao {

namespace {

struct CodePoint {
  char32_t value = 0;
  size_t size = 1;
};

constexpr char32_t kReplacement = 0xFFFD;

// Ill-formed bytes, surrogates and overlong forms give kReplacement, one byte each.
CodePoint code_point_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  char32_t value = lead & (0x7FU >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {kReplacement, 1};
    value = (value << 6) | (byte(at + i) & 0x3FU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  if (lead < 0xC2 || lead > 0xF4 || value < kLeast[size] || value > 0x10FFFF || surrogate) return {kReplacement, 1};
  return {value, size};
}

bool is_hidden(char32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n' && c != '\r';
  if (c < 0x7F) return false;
  return c <= 0x9F || c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

// What must not stand in HTML as it is; empty for all else. A carriage return
// would come back as a line feed.
std::string_view reference(char c) {
  switch (c) {
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '&':
      return "&amp;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\r':
      return "&#13;";
    default:
      return {};
  }
}

// Hands pieces that stand as they are to `plain`, and hidden code points to `hidden`.
template <typename Hidden>
void append(std::string& out, std::string_view text, Hidden hidden) {
  size_t kept = 0;  // written up to here
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const std::string_view as = c.size == 1 ? reference(text[at]) : std::string_view();
    const bool ill = c.value == kReplacement && c.size == 1;
    if (!as.empty() || ill || is_hidden(c.value)) {
      out += text.substr(kept, at - kept);
      kept = at + c.size;
      if (ill) {
        out += "\xEF\xBF\xBD";
      } else if (!as.empty()) {
        out += as;
      } else {
        hidden(static_cast<uint32_t>(c.value));
      }
    }
    at += c.size;
  }
  out += text.substr(kept);
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  append(out, text, [&](uint32_t c) { out += fmt::format("<i class=z>U+{:04X}</i>", c); });
}

void append_attribute(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out += ' ';
  out += name;
  out += "=\"";
  append(out, text, [&](uint32_t c) {
    if (c == 0) {
      out += "\xEF\xBF\xBD";
    } else if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x100) {  // a reference to one of these is read as Windows-1252
      out += '\xC2';
      out += static_cast<char>(c);
    } else {
      out += fmt::format("&#{};", c);
    }
  });
  out += '"';
}

void append_element(std::string& out, std::string_view tag, std::string_view css_class, std::string_view text) {
  if (text.empty()) return;
  out += fmt::format("<{} class={}>", tag, css_class);
  append_text(out, text);
  out += fmt::format("</{}>", tag);
}

std::string in_script(std::string json) {
  for (size_t at = json.find('<'); at != std::string::npos; at = json.find('<', at)) json.replace(at, 1, "\\u003c");
  return json;
}

}  // namespace jiyao
