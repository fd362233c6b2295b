// What the documents state, out of a metrics.csv, in the form in which a sheet
// is held against it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/decimal.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/metrics_table.h"
#include "pipeline/model/period.h"
#include "pipeline/reconcile/reconcile.h"
#include "pipeline/reconcile/words.h"

namespace jiyao::reconciling {

struct Statement {
  uint32_t row = 0;      // of the table
  uint32_t company = 0;  // index into Statements::companies
  std::string metric;    // key, as of MetricName
  std::string segment;   // as of Words::segment
  Period period;
  std::string basis;
  std::string base;            // folded
  std::optional<Decimal> low;  // the value, or the ends of a range
  std::optional<Decimal> high;
  int decimals = 0;
  std::string unit;
  Qualifier qualifier = Qualifier::none;
  std::string status;
};

struct StatedCompany {
  std::string name;  // as written
  std::string folded;
  std::string stem;    // of it without 有限公司 and the like; empty if too little is left
  std::string ticker;  // of digits without leading zeros: 1024
  size_t rows = 0;
};

struct Statements {
  std::vector<Statement> all;  // in the table's order; rows without a number are none
  std::vector<StatedCompany> companies;
};

Statements read_statements(const MetricsTable& table, const Words& words, const LabelReader& reader);

// Whether a text names the company: its name, or its code.
bool names_company(std::string_view folded, const StatedCompany& company);

}  // namespace jiyao::reconciling
