#include "pipeline/segment/scan.h"

#include <algorithm>
#include <array>

namespace jiyao::segmenting {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

uint32_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

}  // namespace

CodePoint code_point_at(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  const auto lead = static_cast<unsigned char>(text[at]);
  const uint32_t size = sequence_length(lead);
  if (size == 1) return {lead, 1};
  if (size == 0 || text.size() - at < size) return {kReplacement, 1};
  char32_t value = lead & (0xFFU >> (size + 1));
  for (uint32_t i = 1; i < size; ++i) {
    if (!is_continuation(text[at + i])) return {kReplacement, 1};
    value = value << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  return {value, size};
}

CodePoint code_point_before(std::string_view text, size_t at) {
  if (at == 0 || at > text.size()) return {};
  size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && is_continuation(text[begin])) --begin;
  const CodePoint whole = code_point_at(text, begin);
  if (begin + whole.size == at) return whole;
  return {kReplacement, 1};
}

uint32_t count_code_points(std::string_view text) {
  uint32_t count = 0;
  for (const char c : text) count += is_continuation(c) ? 0 : 1;
  return count;
}

uint32_t line_end(std::string_view text, uint32_t at) {
  const auto ends_line = [](char c) { return static_cast<unsigned char>(c - '\n') <= '\r' - '\n'; };
  return static_cast<uint32_t>(std::find_if(text.begin() + at, text.end(), ends_line) - text.begin());
}

bool is_space(char32_t c) {
  if (c <= 0x20) return c == ' ' || (c >= '\t' && c <= '\r');
  if (c < 0x1680) return c == 0x85 || c == 0xA0;
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_latin(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_cjk(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) || c == 0x3007;
}

bool is_final(char32_t c) { return c == U'。' || c == '!' || c == '?' || c == U'！' || c == U'？'; }

bool is_closer(char32_t c) {
  switch (c) {
    case ')':
    case ']':
    case '}':
    case '"':
    case '\'':
    case U'」':
    case U'』':
    case U'”':
    case U'’':
    case U'】':
    case U'》':
    case U'〉':
      return true;
    default:
      return false;
  }
}

Span trimmed(std::string_view text, Span span) {
  while (span.begin < span.end) {
    const CodePoint c = code_point_at(text, span.begin);
    if (!is_space(c.value)) break;
    span.begin += c.size;
  }
  while (span.begin < span.end) {
    const CodePoint c = code_point_before(text, span.end);
    if (!is_space(c.value)) break;
    span.end -= c.size;
  }
  return span;
}

size_t skip_spaces(std::string_view text, size_t at) {
  CodePoint c = code_point_at(text, at);
  while (c.size != 0 && is_space(c.value)) {
    at += c.size;
    c = code_point_at(text, at);
  }
  return at;
}

bool ends_sentence(std::string_view text) {
  size_t end = text.size();
  CodePoint c = code_point_before(text, end);
  while (c.size != 0 && (is_closer(c.value) || c.value == '*' || is_space(c.value))) {
    end -= c.size;
    c = code_point_before(text, end);
  }
  return is_final(c.value) || c.value == U'…' || text.substr(0, end).ends_with("...");
}

bool starts_with_value(std::string_view text) {
  const auto in_number = [&](size_t i) {
    return is_digit(static_cast<unsigned char>(text[i])) || text[i] == '.' || text[i] == ',';
  };
  size_t at = skip_spaces(text, 0);
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  const size_t digits = at;
  while (at < text.size() && in_number(at)) ++at;
  if (at == digits) return false;
  constexpr std::array<std::string_view, 6> kUnits = {"%", "pct", "亿", "万", "个百分点", "元"};
  for (const std::string_view unit : kUnits) {
    if (text.substr(at).starts_with(unit)) return true;
  }
  return false;
}

}  // namespace jiyao::segmenting
