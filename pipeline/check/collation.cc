#include "pipeline/check/collation.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "pipeline/check/short_id.h"
#include "pipeline/check/wording.h"

namespace jiyao {
namespace {

// Text → number, from 1; 0 is the empty text.
class Numbering {
 public:
  uint32_t of(std::string_view text) {
    if (text.empty()) return 0;
    return numbers_.try_emplace(text, static_cast<uint32_t>(numbers_.size() + 1)).first->second;
  }

 private:
  std::unordered_map<std::string_view, uint32_t> numbers_;
};

std::string id_of(const StatedFact& fact) {
  const std::string_view id(fact.id.data(), fact.id.size());
  return std::string(id.substr(0, id.find('\0')));
}

}  // namespace

Collation::Collation(const std::vector<Statements>& documents) : documents_(documents), numbers_(documents.size()) {
  number_names();
  number_companies();
}

void Collation::number_names() {
  Numbering names;
  Numbering metrics;
  for (size_t i = 0; i < documents_.size(); ++i) {
    for (const auto& name : documents_[i].names) numbers_[i].names.push_back(names.of(documents_[i].cut(name.folded)));
    for (const auto& metric : documents_[i].metrics)
      numbers_[i].metrics.push_back(metrics.of(documents_[i].cut(metric.id)));
  }
}

// A company is its ticker. One that is only named is the one of that name whose
// ticker some document says, if all agree on it.
void Collation::number_companies() {
  Numbering tickers;
  std::unordered_map<std::string_view, std::string_view> ticker_of;  // by name; empty if they disagree
  for (const Statements& document : documents_) {
    for (const auto& company : document.companies) {
      const std::string_view ticker = document.cut(company.ticker);
      if (ticker.empty() || company.name.folded.empty()) continue;
      const auto [known, added] = ticker_of.try_emplace(document.cut(company.name.folded), ticker);
      if (!added && known->second != ticker) known->second = {};
    }
  }
  for (size_t i = 0; i < documents_.size(); ++i) {
    for (const auto& company : documents_[i].companies) {
      const std::string_view name = documents_[i].cut(company.name.folded);
      const auto known = ticker_of.find(name);
      std::string_view key = documents_[i].cut(company.ticker);
      if (key.empty() && known != ticker_of.end()) key = known->second;
      if (key.empty()) key = name;
      numbers_[i].companies.push_back(tickers.of(key));
    }
  }
}

Thing Collation::thing(Place at) const {
  const StatedFact& f = fact(at);
  const Numbers& numbers = numbers_[at.document];
  const bool one_value = documents_[at.document].metrics[f.metric].one_value;
  return {company(at),
          numbers.metrics[f.metric],
          numbers.names[f.segment],
          one_value ? 0 : numbers.names[f.subject],
          f.basis == Basis::share ? numbers.names[f.base] : 0,
          numbers.names[f.unit],
          f.basis,
          Dates(period(at))};
}

Period Collation::period(Place at) const {
  const StatedFact& f = fact(at);
  Period period;
  period.start = f.start;
  period.end = f.end;
  period.instant = f.instant;
  return period;
}

Fact Collation::worded(Place at) const {
  const StatedFact& f = fact(at);
  const Statements& of = documents_[at.document];
  Fact out;
  out.metric = of.cut(of.metrics[f.metric].id);
  out.metric_en = of.cut(of.metrics[f.metric].en);
  out.metric_zh = of.cut(of.metrics[f.metric].zh);
  out.subject = of.cut(of.names[f.subject].written);
  out.segment = of.cut(of.names[f.segment].written);
  out.base = of.cut(of.names[f.base].written);
  out.unit = of.cut(of.names[f.unit].written);
  out.period = period(at);
  out.basis = f.basis;
  out.qualifier = f.qualifier;
  out.status = f.status;
  out.decimals = f.decimals;
  if (f.low == f.high) {
    out.value = f.low;
  } else {
    out.low = f.low;
    out.high = f.high;
  }
  return out;
}

Interval Collation::allowed_at(Place at) const {
  const StatedFact& f = fact(at);
  Fact number;
  number.low = f.low;
  number.high = f.high;
  if (f.low == f.high) number.value = f.low;
  number.decimals = f.decimals;
  number.qualifier = f.qualifier;
  return allowed(number).value_or(Interval{-1e31L, 1e31L});
}

bool Collation::reports(Place at) const {
  const Statements& of = documents_[at.document];
  return of.period_end.year != 0 && of.period_end == fact(at).end;
}

bool Collation::earlier(uint32_t a, uint32_t b) const {
  const auto made = [&](uint32_t i) {
    return documents_[i].published.year != 0 ? documents_[i].published : documents_[i].period_end;
  };
  return made(a) != made(b) ? made(a) < made(b) : a < b;
}

bool is_sound(const Collation& all, Place at) {
  const StatedFact& f = all.fact(at);
  const bool plain = f.qualifier == Qualifier::none || f.qualifier == Qualifier::about;
  return f.status == Status::actual && f.low == f.high && plain && f.end.year != 0 && f.anchored &&
         all.company(at) != 0 && all.thing(at).unit != 0;
}

std::vector<Entry> side_by_side(const Collation& all, const std::vector<bool>& set_aside,
                                bool (*kept)(const Collation&, Place)) {
  std::vector<Entry> entries;
  for (uint32_t d = 0; d < all.size(); ++d) {
    if (set_aside[d]) continue;
    for (uint32_t i = 0; i < all.document(d).facts.size(); ++i) {
      if (kept(all, {d, i})) entries.push_back({all.thing({d, i}), {d, i}});
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.thing, a.at) < std::tie(b.thing, b.at); });
  return entries;
}

std::string copy_id(const Statements& copy, const Statements& of) {
  return short_id(fmt::format("{}\ncopy\n{}", copy.document, of.document));
}

FindingRow finding_at(const Collation& all, const char* check, Severity severity, Place at,
                      const std::vector<Place>& others) {
  const StatedFact& f = all.fact(at);
  FindingRow row;
  row.check = check;
  row.severity = severity;
  row.document = all.document(at.document).document;
  row.line = f.line;
  row.char_start = f.char_start;
  row.char_end = f.char_end;
  row.stated = value_text(all.worded(at));
  row.fact_ids = {id_of(f)};
  std::string key = fmt::format("{}\n{}\n{}-{}\n{}", row.document, row.check, f.char_start, f.char_end, row.stated);
  for (const Place other : others) {
    row.fact_ids.push_back(id_of(all.fact(other)));
    key += "\n" + all.document(other.document).document + "\n" + row.fact_ids.back();
  }
  row.id = short_id(key);
  return row;
}

std::string written(const Collation& all, Place at) {
  return std::string(all.document(at.document).cut(all.fact(at).figure));
}

std::string cited_in_en(const Collation& all, Place at) {
  return fmt::format("{} ({}, line {})", written(all, at), all.document(at.document).document, all.fact(at).line);
}

std::string cited_in_zh(const Collation& all, Place at) {
  return fmt::format("{}（{} 第{}行）", written(all, at), all.document(at.document).document, all.fact(at).line);
}

}  // namespace jiyao
