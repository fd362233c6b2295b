// The documents of a table, and which of them a review is about.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/model/metrics_table.h"
#include "pipeline/model/review.h"

namespace jiyao {

struct TableDocument {
  std::string_view name;
  std::string_view sha256;
  std::vector<uint32_t> rows;  // of the table, by figure
};

class TableDocuments {
 public:
  explicit TableDocuments(const MetricsTable& table);

  // In the order of the table.
  const std::vector<TableDocument>& all() const { return all_; }

  // By name; else by hash, else by the file's name, if one document alone has it.
  std::optional<uint32_t> find(const ReviewedDocument& reviewed) const;

 private:
  using Index = std::map<std::string_view, std::vector<uint32_t>>;

  std::vector<TableDocument> all_;
  Index by_name_, by_hash_, by_file_;
};

}  // namespace jiyao
