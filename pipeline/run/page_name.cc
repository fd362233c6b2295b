#include "pipeline/run/page_name.h"

#include <algorithm>
#include <array>
#include <map>

#include "pipeline/read/hash.h"

namespace jiyao {

namespace {

constexpr size_t kMaxBytes = 150;  // of 255 that file systems allow; some spend a part of them

constexpr size_t kFewDigits = 8;
constexpr size_t kAllDigits = 64;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(), [](char c) { return lower(c); });
  return all;
}

bool is_safe(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '.' || c == '-' || c == '_';
}

// Han characters have no case and, but for the compatibility forms, no second
// spelling; the text is in UTF-8.
bool is_plain_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x2F7FF);
}

// Latin, Greek, Cyrillic, kana, bopomofo, Hangul: letters that may have a case or
// be spelled in two ways.
bool is_letter(char32_t c) {
  return (c >= 0xC0 && c <= 0x24F) || (c >= 0x370 && c <= 0x52F) || (c >= 0x3041 && c <= 0x312F) ||
         (c >= 0xAC00 && c <= 0xD7A3);
}

char32_t decoded(std::string_view point) {
  constexpr std::array<unsigned, 5> kLead = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t c = static_cast<unsigned char>(point.front()) & kLead[std::min<size_t>(point.size(), 4)];
  for (const char byte : point.substr(1)) c = (c << 6) | (static_cast<unsigned char>(byte) & 0x3F);
  return c;
}

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
bool is_reserved(std::string_view name) {
  const std::string stem = lower(name.substr(0, name.find('.')));
  for (const char* device : {"con", "prn", "aux", "nul", "conin$", "conout$"}) {
    if (stem == device) return true;
  }
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

struct Name {
  std::string stem;
  size_t digits = 0;  // of the hash behind it

  // All digits, should eight of them not be enough; and then those of the
  // place too, should one name have been given twice.
  void mark_further() { digits = digits == 0 ? kFewDigits : digits == kFewDigits ? kAllDigits : kAllDigits + 1; }
};

Name safe_name(std::string_view document) {
  Name name;
  for (size_t at = 0, end = 0; at < document.size(); at = end) {
    for (end = at + 1; end < document.size() && continues(document[end]);) ++end;
    const std::string_view point = document.substr(at, end - at);
    const char32_t c = decoded(point);
    const bool taken = c < 0x80 ? is_safe(point.front()) : is_plain_han(c) || is_letter(c);
    if (name.stem.size() + (taken ? point.size() : 1) > kMaxBytes) {
      name.digits = kFewDigits;
      break;
    }
    if (taken) {
      name.stem += point;
    } else {
      name.stem += '_';
    }
    if (taken && c >= 0x80 && !is_plain_han(c)) name.digits = kFewDigits;
  }
  for (size_t i = 0; i < name.stem.size() && name.stem[i] == '.'; ++i) name.stem[i] = '_';
  if (name.stem.empty() || is_reserved(name.stem)) name.stem.insert(0, "_");
  return name;
}

std::string page_name(const Name& name, const std::string& document, size_t place) {
  if (name.digits == 0) return name.stem + ".html";
  const std::string named = name.digits > kAllDigits ? document + '\n' + std::to_string(place) : document;
  return name.stem + "-" + sha256_hex(named).substr(0, name.digits) + ".html";
}

}  // namespace

std::vector<std::string> page_names(const std::vector<std::string>& documents) {
  std::vector<Name> names(documents.size());
  std::vector<std::string> pages(documents.size());
  std::transform(documents.begin(), documents.end(), names.begin(), safe_name);
  for (bool unique = false; !unique;) {
    std::map<std::string, int> taken = {{"index.html", 1}};
    for (size_t i = 0; i < documents.size(); ++i) {
      pages[i] = page_name(names[i], documents[i], i);
      ++taken[lower(pages[i])];
    }
    unique = true;
    for (size_t i = 0; i < documents.size(); ++i) {
      if (taken[lower(pages[i])] < 2 || names[i].digits > kAllDigits) continue;
      names[i].mark_further();
      unique = false;
    }
  }
  return pages;
}

}  // namespace jiyao
