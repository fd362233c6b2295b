// What one document's resolution carries from sentence to sentence, and the
// work on one sentence.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"
#include "pipeline/model/mention.h"
#include "pipeline/model/quantity.h"
#include "pipeline/model/rules.h"
#include "pipeline/resolve/classes.h"
#include "pipeline/resolve/context.h"
#include "pipeline/resolve/relations.h"
#include "pipeline/resolve/subject.h"
#include "pipeline/resolve/unit_label.h"
#include "pipeline/resolve/view.h"

namespace jiyao {

// How far the work on a figure looks back: enough for any prose, and a bound
// for a text that is one endless sentence.
constexpr uint32_t kLookBack = 256;   // mentions
constexpr uint32_t kFewClauses = 24;  // clauses or figures

inline bool is_change_kind(MentionKind k) {
  return k == MentionKind::percent || k == MentionKind::points || k == MentionKind::multiple;
}
inline bool is_change_basis(Basis b) {
  return b == Basis::yoy || b == Basis::qoq || b == Basis::mom || b == Basis::change;
}

// Context that a clause leaves out, as Chinese does: the topic last spoken of,
// the period at hand, the segment of the heading, the company.
struct Chain {
  Topic topic;
  Period period;        // of the paragraph; empty: the report's own
  Period outlook;       // past the report, for forecasts that go on
  Period instant;       // the day that what was owned or owed was told of, for more of it
  bool ahead = false;   // the outlook was named later than the period
  std::string company;  // of the paragraph; empty: the document's
  Span segment;         // of the sentence or the block's label
  uint32_t segment_sentence = kNone;
  uint32_t block = kNone;
  std::string count_unit;  // of the last count of a known metric, and that metric
  uint32_t count_metric = kNone;
  uint32_t section = kNone;
  uint32_t period_block = kNone;      // that named the period, or the outlook
  uint32_t answer_block = kNone;      // that answers a question on it
  uint32_t lead_block = kNone;        // where the period led a sentence
  Status announced = Status::actual;  // of what follows: 财务指引如下
  uint32_t announced_at = kNone;      // sentence
  uint32_t announced_item = kNone;    // the last block of the list
  bool announced_list = false;        // the items of a list; else the next line of speech
  uint32_t share_metric = kNone;      // of a breakdown that was announced: the metric it breaks down
  uint32_t shares_at = kNone;         // sentence that announced it
  std::vector<Topic> parts;           // of the section, in their order: what its amounts were stated of
  std::vector<Topic> asked;           // what a question asked for, one after another
  uint32_t asked_at = kNone;          // sentence
};

// A figure on its way to a fact.
struct Candidate {
  uint32_t mention = kNone;
  uint32_t clause = 0;
  std::vector<Topic> topics;  // one fact each
  Period period;
  Period base_period;
  std::string company;
  Basis basis = Basis::level;
  Status status = Status::actual;
  bool listed = false;  // continues a list of figures of one kind
  const Claim* claim = nullptr;
};

class DocumentResolver {
 public:
  DocumentResolver(const Document& document, const Mentions& mentions, const RuleSet& rules, const Classes& classes,
                   const Relations& relations, const UnitLabels& units, const DocumentContext& given);
  Extraction run();
  std::vector<Quantity> quantities();

 private:
  bool open(uint32_t index);
  void sentence(uint32_t index);
  void remember_periods(uint32_t sentence);
  Quantity quantity_of(Span span, MentionKind kind, const Figure& figure, Qualifier qualifier) const;
  Quantity quantity_of(const Mention& m, const Claim& claim) const;
  Quantity quantity_of(const Mention& m, const LedgerRow& row) const;
  Period section_period(uint32_t heading) const;
  void remember_title(const Block& block);
  Span business_label(const Block& block) const;
  Span heading_part(const Block& block) const;
  bool says_shares(Span sentence) const;
  bool is_open(uint32_t index) const;
  bool answers(uint32_t index) const;
  bool goes_on_below(const Block& block) const;
  void begin_block(uint32_t index);
  bool passes_on(uint32_t mention) const;
  void pass_on(uint32_t index);
  void go_on_with_list(uint32_t mention, PeriodExpression& e);
  std::optional<PeriodExpression> in_context(PeriodExpression e, const Period& named, uint32_t mention) const;
  bool goes_on(const Mention& m, const PeriodExpression& e) const;
  Period whole_years(const PeriodExpression& e, bool back) const;
  bool is_outlook_sentence() const;
  bool looks_ahead(uint32_t mention) const;
  bool is_aside(uint32_t mention, const Period& period, const Period& at_hand) const;
  bool is_same_part(uint32_t mention, const Period& year, const Period& at_hand) const;
  bool is_last_year_again(uint32_t mention, const Period& period, const Period& at_hand) const;
  bool is_part_aside(uint32_t mention, const Period& at_hand) const;
  bool figure_follows(uint32_t mention) const;
  void resolve_periods();
  void announce_shares(uint32_t clause);
  uint32_t broken_down(Span said, uint32_t first, uint32_t last) const;
  void remember_parts();
  void remember_question(uint32_t sentence);
  std::vector<Topic> parts_before(size_t candidate) const;
  std::vector<Topic> parts_counted(size_t candidate, size_t count) const;
  void consider(uint32_t mention, uint32_t& from);
  bool is_beside_another(uint32_t period) const;
  bool speaks_of(const Candidate& c, uint32_t period) const;
  bool is_day_of(const Candidate& c, uint32_t period) const;
  bool is_near(const Candidate& c, uint32_t period) const;
  uint32_t period_before(const Candidate& c) const;
  uint32_t period_behind(const Candidate& c) const;
  bool is_of_now(const Candidate& c) const;
  Period unnamed_period(const Candidate& c) const;
  Period period_spoken_of(const Candidate& c) const;
  Period opening(const Candidate& c) const;
  Period day_of_speaking(const Candidate& c) const;
  bool is_revised(const Candidate& c) const;
  Period interim(const Candidate& c, const Period& at) const;
  Period years_compounded(const Candidate& c, const Period& at) const;
  uint32_t clause_at(uint32_t at) const;  // index of the clause at a byte
  uint32_t look_back(uint32_t mention) const { return mention - first_ > kLookBack ? mention - kLookBack : first_; }
  bool is_mere_number(const Mention& m) const;
  bool states_unit(uint32_t mention) const;
  void speak_of_company(Span name);
  std::vector<Span> companies_in(Span part) const;
  bool names_joined(Span before, Span after) const;
  void distribute_companies();
  void find_several_companies();
  void own_figures(Candidate& c) const;
  void collect(uint32_t sentence);
  void find_topic(Candidate& c, uint32_t from);
  bool is_reason(const Clause& clause) const;
  Topic metric_within(uint32_t clause) const;
  Topic metric_spoken_of(const Candidate& c) const;
  bool counts_alike(const Candidate& c, const Topic& spoken_of) const;
  void attach_metric(const Candidate& c, Topic& topic) const;
  Span name_of(const Topic& said) const;
  void attach_metric_spoken_of(const Candidate& c, Topic& topic) const;
  void strip_company(Topic& topic) const;
  void specify_profit(const Candidate& c, Topic& topic) const;
  void apply_verb_metric(const Candidate& c, uint32_t from, Topic& topic) const;
  bool is_stake(const Topic& topic) const;
  size_t pairs_from(size_t candidate) const;
  std::vector<Topic> of_same_segments(const std::vector<Topic>& last, const Topic& own, const Clause& clause) const;
  std::vector<Topic> with_shared_head(const Topic& last, size_t count) const;
  void share_ratio(const Candidate& first, std::vector<Topic>& topics) const;
  std::vector<Topic> joined_at(const Clause& clause, const Topic& last, size_t count) const;
  std::vector<Topic> joined_before(size_t candidate, size_t count) const;
  void add_chain_metric(size_t candidate, std::vector<Topic>& topics) const;
  size_t end_of_list(size_t candidate) const;
  std::vector<Topic> topics_of_list(size_t candidate, size_t count, bool each, const std::vector<Topic>& last) const;
  bool is_here(const Candidate& c) const;
  bool differ_in_basis(size_t from, size_t to) const;
  void distribute();
  int step_of(const Candidate& c, uint32_t from) const;
  void distribute_years_and_rest(size_t from, size_t to);
  void distribute_spans();
  void distribute_periods();
  void repeat_periods();
  void with_share_word(const Candidate& c, Topic& topic) const;
  uint32_t base_metric(const Candidate& c) const;
  void complete_in_brackets(const Candidate& c, Topic& topic) const;
  void cut_at_metric(Topic& topic) const;
  bool includes(uint32_t figure) const;
  bool is_thing(const Topic& behind) const;
  bool is_company(const Topic& topic) const;
  Span company_group(uint32_t mention) const;
  void name_share(const Candidate& c, Topic& topic) const;
  bool is_own_name(Span name) const;
  bool own_company(Candidate& c, Span owner);
  bool begins_with_verb(uint32_t clause) const;
  Span spoken_of_before(const Candidate& c) const;
  Topic spoken_of_last(const Candidate& c) const;
  bool is_total(uint32_t figure, const Topic& of) const;
  Topic rest_named_behind(const Candidate& c, uint32_t from) const;
  bool is_announced_ratio(const Candidate& c, const Topic& ratio) const;
  bool limit_counted(const Candidate& c, Topic& topic) const;
  Topic topic_of_earlier_clause(const Candidate& c) const;
  bool part_is_over(Span part, const Topic& t) const;
  void find_segment(Candidate& c, Topic& t, uint32_t sentence);
  bool is_stated(const Candidate& c) const;
  Basis default_basis(const Candidate& c) const;
  void decide_basis(Candidate& c, const Candidate* previous);
  bool is_market_move(const Candidate& c) const;
  bool is_of_week(const Candidate& c) const;
  bool is_month_on_month(const Candidate& c) const;
  bool is_by_analysts() const;
  bool is_speech() const;
  bool is_reported(uint32_t guidance) const;
  bool is_own_word(uint32_t guidance, bool among_others) const;
  bool is_expected_by_others(uint32_t figure) const;
  void announce(uint32_t index);
  bool is_announced(uint32_t index) const;
  bool speaks_of_past(uint32_t figure) const;
  bool others_in_sentence(uint32_t figure) const;
  bool is_yardstick(const Mention& guidance) const;
  bool is_year_before(uint32_t period) const;
  bool is_compared(const Mention& period) const;
  bool is_to_come(uint32_t verb) const;
  Status outlook_in(uint32_t word) const;
  uint32_t outlook_of(uint32_t figure) const;
  bool others_speak(uint32_t figure);
  bool ends_outlook(uint32_t from, uint32_t to) const;
  void decide_status(Candidate& c);
  void look_ahead(Candidate& c) const;
  const Candidate* compared_with(const Candidate& c) const;
  void decide_period(Candidate& c, const Candidate* previous);
  std::string unit_of_bare(const Mention& m, const Topic& topic, std::string_view metric_id) const;
  void emit(const Candidate& c, uint32_t sentence);
  const Candidate& signed_in_list(const Candidate& c) const;
  bool falls_for_the_better(const Candidate& c) const;
  Fact make_fact(const Candidate& c, const Topic& topic, Basis basis, uint32_t sentence) const;
  void add_ledger(LedgerClass kind, const Mention& m, std::string meaning);
  void account_for(const Mention& m, bool in_marker);
  void ledger_rest(const Block& block);
  void sort_rows();
  void at_point_in_time(Fact& f, const Metric* about, Span words, MentionKind kind) const;
  void find_trade();
  bool names_index(const Candidate& c, const Topic& topic) const;
  std::string specific_metric(const Candidate& c, const Topic& topic, const Metric& about) const;
  std::string metric_of(const Candidate& c, const Topic& topic, Basis basis) const;
  void name_metric(Fact& f, const Metric* about, Span words) const;

  struct TableLabel;
  void table(const Table& table);
  void table_quantities(const Table& lines, std::vector<Quantity>& quantities);
  TableLabel words_of(uint32_t sentence) const;
  bool is_part_row(const TableLabel& row, const TableLabel& above) const;
  uint32_t indent(Span label) const;
  Span name_in(Span label) const;
  uint32_t end_of_name(Span label) const;
  bool rows_name_metrics(const Table& table, size_t header, size_t labels) const;
  TableLabel table_label(uint32_t sentence);
  TableLabel caption_of(const Table& table) const;
  std::vector<TableLabel> column_labels(const Table& table, size_t rows);
  void table_cell(uint32_t cell, const TableLabel& row, const TableLabel& column, const TableLabel& caption);
  std::optional<Fact> table_fact(uint32_t cell, Span span, Figure figure, MentionKind kind, const TableLabel& row,
                                 const TableLabel& column, const TableLabel& caption) const;
  bool complete_unit(Figure& figure, MentionKind& kind, const Metric* about, Basis basis, const TableLabel& row,
                     const TableLabel& column, const TableLabel& caption) const;
  void account_for_cell(const std::vector<Span>& taken);
  bool is_list_separator(uint32_t from, uint32_t to) const;
  Scope scope() const { return {document_.folded.text, mentions_, classes_, first_, last_}; }
  std::string source(Span folded) const;
  std::string_view text(Span s) const { return std::string_view(document_.folded.text).substr(s.begin, s.size()); }
  const Metric* metric_named(std::string_view id) const;
  uint32_t metric_index(std::string_view id) const;
  const Metric* metric(const Topic& t) const { return t.metric == kNone ? nullptr : &rules_.metrics[t.metric]; }

  const Document& document_;
  const Mentions& mentions_;
  const RuleSet& rules_;
  const Classes& classes_;
  const Relations& relations_;
  const UnitLabels& units_;
  const DocumentContext& given_;
  Known known_;
  const std::vector<Span>& named_;  // companies that have their codes in the text, wherever they are named
  bool several_named_ = false;      // they are at least two
  size_t next_named_ = 0;           // the first of them that no sentence has come to
  bool others_speak_ = false;       // a broker or a bank was named, and the company has not spoken since
  bool is_speech_ = false;          // the company speaks for itself
  bool is_developer_ = false;       // of property
  bool is_bank_ = false;
  bool by_analysts_ = false;  // a broker's note: what is expected is its own forecast
  Chain chain_;
  Topic before_sentence_;       // the chain's topic when the sentence began
  int outlook_distance_ = 100;  // sentences since a word, or time, of outlook
  size_t ledger_begin_ = 0;     // the sentence's rows begin here
  bool continues_ = false;      // the sentence goes on with it
  bool runs_on_ = false;        // the sentence before did not come to an end, or is a question that this answers
  bool announced_ = false;      // the sentence is of what was announced
  std::map<uint32_t, Period> heading_periods_;  // by block
  std::string titled_company_;                  // of several, the one that the last title names
  Extraction out_;

  // Of the sentence at hand.
  View view_;
  std::vector<Claim> claims_;
  std::vector<Clause> clauses_;
  std::vector<Candidate> candidates_;
  struct PeriodAt {
    Period dates;              // those of a length of time too
    Period period;             // that a figure may be of
    bool taken = false;        // by a comparison
    bool chains = false;       // a period that later clauses are about too
    bool comparative = false;  // the year before the one the sentence is about
    bool ahead = false;        // past the report: an outlook, not what the next sentence is about
    bool leads = false;        // no figure of the sentence stands before it
    bool aside = false;        // a part of what the text is about (单季, 其中第四季度): of its own sentence
  };
  std::vector<PeriodAt> periods_;  // by mention - first
  Span owner_;                     // another company that the sentence gave figures of
  std::string before_owner_;       // the company spoken of when it did
  PeriodExpression listed_;        // the last one, with what it had from the list it stands in
  uint32_t first_ = 0, last_ = 0;
};

}  // namespace jiyao
