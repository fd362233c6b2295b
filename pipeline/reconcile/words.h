// The words of tables (rules/sheet) and the names of metrics, looked up.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/rules.h"

// What reconciling is made of has a namespace of its own: claims and statements
// are what other stages speak of too.
namespace jiyao::reconciling {

// What a header or label says of the unit. What it does not say is empty.
struct SheetUnit {
  std::string unit;          // ISO 4217, %, pp, bp, x
  std::optional<int> power;  // of ten
  bool counts = false;       // it names what is counted: 人, users
  bool says_something() const { return !unit.empty() || power || counts; }
  // "CNY 10^6", "10^8", "%"
  std::string text() const;
};

// A metric by its key: its id, or "other:" and its Chinese name where the id is `other`.
struct MetricName {
  std::vector<std::string> keys;
  std::string basis;  // the name says: 研发费用率 is a share
};

class Words {
 public:
  explicit Words(const RuleSet& rules);

  // The term of `kind` that has this very word; nullptr if there is none.
  const SheetTerm* find(std::string_view kind, std::string_view word) const;

  // The longest word of `kind` in `text`, the first of such; a Latin one only
  // where no other letter or digit touches it.
  struct Hit {
    size_t at = 0;
    size_t size = 0;
    const SheetTerm* term = nullptr;
  };
  std::optional<Hit> longest(std::string_view kind, std::string_view text) const;

  // Empty unless all of `text` is a unit: "人民币百万元", "rmb mn", "in millions of us$".
  std::optional<SheetUnit> unit(std::string_view text) const;

  const MetricName* metric(std::string_view name) const;
  struct NameHit {
    size_t at = 0;
    size_t size = 0;
    const MetricName* name = nullptr;
  };
  // The longest name of a metric in `text`; of several, the last.
  std::optional<NameHit> longest_metric(std::string_view text) const;
  // Of a key; nullptr if the rules have no such metric.
  const Metric* rule_of(std::string_view key) const;

  // A segment in the form in which two are compared: without what limits nothing
  // (of this metric), and one name for all of its names. Empty: the whole company.
  std::string segment(std::string_view text, std::string_view metric) const;

 private:
  using Terms = std::map<std::string, const SheetTerm*, std::less<>>;
  const Terms& terms(std::string_view kind) const;
  size_t plain_before(std::string_view text, std::string_view metric) const;
  size_t plain_behind(std::string_view text, std::string_view metric) const;
  bool is_plain(std::string_view word, std::string_view metric) const;

  std::map<std::string, Terms, std::less<>> kinds_;
  std::map<std::string, MetricName, std::less<>> names_;
  std::map<std::string, const Metric*, std::less<>> rules_;
  size_t longest_name_ = 0;
};

std::string trimmed(std::string_view text);  // without white space and separators at its ends
// Whether a word may stand at [at, at + size) of `text`: no Latin letter is cut.
bool at_edges(std::string_view text, size_t at, size_t size);

}  // namespace jiyao::reconciling
