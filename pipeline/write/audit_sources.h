// The style sheet, the scripts and the templates of the audit pages, as they lie
// in pipeline/write/audit/ and travel inside the program.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiyao {

struct AuditSource {
  std::string name;  // "style.css"
  std::string text;
};

// In the order of their names. Generated: see tools/embed.cmake.
std::vector<AuditSource> embedded_audit();

// A template with everything put in that is the same for all pages: style,
// scripts and the policy that allows these and nothing else, by their SHA-256
// (https://www.w3.org/TR/CSP3/#match-element-to-source-list). What differs is
// left as {{name}}. Made once; thread safe.
const std::string& page_template();
const std::string& index_template();

// Appends `text` with each {{name}} replaced by what `values` has for it, as it stands.
void append_filled(std::string& out, std::string_view text,
                   const std::vector<std::pair<std::string_view, std::string_view>>& values);

}  // namespace jiyao
