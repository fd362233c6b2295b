#include "tools/terminal.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace jiyao::command {

namespace {

bool on_terminal() { return isatty(STDERR_FILENO) == 1; }

// https://no-color.org: set and not empty, whatever it says.
bool colour_wanted() {
  const char* no = std::getenv("NO_COLOR");
  return no == nullptr || *no == '\0';
}

void report(std::string_view colour, std::string_view message) {
  if (on_terminal() && colour_wanted()) {
    fmt::print(stderr, "\x1b[{}mjiyao:\x1b[0m {}\n", colour, message);
  } else {
    fmt::print(stderr, "jiyao: {}\n", message);
  }
}

// Controls of one byte, and of those that Unicode has: U+0080 to U+009F, the
// marks and overrides of direction (200E 200F 202A-202E 2066-2069), U+2028 and
// U+2029. Gives the code point and how many bytes it takes; 0 for harmless text.
std::pair<unsigned, size_t> control_at(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return {byte(0), 1};
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return {byte(1), 2};
  if (byte(0) != 0xE2 || (byte(1) != 0x80 && byte(1) != 0x81)) return {0, 0};
  const unsigned code = 0x2000 + ((byte(1) & 0x3F) << 6) + (byte(2) & 0x3F);
  const bool reorders =
      code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return reorders ? std::pair<unsigned, size_t>{code, 3} : std::pair<unsigned, size_t>{0, 0};
}

}  // namespace

bool prints_to_terminal() { return isatty(STDOUT_FILENO) == 1; }

bool prints_in_colour() { return prints_to_terminal() && colour_wanted(); }

std::string harmless(std::string_view text, bool keep_lines) {
  std::string shown;
  while (!text.empty()) {
    const auto [code, size] = control_at(text);
    const bool ends_line = text.starts_with('\n') || text.starts_with("\r\n");
    if (size == 0 || (keep_lines && ends_line)) {
      shown += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (code == '\n' || code == '\t') {
      shown += code == '\n' ? "\\n" : "\\t";
    } else {
      shown += code < 0x80 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
    }
    text.remove_prefix(std::min(size, text.size()));
  }
  return shown;
}

void report_error(std::string_view message) { report("31", message); }

void report_note(std::string_view message) { report("33", message); }

Progress::Progress(size_t total, bool wanted) : total_(total), shown_(wanted && on_terminal()) {}

void Progress::step(std::string_view name) {
  ++done_;
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K{}/{} {}", done_, total_, name);
  std::fflush(stderr);
}

void Progress::clear() {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

}  // namespace jiyao::command
