// The index of the audit pages: a row for each document.
#include <fmt/format.h>

#include "pipeline/write/audit.h"
#include "pipeline/write/audit_html.h"
#include "pipeline/write/audit_sources.h"

namespace jiyao {

namespace {

void append_number(std::string& out, std::string_view css_class, size_t number) {
  out += fmt::format("<td class={}>{}</td>", css_class, number);
}

// As the path of a relative URL: what is not of RFC 3986's unreserved set, as %XX.
std::string url_of(std::string_view file) {
  std::string url = "./";
  for (const char c : file) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    url += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return url;
}

void append_entry(std::string& out, const AuditEntry& entry) {
  out += "<tr";
  append_attribute(out, "data-document", entry.document);
  append_attribute(out, "data-sha256", entry.source_sha256);
  out += "><th scope=row><a";
  append_attribute(out, "href", url_of(entry.page));
  out += '>';
  append_text(out, entry.document);
  out += "</a></th><td class=company>";
  append_text(out, entry.company);
  out += "</td>";
  append_number(out, "facts", entry.facts);
  append_number(out, "figures", entry.figures);
  append_number(out, "unresolved", entry.unresolved);
  append_number(out, "contradictions", entry.contradictions);
  append_number(out, "suspicious", entry.suspicious);
  out += "</tr>\n";
}

}  // namespace

std::string audit_index(const std::vector<AuditEntry>& entries) {
  std::string rows;
  for (const AuditEntry& entry : entries) append_entry(rows, entry);
  std::string out;
  append_filled(out, index_template(), {{"entries", rows}, {"documents", std::to_string(entries.size())}});
  return out;
}

}  // namespace jiyao
