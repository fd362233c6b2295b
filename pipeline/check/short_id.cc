#include "pipeline/check/short_id.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace jiyao {

std::string short_id(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string id = "f-";
  for (size_t i = 0; i < 6; ++i) id += fmt::format("{:02x}", digest[i]);
  return id;
}

}  // namespace jiyao
