// rules/sheet: the words of tables. A YAML document is one class of terms.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pipeline/load/loader.h"

namespace jiyao {
namespace {

// Those that reconciling asks for; another one would never be read.
const std::set<std::string>& kinds() {
  static const std::set<std::string> all = {"metric",    "basis",        "status",     "rolling", "empty",   "currency",
                                            "scale",     "ratio",        "column",     "value",   "plain",   "segment",
                                            "note",      "unit_word",    "month",      "outflow", "loss_of", "adjusted",
                                            "part_mark", "company_form", "basis_alone"};
  return all;
}

bool is_metric(const RuleSet& set, const std::string& id) {
  if (id.starts_with("other:")) return true;
  return std::any_of(set.metrics.begin(), set.metrics.end(), [&](const Metric& m) { return m.id == id; });
}

}  // namespace

void Loader::read_sheet(const YAML::Node& node) {
  if (!only_keys(node, {"class", "terms"})) return;
  const auto kind = scalar(node["class"], "class");
  if (!kind) return;
  if (!kinds().contains(*kind)) {
    return error(node["class"], fmt::format("unknown class '{}'; known here: {}", *kind, fmt::join(kinds(), ", ")));
  }
  if (!node["terms"] || !node["terms"].IsSequence()) return error(node, "a class of terms needs `terms:`, a list");
  for (const YAML::Node& term : node["terms"]) read_term(term, *kind);
}

void Loader::read_term(const YAML::Node& node, const std::string& kind) {
  if (!only_keys(node, {"means", "words", "basis", "of"})) return;
  if (!node["means"] || !node["words"] || !node["words"].IsSequence()) {
    return error(node, "a term needs `means:` and `words:`, a list");
  }
  SheetTerm term{.kind = kind, .means = "", .words = {}, .basis = "", .of = "", .place = place(node)};
  for (auto [key, field] :
       {std::pair{"means", &term.means}, std::pair{"basis", &term.basis}, std::pair{"of", &term.of}})
    if (node[key]) *field = scalar(node[key], key).value_or("");
  for (const YAML::Node& word : node["words"]) {
    const auto text = scalar(word, "a word");
    // Classes are looked through one by one, so a word may stand in several.
    if (text && take_word("sheet\n" + kind + "\n" + term.of + "\n" + *text, *text, word)) term.words.push_back(*text);
  }
  set_.sheet.push_back(std::move(term));
}

// What names a metric must name one; asked when all files are read.
void Loader::check_terms() {
  const auto demand = [&](const SheetTerm& term, const std::string& id) {
    if (!id.empty() && !is_metric(set_, id)) error(term.place, fmt::format("there is no metric '{}' in metric/", id));
  };
  for (const SheetTerm& term : set_.sheet) {
    demand(term, term.of);
    if (term.kind == "metric" || term.kind == "loss_of") demand(term, term.means);
    if (term.kind == "outflow" || term.kind == "loss_of")
      for (const std::string& id : term.words) demand(term, id);
  }
}

}  // namespace jiyao
