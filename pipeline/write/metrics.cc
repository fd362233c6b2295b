// metrics.csv: one row per fact.
#include "pipeline/write/csv.h"
#include "pipeline/write/places.h"
#include "pipeline/write/write.h"

namespace jiyao {

namespace {

std::string printed(const std::optional<Decimal>& value) { return value ? value->to_string() : std::string(); }

std::string printed(Date date) { return date.year == 0 ? std::string() : date.iso(); }

// Cells that the rows of a document share, and those that the facts of one
// sentence or of one period do, which mostly follow one another.
class Shared {
 public:
  explicit Shared(const Document& document) : document_(document) {
    CsvWriter(source).text(document.source.document).raw(document.source.sha256);
  }

  void look_at(const Fact& fact) {
    if (around.empty() || fact.sentence != sentence_) write_around(fact.sentence);
    if (period.empty() || fact.period != period_) write_period(fact.period);
  }

  std::string source;  // document, source_sha256
  std::string around;  // quote, section, speaker
  std::string period;  // period, period_start, period_end

 private:
  void write_around(uint32_t sentence) {
    sentence_ = sentence;
    around.clear();
    const Surroundings found = surroundings(document_, sentence);
    CsvWriter(around).text(found.quote).text(found.section).text(found.speaker);
  }

  void write_period(const Period& of) {
    period_ = of;
    period.clear();
    const Date start = of.start.year == 0 ? of.end : of.start;
    if (of.empty()) {
      CsvWriter(period).raw("").raw("").raw("");
    } else {
      CsvWriter(period).text(of.text()).raw(printed(start)).raw(printed(of.end));
    }
  }

  const Document& document_;
  uint32_t sentence_ = kNone;
  Period period_;
};

void write_fact(CsvWriter& csv, const Document& document, const Fact& fact, const Shared& shared,
                const std::string& page) {
  const Citation at = cite(document.source, document.folded, fact.figure);
  csv.raw(fact.id).written(shared.source);
  csv.text(fact.company).text(fact.ticker);
  csv.text(fact.metric).text(fact.metric_en).text(fact.metric_zh).text(fact.subject).text(fact.segment);
  csv.written(shared.period);
  csv.raw(name(fact.basis)).text(fact.base);
  csv.raw(printed(fact.value)).raw(printed(fact.low)).raw(printed(fact.high)).number(fact.decimals);
  csv.text(fact.unit).raw(name(fact.qualifier)).raw(name(fact.status));
  csv.figure(at.text).written(shared.around);
  csv.raw("");  // page: a text has none
  write_place(csv, at);
  csv.joined(fact.rules).joined(fact.findings).raw(link_to(page, fact.id));
  csv.end_row();
}

}  // namespace

std::string metrics_header() {
  return csv_header(
      "fact_id,document,source_sha256,company,ticker,metric,metric_en,metric_zh,subject,segment,"
      "period,period_start,period_end,basis,base,value,value_low,value_high,decimals,unit,qualifier,status,"
      "figure,quote,section,speaker,page,line,column,char_start,char_end,byte_start,byte_end,rule,findings,link");
}

std::string metrics_rows(const Document& document, const Extraction& extraction, const std::string& page) {
  std::string rows;
  CsvWriter csv(rows);
  Shared shared(document);
  for (const Fact& fact : extraction.facts) {
    shared.look_at(fact);
    write_fact(csv, document, fact, shared, page);
  }
  return rows;
}

}  // namespace jiyao
