#include "tools/sources.h"

#include <utility>

#include "tools/terminal.h"

namespace jiyao::command {

namespace {

std::string_view file_name(std::string_view document) { return document.substr(document.rfind('/') + 1); }

}  // namespace

Sources::Sources(const std::vector<std::string>& paths, std::string encoding) : encoding_(std::move(encoding)) {
  if (paths.empty()) return;
  Inputs inputs = find_inputs(paths);
  for (const ReadError& error : inputs.errors) report_error(harmless(error.message));
  for (Input& input : inputs.found) inputs_.emplace(input.document, std::move(input));
}

std::string Sources::path(std::string_view document) const {
  const auto found = inputs_.find(document);
  return found == inputs_.end() ? std::string(document) : found->second.path.generic_string();
}

const SourceText* Sources::text(std::string_view document, std::string_view sha256) {
  if (inputs_.empty()) return nullptr;
  if (document != document_) read_text(document);
  if (!source_) return nullptr;
  return sha256.empty() || sha256 == source_->sha256 ? &*source_ : nullptr;
}

// By its name; else, were the folders given from elsewhere, by its file's alone.
const Input* Sources::find(std::string_view document) const {
  if (const auto found = inputs_.find(document); found != inputs_.end()) return &found->second;
  const Input* found = nullptr;
  for (const auto& [name, input] : inputs_) {
    if (file_name(name) != file_name(document)) continue;
    if (found != nullptr) return nullptr;
    found = &input;
  }
  return found;
}

void Sources::read_text(std::string_view document) {
  document_ = document;
  source_.reset();
  const Input* input = find(document);
  if (input == nullptr) return;
  auto text = read(*input, encoding_);
  if (const auto* error = std::get_if<ReadError>(&text)) return report_error(harmless(error->message));
  source_ = std::get<SourceText>(std::move(text));
}

}  // namespace jiyao::command
