// A ZIP of XML parts, as Office files are (ECMA-376 Part 2): parts by name,
// relationships between them.
//
// Everything in it is held to be hostile. Nothing is unpacked to disk; names
// are looked up, never used as paths; what a part says of its size is not
// believed, and reading ends at a limit, of each part and of all together. A
// document type declaration, without which XML has no entities to expand, is
// an error. Not thread safe.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace jiyao {

// What is wrong with a file, and what to do, in words for the user.
struct PackageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

constexpr size_t kMaxPartBytes = size_t{96} << 20;
constexpr size_t kMaxPackageBytes = size_t{256} << 20;

class Package {
 public:
  // `bytes` must live as long. Throws PackageError if it is no ZIP.
  explicit Package(std::string_view bytes);
  ~Package();
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  bool has(const std::string& part) const;
  // The part's bytes; throws PackageError if it is not there, or too large.
  std::string part(const std::string& name);
  // The part parsed; throws PackageError if it is no XML.
  std::unique_ptr<pugi::xml_document> xml(const std::string& name);

  struct Relationship {
    std::string type;    // the last segment of its URI: "worksheet"
    std::string target;  // name of a part, or as written if it is external
    bool external = false;
  };
  // Of a part ("" for the package itself), by id; none if it has none.
  std::map<std::string, Relationship> relationships(const std::string& part);

 private:
  struct Archive;
  std::unique_ptr<Archive> archive_;
  size_t read_ = 0;
};

// XML by local names: "row" is also "x:row".
std::string_view local_name(const pugi::xml_node& node);
std::string_view local_name(const pugi::xml_attribute& attribute);
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
// Empty string if there is none.
const char* attribute(const pugi::xml_node& node, std::string_view name);
bool is_on(const char* value, bool without = false);  // "1", "true", "on"
void for_each(const pugi::xml_node& node, std::string_view name,
              const std::function<void(const pugi::xml_node&)>& take);

}  // namespace jiyao
