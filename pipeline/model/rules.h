// The rules as data: what rules/ says, checked and ready to compile. Made by
// load(), read by match, resolve, check and the command. Plain data only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pipeline/model/decimal.h"
#include "pipeline/model/period.h"

namespace jiyao {

// Where a rule stands, for messages and for `rules check`. From 1.
struct RulePlace {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
};

// Attribute name → value. Looked up all the time, by names that are no strings.
using Attributes = std::map<std::string, std::string, std::less<>>;

// One expectation of an example: attribute name → value, as in the columns of
// metrics.csv (figure, value, unit, basis, metric, subject, period, …), or
// `class`/`meaning` of a ledger row.
using Expectation = std::map<std::string, std::string>;

struct RuleExample {
  RulePlace place;
  std::string text;
  std::vector<Expectation> expect;  // every one must be met by a row of its own
  bool none = false;                // no fact may come from the text
};

// rules/lexicon: words that stand as one symbol in the patterns of mention and
// relation rules. Symbol `<name>` is any word of the class `name`.
struct LexiconEntry {
  std::string word;           // folded (Simplified, half width, lower case)
  uint16_t lexeme_class = 0;  // index into RuleSet::classes
  Attributes attributes;      // unit, power, currency, direction, …: of the word, else of its file
  RulePlace place;
};

struct LexemeClass {
  std::string name;  // [a-z_]+
  RulePlace place;
};

// rules/metric
struct Metric {
  std::string id;
  std::string en;
  std::string zh;
  std::string unit_kind;           // money percent count per_share multiple any
  std::string balance;             // flow stock
  std::string counted;             // the metric that a count of it is: 回购 of money and of shares; may be empty
  std::string element;             // IFRS taxonomy element; may be empty
  bool ratio = false;              // a percent of it is a level (毛利率 54%), points of it a change
  bool loss = false;               // 亏损: a positive value is a loss
  std::vector<std::string> names;  // folded, lower case
  RulePlace place;
  std::vector<RuleExample> examples;
};

// rules/mention and rules/relation: a pattern and what it makes.
struct PatternRule {
  std::string id;
  std::string pattern;                      // RE2 syntax; <name> is a symbol, {name} a macro of the file set
  Attributes makes;                         // scalar attributes
  std::map<std::string, Attributes> parts;  // attributes by capture group
  RulePlace place;
  std::vector<RuleExample> examples;
};

// rules/sheet: what stands in the headers and labels of a table besides the
// names of metrics. Which classes there are: rules/README.md.
struct SheetTerm {
  std::string kind;                // its class: basis, scale, currency, column, …
  std::string means;               // yoy, 6, CNY, value, …; of class metric a metric's id
  std::vector<std::string> words;  // folded, lower case
  std::string basis;               // of class metric: the basis that the name says; else empty
  std::string of;                  // of class plain: the metric it holds for; empty: all
  RulePlace place;
};

struct RuleSet {
  std::string hash;  // of all rule files, lower-case hex
  std::vector<LexemeClass> classes;
  std::vector<LexiconEntry> lexicon;
  std::vector<Metric> metrics;
  std::vector<PatternRule> mentions;   // in order: file name, then place in the file
  std::vector<PatternRule> relations;  // likewise
  std::vector<SheetTerm> sheet;        // likewise
};

}  // namespace jiyao
