// What becomes of each claim of a sheet.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "pipeline/model/reconciliation.h"
#include "pipeline/model/sheet.h"
#include "pipeline/reconcile/compare.h"
#include "pipeline/reconcile/layout.h"
#include "pipeline/reconcile/statements.h"

namespace jiyao::reconciling {

// Not thread safe: it counts the hints it looked for.
class Judge {
 public:
  Judge(const Statements& statements, const MetricsTable& table, const Words& words);

  // `companies`: indices into Statements::companies, those the claim may be of;
  // not `sure`: the sheet does not say which, and only agreement means something.
  CheckedCell judge(const Claim& claim, const SheetCell& cell, const std::set<uint32_t>& companies, bool sure) const;

  // Whether a statement is of a period that the sheet has a column for.
  static bool speaks_of(const PeriodHead& head, const Statement& stated);

 private:
  // How the document puts it: a loss where the sheet has a profit, or the other way round.
  enum class As : uint8_t { same, loss, profit };
  struct Candidate {
    const Statement* stated = nullptr;
    UnitMatch unit;
    As as = As::same;
  };
  // The best that was found for a claim so far.
  struct Best;

  std::vector<Candidate> candidates(const Claim& claim, const Target& target,
                                    const std::set<uint32_t>& companies) const;
  void add_candidates(const Claim& claim, const Target& target, const std::set<uint32_t>& companies, As as,
                      std::vector<Candidate>& found) const;
  struct Read {
    Printed number;
    std::string note;
  };
  Read read_as(const Claim& claim, const Target& target, const Candidate& candidate, const Printed& plain) const;
  void near_miss(const Claim& claim, const Target& target, const std::vector<Printed>& readings, const Printed& reading,
                 const Candidate& candidate, Best& best) const;
  void weigh(const Claim& claim, const Target& target, const std::vector<Printed>& readings, const Candidate& candidate,
             Best& best) const;
  std::vector<Printed> readings(const Claim& claim, const SheetCell& cell) const;
  std::string hint(const Claim& claim, const std::vector<Printed>& readings, const std::set<uint32_t>& companies) const;
  std::string elsewhere(const Claim& claim, const std::vector<Printed>& readings,
                        const std::set<uint32_t>& companies) const;
  std::string cited(uint32_t row) const;  // document:line:column

  const Statements& statements_;
  const MetricsTable& table_;
  const Words& words_;
  // Keys end in the company's index, or in nothing for all of them. Looked up only.
  using Index = std::unordered_map<std::string, std::vector<uint32_t>>;
  void collect(const Index& index, const std::string& key, const std::set<uint32_t>& companies,
               std::vector<uint32_t>& found) const;
  Index by_period_;  // metric and last day, or fiscal label
  Index by_metric_;
  Index by_end_;              // last day, or fiscal label
  mutable size_t hints_ = 0;  // looked for so far
};

}  // namespace jiyao::reconciling
