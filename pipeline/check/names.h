// When two wordings name the same thing. Names are compared as the document
// writes them: within one document the script is one.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "pipeline/model/rules.h"

namespace jiyao {

// What a base such as 總收入 or 電商 GMV names: the metric, and the segment in front of it.
struct NamedMeasure {
  std::string_view metric;  // empty if no word is known
  std::string segment;      // bare; empty for the whole company
};

// What rules/check says of names. Immutable; owns its words.
class Names {
 public:
  explicit Names(const RuleSet& rules);

  // The name without spaces, quotes, brackets and the words that do not tell one
  // measure from another: 雲服務的收入 → 雲服務收入, 公司總營收 → 營收,
  // 季度收入 → 收入, 廣告業務 → 廣告. A name of nothing else stays as it is.
  std::string bare(std::string_view name) const;
  void bare(std::string_view name, std::string& into) const;
  bool is_filler(std::string_view name) const;  // made of nothing else

  // Metrics of which a company, or a segment, has one value a period, however the
  // document words them. Of the others (users, stores, other, …) only the subject
  // tells which users are counted.
  bool has_one_value(std::string_view metric) const { return one_value_.contains(metric); }

  // The profit that a loss of this name is the negative of; empty if the metric counts no loss.
  std::string_view profit_of(std::string_view metric, std::string_view subject) const;

  NamedMeasure measure_named(std::string_view base) const;
  // A base that says no more than 整體 or 集團, or nothing.
  bool is_all(std::string_view base) const;

 private:
  size_t filler_at(std::string_view text) const;

  // A slot for each first character of a filler, by the low bits of its code
  // point. Most characters of a name begin none and cost one look-up.
  static constexpr size_t kSlots = 4096;

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::vector<std::string> fillers_;
  std::array<bool, kSlots> may_begin_filler_ = {};
  std::unordered_set<std::string, Hash, std::equal_to<>> one_value_;
  std::vector<std::string> all_;  // words for the whole
  std::vector<CheckLoss> losses_;
  std::vector<std::pair<std::string, std::string>> bases_;  // word, metric; a longer word first
};

// Bare names as numbers: two names are the same if their numbers are.
class NameTable {
 public:
  static constexpr uint32_t kUnknown = UINT32_MAX;

  explicit NameTable(const Names& names) : names_(names) {}
  uint32_t add(std::string_view name);         // `name` must outlive the table
  uint32_t find(std::string_view name) const;  // kUnknown if no name added is the same
  // The same for a segment: one that is all (集團, a bullet) is none.
  uint32_t add_segment(std::string_view segment) { return add(names_.is_filler(segment) ? "" : segment); }
  void reserve(size_t names) { numbers_.reserve(names); }

 private:
  const Names& names_;
  std::unordered_map<std::string_view, uint32_t> numbers_;  // by bare name
  std::deque<std::string> stripped_;  // bare names that are no part of the document; a deque moves none
  std::string bare_;                  // of the name at hand
};

}  // namespace jiyao
