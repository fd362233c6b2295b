#include "pipeline/model/formula.h"

#include <algorithm>
#include <optional>

namespace jiyao {
namespace {

using Kind = Formula::Step::Kind;

bool is_digit(char c) { return '0' <= c && c <= '9'; }
bool is_letter(char c) { return ('a' <= c && c <= 'z') || c == '_'; }

// Recursive descent: sum → product → value.
class Parser {
 public:
  explicit Parser(std::string_view text) { formula_.text = text; }

  std::variant<Formula, FormulaError> run() {
    sum(0);
    if (!error_ && at_ < text().size()) fail("an operator (+ - * /) or the end is needed here");
    if (error_) return *error_;
    return std::move(formula_);
  }

 private:
  static constexpr int kDeepest = 20;  // brackets in brackets

  const std::string& text() const { return formula_.text; }
  void fail(const char* what) {
    if (!error_) error_ = FormulaError{at_, what};
  }
  bool take(char c) {
    while (at_ < text().size() && text()[at_] == ' ') ++at_;
    if (error_ || at_ >= text().size() || text()[at_] != c) return false;
    ++at_;
    return true;
  }
  void add(Kind kind, uint32_t index = 0) { formula_.steps.push_back({kind, index}); }

  void sum(int depth) {
    product(depth);
    for (;;) {
      const bool plus = take('+');
      if (!plus && !take('-')) return;
      product(depth);
      add(plus ? Kind::add : Kind::subtract);
    }
  }

  void product(int depth) {
    value(depth);
    for (;;) {
      const bool times = take('*');
      if (!times && !take('/')) return;
      value(depth);
      add(times ? Kind::multiply : Kind::divide);
    }
  }

  void value(int depth) {
    if (take('(')) {
      if (depth == kDeepest) return fail("brackets this deep are no formula");
      sum(depth + 1);
      if (!take(')')) fail("a `)` is missing here");
      return;
    }
    if (error_ || at_ >= text().size()) return fail("a name or a number is missing here");
    if (is_digit(text()[at_])) return number();
    if (is_letter(text()[at_])) return name();
    fail("a name or a number is needed here");
  }

  void number() {
    constexpr uint32_t kMost = 1000000;
    uint32_t value = 0;
    for (; at_ < text().size() && is_digit(text()[at_]); ++at_) {
      value = value * 10 + static_cast<uint32_t>(text()[at_] - '0');
      if (value > kMost) return fail("numbers go up to 1000000");
    }
    add(Kind::number, value);
  }

  void name() {
    const size_t begin = at_;
    while (at_ < text().size() && (is_letter(text()[at_]) || is_digit(text()[at_]))) ++at_;
    const std::string found = text().substr(begin, at_ - begin);
    auto& names = formula_.names;
    const auto known = std::find(names.begin(), names.end(), found);
    const auto index = static_cast<uint32_t>(known - names.begin());
    if (known == names.end()) names.push_back(found);
    formula_.places.push_back({begin, at_ - begin, index});
    add(Kind::name, index);
  }

  Formula formula_;
  size_t at_ = 0;
  std::optional<FormulaError> error_;
};

}  // namespace

std::variant<Formula, FormulaError> parse_formula(std::string_view text) { return Parser(text).run(); }

}  // namespace jiyao
