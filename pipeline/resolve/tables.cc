// Tables: what a cell states is told by the labels of its row and its column,
// the caption above, and their units and periods.
#include <algorithm>

#include "pipeline/resolve/fact_id.h"
#include "pipeline/resolve/state.h"
#include "pipeline/resolve/table_grid.h"
#include "pipeline/resolve/words.h"

namespace jiyao {
namespace {

constexpr const char* kRule = "table-cell";
constexpr uint32_t kLongestCaption = 120;  // bytes

std::optional<Basis> basis_named(std::string_view name) {
  const auto it = std::find(kBasisNames.begin(), kBasisNames.end(), name);
  if (it == kBasisNames.end()) return std::nullopt;
  return static_cast<Basis>(it - kBasisNames.begin());
}

// 同比(%), 营收增长率, 增速.
bool says_rate(std::string_view label) {
  constexpr auto kBegins = std::to_array<std::string_view>({"同比", "环比", "按年", "按季", "年增", "季增"});
  constexpr auto kHolds =
      std::to_array<std::string_view>({"%", "率", "幅", "增速", "增减", "变化", "同比", "环比", "增长"});
  return starts_with_any(label, kBegins) || has_any(label, kHolds);
}

}  // namespace

// What a label says of the cells beside or below it.
struct DocumentResolver::TableLabel {
  Span text;
  Topic topic;
  Period period;
  std::optional<UnitLabel> unit;
  std::optional<Basis> basis;
  bool total = false;            // 合计: of all, no segment
  bool amount = false;           // 增减额: a change in the table's own unit
  std::optional<Status> status;  // 预估, 2025E: another's forecast; 指引, 目标: the company's own

  // Where this label is silent, the other speaks.
  void fill_from(const TableLabel& other) {
    if (topic.metric == kNone && other.topic.metric != kNone) topic = other.topic;
    if (text.empty()) text = other.text;
    if (period.empty()) period = other.period;
    if (!unit) unit = other.unit;
    if (!basis) basis = other.basis;
    amount = amount || other.amount;
    if (!status) status = other.status;
  }
};

// 减:营业支出(1), 电缆（万元）, 溢利/(亏损)(港仙): the name in a label, without what
// comes before a colon and without brackets behind.
Span DocumentResolver::name_in(Span label) const {
  const std::string_view words = text(label);
  const size_t colon = words.find(':');
  if (colon != std::string_view::npos && colon + 1 < words.size() && colon <= 9)
    label.begin += static_cast<uint32_t>(colon + 1);
  while (text(label).ends_with(')') || text(label).ends_with('/') || text(label).ends_with(' ')) {
    const size_t bracket = text(label).ends_with(')') ? text(label).rfind('(') : text(label).size() - 1;
    if (bracket == 0 || bracket == std::string_view::npos) break;
    label.end = label.begin + static_cast<uint32_t>(bracket);
  }
  return label;
}

// 溢利/(亏损): what stands in brackets is its other sign, no name of its own.
uint32_t DocumentResolver::end_of_name(Span label) const {
  const size_t other_sign = text(label).find("/(");
  return other_sign == 0 || other_sign == std::string_view::npos ? label.end
                                                                 : label.begin + static_cast<uint32_t>(other_sign);
}

// Opens the cell, so that its periods and numbers have their rows, and reads it.
DocumentResolver::TableLabel DocumentResolver::table_label(uint32_t sentence) {
  TableLabel label = words_of(sentence);
  // 2024年与2023年比较: of the later.
  for (uint32_t i = first_; i < last_; ++i)
    if (mentions_.all[i].kind == MentionKind::period && periods_[i - first_].period.end > label.period.end)
      label.period = periods_[i - first_].period;
  if (const Period bare = bare_period(text(label.text)); !bare.empty()) {
    label.period = bare;
    if (text(label.text).find_first_of("EFef") != std::string_view::npos) label.status = Status::estimate;
  }
  return label;
}

// What the words of a sentence say, whatever has been made of it.
DocumentResolver::TableLabel DocumentResolver::words_of(uint32_t sentence) const {
  TableLabel label;
  label.text = document_.sentences[sentence].span;
  const uint32_t first = mentions_.sentence_begin[sentence];
  const uint32_t last = mentions_.sentence_begin[sentence + 1];
  const Span marker = document_.blocks[document_.sentences[sentence].block].marker;
  label.topic = topic_before({document_.folded.text, mentions_, classes_, first, last},
                             std::max(label.text.begin, marker.end), end_of_name(label.text), {});
  label.unit = units_.find(text(label.text));
  label.amount = text(label.text).find("额") != std::string_view::npos;
  for (uint32_t i = first; i < last; ++i) {
    const Mention& m = mentions_.all[i];
    if (m.kind != MentionKind::word) continue;
    const bool item = text({m.span.end, label.text.end}).starts_with(":");  // 减:营业支出
    if (const std::string* basis = classes_.attribute(m, "basis"); basis && !label.basis && !item)
      label.basis = basis_named(*basis);
    label.total = label.total || classes_.attribute(m, "total");
    if (!label.status && classes_.part(m) == Part::guidance) {
      const std::string* status = classes_.attribute(m, "status");
      label.status = status && *status == "target"  ? Status::target
                     : classes_.attribute(m, "own") ? Status::guidance
                                                    : Status::estimate;
    }
  }
  return label;
}

// The short lines right above the table.
DocumentResolver::TableLabel DocumentResolver::caption_of(const Table& table) const {
  TableLabel caption;
  uint32_t sentence = document_.blocks[table.block].first_sentence;
  for (int steps = 0; steps < 3 && sentence-- > 0; ++steps) {
    const Span line = document_.sentences[sentence].span;
    if (line.size() > kLongestCaption || document_.blocks[document_.sentences[sentence].block].kind == BlockKind::table)
      break;
    TableLabel above = words_of(sentence);
    if (!above.unit) above.unit = units_.read(text(line));  // 人民币百万元，百分比除外
    caption.fill_from(above);
  }
  caption.basis.reset();
  caption.period = chain_.period;
  return caption;
}

// The labels of the columns: those of several header rows laid over each other;
// an empty cell above is spanned by the one to its left.
std::vector<DocumentResolver::TableLabel> DocumentResolver::column_labels(const Table& table, size_t rows) {
  size_t width = 0;
  for (size_t r = 0; r < rows; ++r) width = std::max(width, table.rows[r].size());
  std::vector<TableLabel> columns(width);
  for (size_t r = 0; r < rows; ++r) {
    TableLabel spanning;
    for (size_t c = 0; c < width; ++c) {
      const uint32_t cell = c < table.rows[r].size() ? table.rows[r][c] : kNone;
      TableLabel label = spanning;
      if (cell != kNone) {
        open(cell);
        label = table_label(cell);
        account_for_cell({});
      }
      if (r + 1 < rows && c > 0) spanning = label;
      // A change beside the columns of two years is of the later, whatever spans it.
      const bool change = r + 1 == rows && label.basis && is_change_basis(*label.basis) && label.period.empty();
      label.fill_from(columns[c]);
      if (change) label.period = {};
      columns[c] = std::move(label);
    }
  }
  // 月营收, 年增率: a change without a name is of what stands to its left.
  for (size_t c = 1; c < width; ++c)
    if (columns[c].basis && columns[c].topic.metric == kNone) columns[c].topic = columns[c - 1].topic;
  return columns;
}

// True of statements, most of whose rows are 营业收入, 净利润, …: there the caption's
// metric is not that of a row which names none that is known.
bool DocumentResolver::rows_name_metrics(const Table& table, size_t header, size_t labels) const {
  size_t named = 0;
  for (size_t r = header; r < table.rows.size(); ++r) {
    const auto names_metric = [&](uint32_t cell) {
      if (cell == kNone) return false;
      const TableLabel label = words_of(cell);
      return label.topic.metric != kNone && !label.total;
    };
    const auto& row = table.rows[r];
    const auto end = row.begin() + static_cast<std::ptrdiff_t>(std::min(labels, row.size()));
    named += std::any_of(row.begin(), end, names_metric);
  }
  return named * 2 > table.rows.size() - header;
}

// Rows set in below one with a metric, and 其中:, are parts of what it measures.
bool DocumentResolver::is_part_row(const TableLabel& row, const TableLabel& above) const {
  if (row.topic.metric != kNone || above.topic.metric == kNone || row.text.empty()) return false;
  return text(row.text).starts_with("其中") || indent(row.text) > indent(above.text);
}

// Bytes of white space between the beginning of the line and the label.
uint32_t DocumentResolver::indent(Span label) const {
  const std::string_view folded = document_.folded.text;
  uint32_t at = label.begin;
  while (at > 0 && folded[at - 1] == ' ') --at;
  return at == 0 || folded[at - 1] == '\n' ? label.begin - at : 0;
}

void DocumentResolver::table(const Table& table) {
  begin_block(document_.blocks[table.block].first_sentence);
  TableLabel caption = caption_of(table);
  const TableGrid grid(document_, table);
  const size_t header = grid.header_rows();
  const size_t labels = grid.label_columns(header);
  std::vector<TableLabel> columns = column_labels(table, header);
  if (!columns.empty()) {
    if (columns.front().unit) caption.unit = columns.front().unit;
    if (!caption.status) caption.status = columns.front().status;
  }
  if (rows_name_metrics(table, header, labels)) caption.topic = {};
  Period latest;
  for (size_t c = labels; c < columns.size(); ++c)
    if (latest.empty() || columns[c].period.end > latest.end) latest = columns[c].period;
  if (latest.empty()) latest = caption.period;
  TableLabel above;  // the last row with a metric
  for (size_t r = header; r < table.rows.size(); ++r) {
    TableLabel row;
    TableLabel of = caption;
    for (size_t c = 0; c < table.rows[r].size(); ++c) {
      const uint32_t cell = table.rows[r][c];
      if (cell == kNone) continue;
      if (c >= labels && !grid.is_value(r, c)) {
        sentence(cell);  // words, which say themselves what their figures are
        continue;
      }
      open(cell);
      if (c < labels) {
        TableLabel label = table_label(cell);
        account_for_cell({});
        if (c > 0 && !label.unit) label.unit = units_.read(text(label.text));  // a column of units
        label.fill_from(row);
        row = std::move(label);
        // 营业收入合计: of the rows that follow too.
        if (row.total && row.topic.metric != kNone) caption.topic = row.topic;
        if (row.topic.metric != kNone) above = row;
        of = caption;
        if (is_part_row(row, above)) of.topic = above.topic;
        continue;
      }
      TableLabel column = c < columns.size() ? columns[c] : TableLabel{};
      if (column.period.empty() && row.period.empty()) column.period = latest;
      table_cell(cell, row, column, of);
    }
  }
}

// The figures of a cell, and its rows in the ledger.
void DocumentResolver::table_cell(uint32_t cell, const TableLabel& row, const TableLabel& column,
                                  const TableLabel& caption) {
  const Span span = document_.sentences[cell].span;
  std::vector<std::pair<Span, Figure>> figures;
  std::vector<MentionKind> kinds;
  for (const CellNumber& n : numbers_in(document_.folded.text, span)) {
    Figure f;
    f.value = n.value;
    f.decimals = n.decimals;
    f.explicit_sign = n.sign;
    figures.emplace_back(n.span, f);
    kinds.push_back(MentionKind::bare);
  }
  if (figures.empty())
    for (uint32_t i = first_; i < last_; ++i)
      if (is_figure(mentions_.all[i].kind)) {
        figures.emplace_back(mentions_.all[i].span, mentions_.figures[mentions_.all[i].payload]);
        Qualifier& qualifier = figures.back().second.qualifier;
        if (qualifier != Qualifier::range) qualifier = claims_[i - first_].qualifier.value_or(qualifier);
        kinds.push_back(mentions_.all[i].kind);
      }
  std::vector<Span> spans;
  for (size_t i = 0; i < figures.size(); ++i) {
    spans.push_back(figures[i].first);
    LedgerRow ledger;
    ledger.figure = figures[i].first;
    ledger.rule = kRule;
    if (const auto fact = table_fact(cell, figures[i].first, figures[i].second, kinds[i], row, column, caption)) {
      ledger.kind = LedgerClass::fact;
      ledger.facts.push_back(static_cast<uint32_t>(out_.facts.size()));
      out_.facts.push_back(*fact);
    } else {
      ledger.meaning = "a cell of a table whose labels do not say what it measures, or in which unit";
    }
    out_.ledger.push_back(std::move(ledger));
  }
  account_for_cell(spans);
}

// The unit of a number without one: its column's, its row's, the table's, else
// what its metric is usually stated in. False if nothing tells it.
bool DocumentResolver::complete_unit(Figure& figure, MentionKind& kind, const Metric* about, Basis basis,
                                     const TableLabel& row, const TableLabel& column, const TableLabel& caption) const {
  // 融资成本 287 among amounts of money is one, 拨备覆盖率 287 is none.
  static constexpr auto rates = std::to_array<std::string_view>({"率", "比", "%"});
  const bool paid = caption.unit && caption.unit->kind == MentionKind::money && Decimal(100) < *figure.value &&
                    !ends_with_any(text(row.text), rates);
  const bool ratio = about && !paid && (about->ratio || about->unit_kind == "percent");
  std::optional<UnitLabel> unit = column.unit ? column.unit : row.unit;
  // 增减 of whole numbers is an amount if the table has a unit, else a rate.
  const bool amount = column.amount || (caption.unit && figure.decimals == 0);
  const bool rate = basis == Basis::share || (is_change_basis(basis) && !amount) || ratio;
  if (!unit && rate) unit = UnitLabel{MentionKind::percent, "%", 0};
  if (!unit) unit = caption.unit;
  if (!unit && about && (about->unit_kind == "money" || about->unit_kind == "per_share"))
    unit = UnitLabel{MentionKind::money, "", 0};
  if (!unit && about && about->unit_kind == "multiple") unit = UnitLabel{MentionKind::multiple, "x", 0};
  if (!unit) return false;
  int power = unit->power;
  if (about && about->unit_kind == "per_share" && power > 0 && !column.unit) power = 0;
  kind = unit->kind;
  figure.unit = unit->unit.empty() && kind == MentionKind::money ? known_.context.currency : unit->unit;
  if (power != 0) {
    figure.value = figure.value->scaled(power);
    figure.decimals -= power;
  }
  return true;
}

std::optional<Fact> DocumentResolver::table_fact(uint32_t cell, Span span, Figure figure, MentionKind kind,
                                                 const TableLabel& row, const TableLabel& column,
                                                 const TableLabel& caption) const {
  // 贷款 | 利息收入: the column is what is measured, the row what it is limited to.
  const bool by_column = column.topic.metric != kNone &&
                         (row.topic.metric == kNone || (!column.basis && column.topic.metric != row.topic.metric));
  const bool own = !by_column && row.topic.metric != kNone;
  // A column that names something itself (平均余额) is not of the caption's metric.
  const bool of_caption = !own && !by_column && (column.topic.empty() || column.amount);
  // 净利差 above a table in 百万元: the amounts that explain it.
  const Metric* above = metric(caption.topic);
  const bool misfit = above && (above->ratio || above->unit_kind == "percent") && caption.unit && !column.unit &&
                      caption.unit->kind != MentionKind::percent;
  const Topic& topic = own ? row.topic : by_column ? column.topic : of_caption && !misfit ? caption.topic : row.topic;
  const Metric* about = metric(topic);
  // 公允价值变动, 高升基金: a row is of changes only if its label says that of a rate.
  const bool rates = row.basis && (kind != MentionKind::bare || row.amount || says_rate(text(row.text)));
  Basis basis = column.basis ? *column.basis : rates ? *row.basis : Basis::level;
  if (kind == MentionKind::points && basis == Basis::level) basis = Basis::yoy;
  if (kind == MentionKind::bare && !figure.value) return std::nullopt;
  if (kind == MentionKind::bare && !complete_unit(figure, kind, about, basis, row, column, caption))
    return std::nullopt;
  if (figure.plain_currency || (kind == MentionKind::money && figure.unit.empty()))
    figure.unit = known_.context.currency;
  const bool named = !row.text.empty() && row.period.empty() && !row.total;  // of a thing, not of a time
  const Span label = named ? name_in(row.text) : Span{};
  if (!about && label.empty()) return std::nullopt;
  Fact f;
  f.figure = span;
  f.sentence = cell;
  f.company = known_.context.company;
  f.ticker = known_.context.ticker;
  const Span words = own || by_column || label.empty() ? topic.phrase : label;
  name_metric(f, about, words);
  f.subject = source(words);
  f.segment = source(own ? row.topic.segment : label.empty() ? topic.segment : label);
  f.period = !column.period.empty() ? column.period : !row.period.empty() ? row.period : caption.period;
  if (f.period.empty()) f.period = known_.context.period;
  f.basis = basis;
  f.value = figure.value;
  f.low = figure.low;
  f.high = figure.high;
  f.decimals = figure.decimals;
  f.unit = figure.unit;
  f.qualifier = figure.qualifier;
  for (const TableLabel* said : {&caption, &row, &column})
    if (said->status) f.status = *said->status;
  at_point_in_time(f, about, words, kind);
  f.rules.emplace_back(kRule);
  const Span place = document_.folded.map.to_source(span);
  f.id = fact_id(document_.source.document, place.begin, place.end, 0);
  return f;
}

// Every other number of the cell, so that each digit has a row.
void DocumentResolver::account_for_cell(const std::vector<Span>& taken) {
  for (uint32_t i = first_; i < last_; ++i) {
    const Mention& m = mentions_.all[i];
    const bool in_figure = std::any_of(taken.begin(), taken.end(), [&](Span s) { return s.overlaps(m.span); });
    if (!in_figure && !states_unit(i)) account_for(m, false);
  }
  sort_rows();
}

}  // namespace jiyao
