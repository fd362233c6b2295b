#include "pipeline/write/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "pipeline/write/audit_html.h"
#include "pipeline/write/audit_rows.h"
#include "pipeline/write/audit_sources.h"
#include "pipeline/write/audit_text.h"

namespace jiyao {

namespace {

using Json = nlohmann::ordered_json;

std::string as_script(const Json& json) { return in_script(json.dump(-1, ' ', true, Json::error_handler_t::replace)); }

std::string as_text(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

// What the rows leave out because all or many of them share it.
std::string page_data(const Document& document, const Extraction& extraction) {
  Json metrics = Json::object();
  for (const Fact& fact : extraction.facts) {
    // The Chinese label of `other` is the row's own subject.
    if (fact.metric != "other") metrics[fact.metric] = {fact.metric_en, fact.metric_zh};
  }
  return as_script({{"document", document.source.document},
                    {"source_sha256", document.source.sha256},
                    {"company", extraction.context.company},
                    {"ticker", extraction.context.ticker},
                    {"metrics", std::move(metrics)}});
}

// The template in front of {{findings}} and behind it.
std::pair<std::string_view, std::string_view> halves() {
  constexpr std::string_view kMark = "{{findings}}";
  const std::string_view all = page_template();
  const size_t at = all.find(kMark);
  return {all.substr(0, at), all.substr(std::min(at + kMark.size(), all.size()))};
}

std::string company_of(const DocumentContext& context) {
  return context.ticker.empty() ? context.company : fmt::format("{} ({})", context.company, context.ticker);
}

std::string count_of(const std::vector<AuditFigure>& figures, LedgerClass kind) {
  return std::to_string(
      std::count_if(figures.begin(), figures.end(), [kind](const auto& figure) { return figure.row->kind == kind; }));
}

}  // namespace

std::string audit_page_begin(const Document& document, const Extraction& extraction) {
  const auto figures = audit_figures(document, extraction);
  std::string text;
  std::string rows;
  std::string unresolved;
  append_audit_text(text, document, extraction, figures);
  append_audit_rows(rows, document, extraction);
  append_unresolved(unresolved, document, figures);
  const std::string facts = std::to_string(extraction.facts.size());
  std::string out;
  append_filled(out, halves().first,
                {{"document", as_text(document.source.document)},
                 {"company", as_text(company_of(extraction.context))},
                 {"script-of", script_of(document)},
                 {"text", text},
                 {"facts", facts},
                 {"rows", rows},
                 {"unresolved-count", count_of(figures, LedgerClass::unresolved)},
                 {"unresolved", unresolved},
                 {"fact-figures", count_of(figures, LedgerClass::fact)},
                 {"period-figures", count_of(figures, LedgerClass::period)},
                 {"ordinal-figures", count_of(figures, LedgerClass::ordinal)},
                 {"identifier-figures", count_of(figures, LedgerClass::identifier)},
                 {"idiom-figures", count_of(figures, LedgerClass::idiom)},
                 {"data", page_data(document, extraction)}});
  return out;
}

std::string audit_page_end(const std::vector<FindingRow>& findings, std::string_view document) {
  std::string out;
  append_audit_findings(out, findings, document);
  append_filled(out, halves().second, {{"findings-count", std::to_string(findings.size())}});
  return out;
}

}  // namespace jiyao
