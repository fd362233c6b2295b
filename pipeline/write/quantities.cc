// Figures and periods: one JSON object a line (https://jsonlines.org).
#include <nlohmann/json.hpp>

#include "pipeline/write/write.h"

namespace jiyao {

namespace {

// Named as the kinds of figures are in the tables' documentation.
const char* name(MentionKind kind) {
  switch (kind) {
    case MentionKind::money:
      return "money";
    case MentionKind::percent:
      return "percent";
    case MentionKind::points:
      return "pp";
    case MentionKind::multiple:
      return "multiple";
    case MentionKind::count:
      return "count";
    case MentionKind::period:
      return "period";
    default:
      return "number";
  }
}

// Values are strings: a JSON number is a binary fraction to most readers.
nlohmann::ordered_json object_of(const Document& document, const Quantity& q) {
  const Citation at = cite(document.source, document.folded, q.text);
  nlohmann::ordered_json line = {{"text", at.text},         {"char_start", at.char_start},
                                 {"char_end", at.char_end}, {"byte_start", at.byte_start},
                                 {"byte_end", at.byte_end}, {"kind", name(q.kind)}};
  const auto say = [&line](const char* key, const std::string& text) {
    if (!text.empty()) line[key] = text;
  };
  if (q.kind == MentionKind::period) {
    say("period", q.meaning);
    if (!q.period.empty()) {
      line["period_start"] = (q.period.start.year == 0 ? q.period.end : q.period.start).iso();
      line["period_end"] = q.period.end.iso();
    }
  } else {
    if (q.value) line["value"] = q.value->to_string();
    if (q.low) line["low"] = q.low->to_string();
    if (q.high) line["high"] = q.high->to_string();
    line["decimals"] = q.decimals;
    say("unit", q.unit);
    say("qualifier", name(q.qualifier));
  }
  say("rule", q.rule);
  return line;
}

}  // namespace

std::string quantity_lines(const Document& document, const std::vector<Quantity>& quantities) {
  std::string lines;
  for (const Quantity& q : quantities) {
    lines += object_of(document, q).dump();
    lines += '\n';
  }
  return lines;
}

}  // namespace jiyao
