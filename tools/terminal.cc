#include "tools/terminal.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace jiyao::command {

namespace {

bool on_terminal() { return isatty(STDERR_FILENO) == 1; }

// https://no-color.org: set and not empty, whatever it says.
bool in_colour() {
  const char* no = std::getenv("NO_COLOR");
  return on_terminal() && (no == nullptr || *no == '\0');
}

void report(std::string_view colour, std::string_view message) {
  if (in_colour()) {
    fmt::print(stderr, "\x1b[{}mjiyao:\x1b[0m {}\n", colour, message);
  } else {
    fmt::print(stderr, "jiyao: {}\n", message);
  }
}

}  // namespace

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
