#include "pipeline/check/evidence.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "pipeline/check/names.h"

namespace jiyao {
namespace {

constexpr size_t kMostValues = 8;
constexpr char kSeparator = '\x1f';

// Folded words. A growth in such terms is not the quotient of the levels beside it.
constexpr std::array<std::string_view, 19> kOtherTerms = {
    "固定汇率", "恒定汇率", "不变汇率", "固定货币", "恒定货币", "同口径", "可比", "剔除", "撇除", "扣除",
    "不计",     "不考虑",   "排除",     "假设",     "如果",     "备考",   "重述", "内生", "有机"};
constexpr std::array<std::string_view, 6> kBackWords = {"同期", "去年", "上年", "上一年", "前一年", "前年"};

template <size_t n>
bool has_any(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}

std::string_view without_end(std::string_view period) {
  constexpr std::string_view kEnd = "@end";
  if (period.ends_with(kEnd)) period.remove_suffix(kEnd.size());
  return period;
}

std::string sentence_key(uint32_t sentence, std::string_view period) {
  return std::to_string(sentence) + kSeparator + std::string(without_end(period));
}

bool is_level(const Fact& fact) {
  return fact.basis == Basis::level && fact.status == Status::actual && fact.value && !fact.unit.empty() &&
         !fact.period.empty() && !is_loose(fact.qualifier);
}

// The value that states the same with the same precision, else a new one.
void add_value(Evidence::Levels& levels, const std::vector<Fact>& facts, uint32_t i) {
  const auto range = printed(facts[i]);
  const auto wide = allowed(facts[i]);
  if (!range || !wide || levels.values.size() > kMostValues) return;
  for (Level& level : levels.values) {
    const Fact& first = facts[level.facts.front()];
    if (*first.value == *facts[i].value && first.decimals == facts[i].decimals &&
        first.qualifier == facts[i].qualifier) {
      level.facts.push_back(i);
      return;
    }
  }
  for (const Level& level : levels.values) levels.contested |= !level.allowed.meets(*wide);
  levels.values.push_back({*range, *wide, {i}});
}

// `months` earlier, month ends staying month ends.
Date months_earlier(Date date, int months) {
  const bool last_day = date.day == Date::days_in_month(date.year, date.month);
  const int index = date.year * 12 + date.month - 1 - months;
  if (index < 12) return {};
  Date moved;
  moved.year = static_cast<int16_t>(index / 12);
  moved.month = static_cast<int8_t>(index % 12 + 1);
  const int days = Date::days_in_month(moved.year, moved.month);
  moved.day = static_cast<int8_t>(last_day ? days : std::min<int>(date.day, days));
  return moved;
}

Period months_earlier(const Period& period, int months) {
  Period p;
  p.end = months_earlier(period.end, months);
  p.start = period.instant ? p.end : months_earlier(period.start, months);
  p.instant = period.instant;
  return p.start.year == 0 || p.end.year == 0 ? Period{} : p;
}

// Calendar months from the first to the last; 0 for a single day.
int months_of(const Period& p) {
  if (p.instant || p.start == p.end) return 0;
  return (p.end.year - p.start.year) * 12 + p.end.month - p.start.month + 1;
}

}  // namespace

bool is_loose(Qualifier qualifier) { return qualifier != Qualifier::none && qualifier != Qualifier::about; }

bool is_round(const Fact& fact) {
  if (!fact.value || fact.value->is_zero()) return false;
  int64_t digits = fact.value->coefficient();
  int64_t zeros = int64_t{fact.value->exponent()} + fact.decimals;  // zeros printed after the coefficient
  while (zeros < 2 && digits % 10 == 0) {
    digits /= 10;
    ++zeros;
  }
  return zeros >= 2;
}

std::string period_key(const Period& period) {
  return period.start.iso() + (period.instant ? "@" : "..") + period.end.iso();
}

Period comparative(const Period& period, Basis basis) {
  if (period.empty()) return {};
  const int months = months_of(period);
  if (basis == Basis::yoy && months <= 12) return period.years_earlier(1);
  if (basis == Basis::qoq && (months == 3 || period.instant)) return months_earlier(period, 3);
  if (basis == Basis::mom && (months == 1 || period.instant)) return months_earlier(period, 1);
  return {};
}

Evidence::Evidence(const Document& document, const Extraction& extraction)
    : document_(document), extraction_(extraction) {
  const std::string_view text = document_.folded.text;
  notes_.reserve(document_.sentences.size());
  for (const Sentence& sentence : document_.sentences) {
    const size_t begin = std::min<size_t>(sentence.span.begin, text.size());
    const std::string_view words = text.substr(begin, sentence.span.end > begin ? sentence.span.end - begin : 0);
    notes_.push_back({has_any(words, kOtherTerms), has_any(words, kBackWords)});
  }
  index_levels();
  index_periods();
}

std::string Evidence::scope(std::string_view metric, std::string_view segment, const Fact& like) {
  std::string key(metric);
  key += kSeparator;
  key += bare_name(segment);
  key += kSeparator;
  key += like.company;
  if (!has_one_value(metric)) {
    key += kSeparator;
    key += bare_name(like.subject);
  }
  return key;
}

std::string Evidence::scope(const Fact& fact) { return scope(fact.metric, fact.segment, fact); }

void Evidence::index_levels() {
  for (uint32_t i = 0; i < facts().size(); ++i) {
    const Fact& f = fact(i);
    if (!is_level(f)) continue;
    const std::string key = scope(f);
    auto& of_scope = levels_[key + kSeparator + period_key(f.period)];
    auto found = std::find_if(of_scope.begin(), of_scope.end(), [&](const Levels& l) { return l.unit == f.unit; });
    if (found == of_scope.end()) {
      if (of_scope.size() >= kMostValues) continue;
      found = of_scope.insert(of_scope.end(), Levels{f.unit, {}, false});
    }
    add_value(*found, facts(), i);
    auto& named = scopes_by_name_[bare_name(f.subject)];
    if (named.size() < kMostValues && std::find(named.begin(), named.end(), key) == named.end()) named.push_back(key);
  }
  for (auto& [key, of_scope] : levels_) {
    std::erase_if(of_scope, [](const Levels& l) { return l.values.empty() || l.values.size() > kMostValues; });
  }
}

void Evidence::index_periods() {
  for (const LedgerRow& row : extraction_.ledger) {
    if (row.kind != LedgerClass::period || row.meaning.empty()) continue;
    period_rows_.emplace_back(row.figure.begin, without_end(row.meaning));
    const auto after = std::upper_bound(document_.sentences.begin(), document_.sentences.end(), row.figure.begin,
                                        [](uint32_t at, const Sentence& s) { return at < s.span.begin; });
    if (after == document_.sentences.begin()) continue;
    named_periods_.insert(sentence_key(static_cast<uint32_t>(after - document_.sentences.begin() - 1), row.meaning));
  }
  std::stable_sort(period_rows_.begin(), period_rows_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  anchored_.reserve(facts().size());
  for (uint32_t i = 0; i < facts().size(); ++i) anchored_.push_back(names_period(i));
}

bool Evidence::names_period(uint32_t i) const {
  const Fact& f = fact(i);
  if (f.period.empty()) return false;
  const std::string text = f.period.text();
  if (named_periods_.contains(sentence_key(f.sentence, text))) return true;
  if (notes(f.sentence).looks_back &&
      named_periods_.contains(sentence_key(f.sentence, f.period.years_earlier(-1).text()))) {
    return true;
  }
  const auto after = std::upper_bound(period_rows_.begin(), period_rows_.end(), f.figure.begin,
                                      [](uint32_t at, const auto& row) { return at < row.first; });
  if (after == period_rows_.begin() || f.sentence >= document_.sentences.size()) return false;
  const auto& [at, meaning] = *std::prev(after);
  const uint32_t block = document_.sentences[f.sentence].block;
  return block < document_.blocks.size() && at >= document_.blocks[block].span.begin && meaning == without_end(text);
}

const std::vector<Evidence::Levels>& Evidence::levels(const std::string& scope, const Period& period) const {
  static const std::vector<Levels> kNone_;
  if (period.empty()) return kNone_;
  const auto found = levels_.find(scope + kSeparator + period_key(period));
  return found == levels_.end() ? kNone_ : found->second;
}

const std::vector<std::string>& Evidence::scopes_named(const std::string& name) const {
  static const std::vector<std::string> kNone_;
  const auto found = scopes_by_name_.find(name);
  return found == scopes_by_name_.end() ? kNone_ : found->second;
}

bool Evidence::same_paragraph(uint32_t a, uint32_t b) const {
  const auto& sentences = document_.sentences;
  if (same_sentence(a, b)) return true;
  if (sentence_of(a) >= sentences.size() || sentence_of(b) >= sentences.size()) return false;
  return sentences[sentence_of(a)].block == sentences[sentence_of(b)].block;
}

bool Evidence::exact(uint32_t i) const {
  return fact(i).qualifier == Qualifier::none && !is_round(fact(i)) && !notes(sentence_of(i)).other_terms;
}

const Evidence::Notes& Evidence::notes(uint32_t sentence) const {
  static const Notes kNothing;
  return sentence < notes_.size() ? notes_[sentence] : kNothing;
}

uint32_t Evidence::nearest(const Level& level, uint32_t i) const {
  const auto after = std::lower_bound(level.facts.begin(), level.facts.end(), i);
  if (after == level.facts.begin()) return *after;
  const uint32_t before = *std::prev(after);
  if (after == level.facts.end() || i - before <= *after - i) return before;
  return *after;
}

Span Evidence::sentence_span(uint32_t i) const {
  if (sentence_of(i) < document_.sentences.size()) return document_.sentences[sentence_of(i)].span;
  return fact(i).figure;
}

uint32_t Evidence::line(uint32_t i) const { return cite(document_.source, document_.folded, fact(i).figure).line; }

}  // namespace jiyao
