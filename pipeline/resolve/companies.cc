#include "pipeline/resolve/companies.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace jiyao {
namespace {

constexpr size_t kMostNames = 64;
constexpr uint32_t kShortestName = 2 * 3;  // bytes
constexpr uint32_t kLongestName = 15 * 3;
constexpr size_t kLongestLead = 30;  // from the bracket to the code: (股份代号:97355)

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// By its first byte: the blocks of common ideographs.
bool is_ideograph(char first) {
  return static_cast<unsigned char>(first) >= 0xE4 && static_cast<unsigned char>(first) <= 0xE9;
}

// (2024) behind a title; of the codes that look so, those with a market are known.
bool is_year(std::string_view digits) { return digits.size() == 4 && digits >= "1990" && digits <= "2035"; }

// The first mention that ends at byte `at`, is no longer than a name, and fits.
template <typename Fits>
const Mention* ending_at(const Mentions& mentions, uint32_t at, const Fits& fits) {
  const auto begin = mentions.all.begin();
  auto it =
      std::lower_bound(begin, mentions.all.end(), at, [](const Mention& m, uint32_t p) { return m.span.begin < p; });
  while (it != begin && (--it)->span.begin + kLongestName >= at)
    if (it->span.end == at && fits(*it)) return &*it;
  return nullptr;
}

// Where what names the company ends: before the bracket that the code stands in.
uint32_t end_of_name(std::string_view text, const Mention& code) {
  const std::string_view before = text.substr(0, code.span.begin);
  size_t bracket = std::string_view::npos;
  if (before.ends_with("("))
    bracket = before.size() - 1;
  else if (before.ends_with(":"))
    bracket = before.rfind('(');
  if (bracket == std::string_view::npos || before.size() - bracket > kLongestLead) return 0;
  while (bracket > 0 && text[bracket - 1] == ' ') --bracket;
  return static_cast<uint32_t>(bracket);
}

}  // namespace

std::optional<std::string_view> market_of_code(std::string_view code, bool bracketed) {
  static constexpr auto markets = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"hk", "HK"}, {"sh", "CN"}, {"sz", "CN"}, {"ss", "CN"}, {"tw", "TW"}, {"two", "TW"}, {"us", "US"}});
  const auto digits = static_cast<size_t>(std::count_if(code.begin(), code.end(), is_digit));
  std::string letters;
  for (char c : code)
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) letters += static_cast<char>(c | 0x20);
  for (const auto& [suffix, market] : markets)
    if (letters == suffix && digits >= 3) return market;
  if (digits == 0 && code.ends_with("-US")) return "US";  // NVDA-US
  if (!bracketed || digits != code.size() || digits < 4 || digits > 6 || is_year(code)) return std::nullopt;
  return digits == 6 ? "CN" : digits == 5 ? "HK" : "";
}

Span name_before_code(const Document& document, const Mentions& mentions, const Classes& classes, const Mention& code) {
  const std::string_view text = document.folded.text;
  if (code.kind != MentionKind::identifier && code.kind != MentionKind::bare && code.kind != MentionKind::unresolved)
    return {};
  const std::string_view said = text.substr(code.span.begin, code.span.size());
  const bool bracketed = text.substr(0, code.span.begin).ends_with("(") && text.substr(code.span.end).starts_with(")");
  const uint32_t end = end_of_name(text, code);
  if (end == 0 || (!market_of_code(said, bracketed) && code.kind != MentionKind::identifier)) return {};
  const auto is_company = [&](const Mention& m) {
    return m.kind == MentionKind::word && classes.part(m) == Part::company;
  };
  if (const Mention* known = ending_at(mentions, end, is_company)) return known->span;
  uint32_t begin = end;
  const auto stops = [&](const Mention& m) {
    if (m.kind != MentionKind::word || classes.attribute(m, "trade")) return true;
    const Part part = classes.part(m);
    return begin < end && part != Part::phrase && part != Part::company && part != Part::metric;
  };
  while (begin >= 3 && end - begin < kLongestName && is_ideograph(text[begin - 3]) &&
         !ending_at(mentions, begin, stops))
    begin -= 3;
  // 甲及|禾榮科技(7799)
  for (const std::string_view joint : {"及", "与"})
    if (text.substr(begin, end - begin).starts_with(joint)) begin += static_cast<uint32_t>(joint.size());
  return end >= begin + kShortestName ? Span{begin, end} : Span{};
}

std::vector<Span> find_named_companies(const Document& document, const Mentions& mentions, const Classes& classes) {
  const std::string_view text = document.folded.text;
  std::vector<std::string_view> names;
  for (const Mention& m : mentions.all) {
    if (names.size() == kMostNames) break;
    const bool bracketed = m.span.begin > 0 && text[m.span.begin - 1] == '(';
    if (!market_of_code(text.substr(m.span.begin, m.span.size()), bracketed)) continue;
    const Span name = name_before_code(document, mentions, classes, m);
    if (const auto said = text.substr(name.begin, name.size());
        !said.empty() && std::find(names.begin(), names.end(), said) == names.end())
      names.push_back(said);
  }
  std::vector<Span> places;
  for (const std::string_view name : names)
    for (size_t at = 0; (at = text.find(name, at)) != std::string_view::npos; at += name.size())
      places.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + name.size())});
  // Of two that begin at one place, the longer is the name.
  std::sort(places.begin(), places.end(),
            [](Span a, Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  const auto last = std::unique(places.begin(), places.end(), [](Span a, Span b) { return b.begin < a.end; });
  places.erase(last, places.end());
  return places;
}

}  // namespace jiyao
