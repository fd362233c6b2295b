// The last promise of the ledger: no digit without a row.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/model/fact.h"

namespace jiyao {

// Adds a row for every digit of the folded text (any script, and the number
// forms ½ ② ³) that no row covers: digits inside a name (沪深300指数) are
// identifiers, others unresolved. `ledger` is in text order before and after.
void cover_digits(std::string_view folded, std::vector<LedgerRow>& ledger);

}  // namespace jiyao
