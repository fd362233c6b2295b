#include "pipeline/reconcile/words.h"

#include <algorithm>
#include <cstdlib>

namespace jiyao::reconciling {
namespace {

bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

constexpr std::string_view kSpace = " \t\r\n";
constexpr size_t kLongestLabel = 200;  // bytes; what is longer is no label

void add_key(MetricName& name, const std::string& key) {
  if (std::find(name.keys.begin(), name.keys.end(), key) == name.keys.end()) name.keys.push_back(key);
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    // One between Latin letters parts words, another is only set there.
    const bool parts = text[i] == ' ' && i > 0 && i + 1 < text.size() && is_latin(text[i - 1]) && is_latin(text[i + 1]);
    if (text[i] != ' ' || parts) out += text[i];
  }
  return out;
}

}  // namespace

std::string trimmed(std::string_view text) {
  constexpr std::string_view kEdges = " \t\r\n:;,.|/-_*";
  const size_t begin = text.find_first_not_of(kEdges);
  if (begin == text.npos) return "";
  text = text.substr(begin, text.find_last_not_of(kEdges) - begin + 1);
  for (const std::string_view mark : {"—", "–", "：", "、", "·", "•", "└", "├"}) {
    if (text.starts_with(mark)) return trimmed(text.substr(mark.size()));
    if (text.ends_with(mark)) return trimmed(text.substr(0, text.size() - mark.size()));
  }
  return std::string(text);
}

bool at_edges(std::string_view text, size_t at, size_t size) {
  if (size == 0) return false;
  const size_t end = at + size;
  if (at > 0 && is_latin(text[at]) && is_latin(text[at - 1])) return false;
  return end >= text.size() || !(is_latin(text[end - 1]) && is_latin(text[end]));
}

std::string SheetUnit::text() const {
  std::string out = unit;
  if (power && *power != 0) out += (out.empty() ? "10^" : " 10^") + std::to_string(*power);
  return out;
}

Words::Words(const RuleSet& rules) {
  for (const Metric& metric : rules.metrics) {
    const std::string key = metric.id == "other" ? "other:" + metric.zh : metric.id;
    rules_.try_emplace(key, &metric);
    for (const std::string& name : metric.names) add_key(names_[name], key);
    std::string english = metric.en;
    std::transform(english.begin(), english.end(), english.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (metric.id != "other") add_key(names_[english], key);
    // As metrics.csv has it: gross_profit.
    if (metric.id.find('_') != metric.id.npos) add_key(names_[metric.id], key);
  }
  for (const SheetTerm& term : rules.sheet) {
    for (const std::string& word : term.words) {
      if (term.kind == "metric") {
        // A table's name for it has precedence over what the name is in a text.
        MetricName& name = names_[word];
        name.keys.insert(name.keys.begin(), term.means);
        if (!term.basis.empty()) name = {.keys = {term.means}, .basis = term.basis};
      } else {
        kinds_[term.kind].insert_or_assign(term.of.empty() ? word : term.of + "\n" + word, &term);
      }
    }
  }
  for (const auto& [name, metric] : names_) longest_name_ = std::max(longest_name_, name.size());
}

const Words::Terms& Words::terms(std::string_view kind) const {
  static const Terms none;
  const auto at = kinds_.find(kind);
  return at == kinds_.end() ? none : at->second;
}

const SheetTerm* Words::find(std::string_view kind, std::string_view word) const {
  const Terms& all = terms(kind);
  const auto at = all.find(word);
  return at == all.end() ? nullptr : at->second;
}

std::optional<Words::Hit> Words::longest(std::string_view kind, std::string_view text) const {
  const Terms& all = terms(kind);
  std::optional<Hit> best;
  if (text.size() > kLongestLabel) return best;
  for (const auto& [word, term] : all) {
    if (best && word.size() < best->size) continue;
    for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      if (!at_edges(text, at, word.size())) continue;
      if (!best || word.size() > best->size || at < best->at) best = Hit{at, word.size(), term};
      break;
    }
  }
  return best;
}

std::optional<SheetUnit> Words::unit(std::string_view text) const {
  constexpr size_t kLongest = 80;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  SheetUnit unit;
  bool whole = false;  // a word that says the unit without a scale: 元
  std::string said;
  for (size_t at = 0; at < text.size();) {
    if (kSpace.find(text[at]) != kSpace.npos || std::string_view("()[]").find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    const SheetTerm* found = nullptr;
    size_t size = 0;
    for (const char* kind : {"currency", "scale", "ratio", "unit_word"}) {
      for (size_t end = text.size(); end > at + size; --end) {
        const SheetTerm* term = find(kind, text.substr(at, end - at));
        if (term == nullptr) continue;
        found = term;
        size = end - at;
        break;
      }
    }
    if (found == nullptr) return std::nullopt;
    if (found->kind == "scale") unit.power = std::atoi(found->means.c_str());
    if (found->kind == "ratio") unit.unit = found->means;
    if (found->kind == "currency" && found->means != "plain") unit.unit = found->means;
    if (found->kind == "currency") whole = whole || text.substr(at, size).ends_with("元");
    if (found->means == "noun") unit.counts = true;
    said += text.substr(at, size);
    at += size;
  }
  // Alone it is a place: Kuaishou (1024 HK), Revenue (HK).
  if (said == "hk") return std::nullopt;
  if ((whole || unit.counts) && !unit.power) unit.power = 0;
  const bool ratio = unit.unit == "%" || unit.unit == "pp" || unit.unit == "bp" || unit.unit == "x";
  if (ratio) unit.power = 0;
  if (!unit.says_something()) return std::nullopt;
  return unit;
}

const MetricName* Words::metric(std::string_view name) const {
  const auto at = names_.find(name);
  return at == names_.end() ? nullptr : &at->second;
}

std::optional<Words::NameHit> Words::longest_metric(std::string_view text) const {
  std::optional<NameHit> best;
  if (text.size() > kLongestLabel) return best;
  for (size_t at = 0; at < text.size(); ++at) {
    if (continues(text[at])) continue;
    for (size_t size = std::min(longest_name_, text.size() - at); size > 0 && (!best || size >= best->size); --size) {
      if (at + size < text.size() && continues(text[at + size])) continue;
      if (!at_edges(text, at, size)) continue;
      const MetricName* name = metric(text.substr(at, size));
      if (name == nullptr) continue;
      best = NameHit{at, size, name};
      break;
    }
  }
  return best;
}

const Metric* Words::rule_of(std::string_view key) const {
  const auto at = rules_.find(key);
  return at == rules_.end() ? nullptr : at->second;
}

bool Words::is_plain(std::string_view word, std::string_view metric) const {
  if (find("plain", word) != nullptr) return true;
  return !metric.empty() && find("plain", std::string(metric) + "\n" + std::string(word)) != nullptr;
}

size_t Words::plain_before(std::string_view text, std::string_view metric) const {
  for (size_t size = std::min<size_t>(text.size(), 40); size > 0; --size)
    if (at_edges(text, 0, size) && is_plain(text.substr(0, size), metric)) return size;
  return 0;
}

size_t Words::plain_behind(std::string_view text, std::string_view metric) const {
  for (size_t size = std::min<size_t>(text.size(), 40); size > 0; --size)
    if (at_edges(text, text.size() - size, size) && is_plain(text.substr(text.size() - size), metric)) return size;
  return 0;
}

std::string Words::segment(std::string_view text, std::string_view metric) const {
  std::string left = trimmed(text.substr(0, kLongestLabel));
  while (!left.empty()) {
    if (metric.empty() || !is_plain(left, metric)) {
      if (const SheetTerm* group = find("segment", left)) return "=" + group->means;
      if (const SheetTerm* group = find("segment", without_spaces(left))) return "=" + group->means;
    }
    if (const size_t size = plain_behind(left, metric)) {
      left = trimmed(std::string_view(left).substr(0, left.size() - size));
    } else if (const size_t front = plain_before(left, metric)) {
      left = trimmed(std::string_view(left).substr(front));
    } else {
      break;
    }
  }
  return without_spaces(left);
}

}  // namespace jiyao::reconciling
