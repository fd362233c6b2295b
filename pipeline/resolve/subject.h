// What a figure measures: the phrase before it (or behind it), its metric, the
// segment that limits it and the company.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/mention.h"
#include "pipeline/resolve/phrase.h"

namespace jiyao {

// A subject phrase. Spans are bytes of the folded text; empty spans: none.
struct Topic {
  Span phrase;               // all of it: 海外业务收入
  Span segment;              // what limits the metric: 海外业务
  Span word;                 // the metric's own name in it: 收入; else the head of the phrase
  uint32_t metric = kNone;   // index into RuleSet::metrics; kNone: `other`
  uint32_t company = kNone;  // mention of a company named in it

  bool negative = false;  // 每股收益亏损0.09元: a loss in a metric that has no id of its own for losses

  bool whole = false;  // spoken of again after its parts: of none of them

  bool in_name = false;  // the segment is a part of the metric's name: 销售 in 销售、管理费用

  bool empty() const { return phrase.empty(); }
};

// A clause: what lies between two of , ; : ( ) 。 with its mentions.
struct Clause {
  Span span;
  uint32_t first = 0, last = 0;  // mentions [first, last)
  bool in_brackets = false;
};

// Cuts the sentence. Brackets make clauses of their own; a comma inside a list
// of numbers does not cut.
void find_clauses(const Scope& scope, Span sentence, std::vector<Clause>& out);

// The phrase that ends nearest before `figure`, in [from, figure.begin).
// `skip` (a share's base) is not looked at.
Topic topic_before(const Scope& scope, uint32_t from, uint32_t figure, Span skip);

// The counted phrase right behind `figure`: 139家机构, 52.9%的增长 has none.
Topic topic_behind(const Scope& scope, uint32_t to, uint32_t figure);

// 美国、欧洲、其他地区收入 as `count` topics with one metric; empty if the phrase
// has another number of parts.
std::vector<Topic> split_topic(std::string_view folded, const Topic& topic, size_t count);

// Phrases joined by 和 、 及 that end at `topic`, in text order, `topic` last.
std::vector<Topic> joined_topics(const Scope& scope, uint32_t from, const Topic& topic);

}  // namespace jiyao
