// run.json, whoever wrote it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "pipeline/read/read.h"

namespace jiyao {
namespace {

using Json = nlohmann::json;

// Of the first key that is of another kind than it should be.
struct Mistake {
  std::string key;
};

template <typename T>
void take(const Json& object, const char* key, T& value, bool (Json::*is_kind)() const noexcept, bool needed) {
  const auto found = object.find(key);
  if (found == object.end() && !needed) return;
  if (found == object.end() || !((*found).*is_kind)()) throw Mistake{key};
  value = found->get<T>();
}

void take(const Json& object, const char* key, std::string& text, bool needed = false) {
  take(object, key, text, &Json::is_string, needed);
}

void take(const Json& object, const char* key, size_t& count) {
  take(object, key, count, &Json::is_number_unsigned, true);
}

// Of a file in the folder itself, and none that is hidden.
bool is_file_name(const std::string& name) {
  return !name.empty() && name.front() != '.' && name.find_first_of("/\\") == std::string::npos;
}

RecordedDocument document_of(const Json& object) {
  if (!object.is_object()) throw Mistake{"documents"};
  RecordedDocument document;
  DocumentContext& given = document.given;
  std::string published, period;
  take(object, "document", document.document, true);
  take(object, "sha256", document.sha256, true);
  take(object, "facts", document.facts);
  take(object, "figures", document.figures);
  take(object, "page", document.page);
  if (!document.page.empty() && !is_file_name(document.page)) throw Mistake{"page"};
  take(object, "company", given.company);
  take(object, "ticker", given.ticker);
  take(object, "currency", given.currency);
  take(object, "published", published);
  take(object, "period", period);
  if (!published.empty()) {
    const auto day = Date::parse(published);
    if (!day || !day->valid()) throw Mistake{"published"};
    given.published = *day;
  }
  if (!period.empty() && (given.period = Period::parse(period)).empty()) throw Mistake{"period"};
  if (object.contains("fiscal_year_end")) {
    take(object, "fiscal_year_end", given.fiscal_year_end_month, &Json::is_number_unsigned, true);
    if (given.fiscal_year_end_month < 1 || given.fiscal_year_end_month > 12) throw Mistake{"fiscal_year_end"};
    given.fiscal_year_given = true;
  }
  return document;
}

RunRecord record_of(const Json& object) {
  if (!object.is_object()) throw Mistake{"tables"};
  RunRecord record;
  take(object, "tables", record.tables, &Json::is_number_unsigned, true);
  take(object, "program", record.program, true);
  take(object, "rules", record.rules, true);
  take(object, "encoding", record.encoding);
  take(object, "findings", record.findings);
  const auto all = [&](const char* key) -> const Json& {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) throw Mistake{key};
    return *found;
  };
  for (const Json& input : all("inputs")) {
    if (!input.is_string()) throw Mistake{"inputs"};
    record.inputs.push_back(input.get<std::string>());
    if (std::filesystem::path(record.inputs.back()).is_absolute()) throw Mistake{"inputs"};
  }
  if (const auto files = object.find("files"); files != object.end()) {
    if (!files->is_object()) throw Mistake{"files"};
    for (const auto& [name, hash] : files->items()) {
      if (!hash.is_string() || !is_file_name(name)) throw Mistake{"files"};
      record.files[name] = hash.get<std::string>();
    }
  }
  for (const Json& document : all("documents")) record.documents.push_back(document_of(document));
  return record;
}

}  // namespace

std::variant<RunRecord, ReadError> read_run_record(const std::filesystem::path& path) {
  auto text = read(Input{path, path.generic_string()}, "UTF-8");
  if (auto* error = std::get_if<ReadError>(&text)) return std::move(*error);
  const Json json = Json::parse(std::get<SourceText>(text).text, nullptr, false);
  try {
    if (!json.is_discarded()) return record_of(json);
  } catch (const Mistake& mistake) {
    return ReadError{
        fmt::format("{}: \"{}\" is not as jiyao extract writes it; extract anew", path.generic_string(), mistake.key)};
  }
  return ReadError{path.generic_string() + ": this is no JSON; extract anew"};
}

}  // namespace jiyao
