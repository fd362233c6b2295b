#include "pipeline/write/audit_sources.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace jiyao {

namespace {

using Names = std::initializer_list<std::string_view>;

// The files one after another.
std::string joined(const std::vector<AuditSource>& sources, Names names) {
  std::string all;
  for (const std::string_view name : names) {
    const auto at = std::find_if(sources.begin(), sources.end(), [name](const auto& s) { return s.name == name; });
    if (at != sources.end()) all += at->text;
  }
  return all;
}

// One scope of its own, so that nothing is left to the page's global object.
std::string script(const std::vector<AuditSource>& sources, Names names) {
  return "\"use strict\";\n{\n" + joined(sources, names) + "}\n";
}

std::string hash_source(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::array<unsigned char, size_t{2}* EVP_MAX_MD_SIZE> base64 = {};
  const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  return "'sha256-" + std::string(base64.begin(), base64.begin() + length) + "'";
}

std::string made(std::string_view page, Names scripts) {
  const std::vector<AuditSource> sources = embedded_audit();
  const std::string style = joined(sources, {"style.css", "text.css", "rows.css", "narrow.css", "print.css"});
  const std::string boot = script(sources, {"boot.js"});
  const std::string main = script(sources, scripts);
  const std::string policy = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " +
                             hash_source(style) + "; script-src " + hash_source(boot) + " " + hash_source(main);
  std::string out;
  append_filled(out, joined(sources, {page}), {{"policy", policy}, {"style", style}, {"boot", boot}, {"script", main}});
  return out;
}

}  // namespace

const std::string& page_template() {
  static const std::string text =
      made("page.html", {"labels.js", "words.js", "tools.js", "store.js", "facts.js", "review.js", "filters.js",
                         "search.js", "findings.js", "details.js", "keys.js", "page.js"});
  return text;
}

const std::string& index_template() {
  static const std::string text = made("index.html", {"labels.js", "words.js", "tools.js", "store.js", "index.js"});
  return text;
}

void append_filled(std::string& out, std::string_view text,
                   const std::vector<std::pair<std::string_view, std::string_view>>& values) {
  for (size_t at = 0; at < text.size();) {
    const size_t open = std::min(text.find("{{", at), text.size());
    out += text.substr(at, open - at);
    if (open == text.size()) return;
    const size_t close = text.find("}}", open);
    const std::string_view name = text.substr(open + 2, close - open - 2);
    const auto found = std::find_if(values.begin(), values.end(), [name](const auto& v) { return v.first == name; });
    const bool known = close != text.npos && found != values.end();
    out += known ? found->second : text.substr(open, 2);
    at = known ? close + 2 : open + 2;
  }
}

}  // namespace jiyao
