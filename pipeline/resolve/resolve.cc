#include "pipeline/resolve/resolve.h"

#include "pipeline/resolve/state.h"

namespace jiyao {

struct Resolver::Impl {
  explicit Impl(const RuleSet& set) : rules(set), classes(set), relations(set), units(set) {}
  const RuleSet& rules;
  Classes classes;
  Relations relations;
  UnitLabels units;
};

Resolver::Resolver(const RuleSet& rules) : impl_(std::make_unique<Impl>(rules)) {}
Resolver::~Resolver() = default;
Resolver::Resolver(Resolver&&) noexcept = default;

Extraction resolve(const Document& document, const Mentions& mentions, const Resolver& resolver,
                   const DocumentContext& given) {
  const Resolver::Impl& impl = resolver.impl();
  return DocumentResolver(document, mentions, impl.rules, impl.classes, impl.relations, impl.units, given).run();
}

std::vector<Quantity> find_quantities(const Document& document, const Mentions& mentions, const Resolver& resolver,
                                      const DocumentContext& given) {
  const Resolver::Impl& impl = resolver.impl();
  return DocumentResolver(document, mentions, impl.rules, impl.classes, impl.relations, impl.units, given).quantities();
}

}  // namespace jiyao
