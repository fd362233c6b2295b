// What a period expression means, in its context.
#pragma once

#include "pipeline/model/period.h"

namespace jiyao {

struct PeriodContext {
  Date published;  // year 0: unknown
  Period report;   // the report's own period; may be empty
  Period at_hand;  // the period last spoken of (for 同期, 上年同期); may be empty
  int fiscal_year_end_month = 12;
  bool last_quarter_is_report = false;  // Hong Kong news: 上季 is the quarter reported, not the one before it
};

struct ResolvedPeriod {
  Period period;            // empty if the text does not fix it
  const char* rule;         // how, for the ledger: "absolute", "report-year", "before-publication", …
  bool impossible = false;  // a date that is not in the calendar (2月30日): reported, not repaired
};

// The time of speaking is the publication date, else the day after the report's
// period. Without a year, a quarter, half, span of months or year is the one of
// the report's own year, else the latest that had ended by publication; a single
// month or day is the latest that had come by publication, else by four months
// after the report's period, the term for annual reports. In a document whose
// fiscal year does not end in December, quarters and halves without a year are
// those of the fiscal year. 末 and 底 make the last day's end of a period, 初 its
// first day, 年中 its middle, 以来 the days from its first to the time of speaking.
// Weeks begin on Monday. 近三年 ends, and 未来三年 begins after, the day of
// speaking; 三年前 is the whole year that lies so far back. Total.
ResolvedPeriod resolve_period(const PeriodExpression& expression, const PeriodContext& context);

}  // namespace jiyao
