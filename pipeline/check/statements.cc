// A document's facts → what is kept of them for comparing documents.
#include <algorithm>
#include <limits>
#include <unordered_map>

#include "pipeline/check/across.h"
#include "pipeline/check/evidence.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

class Keeper {
 public:
  Keeper(const Evidence& evidence, const FoldName& fold, Statements& out)
      : e_(evidence), fold_(fold), restated_(evidence.known().words("restated")), out_(out) {}

  void keep(uint32_t i) {
    const Fact& f = e_.fact(i);
    const auto& low = f.value ? f.value : f.low;
    const auto& high = f.value ? f.value : f.high;
    if (!low || !high) return;
    const Citation at = cite(e_.document().source, e_.document().folded, f.figure);
    StatedFact& s = out_.facts.emplace_back();
    std::copy_n(f.id.begin(), std::min(f.id.size(), s.id.size()), s.id.begin());
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
    s.figure = kept(at.text);
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
    s.restated = has_any(cut_out(e_.document().folded.text, e_.sentence_span(i)), restated_);
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
    if (is_new) out_.names.push_back(kept_name(written));
    return n;
  }

  uint32_t metric(const Fact& f) {
    bool is_new = false;
    const uint32_t n = number(metrics_, f.metric, out_.metrics.size(), is_new);
    if (is_new) {
      const bool one_value = e_.known().names.has_one_value(f.metric);
      out_.metrics.push_back({kept(f.metric), kept(f.metric_en), kept(f.metric_zh), one_value});
    }
    return n;
  }

  uint32_t company(const Fact& f) {
    bool is_new = false;
    const uint32_t n = number(companies_, f.company, out_.companies.size(), is_new);
    if (is_new) out_.companies.push_back({kept_name(f.company), kept(f.ticker)});
    return n;
  }

  Span kept(std::string_view text) {
    const auto begin = static_cast<uint32_t>(out_.text.size());
    out_.text += text;
    return {begin, static_cast<uint32_t>(out_.text.size())};
  }

  StatedName kept_name(const std::string& written) {
    const Span as_written = kept(written);
    const std::string folded = e_.known().names.bare(fold_(written));
    return {as_written, folded == written ? as_written : kept(folded)};
  }

  const Evidence& e_;
  const FoldName& fold_;
  const std::vector<std::string>& restated_;  // words of a value that has changed since it was reported
  Statements& out_;
  Numbers names_;  // keys are views of the facts
  Numbers metrics_;
  Numbers companies_;
};

}  // namespace

Statements statements_of(const Document& document, const Extraction& extraction, const Checker& checker,
                         const FoldName& fold) {
  Statements out;
  out.document = document.source.document;
  out.sha256 = document.source.sha256;
  out.published = extraction.context.published;
  out.period_start = extraction.context.period.start;
  out.period_end = extraction.context.period.end;
  out.facts.reserve(extraction.facts.size());
  const Evidence evidence(document, extraction, checker.impl());
  Keeper keeper(evidence, fold, out);
  for (uint32_t i = 0; i < extraction.facts.size(); ++i) keeper.keep(i);
  out.text.shrink_to_fit();
  out.facts.shrink_to_fit();
  out.names.shrink_to_fit();
  return out;
}

}  // namespace jiyao
