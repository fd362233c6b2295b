#include "pipeline/resolve/fact_id.h"

#include <openssl/evp.h>

#include <array>

namespace jiyao {

std::string fact_id(const std::string& document, uint32_t begin, uint32_t end, int statement) {
  const std::string key =
      document + '\n' + std::to_string(begin) + '-' + std::to_string(end) + '\n' + std::to_string(statement);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(key.data(), key.size(), digest.data(), &size, EVP_sha256(), nullptr);
  static constexpr char hex[] = "0123456789abcdef";
  std::string id = "f-";
  for (int i = 0; i < 6; ++i) {
    id += hex[digest[static_cast<size_t>(i)] >> 4];
    id += hex[digest[static_cast<size_t>(i)] & 15];
  }
  return id;
}

}  // namespace jiyao
