// rules/check: what is held against what, and the words the checks know.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pipeline/load/loader.h"

namespace jiyao {
namespace {

// Checks that are more than formulas: their files say what they compare and
// hold their words, the comparing is pipeline/check's.
constexpr std::array<std::string_view, 9> kInCode = {
    "sum", "stated_twice", "scale", "date", "copy", "version", "restated", "stated_elsewhere", "growth_across"};

constexpr std::array<std::string_view, 20> kWordLists = {
    "filler",   "one_value", "other_terms",     "looking_back", "complete", "first_time", "scale_word",
    "per_unit", "as_of",     "halves",          "clause_end",   "nested",   "rest",       "whole",
    "restated", "divides",   "one_in_headline", "to_come",      "told",     "row_end"};

const std::vector<std::string> kBases = {"level", "yoy", "qoq", "mom", "share", "change", "price"};

}  // namespace

std::vector<std::string> Loader::strings(const YAML::Node& node, const char* what) {
  std::vector<std::string> all;
  if (!node.IsSequence()) {
    error(node, fmt::format("{} is a list", what));
    return all;
  }
  for (const YAML::Node& item : node)
    if (auto text = scalar(item, what)) all.push_back(std::move(*text));
  return all;
}

std::string Loader::one_of(const YAML::Node& node, const char* key, const std::vector<std::string>& known) {
  const auto value = scalar(node, key);
  if (!value) return {};
  if (std::find(known.begin(), known.end(), *value) == known.end()) {
    error(node, fmt::format("{} is one of {}", key, fmt::join(known, ", ")));
    return {};
  }
  return *value;
}

void Loader::read_check(const YAML::Node& node) {
  if (node.IsMap() && !node["check"]) {
    if (!only_keys(node, {"words", "bases", "losses"})) return;
    read_check_words(node);
    read_losses(node["losses"]);
    return;
  }
  if (!only_keys(node,
                 {"check", "title", "title_zh", "compares", "source", "certain", "words", "relations", "examples"}))
    return;
  CheckRule rule;
  rule.place = place(node);
  for (auto [key, field] :
       {std::pair{"check", &rule.id}, std::pair{"title", &rule.title}, std::pair{"title_zh", &rule.title_zh},
        std::pair{"compares", &rule.compares}, std::pair{"source", &rule.source}}) {
    if (!node[key]) return error(node, fmt::format("a check needs `{}:`", key));
    *field = scalar(node[key], key).value_or("");
  }
  for (const CheckRule& other : set_.checks)
    if (other.id == rule.id)
      error(node["check"], fmt::format("check '{}' stands already at {}:{}; ids are unique", rule.id, other.place.file,
                                       other.place.line));
  if (node["certain"]) {
    static const std::vector<std::string> known = {"never", "sentence", "paragraph", "named"};
    const std::string certain = one_of(node["certain"], "certain", known);
    const auto at = std::find(known.begin(), known.end(), certain);
    if (at != known.end()) rule.certain = static_cast<Certainty>(at - known.begin());
  }
  read_check_words(node);
  const bool in_code = std::find(kInCode.begin(), kInCode.end(), rule.id) != kInCode.end();
  if (!in_code && !node["relations"])
    error(node, fmt::format("a check needs `relations:`; without them there are only {}", fmt::join(kInCode, ", ")));
  if (node["relations"] && !node["relations"].IsSequence()) {
    error(node["relations"], "`relations:` must be a list");
  } else if (node["relations"]) {
    for (const YAML::Node& item : node["relations"])
      if (auto relation = read_relation(item)) rule.relations.push_back(std::move(*relation));
  }
  if (!node["examples"] || !node["examples"].IsSequence() || node["examples"].size() == 0)
    return error(node, "a check needs `examples:`, texts at which it fires and texts at which it does not");
  for (const YAML::Node& item : node["examples"])
    if (auto example = read_check_example(item, rule.id)) rule.examples.push_back(std::move(*example));
  set_.checks.push_back(std::move(rule));
}

void Loader::read_check_words(const YAML::Node& node) {
  set_.check_word_places.push_back(place(node));
  if (node["words"] && only_keys(node["words"], {})) {
    for (const auto& pair : node["words"]) {
      const std::string name = pair.first.Scalar();
      if (std::find(kWordLists.begin(), kWordLists.end(), name) == kWordLists.end())
        error(pair.first, fmt::format("no check reads a list '{}'; known are {}", name, fmt::join(kWordLists, ", ")));
      else if (set_.check_words.contains(name))
        error(pair.first, fmt::format("the list '{}' stands already in another file; add the words there", name));
      else
        set_.check_words[name] = strings(pair.second, "a list of words");
      if (name == "one_value")
        for (const std::string& metric : set_.check_words[name])
          check_metrics_.emplace_back(metric, place(pair.second));
    }
  }
  if (!node["bases"] || !only_keys(node["bases"], {})) return;
  for (const auto& pair : node["bases"]) {
    const std::string metric = scalar(pair.second, "a metric").value_or("");
    if (!set_.check_bases.try_emplace(pair.first.Scalar(), metric).second)
      error(pair.first, fmt::format("the base '{}' stands already in another file; keep one", pair.first.Scalar()));
    check_metrics_.emplace_back(metric, place(pair.second));
  }
}

void Loader::read_losses(const YAML::Node& node) {
  if (!node) return;
  if (!node.IsSequence()) return error(node, "`losses:` must be a list");
  for (const YAML::Node& item : node) {
    if (!only_keys(item, {"metric", "subject", "negates"})) continue;
    if (!item["metric"] || !item["negates"]) {
      error(item, "a loss needs `metric:`, and in `negates:` the profit that it is the negative of");
      continue;
    }
    CheckLoss loss;
    loss.metric = scalar(item["metric"], "metric").value_or("");
    loss.negates = scalar(item["negates"], "negates").value_or("");
    if (item["subject"]) loss.subjects = strings(item["subject"], "subject");
    for (const std::string& metric : {loss.metric, loss.negates}) check_metrics_.emplace_back(metric, place(item));
    set_.check_losses.push_back(std::move(loss));
  }
}

std::optional<CheckRelation> Loader::read_relation(const YAML::Node& node) {
  if (!only_keys(node, {"of", "is", "or", "above_zero", "beside", "tentative", "operands", "parts"}))
    return std::nullopt;
  CheckRelation relation;
  relation.place = place(node);
  if (!node["of"] || node["is"].IsDefined() == node["parts"].IsDefined()) {
    error(node, "a relation needs `of:` and one of `is:` (a formula) and `parts:` (months)");
    return std::nullopt;
  }
  read_claim(node["of"], relation);
  if (node["operands"]) read_operands(node["operands"], relation);
  if (node["beside"] && !YAML::convert<bool>::decode(node["beside"], relation.beside))
    error(node["beside"], "beside is true or false");
  if (node["tentative"] && !YAML::convert<bool>::decode(node["tentative"], relation.tentative))
    error(node["tentative"], "tentative is true or false");
  if (node["parts"]) {
    read_parts(node["parts"], relation);
  } else if (auto formula = read_formula(node["is"], relation)) {
    relation.is = std::move(*formula);
  }
  if (node["or"] && !node["or"].IsSequence()) {
    error(node["or"], "`or:` must be a list of formulas");
  } else if (node["or"]) {
    for (const YAML::Node& item : node["or"])
      if (auto formula = read_formula(item, relation)) relation.acquits.push_back(std::move(*formula));
  }
  if (node["above_zero"]) {
    for (const std::string& name : strings(node["above_zero"], "above_zero")) {
      const auto known = std::find_if(relation.operands.begin(), relation.operands.end(),
                                      [&](const CheckOperand& o) { return o.name == name; });
      if (known == relation.operands.end())
        error(node["above_zero"], fmt::format("no formula names '{}'", name));
      else
        relation.above.push_back(static_cast<uint32_t>(known - relation.operands.begin()));
    }
  }
  return relation;
}

void Loader::read_claim(const YAML::Node& node, CheckRelation& relation) {
  if (!only_keys(node, {"metric", "basis", "unit", "subject", "months"})) return;
  if (node["metric"]) {
    relation.metrics = strings(node["metric"], "metric");
    for (const std::string& metric : relation.metrics) check_metrics_.emplace_back(metric, place(node["metric"]));
  }
  if (node["basis"]) relation.bases = strings(node["basis"], "basis");
  for (const std::string& basis : relation.bases)
    if (std::find(kBases.begin(), kBases.end(), basis) == kBases.end())
      error(node["basis"], fmt::format("'{}' is no basis; one of {}", basis, fmt::join(kBases, ", ")));
  if (relation.bases.empty()) error(node, "a claim needs `basis:`, a list");
  if (node["unit"]) relation.units = strings(node["unit"], "unit");
  if (node["subject"]) relation.subjects = strings(node["subject"], "subject");
  if (node["months"] && !YAML::convert<int>::decode(node["months"], relation.months))
    error(node["months"], "months is a number");
}

void Loader::read_operands(const YAML::Node& node, CheckRelation& relation) {
  if (!only_keys(node, {})) return;
  for (const auto& pair : node) read_operand(pair.first.Scalar(), pair.second, relation);
}

void Loader::read_operand(const std::string& name, const YAML::Node& node, CheckRelation& relation) {
  if (!only_keys(node, {"metric", "subject", "unit", "doubtful"})) return;
  CheckOperand operand;
  operand.name = name;
  if (!node["metric"]) return error(node, fmt::format("operand '{}' needs `metric:`", name));
  operand.metric = scalar(node["metric"], "metric").value_or("");
  check_metrics_.emplace_back(operand.metric, place(node["metric"]));
  if (node["subject"]) operand.subjects = strings(node["subject"], "subject");
  if (node["doubtful"]) operand.doubtful = strings(node["doubtful"], "doubtful");
  if (node["unit"]) operand.unit = scalar(node["unit"], "unit").value_or("");
  relation.operands.push_back(std::move(operand));
}

// [6, 6]: the year is the sum of its halves.
void Loader::read_parts(const YAML::Node& node, CheckRelation& relation) {
  int first = 0;
  std::string text;
  for (const std::string& length : strings(node, "parts")) {
    CheckOperand part;
    part.of = CheckOperand::Of::part;
    part.name = fmt::format("part{}", relation.operands.size() + 1);
    part.first_month = first;
    part.months =
        length.size() <= 2 && std::all_of(length.begin(), length.end(), [](char c) { return '0' <= c && c <= '9'; })
            ? std::stoi("0" + length)
            : 0;
    if (part.months == 0) return error(node, "parts are numbers of months");
    first += part.months;
    text += (text.empty() ? "" : " + ") + part.name;
    relation.operands.push_back(std::move(part));
  }
  if (relation.operands.size() < 2 || first != relation.months)
    return error(node, "parts are two or more numbers of months that add up to `months:` of the claim");
  relation.is = std::get<Formula>(parse_formula(text));
}

// Names are operands of the relation; one not met before is added: `now`,
// `before`, `whole`, or a metric.
std::optional<Formula> Loader::read_formula(const YAML::Node& node, CheckRelation& relation) {
  const auto text = scalar(node, "a formula");
  if (!text) return std::nullopt;
  auto parsed = parse_formula(*text);
  if (const auto* wrong = std::get_if<FormulaError>(&parsed)) {
    RulePlace at = place(node);
    at.column += static_cast<uint32_t>(wrong->offset);
    error(at, wrong->what);
    return std::nullopt;
  }
  auto& formula = std::get<Formula>(parsed);
  std::vector<uint32_t> operand_of;
  for (const std::string& name : formula.names) {
    auto& operands = relation.operands;
    const auto known = std::find_if(operands.begin(), operands.end(), [&](const auto& o) { return o.name == name; });
    operand_of.push_back(static_cast<uint32_t>(known - operands.begin()));
    if (known != operands.end()) continue;
    CheckOperand operand;
    operand.name = name;
    operand.of = name == "now"      ? CheckOperand::Of::now
                 : name == "before" ? CheckOperand::Of::before
                 : name == "whole"  ? CheckOperand::Of::whole
                                    : CheckOperand::Of::same;
    if (operand.of == CheckOperand::Of::same) {
      operand.metric = name;
      check_metrics_.emplace_back(name, place(node));
    }
    operands.push_back(std::move(operand));
  }
  for (auto& step : formula.steps)
    if (step.kind == Formula::Step::Kind::name) step.index = operand_of[step.index];
  for (auto& at : formula.places) at.name = operand_of[at.name];
  return std::move(formula);
}

void Loader::check_metrics_known() {
  std::set<std::string> known;
  for (const Metric& metric : set_.metrics) known.insert(metric.id);
  for (const auto& [metric, at] : check_metrics_)
    if (!known.contains(metric))
      error(at, fmt::format("'{}' is no metric of metric/, nor now, before or whole", metric));
}

}  // namespace jiyao
