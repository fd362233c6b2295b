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

// Width, then script, with one map back to `utf8`, which is at most 512 MiB (as
// read() sees to): folding makes it six times as long at most, and offsets have
// 32 bits. Bytes that are no UTF-8 do no harm. Linear in the text.
NormalizedText normalize(std::string_view utf8, const Folder& folder);

}  // namespace jiyao
