#include "pipeline/write/audit_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "pipeline/write/audit_html.h"

namespace jiyao {

namespace {

Span bytes(const Citation& at) { return {at.byte_start, at.byte_end}; }

// Writes the source piece by piece, each byte once and in order; opens and
// closes figures and marks lines where they come.
class TextWriter {
 public:
  TextWriter(std::string& out, const Document& document, const Extraction& extraction,
             const std::vector<AuditFigure>& figures)
      : out_(out), source_(document.source), extraction_(extraction), figures_(figures) {}

  uint32_t at() const { return at_; }

  // Up to `end`, inside the element that is open.
  void write(uint32_t end) {
    while (at_ < end) {
      mark_line("");
      const Span figure = next_figure();
      if (at_ >= figure.begin) open_figure();
      const uint32_t stop = std::min({end, next_line(), at_ < figure.begin ? figure.begin : figure.end});
      append_text(out_, std::string_view(source_.text).substr(at_, stop - at_));
      at_ = stop;
      if (at_ >= figure.end) close_figure();
    }
    suspend_figure();
  }

  // The same, for what lies between the cells of a table, which show it: tabs,
  // pipes, rules, spaces. Anything else is seen.
  void write_hidden(uint32_t end) {
    while (at_ < end) {
      const uint32_t stop = std::min(end, following_line());
      const std::string_view rule = std::string_view(source_.text).substr(at_, stop - at_);
      const bool is_seen = rule.find_first_not_of(" \t\r\n|-:=+") != rule.npos;
      mark_line(stop < end && !is_seen ? " hidden" : "");
      if (!is_seen) out_ += "<span class=v>";
      write(stop);
      if (!is_seen) out_ += "</span>";
    }
  }

  // Whether the span holds a figure that is a fact.
  bool has_fact(Span span) const {
    auto figure = std::lower_bound(figures_.begin(), figures_.end(), span.begin,
                                   [](const AuditFigure& f, uint32_t begin) { return f.at.byte_start < begin; });
    for (; figure != figures_.end() && figure->at.byte_start < span.end; ++figure) {
      if (figure->row->kind == LedgerClass::fact) return true;
    }
    return false;
  }

 private:
  uint32_t line_start(size_t line) const {
    return line < source_.line_bytes.size() ? source_.line_bytes[line] : static_cast<uint32_t>(source_.text.size());
  }
  uint32_t next_line() const { return line_ < source_.line_bytes.size() ? source_.line_bytes[line_] : UINT32_MAX; }
  // The first line start behind the place reached.
  uint32_t following_line() const { return next_line() > at_ ? next_line() : line_start(line_ + 1); }

  void mark_line(std::string_view more) {
    if (at_ != next_line()) return;
    ++line_;
    out_ += fmt::format("<i class=n id=L{0} data-n={0}{1}></i>", line_, more);
  }

  Span next_figure() const {
    return figure_ < figures_.size() ? bytes(figures_[figure_].at) : Span{UINT32_MAX, UINT32_MAX};
  }

  void open_figure() {
    if (opened_) return;
    const AuditFigure& figure = figures_[figure_];
    opened_ = true;
    is_fact_ = figure.row->kind == LedgerClass::fact && !figure.row->facts.empty() &&
               figure.row->facts.front() < extraction_.facts.size();
    out_ += fmt::format("<{} class={}", is_fact_ ? "a" : "span", figure_class(figure.row->kind));
    // A figure that is cut in two by the end of a block has its id once.
    if (at_ == figure.at.byte_start) out_ += " id=" + figure_id(figure.at);
    if (is_fact_) {
      append_attribute(out_, "href", "#" + extraction_.facts[figure.row->facts.front()].id);
      if (figure.row->facts.size() > 1) append_attribute(out_, "data-x", std::to_string(figure.row->facts.size()));
    } else {
      append_attribute(out_, "title", figure.row->meaning);
      append_attribute(out_, "data-r", figure.row->rule);
    }
    out_ += '>';
  }

  void suspend_figure() {
    if (!opened_) return;
    out_ += is_fact_ ? "</a>" : "</span>";
    opened_ = false;
  }

  void close_figure() {
    suspend_figure();
    ++figure_;
  }

  std::string& out_;
  const SourceText& source_;
  const Extraction& extraction_;
  const std::vector<AuditFigure>& figures_;
  uint32_t at_ = 0;
  size_t line_ = 0;
  size_t figure_ = 0;
  bool opened_ = false;
  bool is_fact_ = false;
};

// The blocks, in their elements.
class BlockWriter {
 public:
  BlockWriter(std::string& out, const Document& document, TextWriter& text)
      : out_(out), document_(document), source_(document.source.text), text_(text) {}

  void write_all() {
    const auto& blocks = document_.blocks;
    size_t table = 0;
    for (uint32_t i = 0; i < blocks.size(); ++i) {
      while (table < document_.tables.size() && document_.tables[table].block < i) ++table;
      const bool is_table = table < document_.tables.size() && document_.tables[table].block == i;
      const uint32_t begin = std::max(source_span(blocks[i].span).begin, text_.at());
      start_piece(blocks[i].kind == BlockKind::list_item);
      write_gap(begin);
      write_block(i, is_table ? &document_.tables[table] : nullptr);
    }
    start_piece(false);
    const auto end = static_cast<uint32_t>(source_.size());
    write_gap(end);
    if (text_.at() < end) {
      out_ += "<p class=b>";
      text_.write(end);
      out_ += "</p>";
    }
    end_piece();
  }

 private:
  Span source_span(Span folded) const { return bytes(cite(document_.source, document_.folded, folded)); }

  // Bytes of the source in one piece: some screens full.
  static constexpr uint32_t kPiece = 4000;

  void start_piece(bool list_item) {
    if (in_list_ && !list_item) {
      out_ += "</ul>";
      in_list_ = false;
    }
    if (!in_piece_ || text_.at() - piece_begin_ > kPiece) {
      end_piece();
      out_ += "<section class=k>";
      in_piece_ = true;
      piece_begin_ = text_.at();
    }
    if (list_item && !in_list_) {
      out_ += "<ul>";
      in_list_ = true;
    }
  }

  void end_piece() {
    if (in_list_) out_ += "</ul>";
    if (in_piece_) out_ += "</section>";
    in_list_ = in_piece_ = false;
  }

  // The lines between two blocks; what stands before the block in its own line
  // is left to the block.
  void write_gap(uint32_t end) {
    const std::string_view gap = source_.substr(text_.at(), end - text_.at());
    const size_t last = gap.rfind('\n');
    if (last == gap.npos) return;
    const uint32_t to = text_.at() + static_cast<uint32_t>(last) + 1;
    const std::string_view tag = in_list_ ? "li" : "div";
    while (text_.at() < to) {
      const auto line = static_cast<uint32_t>(source_.find('\n', text_.at())) + 1;
      out_ += fmt::format("<{} class=\"b g\"{}>", tag, in_list_ ? " role=none" : "");
      text_.write(line);
      out_ += fmt::format("</{}>", tag);
    }
  }

  // Up to the end of the block's line, if only white space follows there.
  uint32_t line_end(uint32_t end) const {
    const size_t stop = source_.find_first_not_of(" \t\r\v\f", end);
    if (stop == source_.npos) return static_cast<uint32_t>(source_.size());
    return source_[stop] == '\n' ? static_cast<uint32_t>(stop) + 1 : end;
  }

  void write_block(uint32_t index, const Table* table) {
    const Block& block = document_.blocks[index];
    const uint32_t end = line_end(std::max(source_span(block.span).end, text_.at()));
    const int level = std::clamp(block.level + 1, 2, 6);
    switch (block.kind) {
      case BlockKind::heading:
        out_ += fmt::format("<h{} class=b>", level);
        break;
      case BlockKind::list_item:
        out_ += "<li class=b>";
        break;
      case BlockKind::turn:
        out_ += "<p class=\"b t\">";
        break;
      case BlockKind::table:
        out_ += "<div class=\"b x\">";
        break;
      case BlockKind::paragraph:
        out_ += "<p class=b>";
    }
    if (table == nullptr || !write_table(*table, end)) write_labelled(block, end);
    constexpr std::array<const char*, 5> kClose = {"", "</li>", "</p>", "</p>", "</div>"};
    out_ += block.kind == BlockKind::heading ? fmt::format("</h{}>", level) : kClose[static_cast<size_t>(block.kind)];
  }

  void write_labelled(const Block& block, uint32_t end) {
    const auto part = [&](Span folded, std::string_view tag) {
      if (folded.empty() || !block.span.contains(folded)) return;
      const Span span = source_span(folded);
      if (span.begin < text_.at() || span.end > end) return;
      text_.write(span.begin);
      out_ += fmt::format("<b class={}>", tag);
      text_.write(span.end);
      out_ += "</b>";
    };
    if (block.kind != BlockKind::heading) {
      part(block.marker, "m");
      part(block.kind == BlockKind::turn && !block.speaker.empty() ? block.speaker : block.lead, "w");
    }
    text_.write(end);
  }

  Span cell_span(uint32_t sentence) const {
    return sentence < document_.sentences.size() ? source_span(document_.sentences[sentence].span) : Span{};
  }

  // False if it has no cell: then it is text.
  bool write_table(const Table& table, uint32_t end) {
    const auto filled = [&](const auto& row) {
      return std::any_of(row.begin(), row.end(), [&](uint32_t cell) { return !cell_span(cell).empty(); });
    };
    const auto last = std::find_if(table.rows.rbegin(), table.rows.rend(), filled);
    if (last == table.rows.rend()) return false;
    const auto stop = last.base();
    out_ += "<table>";
    for (auto row = table.rows.begin(); row != table.rows.end(); ++row) {
      const bool head = row == table.rows.begin() && std::none_of(row->begin(), row->end(), [&](uint32_t cell) {
                          return text_.has_fact(cell_span(cell));
                        });
      out_ += "<tr>";
      for (size_t column = 0; column < row->size(); ++column) {
        const Span cell = cell_span((*row)[column]);
        const bool of_row = column == 0 && !head && !cell.empty() && !text_.has_fact(cell);
        out_ += head ? "<th scope=col>" : of_row ? "<th scope=row>" : "<td>";
        if (!cell.empty()) {
          text_.write_hidden(std::min(std::max(cell.begin, text_.at()), end));
          text_.write(std::min(std::max(cell.end, text_.at()), end));
        }
        const bool is_last =
            row + 1 == stop && std::all_of(row->begin() + static_cast<std::ptrdiff_t>(column) + 1, row->end(),
                                           [&](uint32_t c) { return cell_span(c).empty(); });
        if (is_last && !cell.empty()) text_.write_hidden(end);
        out_ += head || of_row ? "</th>" : "</td>";
      }
      out_ += "</tr>";
    }
    out_ += "</table>";
    return true;
  }

  std::string& out_;
  const Document& document_;
  std::string_view source_;
  TextWriter& text_;
  bool in_piece_ = false;
  bool in_list_ = false;
  uint32_t piece_begin_ = 0;
};

}  // namespace

std::vector<AuditFigure> audit_figures(const Document& document, const Extraction& extraction) {
  std::vector<AuditFigure> figures;
  figures.reserve(extraction.ledger.size());
  for (const LedgerRow& row : extraction.ledger) {
    Citation at = cite(document.source, document.folded, row.figure);
    // Two may share a character of the source that stands for several.
    if (!figures.empty()) at.byte_start = std::max(at.byte_start, figures.back().at.byte_end);
    if (at.byte_start < at.byte_end) figures.push_back({at, &row});
  }
  return figures;
}

std::string figure_id(const Citation& at) { return fmt::format("c{}-{}", at.char_start, at.char_end); }

const char* figure_class(LedgerClass kind) {
  constexpr std::array<const char*, 6> kClasses = {"f", "p", "o", "d", "q", "u"};
  return kClasses[static_cast<size_t>(kind)];
}

void append_audit_text(std::string& out, const Document& document, const Extraction& extraction,
                       const std::vector<AuditFigure>& figures) {
  if (document.source.text.empty()) return;
  TextWriter text(out, document, extraction, figures);
  BlockWriter(out, document, text).write_all();
}

const char* script_of(const Document& document) {
  size_t han = 0;
  size_t changed = 0;
  for (const Block& block : document.blocks) {
    const std::string_view source = cited_text(document.source, document.folded, block.span);
    const std::string_view folded = std::string_view(document.folded.text).substr(block.span.begin, block.span.size());
    if (source.size() != folded.size()) continue;
    for (size_t i = 0; i + 2 < source.size(); ++i) {
      const auto lead = static_cast<unsigned char>(source[i]);
      if (lead < 0xE4 || lead > 0xE9) continue;
      ++han;
      changed += source.substr(i, 3) != folded.substr(i, 3);
    }
  }
  return changed * 20 > han ? "zh-Hant" : "zh-Hans";
}

}  // namespace jiyao
