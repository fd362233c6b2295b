#include "pipeline/load/loader.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "pipeline/model/text.h"

namespace jiyao {

RulePlace place_of(const RuleFile& file, const YAML::Mark& mark) {
  return {file.path, static_cast<uint32_t>(mark.line + 1), static_cast<uint32_t>(mark.column + 1)};
}

RulePlace Loader::place(const YAML::Node& node) const { return place_of(*file_, node.Mark()); }

std::optional<std::string> Loader::scalar(const YAML::Node& node, const char* what) {
  if (node && node.IsScalar()) return node.Scalar();
  error(node, fmt::format("{} must be a single value", what));
  return std::nullopt;
}

bool Loader::only_keys(const YAML::Node& map, const std::set<std::string>& known) {
  if (!map.IsMap()) {
    error(map, "a mapping (key: value) is needed here");
    return false;
  }
  std::set<std::string> seen;
  for (const auto& pair : map) {
    const auto key = scalar(pair.first, "a key");
    if (!key) continue;
    if (!seen.insert(*key).second) error(pair.first, fmt::format("key '{}' stands twice; keep one", *key));
    if (!known.empty() && !known.contains(*key))
      error(pair.first, fmt::format("unknown key '{}'; known here: {}", *key, fmt::join(known, ", ")));
  }
  return true;
}

bool Loader::take_word(const std::string& key, const std::string& word, const YAML::Node& at) {
  const auto [it, added] = words_.try_emplace(key, place(at));
  if (!added)
    error(at, fmt::format("'{}' stands already at {}:{}; a word is one symbol, keep one", word, it->second.file,
                          it->second.line));
  return added;
}

// The documents of a file, which lines of `---` part. Each begins with as many
// empty lines as stand before it, so that its places are those of the file.
// (YAML::LoadAll of yaml-cpp 0.7 never returns from a document that begins with a comma.)
static std::vector<std::string> documents(std::string_view text) {
  std::vector<std::string> out(1);
  size_t line = 0;
  for (size_t at = 0; at < text.size(); ++line) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view row = text.substr(at, end - at);
    if (row.substr(0, row.find_last_not_of(" \r\n") + 1) == "---")
      out.emplace_back(line + 1, '\n');
    else
      out.back() += row;
    at = end;
  }
  return out;
}

// Bytes before the first that is no UTF-8. yaml-cpp takes any, and all that is
// made of the rules relies on whole code points.
static size_t valid_utf8(std::string_view text) {
  static const RE2 code_points("(?s).*");
  re2::StringPiece rest(text.data(), text.size());
  RE2::Consume(&rest, code_points);
  return text.size() - rest.size();
}

static RulePlace place_of(const RuleFile& file, size_t byte) {
  const std::string_view before = std::string_view(file.text).substr(0, byte);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::string_view row = before.substr(before.rfind('\n') + 1);  // all of it if there is none
  return {file.path, static_cast<uint32_t>(lines + 1), count_code_points(row) + 1};
}

Loader::ParsedFile Loader::parse(const RuleFile& file) {
  ParsedFile parsed;
  if (const size_t valid = valid_utf8(file.text); valid < file.text.size()) {
    parsed.wrong.emplace(place_of(file, valid), "this byte is no UTF-8; save the file as UTF-8");
    return parsed;
  }
  try {
    for (const std::string& document : documents(file.text)) parsed.documents.push_back(YAML::Load(document));
  } catch (const YAML::Exception& e) {
    parsed.wrong.emplace(place_of(file, e.mark), "not YAML: " + e.msg);
  }
  return parsed;
}

// Parsing is most of what it takes to start, and no file needs another for it;
// the rules are then taken from the files in their order.
void Loader::read_files(const std::vector<RuleFile>& files) {
  std::vector<ParsedFile> parsed(files.size());
  tbb::parallel_for(size_t{0}, files.size(), [&](size_t i) { parsed[i] = parse(files[i]); });
  for (size_t i = 0; i < files.size(); ++i) {
    file_ = &files[i];
    for (const YAML::Node& node : parsed[i].documents)
      if (!node.IsNull()) read_document(node);
    if (const auto& wrong = parsed[i].wrong) error(wrong->first, wrong->second);
  }
}

void Loader::read_document(const YAML::Node& node) {
  if (file_->path.starts_with("lexicon/")) return read_lexicon(node);
  if (file_->path.starts_with("metric/")) return read_metrics(node);
  if (file_->path.starts_with("mention/")) return read_pattern_file(node, SymbolScope::mention);
  if (file_->path.starts_with("relation/")) return read_pattern_file(node, SymbolScope::relation);
  if (file_->path.starts_with("check/")) return read_check(node);
  if (file_->path.starts_with("sheet/")) return read_sheet(node);
  error(node, "rule files lie in check/, lexicon/, metric/, mention/, relation/ or sheet/; move this one");
}

// In the order of the files, and of the lines of each.
std::vector<RuleError> Loader::messages(const std::vector<RuleFile>& files) {
  std::map<std::string, size_t> order;
  for (const RuleFile& file : files) order.try_emplace(file.path, order.size());
  std::stable_sort(errors_.begin(), errors_.end(), [&](const auto& a, const auto& b) {
    return std::pair(order[a.first.file], a.first.line) < std::pair(order[b.first.file], b.first.line);
  });
  std::vector<RuleError> all;
  for (const auto& [at, what] : errors_)
    all.push_back({fmt::format("{}:{}:{}: {}", at.file, at.line, at.column, what)});
  return all;
}

std::variant<RuleSet, std::vector<RuleError>> Loader::run(const std::vector<RuleFile>& files) {
  read_files(files);
  compile();
  check_metrics_known();
  check_terms();
  if (!errors_.empty()) return messages(files);
  return std::move(set_);
}

}  // namespace jiyao
