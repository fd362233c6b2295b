#include "tools/examples.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "pipeline/write/write.h"

namespace jiyao::command {

namespace {

using Row = std::map<std::string, std::string>;  // column → cell

// The tables are read back from what the program writes, so that an example
// speaks of the very cells a user sees. Our own writer's form only.
std::vector<Row> parse_table(std::string_view header, std::string_view rows) {
  std::vector<std::vector<std::string>> lines(1, std::vector<std::string>(1));
  header.remove_prefix(3);  // byte order mark
  const std::string text = std::string(header) + std::string(rows);
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      lines.back().back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      lines.back().emplace_back();
    } else if (!quoted && c == '\n') {
      lines.emplace_back(1);
    } else if (quoted || c != '\r') {
      lines.back().back() += c;
    }
  }
  std::vector<Row> table;
  for (size_t i = 1; i + 1 < lines.size(); ++i) {
    Row& row = table.emplace_back();
    for (size_t cell = 0; cell < lines[i].size() && cell < lines[0].size(); ++cell) {
      row[lines[0][cell]] = lines[i][cell];
    }
  }
  return table;
}

bool same_cell(const std::string& got, const std::string& want, Script script, const Folder& folder) {
  if (got == want) return true;
  const auto a = Decimal::parse(got);
  const auto b = Decimal::parse(want);
  if (a && b) return *a == *b;
  return script == Script::other && normalize(got, folder).text == normalize(want, folder).text;
}

// What of `want` the row does not say; empty if it says all of it.
std::string difference(const Row& row, const Expectation& want, Script script, const Folder& folder) {
  std::string differing;
  for (const auto& [column, cell] : want) {
    if (column == "published") continue;
    const auto found = row.find(column);
    if (found != row.end() && same_cell(found->second, cell, script, folder)) continue;
    if (!differing.empty()) differing += ", ";
    differing += found == row.end() ? fmt::format("there is no column {}", column)
                                    : fmt::format("{} is '{}', not '{}'", column, found->second, cell);
  }
  return differing;
}

// Gives every expectation a row of its own where that can be done: bipartite
// matching by augmenting paths, as few expectations each fit many rows.
class Assignment {
 public:
  Assignment(std::vector<std::vector<size_t>> fitting, size_t rows)
      : fitting_(std::move(fitting)), owner_(rows, kFree) {
    for (size_t i = 0; i < fitting_.size(); ++i) {
      std::vector<bool> tried(rows);
      if (!place(i, tried)) homeless_.push_back(i);
    }
  }
  const std::vector<size_t>& homeless() const { return homeless_; }
  bool is_free(size_t row) const { return owner_[row] == kFree; }

 private:
  static constexpr size_t kFree = SIZE_MAX;

  bool place(size_t expectation, std::vector<bool>& tried) {
    for (const size_t row : fitting_[expectation]) {
      if (tried[row]) continue;
      tried[row] = true;
      if (owner_[row] != kFree && !place(owner_[row], tried)) continue;
      owner_[row] = expectation;
      return true;
    }
    return false;
  }

  std::vector<std::vector<size_t>> fitting_;
  std::vector<size_t> owner_;
  std::vector<size_t> homeless_;
};

std::string described(const Expectation& want) {
  std::string all;
  for (const auto& [column, cell] : want) all += fmt::format("{}{}: {}", all.empty() ? "" : ", ", column, cell);
  return all;
}

// An expectation without a row: `wrong` if an unclaimed row stands at its
// figure, else `missing`.
Verdict unmet(const Expectation& want, const std::vector<Row>& table, const Assignment& assignment, Script script,
              const Folder& folder) {
  const auto figure = want.find("figure");
  for (size_t i = 0; figure != want.end() && i < table.size(); ++i) {
    if (!assignment.is_free(i) || !same_cell(table[i].at("figure"), figure->second, script, folder)) continue;
    return {Verdict::Kind::wrong, fmt::format("{}: {}", figure->second, difference(table[i], want, script, folder))};
  }
  return {Verdict::Kind::missing, described(want)};
}

void compare(const std::vector<Expectation>& wanted, const std::vector<Row>& table, Script script, const Folder& folder,
             std::vector<Verdict>& verdicts) {
  std::vector<std::vector<size_t>> fitting(wanted.size());
  for (size_t i = 0; i < wanted.size(); ++i) {
    for (size_t row = 0; row < table.size(); ++row) {
      if (difference(table[row], wanted[i], script, folder).empty()) fitting[i].push_back(row);
    }
  }
  const Assignment assignment(std::move(fitting), table.size());
  for (const size_t i : assignment.homeless()) {
    verdicts.push_back(unmet(wanted[i], table, assignment, script, folder));
  }
}

DocumentContext context_of(const RuleExample& example) {
  DocumentContext context;
  context.published = Date{2025, 3, 25};
  for (const Expectation& want : example.expect) {
    const auto published = want.find("published");
    if (published != want.end()) context.published = Date::parse(published->second).value_or(Date{});
  }
  return context;
}

// A finding, wherever it was made.
struct Fired {
  std::string check;
  Severity severity;
  std::string figure;
  std::string message;
};

std::vector<Fired> fired(const Extracted& done) {
  std::vector<Fired> all;
  for (const Finding& f : done.extraction.findings) {
    const std::string_view figure = cite(done.document.source, done.document.folded, f.at).text;
    all.push_back({f.check, f.severity, std::string(figure), f.message_en});
  }
  return all;
}

// Code points [begin, end) of the text.
std::string cut(std::string_view text, uint32_t begin, uint32_t end) {
  std::string found;
  uint32_t at = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool leads = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    at += leads;
    if (begin < at && at <= end) found += text[i];
  }
  return found;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(kDocumentsParted, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// What is found within and between the documents of the example.
std::vector<Fired> fired_in(const RuleExample& example, const std::string& text, const Line& line) {
  std::vector<Fired> all;
  std::vector<Statements> stated;
  std::map<std::string, std::string> texts;
  for (const std::string& part : parted(text)) {
    auto source = decode(part, fmt::format("document {}", texts.size() + 1), "UTF-8");
    if (!std::holds_alternative<SourceText>(source)) continue;
    texts[std::get<SourceText>(source).document] = part;
    const Extracted done = extract(std::get<SourceText>(std::move(source)), context_of(example), line);
    for (Fired& one : fired(done)) all.push_back(std::move(one));
    stated.push_back(statements(done.document, done.extraction, line));
  }
  for (const FindingRow& f : check_across(stated))
    all.push_back({f.check, f.severity, cut(texts[f.document], f.char_start, f.char_end), f.message_en});
  return all;
}

// The one finding that is expected, and no other.
void compare_findings(const RuleExample& example, const std::vector<Fired>& all, Script script, const Folder& folder,
                      std::vector<Verdict>& verdicts) {
  bool found = example.fires == "none";
  for (const Fired& one : all) {
    const std::string severity = one.severity == Severity::contradiction ? "contradiction" : "suspicious";
    const bool meant = !found && one.check == example.check && example.fires == severity &&
                       (example.figure.empty() || same_cell(one.figure, example.figure, script, folder));
    found |= meant;
    if (!meant) {
      verdicts.push_back(
          {Verdict::Kind::noisy, fmt::format("{} {} at {}: {}", one.check, severity, one.figure, one.message)});
    }
  }
  if (!found) {
    verdicts.push_back(
        {Verdict::Kind::missing, fmt::format("{} {} at {}", example.check, example.fires, example.figure)});
  }
}

bool is_of_ledger(const Expectation& want) { return want.contains("class") || want.contains("meaning"); }

}  // namespace

std::vector<Verdict> judge(const RuleExample& example, const std::string& text, Script script, const Line& line) {
  std::vector<Verdict> verdicts;
  if (!example.fires.empty()) {
    compare_findings(example, fired_in(example, text, line), script, line.folder, verdicts);
    return verdicts;
  }
  auto source = decode(text, "example", "UTF-8");
  if (const auto* error = std::get_if<ReadError>(&source)) {
    return {{Verdict::Kind::missing, "the example cannot be read: " + error->message}};
  }
  const Extracted done = extract(std::get<SourceText>(std::move(source)), context_of(example), line);
  const auto facts = parse_table(metrics_header(), metrics_rows(done.document, done.extraction));
  const auto ledger = parse_table(ledger_header(), ledger_rows(done.document, done.extraction));
  std::vector<Expectation> of_facts;
  std::vector<Expectation> of_ledger;
  for (const Expectation& want : example.expect) (is_of_ledger(want) ? of_ledger : of_facts).push_back(want);
  compare(of_facts, facts, script, line.folder, verdicts);
  compare(of_ledger, ledger, script, line.folder, verdicts);
  for (const Row& row : facts) {
    if (!example.none) break;
    verdicts.push_back(
        {Verdict::Kind::noisy, fmt::format("{} of {} by {}", row.at("figure"), row.at("metric"), row.at("rule"))});
  }
  return verdicts;
}

}  // namespace jiyao::command
