#include "pipeline/segment/heading.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "pipeline/segment/scan.h"

namespace jiyao::segmenting {
namespace {

constexpr uint32_t kTitleLength = 60;
constexpr uint32_t kNumberedLength = 40;
constexpr uint32_t kPlainLength = 30;
constexpr uint32_t kParagraphLength = 40;  // as long as this, a line is text although no 。 ends it
constexpr size_t kSpeechLines = 30;

// Words of bylines and captions: short lines that head nothing.
constexpr std::array<std::string_view, 12> kBylines = {"记者", "编辑", "责编", "来源", "作者", "单位",
                                                       "日期", "时间", "图:",  "编译", "撰文", "分享"};

bool is_numbered(MarkerStyle style) {
  return style == MarkerStyle::number || style == MarkerStyle::bracket || style == MarkerStyle::half_bracket ||
         style == MarkerStyle::circled;
}

// Words, and no clause that goes on.
bool has_words(std::string_view body) {
  for (const std::string_view mark : {"\t", "。", "://"}) {
    if (body.find(mark) != std::string_view::npos) return false;
  }
  for (const std::string_view mark : {",", "，", "、", ";", "*"}) {
    if (body.ends_with(mark)) return false;
  }
  uint32_t words = 0;
  uint32_t digits = 0;
  for (size_t at = 0; at < body.size();) {
    const CodePoint c = code_point_at(body, at);
    words += is_cjk(c.value) || is_latin(c.value) ? 1 : 0;
    digits += is_digit(c.value) ? 1 : 0;
    at += c.size;
  }
  return words >= 2 && words > digits && !body.starts_with("|");
}

bool reads_as_heading(const Draft& d, std::string_view body) {
  return !d.final && body.find(';') == std::string_view::npos && has_words(body);
}

// "某某新闻 2024-05-06 10:20": below a title.
bool is_dateline(const Draft& d) {
  constexpr auto kDateDigits = 8;
  return !d.final && d.length <= kTitleLength &&
         std::count_if(d.text.begin(), d.text.end(), [](char c) { return c >= '0' && c <= '9'; }) >= kDateDigits;
}

bool is_byline(std::string_view text) {
  if (text.starts_with("(") && text.ends_with(")")) return true;
  return std::any_of(kBylines.begin(), kBylines.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool follows(const Draft& first, const Draft& second) {
  return first.marker.style == second.marker.style && second.marker.ordinal == first.marker.ordinal + 1;
}

// A line cut by the width of a page: what comes next belongs to it.
bool is_broken(const Draft& before, const Draft& d) {
  return !d.after_blank && !before.final && before.length >= kParagraphLength;
}

// One short line after another, as in speech and in lists.
bool is_in_run(const Draft& before, const Draft& d, bool after_heading) {
  const bool ends = before.final || before.marker.style != MarkerStyle::none || is_dateline(before) ||
                    is_byline(before.text) || before.text.find('\t') != std::string_view::npos;
  return !d.after_blank && !after_heading && !ends;
}

bool is_plain_heading(const std::vector<Draft>& drafts, size_t at, BlockKind before) {
  const Draft& d = drafts[at];
  if (d.length > kPlainLength || is_byline(d.text)) return false;
  if (d.text.ends_with(":") && !is_label_line(d.text)) return false;
  if (at > 0 && is_broken(drafts[at - 1], d)) return false;
  if (at > 0 && is_in_run(drafts[at - 1], d, before == BlockKind::heading)) return false;
  const Draft& next = drafts[at + 1];
  if (next.length <= d.length || next.text.find('\t') != std::string_view::npos) return false;
  return next.final || next.length >= kParagraphLength || next.marker.style != MarkerStyle::none;
}

// A title may ask or exclaim, and hold two halves. "[METADATA]" is none.
bool is_title(const Draft& d) {
  if (d.text.starts_with("[") && d.text.ends_with("]")) return false;
  return d.length <= kTitleLength && d.marker.style == MarkerStyle::none && !d.text.ends_with(":") && has_words(d.text);
}

}  // namespace

bool is_speech(const std::vector<Draft>& drafts) {
  if (drafts.size() < kSpeechLines) return false;
  const auto bare = std::count_if(drafts.begin(), drafts.end(), [](const Draft& d) {
    return !d.final && d.marker.style == MarkerStyle::none && d.length <= kTitleLength;
  });
  return static_cast<size_t>(bare) * 2 > drafts.size();
}

bool is_heading(const std::vector<Draft>& drafts, size_t at, bool speech, BlockKind before) {
  const Draft& d = drafts[at];
  const MarkerStyle style = d.marker.style;
  const std::string_view body = d.text.substr(d.body);
  if (style == MarkerStyle::markdown) return true;
  if (style == MarkerStyle::bullet) return false;
  if (at == 0 && drafts.size() > 1 && is_title(d)) return !speech || is_dateline(drafts[1]);
  if (style == MarkerStyle::none && speech) return false;
  if (at + 1 == drafts.size() || d.length > kNumberedLength || !reads_as_heading(d, body)) return false;
  if (style == MarkerStyle::none) return is_plain_heading(drafts, at, before);
  if (style == MarkerStyle::part) return !speech;
  if (!is_numbered(style)) return true;
  const bool item = (before == BlockKind::list_item && follows(drafts[at - 1], d)) || follows(d, drafts[at + 1]);
  return !item && body.find('%') == std::string_view::npos;
}

// Styles nest in the order they are met; only markdown, 第一部分 and 一、 are
// always above what is not of their kind. Styles are few, so the outline is
// never deep.
void Outline::close_for(const Marker& marker) {
  const auto same = std::find_if(open_.rbegin(), open_.rend(), [&](const Entry& e) {
    return !e.title && e.style == marker.style && (marker.style != MarkerStyle::markdown || e.depth == marker.ordinal);
  });
  if (same != open_.rend()) {
    open_.erase(std::prev(same.base()), open_.end());
    return;
  }
  const auto is_below = [&](const Entry& e) {
    if (e.title) return false;
    if (marker.style == MarkerStyle::markdown) return e.style != MarkerStyle::markdown || e.depth > marker.ordinal;
    if (marker.style == MarkerStyle::none || e.style == MarkerStyle::none) return false;
    return e.style > marker.style;  // the order of MarkerStyle
  };
  while (!open_.empty() && is_below(open_.back())) open_.pop_back();
}

Outline::Place Outline::open(const Marker& marker, bool title, uint32_t block) {
  close_for(marker);
  const Place place{static_cast<uint8_t>(open_.size() + 1), section()};
  const bool markdown = marker.style == MarkerStyle::markdown;
  open_.push_back({marker.style, markdown ? marker.ordinal : 0, title && !markdown, block});
  return place;
}

uint32_t Outline::section() const { return open_.empty() ? kNone : open_.back().block; }

}  // namespace jiyao::segmenting
