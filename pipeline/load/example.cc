// The examples of a rule: a text, and the rows it must give, or none.
#include <fmt/format.h>

#include "pipeline/load/loader.h"

namespace jiyao {

std::vector<RuleExample> Loader::read_examples(const YAML::Node& node) {
  std::vector<RuleExample> examples;
  if (!node.IsSequence()) {
    error(node, "`examples:` must be a list");
    return examples;
  }
  for (const YAML::Node& item : node)
    if (auto example = read_example(item)) examples.push_back(std::move(*example));
  return examples;
}

std::optional<RuleExample> Loader::read_example(const YAML::Node& node) {
  if (!only_keys(node, {"text", "expect", "none"})) return std::nullopt;
  const YAML::Node text = node["text"], expect = node["expect"], none = node["none"];
  RuleExample example;
  example.place = place(node);
  if (!text || (!expect && !none)) {
    error(node, "an example needs `text:` and `expect:` (a list of rows) or `none: true`");
    return std::nullopt;
  }
  example.text = scalar(text, "text").value_or("");
  if (none && !YAML::convert<bool>::decode(none, example.none)) error(none, "none is true or false");
  if (!expect) return example;
  if (!expect.IsSequence() || expect.size() == 0) {
    error(expect, "`expect:` must be a list of rows, at least one");
    return std::nullopt;
  }
  for (const YAML::Node& row : expect) {
    if (!only_keys(row, {})) continue;
    Expectation expectation;
    for (const auto& pair : row) expectation[pair.first.Scalar()] = scalar(pair.second, "a cell").value_or("");
    example.expect.push_back(std::move(expectation));
  }
  return example;
}

std::optional<RuleExample> Loader::read_check_example(const YAML::Node& node, const std::string& check) {
  if (!only_keys(node, {"text", "documents", "fires", "figure"})) return std::nullopt;
  const YAML::Node text = node["text"], documents = node["documents"], fires = node["fires"], figure = node["figure"];
  if (text.IsDefined() == documents.IsDefined() || !fires) {
    error(node,
          "an example of a check needs `text:` or `documents:` (a list), and `fires:` (contradiction, suspicious or "
          "none)");
    return std::nullopt;
  }
  RuleExample example;
  example.place = place(node);
  example.check = check;
  if (text) example.text = scalar(text, "text").value_or("");
  if (documents) example.text = fmt::format("{}", fmt::join(strings(documents, "documents"), kDocumentsParted));
  example.fires = one_of(fires, "fires", {"contradiction", "suspicious", "none"});
  if (figure) example.figure = scalar(figure, "figure").value_or("");
  if (figure && example.fires == "none")
    error(figure, "where nothing fires there is no figure; leave one of the two out");
  return example;
}

}  // namespace jiyao
