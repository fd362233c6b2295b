// The three tables of two small texts, byte for byte as the command writes
// them. Beside them in golden/; rewritten by tools/test --update.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "pipeline/run/batch.h"
#include "pipeline/write/write.h"
#include "tests/support/corpus.h"

namespace jiyao {
namespace {

class Golden : public testing::TestWithParam<const char*> {};

TEST_P(Golden, TablesAreTheSameBytes) {
  const std::string document = GetParam();
  const Input input{support::corpus_folder() / document, document};
  BatchResult result;
  run_batch(
      {input}, [](const Input& of) { return support::manifest_context(of.document); }, support::line(), {},
      [&](BatchResult&& done) { result = std::move(done); });
  ASSERT_EQ(result.error, "");
  const auto folder = support::root() / "tests/golden" / document.substr(0, document.size() - 4);
  EXPECT_TRUE(support::as_recorded(folder / "metrics.csv", metrics_header() + result.metrics));
  EXPECT_TRUE(support::as_recorded(folder / "ledger.csv", ledger_header() + result.ledger));
  EXPECT_TRUE(support::as_recorded(folder / "findings.csv", findings_header() + findings_rows(result.findings)));
}

std::string case_name(const testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Of, Golden,
                         testing::Values("02-hk-news-insurer.hant.txt", "17-cn-call-appliance-errors.hans.txt"),
                         case_name);

}  // namespace
}  // namespace jiyao
