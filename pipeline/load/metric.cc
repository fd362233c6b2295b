// rules/metric: what figures measure.
#include <fmt/format.h>

#include "pipeline/load/loader.h"

namespace jiyao {

void Loader::read_metrics(const YAML::Node& node) {
  if (!only_keys(node, {"metrics"})) return;
  if (!node["metrics"] || !node["metrics"].IsSequence()) return error(node, "`metrics:` must be a list");
  for (const YAML::Node& metric : node["metrics"]) read_metric(metric);
}

// Names that are put together: each list of a row gives one part, "" is none.
void Loader::read_composed(const YAML::Node& node, Metric& metric) {
  if (!node.IsSequence()) return error(node, "`composed:` must be a list of rows, each a list of lists of parts");
  for (const YAML::Node& row : node) {
    if (!row.IsSequence()) return error(row, "a row of `composed:` is a list of lists of parts");
    std::vector<std::string> names(1);
    for (const YAML::Node& parts : row) {
      if (!parts.IsSequence()) return error(parts, "the parts of a composed name are a list");
      std::vector<std::string> longer;
      for (const std::string& name : names)
        for (const YAML::Node& part : parts)
          if (const auto text = scalar(part, "a part of a name")) longer.push_back(name + *text);
      names = std::move(longer);
      if (names.size() > 4096) return error(row, "more than 4096 names in one row; cut it in several");
    }
    for (const std::string& name : names)
      if (!name.empty() && take_word(name, name, row)) metric.names.push_back(name);
  }
}

void Loader::read_metric(const YAML::Node& node) {
  static const std::set<std::string> known = {"id",      "en",       "zh",       "unit",     "balance",
                                              "counted", "element",  "ratio",    "loss",     "lower_is_better",
                                              "names",   "composed", "examples", "turned_by"};
  if (!only_keys(node, known)) return;
  for (const char* key : {"id", "en", "zh", "unit", "balance"})
    if (!node[key]) return error(node, fmt::format("a metric needs `{}:`", key));
  Metric metric;
  metric.place = place(node);
  read_metric_values(node, metric);
  if (!node["names"] || !node["names"].IsSequence()) return error(node, "a metric needs `names:`, a list");
  for (const YAML::Node& name : node["names"]) {
    const auto word = scalar(name, "a name");
    if (word && take_word(*word, *word, name)) metric.names.push_back(*word);
  }
  if (node["turned_by"]) metric.turned_by = strings(node["turned_by"], "turned_by");
  if (node["composed"]) read_composed(node["composed"], metric);
  if (node["examples"]) metric.examples = read_examples(node["examples"]);
  set_.metrics.push_back(std::move(metric));
}

void Loader::read_metric_values(const YAML::Node& node, Metric& metric) {
  for (auto [key, field] : {std::pair{"id", &metric.id}, std::pair{"en", &metric.en}, std::pair{"zh", &metric.zh},
                            std::pair{"counted", &metric.counted}, std::pair{"element", &metric.element}})
    if (node[key]) *field = scalar(node[key], key).value_or("");
  static const std::set<std::string> units = {"money", "percent", "per_share", "count", "multiple", "any"};
  if (const auto unit = scalar(node["unit"], "unit")) {
    metric.unit_kind = *unit;
    if (!units.contains(*unit)) error(node["unit"], "unit is one of money, percent, per_share, count, multiple, any");
  }
  if (const auto balance = scalar(node["balance"], "balance")) {
    metric.balance = *balance;
    if (*balance != "flow" && *balance != "stock") error(node["balance"], "balance is flow or stock");
  }
  for (auto [key, field] : {std::pair{"ratio", &metric.ratio}, std::pair{"loss", &metric.loss},
                            std::pair{"lower_is_better", &metric.lower_is_better}})
    if (node[key] && !YAML::convert<bool>::decode(node[key], *field))
      error(node[key], fmt::format("{} is true or false", key));
}

}  // namespace jiyao
