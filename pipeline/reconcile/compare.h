// One number of a sheet against one that a document states.
#pragma once

#include <optional>
#include <string>

#include "pipeline/model/decimal.h"
#include "pipeline/reconcile/statements.h"

namespace jiyao::reconciling {

// In full units, and the digits it was printed with: XBRL's decimals, -6 for millions.
struct Printed {
  Decimal value;
  int decimals = 0;
  Printed scaled(int power) const { return {value.scaled(power), decimals - power}; }
  Printed negated() const { return {value.negated(), decimals}; }
};

enum class Agreement : uint8_t {
  none,     // the two exclude each other
  open,     // the document says no more than over or under, and the sheet is far on that side
  rounded,  // once the sheet is rounded to the document's digits; or the document is vague
  same,     // the sheet's printed digits are those of the document, or fewer
  equal,    // the very number
};

// `power` of ten lies between the units: 2 if the document says 2.6 times where the sheet says 260%.
Agreement compare(const Printed& sheet, const Statement& stated, int power = 0);

// The power of ten, not 0, that makes them agree in two digits at least; empty if none does.
std::optional<int> power_between(const Printed& sheet, const Statement& stated);

// How the units go together.
struct UnitMatch {
  bool comparable = false;
  int power = 0;         // as of compare()
  std::string mismatch;  // "USD, not CNY"; empty if they are the same or one is not said
};
UnitMatch match_units(const std::string& sheet, const std::string& kind, const Statement& stated);

int significant_digits(Decimal value);  // 3 of 35400; zeros at the end do not count
bool is_currency(std::string_view unit);

}  // namespace jiyao::reconciling
