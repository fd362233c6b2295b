// The audit pages as HTML: that they hold the source to the letter, that what
// they link to is there, and that nothing of a document becomes more than text.
#include "pipeline/write/audit.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "pipeline/write/audit_html.h"
#include "pipeline/write/audit_sources.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

std::string page_of(const Extracted& from) {
  return audit_page_begin(from.document, from.extraction) + audit_page_end({}, from.document.source.document);
}

std::string between(const std::string& text, const std::string& from, const std::string& to, size_t start = 0) {
  const size_t begin = text.find(from, start);
  if (begin == std::string::npos) return {};
  const size_t end = text.find(to, begin + from.size());
  return text.substr(begin + from.size(), end - begin - from.size());
}

std::string utf8(uint32_t c) {
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    if (c >= 0x10000) out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(c < 0x10000 ? 0xE0 | (c >> 12) : 0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

std::string decoded(std::string_view reference) {
  static const std::map<std::string, std::string, std::less<>> kNamed = {{"lt", "<"},    {"gt", ">"},  {"amp", "&"},
                                                                         {"quot", "\""}, {"#39", "'"}, {"#13", "\r"}};
  const auto found = kNamed.find(reference);
  return found != kNamed.end() ? found->second : "?" + std::string(reference) + "?";
}

// What a browser would take for the text of well-formed `html`, with the marks
// of hidden characters turned back; checks on its way that all elements nest.
std::string text_content(const std::string& html) {
  static const std::set<std::string> kVoid = {"input", "meta"};
  std::string text;
  std::vector<std::string> open;
  for (size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      const size_t end = html.find('>', at);
      const std::string tag = html.substr(at + 1, end - at - 1);
      const std::string name = tag.substr(tag[0] == '/', tag.find_first_of(" \n", 1) - (tag[0] == '/'));
      at = end + 1;
      if (tag == "i class=z") {
        const size_t close = html.find("</i>", at);
        text += utf8(static_cast<uint32_t>(std::stoul(html.substr(at + 2, close - at - 2), nullptr, 16)));
        at = close + 4;
      } else if (tag[0] == '/') {
        EXPECT_FALSE(open.empty()) << tag;
        if (open.empty()) return text;
        EXPECT_EQ(open.back(), name);
        open.pop_back();
      } else if (!kVoid.contains(name)) {
        open.push_back(name);
      }
    } else if (html[at] == '&') {
      const size_t end = html.find(';', at);
      text += decoded(std::string_view(html).substr(at + 1, end - at - 1));
      at = end + 1;
    } else {
      text += html[at++];
    }
  }
  EXPECT_TRUE(open.empty()) << open.size() << " elements left open";
  return text;
}

std::string left_half(const std::string& page) {
  const size_t begin = page.find("<div class=\"text\" id=\"text\"");
  return between(page, ">", "</div>\n  <p class=\"nothing\"", begin);
}

void expect_source_to_the_letter(const std::string& text) {
  const Extracted from = support::extracted(text);
  EXPECT_EQ(text_content(left_half(page_of(from))), text);
}

TEST(Audit, HoldsTheSourceToTheLetter) {
  for (const auto& file : support::text_files(support::root() / "corpus")) {
    SCOPED_TRACE(file.filename());
    expect_source_to_the_letter(support::contents(file));
  }
}

TEST(Audit, LosesNoCharacterOfStrangeText) {
  for (const char* text :
       {"", "\n", "  \n\n\t\n", "沒有換行的收入12億元", "\r\n收入12億元\r\n\r\n  增長5%  \r\n", "老式\r換行\r收入3億元",
        "<script>alert(1)</script>收入<b>12億元</b>&lt;&amp;", "</style></div></section>\"'`收入12億元",
        "收入\u202e12億元\u202c，\u2066同比\u2069增長\u200f5%\u200e。", "頁\f分\v收入\u00a012億元\u00ad\u200b。\ufeff",
        "\u0085收入\u0080 1億元\u2028下\u2029段", "𠮷野家收入１２億元①②㎡",
        "項目\t2024年\t2023年\n收入\t12\t10\n利潤\t\t3\n",
        "| 項目 | 2024年 |\n|---|---|\n| 收入（億元） | 12 |\n|  | 10 |\n",
        "主持人：好。\n- 收入12億元\n- 利潤3億元\n\n  - 毛利率30%\n# 標題 2024年\n"}) {
    SCOPED_TRACE(text);
    expect_source_to_the_letter(text);
  }
}

// Every id once; every #fragment leads to one.
void expect_whole_links(const std::string& page) {
  const std::string body = page.substr(0, page.rfind("<script>"));
  std::set<std::string> ids;
  static const std::regex kId(" id=\"?([^\" >]+)");
  for (std::sregex_iterator it(body.begin(), body.end(), kId), end; it != end; ++it) {
    EXPECT_TRUE(ids.insert((*it)[1]).second) << (*it)[1];
  }
  static const std::regex kHref("href=\"#([^\"]+)\"");
  for (std::sregex_iterator it(body.begin(), body.end(), kHref), end; it != end; ++it) {
    EXPECT_TRUE(ids.contains((*it)[1])) << (*it)[1];
  }
}

std::vector<FindingRow> findings_of(const Extracted& from) {
  std::vector<FindingRow> rows;
  for (const Finding& finding : from.extraction.findings) {
    FindingRow row;
    row.id = finding.id;
    row.document = from.document.source.document;
    const Citation at = cite(from.document.source, from.document.folded, finding.at);
    row.char_start = at.char_start;
    row.char_end = at.char_end;
    for (const uint32_t fact : finding.facts) row.fact_ids.push_back(from.extraction.facts[fact].id);
    rows.push_back(row);
  }
  return rows;
}

TEST(Audit, LinksLeadSomewhere) {
  for (const auto& file : support::text_files(support::root() / "corpus")) {
    SCOPED_TRACE(file.filename());
    const Extracted from = support::extracted(support::contents(file));
    const std::string page =
        audit_page_begin(from.document, from.extraction) + audit_page_end(findings_of(from), "test.txt");
    expect_whole_links(page);
    for (const Fact& fact : from.extraction.facts) {
      EXPECT_NE(page.find("id=\"" + fact.id + "\""), std::string::npos) << fact.id;
    }
  }
}

TEST(Audit, EveryFigureHasItsClass) {
  const Extracted from =
      support::extracted("2024年第四季度營收354億元，同比增長8.7%。\n1、股份代號01024.HK，一起看。\n");
  const std::string text = left_half(page_of(from));
  EXPECT_NE(text.find("<a class=f id=c11-16 href=\"#f-"), std::string::npos) << text;
  EXPECT_NE(text.find("<span class=p id=c0-9 title=\"2024Q4\""), std::string::npos) << text;
  EXPECT_NE(text.find("<span class=d "), std::string::npos) << text;
  EXPECT_NE(text.find("<i class=n id=L2 data-n=2></i>"), std::string::npos) << text;
}

TEST(Audit, TablesAreTables) {
  const Extracted from =
      support::extracted("項目\t2024年\t2023年\n營業收入（億元）\t12.5\t10.5\n淨利潤（億元）\t\t3.1\n");
  const std::string text = left_half(page_of(from));
  ASSERT_NE(text.find("<table><tr><th scope=col>"), std::string::npos) << text;
  EXPECT_NE(text.find("<th scope=row>"), std::string::npos);
  EXPECT_NE(text.find("<td></td>"), std::string::npos);
  EXPECT_NE(text.find("<span class=v>\t</span>"), std::string::npos);
}

TEST(Audit, SeveralFactsOfOneFigureAreSeveralRows) {
  const Extracted from = support::extracted("2024年第四季度，DAU和MAU分別同比增長5%。\n");
  ASSERT_EQ(from.extraction.facts.size(), 2u);
  const std::string page = page_of(from);
  EXPECT_NE(page.find(" data-x=\"2\">5%</a>"), std::string::npos);
  for (const Fact& fact : from.extraction.facts) {
    EXPECT_NE(page.find("<div class=r role=listitem id=\"" + fact.id + "\""), std::string::npos);
  }
}

// The policy allows the style and the scripts that are there, by their hashes,
// and nothing else.
TEST(Audit, PolicyAllowsWhatIsThere) {
  const auto hash = [](const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    std::array<unsigned char, 128> base64 = {};
    const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
    return "'sha256-" + std::string(base64.begin(), base64.begin() + length) + "'";
  };
  for (const std::string& page : {page_of(support::extracted("營收12億元。")), audit_index({})}) {
    const std::string policy = between(page, "Content-Security-Policy\" content=\"", "\"");
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_TRUE(policy.starts_with("default-src 'none'; base-uri 'none'; form-action 'none'; ")) << policy;
    EXPECT_NE(policy.find(hash(between(page, "<style>", "</style>"))), std::string::npos);
    EXPECT_NE(policy.find(hash(between(page, "<script>", "</script>"))), std::string::npos);
    EXPECT_NE(policy.find(hash(between(page, "<script>", "</script>", page.rfind("<script>")))), std::string::npos);
    EXPECT_FALSE(std::regex_search(page.substr(0, page.rfind("<script>")), std::regex("<[^>]* (on\\w+|style)=")));
  }
}

TEST(Audit, SourcesAskNothingOfAnyServer) {
  for (const AuditSource& source : embedded_audit()) {
    for (const char* word : {"innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch(", "XMLHttp",
                             "WebSocket", "sendBeacon", "@import", "url(", "src="}) {
      EXPECT_EQ(source.text.find(word), std::string::npos) << source.name << ": " << word;
    }
    if (source.name.ends_with(".html")) continue;
    EXPECT_EQ(source.text.find("</"), std::string::npos) << source.name;
  }
}

TEST(Audit, NothingBecomesMoreThanText) {
  const std::string evil = "\"><script>x</script>\u202e";
  DocumentContext context;
  context.company = evil;
  Extracted from = support::extracted("營收12億元，同比增長5%。", context, evil);
  ASSERT_FALSE(from.extraction.facts.empty());
  Fact& fact = from.extraction.facts.front();
  fact.id = fact.metric = fact.metric_en = fact.subject = fact.segment = fact.base = fact.unit = fact.company = evil;
  fact.rules = {evil};
  from.extraction.ledger.front().meaning = evil;
  FindingRow finding;
  finding.id = finding.check = finding.document = finding.message_en = finding.stated = finding.computed_low = evil;
  finding.fact_ids = {evil};
  AuditEntry entry;
  entry.document = entry.page = entry.company = entry.source_sha256 = evil;
  const std::string page = audit_page_begin(from.document, from.extraction) + audit_page_end({finding}, evil);
  for (const std::string& html : {page, audit_index({entry})}) {
    EXPECT_EQ(html.find("<script>x"), std::string::npos);
    EXPECT_EQ(html.find("\u202e"), std::string::npos);
    EXPECT_NE(html.find("&lt;script&gt;x"), std::string::npos);
  }
  const std::string data = between(page, "id=\"data\">", "</script>");
  EXPECT_EQ(data.find('<'), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(data)["document"], evil);
}

TEST(Audit, IllFormedBytesAreReplaced) {
  std::string out;
  append_text(out, "a\xFFz\xE4\xBD|\xED\xA0\x80|\xF4\x90\x80\x80|\xC0\x80");
  const std::string r = "\uFFFD";
  EXPECT_EQ(out, "a" + r + "z" + r + r + "|" + r + r + r + "|" + r + r + r + r + "|" + r + r);
}

TEST(Audit, FindingsOfOtherDocumentsHaveNoPlaceHere) {
  FindingRow finding;
  finding.id = "f-1";
  finding.check = "restated";
  finding.document = "b.txt";
  finding.line = 7;
  finding.char_start = 3;
  finding.char_end = 5;
  EXPECT_EQ(audit_page_end({finding}, "a.txt").find("#c3-5"), std::string::npos);
  EXPECT_NE(audit_page_end({finding}, "a.txt").find("b.txt:<span class=l>7</span>"), std::string::npos);
  EXPECT_NE(audit_page_end({finding}, "b.txt").find("href=\"#c3-5\""), std::string::npos);
}

TEST(Audit, IndexNamesPagesAsUrls) {
  AuditEntry entry;
  entry.document = "年報/a#1?.txt";
  entry.page = "年報 a#1?%.html";
  entry.facts = 3;
  const std::string index = audit_index({entry});
  EXPECT_NE(index.find("href=\"./%E5%B9%B4%E5%A0%B1%20a%231%3F%25.html\""), std::string::npos);
  EXPECT_NE(index.find("<td class=facts>3</td>"), std::string::npos);
}

std::string source_named(const std::string& name) {
  for (const AuditSource& source : embedded_audit()) {
    if (source.name == name) return source.text;
  }
  ADD_FAILURE() << name;
  return {};
}

// Each label in three languages, and each that is asked for is there.
TEST(Audit, LabelsAreThere) {
  const std::string labels = source_named("labels.js");
  std::set<std::string> known;
  static const std::regex kLabel("\n  \"?([\\w.]+)\"?: \\[(.*)\\],(?=\n)");
  static const std::regex kText("\"(?:[^\"\\\\]|\\\\.)+\"");
  for (std::sregex_iterator it(labels.begin(), labels.end(), kLabel), end; it != end; ++it) {
    known.insert((*it)[1]);
    const std::string texts = (*it)[2];
    EXPECT_EQ(std::distance(std::sregex_iterator(texts.begin(), texts.end(), kText), {}), 3) << (*it)[1];
  }
  EXPECT_GT(known.size(), 100u);
  static const std::regex kUse("data-w(?:-\\w+)?=\"(\\w+)\"|say\\(\"([\\w.]+)\"[,)]|\\[\"(key_\\w+)\"");
  for (const AuditSource& source : embedded_audit()) {
    for (std::sregex_iterator it(source.text.begin(), source.text.end(), kUse), end; it != end; ++it) {
      const std::string key = (*it)[1].str() + (*it)[2].str() + (*it)[3].str();
      EXPECT_TRUE(key.ends_with('.') || known.contains(key)) << source.name << ": " << key;
    }
  }
}

// The labels of metrics, character by character, are what OpenCC makes of them
// (but for 為, of which it takes the older form).
TEST(Audit, MetricsHaveTraditionalLabels) {
  std::map<std::string, std::string> pairs;
  const std::string words = between(source_named("words.js"), "`", "`");
  for (const std::string& line : support::split(words, '\n')) {
    for (const std::string& pair : support::split(line, ' ')) {
      if (pair.size() == 6) pairs[pair.substr(0, 3)] = pair.substr(3);
    }
  }
  for (const Metric& metric : support::line().rules.metrics) {
    std::string made;
    for (size_t at = 0; at < metric.zh.size();) {
      const size_t size = static_cast<unsigned char>(metric.zh[at]) < 0x80 ? 1 : 3;
      const std::string one = metric.zh.substr(at, size);
      made += pairs.contains(one) ? pairs[one] : one;
      at += size;
    }
    EXPECT_EQ(support::to_traditional(made), support::to_traditional(metric.zh)) << metric.zh;
    EXPECT_EQ(support::to_simplified(made), metric.zh);
  }
}

}  // namespace
}  // namespace jiyao
