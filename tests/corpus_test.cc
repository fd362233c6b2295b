// The corpus: both scripts give the same facts, the facts are those recorded
// in corpus/facts, and the figures come no less near to the hand-made gold than
// they have been.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/write/write.h"
#include "tests/support/corpus.h"

namespace jiyao {
namespace {

namespace fs = std::filesystem;
using support::Case;
using support::GoldRow;

fs::path facts_folder() { return support::corpus_folder() / "facts"; }

class Corpus : public testing::TestWithParam<Case> {};

std::string case_name(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Of, Corpus, testing::ValuesIn(support::cases()), case_name);

TEST_P(Corpus, FactsAreAsRecorded) {
  const Case& of = GetParam();
  const std::string table = support::facts_table(support::extracted_case(of, of.native));
  EXPECT_TRUE(support::as_recorded(facts_folder() / (of.name + ".tsv"), table));
}

// Where everything stands, in code points: the scripts have texts of one length.
std::string places(const Extracted& extracted) {
  std::string all;
  for (const LedgerRow& row : extracted.extraction.ledger) {
    const Citation at = cite(extracted.document.source, extracted.document.folded, row.figure);
    all += fmt::format("{}:{} {}..{} {} {}\n", at.line, at.column, at.char_start, at.char_end, name(row.kind),
                       row.kind == LedgerClass::period ? row.meaning : "");
  }
  for (const Finding& finding : extracted.extraction.findings) {
    const Citation at = cite(extracted.document.source, extracted.document.folded, finding.at);
    all += fmt::format("{}:{} {} {}\n", at.line, at.column, finding.check, finding.stated);
  }
  return all;
}

TEST_P(Corpus, BothScriptsGiveTheSame) {
  const Extracted simplified = support::extracted_case(GetParam(), "hans");
  const Extracted traditional = support::extracted_case(GetParam(), "hant");
  EXPECT_EQ(support::facts_table(simplified), support::facts_table(traditional));
  EXPECT_EQ(places(simplified), places(traditional));
}

TEST(CorpusFiles, EveryCaseIsCompleteAndNothingElseIsRecorded) {
  ASSERT_GE(support::cases().size(), 12u);
  std::set<std::string> names;
  for (const Case& of : support::cases()) {
    names.insert(of.name);
    for (const char* script : {"hans", "hant"}) {
      EXPECT_TRUE(fs::exists(support::corpus_folder() / support::file_name(of, script))) << of.name;
      EXPECT_TRUE(fs::exists(support::corpus_folder() / "gold" / (of.name + "." + script + ".gold.tsv"))) << of.name;
    }
  }
  for (const auto& entry : fs::directory_iterator(facts_folder())) {
    if (entry.path().stem() == "FLOOR" || entry.path().stem() == "FINDINGS") continue;
    EXPECT_TRUE(names.contains(entry.path().stem().string())) << entry.path() << " is of no case";
  }
}

// What of the hand-made gold was found.
struct Score {
  int wanted = 0;  // figures of the gold that are facts
  int found = 0;   // of these, with a fact at the very place
  int right = 0;   // of these, with the value and the unit
  int extra = 0;   // figures with a fact where the gold has none

  double precision() const { return found + extra == 0 ? 1 : double(found) / (found + extra); }
  double recall() const { return wanted == 0 ? 1 : double(found) / wanted; }
  void add(const Score& other) {
    wanted += other.wanted;
    found += other.found;
    right += other.right;
    extra += other.extra;
  }
};

bool same_value(const Fact& fact, const std::string& want) {
  const size_t range = want.find("..");
  if (range == std::string::npos) return fact.value && Decimal::parse(want) == fact.value;
  return fact.low && fact.high && Decimal::parse(want.substr(0, range)) == fact.low &&
         Decimal::parse(want.substr(range + 2)) == fact.high;
}

bool is_right(const Fact& fact, const GoldRow& row) {
  const bool counted = row.at("kind") == "count";  // classifiers are written in many ways
  return same_value(fact, row.at("value")) && (counted || fact.unit == row.at("unit"));
}

Score score_of(const Case& of) {
  const Extracted done = support::extracted_case(of, of.native);
  std::map<Span, std::vector<const Fact*>> facts;  // by place in the source
  for (const Fact& fact : done.extraction.facts) {
    const Citation at = cite(done.document.source, done.document.folded, fact.figure);
    facts[{at.byte_start, at.byte_end}].push_back(&fact);
  }
  Score score;
  std::set<Span> expected;
  for (const GoldRow& row : support::gold(of, of.native, done.document.source)) {
    if (row.is_fact() || row.is_optional()) expected.insert(row.bytes);
    if (!row.is_fact()) continue;
    ++score.wanted;
    const auto at = facts.find(row.bytes);
    if (at == facts.end()) continue;
    ++score.found;
    score.right += std::any_of(at->second.begin(), at->second.end(), [&](const Fact* f) { return is_right(*f, row); });
  }
  for (const auto& [place, list] : facts) score.extra += !expected.contains(place);
  return score;
}

// FLOOR.tsv: what was reached; nothing may fall below it.
std::map<std::string, Score> floors() {
  std::map<std::string, Score> all;
  const auto lines = support::split(support::contents(facts_folder() / "FLOOR.tsv"), '\n');
  for (size_t i = 1; i < lines.size(); ++i) {
    const auto cells = support::split(lines[i], '\t');
    if (cells.size() < 5) continue;
    all[cells[0]] = {std::stoi(cells[1]), std::stoi(cells[2]), std::stoi(cells[3]), std::stoi(cells[4])};
  }
  return all;
}

std::string row_of(const std::string& name, const Score& s) {
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{:.4f}\t{:.4f}\n", name, s.wanted, s.found, s.right, s.extra, s.precision(),
                     s.recall());
}

TEST(CorpusGold, FiguresAreNoWorseThanTheFloor) {
  const auto floor = floors();
  std::string table = "case\twanted\tfound\tright\textra\tprecision\trecall\n";
  Score sum;
  for (const Case& of : support::cases()) {
    const Score score = score_of(of);
    sum.add(score);
    table += row_of(of.name, score);
    const auto before = floor.find(of.name);
    if (support::updating()) continue;
    ASSERT_NE(before, floor.end()) << of.name << " is not in FLOOR.tsv: tools/test --update";
    EXPECT_GE(score.found, before->second.found) << of.name << ": figures that have a fact";
    EXPECT_GE(score.right, before->second.right) << of.name << ": figures with the right value and unit";
    EXPECT_LE(score.extra, before->second.extra) << of.name << ": facts where there is no figure";
  }
  table += row_of("all", sum);
  fmt::print("figures of the corpus against the gold: precision {:.4f}, recall {:.4f}, {} of {} with value and unit\n",
             sum.precision(), sum.recall(), sum.right, sum.wanted);
  if (!support::updating()) return;
  EXPECT_TRUE(support::as_recorded(facts_folder() / "FLOOR.tsv", table));
}

// The corpus is right but for the mistakes planted in case 17 (they stand in
// corpus/README.md), so that a contradiction elsewhere is a false alarm.
TEST_P(Corpus, OnlyTheMistakesPlantedAreContradictions) {
  const Case& of = GetParam();
  const bool planted = of.name.starts_with("17-");
  for (const char* script : {"hans", "hant"}) {
    const Extracted done = support::extracted_case(of, script);
    for (const Finding& finding : done.extraction.findings) {
      if (finding.severity != Severity::contradiction) continue;
      const uint32_t line = cite(done.document.source, done.document.folded, finding.at).line;
      EXPECT_TRUE(planted && (line == 7 || line == 9 || line == 19 || line == 21))
          << script << ", line " << line << ": " << finding.message_en;
    }
  }
}

// FINDINGS.tsv: what is found in each case.
TEST(CorpusFindings, AreAsRecorded) {
  std::string table = "case\tline\tcheck\tseverity\tstated\tcomputed_low\tcomputed_high\n";
  for (const Case& of : support::cases()) {
    const Extracted done = support::extracted_case(of, of.native);
    for (const Finding& f : done.extraction.findings) {
      const bool sure = f.severity == Severity::contradiction;
      table += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", of.name,
                           cite(done.document.source, done.document.folded, f.at).line, f.check,
                           sure ? "contradiction" : "suspicious", f.stated, f.computed_low, f.computed_high);
    }
  }
  EXPECT_TRUE(support::as_recorded(facts_folder() / "FINDINGS.tsv", table));
}

TEST(CorpusFiles, WithoutFiguresThereAreHeaderLinesOnly) {
  for (const char* script : {"hans", "hant"}) {
    const Extracted done = support::extracted_case({"19-cn-news-nofigures", "hans"}, script);
    EXPECT_FALSE(done.document.sentences.empty());
    EXPECT_EQ(metrics_rows(done.document, done.extraction), "");
    EXPECT_EQ(ledger_rows(done.document, done.extraction), "");
    EXPECT_EQ(findings_rows(finding_rows(done.document, done.extraction)), "");
  }
}

}  // namespace
}  // namespace jiyao
