#include "pipeline/review/documents.h"

#include <algorithm>

namespace jiyao {
namespace {

std::string_view file_name(std::string_view document) { return document.substr(document.rfind('/') + 1); }

}  // namespace

TableDocuments::TableDocuments(const MetricsTable& table) {
  const uint32_t name = table.column("document");
  const uint32_t sha256 = table.column("source_sha256");
  for (uint32_t row = 0; row < table.rows(); ++row) {
    std::vector<uint32_t>& known = by_name_[table.cell(row, name)];
    if (known.empty()) {
      known.push_back(static_cast<uint32_t>(all_.size()));
      all_.push_back({table.cell(row, name), table.cell(row, sha256), {}});
    }
    all_[known.front()].rows.push_back(row);
  }
  for (uint32_t i = 0; i < all_.size(); ++i) {
    by_hash_[all_[i].sha256].push_back(i);
    by_file_[file_name(all_[i].name)].push_back(i);
    std::stable_sort(all_[i].rows.begin(), all_[i].rows.end(),
                     [&table](uint32_t a, uint32_t b) { return table.figures[a] < table.figures[b]; });
  }
}

std::optional<uint32_t> TableDocuments::find(const ReviewedDocument& reviewed) const {
  const auto only = [](const Index& index, std::string_view key) -> std::optional<uint32_t> {
    const auto found = index.find(key);
    if (found == index.end() || found->second.size() != 1) return std::nullopt;
    return found->second.front();
  };
  if (const auto found = only(by_name_, reviewed.document)) return found;
  if (const auto found = only(by_hash_, reviewed.source_sha256)) return found;
  return only(by_file_, file_name(reviewed.document));
}

}  // namespace jiyao
