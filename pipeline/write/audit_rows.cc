#include "pipeline/write/audit_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "pipeline/write/audit_html.h"

namespace jiyao {

namespace {

// Digits in groups of three: -126,900,000,000.25.
std::string grouped(const Decimal& value) {
  std::string text = value.to_string();
  const size_t first = text.starts_with('-') ? 1 : 0;
  size_t at = std::min(text.find('.'), text.size());
  while (at > first + 3) text.insert(at -= 3, 1, ',');
  return text;
}

std::string value_of(const Fact& fact) {
  if (fact.value) return grouped(*fact.value);
  std::string text = fact.low ? grouped(*fact.low) : "";
  text += " – ";
  return text + (fact.high ? grouped(*fact.high) : "");
}

std::string joined(const std::vector<std::string>& ids) { return fmt::format("{}", fmt::join(ids, ";")); }

std::string iso(Date date) { return date.year == 0 ? std::string() : date.iso(); }

// What has no element.
void append_attributes(std::string& out, const Fact& fact, const DocumentContext& usual) {
  append_attribute(out, "data-m", fact.metric);
  append_attribute(out, "data-b", name(fact.basis));
  if (fact.status != Status::actual) append_attribute(out, "data-s", name(fact.status));
  append_attribute(out, "data-q", name(fact.qualifier));
  if (fact.company != usual.company || fact.ticker != usual.ticker) {
    out += " data-other";
    append_attribute(out, "data-k", fact.company);
    append_attribute(out, "data-t", fact.ticker);
  }
  append_attribute(out, "data-o", fact.base);
  if (!fact.period.empty()) {
    append_attribute(out, "data-ps", iso(fact.period.start.year == 0 ? fact.period.end : fact.period.start));
    append_attribute(out, "data-pe", iso(fact.period.end));
  }
  if (fact.low) append_attribute(out, "data-lo", fact.low->to_string());
  if (fact.high) append_attribute(out, "data-hi", fact.high->to_string());
  append_attribute(out, "data-d", std::to_string(fact.decimals));
  append_attribute(out, "data-r", joined(fact.rules));
}

// Whose figure, of what: the segment is marked inside the subject if it is part of it.
void append_words(std::string& out, const Fact& fact, const DocumentContext& usual) {
  out += "<span class=g>";
  if (fact.company != usual.company) append_element(out, "span", "co", fact.company);
  const size_t at = fact.segment.empty() ? std::string::npos : fact.subject.find(fact.segment);
  if (at == std::string::npos) append_element(out, "span", "sg", fact.segment);
  if (!fact.subject.empty()) {
    const size_t behind = at == std::string::npos ? 0 : at + fact.segment.size();
    out += "<span class=j>";
    if (behind > 0) {
      append_text(out, std::string_view(fact.subject).substr(0, at));
      append_element(out, "span", "sg", fact.segment);
    }
    append_text(out, std::string_view(fact.subject).substr(behind));
    out += "</span>";
  }
  out += "</span> ";
}

void append_row(std::string& out, const Document& document, const Fact& fact, const DocumentContext& usual) {
  const Citation at = cite(document.source, document.folded, fact.figure);
  out += "<div class=r role=listitem";
  append_attribute(out, "id", fact.id);
  append_attributes(out, fact, usual);
  out += "><a class=c";
  append_attribute(out, "href", "#" + figure_id(at));
  out += '>';
  append_text(out, at.text);
  out += fmt::format("</a> <span class=l>{}</span>", at.line);
  const auto cell = [&](std::string_view css_class, std::string_view text) {
    append_element(out, "span", css_class, text);
    if (!text.empty()) out += ' ';
  };
  out += ' ';
  cell("m", fact.metric == "other" && !fact.subject.empty() ? fact.subject : fact.metric_en);
  append_words(out, fact, usual);
  cell("p", fact.period.empty() ? std::string() : fact.period.text());
  out += fmt::format("<span class=b>{} ", name(fact.basis));
  if (fact.status != Status::actual) cell("s", name(fact.status));
  out += fmt::format("</span><span class=v>{} ", value_of(fact));
  cell("u", fact.unit);
  out += "</span>";
  for (const std::string& id : fact.findings) {
    out += " <a class=w";
    append_attribute(out, "href", "#finding-" + id);
    out += ">!</a>";
  }
  out += "</div>";
}

// Code points of context on each side of an unresolved figure.
constexpr size_t kAround = 20;

// Of its line, at most kAround code points before and behind the figure.
std::pair<std::string_view, std::string_view> around(std::string_view source, const Citation& at) {
  const auto continued = [&](size_t i) { return (static_cast<unsigned char>(source[i]) & 0xC0) == 0x80; };
  size_t begin = at.byte_start;
  for (size_t n = 0; n < kAround && begin > 0 && source[begin - 1] != '\n'; ++n) {
    do --begin;
    while (begin > 0 && continued(begin));
  }
  size_t end = at.byte_end;
  for (size_t n = 0; n < kAround && end < source.size() && source[end] != '\n' && source[end] != '\r'; ++n) {
    do ++end;
    while (end < source.size() && continued(end));
  }
  return {source.substr(begin, at.byte_start - begin), source.substr(at.byte_end, end - at.byte_end)};
}

}  // namespace

// Rows in one piece, which the browser may leave out while it is not seen.
constexpr size_t kPiece = 25;

void append_audit_rows(std::string& out, const Document& document, const Extraction& extraction) {
  for (size_t i = 0; i < extraction.facts.size(); ++i) {
    if (i % kPiece == 0) out += i == 0 ? "<div class=k role=none>" : "</div>\n<div class=k role=none>";
    append_row(out, document, extraction.facts[i], extraction.context);
  }
  if (!extraction.facts.empty()) out += "</div>";
}

void append_unresolved(std::string& out, const Document& document, const std::vector<AuditFigure>& figures) {
  for (const AuditFigure& figure : figures) {
    if (figure.row->kind != LedgerClass::unresolved) continue;
    const auto [before, behind] = around(document.source.text, figure.at);
    out += fmt::format("<li><a href=\"#{}\"><span class=l>{}</span> ", figure_id(figure.at), figure.at.line);
    append_text(out, before);
    out += "<b>";
    append_text(out, figure.at.text);
    out += "</b>";
    append_text(out, behind);
    out += "</a>";
    append_element(out, "span", "y", figure.row->meaning);
    out += "</li>\n";
  }
}

void append_audit_findings(std::string& out, const std::vector<FindingRow>& findings, std::string_view document) {
  for (const FindingRow& finding : findings) {
    const bool here = document.empty() || finding.document == document;
    const char* severity = finding.severity == Severity::contradiction ? "contradiction" : "suspicious";
    out += fmt::format("<li class={}", severity);
    append_attribute(out, "id", "finding-" + finding.id);
    append_attribute(out, "data-check", finding.check);
    append_attribute(out, "data-document", finding.document);
    append_attribute(out, "data-stated", finding.stated);
    append_attribute(out, "data-low", finding.computed_low);
    append_attribute(out, "data-high", finding.computed_high);
    out += fmt::format("><p class=h><b class=y>{}</b> ", severity);
    append_element(out, "span", "ck", finding.check);
    out +=
        here ? fmt::format(" <a class=at href=\"#c{}-{}\">", finding.char_start, finding.char_end) : " <span class=at>";
    if (!here) append_text(out, finding.document + ":");
    out += fmt::format("<span class=l>{}</span>{}</p>", finding.line, here ? "</a>" : "</span>");
    for (const auto& [lang, message] : {std::pair{"en", &finding.message_en}, std::pair{"zh", &finding.message_zh}}) {
      out += fmt::format("<p class=y lang={}>", lang);
      append_text(out, *message);
      out += "</p>";
    }
    out += "<p class=o>";
    for (const std::string& id : finding.fact_ids) {
      out += "<a";
      append_attribute(out, "href", "#" + id);
      out += '>';
      append_text(out, id);
      out += "</a> ";
    }
    out += "</p></li>\n";
  }
}

}  // namespace jiyao
