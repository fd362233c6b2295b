// run.json: one line for the run, one for each document.
#include <nlohmann/json.hpp>

#include "pipeline/write/write.h"

namespace jiyao {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

void say(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

Json object_of(const RecordedDocument& of) {
  Json object = {{"document", of.document}, {"sha256", of.sha256}, {"facts", of.facts}, {"figures", of.figures}};
  say(object, "page", of.page);
  say(object, "company", of.given.company);
  say(object, "ticker", of.given.ticker);
  say(object, "currency", of.given.currency);
  if (of.given.published.year != 0) object["published"] = of.given.published.iso();
  if (!of.given.period.empty()) object["period"] = of.given.period.text();
  if (of.given.fiscal_year_given) object["fiscal_year_end"] = of.given.fiscal_year_end_month;
  return object;
}

}  // namespace

std::string run_record(const RunRecord& record) {
  Json head = {{"tables", record.tables}, {"program", record.program}, {"rules", record.rules}};
  say(head, "encoding", record.encoding);
  head["findings"] = record.findings;
  head["inputs"] = record.inputs;
  if (!record.files.empty()) head["files"] = record.files;
  std::string text = dumped(head);
  text.pop_back();
  text += ",\"documents\":[";
  for (size_t i = 0; i < record.documents.size(); ++i) {
    text += i == 0 ? "\n" : ",\n";
    text += dumped(object_of(record.documents[i]));
  }
  return text + "\n]}\n";
}

}  // namespace jiyao
