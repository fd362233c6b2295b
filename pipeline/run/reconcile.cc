#include "pipeline/run/reconcile.h"

#include <memory>
#include <unordered_map>
#include <utility>

namespace jiyao {

namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

PeriodReading read_period(std::string_view text, const Line& line) {
  SourceText source;
  source.document = "label";
  source.text = text;
  const Quantities found = quantities(std::move(source), {}, line);
  const Quantity* period = nullptr;
  for (const Quantity& quantity : found.all) {
    if (quantity.kind != MentionKind::period) continue;
    if (period != nullptr || quantity.period.empty()) return {};
    period = &quantity;
  }
  if (period == nullptr) return {};
  const std::string& folded = found.document.folded.text;
  return {period->period, lower(folded.substr(0, period->text.begin) + " " + folded.substr(period->text.end))};
}

}  // namespace

LabelReader label_reader(const Line& line) {
  auto folds = std::make_shared<std::unordered_map<std::string, std::string>>();
  auto periods = std::make_shared<std::unordered_map<std::string, PeriodReading>>();
  LabelReader reader;
  reader.fold = [folds, &line](std::string_view text) {
    const auto [at, added] = folds->try_emplace(std::string(text));
    if (added) at->second = lower(normalize(text, line.folder).text);
    return at->second;
  };
  reader.period = [periods, &line](std::string_view text) {
    const auto [at, added] = periods->try_emplace(std::string(text));
    if (added) at->second = read_period(text, line);
    return at->second;
  };
  return reader;
}

Reconciliation reconcile(const Workbook& workbook, const MetricsTable& statements, const Line& line,
                         const ReconcileOptions& options) {
  return reconcile(workbook, statements, line.rules, label_reader(line), options);
}

}  // namespace jiyao
