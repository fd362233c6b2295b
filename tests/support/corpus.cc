#include "tests/support/corpus.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace jiyao::support {

namespace fs = std::filesystem;

namespace {

std::vector<Case> found_cases() {
  constexpr std::string_view kEnd = ".hans.txt";
  std::vector<Case> found;
  for (const fs::path& path : text_files(corpus_folder())) {
    const std::string file = path.filename().string();
    if (!file.ends_with(kEnd)) continue;
    const bool mainland = file.find("-cn-") != std::string::npos;
    found.push_back({file.substr(0, file.size() - kEnd.size()), mainland ? "hans" : "hant"});
  }
  return found;
}

// A cell in one line, whatever it holds.
std::string cell(std::string_view text) {
  std::string plain = fold(text);
  for (char& c : plain) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return plain;
}

std::string printed(const std::optional<Decimal>& value) { return value ? value->to_string() : std::string(); }

}  // namespace

fs::path corpus_folder() { return root() / "corpus"; }

const std::vector<Case>& cases() {
  static const std::vector<Case> all = found_cases();
  return all;
}

std::string file_name(const Case& of, const std::string& script) { return of.name + "." + script + ".txt"; }

DocumentContext manifest_context(const std::string& document) {
  static const auto manifest = read_manifest(corpus_folder() / "manifest.csv");
  if (const auto* errors = std::get_if<std::vector<ReadError>>(&manifest)) {
    for (const ReadError& error : *errors) ADD_FAILURE() << error.message;
    return {};
  }
  const DocumentContext* found = std::get<Manifest>(manifest).find(document);
  return found != nullptr ? *found : DocumentContext();
}

Extracted extracted_case(const Case& of, const std::string& script) {
  const std::string file = file_name(of, script);
  return extracted(contents(corpus_folder() / file), manifest_context(file), file);
}

std::string facts_table(const Extracted& extracted) {
  std::string table =
      "line\tfigure\tmetric\tsubject\tsegment\tperiod\tbasis\tbase\tvalue\tvalue_low\tvalue_high\tunit\tqualifier\t"
      "status\tcompany\n";
  for (const Fact& fact : extracted.extraction.facts) {
    const Citation at = cite(extracted.document.source, extracted.document.folded, fact.figure);
    table += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", at.line, cell(at.text),
                         fact.metric, cell(fact.subject), cell(fact.segment), fact.period.text(), name(fact.basis),
                         cell(fact.base), printed(fact.value), printed(fact.low), printed(fact.high), cell(fact.unit),
                         name(fact.qualifier), name(fact.status), cell(fact.company));
  }
  return table;
}

bool GoldRow::is_fact() const {
  static const std::set<std::string> kinds = {"money", "percent", "pp", "multiple", "count"};
  return kinds.contains(at("kind"));
}

bool GoldRow::is_optional() const { return at("kind") == "count?"; }

std::vector<GoldRow> gold(const Case& of, const std::string& script, const SourceText& source) {
  const fs::path path = corpus_folder() / "gold" / (of.name + "." + script + ".gold.tsv");
  const auto lines = split(contents(path), '\n');
  const auto columns = split(lines.front(), '\t');
  std::vector<GoldRow> rows;
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const auto cells = split(lines[i], '\t');
    GoldRow& row = rows.emplace_back();
    for (size_t c = 0; c < columns.size(); ++c) row.cells[columns[c]] = c < cells.size() ? cells[c] : "";
    row.line = static_cast<uint32_t>(std::stoul(row.at("line")));
    const std::string& figure = row.at("figure");
    size_t at = row.line <= source.line_bytes.size() ? source.line_bytes[row.line - 1] : std::string::npos;
    for (unsigned long nth = std::stoul(row.at("nth")); at != std::string::npos && nth > 0; --nth) {
      at = source.text.find(figure, at);
      if (at != std::string::npos && nth > 1) ++at;
    }
    if (at == std::string::npos) {
      ADD_FAILURE() << path.filename() << ":" << i + 1 << ": '" << figure << "' is not there";
      rows.pop_back();
      continue;
    }
    row.bytes = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + figure.size())};
  }
  return rows;
}

}  // namespace jiyao::support
