#include "pipeline/check/names.h"

#include <algorithm>

#include "pipeline/check/words.h"

namespace jiyao {
namespace {

size_t slot_of(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  return byte(0) < 0x80 ? byte(0) : (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
}

}  // namespace

Names::Names(const RuleSet& rules) : losses_(rules.check_losses) {
  if (const auto found = rules.check_words.find("filler"); found != rules.check_words.end()) fillers_ = found->second;
  if (const auto found = rules.check_words.find("one_value"); found != rules.check_words.end())
    one_value_.insert(found->second.begin(), found->second.end());
  if (const auto found = rules.check_words.find("whole"); found != rules.check_words.end()) all_ = found->second;
  for (const auto& filler : fillers_) may_begin_filler_[slot_of(filler)] = true;
  bases_.assign(rules.check_bases.begin(), rules.check_bases.end());
  std::stable_sort(bases_.begin(), bases_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

// One pass: at each place the longest filler that stands there is left out.
size_t Names::filler_at(std::string_view text) const {
  if (!may_begin_filler_[slot_of(text)]) return 0;
  size_t longest = 0;
  for (const auto& filler : fillers_) {
    if (text.starts_with(filler)) longest = std::max(longest, filler.size());
  }
  return longest;
}

void Names::bare(std::string_view name, std::string& into) const {
  into.clear();
  for (size_t i = 0; i < name.size();) {
    const size_t filler = filler_at(name.substr(i));
    const auto lead = static_cast<unsigned char>(name[i]);
    const size_t size = filler != 0 ? filler : lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (filler == 0) into.append(name.substr(i, size));
    i += size;
  }
  if (into.empty()) into = name;
}

bool Names::is_filler(std::string_view name) const {
  while (const size_t filler = name.empty() ? 0 : filler_at(name)) name.remove_prefix(filler);
  return name.empty();
}

std::string Names::bare(std::string_view name) const {
  std::string into;
  bare(name, into);
  return into;
}

std::string_view Names::profit_of(std::string_view metric, std::string_view subject) const {
  for (const CheckLoss& loss : losses_) {
    if (loss.metric == metric && (loss.subjects.empty() || has_any(subject, loss.subjects))) return loss.negates;
  }
  return {};
}

NamedMeasure Names::measure_named(std::string_view base) const {
  const std::string name = bare(base);
  for (const auto& [word, metric] : bases_) {
    if (name.ends_with(word)) return {metric, name.substr(0, name.size() - word.size())};
  }
  return {};
}

bool Names::is_all(std::string_view base) const {
  while (!base.empty()) {
    const auto word = std::find_if(all_.begin(), all_.end(), [&](const auto& w) { return base.starts_with(w); });
    if (word == all_.end()) return false;
    base.remove_prefix(word->size());
  }
  return true;
}

uint32_t NameTable::add(std::string_view name) {
  names_.bare(name, bare_);
  const auto known = numbers_.find(bare_);
  if (known != numbers_.end()) return known->second;
  const std::string_view key = bare_.size() == name.size() ? name : stripped_.emplace_back(bare_);
  return numbers_.emplace(key, static_cast<uint32_t>(numbers_.size())).first->second;
}

uint32_t NameTable::find(std::string_view name) const {
  const auto found = numbers_.find(names_.bare(name));
  return found == numbers_.end() ? kUnknown : found->second;
}

}  // namespace jiyao
