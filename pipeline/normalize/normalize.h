// SourceText → NormalizedText.
#pragma once

#include <memory>
#include <string_view>

#include "pipeline/model/text.h"

namespace jiyao {

// OpenCC's t2s dictionaries as one table. Costs some milliseconds to make;
// immutable and thread safe.
class Folder {
 public:
  // Throws std::runtime_error if OpenCC's dictionaries are not installed.
  Folder();
  ~Folder();
  Folder(Folder&&) noexcept;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<const Impl> impl_;
};

// Width, then script, with one map back to `utf8`.
NormalizedText normalize(std::string_view utf8, const Folder& folder);

}  // namespace jiyao
