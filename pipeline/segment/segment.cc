// cut() gives one piece of text for each block to be. A first pass over the
// pieces learns what only the whole document shows (who speaks, whether it is
// machine-made speech); a second gives each piece its kind.
#include "pipeline/segment/segment.h"

#include <utility>

#include "pipeline/segment/cut.h"
#include "pipeline/segment/heading.h"
#include "pipeline/segment/label.h"
#include "pipeline/segment/limit.h"
#include "pipeline/segment/marker.h"
#include "pipeline/segment/scan.h"
#include "pipeline/segment/sentence.h"

namespace jiyao {
namespace {

using namespace segmenting;

Draft draft_of(std::string_view text, const Piece& piece) {
  Draft d;
  d.final = piece.table != nullptr;  // no heading, and no speech
  if (piece.table != nullptr) return d;
  d.text = cut_out(text, piece.span);
  d.marker = marker_at(d.text);
  d.body = d.marker.size == 0 ? 0 : static_cast<uint32_t>(skip_spaces(d.text, d.marker.size));
  d.length = count_code_points(d.text);
  d.final = ends_sentence(d.text);
  d.after_blank = piece.after_blank;
  return d;
}

// "3:…?" before an answer: a question that only its number introduces.
uint32_t question_number(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && at < 3 && is_digit(static_cast<unsigned char>(text[at]))) ++at;
  return at > 0 && text.substr(at).starts_with(":") ? static_cast<uint32_t>(at + 1) : 0;
}

class Segmenting {
 public:
  explicit Segmenting(Document& document) : document_(document), text_(document.folded.text) {}

  void run() {
    const std::vector<TableLines> tables = find_tables(text_);
    const std::vector<Piece> pieces = cut(text_, tables);
    drafts_.reserve(pieces.size());
    for (const Piece& piece : pieces) drafts_.push_back(draft_of(text_, piece));
    find_labels();
    speech_ = is_speech(drafts_);
    for (size_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].table != nullptr) {
        add_table(*pieces[i].table);
      } else {
        add_block(i, pieces[i].span);
      }
    }
  }

 private:
  void find_labels() {
    for (const Draft& d : drafts_) dialogue_.note(d.text.substr(d.body));
    dialogue_.finish();
    for (Draft& d : drafts_) {
      if (d.marker.style == MarkerStyle::markdown) continue;
      d.label = dialogue_.label(d.text.substr(d.body));
      d.label.name = {d.label.name.begin + d.body, d.label.name.end + d.body};
      d.label.end += d.body;
    }
  }

  void add_block(size_t i, Span span) {
    const Draft& d = drafts_[i];
    Block b;
    b.span = span;
    b.section = outline_.section();
    if (d.label.kind != LabelKind::none) {
      make_turn(b, d);
    } else if (is_unlabelled_question(i)) {
      b.kind = BlockKind::turn;
      b.marker = within(span, {0, d.marker.size != 0 ? d.marker.size : question_number(d.text)});
      speaker_ = {};
    } else if (is_heading(drafts_, i, speech_, kind_before())) {
      make_heading(b, d, i == 0);
    } else {
      make_text(b, d);
    }
    if (b.kind != BlockKind::turn) b.lead = within(span, moved(lead_of(d.text.substr(d.body)), d.body));
    b.speaker = speaker_;
    add(std::move(b));
  }

  // Its cells are its sentences.
  void add_table(const TableLines& lines) {
    Table table;
    table.block = static_cast<uint32_t>(document_.blocks.size());
    Block b;
    b.kind = BlockKind::table;
    b.span = lines.span;
    b.section = outline_.section();
    b.speaker = speaker_;
    b.first_sentence = static_cast<uint32_t>(document_.sentences.size());
    for (const std::vector<Span>& cells : lines.rows) {
      std::vector<uint32_t>& row = table.rows.emplace_back();
      for (const Span cell : cells) {
        row.push_back(cell.empty() ? kNone : static_cast<uint32_t>(document_.sentences.size()));
        if (!cell.empty()) document_.sentences.push_back({cell, table.block});
      }
    }
    b.last_sentence = static_cast<uint32_t>(document_.sentences.size());
    document_.blocks.push_back(std::move(b));
    document_.tables.push_back(std::move(table));
  }

  void make_turn(Block& b, const Draft& d) {
    b.kind = BlockKind::turn;
    b.marker = trimmed(text_, within(b.span, {0, d.label.end}));
    speaker_ = within(b.span, d.label.name);
    if (d.label.kind != LabelKind::speaker) b.lead = speaker_;
    carried_ = d.label.kind != LabelKind::question || dialogue_.has_answers();
  }

  void make_heading(Block& b, const Draft& d, bool first) {
    b.kind = BlockKind::heading;
    b.marker = within(b.span, {0, d.marker.size});
    const bool title = first && d.marker.style == MarkerStyle::none;
    const Outline::Place place = outline_.open(d.marker, title, static_cast<uint32_t>(document_.blocks.size()));
    b.level = place.level;
    b.section = place.parent;
    speaker_ = {};
  }

  void make_text(Block& b, const Draft& d) {
    const bool item = d.marker.style != MarkerStyle::none && d.marker.style != MarkerStyle::part;
    b.kind = item ? BlockKind::list_item : BlockKind::paragraph;
    if (item) b.marker = within(b.span, {0, d.marker.size});
    if (!carried_) speaker_ = {};
  }

  bool is_unlabelled_question(size_t i) const {
    const Draft& d = drafts_[i];
    if (i + 1 == drafts_.size() || drafts_[i + 1].label.kind != LabelKind::answer) return false;
    if (d.marker.style == MarkerStyle::markdown) return false;
    return d.marker.style != MarkerStyle::none || question_number(d.text) != 0 || d.text.ends_with('?');
  }

  BlockKind kind_before() const {
    return document_.blocks.empty() ? BlockKind::paragraph : document_.blocks.back().kind;
  }

  void add(Block b) {
    whole_.clear();
    limited_.clear();
    add_sentences(text_, b.span, whole_);
    for (const Span span : whole_) add_limited(text_, span, limited_);
    b.first_sentence = static_cast<uint32_t>(document_.sentences.size());
    for (const Span span : limited_)
      document_.sentences.push_back({span, static_cast<uint32_t>(document_.blocks.size())});
    b.last_sentence = static_cast<uint32_t>(document_.sentences.size());
    document_.blocks.push_back(std::move(b));
  }

  static Span moved(Span span, uint32_t by) { return {span.begin + by, span.end + by}; }

  // From the offsets of a piece to those of the text; what is empty stays {0, 0}.
  static Span within(Span piece, Span part) { return part.empty() ? Span{} : moved(part, piece.begin); }

  Document& document_;
  std::string_view text_;
  std::vector<Draft> drafts_;
  Dialogue dialogue_;
  Outline outline_;
  std::vector<Span> whole_, limited_;  // of the block at hand: its sentences, and those cut to a bound
  Span speaker_;
  bool carried_ = false;  // the speaker's further paragraphs are theirs
  bool speech_ = false;
};

}  // namespace

Document segment(SourceText source, NormalizedText folded) {
  Document document;
  document.source = std::move(source);
  document.folded = std::move(folded);
  Segmenting(document).run();
  return document;
}

}  // namespace jiyao
