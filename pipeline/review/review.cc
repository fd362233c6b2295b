// Document by document: find the decisions' places, choose the facts there,
// and let the last decision on each fact hold.
#include "pipeline/review/review.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "pipeline/review/anchor.h"
#include "pipeline/review/choose.h"
#include "pipeline/review/correction.h"
#include "pipeline/review/documents.h"

namespace jiyao {
namespace {

// One decision, and what became of it.
struct Entry {
  uint32_t document = 0;  // indices into the review
  uint32_t decision = 0;
  Choice to = {};                       // the fact that it is about
  std::optional<TextQuote> quote = {};  // as of the present text, if that is another one
};

// "…:00.500Z" as text that sorts by time.
std::string_view time_of(const ReviewedDocument& document) {
  std::string_view time = document.exported;
  if (time.ends_with('Z')) time.remove_suffix(1);
  if (time.find('.') != time.npos) {
    while (time.ends_with('0')) time.remove_suffix(1);
    if (time.ends_with('.')) time.remove_suffix(1);
  }
  return time;
}

bool takes_back(const Decision& decision) { return decision.state == ReviewState::none && decision.note.empty(); }

class Reviewer {
 public:
  Reviewer(const MetricsTable& table, const Review& review, const ReviewMeans& means)
      : table_(table), review_(review), means_(means), documents_(table), chooser_(table), corrector_(table, means) {}
  ReviewOutcome run();

 private:
  using Entries = std::vector<Entry*>;

  bool table_fits();
  void collect();
  void find_in(const TableDocument& document, const Entries& entries);
  void find_directly(const TableDocument& document, const Entries& entries);
  void find_by_quote(const TableDocument& document, const SourceText& text, const Entries& entries);
  std::span<const uint32_t> rows_at(const TableDocument& document, Span place) const;
  void deal_out(const Entries& entries);
  bool is_superseded(const Entry& entry, const Entry& by) const;
  void settle();
  void apply(const Entry& entry);
  void leave(const Entry& entry);
  void keep_applied(const Entry& entry);
  void add_kept(const std::string& document, const std::string& sha256, const std::string& exported, Decision decision);
  Review kept();

  const Decision& decision_of(const Entry& entry) const { return review_[entry.document].decisions[entry.decision]; }
  static void stop(Entry& entry, Obstacle why, std::string detail = {}) {
    entry.to = {.why = why, .detail = std::move(detail)};
  }

  const MetricsTable& table_;
  const Review& review_;
  const ReviewMeans& means_;
  TableDocuments documents_;
  Chooser chooser_;
  Corrector corrector_;
  std::vector<Entry> entries_;                                                               // by time
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<Decision>> kept_;  // document, time, hash
  ReviewOutcome out_;
};

bool Reviewer::table_fits() {
  const auto need = [this](std::string_view column) {
    if (table_.column(column) != kNone) return;
    out_.mistakes.push_back("column \"" + std::string(column) +
                            "\" is missing; give the metrics.csv that jiyao extract wrote");
  };
  for (const std::string_view column : kCorrectable) {
    need(column);
  }
  for (const std::string_view column : {"fact_id", "source_sha256", "figure"}) need(column);
  if (table_.column("review") != kNone) {
    out_.mistakes.emplace_back("this table was reviewed already; give the folder that jiyao extract wrote");
  }
  return out_.mistakes.empty();
}

// By time; of the decisions on one fact of one text, the last alone.
void Reviewer::collect() {
  for (uint32_t d = 0; d < review_.size(); ++d) {
    for (uint32_t i = 0; i < review_[d].decisions.size(); ++i) entries_.push_back({.document = d, .decision = i});
  }
  std::stable_sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    return time_of(review_[a.document]) < time_of(review_[b.document]);
  });
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> seen;
  std::vector<Entry> last;
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    const ReviewedDocument& document = review_[entry->document];
    if (seen.emplace(document.document, document.source_sha256, decision_of(*entry).fact_id).second) {
      last.push_back(std::move(*entry));
    } else {
      ++out_.superseded;
    }
  }
  std::reverse(last.begin(), last.end());
  entries_ = std::move(last);
}

std::span<const uint32_t> Reviewer::rows_at(const TableDocument& document, Span place) const {
  const auto from = std::lower_bound(document.rows.begin(), document.rows.end(), place,
                                     [this](uint32_t row, Span p) { return table_.figures[row] < p; });
  const auto to = std::upper_bound(from, document.rows.end(), place,
                                   [this](Span p, uint32_t row) { return p < table_.figures[row]; });
  return {from, to};
}

void Reviewer::find_in(const TableDocument& document, const Entries& entries) {
  Entries direct;
  std::map<std::string_view, Entries> others;  // by the hash of the text that was reviewed
  for (Entry* entry : entries) {
    const std::string& sha256 = review_[entry->document].source_sha256;
    (sha256 == document.sha256 ? direct : others[sha256]).push_back(entry);
  }
  find_directly(document, direct);
  deal_out(direct);
  if (others.empty()) return;
  const SourceText* text = means_.text_of ? means_.text_of(document.name, document.sha256) : nullptr;
  for (const auto& [sha256, group] : others) {
    if (text != nullptr) {
      find_by_quote(document, *text, group);
      deal_out(group);
    } else {
      for (Entry* entry : group) stop(*entry, Obstacle::no_text);
    }
  }
}

void Reviewer::find_directly(const TableDocument& document, const Entries& entries) {
  if (entries.empty()) return;
  std::map<std::string_view, uint32_t> ids;
  const uint32_t id = table_.column("fact_id");
  for (const uint32_t row : document.rows) ids.emplace(table_.cell(row, id), row);
  for (Entry* entry : entries) {
    const Decision& decision = decision_of(*entry);
    const auto named = ids.find(decision.fact_id);
    const uint32_t row = named == ids.end() ? kNone : named->second;
    entry->to =
        chooser_.choose(decision, rows_at(document, row == kNone ? decision.position : table_.figures[row]), row);
  }
}

void Reviewer::find_by_quote(const TableDocument& document, const SourceText& text, const Entries& entries) {
  std::vector<Span> figures;
  for (const uint32_t row : document.rows) {
    if (figures.empty() || figures.back() != table_.figures[row]) figures.push_back(table_.figures[row]);
  }
  std::vector<const TextQuote*> quotes;
  std::vector<Span> positions;
  for (const Entry* entry : entries) {
    quotes.push_back(&decision_of(*entry).quote);
    positions.push_back(decision_of(*entry).position);
  }
  const std::vector<Anchor> anchors = anchor(text, figures, quotes, positions);
  for (size_t i = 0; i < entries.size(); ++i) {
    Entry& entry = *entries[i];
    switch (anchors[i].kind) {
      case Anchor::Kind::found:
        entry.quote = quote_at(text, figures[anchors[i].figure]);
        entry.to = chooser_.choose(decision_of(entry), rows_at(document, figures[anchors[i].figure]), kNone);
        break;
      case Anchor::Kind::ambiguous:
        stop(entry, Obstacle::ambiguous,
             anchors[i].places == 1 ? "the one place that is left may be another's"
                                    : "it may stand at " + std::to_string(anchors[i].places) + " places");
        break;
      case Anchor::Kind::no_fact:
        stop(entry, Obstacle::fact_gone);
        break;
      case Anchor::Kind::gone:
        stop(entry, Obstacle::text_gone);
        break;
    }
  }
}

// Where as many facts state the same as were decided on, all of them alike, it
// is no matter which is which.
void Reviewer::deal_out(const Entries& entries) {
  std::map<std::vector<uint32_t>, Entries> by_rows;
  for (Entry* entry : entries) {
    if (!entry->to.tied.empty()) by_rows[entry->to.tied].push_back(entry);
  }
  for (const auto& [rows, tied] : by_rows) {
    const Decision& first = decision_of(*tied.front());
    const bool alike = std::all_of(tied.begin(), tied.end(), [&](const Entry* entry) {
      const Decision& decision = decision_of(*entry);
      return std::tie(decision.state, decision.corrections, decision.note) ==
             std::tie(first.state, first.corrections, first.note);
    });
    if (!alike || tied.size() != rows.size()) continue;
    for (size_t i = 0; i < rows.size(); ++i) tied[i]->to = {.row = rows[i]};
  }
}

// What applied too, or is older. Not what was of another fact of the same text,
// where now only that one is.
bool Reviewer::is_superseded(const Entry& entry, const Entry& by) const {
  if (!entry.to.why && !entry.to.loose) return true;
  const ReviewedDocument& one = review_[entry.document];
  const ReviewedDocument& other = review_[by.document];
  return time_of(one) < time_of(other) && one.source_sha256 != other.source_sha256;
}

// The last decision that applies to a row holds, before any loose note; what is
// earlier is superseded, of whichever text it is.
void Reviewer::settle() {
  std::map<uint32_t, const Entry*> last;
  for (const Entry& entry : entries_) {
    if (entry.to.row == kNone || entry.to.why) continue;
    const Entry*& held = last[entry.to.row];
    if (held == nullptr || !entry.to.loose || held->to.loose) held = &entry;
  }
  for (const Entry& entry : entries_) {
    const auto found = last.find(entry.to.row);
    const Entry* held = found == last.end() ? nullptr : found->second;
    if (held == &entry) {
      apply(entry);
    } else if (held != nullptr && is_superseded(entry, *held)) {
      ++out_.superseded;
    } else if (!takes_back(decision_of(entry))) {
      leave(entry);
    }
  }
}

void Reviewer::leave(const Entry& entry) {
  const Obstacle why = entry.to.why.value_or(Obstacle::changed);
  out_.unapplied.push_back(
      {entry.document, entry.decision, why, entry.to.detail, why == Obstacle::changed ? entry.to.row : kNone});
  if (means_.forget && why != Obstacle::no_text) return;
  const ReviewedDocument& document = review_[entry.document];
  add_kept(document.document, document.source_sha256, document.exported, decision_of(entry));
}

void Reviewer::apply(const Entry& entry) {
  const Decision& decision = decision_of(entry);
  ++out_.applied;
  ReviewedRow& row = out_.rows[entry.to.row];
  row.state = decision.state;
  row.note = decision.note;
  for (const ReviewCell& correction : decision.corrections) {
    if (chooser_.cell(entry.to.row, correction.column) != correction.text) row.corrections.push_back(correction);
  }
  if (row.state == ReviewState::corrected && row.corrections.empty()) {
    row.state = ReviewState::accepted;
    ++out_.learned;
  }
  if (const std::string mistake = corrector_.follow(entry.to.row, row); !mistake.empty()) {
    const Span at = table_.figures[entry.to.row];
    out_.mistakes.push_back(review_[entry.document].document + ": " + decision.fact_id + " (" + decision.quote.exact +
                            " at " + std::to_string(at.begin) + "): correction of " + mistake);
  }
  if (!takes_back(decision)) keep_applied(entry);
}

// As of the present table: its document, id, place and cells.
void Reviewer::keep_applied(const Entry& entry) {
  const uint32_t row = entry.to.row;
  Decision now = decision_of(entry);
  now.fact_id = table_.cell(row, "fact_id");
  now.state = out_.rows[row].state;
  now.corrections = out_.rows[row].corrections;
  now.position = table_.figures[row];
  if (entry.quote) now.quote = *entry.quote;
  now.statement.clear();
  for (uint8_t column = 0; column < kCorrectableCount; ++column) {
    now.statement.push_back({column, std::string(chooser_.cell(row, column))});
  }
  add_kept(std::string(table_.cell(row, "document")), std::string(table_.cell(row, "source_sha256")),
           review_[entry.document].exported, std::move(now));
}

void Reviewer::add_kept(const std::string& document, const std::string& sha256, const std::string& exported,
                        Decision decision) {
  kept_[{document, exported, sha256}].push_back(std::move(decision));
}

Review Reviewer::kept() {
  Review kept;
  for (auto& [key, decisions] : kept_) {
    std::sort(decisions.begin(), decisions.end(), [](const Decision& a, const Decision& b) {
      return std::tie(a.position, a.fact_id) < std::tie(b.position, b.fact_id);
    });
    const auto& [document, exported, sha256] = key;
    kept.push_back({document, sha256, exported, std::move(decisions)});
  }
  return kept;
}

ReviewOutcome Reviewer::run() {
  out_.rows.resize(table_.rows());
  if (!table_fits()) return std::move(out_);
  collect();
  std::vector<Entries> of(documents_.all().size());
  for (Entry& entry : entries_) {
    if (const auto document = documents_.find(review_[entry.document])) {
      of[*document].push_back(&entry);
    } else {
      stop(entry, Obstacle::no_document);
    }
  }
  for (size_t i = 0; i < of.size(); ++i) find_in(documents_.all()[i], of[i]);
  settle();
  std::stable_sort(out_.unapplied.begin(), out_.unapplied.end(), [this](const auto& a, const auto& b) {
    const auto key = [this](const UnappliedDecision& left) {
      return std::tie(review_[left.document].document, review_[left.document].decisions[left.decision].position);
    };
    return key(a) < key(b);
  });
  out_.merged = kept();
  return std::move(out_);
}

}  // namespace

ReviewOutcome apply_review(const MetricsTable& table, const Review& review, const ReviewMeans& means) {
  return Reviewer(table, review, means).run();
}

}  // namespace jiyao
