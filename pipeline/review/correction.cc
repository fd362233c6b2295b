#include "pipeline/review/correction.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "pipeline/model/cell.h"
#include "pipeline/model/decimal.h"
#include "pipeline/model/period.h"

namespace jiyao {
namespace {

// Without the zeros at its end: 126900000000 is 1269 × 10^8.
Decimal shortest(Decimal value) {
  int64_t digits = value.coefficient();
  int exponent = value.exponent();
  while (digits != 0 && digits % 10 == 0) {
    digits /= 10;
    ++exponent;
  }
  return Decimal(digits, exponent);
}

// The last month of the fiscal year in which `label` means these days; 0 if there is none.
int month_of(std::string_view label, std::string_view start, std::string_view end) {
  for (int month = 1; month < 12; ++month) {
    const Period period = Period::parse(label, month);
    if (!period.empty() && period.start.iso() == start && period.end.iso() == end) return month;
  }
  return 0;
}

}  // namespace

Corrector::Corrector(const MetricsTable& table, const ReviewMeans& means) : table_(table), means_(means) {
  for (const Metric& metric : means.rules.metrics) metrics_.emplace(metric.id, &metric);
}

std::string_view Corrector::was(uint32_t row, std::string_view column) const {
  return unguarded(table_.cell(row, column));
}

std::string_view Corrector::now(uint32_t row, const ReviewedRow& of, std::string_view column) const {
  const std::string* corrected = find_cell(of.corrections, correctable(column));
  return corrected != nullptr ? *corrected : was(row, column);
}

void Corrector::set(ReviewedRow& of, std::string_view column, std::string text) const {
  if (const uint32_t at = table_.column(column); at != kNone) of.consequences.emplace_back(at, std::move(text));
}

void Corrector::follow_metric(uint32_t row, ReviewedRow& of) const {
  const std::string_view metric = now(row, of, "metric");
  if (metric == "other") {
    set(of, "metric_en", "Other");
    set(of, "metric_zh", means_.fold(now(row, of, "subject")));
  } else if (const auto known = metrics_.find(metric); known != metrics_.end() && metric != was(row, "metric")) {
    set(of, "metric_en", known->second->en);
    set(of, "metric_zh", known->second->zh);
  }
}

// From the rows that have such a period, once.
void Corrector::learn_fiscal_years() {
  learned_ = true;
  for (uint32_t row = 0; row < table_.rows(); ++row) {
    const std::string_view period = was(row, "period");
    if (!period.starts_with("FY")) continue;
    const int month = month_of(period, was(row, "period_start"), was(row, "period_end"));
    if (month != 0) fiscal_years_.emplace(table_.cell(row, "document"), month);
  }
}

int Corrector::fiscal_year_end(uint32_t row) {
  if (!learned_) learn_fiscal_years();
  const auto found = fiscal_years_.find(table_.cell(row, "document"));
  return found == fiscal_years_.end() ? 0 : found->second;
}

std::string Corrector::follow_period(uint32_t row, ReviewedRow& of) {
  const std::string text(now(row, of, "period"));
  const int month = text.starts_with("FY") ? fiscal_year_end(row) : 12;
  if (month == 0) {
    return "period: " + text +
           " is of a fiscal year whose end no other row of the document tells; write its days, like "
           "2024-04-01..2025-03-31";
  }
  const Period period = Period::parse(text, month);
  const Date start = period.start.year == 0 ? period.end : period.start;
  set(of, "period_start", period.empty() ? "" : start.iso());
  set(of, "period_end", period.empty() ? "" : period.end.iso());
  return {};
}

// The digits that were printed stay so precise, wherever the point belongs: 12.5
// and 1250000000. Other digits are as precise as they were written.
std::string Corrector::follow_value(uint32_t row, ReviewedRow& of) const {
  const auto low = Decimal::parse(now(row, of, "value_low"));
  const auto high = Decimal::parse(now(row, of, "value_high"));
  if (low && high && *high < *low) return "value_low: is above value_high; exchange them";
  if (!low && !high && now(row, of, "value").empty()) {
    return "value: is empty, and so are value_low and value_high; write what the figure says, or reject the row";
  }
  if ((low || high) && !now(row, of, "value").empty()) {
    return "value: stands beside value_low or value_high; of a range, leave value empty, of one number the others";
  }
  for (const std::string_view column : {"value", "value_low", "value_high"}) {
    const std::string* corrected = find_cell(of.corrections, correctable(column));
    const auto value = corrected == nullptr ? std::nullopt : Decimal::parse(*corrected);
    if (!value) continue;
    const Decimal is = shortest(*value);
    const auto old = Decimal::parse(was(row, column));
    int decimals = 0;
    const std::string_view printed = was(row, "decimals");
    const bool known = std::from_chars(printed.data(), printed.data() + printed.size(), decimals).ec == std::errc();
    const Decimal before = old ? shortest(*old) : Decimal();
    const bool same_digits =
        known && old && (is.coefficient() == before.coefficient() || is.coefficient() == -before.coefficient());
    set(of, "decimals",
        std::to_string(same_digits ? decimals - (is.exponent() - before.exponent()) : -value->exponent()));
    return {};
  }
  return {};
}

std::string Corrector::follow(uint32_t row, ReviewedRow& of) {
  const auto corrects = [&of](std::string_view column) {
    return find_cell(of.corrections, correctable(column)) != nullptr;
  };
  if (corrects("metric") || (corrects("subject") && now(row, of, "metric") == "other")) follow_metric(row, of);
  if (corrects("period")) {
    if (std::string mistake = follow_period(row, of); !mistake.empty()) return mistake;
  }
  if (corrects("value") || corrects("value_low") || corrects("value_high")) return follow_value(row, of);
  return {};
}

}  // namespace jiyao
