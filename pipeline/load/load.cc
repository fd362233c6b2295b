#include "pipeline/load/load.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "pipeline/load/loader.h"

namespace jiyao {
namespace {

std::string sha256(const std::vector<RuleFile>& files) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, EVP_sha256(), nullptr);
  for (const RuleFile& file : files) {
    // The terminating NUL keeps "a" + "b" apart from "ab".
    EVP_DigestUpdate(context, file.path.c_str(), file.path.size() + 1);
    EVP_DigestUpdate(context, file.text.c_str(), file.text.size() + 1);
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(context, digest, &size);
  EVP_MD_CTX_free(context);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

}  // namespace

std::vector<RuleFile> rule_files(const std::filesystem::path& directory) {
  std::vector<RuleFile> files;
  if (!std::filesystem::is_directory(directory))
    throw std::runtime_error(directory.string() + ": no such folder; give the one that holds the rules");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    files.push_back({entry.path().lexically_relative(directory).generic_string(), std::move(text)});
  }
  std::sort(files.begin(), files.end(), [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
  return files;
}

std::variant<RuleSet, std::vector<RuleError>> load(const std::vector<RuleFile>& files) {
  auto loaded = Loader().run(files);
  if (auto* set = std::get_if<RuleSet>(&loaded)) set->hash = sha256(files);
  return loaded;
}

}  // namespace jiyao
