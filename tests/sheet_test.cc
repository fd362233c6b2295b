// Reading workbooks: number formats, styles and formulas, text tables in any
// encoding, and files that mean harm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <string>

#include "pipeline/read/formula.h"
#include "pipeline/read/number_format.h"
#include "pipeline/read/workbook.h"
#include "tests/support/support.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

std::string shown(double stored, const std::string& format) {
  const ShownNumber number = show_number(stored, format);
  const std::string value = number.value ? number.value->to_string() : "none";
  return number.text + "|" + value + "|" + std::to_string(number.decimals) + "|" + number.unit;
}

TEST(NumberFormat, ShowsWhatASpreadsheetShows) {
  EXPECT_EQ(shown(35384.6, ""), "35384.6|35384.6|1|");
  EXPECT_EQ(shown(35384.6, "General"), "35384.6|35384.6|1|");
  EXPECT_EQ(shown(35384.6, "#,##0"), "35,385|35385|0|");
  EXPECT_EQ(shown(1234567, "#,##0"), "1,234,567|1234567|0|");
  EXPECT_EQ(shown(0.087, "0.0%"), "8.7%|8.7|1|%");
  EXPECT_EQ(shown(-0.0265, "0.0%"), "-2.7%|-2.7|1|%");
  EXPECT_EQ(shown(-1234.5, "#,##0.0_);(#,##0.0)"), "(1,234.5)|-1234.5|1|");
  EXPECT_EQ(shown(1234.5, "#,##0.00_);(#,##0.00)"), "1,234.50|1234.50|2|");
  EXPECT_EQ(shown(-2.5, "0.0;[Red]0.0"), "2.5|-2.5|1|");
  EXPECT_EQ(shown(35384600000.0, "#,##0.0,,"), "35,384.6|35384.6|1|");
  EXPECT_EQ(shown(12345, "0!.0,\"万\""), "1.2万|1.2|1|万");
  EXPECT_EQ(shown(354, "0\"亿元\""), "354亿元|354|0|亿元");
  EXPECT_EQ(shown(2.6, "0.0x"), "2.6x|2.6|1|x");
  EXPECT_EQ(shown(3.5, "[$¥-804]#,##0.00"), "¥3.50|3.50|2|¥");
  EXPECT_EQ(shown(0, "0.0;-0.0;\"-\""), "-|none|0|");
  EXPECT_EQ(shown(0.5, "# ?/?"), "0.5|0.5|1|");
  EXPECT_EQ(shown(12345, "0.00E+00"), "12345|12345|0|");
  EXPECT_EQ(shown(150, "[>=100]0.0\"大\";0.00"), "150.0大|150.0|1|大");
}

// 0.1 + 0.2 is stored with 17 digits, of which a spreadsheet keeps 15.
TEST(NumberFormat, KeepsFifteenDigits) {
  EXPECT_EQ(shown(0.1 + 0.2, ""), "0.3|0.3|1|");
  EXPECT_EQ(shown(8.6999999999999993, ""), "8.7|8.7|1|");
}

TEST(NumberFormat, HugeNumbersHaveNoDecimal) {
  EXPECT_EQ(shown(1e300, "0.00"), "1e+300|none|2|");
  EXPECT_EQ(shown(1e-300, ""), "1e-300|none|300|");
  EXPECT_EQ(shown(std::numeric_limits<double>::infinity(), "0"), "inf|none|0|");
  EXPECT_EQ(shown(1e18, "0"), "1e+18|none|0|");
}

TEST(NumberFormat, Dates) {
  EXPECT_TRUE(is_date_format("mmm-yy"));
  EXPECT_TRUE(is_date_format("yyyy\"年\"m\"月\""));
  EXPECT_TRUE(is_date_format("[h]:mm"));
  EXPECT_FALSE(is_date_format("0.0\"days\""));
  EXPECT_FALSE(is_date_format("General"));
  EXPECT_FALSE(is_date_format("[Red]0.0"));
  EXPECT_EQ(show_date(45657, false), "2024-12-31");
  EXPECT_EQ(show_date(45657 - 1462, true), "2024-12-31");
  EXPECT_EQ(show_date(1, false), "1900-01-01");
  EXPECT_EQ(show_date(61, false), "1900-03-01");
  EXPECT_EQ(show_date(-1, false), "");
  EXPECT_EQ(show_date(1e300, false), "");
}

TEST(NumberFormat, NumbersWrittenAsText) {
  const auto read = [](const char* text) {
    const auto number = read_number(text);
    return number ? number->value->to_string() + "|" + std::to_string(number->decimals) + "|" + number->unit : "none";
  };
  EXPECT_EQ(read("(1,234.5)"), "-1234.5|1|");
  EXPECT_EQ(read("8.7%"), "8.7|1|%");
  EXPECT_EQ(read("(8.7)%"), "-8.7|1|%");
  EXPECT_EQ(read("-35.40亿元"), "-35.40|2|亿元");
  EXPECT_EQ(read("US$ 1.2bn"), "1.2|1|US$ bn");
  EXPECT_EQ(read("+3.2pp"), "3.2|1|pp");
  EXPECT_EQ(read("−5"), "-5|0|");
  EXPECT_EQ(read("2024Q4"), "none");
  EXPECT_EQ(read("n.a."), "none");
  EXPECT_EQ(read("1234567890123456789012"), "none");
}

TEST(Formula, MovesWhatIsNotFixed) {
  EXPECT_EQ(moved_formula("B2*$C$1+SUM(B$2:$B9)", 1, 2), "D3*$C$1+SUM(D$2:$B10)");
  EXPECT_EQ(moved_formula("'A1 B2'!C3&\"D4\"", 1, 1), "'A1 B2'!D4&\"D4\"");
  EXPECT_EQ(moved_formula("LOG10(A1)+Q4_2024+TAXES2024", 1, 0), "LOG10(A2)+Q4_2024+TAXES2024");
  EXPECT_EQ(moved_formula("A1", -1, 0), "#REF!");
}

TEST(Formula, WhatReachesOutIsNotCarried) {
  EXPECT_TRUE(stays_inside("SUM(A1:B2)/\"cmd|x\""));
  EXPECT_FALSE(stays_inside("cmd|'/c calc'!A0"));
  EXPECT_FALSE(stays_inside("[1]Sheet1!A1"));
  EXPECT_FALSE(stays_inside("WebService(\"http://x\")"));
}

// --- files

using Parts = std::map<std::string, std::string>;

constexpr const char* kRels =
    "<Relationships xmlns='r'><Relationship Id='rId1' Type='http://x/officeDocument' Target='xl/workbook.xml'/>"
    "</Relationships>";
constexpr const char* kBook =
    "<workbook xmlns:r='r'><sheets><sheet name='Model' sheetId='1' r:id='rId1'/></sheets></workbook>";
constexpr const char* kBookRels =
    "<Relationships><Relationship Id='rId1' Type='http://x/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='rId2' Type='http://x/styles' Target='styles.xml'/>"
    "<Relationship Id='rId3' Type='http://x/sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>";

Parts book(const std::string& sheet) {
  return {{"_rels/.rels", kRels},
          {"xl/workbook.xml", kBook},
          {"xl/_rels/workbook.xml.rels", kBookRels},
          {"xl/worksheets/sheet1.xml", sheet}};
}

std::string zipped(const Parts& parts) {
  std::string name = (fs::temp_directory_path() / "jiyao-XXXXXX").string();
  const int file = mkstemp(name.data());
  close(file);
  int error = 0;
  zip_t* zip = zip_open(name.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const auto& [part, bytes] : parts)
    zip_file_add(zip, part.c_str(), zip_source_buffer(zip, bytes.data(), bytes.size(), 0), ZIP_FL_OVERWRITE);
  zip_close(zip);
  std::string bytes = support::contents(name);
  fs::remove(name);
  return bytes;
}

Workbook parsed(const std::string& bytes, const std::string& name = "model.xlsx") {
  auto read = parse_workbook(bytes, name);
  if (const auto* error = std::get_if<ReadError>(&read)) {
    ADD_FAILURE() << error->message;
    return {};
  }
  return std::get<Workbook>(std::move(read));
}

std::string mistake(const std::string& bytes, const std::string& name = "model.xlsx") {
  const auto read = parse_workbook(bytes, name);
  return std::holds_alternative<ReadError>(read) ? std::get<ReadError>(read).message : "";
}

std::vector<std::string> cells(const Sheet& sheet) {
  std::vector<std::string> all;
  for (const SheetCell& cell : sheet.cells)
    all.push_back(std::to_string(cell.row) + "," + std::to_string(cell.column) + " " + cell.text);
  return all;
}

TEST(Workbook, CellsOfEveryKind) {
  Parts parts = book(
      "<x:worksheet xmlns:x='m'><x:sheetData><x:row r='1'>"
      "<x:c r='A1' t='s'><x:v>1</x:v></x:c><x:c r='B1' "
      "t='inlineStr'><x:is><x:r><x:t>4Q</x:t></x:r><x:r><x:t>24</x:t></x:r>"
      "</x:is></x:c><x:c r='C1' t='str'><x:f>A1&amp;\"x\"</x:f><x:v>ax</x:v></x:c><x:c r='D1' t='b'><x:v>1</x:v></x:c>"
      "<x:c r='E1' t='e'><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c></x:row>"
      "<x:row r='3'><x:c r='A3' s='1'><x:v>0.087</x:v></x:c><x:c r='B3' "
      "s='2'><x:v>45657</x:v></x:c><x:c><x:v>7</x:v></x:c>"
      "<x:c r='F3' t='s'><x:v>99</x:v></x:c></x:row></x:sheetData></x:worksheet>");
  parts["xl/sharedStrings.xml"] = "<sst><si><t>no</t></si><si><t xml:space='preserve'> 收入 </t></si></sst>";
  parts["xl/styles.xml"] =
      "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='0.0%'/></numFmts><fonts><font/><font><b/><i val='0'/>"
      "<color rgb='FF1F4E79'/><sz val='14'/><name val='Arial'/></font></fonts><fills><fill/><fill><patternFill "
      "patternType='solid'><fgColor indexed='13'/></patternFill></fill></fills><borders><border/><border><bottom "
      "style='thin'><color rgb='FF808080'/></bottom></border></borders>"
      "<cellXfs><xf/><xf numFmtId='170' fontId='1' fillId='1' borderId='1'><alignment horizontal='right' indent='2'/>"
      "</xf><xf numFmtId='17'/></cellXfs></styleSheet>";
  const Workbook workbook = parsed(zipped(parts));
  ASSERT_EQ(workbook.sheets.size(), 1u);
  EXPECT_EQ(workbook.name, "model");
  const Sheet& sheet = workbook.sheets[0];
  EXPECT_THAT(cells(sheet), ElementsAre("0,0  收入 ", "0,1 4Q24", "0,2 ax", "0,3 TRUE", "0,4 #DIV/0!", "2,0 8.7%",
                                        "2,1 2024-12-31", "2,2 7", "2,5 "));
  EXPECT_EQ(sheet.cells[2].formula, "A1&\"x\"");
  EXPECT_EQ(sheet.cells[5].value->to_string(), "8.7");
  EXPECT_EQ(sheet.cells[6].kind, CellKind::date);
  const CellStyle& style = workbook.styles[sheet.cells[5].style];
  EXPECT_TRUE(style.bold && !style.italic);
  EXPECT_EQ(style.fill, 0xFFFF00u);
  EXPECT_EQ(style.colour, 0x1F4E79u);
  EXPECT_EQ(style.horizontal, 3);
  EXPECT_EQ(style.border[3], 1);
}

TEST(Workbook, SharedFormulasAreMoved) {
  const Workbook workbook = parsed(zipped(
      book("<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c><c r='B1'><f t='shared' ref='B1:B2' si='0'>A1*2</f>"
           "<v>2</v></c></row><row r='2'><c r='B2'><f t='shared' si='0'/><v>4</v></c><c r='C2'><f "
           "t='array' ref='C2'>SUM(A1:A2)</f><v>1</v></c><c r='D2'><f>cmd|'/c calc'!A0</f><v>0</v></c></row>"
           "</sheetData></worksheet>")));
  const auto& cells = workbook.sheets.at(0).cells;
  EXPECT_EQ(cells.at(1).formula, "A1*2");
  EXPECT_EQ(cells.at(2).formula, "A2*2");
  EXPECT_EQ(cells.at(3).formula, "");
  EXPECT_EQ(cells.at(4).formula, "");
  EXPECT_THAT(workbook.lost, ElementsAre(HasSubstr("1 array formula"), HasSubstr("reaches out of the workbook")));
}

TEST(Workbook, TheCalendarOf1904) {
  Parts parts = book("<worksheet><sheetData><row r='1'><c r='A1' s='1'><v>44195</v></c></row></sheetData></worksheet>");
  parts["xl/workbook.xml"] =
      "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet name='M' r:id='rId1'/></sheets></workbook>";
  parts["xl/styles.xml"] = "<styleSheet><cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>";
  const Workbook workbook = parsed(zipped(parts));
  EXPECT_EQ(workbook.sheets.at(0).cells.at(0).text, "2024-12-31");
  EXPECT_EQ(workbook.sheets.at(0).cells.at(0).stored, 45657);
}

TEST(Workbook, TextTablesInAnyEncoding) {
  const Workbook utf8 = parsed("\xEF\xBB\xBF项目,4Q24\r\n\r\n收入,\"1,234.5\"\r\n", "model.csv");
  EXPECT_THAT(cells(utf8.sheets.at(0)), ElementsAre("0,0 项目", "0,1 4Q24", "2,0 收入", "2,1 1,234.5"));
  EXPECT_EQ(utf8.sheets[0].cells[3].value->to_string(), "1234.5");
  // "1,234.5" fits what is narrowest, a long label does not.
  EXPECT_EQ(utf8.sheets[0].columns.at(1).width, 9);
  EXPECT_EQ(parsed("在线营销服务收入,1\n", "model.csv").sheets[0].columns.at(0).width, 17);
  // 收入 in GB18030, parted by a tab.
  const Workbook gb = parsed("\xCF\xEE\xC4\xBF\t4Q24\t1Q25\n\xCA\xD5\xC8\xEB\t(12)\t-\n", "model.tsv");
  EXPECT_THAT(cells(gb.sheets.at(0)), ElementsAre("0,0 项目", "0,1 4Q24", "0,2 1Q25", "1,0 收入", "1,1 (12)", "1,2 -"));
  EXPECT_THAT(mistake("a,\"b\n", "x.csv"), HasSubstr("x.csv: line 1, column 3: "));
}

TEST(Workbook, WhatIsNotReadIsRefusedInOneLine) {
  EXPECT_THAT(mistake("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"), HasSubstr("save it as .xlsx"));
  EXPECT_THAT(mistake("PK\x03\x04 nonsense"), HasSubstr("damaged"));
  EXPECT_THAT(mistake("\xFF\xFE\xE4 neither", "model.xlsx"), HasSubstr("no workbook, whatever its name"));
  EXPECT_THAT(mistake(zipped({{"mimetype", "application/vnd.oasis"}, {"content.xml", "<x/>"}})),
              HasSubstr("OpenDocument"));
  EXPECT_THAT(mistake(zipped({{"Index/Document.iwa", "x"}})), HasSubstr("Numbers"));
  EXPECT_THAT(mistake(zipped({{"a.txt", "x"}})), HasSubstr("no workbook"));
  Parts binary = book("");
  binary["_rels/.rels"] =
      "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.bin'/></Relationships>";
  EXPECT_THAT(mistake(zipped(binary)), HasSubstr(".xlsb"));
  Parts missing = book("");
  missing.erase("xl/worksheets/sheet1.xml");
  EXPECT_THAT(mistake(zipped(missing)), HasSubstr("xl/worksheets/sheet1.xml is missing"));
  EXPECT_THAT(mistake(zipped(book("<worksheet><sheetData>"))), HasSubstr("is not XML"));
  const auto folder = read_workbook(fs::temp_directory_path());
  EXPECT_THAT(std::get<ReadError>(folder).message, HasSubstr("a folder"));
  const auto none = read_workbook("/nowhere/model.xlsx");
  EXPECT_THAT(std::get<ReadError>(none).message, HasSubstr("cannot be read"));
}

// --- files that mean harm

TEST(HostileWorkbook, ABombIsCutOff) {
  const std::string mistake_of =
      mistake(zipped(book("<worksheet>" + std::string(size_t{97} << 20, ' ') + "</worksheet>")));
  EXPECT_THAT(mistake_of, HasSubstr("larger than 96 MiB"));
}

TEST(HostileWorkbook, EntitiesAreRefused) {
  EXPECT_THAT(mistake(zipped(book("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData><row "
                                  "r='1'><c t='str'><v>&a;</v></c></row></sheetData></worksheet>"))),
              HasSubstr("document type declaration"));
}

TEST(HostileWorkbook, DeepXmlIsNoHarm) {
  std::string deep;
  for (int i = 0; i < 500'000; ++i) deep += "<a>";
  for (int i = 0; i < 500'000; ++i) deep += "</a>";
  EXPECT_TRUE(parsed(zipped(book("<worksheet>" + deep + "<sheetData/></worksheet>"))).sheets.at(0).cells.empty());
}

// Column looks of a whole sheet, cell by cell: as much as nothing.
TEST(HostileWorkbook, EmptyStyledCellsAreLeftOut) {
  std::string rows = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>";
  for (int r = 2; r < 20'000; ++r) {
    rows += "<row r='" + std::to_string(r) + "'>";
    for (int c = 0; c < 25; ++c) rows += "<c s='1'/>";
    rows += "</row>";
  }
  Parts parts = book(rows + "</sheetData></worksheet>");
  parts["xl/styles.xml"] = "<styleSheet><cellXfs><xf/><xf/></cellXfs></styleSheet>";
  EXPECT_LE(parsed(zipped(parts)).sheets.at(0).cells.size(), 3u);
}

TEST(HostileWorkbook, PlacesThatNoSheetHas) {
  const auto sheet = [](const std::string& cell) {
    return zipped(book("<worksheet><sheetData><row r='1'>" + cell + "</row></sheetData></worksheet>"));
  };
  EXPECT_THAT(mistake(sheet("<c r='ZZZZ1'><v>1</v></c>")), HasSubstr("is no cell"));
  EXPECT_THAT(mistake(sheet("<c r='../../x'><v>1</v></c>")), HasSubstr("is no cell"));
  EXPECT_THAT(mistake(sheet("<c r='A99999999'><v>1</v></c>")), HasSubstr("is no cell"));
  EXPECT_THAT(
      mistake(zipped(book("<worksheet><sheetData><row r='99999999'><c><v>1</v></c></row></sheetData></worksheet>"))),
      HasSubstr("row beyond the last"));
  // The same place twice is one cell; a style or string that is not there is the first, or nothing.
  EXPECT_EQ(cells(parsed(sheet("<c r='A1' s='77'><v>1</v></c><c r='A1'><v>2</v></c>")).sheets.at(0)),
            std::vector<std::string>{"0,0 1"});
}

std::string one_row(const std::string& cells, const std::string& behind = "") {
  return zipped(book("<worksheet><sheetData><row r='1'>" + cells + "</row></sheetData>" + behind + "</worksheet>"));
}

// pugixml takes them, a spreadsheet would call the report damaged.
TEST(HostileWorkbook, CharactersThatXmlHasNot) {
  for (const char* text : {"\xE6\x94", "\x01", "&#1;", "\xEF\xBF\xBE", "&#xD800;", "\xC0\x80"}) {
    const std::string cell = std::string("<c r='A1' t='str'><v>x") + text + "</v></c>";
    EXPECT_THAT(mistake(one_row(cell)), HasSubstr("a character that XML does not allow")) << text;
    EXPECT_THAT(mistake(one_row("<c r='A1' x='" + std::string(text) + "'/>")), HasSubstr("XML does not allow")) << text;
  }
  EXPECT_EQ(mistake(one_row("<c r='A1' t='str'><v>&#x6536;\t\n\xF0\x9F\x98\x80</v></c>")), "");
}

TEST(HostileWorkbook, NumbersThatAreNone) {
  const Workbook workbook =
      parsed(one_row("<c r='A1'><v>nan</v></c><c r='B1'><v>-inf</v></c><c r='C1'><v>1e999</v></c>",
                     "<cols><col min='1' max='1' width='nan' hidden='1'/></cols>"));
  for (const SheetCell& cell : workbook.sheets.at(0).cells) EXPECT_EQ(cell.kind, CellKind::text) << cell.text;
  EXPECT_EQ(workbook.sheets[0].columns.at(0).width, 0);
}

// A copy of the sheet would be of 17 thousand million cells.
TEST(HostileWorkbook, AMergedRangeWithoutMeasureIsLeftOut) {
  const Workbook workbook = parsed(one_row("<c r='A1'><v>1</v></c>",
                                           "<mergeCells><mergeCell ref='B2:C3'/><mergeCell ref='A1:XFD1048576'/>"
                                           "</mergeCells>"));
  EXPECT_EQ(workbook.sheets.at(0).merged.size(), 1u);
  EXPECT_THAT(workbook.lost, ElementsAre("1 merged range too large to copy on sheet “Model”"));
}

TEST(HostileWorkbook, ALongTextIsCutBetweenCodePoints) {
  std::string text = "x";
  for (int i = 0; i < 50'000; ++i) text += "收";
  const Workbook workbook = parsed(one_row("<c r='A1' t='str'><v>" + text + "</v></c>"));
  const std::string& cut = workbook.sheets.at(0).cells.at(0).text;
  EXPECT_EQ(cut.size() % 3, 1u);
  EXPECT_TRUE(text.starts_with(cut));
}

TEST(HostileWorkbook, ATargetOutsideIsLookedForInsideOnly) {
  Parts parts = book("<worksheet/>");
  parts["xl/_rels/workbook.xml.rels"] =
      "<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='../../../../etc/passwd'/></Relationships>";
  EXPECT_THAT(mistake(zipped(parts)), HasSubstr("part etc/passwd is missing"));
}

}  // namespace
}  // namespace jiyao
