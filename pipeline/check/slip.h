// What a hand at the keyboard does to a number: a decimal point moved, two
// neighbouring digits swapped, one digit wrong, the sign lost.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "pipeline/check/interval.h"
#include "pipeline/model/fact.h"

namespace jiyao {

struct Slip {
  enum class Kind : uint8_t { power, swap, digit, sign };
  Kind kind = Kind::digit;
  // One that hardly ever explains a conflict by chance.
  bool is_typing() const { return kind == Kind::power || kind == Kind::swap; }
  int power = 0;  // of kind `power`: what was meant is 10^power of what is stated
};

// The first slip, in the order of the kinds, after which the number could have
// been meant: `agrees` is asked about the values that the corrected number may
// stand for. Empty if there is none, or the fact is a range.
std::optional<Slip> find_slip(const Fact& fact, const std::function<bool(Interval)>& agrees);

}  // namespace jiyao
