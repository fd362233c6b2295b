#include "pipeline/normalize/normalize.h"

#include <utility>

#include "pipeline/normalize/script.h"
#include "pipeline/normalize/width.h"

namespace jiyao {

struct Folder::Impl {
  WidthFolder width;
  ScriptFolder script;
};

Folder::Folder() : impl_(std::make_unique<Impl>()) {}
Folder::~Folder() = default;
Folder::Folder(Folder&&) noexcept = default;

NormalizedText normalize(std::string_view utf8, const Folder& folder) {
  NormalizedText width = folder.impl().width.fold(utf8);
  NormalizedText both = folder.impl().script.fold(std::move(width.text));
  both.map = OffsetMap::compose(width.map, both.map);
  return both;
}

}  // namespace jiyao
