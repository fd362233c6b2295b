#include "tools/inject/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <tuple>

namespace jiyao::inject {

namespace {

// A finding where the source has it: its figure and those it rests on.
struct Named {
  std::tuple<std::string, std::string, std::string> what;  // check, stated, message
  bool contradiction = false;
  std::vector<Span> places;
};

std::vector<Named> findings_of(const Extracted& extracted) {
  const auto& [document, mentions, extraction] = extracted;
  const auto place = [&document = document](Span folded) {
    const Citation at = cite(document.source, document.folded, folded);
    return Span{at.byte_start, at.byte_end};
  };
  std::vector<Named> all;
  for (const Finding& f : extraction.findings) {
    Named& named = all.emplace_back();
    named.what = {f.check, f.stated, f.message_en};
    named.contradiction = f.severity == Severity::contradiction;
    named.places.push_back(place(f.at));
    for (const uint32_t fact : f.facts) named.places.push_back(place(extraction.facts[fact].figure));
  }
  return all;
}

std::string text_of(const Named& named) {
  const auto& [check, stated, message] = named.what;
  return fmt::format("{} {}: {}", named.contradiction ? "contradiction" : "suspicious", check, message);
}

// Why an error can be seen, in words, and by which kinds of relation; empty if it cannot.
struct Exposure {
  std::set<std::string> relations;
  std::string words;
};

class Measure {
 public:
  Measure(const SourceText& source, const DocumentContext& given, const Line& line)
      : given_(given), line_(line), untouched_(extract(source, given, line)), source_(untouched_.document.source) {}

  Measured run(const std::filesystem::path& gold, Sample sample) {
    auto read = read_gold(gold, untouched_);
    statements_ = read ? *std::move(read) : statements_of(untouched_);
    relations_ = relations_of(statements_);
    find_sentences();
    note_alarms();
    size_t exposable = 0;
    for (const Error& error : errors_of(statements_, source_.text)) {
      Tally& tally = out_.tallies[static_cast<size_t>(error.kind)];
      ++tally.made;
      const Exposure exposure = is_year(error) ? exposed_year(error) : exposed_number(error);
      if (exposure.relations.empty()) continue;
      if (exposable++ % sample.step != sample.first) continue;
      ++tally.exposable;
      try_out(error, exposure, tally);
    }
    return std::move(out_);
  }

 private:
  static bool is_year(const Error& error) { return error.kind == Kind::year || error.kind == Kind::decade; }

  void find_sentences() {
    for (const Sentence& sentence : untouched_.document.sentences) {
      const Citation at = cite(source_, untouched_.document.folded, sentence.span);
      sentences_.push_back({at.byte_start, at.byte_end});
    }
  }

  Span sentence_around(Span place) const {
    const auto after = std::upper_bound(sentences_.begin(), sentences_.end(), place.begin,
                                        [](uint32_t at, Span s) { return at < s.begin; });
    return after == sentences_.begin() ? place : *std::prev(after);
  }

  void note_alarms() {
    out_.document = source_.document;
    for (const Named& named : findings_of(untouched_)) {
      known_.insert(named.what);
      ++(named.contradiction ? out_.contradictions : out_.suspicions);
      out_.alarms.push_back(fmt::format("line {}: {}", line_of(named.places.front()), text_of(named)));
    }
  }

  uint32_t line_of(Span place) const {
    const auto after = std::upper_bound(source_.line_bytes.begin(), source_.line_bytes.end(), place.begin);
    return static_cast<uint32_t>(after - source_.line_bytes.begin());
  }

  Exposure exposed_number(const Error& error) const {
    const Range now = meant(error.number, statements_.stated[error.index].qualifier);
    Exposure exposure;
    for (const Relation* relation : broken(relations_, statements_, error.index, now)) {
      exposure.relations.insert(relation->name);
      exposure.words += exposure.words.empty() ? relation->name : std::string("; ") + relation->name;
      for (const uint32_t i : relation->operands) exposure.words += " " + statements_.stated[i].figure;
    }
    return exposure;
  }

  // What the altered date dates: the statements of its sentence that are of its period.
  std::vector<uint32_t> dated_by(const Mention& mention) const {
    const Span sentence = sentence_around(mention.at);
    std::vector<uint32_t> found;
    for (uint32_t i = 0; i < statements_.stated.size(); ++i) {
      const Statement& s = statements_.stated[i];
      if (!sentence.contains(s.at) || s.at.begin < mention.at.begin) continue;
      const bool of_it = std::any_of(s.periods.begin(), s.periods.end(), [&](const Period& p) {
        return p.end == mention.period.end && (p.start == mention.period.start || p.instant || mention.period.instant);
      });
      if (of_it) found.push_back(i);
    }
    return found;
  }

  // A year is exposed if what it dates then disagrees with what is stated of that
  // time, lies in a future that the day of publication does not know, or stands
  // alone by five years and more.
  Exposure exposed_year(const Error& error) const {
    const Mention& mention = statements_.mentions[error.index];
    const auto dated = dated_by(mention);
    for (const uint32_t i : dated) {
      Statement moved = statements_.stated[i];
      moved.periods = {error.period};
      const Date published = untouched_.extraction.context.published;
      const Date begin =
          moved.periods.front().start.year == 0 ? moved.periods.front().end : moved.periods.front().start;
      if (moved.status == "actual" && published.year != 0 && published < begin)
        return {{"future"}, "dated after publication"};
      for (uint32_t j = 0; j < statements_.stated.size(); ++j) {
        const Statement& other = statements_.stated[j];
        if (std::find(dated.begin(), dated.end(), j) != dated.end() || !one_measure(moved, other)) continue;
        if (!one_period(moved, other) || moved.status != other.status) continue;
        if (!meant(moved.number, moved.qualifier).meets(meant(other.number, other.qualifier)))
          return {{"same, redated"}, fmt::format("same {} {}", moved.figure, other.figure)};
      }
    }
    if (!stands_alone(error) || dated.empty()) return {};
    return {{"alone in time"}, "no other figure is of that time"};
  }

  bool stands_alone(const Error& error) const {
    constexpr int kFar = 5;
    return std::all_of(statements_.stated.begin(), statements_.stated.end(), [&](const Statement& s) {
      return s.periods.empty() || std::abs(s.periods.front().end.year - error.period.end.year) >= kFar;
    });
  }

  void try_out(const Error& error, const Exposure& exposure, Tally& tally) {
    SourceText text = source_;
    text.text = altered(source_.text, error);
    text.line_bytes.clear();
    text.line_chars.clear();
    text.mark_chars.clear();
    const Extracted then = extract(std::move(text), given_, line_);
    const Named* best = nullptr;
    const auto found = findings_of(then);
    for (const Named& named : found) {
      if (known_.contains(named.what) || !names(named, error)) continue;
      if (best == nullptr || (named.contradiction && !best->contradiction)) best = &named;
    }
    if (best != nullptr) ++(best->contradiction ? tally.contradiction : tally.suspicious);
    note_outcome(error, exposure, best);
  }

  // The finding names the figure that was altered, or for a year what it dates.
  bool names(const Named& named, const Error& error) const {
    const auto grown = static_cast<int64_t>(error.by.size()) - static_cast<int64_t>(error.at.size());
    Span place = is_year(error) ? sentence_around(error.at) : statements_.stated[error.index].at;
    if (place.begin > error.at.begin) place.begin = static_cast<uint32_t>(place.begin + grown);
    place.end = static_cast<uint32_t>(place.end + grown);
    return std::any_of(named.places.begin(), named.places.end(), [&](Span p) { return p.overlaps(place); });
  }

  void note_outcome(const Error& error, const Exposure& exposure, const Named* named) {
    const Span figure = is_year(error) ? statements_.mentions[error.index].at : statements_.stated[error.index].at;
    const Span both = {std::min(figure.begin, error.at.begin), std::max(figure.end, error.at.end)};
    const std::string_view text = source_.text;
    std::string then(text.substr(both.begin, error.at.begin - both.begin));
    then += error.by;
    then += text.substr(error.at.end, both.end - error.at.end);
    out_.outcomes.push_back({error.kind, line_of(error.at), std::string(text.substr(both.begin, both.size())), then,
                             exposure.relations, exposure.words, named == nullptr ? "" : text_of(*named)});
  }

  const DocumentContext& given_;
  const Line& line_;
  const Extracted untouched_;
  const SourceText& source_;
  Statements statements_;
  std::vector<Relation> relations_;
  std::vector<Span> sentences_;  // of the source
  std::set<std::tuple<std::string, std::string, std::string>> known_;
  Measured out_;
};

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  made += other.made;
  exposable += other.exposable;
  contradiction += other.contradiction;
  suspicious += other.suspicious;
  return *this;
}

Measured measure(const SourceText& source, const DocumentContext& given, const std::filesystem::path& gold,
                 const Line& line, Sample sample) {
  return Measure(source, given, line).run(gold, sample);
}

}  // namespace jiyao::inject
