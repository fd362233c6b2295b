#include "pipeline/check/evidence.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "pipeline/check/anchors.h"
#include "pipeline/check/words.h"

namespace jiyao {
namespace {

// Ends with a mark, as what is written does and what was only heard does not.
bool is_stopped(std::string_view paragraph) {
  static constexpr std::string_view kMarks = ".!?;:,)\"";
  static constexpr std::string_view kWide[] = {"。", "；", "：", "，", "、", "！", "？", "」", "”", "…", "）"};
  if (paragraph.empty() || kMarks.find(paragraph.back()) != kMarks.npos) return true;
  return std::any_of(std::begin(kWide), std::end(kWide),
                     [&](std::string_view mark) { return paragraph.ends_with(mark); });
}

constexpr size_t kMostValues = 8;

// Not a total and an amount per head that was taken for one.
bool of_one_size(Interval a, Interval b) {
  constexpr long double kFar = 1e5L;
  const long double x = std::max(std::fabs(a.low), std::fabs(a.high));
  const long double y = std::max(std::fabs(b.low), std::fabs(b.high));
  return x < y * kFar && y < x * kFar;
}

// The value that states the same with the same precision, else a new one.
void add_value(Evidence::Levels& levels, const std::vector<Fact>& facts, uint32_t i, bool turned) {
  const auto stated = printed(facts[i]);
  const auto may_be = allowed(facts[i]);
  const auto range = stated && turned ? stated->negated() : stated;
  const auto wide = may_be && turned ? may_be->negated() : may_be;
  if (!range || !wide || levels.values.size() > kMostValues) return;
  for (Level& level : levels.values) {
    const Fact& first = facts[level.facts.front()];
    if (first.value == facts[i].value && first.low == facts[i].low && first.high == facts[i].high &&
        first.decimals == facts[i].decimals && first.qualifier == facts[i].qualifier && level.turned == turned) {
      level.facts.push_back(i);
      return;
    }
  }
  for (const Level& level : levels.values)
    levels.contested |= !level.allowed.meets(*wide) && of_one_size(level.printed, *range);
  levels.values.push_back({*range, *wide, {i}, turned});
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

}  // namespace

bool is_amount(std::string_view unit) { return unit != "%" && unit != "pp" && unit != "bp" && unit != "x"; }

bool is_open(Qualifier qualifier) {
  return qualifier == Qualifier::over || qualifier == Qualifier::under || qualifier == Qualifier::at_least ||
         qualifier == Qualifier::at_most;
}

int64_t printed_digits(const Fact& fact) {
  constexpr int64_t kMost = 1'000'000'000'000'000;
  if (!fact.value) return 0;
  int64_t digits = std::abs(fact.value->coefficient());
  int zeros = fact.value->exponent() + fact.decimals;
  for (; zeros > 0 && digits < kMost; --zeros) digits *= 10;
  for (; zeros < 0; ++zeros) digits /= 10;
  return digits;
}

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

int months_of(const Period& p) {
  if (p.instant || p.start == p.end) return 0;
  return (p.end.year - p.start.year) * 12 + p.end.month - p.start.month + 1;
}

Period months_within(const Period& period, int first, int months) {
  if (period.empty() || period.start.day != 1 || first + months > months_of(period)) return {};
  const auto month_after = [&](int n) {
    const int index = period.start.year * 12 + period.start.month - 1 + n;
    return std::pair(index / 12, index % 12 + 1);
  };
  const auto [year, month] = month_after(first);
  const auto [end_year, end_month] = month_after(first + months - 1);
  Period part;
  part.start = {static_cast<int16_t>(year), static_cast<int8_t>(month), 1};
  part.end = {static_cast<int16_t>(end_year), static_cast<int8_t>(end_month),
              static_cast<int8_t>(Date::days_in_month(end_year, end_month))};
  return part;
}

Period comparative(const Period& period, Basis basis) {
  if (period.empty()) return {};
  const int months = months_of(period);
  if (basis == Basis::yoy && months <= 12) return period.years_earlier(1);
  if (basis == Basis::qoq && (months == 3 || period.instant)) return months_earlier(period, 3);
  if (basis == Basis::mom && (months == 1 || period.instant)) return months_earlier(period, 1);
  return {};
}

size_t MeasureHash::operator()(const Measure& measure) const {
  const auto day = [](Date d) {
    return static_cast<uint64_t>(d.year) << 16 | static_cast<uint64_t>(d.month) << 8 | static_cast<uint64_t>(d.day);
  };
  const auto& [scope, dates] = measure;
  uint64_t hash = dates.instant ? 1 : 0;
  for (const uint64_t part : {uint64_t{scope.metric}, uint64_t{scope.segment}, uint64_t{scope.company},
                              uint64_t{scope.subject}, day(dates.start), day(dates.end)}) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
    hash ^= hash >> 32;
  }
  return hash;
}

Evidence::Evidence(const Document& document, const Extraction& extraction, const Checker::Impl& known)
    : document_(document),
      extraction_(extraction),
      known_(known),
      other_terms_(known.words("other_terms")),
      names_known_(known.names),
      anchored_(find_anchored(document, extraction, known.words("looking_back"))) {
  number_names();
  index_levels();
  find_of_report();
  find_lists();
  find_totals();
}

std::string Evidence::scope_text(const Fact& fact) const {
  constexpr char kSeparator = '\x1f';
  const Names& names = known_.names;
  std::string text = fact.metric + kSeparator + names.bare(fact.segment) + kSeparator + fact.company;
  if (!names.has_one_value(fact.metric)) text += kSeparator + names.bare(fact.subject);
  return text;
}

bool Evidence::turned(uint32_t i, uint32_t like) const {
  return is_loss(i) != is_loss(like) && is_amount(fact(i).unit);
}

std::optional<Interval> Evidence::printed(uint32_t i, uint32_t like) const {
  const auto range = jiyao::printed(fact(i));
  return range && turned(i, like) ? range->negated() : range;
}

std::optional<Interval> Evidence::allowed(uint32_t i, uint32_t like) const {
  const auto range = jiyao::allowed(fact(i));
  return range && turned(i, like) ? range->negated() : range;
}

// What ends with the report's period, and what did a year before.
void Evidence::find_of_report() {
  const Period& report = extraction_.context.period;
  of_report_.assign(facts().size(), false);
  if (report.empty()) return;
  const Period before = report.years_earlier(1);
  for (uint32_t i = 0; i < facts().size(); ++i) {
    const Period& p = fact(i).period;
    if (p.empty()) continue;
    of_report_[i] = p.end == report.end || p.end == before.end;
  }
}

void Evidence::number_names() {
  names_known_.reserve(facts().size() * 2);
  names_.reserve(facts().size());
  for (const Fact& f : facts()) {
    Named& names = names_.emplace_back();
    names.subject = names_known_.add(f.subject);
    if (f.basis == Basis::share) names.base = names_known_.add(f.base);
    const Metric metric = metric_number(f.metric);
    const auto profit = metric.loss ? known_.names.profit_of(f.metric, f.subject) : std::string_view();
    names.loss = !profit.empty();
    names.metric = names.loss ? profit : f.metric;
    if (names.loss) metric_number(profit);
    const auto company = companies_.try_emplace(f.company, static_cast<uint32_t>(companies_.size())).first;
    names.one_value = metric.one_value;
    names.scope = {metric.number, names_known_.add_segment(f.segment), company->second,
                   metric.one_value ? NameTable::kUnknown : names.subject};
  }
}

Evidence::Metric Evidence::metric_number(std::string_view metric) {
  const auto known = metrics_.find(metric);
  if (known != metrics_.end()) return known->second;
  const auto& losses = known_.rules.check_losses;
  const bool loss = std::any_of(losses.begin(), losses.end(), [&](const CheckLoss& l) { return l.metric == metric; });
  const auto number = static_cast<uint32_t>(metrics_.size());
  return metrics_.emplace(metric, Metric{number, known_.names.has_one_value(metric), loss}).first->second;
}

Scope Evidence::profit_scope(uint32_t i) const { return is_loss(i) ? scope_like(i, metric(i)) : scope(i); }

Scope Evidence::scope_like(uint32_t i, std::string_view metric) const {
  const auto known = metrics_.find(metric);
  Scope scope = names_[i].scope;
  scope.metric = known == metrics_.end() ? NameTable::kUnknown : known->second.number;
  scope.subject = known_.names.has_one_value(metric) ? NameTable::kUnknown : subject(i);
  return scope;
}

Scope Evidence::scope_like(uint32_t i, std::string_view metric, std::string_view segment) const {
  Scope scope = scope_like(i, metric);
  scope.segment = names_known_.find(segment);
  return scope;
}

void Evidence::add_level(const Scope& scope, uint32_t i, bool turned) {
  const Fact& f = fact(i);
  auto& of_scope = (f.status == Status::actual ? levels_ : expected_)[{scope, Dates(f.period)}];
  auto found = std::find_if(of_scope.begin(), of_scope.end(), [&](const Levels& l) { return l.unit == f.unit; });
  if (found == of_scope.end()) {
    if (of_scope.size() >= kMostValues) return;
    found = of_scope.insert(of_scope.end(), Levels{f.unit, {}, false});
  }
  add_value(*found, facts(), i, turned);
}

void Evidence::index_levels() {
  for (uint32_t i = 0; i < facts().size(); ++i) {
    if (!is_level(i)) continue;
    add_level(scope(i), i, false);
    if (is_loss(i)) add_level(profit_scope(i), i, true);
    auto& named = scopes_by_name_[subject(i)];
    if (named.size() < kMostValues && std::find(named.begin(), named.end(), scope(i)) == named.end())
      named.push_back(scope(i));
  }
  for (auto* all : {&levels_, &expected_}) {
    for (auto& [measure, of_scope] : *all)
      std::erase_if(of_scope, [](const Levels& l) { return l.values.empty() || l.values.size() > kMostValues; });
  }
}

const std::vector<Evidence::Levels>& Evidence::find_levels(const LevelsByMeasure& in, const Scope& scope,
                                                           const Period& period) {
  static const std::vector<Levels> nothing;
  if (period.empty()) return nothing;
  const auto found = in.find({scope, Dates(period)});
  return found == in.end() ? nothing : found->second;
}

const std::vector<Scope>& Evidence::scopes_named(uint32_t name) const {
  static const std::vector<Scope> nothing;
  const auto found = scopes_by_name_.find(name);
  return found == scopes_by_name_.end() ? nothing : found->second;
}

bool Evidence::is_level(uint32_t i) const {
  const Fact& f = fact(i);
  const bool basis = f.basis == Basis::level || f.basis == Basis::price;
  const bool range = f.low && f.high && f.status != Status::actual;  // 30 to 50 is what is expected, or a misreading
  return basis && (f.value || range) && !f.unit.empty() && !f.period.empty() && !is_open(f.qualifier);
}

std::vector<uint32_t> Evidence::beside(uint32_t i) const {
  constexpr uint32_t kReach = 24;
  uint32_t first = i;
  while (first > 0 && i - first < kReach && same_sentence(first - 1, i)) --first;
  std::vector<uint32_t> all;
  for (uint32_t j = first; j < facts().size() && j <= i + kReach && same_sentence(j, i); ++j) all.push_back(j);
  return all;
}

bool Evidence::is_whole(uint32_t i) const { return known_.names.is_filler(fact(i).segment); }

uint32_t Evidence::block_of(uint32_t i) const {
  const auto& sentences = document_.sentences;
  return sentence_of(i) < sentences.size() ? sentences[sentence_of(i)].block : UINT32_MAX;
}

// List items that follow one another.
// Items, or lines of speech without a full stop, each of which tells a figure.
void Evidence::find_lists() {
  const auto& blocks = document_.blocks;
  std::vector<bool> tells(blocks.size(), false);
  for (uint32_t i = 0; i < facts().size(); ++i)
    if (block_of(i) < blocks.size()) tells[block_of(i)] = true;
  const auto spoken = [&](uint32_t i) {
    return blocks[i].kind == BlockKind::paragraph && tells[i] &&
           !is_stopped(cut_out(document_.folded.text, blocks[i].span));
  };
  for (uint32_t i = 0; i < blocks.size(); ++i) {
    const bool item = i > 0 && blocks[i].kind == BlockKind::list_item && blocks[i - 1].kind == BlockKind::list_item;
    const bool goes_on = item || (i > 0 && spoken(i - 1) && spoken(i));
    run_.push_back(false);
    list_.push_back(goes_on ? list_.back() : i);
    if (goes_on && !item) run_[list_.back()] = run_[i] = true;
  }
}

uint32_t Evidence::passage(uint32_t i) const {
  const uint32_t block = block_of(i);
  return block < run_.size() && run_[block] ? list_[block] : block;
}

uint32_t Evidence::list(uint32_t i) const {
  const uint32_t block = block_of(i);
  return block < list_.size() ? list_[block] : block;
}

bool Evidence::in_list(uint32_t i) const {
  const uint32_t block = block_of(i);
  return in_table(i) || (block < list_.size() && (run_[block] || document_.blocks[block].kind == BlockKind::list_item));
}

bool Evidence::in_table(uint32_t i) const {
  const uint32_t block = block_of(i);
  return block < document_.blocks.size() && document_.blocks[block].kind == BlockKind::table;
}

void Evidence::find_totals() {
  constexpr size_t kMostInShares = 16;
  for (uint32_t i = 0; i < facts().size() && in_shares_.size() < kMostInShares; ++i)
    if (fact(i).unit == "股" && is_level(i)) in_shares_.push_back(i);
  constexpr size_t kMost = 20;
  for (uint32_t i = 0; i < facts().size(); ++i) {
    if (!is_whole(i) || !is_level(i)) continue;
    auto& all = totals_[{passage(i), scope(i).metric, scope(i).company}];
    if (all.size() < kMost) all.push_back(i);
  }
}

const std::vector<uint32_t>& Evidence::totals(uint32_t i) const {
  static const std::vector<uint32_t> nothing;
  const auto found = totals_.find({passage(i), scope(i).metric, scope(i).company});
  return found == totals_.end() ? nothing : found->second;
}

bool Evidence::same_paragraph(uint32_t a, uint32_t b) const {
  return same_sentence(a, b) || (block_of(a) != UINT32_MAX && passage(a) == passage(b));
}

bool Evidence::exact(uint32_t i) const {
  if (fact(i).status != Status::actual || fact(i).qualifier != Qualifier::none || is_round(fact(i))) return false;
  // 四分之一, 三成: round by how they are said.
  const std::string_view figure = cut_out(document_.folded.text, fact(i).figure);
  if (figure.find("分之") != figure.npos || figure.find("成") != figure.npos) return false;
  return sentence_of(i) >= document_.sentences.size() || !has_any(sentence_text(i), other_terms_);
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

std::string_view Evidence::sentence_text(uint32_t i) const { return cut_out(document_.folded.text, sentence_span(i)); }

uint32_t Evidence::line(uint32_t i) const { return cite(document_.source, document_.folded, fact(i).figure).line; }

}  // namespace jiyao
