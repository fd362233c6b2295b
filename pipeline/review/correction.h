// What a correction means for the other cells of its row.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "pipeline/model/metrics_table.h"
#include "pipeline/model/review.h"
#include "pipeline/review/review.h"

namespace jiyao {

class Corrector {
 public:
  Corrector(const MetricsTable& table, const ReviewMeans& means);

  // Fills `of.consequences` by `of.corrections`: the labels of a metric, the
  // days of a period, the precision of a value. What is wrong with the
  // corrections in this row, and what to do; empty if nothing is.
  std::string follow(uint32_t row, ReviewedRow& of);

 private:
  std::string_view was(uint32_t row, std::string_view column) const;
  std::string_view now(uint32_t row, const ReviewedRow& of, std::string_view column) const;
  void set(ReviewedRow& of, std::string_view column, std::string text) const;

  void follow_metric(uint32_t row, ReviewedRow& of) const;
  std::string follow_period(uint32_t row, ReviewedRow& of);
  std::string follow_value(uint32_t row, ReviewedRow& of) const;
  int fiscal_year_end(uint32_t row);
  void learn_fiscal_years();

  const MetricsTable& table_;
  const ReviewMeans& means_;
  std::map<std::string_view, const Metric*> metrics_;
  std::map<std::string_view, int> fiscal_years_;  // of a document, the last month
  bool learned_ = false;
};

}  // namespace jiyao
