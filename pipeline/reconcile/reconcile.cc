#include "pipeline/reconcile/reconcile.h"

#include <algorithm>
#include <map>
#include <set>

#include "pipeline/reconcile/judge.h"
#include "pipeline/reconcile/layout.h"
#include "pipeline/reconcile/statements.h"
#include "pipeline/reconcile/words.h"

namespace jiyao {
namespace {

using namespace reconciling;

bool may_be_named(const StatedCompany& company, const std::string& folded) {
  if (folded.empty()) return false;
  if (names_company(folded, company)) return true;
  // 快手 for 快手-W, and the other way round.
  return folded.size() >= 4 && company.folded.find(folded) != std::string::npos;
}

class Reconciler {
 public:
  Reconciler(const Workbook& workbook, const MetricsTable& table, const RuleSet& rules, const LabelReader& reader)
      : workbook_(workbook),
        words_(rules),
        statements_(read_statements(table, words_, reader)),
        known_{words_, reader, statements_, {}, {}},
        judge_(statements_, table, words_),
        used_(table.rows(), false) {
    for (const Statement& s : statements_.all) known_.segments.insert(s.segment);
    known_.segments.erase("");
  }

  Reconciliation run(const ReconcileOptions& options) {
    const std::string company = known_.reader.fold(options.company);
    for (uint32_t sheet = 0; sheet < workbook_.sheets.size(); ++sheet) {
      if (workbook_.sheets[sheet].hidden) {
        out_.notes.push_back("sheet “" + workbook_.sheets[sheet].name + "” is hidden and was not checked");
        continue;
      }
      check(sheet, company);
    }
    list_unused();
    return std::move(out_);
  }

 private:
  void check(uint32_t sheet, const std::string& given) {
    const SheetClaims found = find_claims(workbook_, sheet, known_);
    if (found.claims.empty()) return;
    sure_ = true;
    const std::set<uint32_t> of_sheet = companies_of(found, given, sheet);
    for (const Claim& claim : found.claims) {
      const bool own = given.empty() && !claim.company.empty();
      const std::set<uint32_t> companies = own ? named(claim.company) : of_sheet;
      const SheetCell& cell = workbook_.sheets[sheet].cells[claim.cell];
      CheckedCell checked = judge_.judge(claim, cell, companies, own || sure_);
      if (checked.company.empty()) checked.company = claim.company;
      if (checked.row != kNone) used_[checked.row] = true;
      for (const uint32_t row : checked.agreeing) used_[row] = true;
      for (const uint32_t row : checked.opposing) used_[row] = true;
      out_.cells.push_back(std::move(checked));
      if (!own && !sure_) continue;
      companies_.insert(companies.begin(), companies.end());
      remember(claim.head);
    }
  }

  const std::set<uint32_t>& named(const std::string& folded) {
    const auto [at, added] = named_.try_emplace(folded);
    std::set<uint32_t>& all = at->second;
    if (!added) return all;
    for (uint32_t i = 0; i < statements_.companies.size(); ++i)
      if (may_be_named(statements_.companies[i], folded)) all.insert(i);
    return all;
  }

  // Whom a sheet is about: as told, as its name or a text in it says, or the one
  // that nearly all statements are about.
  std::set<uint32_t> companies_of(const SheetClaims& found, const std::string& given, uint32_t sheet) {
    if (!given.empty()) return named(given);
    std::vector<std::string> texts = found.captions;
    texts.push_back(known_.reader.fold(workbook_.name));
    for (const std::string& text : texts) {
      std::set<uint32_t> all;
      for (uint32_t i = 0; i < statements_.companies.size(); ++i)
        if (names_company(text, statements_.companies[i])) all.insert(i);
      if (!all.empty()) return all;
    }
    std::set<uint32_t> all;
    size_t rows = 0;
    uint32_t most = 0;
    for (uint32_t i = 0; i < statements_.companies.size(); ++i) {
      all.insert(i);
      rows += statements_.companies[i].rows;
      if (statements_.companies[i].rows > statements_.companies[most].rows) most = i;
    }
    const bool says_itself =
        std::all_of(found.claims.begin(), found.claims.end(), [](const Claim& c) { return !c.company.empty(); });
    if (says_itself || all.size() < 2) return all;
    const std::string name = "sheet “" + workbook_.sheets[sheet].name + "” does not say which company it is about; ";
    if (statements_.companies[most].rows * 4 >= rows * 3) {
      out_.notes.push_back(name + "taken as " + statements_.companies[most].name);
      return {most};
    }
    sure_ = false;
    out_.notes.push_back(name + "its numbers were held against all " + std::to_string(all.size()) +
                         "; name one with --company");
    return all;
  }

  void remember(const PeriodHead& head) {
    if (head.period.empty()) return;
    const std::string text = head.period.text();
    if (!known_heads_.insert(text + (head.fiscal ? "F" : "")).second) return;
    heads_[head.period.end.iso()].push_back(head);
    heads_["FY" + text].push_back(head);
  }

  // Whether the sheet has a column for the statement's period.
  bool asked(const Statement& s) const {
    if (s.period.empty()) return false;
    if (!s.period.label.empty() && heads_.contains(s.period.label)) return true;
    const auto at = heads_.find(s.period.end.iso());
    return at != heads_.end() && std::any_of(at->second.begin(), at->second.end(),
                                             [&](const PeriodHead& head) { return Judge::speaks_of(head, s); });
  }

  void list_unused() {
    for (const Statement& s : statements_.all)
      if (!used_[s.row] && companies_.contains(s.company) && asked(s)) out_.unused.push_back(s.row);
  }

  const Workbook& workbook_;
  Words words_;
  Statements statements_;
  Known known_;
  Judge judge_;
  std::vector<bool> used_;
  std::set<uint32_t> companies_;
  std::map<std::string, std::set<uint32_t>> named_;
  std::map<std::string, std::vector<PeriodHead>> heads_;  // by last day, and by the name of a fiscal year
  std::set<std::string> known_heads_;
  bool sure_ = true;  // whom the sheet at hand is about
  Reconciliation out_;
};

}  // namespace

Reconciliation reconcile(const Workbook& workbook, const MetricsTable& statements, const RuleSet& rules,
                         const LabelReader& reader, const ReconcileOptions& options) {
  return Reconciler(workbook, statements, rules, reader).run(options);
}

std::vector<std::string> companies_named(const MetricsTable& statements, const std::string& name,
                                         const LabelReader& reader) {
  std::vector<std::string> found;
  const std::string folded = reader.fold(name);
  for (const auto& company : reconciling::read_statements(statements, reconciling::Words(RuleSet{}), reader).companies)
    if (may_be_named(company, folded)) found.push_back(company.name);
  return found;
}

}  // namespace jiyao
