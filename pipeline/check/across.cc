#include "pipeline/check/across.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>

#include "pipeline/check/collation.h"

namespace jiyao {
namespace {

// Rows in the order of the documents and then of the text.
void order(const std::vector<Statements>& documents, std::vector<FindingRow>& rows) {
  std::unordered_map<std::string_view, size_t> number;
  for (size_t i = 0; i < documents.size(); ++i) number.try_emplace(documents[i].document, i);
  std::stable_sort(rows.begin(), rows.end(), [&](const FindingRow& a, const FindingRow& b) {
    const auto key = [&](const FindingRow& r) {
      return std::tuple(number.at(r.document), r.char_start, r.char_end, std::string_view(r.check),
                        std::string_view(r.id));
    };
    return key(a) < key(b);
  });
}

}  // namespace

std::vector<FindingRow> check_across(const std::vector<Statements>& documents) {
  const Collation all(documents);
  Versions versions = compare_versions(all);
  std::vector<FindingRow> rows = std::move(versions.findings);
  for (const auto compare : {compare_values, compare_growths}) {
    std::vector<FindingRow> found = compare(all, versions.set_aside);
    std::move(found.begin(), found.end(), std::back_inserter(rows));
  }
  order(documents, rows);
  return rows;
}

}  // namespace jiyao
