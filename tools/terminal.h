// What goes to the user beside the results, all of it to standard error; and
// what a terminal may be shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jiyao::command {

// "jiyao: message", on a line of its own.
void report_error(std::string_view message);
void report_note(std::string_view message);

// Whether standard output is a terminal, and whether colours are wanted there.
bool prints_to_terminal();
bool prints_in_colour();

// `text` without what a terminal would obey or what reorders a line: such
// characters as \x1b or \u202e. Line ends are kept only if asked for.
std::string harmless(std::string_view text, bool keep_lines = false);

// "12/191 name", one line that is written over; nothing at all unless standard
// error is a terminal. The line is wiped before any report and at the end.
class Progress {
 public:
  Progress(size_t total, bool wanted);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void step(std::string_view name);
  void clear();

 private:
  size_t total_;
  size_t done_ = 0;
  bool shown_;
};

}  // namespace jiyao::command
