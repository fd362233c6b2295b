#include "pipeline/write/report_book.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "pipeline/write/book_cells.h"

namespace jiyao {

namespace {

// Everything that makes two styles one format.
std::string key_of(const CellStyle& s) {
  std::string key = fmt::format("{}\n{}\n{}|{}{}{}{}|{}|{}|{}|{}|{}", s.number_format, s.font, s.size, s.bold, s.italic,
                                s.underlined, s.wrapped, s.colour, s.fill, s.horizontal, s.vertical, s.indent);
  for (int i = 0; i < 4; ++i) key += fmt::format("|{}|{}", s.border[i], s.border_colour[i]);
  return key;
}

void set_borders(lxw_format* format, const CellStyle& style) {
  format_set_left(format, style.border[0]);
  format_set_right(format, style.border[1]);
  format_set_top(format, style.border[2]);
  format_set_bottom(format, style.border[3]);
  if (style.border_colour[0] != kNoColour) format_set_left_color(format, style.border_colour[0]);
  if (style.border_colour[1] != kNoColour) format_set_right_color(format, style.border_colour[1]);
  if (style.border_colour[2] != kNoColour) format_set_top_color(format, style.border_colour[2]);
  if (style.border_colour[3] != kNoColour) format_set_bottom_color(format, style.border_colour[3]);
}

// Its number format may have 255 bytes; a longer one is General.
void set_look(lxw_format* format, const CellStyle& style) {
  constexpr size_t kLongestFormat = 255;
  if (!style.number_format.empty() && style.number_format.size() <= kLongestFormat)
    format_set_num_format(format, style.number_format.c_str());
  if (!style.font.empty() && style.font.size() < 128) format_set_font_name(format, style.font.c_str());
  format_set_font_size(format, style.size);
  if (style.bold) format_set_bold(format);
  if (style.italic) format_set_italic(format);
  if (style.underlined) format_set_underline(format, LXW_UNDERLINE_SINGLE);
  if (style.wrapped) format_set_text_wrap(format);
  if (style.colour != kNoColour) format_set_font_color(format, style.colour);
  if (style.horizontal != 0) format_set_align(format, style.horizontal);
  if (style.vertical != 0) format_set_align(format, style.vertical);
  if (style.indent != 0) format_set_indent(format, style.indent);
  set_borders(format, style);
}

}  // namespace

const VerdictLook& look_of(CellVerdict verdict) {
  static constexpr std::array<VerdictLook, 6> kLooks = {{
      {0xBFE3F5, "有据", "a document states it, to as many digits as the sheet prints"},
      {0xE3F1FA, "舍入", "agrees once the sheet is rounded to what the document prints, or with its “about”, “over”"},
      {0xE8743B, "矛盾", "documents state another value"},
      {0xF2D13C, "符号", "agrees but for the sign"},
      {0xD5A6C8, "单位", "agrees but for a power of ten, or for another currency or unit"},
      {0xD9D9D9, "未见", "no document states it"},
  }};
  return kLooks[static_cast<size_t>(verdict)];
}

ReportBook::ReportBook(const std::filesystem::path& path) : path_(path) {
  book_ = workbook_new(path.c_str());
  if (book_ == nullptr) throw std::runtime_error(path.string() + ": cannot be written");
  // A file of the same input has the same bytes: no clock in it.
  constexpr time_t kFirstDayOfZip = 315532800;
  lxw_doc_properties properties = {};
  properties.created = kFirstDayOfZip;
  properties.author = const_cast<char*>("jiyao");
  workbook_set_properties(book_, &properties);
}

ReportBook::~ReportBook() {
  if (book_ != nullptr) lxw_workbook_free(book_);
}

lxw_worksheet* ReportBook::add_sheet(const std::string& name) {
  constexpr uint32_t kLongestName = 31;
  const std::string fitted = fitting(name, kLongestName).text;
  std::string wanted = fitted;
  for (int i = 2; workbook_validate_sheet_name(book_, wanted.c_str()) != LXW_NO_ERROR; ++i) {
    wanted = i == 2 ? fitting(fitted, kLongestName - 2).text + " 2" : fmt::format("Sheet {}", i);
  }
  return workbook_add_worksheet(book_, wanted.c_str());
}

lxw_format* ReportBook::format(const CellStyle& style, std::optional<CellVerdict> verdict) {
  const auto [at, added] = known_.try_emplace(key_of(style), formats_.size());
  if (added) formats_.emplace_back(style, std::map<int, lxw_format*>());
  lxw_format*& format = formats_[at->second].second[verdict ? static_cast<int>(*verdict) : -1];
  if (format != nullptr) return format;
  format = workbook_add_format(book_);
  set_look(format, style);
  if (verdict || style.fill != kNoColour) {
    format_set_pattern(format, LXW_PATTERN_SOLID);
    format_set_bg_color(format, LXW_COLOR_UNSET);
    format_set_fg_color(format, verdict ? look_of(*verdict).fill : style.fill);
  }
  return format;
}

void ReportBook::define(const DefinedName& name) {
  workbook_define_name(book_, name.name.c_str(), ("=" + name.refers_to).c_str());
}

void ReportBook::close() {
  const lxw_error error = workbook_close(book_);
  book_ = nullptr;
  if (error != LXW_NO_ERROR) throw std::runtime_error(fmt::format("{}: {}", path_.string(), lxw_strerror(error)));
}

}  // namespace jiyao
