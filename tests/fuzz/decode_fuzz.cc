// Any bytes: decoded or refused with a message, and what is decoded is UTF-8
// whose every byte can be cited.
#include <cstdlib>
#include <string>

#include "pipeline/read/read.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const char* const encodings[] = {"", "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Big5-HKSCS", "nonsense"};
  if (size == 0) return 0;
  const char* encoding = encodings[data[0] % std::size(encodings)];
  const auto decoded = jiyao::decode(std::string(data + 1, data + size), "fuzz", encoding);
  const auto* source = std::get_if<jiyao::SourceText>(&decoded);
  if (source == nullptr) {
    if (std::get<jiyao::ReadError>(decoded).message.empty()) std::abort();
    return 0;
  }
  const auto end = static_cast<uint32_t>(source->text.size());
  if (jiyao::cite_source(*source, {0, end}).text != source->text) std::abort();
  return 0;
}
