// Formulas of the checks: `now / before - 1`, over names whose values are known
// when a document is read. Parsed once, with the rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jiyao {

struct Formula {
  struct Step {  // of the postfix form
    enum class Kind : uint8_t { name, number, add, subtract, multiply, divide };
    Kind kind = Kind::number;
    uint32_t index = 0;  // name: into `names`; number: its value
  };
  struct Place {  // of a name in `text`, in bytes
    size_t offset;
    size_t size;
    uint32_t name;
  };
  std::string text;
  std::vector<std::string> names;  // each once, as first met
  std::vector<Place> places;
  std::vector<Step> steps;
};

struct FormulaError {
  size_t offset = 0;  // bytes into the text
  std::string what;
};

// + - * / and brackets over names ([a-z_] and digits behind a letter) and whole
// numbers. Every value should stand once: intervals know no cancelling.
std::variant<Formula, FormulaError> parse_formula(std::string_view text);

}  // namespace jiyao
