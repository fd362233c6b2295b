// Whose a metric is: the business, product or company that its phrase leaves to
// another part of the sentence.
#pragma once

#include "pipeline/resolve/subject.h"

namespace jiyao {

// The last phrase within that names a business (线上营销业务), or nothing.
Span business_before(const Scope& scope, Span within);

// The phrase that opens the clause [from, metric) before a period, an adverb or a
// verb: 消费金融公司2021年净利润, 化学业务实现收入. Nothing if it is no name of a part.
Span owner_before(const Scope& scope, uint32_t from, uint32_t metric);

// What a clause without a metric puts first for the next to speak of: 辅助驾驶方面,
// 老客户持续放量. `bare`: the next clause begins with its verb.
Span topic_of_clause(const Scope& scope, const Clause& clause, bool bare);

// What a heading names, without its brackets: 【功率半导体】. Nothing if it says more than the name of one part.
Span section_name(const Scope& scope, Span heading);

// 保险业务, 华东分部: a part by its last word.
bool is_business_name(std::string_view phrase);

// True unless it names all of the company or something said of it: 整体, 成本结构.
bool is_part_name(std::string_view phrase);

// 42家上市银行, 某消费金融公司: companies, not parts of one.
bool is_company_name(std::string_view phrase);

}  // namespace jiyao
