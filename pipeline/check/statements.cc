// A document's facts → what is kept of them for comparing documents.
#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "pipeline/check/across.h"
#include "pipeline/check/evidence.h"
#include "pipeline/check/names.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

// Folded. A value that is said to have changed since it was reported.
constexpr std::array<std::string_view, 7> kRestated = {"重列",     "重述",   "追溯",    "经调整后",
                                                       "口径调整", "重分类", "restated"};

class Keeper {
 public:
  Keeper(const Evidence& evidence, const FoldName& fold, Statements& out) : e_(evidence), fold_(fold), out_(out) {}

  void keep(uint32_t i) {
    const Fact& f = e_.fact(i);
    const auto& low = f.value ? f.value : f.low;
    const auto& high = f.value ? f.value : f.high;
    if (!low || !high) return;
    const Citation at = cite(e_.document().source, e_.document().folded, f.figure);
    StatedFact& s = out_.facts.emplace_back();
    s.id = f.id;
    s.low = *low;
    s.high = *high;
    s.start = f.period.start;
    s.end = f.period.end;
    s.instant = f.period.instant;
    s.metric = metric(f);
    s.company = company(f);
    s.subject = name(f.subject);
    s.segment = name(f.segment);
    s.base = name(f.base);
    s.unit = name(f.unit);
    s.line = at.line;
    s.char_start = at.char_start;
    s.char_end = at.char_end;
    s.decimals = static_cast<int16_t>(
        std::clamp<int>(f.decimals, std::numeric_limits<int16_t>::min(), std::numeric_limits<int16_t>::max()));
    s.basis = f.basis;
    s.qualifier = f.qualifier;
    s.status = f.status;
    s.exact = e_.exact(i);
    s.anchored = e_.anchored(i);
    s.restated = has_any(cut_out(e_.document().folded.text, e_.sentence_span(i)), kRestated);
  }

 private:
  using Numbers = std::unordered_map<std::string_view, uint32_t>;

  static uint32_t number(Numbers& numbers, std::string_view key, size_t next, bool& is_new) {
    const auto [at, added] = numbers.try_emplace(key, static_cast<uint32_t>(next));
    is_new = added;
    return at->second;
  }

  uint32_t name(const std::string& written) {
    bool is_new = false;
    const uint32_t n = number(names_, written, out_.names.size(), is_new);
    if (is_new) out_.names.push_back({written, bare_name(fold_(written))});
    return n;
  }

  uint32_t metric(const Fact& f) {
    bool is_new = false;
    const uint32_t n = number(metrics_, f.metric, out_.metrics.size(), is_new);
    if (is_new) out_.metrics.push_back({f.metric, f.metric_en, f.metric_zh, has_one_value(f.metric)});
    return n;
  }

  uint32_t company(const Fact& f) {
    bool is_new = false;
    const uint32_t n = number(companies_, f.company, out_.companies.size(), is_new);
    if (is_new) out_.companies.push_back({{f.company, bare_name(fold_(f.company))}, f.ticker});
    return n;
  }

  const Evidence& e_;
  const FoldName& fold_;
  Statements& out_;
  Numbers names_;  // keys are views of the facts
  Numbers metrics_;
  Numbers companies_;
};

}  // namespace

Statements statements_of(const Document& document, const Extraction& extraction, const FoldName& fold) {
  Statements out;
  out.document = document.source.document;
  out.sha256 = document.source.sha256;
  out.published = extraction.context.published;
  out.period_start = extraction.context.period.start;
  out.period_end = extraction.context.period.end;
  out.facts.reserve(extraction.facts.size());
  const Evidence evidence(document, extraction);
  Keeper keeper(evidence, fold, out);
  for (uint32_t i = 0; i < extraction.facts.size(); ++i) keeper.keep(i);
  return out;
}

}  // namespace jiyao
