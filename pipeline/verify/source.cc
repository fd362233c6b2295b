// What the source alone proves.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "pipeline/model/cell.h"
#include "pipeline/model/decimal.h"
#include "pipeline/model/period.h"
#include "pipeline/verify/verify.h"

namespace jiyao {

namespace {

std::optional<uint32_t> number(std::string_view cell) {
  uint32_t value = 0;
  const auto parsed = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (cell.empty() || parsed.ec != std::errc() || parsed.ptr != cell.data() + cell.size()) return std::nullopt;
  return value;
}

// The rows of one table that stand in one source.
class Citations {
 public:
  Citations(const ResultTable& table, const std::string& file, const SourceText& source)
      : table_(table), file_(file), source_(source) {}

  void check(uint32_t row) {
    row_ = row;
    figure_ = unguarded(table_.cell(row, "figure"));
    const auto place = place_of_figure();
    if (!place) return tell("figure", "", "does not stand in the source where the row says; ");
    const Citation at = cite_source(source_, *place);
    const std::array<std::pair<const char*, uint32_t>, 6> cells = {{{"line", at.line},
                                                                    {"column", at.column},
                                                                    {"char_start", at.char_start},
                                                                    {"char_end", at.char_end},
                                                                    {"byte_start", at.byte_start},
                                                                    {"byte_end", at.byte_end}}};
    if (at.text != figure_) tell("figure", at.text, "is not what stands there; ");
    for (const auto& [column, should] : cells) {
      if (table_.column(column) != kNone && number(table_.cell(row, column)) != should) {
        tell(column, std::to_string(should), "");
      }
    }
    if (table_.column("quote") != kNone && !quote_stands_around(*place)) {
      tell("quote", "", "does not stand in the source around the figure; ");
    }
  }

  std::vector<Problem> problems;

 private:
  void tell(const char* column, std::string_view should, std::string_view why) {
    problems.push_back(altered_cell(table_, file_, row_, column, should, why));
  }

  std::optional<Span> span(const char* begin, const char* end, bool characters) const {
    auto from = number(table_.cell(row_, begin));
    auto to = number(table_.cell(row_, end));
    if (!from || !to) return std::nullopt;
    if (characters) from = byte_of(source_, *from);
    if (characters) to = byte_of(source_, *to);
    if (*from >= *to || *to > source_.text.size()) return std::nullopt;
    return Span{*from, *to};
  }

  // By its bytes or by its characters, whichever hold the figure; where both
  // agree on a place, there, and it is the figure that was altered.
  std::optional<Span> place_of_figure() const {
    const auto bytes = span("byte_start", "byte_end", false);
    const auto characters = span("char_start", "char_end", true);
    for (const auto& place : {bytes, characters}) {
      if (place && std::string_view(source_.text).substr(place->begin, place->size()) == figure_) return place;
    }
    return bytes && bytes == characters ? bytes : std::nullopt;
  }

  bool quote_stands_around(Span place) const {
    constexpr int kMostPlaces = 64;  // that a figure may have in its quote
    const std::string_view quote = unguarded(table_.cell(row_, "quote"));
    const std::string_view figure = std::string_view(source_.text).substr(place.begin, place.size());
    int tried = 0;
    for (size_t at = quote.find(figure); at != quote.npos && tried < kMostPlaces; at = quote.find(figure, at + 1)) {
      ++tried;
      if (at <= place.begin && std::string_view(source_.text).substr(place.begin - at, quote.size()) == quote) {
        return true;
      }
    }
    return false;
  }

  const ResultTable& table_;
  const std::string& file_;
  const SourceText& source_;
  uint32_t row_ = 0;
  std::string_view figure_;
};

std::string printed(const std::optional<Decimal>& value) { return value ? value->to_string() : std::string(); }

std::string_view unsigned_part(std::string_view number) {
  if (number.starts_with('-')) number.remove_prefix(1);
  return number;
}

bool same_size(std::string_view stated, const std::optional<Decimal>& value) {
  return unsigned_part(stated) == unsigned_part(printed(value));
}

// What 方 counts, square or cubic metres, and whether a rise by 2% is one of
// percentage points, is for the sentence to say.
bool allows_unit(const Quantity& q, std::string_view unit) {
  if (q.kind == MentionKind::count || q.unit.empty()) return true;
  return unit == q.unit || (q.unit == "%" && unit == "pp");
}

}  // namespace

std::vector<Problem> check_citations(const ResultTable& table, const std::string& file,
                                     const std::vector<uint32_t>& rows, const SourceText& source) {
  Citations citations(table, file, source);
  for (const uint32_t row : rows) citations.check(row);
  return std::move(citations.problems);
}

std::vector<Problem> check_values(const ResultTable& metrics, const std::string& file,
                                  const std::vector<uint32_t>& rows, const Document& document,
                                  const std::vector<Quantity>& quantities) {
  std::vector<std::pair<Span, const Quantity*>> read;  // by place in the source
  read.reserve(quantities.size());
  for (const Quantity& q : quantities) read.emplace_back(document.folded.map.to_source(q.text), &q);
  std::sort(read.begin(), read.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Problem> problems;
  for (const uint32_t row : rows) {
    const Span place{number(metrics.cell(row, "byte_start")).value_or(0),
                     number(metrics.cell(row, "byte_end")).value_or(0)};
    const auto found =
        std::lower_bound(read.begin(), read.end(), place, [](const auto& entry, Span at) { return entry.first < at; });
    // A rule may take more or less of the text for a figure than others do.
    if (found == read.end() || found->first != place || found->second->kind == MentionKind::period) continue;
    const Quantity& q = *found->second;
    const auto tell = [&](const char* column, const std::string& should) {
      problems.push_back(altered_cell(metrics, file, row, column, should, "is not what the figure says; "));
    };
    const bool turned = !same_size(metrics.cell(row, "value_low"), q.low);  // a range of falls: 3 to 5 is -5 to -3
    if (!same_size(metrics.cell(row, "value"), q.value)) tell("value", printed(q.value));
    if (!same_size(metrics.cell(row, "value_low"), turned ? q.high : q.low)) tell("value_low", printed(q.low));
    if (!same_size(metrics.cell(row, "value_high"), turned ? q.low : q.high)) tell("value_high", printed(q.high));
    if (metrics.cell(row, "decimals") != std::to_string(q.decimals)) tell("decimals", std::to_string(q.decimals));
    if (!allows_unit(q, metrics.cell(row, "unit"))) tell("unit", q.unit);
  }
  return problems;
}

std::vector<Problem> check_words(const ResultTable& metrics, const std::string& file,
                                 const std::vector<uint32_t>& rows) {
  std::vector<Problem> problems;
  for (const uint32_t row : rows) {
    const auto expect_one_of = [&](const char* column, const auto& names) {
      if (metrics.column(column) == kNone) return;
      if (std::find(names.begin(), names.end(), metrics.cell(row, column)) != names.end()) return;
      problems.push_back(altered_cell(metrics, file, row, column, "", "is none of the words of this column; "));
    };
    expect_one_of("basis", kBasisNames);
    expect_one_of("qualifier", kQualifierNames);
    expect_one_of("status", kStatusNames);
    const std::string_view text = metrics.cell(row, "period");
    if (text.starts_with("FY")) continue;  // the last month of its fiscal year is not in the row
    const Period period = Period::parse(text);
    if (period.empty() && !text.empty()) {
      problems.push_back(altered_cell(metrics, file, row, "period", "", "is no period; "));
      continue;
    }
    const auto expect = [&](const char* column, Date day) {
      const std::string should = period.empty() ? "" : day.iso();
      if (metrics.column(column) == kNone || metrics.cell(row, column) == should) return;
      problems.push_back(altered_cell(metrics, file, row, column, should, "is not the day that `period` says; "));
    };
    expect("period_start", period.start.year == 0 ? period.end : period.start);
    expect("period_end", period.end);
  }
  return problems;
}

std::vector<Problem> check_digits(const ResultTable& ledger, const std::string& file, const std::vector<uint32_t>& rows,
                                  const SourceText& source) {
  std::vector<Span> covered;
  covered.reserve(rows.size());
  for (const uint32_t row : rows) {
    covered.push_back(
        {number(ledger.cell(row, "byte_start")).value_or(0), number(ledger.cell(row, "byte_end")).value_or(0)});
  }
  std::sort(covered.begin(), covered.end());
  std::vector<Problem> problems;
  auto next = covered.begin();
  for (uint32_t at = 0; at < source.text.size(); ++at) {
    if (source.text[at] < '0' || source.text[at] > '9') continue;
    while (next != covered.end() && next->end <= at) ++next;
    if (next != covered.end() && next->begin <= at) continue;
    uint32_t end = at;
    while (end < source.text.size() && source.text[end] >= '0' && source.text[end] <= '9') ++end;
    const Citation place = cite_source(source, {at, end});
    problems.push_back({file, 0, "", "", "",
                        fmt::format("no row has “{}” at {}:{}:{}; extract anew", place.text, source.document,
                                    place.line, place.column)});
    at = end;
  }
  return problems;
}

}  // namespace jiyao
