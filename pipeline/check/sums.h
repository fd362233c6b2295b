// Enumerations: parts that stand together, against their total.
//
//   收入 152.3 億元：空調 68.5 億元、冰洗 52.1 億元、小家電 31.7 億元      levels against the whole
//   線上佔 64.2%，線下佔 35.8%                                            shares against 100%
#pragma once

#include <vector>

#include "pipeline/check/comparison.h"

namespace jiyao {

// Parts are levels of one metric, company, period and unit of different segments
// in one sentence, else in one paragraph, list or table; the whole is the same
// without a segment. An enumeration that adds up agrees. One that does not is
// held against its author only if it is shown to be complete, by a word (合計,
// 由…組成) or because the parts are two that leave no third (線上, 線下); or else,
// tentatively, if there are three parts or more and a slip of one number (slip.h)
// explains it.
void compare_sums(const Evidence& evidence, std::vector<Comparison>& comparisons);

}  // namespace jiyao
