// Reading: encodings found and decoded strictly, folders walked, the manifest.
#include "pipeline/read/read.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "pipeline/read/csv_rows.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

// A folder of its own, gone after the test.
class Read : public testing::Test {
 protected:
  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::temp_directory_path() / ("jiyao_read_test." + std::to_string(getpid()) + "." + name);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& bytes) const {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  // Messages without the folder, one per line.
  std::string messages(const std::vector<ReadError>& errors) const {
    std::string all;
    for (const ReadError& e : errors) {
      std::string message = e.message;
      const std::string prefix = folder_.generic_string() + "/";
      if (message.starts_with(prefix)) message.erase(0, prefix.size());
      all += message + "\n";
    }
    return all;
  }

  std::string manifest_errors(const std::string& name, const std::string& bytes) const {
    const auto result = read_manifest(write(name, bytes));
    const auto* errors = std::get_if<std::vector<ReadError>>(&result);
    return errors == nullptr ? "none" : messages(*errors);
  }

  fs::path folder_;
};

// "encoding|text", or the error.
std::string decoded(const std::string& bytes, const std::string& encoding = "") {
  const auto result = decode(bytes, "a.txt", encoding);
  if (const auto* error = std::get_if<ReadError>(&result)) return error->message;
  const SourceText& source = std::get<SourceText>(result);
  return source.encoding + "|" + source.text;
}

const std::string kSimplified = "本季度营业收入增长，毛利率提高。";
const std::string kSimplifiedGb =
    "\xB1\xBE\xBC\xBE\xB6\xC8\xD3\xAA\xD2\xB5\xCA\xD5\xC8\xEB\xD4\xF6\xB3\xA4\xA3\xAC"
    "\xC3\xAB\xC0\xFB\xC2\xCA\xCC\xE1\xB8\xDF\xA1\xA3";
const std::string kTraditional = "本季營業收入增長，毛利率提高。";
const std::string kTraditionalBig5 =
    "\xA5\xBB\xA9\x75\xC0\xE7\xB7\x7E\xA6\xAC\xA4\x4A\xBC\x57\xAA\xF8\xA1\x41"
    "\xA4\xF2\xA7\x51\xB2\x76\xB4\xA3\xB0\xAA\xA1\x43";

std::string utf16(std::u16string_view text, bool little) {
  std::string bytes;
  for (const char16_t c : text) {
    const char low = static_cast<char>(c & 0xFF);
    const char high = static_cast<char>(c >> 8);
    bytes += little ? low : high;
    bytes += little ? high : low;
  }
  return bytes;
}

TEST(Decode, Utf8WithAndWithoutMark) {
  EXPECT_EQ(decoded(kSimplified), "UTF-8|" + kSimplified);
  EXPECT_EQ(decoded("\xEF\xBB\xBF" + kSimplified), "UTF-8|" + kSimplified);
  EXPECT_EQ(decoded("\xEF\xBB\xBF" + kSimplified, "utf8"), "UTF-8|" + kSimplified);
  EXPECT_EQ(decoded(""), "UTF-8|");
  EXPECT_EQ(decoded("plain\r\nASCII\rtext\n"), "UTF-8|plain\r\nASCII\rtext\n");
}

TEST(Decode, Utf16WithAndWithoutMark) {
  const std::u16string text = u"第三季度营收12.5亿元，同比增长。\n𠮷";
  const std::string expected = "第三季度营收12.5亿元，同比增长。\n𠮷";
  for (const bool little : {true, false}) {
    const std::string name = little ? "UTF-16LE" : "UTF-16BE";
    EXPECT_EQ(decoded(utf16(text, little)), name + "|" + expected);
    EXPECT_EQ(decoded(utf16(u"\uFEFF", little) + utf16(text, little)), name + "|" + expected);
    EXPECT_EQ(decoded(utf16(u"\uFEFF", little) + utf16(text, little), "UTF-16"), name + "|" + expected);
    EXPECT_EQ(decoded(utf16(text, little), "utf-16"), name + "|" + expected);
    EXPECT_EQ(decoded(utf16(text, little), name), name + "|" + expected);
    EXPECT_EQ(decoded(utf16(u"revenue 12\n", little)), name + "|revenue 12\n");
  }
}

TEST(Decode, PairsAcrossTheDecodersPieces) {
  // More than one piece of 4,096 units, with pairs at odd and even places.
  std::u16string text;
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    text += i % 3 == 0 ? u"a𠮷" : u"𠮷";
    expected += i % 3 == 0 ? "a𠮷" : "𠮷";
  }
  EXPECT_EQ(decoded(utf16(text, true), "UTF-16LE"), "UTF-16LE|" + expected);
}

TEST(Decode, ChineseEncodingsAreFound) {
  EXPECT_EQ(decoded(kSimplifiedGb), "GB18030|" + kSimplified);
  EXPECT_EQ(decoded(kTraditionalBig5), "Big5-HKSCS|" + kTraditional);
  EXPECT_EQ(decoded(kSimplifiedGb, "gbk"), "GBK|" + kSimplified);
  EXPECT_EQ(decoded(kTraditionalBig5, "big5"), "Big5|" + kTraditional);
  EXPECT_EQ(decoded("12%\n" + kSimplifiedGb + "\n12%"), "GB18030|12%\n" + kSimplified + "\n12%");
  const std::string english(70001, 'x');
  EXPECT_EQ(decoded(english + kTraditionalBig5), "Big5-HKSCS|" + english + kTraditional);
}

TEST(Decode, ABadByteIsNamedByItsOffset) {
  EXPECT_EQ(decoded("ab\xFF" + kSimplified),
            "a.txt: byte 2: 0xFF cannot be decoded as UTF-8; give the encoding with --encoding");
  EXPECT_EQ(decoded("\xEF\xBB\xBF"
                    "ab\xE5\xB9",
                    ""),
            "a.txt: byte 5: 0xE5 cannot be decoded as UTF-8; give the encoding with --encoding");
  EXPECT_EQ(decoded(kTraditionalBig5 + "\x81"
                                       "1"),
            "a.txt: byte 30: 0x81 cannot be decoded as Big5-HKSCS; give the encoding with --encoding");
  EXPECT_EQ(decoded(kSimplifiedGb + "\xFF", "GB18030"),
            "a.txt: byte 32: 0xFF cannot be decoded as GB18030; give another encoding with --encoding");
  EXPECT_EQ(decoded(kSimplifiedGb + "\xB1", "GB18030"),
            "a.txt: byte 32: 0xB1 cannot be decoded as GB18030; give another encoding with --encoding");
  EXPECT_EQ(decoded("\xFF\xFE" + utf16(u"中", true) + "\x00\xD8"s + utf16(u"文", true)),
            "a.txt: byte 4: 0x00 cannot be decoded as UTF-16LE; give the encoding with --encoding");
  EXPECT_EQ(decoded(kSimplified, "klingon"),
            "a.txt: encoding \"klingon\" is not known; use one of UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5-HKSCS");
}

// Any pair of bytes is a character of UTF-16.
TEST(Decode, EnglishWithABadByteIsNotUtf16) {
  const std::string result = decoded("The caf\xFF is open from nine to five");
  EXPECT_TRUE(result.starts_with("a.txt: byte 7: 0xFF cannot be decoded as ")) << result;
}

TEST(Decode, AnyEncodingOfIcuMayBeGiven) {
  EXPECT_EQ(decoded("caf\xE9", "latin1"), "ISO_8859-1:1987|café");
  EXPECT_EQ(decoded("\x93\xFA", "shift_jis"), "Shift_JIS|日");
  EXPECT_EQ(decoded("a", "ibm-37_P100-1995"), "IBM037|/");
}

TEST(Decode, WhatIsNoTextIsRefused) {
  EXPECT_EQ(decoded("%PDF-1.7\n"), "a.txt: this is a PDF, not text; convert it to text first");
  EXPECT_EQ(decoded("PK\x03\x04...."),
            "a.txt: this is a ZIP archive (DOCX, XLSX, EPUB are such), not text; convert it to text first");
  EXPECT_EQ(decoded("ab\0cd"s), "a.txt: byte 2: 0x00 is in no text; this is another kind of file");
  EXPECT_EQ(decoded("\xEF\xBB\xBF"
                    "ab\0cd"s),
            "a.txt: byte 5: 0x00 is in no text; this is another kind of file");
  EXPECT_EQ(decoded("\xFF\xFE" + utf16(u"ab", true) + "\0\0"s + utf16(u"中", true)),
            "a.txt: byte 6: 0x00 is in no text; this is another kind of file");
}

TEST(Decode, FillsTheRest) {
  const auto result = decode(
      "\xEF\xBB\xBF"
      "a\nb",
      "a.txt");
  const SourceText& source = std::get<SourceText>(result);
  EXPECT_EQ(source.document, "a.txt");
  EXPECT_EQ(source.sha256, "312eaf073847a5f4d40be348b83d1eab0da5c9bebbf796905c24ce4eee59a219");
  EXPECT_EQ(source.line_bytes, (std::vector<uint32_t>{0, 2}));
}

TEST(Decode, IsTotalOnRandomBytes) {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    std::string bytes;
    for (size_t n = random() % 40; n > 0; --n) bytes += static_cast<char>(random() % 255 + 1);
    for (const char* encoding : {"", "GB18030", "Big5-HKSCS", "UTF-16LE", "UTF-8"}) {
      const std::string result = decoded(bytes, encoding);
      EXPECT_FALSE(result.empty());
    }
  }
}

// The same documents as in eval/dev and eval/more, in other encodings.
TEST(Decode, RealFilesInEveryEncoding) {
  fs::path eval = fs::path(JIYAO_SOURCE_DIR).parent_path() / "shared" / "eval";
  if (const char* named = std::getenv("JIYAO_SHARED"); !fs::is_directory(eval) && named != nullptr) {
    eval = fs::path(named) / "eval";
  }
  if (!fs::is_directory(eval)) GTEST_SKIP() << "no shared/eval beside the source, and JIYAO_SHARED does not name it";
  size_t compared = 0;
  for (const auto& entry : fs::directory_iterator(eval / "files")) {
    // 131_hant-hk_some-name.big5hkscs.txt is 131-some-name.hant-hk.txt of the texts.
    const std::string name = entry.path().filename().string();
    const size_t first = name.find('_');
    const size_t second = name.find('_', first + 1);
    const size_t dot = name.find('.');
    if (entry.path().extension() != ".txt" || second == name.npos || dot == name.rfind('.')) continue;
    const std::string original = name.substr(0, first) + "-" + name.substr(second + 1, dot - second - 1) + "." +
                                 name.substr(first + 1, second - first - 1) + ".txt";
    const fs::path part = fs::exists(eval / "dev" / original) ? "dev" : "more";
    std::ifstream in(eval / part / original, std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto result = read(Input{entry.path(), name});
    ASSERT_TRUE(std::holds_alternative<SourceText>(result)) << std::get<ReadError>(result).message;
    EXPECT_EQ(std::get<SourceText>(result).text, expected) << name;
    ++compared;
  }
  EXPECT_GT(compared, 0u);
}

TEST_F(Read, AFileGivesItsTextAndHash) {
  const auto result = read(Input{write("x.txt", kTraditionalBig5), "x.txt"});
  ASSERT_TRUE(std::holds_alternative<SourceText>(result));
  const SourceText& source = std::get<SourceText>(result);
  EXPECT_EQ(source.text, kTraditional);
  EXPECT_EQ(source.document, "x.txt");
  EXPECT_EQ(source.encoding, "Big5-HKSCS");
}

TEST_F(Read, ErrorsNameThePath) {
  const auto error = [this](const fs::path& path) {
    const auto result = read(Input{path, "name"});
    return messages({std::get<ReadError>(result)});
  };
  EXPECT_EQ(error(folder_ / "none.txt"), "none.txt: No such file or directory\n");
  EXPECT_EQ(error(write("x/y.txt", "").parent_path()), "x: this is a folder\n");
  EXPECT_EQ(error(write("z.txt", kSimplified + "\xFF")),
            "z.txt: byte 48: 0xFF cannot be decoded as UTF-8; give the encoding with --encoding\n");
}

TEST_F(Read, AFileTooLargeIsRefused) {
  const fs::path path = write("large.txt", "a");
  std::error_code failed;
  fs::resize_file(path, kMaxTextBytes + 1, failed);  // sparse
  if (failed) GTEST_SKIP() << "no room for a large file: " << failed.message();
  const auto result = read(Input{path, "large.txt"});
  EXPECT_EQ(messages({std::get<ReadError>(result)}), "large.txt: larger than 512 MiB; split it\n");
}

std::string names(const Inputs& inputs) {
  std::string all;
  for (const Input& input : inputs.found) all += input.document + " ";
  return all;
}

TEST_F(Read, FoldersAreWalkedInTheOrderOfNames) {
  for (const char* name : {"b.txt", "a/2.MD", "a/10.txt", "a/c/d.txt", "a.txt", "skip.pdf", ".hidden/x.txt"}) {
    write(name, "");
  }
  const Inputs inputs = find_inputs({folder_.string()});
  EXPECT_EQ(names(inputs), "a/10.txt a/2.MD a/c/d.txt a.txt b.txt ");
  ASSERT_EQ(inputs.skipped.size(), 2u);
  EXPECT_TRUE(inputs.skipped[1].ends_with("skip.pdf"));
  EXPECT_TRUE(inputs.errors.empty());
}

TEST_F(Read, FilesAsGivenOnceAndApart) {
  const std::string one = write("1/x.txt", "").string();
  const std::string two = write("2/x.txt", "").string();
  const std::string other = write("2/y.html", "").string();
  const Inputs inputs = find_inputs({other, one, "-", one, two, (folder_ / "none").string()});
  EXPECT_EQ(names(inputs), "y.html " + one + " stdin " + two + " ");
  EXPECT_EQ(messages(inputs.errors), "none: no such file or folder; check the path\n");
}

TEST_F(Read, ALinkToAFolderAboveIsNoCircle) {
  write("a/x.txt", "");
  std::error_code failed;
  fs::create_directory_symlink(folder_, folder_ / "a" / "up", failed);
  EXPECT_EQ(names(find_inputs({folder_.string()})), "a/x.txt ");
}

TEST_F(Read, ANameThatIsNoUtf8IsRepaired) {
  write("\xB6\xFB.txt", "");
  EXPECT_EQ(names(find_inputs({folder_.string()})), "\uFFFD\uFFFD.txt ");
}

std::string rows_of(std::string_view text, CsvKind kind = CsvKind::comma) {
  const auto result = read_csv(text, kind);
  std::string all;
  if (const auto* error = std::get_if<CsvError>(&result)) {
    return std::to_string(error->place.line) + ":" + std::to_string(error->place.column) + " " + error->message;
  }
  for (const CsvRow& row : std::get<std::vector<CsvRow>>(result)) {
    for (const CsvField& f : row) {
      all += std::to_string(f.place.line) + ":" + std::to_string(f.place.column) + "[" + f.text + "]";
    }
    all += "\n";
  }
  return all;
}

TEST(Csv, FieldsAndTheirPlaces) {
  EXPECT_EQ(rows_of(""), "");
  EXPECT_EQ(rows_of("a,b\r\n1,2"), "1:1[a]1:3[b]\n2:1[1]2:3[2]\n");
  EXPECT_EQ(rows_of("營收,b\n\n\r\n1,\n"), "1:1[營收]1:4[b]\n4:1[1]4:3[]\n");
  EXPECT_EQ(rows_of("\"a,\"\"b\"\"\nc\",d\ne,f"), "1:1[a,\"b\"\nc]2:4[d]\n3:1[e]3:3[f]\n");
  EXPECT_EQ(rows_of("a\tb c\t\"d\n", CsvKind::tab), "1:1[a]1:3[b c]1:7[\"d]\n");
  EXPECT_EQ(rows_of(",\n"), "1:1[]1:2[]\n");
}

TEST(Csv, Mistakes) {
  EXPECT_EQ(rows_of("a,b\nc\"d,e"),
            "2:2 misplaced quotation mark; quote the whole field and double the marks inside of it");
  EXPECT_EQ(rows_of("a,\"b\nc,d\n"), "1:3 this field's closing quotation mark is missing");
}

TEST_F(Read, AManifestGivesWhatTheTextDoesNotSay) {
  const auto result = read_manifest(write("m.csv",
                                          "\xEF\xBB\xBF"
                                          "document,company,ticker,published,period,fiscal_year_end,currency\r\n"
                                          "b/x.txt,\"甲乙, 丙\",09999.HK,2025-03-31,2024Q4,03-31,HKD\r\n"
                                          ",,,,,,\r\n"
                                          "a.txt,,,,,6,\r\n"));
  ASSERT_TRUE(std::holds_alternative<Manifest>(result)) << messages(std::get<std::vector<ReadError>>(result));
  const Manifest& manifest = std::get<Manifest>(result);
  ASSERT_EQ(manifest.rows.size(), 2u);
  const DocumentContext* x = manifest.find("b/x.txt");
  ASSERT_NE(x, nullptr);
  EXPECT_EQ(x->company, "甲乙, 丙");
  EXPECT_EQ(x->ticker, "09999.HK");
  EXPECT_EQ(x->published, (Date{2025, 3, 31}));
  EXPECT_EQ(x->period, Period::quarter(2024, 4));
  EXPECT_EQ(x->fiscal_year_end_month, 3);
  EXPECT_TRUE(x->fiscal_year_given);
  EXPECT_EQ(x->currency, "HKD");
  const DocumentContext* a = manifest.find("some/where/a.txt");
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(a->fiscal_year_end_month, 6);
  EXPECT_TRUE(a->period.empty());
  EXPECT_EQ(manifest.find("x.txt"), nullptr);
  EXPECT_EQ(manifest.find("c/x.txt"), nullptr);
  EXPECT_EQ(manifest.find(""), nullptr);
}

TEST_F(Read, AManifestMayBeTabbedAndInGb18030) {
  const auto result = read_manifest(write("m.tsv", "document\tcompany\nx.txt\t" + kSimplifiedGb + "\n"));
  ASSERT_TRUE(std::holds_alternative<Manifest>(result));
  EXPECT_EQ(std::get<Manifest>(result).find("x.txt")->company, kSimplified);
}

TEST_F(Read, MistakesInAManifestAreAllReported) {
  EXPECT_EQ(manifest_errors("m.csv",
                            "document,published,period,fiscal_year_end,currency\n"
                            "a.txt,2025-02-30,,,\n"
                            "b.txt,,4Q2024,13,RMB\n"
                            "a.txt,,,02-30,\n"
                            ",2025-01-01,,,\n"
                            "c.txt,2025-01-01\n"
                            "d.txt,,,,,CNY\n"),
            "m.csv:2:7: published \"2025-02-30\" is no date; write it like 2025-03-31\n"
            "m.csv:3:8: period \"4Q2024\" is no period; write it like 2024Q4, 2024H1, 2024 or 2024-01-01..2024-09-30\n"
            "m.csv:3:15: fiscal_year_end \"13\" is no end of a fiscal year; write it like 03-31, or 3 for the end of "
            "March\n"
            "m.csv:3:18: currency \"RMB\" is no currency; write an ISO 4217 code like CNY\n"
            "m.csv:4:9: fiscal_year_end \"02-30\" is no end of a fiscal year; write it like 03-31, or 3 for the end of "
            "March\n"
            "m.csv:4:1: second row for \"a.txt\"; the first is in line 2\n"
            "m.csv:5:1: document is empty; name the file that the row is about\n"
            "m.csv:6:7: 2 fields, but the header has 5; put a field that holds a separator in quotation marks, and "
            "leave no field out\n"
            "m.csv:7:11: 6 fields, but the header has 5; put a field that holds a separator in quotation marks, and "
            "leave no field out\n");
}

TEST_F(Read, MistakesInAHeader) {
  const std::string columns = "document, company, ticker, published, period, fiscal_year_end, currency";
  EXPECT_EQ(manifest_errors("m.csv", "document,date,company,company\n"),
            "m.csv:1:10: unknown column \"date\"; the columns are " + columns +
                "\nm.csv:1:23: second column \"company\"; keep one of them\n");
  EXPECT_EQ(manifest_errors("m.csv", "company\nx\n"),
            "m.csv:1:1: column \"document\" is missing; it says which document a row is about\n");
  EXPECT_EQ(manifest_errors("m.csv", ""),
            "m.csv:1:1: there is no header; begin with a line that names the columns: " + columns + "\n");
  EXPECT_EQ(manifest_errors("m.csv", "document\n\"x\n"), "m.csv:2:1: this field's closing quotation mark is missing\n");
  EXPECT_EQ(manifest_errors("m.xls", ""), "m.xls: not a manifest; its name must end in .csv or .tsv\n");
}

}  // namespace
}  // namespace jiyao
