// metrics.csv: one row per fact.
#include "pipeline/write/csv.h"
#include "pipeline/write/places.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

std::string printed(const std::optional<Decimal>& value) { return value ? value->to_string() : std::string(); }

std::string printed(Date date) { return date.year == 0 ? std::string() : date.iso(); }

void write_period(CsvWriter& csv, const Period& period) {
  if (period.empty()) {
    csv.raw("").raw("").raw("");
    return;
  }
  const Date start = period.start.year == 0 ? period.end : period.start;
  csv.text(period.text()).raw(printed(start)).raw(printed(period.end));
}

void write_fact(CsvWriter& csv, const Document& document, const Fact& fact, const Surroundings& around) {
  const Citation at = cite(document.source, document.folded, fact.figure);
  csv.raw(fact.id).text(document.source.document).raw(document.source.sha256);
  csv.text(fact.company).text(fact.ticker);
  csv.text(fact.metric).text(fact.metric_en).text(fact.metric_zh).text(fact.subject).text(fact.segment);
  write_period(csv, fact.period);
  csv.raw(name(fact.basis)).text(fact.base);
  csv.raw(printed(fact.value)).raw(printed(fact.low)).raw(printed(fact.high)).number(fact.decimals);
  csv.text(fact.unit).raw(name(fact.qualifier)).raw(name(fact.status));
  csv.figure(at.text).text(around.quote).text(around.section).text(around.speaker);
  csv.raw("");  // page: a text has none
  write_place(csv, at);
  csv.joined(fact.rules).joined(fact.findings);
  csv.end_row();
}

}  // namespace

std::string metrics_header() {
  return csv_header(
      "fact_id,document,source_sha256,company,ticker,metric,metric_en,metric_zh,subject,segment,"
      "period,period_start,period_end,basis,base,value,value_low,value_high,decimals,unit,qualifier,status,"
      "figure,quote,section,speaker,page,line,column,char_start,char_end,byte_start,byte_end,rule,findings");
}

std::string metrics_rows(const Document& document, const Extraction& extraction) {
  std::string rows;
  CsvWriter csv(rows);
  // Facts of one sentence follow one another.
  uint32_t sentence = kNone;
  Surroundings around;
  for (const Fact& fact : extraction.facts) {
    if (fact.sentence != sentence) around = surroundings(document, fact.sentence);
    sentence = fact.sentence;
    write_fact(csv, document, fact, around);
  }
  return rows;
}

}  // namespace jiyao
