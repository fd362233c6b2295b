// Files → SourceText, and the manifest.
#pragma once

#include <filesystem>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipeline/model/fact.h"
#include "pipeline/model/metrics_table.h"
#include "pipeline/model/review.h"
#include "pipeline/model/rules.h"
#include "pipeline/model/run_record.h"
#include "pipeline/model/text.h"

namespace jiyao {

// One line for the user: `path:line:column: what, and what to do` (line and
// column only where there is one).
struct ReadError {
  std::string message;
};

// A file may be this large, and so may the text it holds: spans and the texts
// made from it count bytes in 32 bits.
constexpr size_t kMaxTextBytes = size_t{512} << 20;

// A file to be read, and the name it has in the tables.
struct Input {
  std::filesystem::path path;  // "-" for standard input
  std::string document;        // relative to the input root, `/` separated; "stdin" for "-"
};

// Files as given, folders recursively (.txt, .md files by name order), "-".
// What cannot be read at all (no such file) is an error of its own; the others
// are still found. `skipped` names files in folders that were passed over. A
// file that is reached twice is taken once; two files that would have one name
// are named by their paths as given.
struct Inputs {
  std::vector<Input> found;
  std::vector<ReadError> errors;
  std::vector<std::string> skipped;
};
Inputs find_inputs(const std::vector<std::string>& paths);

// Decodes bytes: `encoding` is an IANA name, or empty to detect (byte order
// mark, valid UTF-8, else ICU's detector among UTF-16, GB18030, Big5-HKSCS).
// A byte that cannot be decoded is an error that names its offset.
std::variant<SourceText, ReadError> decode(std::string bytes, const std::string& document,
                                           const std::string& encoding = "");
std::variant<SourceText, ReadError> read(const Input& input, const std::string& encoding = "");

// Manifest: CSV or TSV with a header; columns document, company, ticker,
// published, period, fiscal_year_end (03-31 or 3), currency, any subset with
// `document`. All mistakes are reported at once.
struct Manifest {
  std::vector<std::pair<std::string, DocumentContext>> rows;  // by name, each once
  // By the document's name in the tables, else by its file name.
  const DocumentContext* find(std::string_view document) const;
};
std::variant<Manifest, std::vector<ReadError>> read_manifest(const std::filesystem::path& path);

// A metrics.csv, its columns in any order; document, char_start and char_end
// must be among them. "-" is standard input, a folder its metrics.csv.
std::variant<MetricsTable, ReadError> read_metrics(const std::filesystem::path& path);

// A review.json, as an audit page exports it and jiyao keeps it: format
// jiyao-review/1, one document or several. "-" is standard input. Strict: a key
// that is unknown, missing or there twice, a wrong type, a correction that its
// column cannot hold are mistakes. All are told at once, by line and column
// where the text is no JSON, else by JSON pointer (RFC 6901). Corrections come
// out in the tables' canonical form; `rules` tell which metrics there are.
constexpr size_t kMaxReviewBytes = size_t{64} << 20;
std::variant<Review, std::vector<ReadError>> read_review(const std::filesystem::path& path, const RuleSet& rules);
// Any table of the results, its columns in any order; those of `needed` must be
// among them. The same for a text that was never in a file: `path` names it.
std::variant<ResultTable, ReadError> read_table(const std::filesystem::path& path,
                                                const std::vector<std::string_view>& needed);
std::variant<ResultTable, ReadError> table_of(std::string_view text, const std::filesystem::path& path,
                                              const std::vector<std::string_view>& needed);

// run.json of a folder of results. Total for any bytes.
std::variant<RunRecord, ReadError> read_run_record(const std::filesystem::path& path);

}  // namespace jiyao
