#include "tools/difference_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "pipeline/model/cell.h"
#include "pipeline/read/read.h"
#include "pipeline/write/write.h"
#include "tools/terminal.h"

namespace jiyao::command {

namespace {

// Of a longer sentence, what is near the figure is shown.
constexpr size_t kShownBytes = 600;
// A figure is looked for so often in its quote.
constexpr size_t kMostPlaces = 16;

// A sentence and the figures marked in it, as bytes of the sentence.
struct Quoted {
  std::string_view sentence;
  std::vector<Span> marks;
};

bool in_code_point(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

std::vector<Span> places_in(std::string_view sentence, std::string_view figure) {
  std::vector<Span> places;
  if (figure.empty()) return places;
  for (size_t at = sentence.find(figure); at != sentence.npos && places.size() < kMostPlaces;
       at = sentence.find(figure, at + figure.size())) {
    places.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + figure.size())});
  }
  return places;
}

// The texts that the tables are of, one at a time in memory.
class Sources {
 public:
  explicit Sources(const std::vector<std::string>& paths) {
    if (paths.empty()) return;
    Inputs inputs = find_inputs(paths);
    for (const ReadError& error : inputs.errors) report_error(error.message);
    for (Input& input : inputs.found) inputs_.emplace(input.document, std::move(input));
  }

  // The file's path, if there is one, else the document's name.
  std::string path(std::string_view document) const {
    const auto found = inputs_.find(document);
    return found == inputs_.end() ? std::string(document) : found->second.path.generic_string();
  }

  // Nothing if there is no such text, or another one than that of `sha256`.
  const SourceText* text(std::string_view document, std::string_view sha256) {
    if (inputs_.empty()) return nullptr;
    if (document != document_) read_text(document);
    if (!source_) return nullptr;
    return sha256.empty() || sha256 == source_->sha256 ? &*source_ : nullptr;
  }

 private:
  void read_text(std::string_view document) {
    document_ = document;
    source_.reset();
    const auto input = inputs_.find(document);
    if (input == inputs_.end()) return;
    auto text = read(input->second);
    if (const auto* error = std::get_if<ReadError>(&text)) return report_error(error->message);
    source_ = std::get<SourceText>(std::move(text));
    source_->index_lines();
  }

  std::map<std::string, Input, std::less<>> inputs_;
  std::string document_;
  std::optional<SourceText> source_;
};

class Teller {
 public:
  Teller(const Difference& difference, const MetricsTable& before, const MetricsTable& after,
         const DifferenceStyle& style)
      : difference_(difference), before_(before), after_(after), sources_(style.sources), colour_(style.colour) {}

  std::string tell();

 private:
  template <typename... Args>
  void put(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Args>(args)...);
  }
  std::string coloured(const char* colour, const std::string& text) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", colour, text) : text;
  }

  void tell_row(const RowDifference& row);
  void tell_sentence(const Quoted& quoted);
  void tell_columns(const RowDifference& row);
  Quoted quoted(const MetricsTable& table, uint32_t row);

  const Difference& difference_;
  const MetricsTable& before_;
  const MetricsTable& after_;
  Sources sources_;
  bool colour_;
  std::string out_;
};

// The quote that holds the figure at its place in the text; without a quote,
// the figure's line.
std::optional<Quoted> quoted_from(const SourceText& source, Span characters, std::string_view quote,
                                  std::string_view figure) {
  const Span at{byte_of(source, characters.begin), byte_of(source, characters.end)};
  const std::string_view text = source.text;
  if (!figure.empty() && text.substr(at.begin, at.size()) != figure) return std::nullopt;
  for (const Span place : places_in(quote, text.substr(at.begin, at.size()))) {
    if (place.begin <= at.begin && text.substr(at.begin - place.begin, quote.size()) == quote)
      return Quoted{quote, {place}};
  }
  if (!quote.empty()) return std::nullopt;
  const auto line = std::upper_bound(source.line_bytes.begin(), source.line_bytes.end(), at.begin);
  const uint32_t begin = line == source.line_bytes.begin() ? 0 : *std::prev(line);
  std::string_view whole = text.substr(begin, text.find('\n', at.end) - begin);
  if (whole.ends_with('\r')) whole.remove_suffix(1);
  return Quoted{whole, {{at.begin - begin, at.end - begin}}};
}

Quoted Teller::quoted(const MetricsTable& table, uint32_t row) {
  const std::string_view quote = unguarded(table.cell(row, "quote"));
  const std::string_view figure = unguarded(table.cell(row, "figure"));
  const SourceText* source = sources_.text(table.cell(row, "document"), table.cell(row, "source_sha256"));
  if (source != nullptr) {
    if (auto found = quoted_from(*source, table.figures[row], quote, figure)) return *std::move(found);
  }
  return {quote, places_in(quote, figure)};
}

// Around the first mark, if the sentence is long.
Quoted shortened(const Quoted& quoted) {
  if (quoted.sentence.size() <= kShownBytes) return quoted;
  const size_t figure = quoted.marks.empty() ? 0 : quoted.marks.front().begin;
  size_t begin = figure <= kShownBytes / 2 ? 0 : figure - kShownBytes / 2;
  size_t end = std::min(begin + kShownBytes, quoted.sentence.size());
  while (in_code_point(quoted.sentence, begin)) ++begin;
  while (in_code_point(quoted.sentence, end)) ++end;
  Quoted part{quoted.sentence.substr(begin, end - begin), {}};
  for (const Span mark : quoted.marks) {
    if (mark.begin < begin || mark.end > end) continue;
    part.marks.push_back({mark.begin - static_cast<uint32_t>(begin), mark.end - static_cast<uint32_t>(begin)});
  }
  return part;
}

void Teller::tell_sentence(const Quoted& quoted) {
  if (quoted.sentence.empty()) return;
  const Quoted part = shortened(quoted);
  out_ += "  ";
  if (part.sentence.data() != quoted.sentence.data()) out_ += "…";
  size_t told = 0;
  for (const Span mark : part.marks) {
    out_ += harmless(part.sentence.substr(told, mark.begin - told));
    const std::string figure = harmless(part.sentence.substr(mark.begin, mark.size()));
    out_ += colour_ ? coloured("1;36", figure) : "«" + figure + "»";
    told = mark.end;
  }
  out_ += harmless(part.sentence.substr(told));
  if (part.sentence.data() + part.sentence.size() != quoted.sentence.data() + quoted.sentence.size()) out_ += "…";
  out_ += '\n';
}

void Teller::tell_columns(const RowDifference& row) {
  size_t width = 0;
  for (const uint32_t i : row.columns) width = std::max(width, difference_.columns[i].name.size());
  const auto shown = [this](const char* colour, std::string_view cell) {
    if (cell.empty()) return std::string("(empty)");
    const std::string_view part = shortened({cell, {}}).sentence;
    return coloured(colour, harmless(part)) + (part.size() < cell.size() ? "…" : "");
  };
  for (const uint32_t i : row.columns) {
    const ComparedColumn& column = difference_.columns[i];
    put("    {:<{}}  {} → {}\n", harmless(column.name), width, shown("31", before_.cell(row.before, column.before)),
        shown("32", after_.cell(row.after, column.after)));
  }
}

void Teller::tell_row(const RowDifference& row) {
  const MetricsTable& table = table_of(row, before_, after_);
  const uint32_t at = row_of(row);
  const char* colour = row.kind == RowChange::changed ? "33" : row.kind == RowChange::added ? "32" : "31";
  out_ += coloured("1", harmless(sources_.path(table.cell(at, "document"))));
  for (const char* place : {"line", "column"}) {
    if (const auto cell = table.cell(at, place); !cell.empty()) put(":{}", harmless(cell));
  }
  put(": {}\n", coloured(colour, name(row.kind)));
  tell_sentence(quoted(table, at));
  if (row.kind == RowChange::changed) {
    tell_columns(row);
  } else {
    put("    {}\n", coloured(colour, harmless(statement(table, at))));
  }
}

std::string Teller::tell() {
  std::string_view document;
  for (const RowDifference& row : difference_.rows) {
    const std::string_view here = table_of(row, before_, after_).cell(row_of(row), "document");
    if (!out_.empty() && here != document) out_ += '\n';
    document = here;
    tell_row(row);
  }
  return std::move(out_);
}

}  // namespace

std::string difference_text(const Difference& difference, const MetricsTable& before, const MetricsTable& after,
                            const DifferenceStyle& style) {
  return Teller(difference, before, after, style).tell();
}

std::string difference_summary(const Difference& difference) {
  std::vector<size_t> changed(difference.columns.size());
  size_t rows[3] = {};
  for (const RowDifference& row : difference.rows) {
    ++rows[static_cast<size_t>(row.kind)];
    for (const uint32_t i : row.columns) ++changed[i];
  }
  std::string summary;
  const auto line = [&summary](const std::string& name, size_t count) {
    fmt::format_to(std::back_inserter(summary), "{:<22}{:>10}\n", name, count);
  };
  line("same", difference.same);
  line("added", rows[static_cast<size_t>(RowChange::added)]);
  line("removed", rows[static_cast<size_t>(RowChange::removed)]);
  line("changed", rows[static_cast<size_t>(RowChange::changed)]);
  for (size_t i = 0; i < changed.size(); ++i) {
    if (changed[i] != 0) line("  " + harmless(difference.columns[i].name), changed[i]);
  }
  return summary;
}

}  // namespace jiyao::command
