// What plain 元 means in a document.
#pragma once

#include <string>

#include "pipeline/model/document.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/rules.h"
#include "pipeline/resolve/classes.h"

namespace jiyao {

// By the words that only one market uses (attribute `market` of the lexicon): CN, HK, TW, or empty.
std::string market_of(const Mentions& mentions, const Classes& classes);

// 8亿元(人民币,下同), 8亿人民币(下同): the text says itself what its plain 元 is; empty if it does not.
std::string declared_currency(const Document& document, const Mentions& mentions, const Classes& classes);

// Plain 元 is the currency that the company's other figures carry, else that of the company
// (`company_currency`, may be empty), else that of its home market. 美元 and the like are always
// written out unless nearly all figures are of that currency.
std::string find_currency(const Mentions& mentions, const RuleSet& rules, const std::string& company_currency,
                          const std::string& home, const std::string& market);

}  // namespace jiyao
