// One measure of one period, stated twice with values that no rounding joins:
//
//   GMV 為 3847 億元 … GMV 達 3874 億元
#include <fmt/format.h>

#include "pipeline/check/checks.h"
#include "pipeline/check/repeats.h"
#include "pipeline/check/wording.h"

namespace jiyao {

void check_stated_twice(const Evidence& e, Findings& findings) {
  for (const Repeat& repeat : conflicting_repeats(e)) {
    if (repeat.power_of_ten) continue;
    const Fact& later = e.fact(repeat.later);
    const Fact& earlier = e.fact(repeat.earlier);
    const auto other = earlier.qualifier == Qualifier::none ? printed(earlier) : allowed(earlier);
    Finding f;
    f.check = "stated_twice";
    f.severity = repeat.severity;
    f.at = later.figure;
    f.stated = value_text(later);
    f.computed_low = other ? bound(other->low, earlier.decimals + 1) : "";
    f.computed_high = other ? bound(other->high, earlier.decimals + 1) : "";
    f.message_en = fmt::format("{}: stated as {} here, but as {}", measure_en(later), stated_en(later),
                               cited_en(e, repeat.earlier));
    f.message_zh =
        fmt::format("{}：此处写作 {}，而另一处为 {}", measure_zh(later), stated_zh(later), cited_zh(e, repeat.earlier));
    f.facts = {repeat.later, repeat.earlier};
    findings.push_back(std::move(f));
  }
}

}  // namespace jiyao
