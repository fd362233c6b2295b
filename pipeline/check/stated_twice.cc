// One measure of one period, stated twice with values that no rounding joins:
//
//   GMV 為 3847 億元 … GMV 達 3874 億元
//   137 億元 here, 1370 億元 there          reported as `scale`
#include <fmt/format.h>

#include "pipeline/check/checks.h"
#include "pipeline/check/repeats.h"
#include "pipeline/check/scale.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

Finding of_two_values(const Evidence& e, const Repeat& repeat) {
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
  f.message_en =
      fmt::format("{}: stated as {} here, but as {}", measure_en(later), stated_en(later), cited_en(e, repeat.earlier));
  f.message_zh =
      fmt::format("{}：此处写作 {}，而另一处为 {}", measure_zh(later), stated_zh(later), cited_zh(e, repeat.earlier));
  return f;
}

Finding of_two_scales(const Evidence& e, const Repeat& repeat) {
  const Fact& later = e.fact(repeat.later);
  const Fact& earlier = e.fact(repeat.earlier);
  Finding f = scale_finding(later, repeat.severity, printed(earlier), earlier.decimals);
  f.message_en = fmt::format("{}: stated as {} here, but with the same digits at another scale as {}",
                             measure_en(later), stated_en(later), cited_en(e, repeat.earlier));
  f.message_zh = fmt::format("{}：此处写作 {}，而另一处数字相同、数量级不同，为 {}", measure_zh(later),
                             stated_zh(later), cited_zh(e, repeat.earlier));
  return f;
}

}  // namespace

void check_stated_twice(const Evidence& e, Findings& findings) {
  for (const Repeat& repeat : conflicting_repeats(e)) {
    Finding f = repeat.power_of_ten ? of_two_scales(e, repeat) : of_two_values(e, repeat);
    f.facts = {repeat.later, repeat.earlier};
    findings.push_back(std::move(f));
  }
}

}  // namespace jiyao
