#include "pipeline/read/package.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <vector>

#include "pipeline/read/encoding.h"

namespace jiyao {

struct Package::Archive {
  zip_t* zip = nullptr;
  ~Archive() { zip_discard(zip); }
};

Package::Package(std::string_view bytes) : archive_(std::make_unique<Archive>()) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) {
    archive_->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive_->zip == nullptr) zip_source_free(source);
  }
  zip_error_fini(&error);
  if (archive_->zip == nullptr) throw PackageError("the ZIP archive is damaged; save the workbook anew as .xlsx");
}

Package::~Package() = default;

bool Package::has(const std::string& part) const { return zip_name_locate(archive_->zip, part.c_str(), 0) >= 0; }

std::string Package::part(const std::string& name) {
  const zip_int64_t index = zip_name_locate(archive_->zip, name.c_str(), 0);
  if (index < 0) throw PackageError(fmt::format("part {} is missing; save the workbook anew as .xlsx", name));
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen_index(archive_->zip, static_cast<zip_uint64_t>(index), 0), zip_fclose);
  if (!file) throw PackageError(fmt::format("part {} cannot be unpacked; is there a password on it?", name));
  std::string bytes;
  std::vector<char> buffer(size_t{1} << 16);
  while (true) {
    const zip_int64_t size = zip_fread(file.get(), buffer.data(), buffer.size());
    if (size < 0) throw PackageError(fmt::format("part {} is damaged; save the workbook anew as .xlsx", name));
    if (size == 0) break;
    read_ += static_cast<size_t>(size);
    bytes.append(buffer.data(), static_cast<size_t>(size));
    if (bytes.size() > kMaxPartBytes || read_ > kMaxPackageBytes) {
      throw PackageError(fmt::format("unpacked it is larger than {} MiB; keep only the sheets to be checked",
                                     (bytes.size() > kMaxPartBytes ? kMaxPartBytes : kMaxPackageBytes) >> 20));
    }
  }
  return bytes;
}

namespace {

// Char of XML 1.0, which pugixml does not check, neither as it stands nor as &#…;.
bool is_xml_text(std::string_view text) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  return std::none_of(text.begin(), text.end(), is_control) && text.find("\xEF\xBF\xBE") == text.npos &&
         text.find("\xEF\xBF\xBF") == text.npos && find_invalid_utf8(text) == text.npos;
}

struct TextCheck : pugi::xml_tree_walker {
  bool for_each(pugi::xml_node& node) override {
    const auto attributes = node.attributes();
    return is_xml_text(node.name()) && is_xml_text(node.value()) &&
           std::all_of(attributes.begin(), attributes.end(), [](const pugi::xml_attribute& attribute) {
             return is_xml_text(attribute.name()) && is_xml_text(attribute.value());
           });
  }
};

}  // namespace

std::unique_ptr<pugi::xml_document> Package::xml(const std::string& name) {
  const std::string bytes = part(name);
  if (bytes.find("<!DOCTYPE") != bytes.npos) {
    throw PackageError(
        fmt::format("part {} has a document type declaration, which no workbook needs; "
                    "save it anew as .xlsx",
                    name));
  }
  auto document = std::make_unique<pugi::xml_document>();
  const auto parsed = document->load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) {
    throw PackageError(fmt::format("part {} is not XML at byte {}: {}; save the workbook anew as .xlsx", name,
                                   parsed.offset, parsed.description()));
  }
  if (TextCheck check; !document->traverse(check)) {
    throw PackageError(fmt::format(
        "part {} is not XML: it holds a character that XML does not allow; save the workbook anew as .xlsx", name));
  }
  return document;
}

namespace {

// "../media/a.png" seen from "xl/worksheets/sheet1.xml" → "xl/media/a.png".
std::string resolved(const std::string& from, std::string_view target) {
  std::string path = target.starts_with('/') ? "" : from.substr(0, from.rfind('/') + 1);
  path += target;
  std::vector<std::string> parts;
  for (size_t at = 0; at <= path.size();) {
    const size_t end = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, end - at);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    at = end + 1;
  }
  return fmt::format("{}", fmt::join(parts, "/"));
}

}  // namespace

std::map<std::string, Package::Relationship> Package::relationships(const std::string& part) {
  const size_t slash = part.rfind('/');
  const std::string folder = slash == part.npos ? "" : part.substr(0, slash + 1);
  const std::string name = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  std::map<std::string, Relationship> all;
  if (!has(name)) return all;
  const auto document = xml(name);
  for_each(document->document_element(), "Relationship", [&](const pugi::xml_node& node) {
    const std::string type = attribute(node, "Type");
    const bool external = std::string_view(attribute(node, "TargetMode")) == "External";
    const std::string target = attribute(node, "Target");
    all[attribute(node, "Id")] = {type.substr(type.rfind('/') + 1), external ? target : resolved(part, target),
                                  external};
  });
  return all;
}

static std::string_view behind_prefix(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string_view local_name(const pugi::xml_node& node) { return behind_prefix(node.name()); }
std::string_view local_name(const pugi::xml_attribute& attribute) { return behind_prefix(attribute.name()); }

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& at : node.children())
    if (local_name(at) == name) return at;
  return {};
}

const char* attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& at : node.attributes())
    if (local_name(at) == name) return at.value();
  return "";
}

bool is_on(const char* value, bool without) {
  const std::string_view text = value;
  return text.empty() ? without : text == "1" || text == "true" || text == "on";
}

void for_each(const pugi::xml_node& node, std::string_view name,
              const std::function<void(const pugi::xml_node&)>& take) {
  for (const pugi::xml_node& at : node.children())
    if (local_name(at) == name) take(at);
}

}  // namespace jiyao
