#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "pipeline/model/period.h"
#include "pipeline/read/bytes.h"
#include "pipeline/read/correction.h"
#include "pipeline/read/read.h"

namespace jiyao {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kFormat = "jiyao-review/1";
constexpr int kMostDepth = 8;  // documents, decisions, corrections: 6
constexpr size_t kMostErrors = 20;
constexpr size_t kMostNote = size_t{16} << 10;
constexpr size_t kMostString = size_t{4} << 10;

struct Misbuilt {
  std::string what;
};

// Counts what the parser has taken, so that what is wrong has a place.
struct Counted {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  size_t* taken;

  reference operator*() const { return *at; }
  Counted& operator++() {
    ++*taken;
    ++at;
    return *this;
  }
  friend bool operator==(const Counted& a, const Counted& b) { return a.at == b.at; }
};

// What JSON allows and no review has: a key twice, of which the library would
// keep one, and nesting without end.
struct Guard {
  std::vector<std::set<std::string>> keys;

  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    if (depth > kMostDepth) throw Misbuilt{"nested too deep for a review; export it anew"};
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second) {
      throw Misbuilt{fmt::format("key \"{}\" twice in one object; keep one of them", parsed.get<std::string>())};
    }
    return true;
  }
};

// "line:column" of a byte, columns in code points.
std::string place_of(std::string_view text, size_t byte) {
  text = text.substr(0, byte);
  const auto lines = std::count(text.begin(), text.end(), '\n');
  const size_t line = text.rfind('\n') + 1;  // 0 if there is none
  return fmt::format("{}:{}", lines + 1, count_code_points(text.substr(line)) + 1);
}

std::variant<Json, std::string> parse(const std::string& text) {
  size_t taken = 0;
  try {
    const Counted begin{text.data(), &taken};
    const Counted end{text.data() + text.size(), &taken};
    return Json::parse(begin, end, Guard());
  } catch (const Misbuilt& wrong) {
    return fmt::format("{}: {}", place_of(text, taken == 0 ? 0 : taken - 1), wrong.what);
  } catch (const Json::parse_error& error) {
    std::string_view what = error.what();
    for (const std::string_view lead : {"] ", ": "}) {  // "[json.exception…] parse error at line 1, column 2: "
      if (const size_t at = what.find(lead); at != what.npos) what.remove_prefix(at + lead.size());
    }
    return fmt::format("{}: no JSON: {}; export it anew", place_of(text, error.byte == 0 ? 0 : error.byte - 1), what);
  }
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// 2026-01-31T12:00:00Z, of seconds a fraction if need be.
bool is_time(const std::string& text) {
  if (text.size() < 20 || text.size() > 30 || text[10] != 'T' || text.back() != 'Z') return false;
  const auto day = Date::parse(std::string_view(text).substr(0, 10));
  const auto digit = [](char c) { return '0' <= c && c <= '9'; };
  const std::string_view clock = std::string_view(text).substr(11, 8);
  for (size_t i = 0; i < clock.size(); ++i) {
    if (i % 3 == 2 ? clock[i] != ':' : !digit(clock[i])) return false;
  }
  const std::string_view fraction = std::string_view(text).substr(19, text.size() - 20);
  const bool whole = fraction.empty();
  if (!whole && (fraction[0] != '.' || fraction.size() < 2)) return false;
  if (!whole && !std::all_of(fraction.begin() + 1, fraction.end(), digit)) return false;
  return day && clock.substr(0, 2) < "24" && clock.substr(3, 2) < "60" && clock.substr(6, 2) <= "60";
}

class ReviewReader {
 public:
  ReviewReader(std::string path, const RuleSet& rules) : path_(std::move(path)) {
    for (const Metric& metric : rules.metrics) metrics_.insert(metric.id);
  }

  std::variant<Review, std::vector<ReadError>> read(const Json& root);
  std::vector<ReadError> fail(const std::string& where, const std::string& what) {
    if (errors_.size() < kMostErrors) errors_.push_back({fmt::format("{}:{}{}", path_, where, what)});
    return errors_;
  }

 private:
  using Keys = std::initializer_list<std::string_view>;

  void wrong(const std::string& at, const std::string& what) { fail(" " + (at.empty() ? "/" : at) + ": ", what); }
  // An object that has all of `needed` and nothing but them and `allowed`.
  bool is_object(const Json& value, const std::string& at, Keys needed, Keys allowed = {});
  std::string text(const Json& object, const char* key, const std::string& at, size_t most = kMostString);
  uint32_t offset(const Json& object, const char* key, const std::string& at);

  ReviewedDocument document(const Json& object, const std::string& at, Keys also);
  Decision decision(const Json& object, const std::string& at);
  ReviewCells cells(const Json& object, const std::string& at, bool corrected);
  TextQuote quote(const Json& object, const std::string& at);
  Span position(const Json& object, const std::string& at);
  ReviewState state(const Json& object, const std::string& at);

  std::string path_;
  MetricIds metrics_;
  std::vector<ReadError> errors_;
};

bool ReviewReader::is_object(const Json& value, const std::string& at, Keys needed, Keys allowed) {
  const size_t before = errors_.size();
  if (!value.is_object()) {
    wrong(at, fmt::format("{}, where an object is meant", value.type_name()));
    return false;
  }
  for (const std::string_view key : needed) {
    if (!value.contains(key)) wrong(at, fmt::format("key \"{}\" is missing", key));
  }
  for (const auto& [key, member] : value.items()) {
    const auto is_key = [&key = key](std::string_view k) { return k == key; };
    if (std::none_of(needed.begin(), needed.end(), is_key) && std::none_of(allowed.begin(), allowed.end(), is_key)) {
      wrong(at, fmt::format("key \"{}\" is not known in {}", key, kFormat));
    }
  }
  return errors_.size() == before;
}

std::string ReviewReader::text(const Json& object, const char* key, const std::string& at, size_t most) {
  const Json& value = object.at(key);
  const std::string here = at + "/" + key;
  if (!value.is_string()) {
    wrong(here, fmt::format("{}, where a string is meant", value.type_name()));
    return {};
  }
  const auto& said = value.get_ref<const std::string&>();
  if (said.size() > most) wrong(here, fmt::format("longer than {} bytes", most));
  if (said.find('\0') != said.npos) wrong(here, "holds U+0000, which is in no text");
  return said;
}

uint32_t ReviewReader::offset(const Json& object, const char* key, const std::string& at) {
  const Json& value = object.at(key);
  if (value.is_number_unsigned() && value.get<uint64_t>() < kNone) return value.get<uint32_t>();
  wrong(at + "/" + key, "no offset; write a whole number, counted from 0");
  return 0;
}

ReviewState ReviewReader::state(const Json& object, const std::string& at) {
  const std::string said = text(object, "state", at);
  const auto found = std::find(kReviewStateNames.begin(), kReviewStateNames.end(), said);
  if (found != kReviewStateNames.end()) return static_cast<ReviewState>(found - kReviewStateNames.begin());
  wrong(at + "/state", fmt::format("\"{}\" is none of accepted, rejected, corrected and the empty string", said));
  return ReviewState::none;
}

TextQuote ReviewReader::quote(const Json& object, const std::string& at) {
  if (!is_object(object, at, {"type", "exact", "prefix", "suffix"})) return {};
  if (text(object, "type", at) != "TextQuoteSelector") wrong(at + "/type", "must be TextQuoteSelector");
  TextQuote quote{text(object, "exact", at), text(object, "prefix", at), text(object, "suffix", at)};
  if (quote.exact.empty()) wrong(at + "/exact", "is empty; a figure has characters");
  return quote;
}

Span ReviewReader::position(const Json& object, const std::string& at) {
  if (!is_object(object, at, {"type", "start", "end"})) return {};
  if (text(object, "type", at) != "TextPositionSelector") wrong(at + "/type", "must be TextPositionSelector");
  const Span span{offset(object, "start", at), offset(object, "end", at)};
  if (span.end < span.begin) wrong(at + "/end", "lies before start");
  return span;
}

// By column. Of a statement, which the table itself made, any text is taken.
ReviewCells ReviewReader::cells(const Json& object, const std::string& at, bool corrected) {
  ReviewCells cells;
  if (!object.is_object()) {
    wrong(at, fmt::format("{}, where an object is meant", object.type_name()));
    return cells;
  }
  for (const auto& [key, value] : object.items()) {
    const uint8_t column = correctable(key);
    if (column == kCorrectable.size()) {
      wrong(at,
            fmt::format("\"{}\" is no column that can be corrected; these are {}", key, fmt::join(kCorrectable, ", ")));
      continue;
    }
    std::string said = text(object, key.c_str(), at);
    const std::string problem = corrected ? correct(column, said, metrics_) : "";
    if (!problem.empty()) wrong(fmt::format("{}/{}", at, key), problem);
    cells.push_back({column, std::move(said)});
  }
  std::sort(cells.begin(), cells.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
  return cells;
}

Decision ReviewReader::decision(const Json& object, const std::string& at) {
  Decision made;
  if (!is_object(object, at, {"fact_id", "state", "corrections", "note", "selector", "position", "statement"})) {
    return made;
  }
  made.fact_id = text(object, "fact_id", at);
  made.state = state(object, at);
  made.corrections = cells(object.at("corrections"), at + "/corrections", true);
  made.note = text(object, "note", at, kMostNote);
  made.quote = quote(object.at("selector"), at + "/selector");
  made.position = position(object.at("position"), at + "/position");
  made.statement = cells(object.at("statement"), at + "/statement", false);
  for (const std::string_view column : kStatement) {
    if (find_cell(made.statement, correctable(column)) == nullptr) {
      wrong(at + "/statement", fmt::format("key \"{}\" is missing", column));
    }
  }
  const bool corrected = made.state == ReviewState::corrected;
  if (corrected == made.corrections.empty()) {
    wrong(at + "/corrections", corrected ? "is empty, but the state is corrected; give the cells that were"
                                         : "holds cells, but the state is not corrected");
  }
  const auto odd = [](char c) { return is_control(c) && c != '\n' && c != '\r' && c != '\t'; };
  if (std::any_of(made.note.begin(), made.note.end(), odd)) wrong(at + "/note", "holds a control character");
  return made;
}

ReviewedDocument ReviewReader::document(const Json& object, const std::string& at, Keys also) {
  ReviewedDocument made;
  if (!is_object(object, at, {"document", "source_sha256", "exported", "decisions"}, also)) return made;
  made.document = text(object, "document", at);
  made.source_sha256 = text(object, "source_sha256", at);
  made.exported = text(object, "exported", at);
  if (made.document.empty()) wrong(at + "/document", "is empty; it names the text that was reviewed");
  const auto hex = [](char c) { return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f'); };
  if (made.source_sha256.size() != 64 || !std::all_of(made.source_sha256.begin(), made.source_sha256.end(), hex)) {
    wrong(at + "/source_sha256", "is no SHA-256; write 64 hexadecimal digits in lower case");
  }
  if (!is_time(made.exported)) wrong(at + "/exported", "is no time; write it like 2026-01-31T12:00:00Z");
  const Json& decisions = object.at("decisions");
  if (!decisions.is_array()) {
    wrong(at + "/decisions", fmt::format("{}, where an array is meant", decisions.type_name()));
    return made;
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < decisions.size() && errors_.size() < kMostErrors; ++i) {
    const std::string here = fmt::format("{}/decisions/{}", at, i);
    made.decisions.push_back(decision(decisions[i], here));
    if (!seen.insert(made.decisions.back().fact_id).second && errors_.empty()) {
      wrong(here + "/fact_id", fmt::format("second decision on {}; keep one", made.decisions.back().fact_id));
    }
  }
  return made;
}

std::variant<Review, std::vector<ReadError>> ReviewReader::read(const Json& root) {
  Review review;
  if (!root.is_object() || !root.contains("format")) {
    return fail(" /: ", "no review; give a review.json as the audit page exports it");
  }
  if (const Json& format = root.at("format"); format != kFormat) {
    return fail(" /format: ", fmt::format("{} is not known here; this jiyao reads {}: export the review anew, or use "
                                          "the jiyao that wrote it",
                                          format.dump(-1, ' ', true).substr(0, 64), kFormat));
  }
  if (!root.contains("documents")) {
    review.push_back(document(root, "", {"format"}));
  } else if (is_object(root, "", {"format", "documents"})) {
    const Json& documents = root.at("documents");
    if (!documents.is_array()) wrong("/documents", fmt::format("{}, where an array is meant", documents.type_name()));
    for (size_t i = 0; documents.is_array() && i < documents.size() && errors_.size() < kMostErrors; ++i) {
      review.push_back(document(documents[i], fmt::format("/documents/{}", i), {"format"}));
    }
  }
  if (!errors_.empty()) return errors_;
  return review;
}

}  // namespace

std::variant<Review, std::vector<ReadError>> read_review(const std::filesystem::path& path, const RuleSet& rules) {
  const std::string name = path == "-" ? "stdin" : path.generic_string();
  auto bytes = read_bytes(Input{path, name});
  if (auto* error = std::get_if<ReadError>(&bytes)) return std::vector<ReadError>{std::move(*error)};
  const auto& text = std::get<std::string>(bytes);
  ReviewReader reader(name, rules);
  if (text.size() > kMaxReviewBytes) {
    return reader.fail(" ", fmt::format("larger than {} MiB; export fewer documents at a time", kMaxReviewBytes >> 20));
  }
  auto root = parse(text);
  if (const auto* what = std::get_if<std::string>(&root)) return reader.fail(*what, "");
  return reader.read(std::get<Json>(root));
}

}  // namespace jiyao
