// Companies that a text names with their codes, 国巨(2327-TW), whether the lexicon
// knows them or not.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/mention.h"
#include "pipeline/resolve/classes.h"

namespace jiyao {

// The market that a securities code tells of (01024.HK, 3289-TW, SZ 002671, NVDA-US):
// CN, HK, TW, US, or "" if it does not say; nothing if it is no code. Digits
// alone (300472) are one only where the text brackets them.
std::optional<std::string_view> market_of_code(std::string_view code, bool bracketed);

// The name before the code that mention `code` is, as a span of the folded text:
// 联岳晶圆 (9791-TW), 晴歌国际控股有限公司(股份代号:97355), 工具机大厂|榮田(3430).
// Empty if it is no code or nothing names its company.
Span name_before_code(const Document& document, const Mentions& mentions, const Classes& classes, const Mention& code);

// The name before the first verb of reporting in the first `head` bytes: 甲电池公布业绩预告,
// 甲产业27日披露年报, 甲光学2021三季报显示. Empty if none, or what reports is no company.
Span name_that_reports(const Document& document, const Mentions& mentions, const Classes& classes, uint32_t head);

// Every place where a company is named that has its code somewhere in the text,
// in the order of the text, without overlap. Time: length of the text times the
// number of names, of which at most 64 are looked for.
std::vector<Span> find_named_companies(const Document& document, const Mentions& mentions, const Classes& classes);

}  // namespace jiyao
