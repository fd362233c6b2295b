#include "pipeline/reconcile/statements.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

namespace jiyao::reconciling {
namespace {

std::string digits_of(std::string_view ticker) {
  std::string digits;
  for (const char c : ticker.substr(0, ticker.find('.')))
    if (c >= '0' && c <= '9' && !(digits.empty() && c == '0')) digits += c;
  return digits;
}

// 示例控股有限公司 → 示例; one Chinese letter, or three Latin ones, are no name.
std::string stem_of(std::string name, const Words& words) {
  constexpr size_t kShortest = 4;
  for (size_t size = name.size(); size > 0; --size) {
    const std::string_view end = std::string_view(name).substr(name.size() - size);
    if (!at_edges(name, name.size() - size, size) || words.find("company_form", end) == nullptr) continue;
    name = trimmed(std::string_view(name).substr(0, name.size() - size));
    size = name.size() + 1;
  }
  return name.size() < kShortest ? "" : name;
}

Qualifier qualifier_of(std::string_view text) {
  const auto at = std::find(kQualifierNames.begin(), kQualifierNames.end(), text);
  return at == kQualifierNames.end() ? Qualifier::none : static_cast<Qualifier>(at - kQualifierNames.begin());
}

Period period_of(std::string_view text, std::string_view start, std::string_view end) {
  Period period;
  const auto first = Date::parse(start);
  const auto last = Date::parse(end);
  if (!last || !last->valid()) return period;
  period.end = *last;
  period.start = first && first->valid() ? *first : *last;
  period.instant = text.ends_with("@end");
  if (text.starts_with("FY")) period.label = text;
  return period;
}

class StatementReader {
 public:
  StatementReader(const MetricsTable& table, const Words& words, const LabelReader& reader)
      : table_(table), words_(words), reader_(reader) {
    for (const char* name :
         {"company", "ticker", "metric", "metric_zh", "segment", "period", "period_start", "period_end", "basis",
          "base", "value", "value_low", "value_high", "decimals", "unit", "qualifier", "status"})
      columns_.emplace(name, table.column(name));
  }

  Statements read() {
    for (uint32_t row = 0; row < table_.rows(); ++row) read_row(row);
    return std::move(out_);
  }

 private:
  std::string_view cell(uint32_t row, const char* name) const { return table_.cell(row, columns_.at(name)); }

  const std::string& folded(std::string_view text) {
    const auto [at, added] = folded_.try_emplace(std::string(text));
    if (added) at->second = reader_.fold(text);
    return at->second;
  }

  void read_row(uint32_t row) {
    Statement s;
    s.row = row;
    s.low = Decimal::parse(cell(row, "value"));
    s.high = s.low;
    if (!s.low) {
      s.low = Decimal::parse(cell(row, "value_low"));
      s.high = Decimal::parse(cell(row, "value_high"));
    }
    if (!s.low || !s.high) return;
    const std::string_view decimals = cell(row, "decimals");
    std::from_chars(decimals.data(), decimals.data() + decimals.size(), s.decimals);
    s.decimals = std::clamp(s.decimals, -30, 30);
    s.company = company_of(row);
    s.metric = cell(row, "metric");
    if (s.metric == "other") s.metric = "other:" + folded(cell(row, "metric_zh"));
    s.segment = words_.segment(folded(cell(row, "segment")), s.metric);
    s.period = period_of(cell(row, "period"), cell(row, "period_start"), cell(row, "period_end"));
    s.basis = cell(row, "basis");
    s.base = folded(cell(row, "base"));
    s.unit = cell(row, "unit");
    s.qualifier = qualifier_of(cell(row, "qualifier"));
    s.status = cell(row, "status");
    out_.all.push_back(std::move(s));
  }

  uint32_t company_of(uint32_t row) {
    const std::string name(cell(row, "company"));
    const auto [at, added] = companies_.try_emplace(name, static_cast<uint32_t>(out_.companies.size()));
    if (added) out_.companies.push_back({name, folded(name), stem_of(folded(name), words_), "", 0});
    StatedCompany& company = out_.companies[at->second];
    ++company.rows;
    if (company.ticker.empty()) company.ticker = digits_of(cell(row, "ticker"));
    return at->second;
  }

  const MetricsTable& table_;
  const Words& words_;
  const LabelReader& reader_;
  std::map<std::string, uint32_t, std::less<>> columns_;
  std::unordered_map<std::string, std::string> folded_;
  std::map<std::string, uint32_t, std::less<>> companies_;
  Statements out_;
};

}  // namespace

Statements read_statements(const MetricsTable& table, const Words& words, const LabelReader& reader) {
  return StatementReader(table, words, reader).read();
}

bool names_company(std::string_view folded, const StatedCompany& company) {
  constexpr size_t kShortest = 4;  // bytes: two Latin letters, or two Chinese ones, are too few
  const auto contains = [](std::string_view text, std::string_view part) {
    if (part.size() < kShortest) return false;
    for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1))
      if (at_edges(text, at, part.size())) return true;
    return false;
  };
  if (!company.folded.empty() && folded == company.folded) return true;
  if (contains(folded, company.folded) || contains(folded, company.stem)) return true;
  const std::string code = company.ticker;
  if (code.size() < 3) return false;
  for (size_t at = folded.find(code); at != folded.npos; at = folded.find(code, at + 1)) {
    size_t begin = at;
    while (begin > 0 && folded[begin - 1] == '0') --begin;
    const bool alone = at_edges(folded, begin, at + code.size() - begin);
    const size_t end = at + code.size();
    // 2330 beside 市场 letters is a code; 2330.5 is a number.
    if (alone && (end == folded.size() || folded[end] == '.' || folded[end] == ')' || folded[end] == ' ')) {
      const bool number =
          end + 1 < folded.size() && folded[end] == '.' && folded[end + 1] >= '0' && folded[end + 1] <= '9';
      if (!number && (end < folded.size() || begin == 0 || code.size() >= 4)) return true;
    }
  }
  return false;
}

}  // namespace jiyao::reconciling
