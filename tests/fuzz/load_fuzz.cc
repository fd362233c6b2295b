// Any text as a rule file of each kind: loaded or refused with messages, and
// what is loaded can be compiled.
#include <cstdlib>
#include <string>

#include "pipeline/load/load.h"
#include "pipeline/match/match.h"
#include "pipeline/resolve/resolve.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const char* const folders[] = {"lexicon", "metric", "mention", "relation", "check", "other"};
  if (size == 0) return 0;
  const std::string path = std::string(folders[data[0] % std::size(folders)]) + "/fuzz.yaml";
  const auto loaded = jiyao::load({{path, std::string(data + 1, data + size)}});
  if (const auto* errors = std::get_if<std::vector<jiyao::RuleError>>(&loaded)) {
    if (errors->empty()) std::abort();
    return 0;
  }
  const jiyao::Matcher matcher(std::get<jiyao::RuleSet>(loaded));
  const jiyao::Resolver resolver(std::get<jiyao::RuleSet>(loaded));
  return 0;
}
