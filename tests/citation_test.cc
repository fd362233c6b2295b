// The promise of the tables: cutting the decoded text at the offsets gives the
// figure to the letter, lines and columns are right, and every digit is
// accounted for. Read back from the CSV as a user's program would.
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "pipeline/read/csv_rows.h"
#include "pipeline/write/write.h"
#include "tests/support/corpus.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;

using Row = std::map<std::string, std::string>;  // column → cell

std::vector<Row> table(const std::string& header, const std::string& rows) {
  const std::string text = header.substr(3) + rows;  // without the byte order mark
  const auto parsed = read_csv(text, CsvKind::comma);
  std::vector<Row> all;
  if (const auto* error = std::get_if<CsvError>(&parsed)) {
    ADD_FAILURE() << "line " << error->place.line << ": " << error->message;
    return all;
  }
  const auto& lines = std::get<std::vector<CsvRow>>(parsed);
  for (size_t i = 1; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].size(), lines[0].size());
    Row& row = all.emplace_back();
    for (size_t c = 0; c < lines[i].size() && c < lines[0].size(); ++c) row[lines[0][c].text] = lines[i][c].text;
  }
  return all;
}

uint32_t number(const Row& row, const char* column) {
  const std::string& cell = row.at(column);
  return cell.empty() ? UINT32_MAX : static_cast<uint32_t>(std::stoul(cell));
}

// The text, code point by code point, counted by ICU and not by the program.
struct CodePoints {
  std::vector<uint32_t> bytes;  // where each begins, and the end
  std::vector<UChar32> values;
  std::vector<uint32_t> line, column;

  explicit CodePoints(const std::string& text) {
    const auto* data = reinterpret_cast<const uint8_t*>(text.data());
    const auto size = static_cast<int32_t>(text.size());
    uint32_t l = 1, c = 1;
    for (int32_t at = 0; at < size;) {
      UChar32 value = 0;
      bytes.push_back(static_cast<uint32_t>(at));
      U8_NEXT(data, at, size, value);
      values.push_back(value);
      line.push_back(l);
      column.push_back(c);
      l += value == '\n';
      c = value == '\n' ? 1 : c + 1;
    }
    bytes.push_back(static_cast<uint32_t>(size));
  }
};

void expect_cited(const Row& row, const std::string& text, const CodePoints& points) {
  const std::string& figure = row.at("figure");
  const uint32_t from = number(row, "char_start"), to = number(row, "char_end");
  const uint32_t begin = number(row, "byte_start"), end = number(row, "byte_end");
  ASSERT_TRUE(from < to && to < points.bytes.size()) << figure;
  ASSERT_TRUE(begin < end && end <= text.size()) << figure;
  EXPECT_EQ(text.substr(begin, end - begin), figure);
  EXPECT_EQ(points.bytes[from], begin) << figure;
  EXPECT_EQ(points.bytes[to], end) << figure;
  EXPECT_EQ(number(row, "line"), points.line[from]) << figure;
  EXPECT_EQ(number(row, "column"), points.column[from]) << figure;
}

bool is_digit(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_DECIMAL_DIGIT_NUMBER || type == U_OTHER_NUMBER;
}

void expect_accounted(const std::vector<Row>& ledger, const CodePoints& points) {
  std::vector<bool> covered(points.values.size());
  uint32_t last = 0;
  for (const Row& row : ledger) {
    const uint32_t from = number(row, "char_start");
    EXPECT_GE(from, last) << "rows of the ledger overlap at " << row.at("figure");
    last = number(row, "char_end");
    for (uint32_t i = from; i < last && i < covered.size(); ++i) covered[i] = true;
  }
  for (size_t i = 0; i < covered.size(); ++i) {
    EXPECT_TRUE(covered[i] || !is_digit(points.values[i]))
        << fmt::format("line {}, column {}: U+{:04X} in no row", points.line[i], points.column[i],
                       static_cast<uint32_t>(points.values[i]));
  }
}

// Facts and ledger name each other.
void expect_linked(const std::vector<Row>& metrics, const std::vector<Row>& ledger) {
  std::map<std::string, const Row*> row_of;
  for (const Row& row : ledger) {
    EXPECT_EQ(row.at("class") == "fact", !row.at("fact_ids").empty());
    if (row.at("class") != "fact") continue;
    for (const std::string& id : support::split(row.at("fact_ids"), ';')) row_of[id] = &row;
  }
  EXPECT_EQ(row_of.size(), metrics.size()) << "fact ids are not unique";
  for (const Row& row : metrics) {
    const auto found = row_of.find(row.at("fact_id"));
    ASSERT_NE(found, row_of.end()) << row.at("figure") << " is not in the ledger";
    EXPECT_EQ(found->second->at("char_start"), row.at("char_start"));
    EXPECT_EQ(found->second->at("char_end"), row.at("char_end"));
    EXPECT_NE(row.at("quote").find(row.at("figure")), std::string::npos);
  }
}

void expect_kept(const std::string& text, const DocumentContext& context = {}) {
  const Extracted done = support::extracted(text, context);
  const std::string& decoded = done.document.source.text;
  const auto metrics = table(metrics_header(), metrics_rows(done.document, done.extraction));
  const auto ledger = table(ledger_header(), ledger_rows(done.document, done.extraction));
  const CodePoints points(decoded);
  for (const Row& row : metrics) expect_cited(row, decoded, points);
  for (const Row& row : ledger) expect_cited(row, decoded, points);
  expect_accounted(ledger, points);
  expect_linked(metrics, ledger);
}

TEST(Citation, InEveryTextOfTheCorpus) {
  for (const fs::path& path : support::text_files(support::corpus_folder())) {
    SCOPED_TRACE(path.filename());
    expect_kept(support::contents(path), support::manifest_context(path.filename().string()));
  }
}

TEST(Citation, InEveryTextOfTheEvaluation) {
  if (support::eval_folder().empty()) GTEST_SKIP() << "no shared/eval here (environment JIYAO_SHARED)";
  int texts = 0;
  for (const fs::path& path : support::text_files(support::eval_folder())) {
    const std::string bytes = support::contents(path);
    if (decode(bytes, "test", "UTF-8").index() != 0) continue;  // in other encodings: what read is tested with
    SCOPED_TRACE(path.lexically_relative(support::eval_folder()));
    expect_kept(bytes);
    ++texts;
  }
  fmt::print("{} texts\n", texts);
}

TEST(Citation, InTextsMadeToBeHard) {
  for (const char* text : {
           "营收１２．５億元，同比增长８．３％。",           // full width
           "\xEF\xBB\xBF营收12亿元。\r\n毛利率31%。\r\n",    // mark and CRLF
           "①营收12亿元；②毛利率31%；③门店½家，面积5m²。",   // number forms
           "營收㍱12億元，㎡３，㈠增长㊿，Ⅳ 4，٣٤، १२ ೬。",  // other scripts' digits, squares
           "😀营收𠀀12亿元😀，同比增长8%。",                   // outside the BMP
           "营收\xEE\x80\x81"
           "12\xEE\x80\x82亿元。",  // private use
           "12", "1.2.3.4.5", "1,2,3,4", "----1----", "000000000000000000000000000000",
           "99999999999999999999999999999999999999999999亿元", "=1+2", "@3",
           "营收-12亿元，净利润+3.4%，毛利率-0.5个百分点。", "2024\n年第四\n季度 1\n2亿元",
           "公司27日披露年报。",                            // a day of no known month
           "本周板块跑输沪深300指数，5G和S&P 500也下跌。",  // digits inside a name
       })
    expect_kept(text);
}

TEST(Citation, InAnyText) {
  static constexpr const char* kParts[] = {"1",  "２", "③",  "億", "萬",       "元",       "%",  "％", "，",
                                           "。", ",",  ".",  "年", "月",       "同比",     "第", "-",  "~",
                                           "至", "(",  ")",  "\n", "\r\n",     "收入",     "٤",  "½",  "𝟛",
                                           "Ⅷ",  "㈢", "十", "数", "個百分點", "\xC2\xA0", "　"};
  uint32_t state = 3;
  for (int round = 0; round < 1500 && !testing::Test::HasFailure(); ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      state = state * 1664525 + 1013904223;
      text += kParts[(state >> 16) % std::size(kParts)];
    }
    SCOPED_TRACE(text);
    expect_kept(text);
  }
}

}  // namespace
}  // namespace jiyao
