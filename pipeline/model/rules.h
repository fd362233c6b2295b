// The rules as data: what rules/ says, checked and ready to compile. Made by
// load(), read by match, resolve, check and the command. Plain data only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/decimal.h"
#include "pipeline/model/formula.h"
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

constexpr const char* kDocumentsParted = "\f";
struct RuleExample {
  RulePlace place;
  std::string text;                 // or several documents, with kDocumentsParted between them
  std::vector<Expectation> expect;  // every one must be met by a row of its own
  bool none = false;                // no fact may come from the text
  // Of a check: the one finding that must come, and no other; `none`: no finding at all.
  std::string fires;   // contradiction suspicious none
  std::string check;   // id of the check
  std::string figure;  // at which it must stand; empty: anywhere
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
  std::string unit_kind;               // money percent count per_share multiple any
  std::string balance;                 // flow stock
  std::vector<std::string> turned_by;  // words with which it is the other of the two: 贷款投放 is a flow
  std::string counted;                 // the metric that a count of it is: 回购 of money and of shares; may be empty
  std::string element;                 // IFRS taxonomy element; may be empty
  bool ratio = false;                  // a percent of it is a level (毛利率 54%), points of it a change
  bool loss = false;                   // 亏损: a positive value is a loss
  bool lower_is_better = false;        // 不良率改善0.2个百分点 is a fall
  std::vector<std::string> names;      // folded, lower case
  RulePlace place;
  std::vector<RuleExample> examples;

  // Whether an amount of what `words` (folded) name is of a point in time, not of a length of time.
  bool is_stock(std::string_view words) const {
    const auto said = [&](const std::string& word) { return words.find(word) != words.npos; };
    return (balance == "stock") != std::any_of(turned_by.begin(), turned_by.end(), said);
  }
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

// rules/check: a statement (the claim) and the stated values it follows from.
struct CheckOperand {
  enum class Of : uint8_t {
    same,    // another metric of the claim's company, segment and period
    now,     // the claim's own measure, as a level
    before,  // the same, a year, quarter or month before
    whole,   // what the claim's base names
    part,    // the claim's measure in a part of its period
  };
  std::string name;  // in the formulas
  Of of = Of::same;
  std::string metric;                 // of `same`
  std::vector<std::string> subjects;  // of `same`: words one of which its subject holds; empty: any
  std::vector<std::string> doubtful;  // such words in its subject make a conflict suspicious at most
  std::string unit;                   // empty: the unit that all such operands share, which is no rate
  int first_month = 0;                // of `part`, from the start of the claim's period
  int months = 0;
};

struct CheckRelation {
  std::vector<std::string> metrics;   // of the claim; empty: any
  std::vector<std::string> bases;     // its basis: level yoy …
  std::vector<std::string> units;     // its unit: % x pp bp; `money`; `amount`: any but rates
  std::vector<std::string> subjects;  // words one of which its subject holds; empty: any
  int months = 0;                     // length of its period; 0: any
  bool beside = false;                // operands of any period, in the claim's sentence
  bool tentative = false;             // that claim and operands belong together is likely only
  std::vector<CheckOperand> operands;
  Formula is;                    // names are operands, in their order
  std::vector<Formula> acquits;  // a claim that agrees with one of them is right
  std::vector<uint32_t> above;   // operands that lie above zero
  RulePlace place;
};

// When a conflict of values in one unit, all exact, is a contradiction.
enum class Certainty : uint8_t {
  never,
  sentence,   // all in one sentence
  paragraph,  // or in one paragraph, each with its period named
  named,      // or anywhere, each with its period named, and all named alike
};

struct CheckRule {
  std::string id;  // as in findings.csv
  std::string title;
  std::string title_zh;
  std::string compares;
  std::string source;
  Certainty certain = Certainty::never;
  std::vector<CheckRelation> relations;
  RulePlace place;
  std::vector<RuleExample> examples;
};

// A metric that counts a loss, and the one that it is the negative of.
struct CheckLoss {
  std::string metric;
  std::vector<std::string> subjects;  // words one of which its subject holds; empty: any
  std::string negates;
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
  std::vector<CheckRule> checks;       // likewise
  // What the checks know of wording, by the name of the list.
  std::map<std::string, std::vector<std::string>, std::less<>> check_words;
  std::map<std::string, std::string, std::less<>> check_bases;  // 总收入 → revenue
  std::vector<CheckLoss> check_losses;                          // the first that fits counts
  std::vector<SheetTerm> sheet;                                 // likewise
  std::vector<RulePlace> check_word_places;                     // of the lists and bases
};

}  // namespace jiyao
