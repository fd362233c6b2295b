// How fast each stage is, and the whole line, on one core; and OpenCC's own
// converter on the same text, as a measure of the machine.
//
//   line_bench [--benchmark_…] [PATH...]      corpus/ if no path is given
//
// "MB" is millions of bytes of decoded text per second of processor time.
#include <benchmark/benchmark.h>
#include <opencc/opencc.h>
#include <sys/resource.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/check/check.h"
#include "pipeline/run/batch.h"
#include "pipeline/segment/segment.h"
#include "pipeline/write/write.h"

namespace {

using namespace jiyao;

// Every text, as each stage left it.
struct Texts {
  std::vector<SourceText> sources;
  std::vector<NormalizedText> folded;
  std::vector<Document> documents;
  std::vector<Mentions> mentions;
  std::vector<Extraction> resolved;  // before check()
  std::vector<Extraction> checked;
  size_t bytes = 0;

  Texts(const std::vector<Input>& inputs, const Line& line) {
    for (const Input& input : inputs) {
      auto source = read(input);
      if (auto* text = std::get_if<SourceText>(&source)) add(std::move(*text), line);
    }
  }

 private:
  void add(SourceText source, const Line& line) {
    bytes += source.text.size();
    folded.push_back(normalize(source.text, line.folder));
    sources.push_back(std::move(source));
    documents.push_back(segment(sources.back(), folded.back()));
    mentions.push_back(match(documents.back(), line.matcher));
    resolved.push_back(resolve(documents.back(), mentions.back(), line.resolver, {}));
    checked.push_back(resolved.back());
    check(documents.back(), checked.back(), line.checker);
  }
};

void rate(benchmark::State& state, const Texts& texts) {
  const auto megabytes = static_cast<double>(texts.bytes) / 1e6;
  state.counters["MB"] = benchmark::Counter(megabytes, benchmark::Counter::kIsIterationInvariantRate);
}

void bench_opencc(benchmark::State& state, const Texts& texts) {
  const opencc::SimpleConverter converter("t2s.json");
  for (auto _ : state) {
    for (const SourceText& source : texts.sources) benchmark::DoNotOptimize(converter.Convert(source.text));
  }
  rate(state, texts);
}

void bench_normalize(benchmark::State& state, const Texts& texts, const Line& line) {
  for (auto _ : state) {
    for (const SourceText& source : texts.sources) benchmark::DoNotOptimize(normalize(source.text, line.folder));
  }
  rate(state, texts);
}

// segment() takes the texts over, so each round has copies made off the clock.
void bench_segment(benchmark::State& state, const Texts& texts) {
  for (auto _ : state) {
    state.PauseTiming();
    auto sources = texts.sources;
    auto folded = texts.folded;
    std::vector<Document> documents(sources.size());
    state.ResumeTiming();
    for (size_t i = 0; i < sources.size(); ++i) documents[i] = segment(std::move(sources[i]), std::move(folded[i]));
    benchmark::DoNotOptimize(documents);
  }
  rate(state, texts);
}

void bench_match(benchmark::State& state, const Texts& texts, const Line& line) {
  for (auto _ : state) {
    for (const Document& document : texts.documents) benchmark::DoNotOptimize(match(document, line.matcher));
  }
  rate(state, texts);
}

void bench_resolve(benchmark::State& state, const Texts& texts, const Line& line) {
  for (auto _ : state) {
    for (size_t i = 0; i < texts.documents.size(); ++i) {
      benchmark::DoNotOptimize(resolve(texts.documents[i], texts.mentions[i], line.resolver, {}));
    }
  }
  rate(state, texts);
}

void bench_check(benchmark::State& state, const Texts& texts, const Line& line) {
  for (auto _ : state) {
    state.PauseTiming();
    auto extractions = texts.resolved;
    state.ResumeTiming();
    for (size_t i = 0; i < extractions.size(); ++i) check(texts.documents[i], extractions[i], line.checker);
    benchmark::DoNotOptimize(extractions);
  }
  rate(state, texts);
}

void bench_write(benchmark::State& state, const Texts& texts) {
  for (auto _ : state) {
    for (size_t i = 0; i < texts.documents.size(); ++i) {
      benchmark::DoNotOptimize(metrics_rows(texts.documents[i], texts.checked[i]));
      benchmark::DoNotOptimize(ledger_rows(texts.documents[i], texts.checked[i]));
      benchmark::DoNotOptimize(findings_rows(finding_rows(texts.documents[i], texts.checked[i])));
    }
  }
  rate(state, texts);
}

void bench_line(benchmark::State& state, const std::vector<Input>& inputs, const Texts& texts, const Line& line) {
  const BatchOptions one_core{.threads = 1, .encoding = {}, .stop = nullptr};
  for (auto _ : state) {
    run_batch(
        inputs, [](const Input&) { return DocumentContext{}; }, line, one_core,
        [](BatchResult&& result) { benchmark::DoNotOptimize(result); });
  }
  rate(state, texts);
}

long peak_kilobytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

std::vector<std::string> paths(int argc, char** argv) {
  std::vector<std::string> given(argv + 1, argv + argc);
  if (given.empty()) given.emplace_back(JIYAO_SOURCE_DIR "/corpus");
  return given;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  auto loaded = load(embedded_rules());
  if (!std::holds_alternative<RuleSet>(loaded)) {
    std::fprintf(stderr, "the embedded rules have mistakes: see jiyao rules check\n");
    return 2;
  }
  const Line line(std::get<RuleSet>(std::move(loaded)));
  const Inputs inputs = find_inputs(paths(argc, argv));
  for (const ReadError& error : inputs.errors) std::fprintf(stderr, "%s\n", error.message.c_str());
  // First of all, so that nothing the benchmarks hold is counted.
  const Tally sum = run_batch(
      inputs.found, [](const Input&) { return DocumentContext{}; }, line,
      {.threads = 1, .encoding = {}, .stop = nullptr}, [](BatchResult&&) {});
  const long peak = peak_kilobytes();
  const Texts texts(inputs.found, line);
  benchmark::RegisterBenchmark("opencc SimpleConverter t2s", [&](auto& state) { bench_opencc(state, texts); });
  benchmark::RegisterBenchmark("normalize", [&](auto& state) { bench_normalize(state, texts, line); });
  benchmark::RegisterBenchmark("segment", [&](auto& state) { bench_segment(state, texts); });
  benchmark::RegisterBenchmark("match", [&](auto& state) { bench_match(state, texts, line); });
  benchmark::RegisterBenchmark("resolve", [&](auto& state) { bench_resolve(state, texts, line); });
  benchmark::RegisterBenchmark("check", [&](auto& state) { bench_check(state, texts, line); });
  benchmark::RegisterBenchmark("write", [&](auto& state) { bench_write(state, texts); });
  benchmark::RegisterBenchmark("whole line, read to write",
                               [&](auto& state) { bench_line(state, inputs.found, texts, line); });
  benchmark::RunSpecifiedBenchmarks();
  std::printf("%zu documents, %zu bytes, %zu facts; peak memory of the whole line on them: %.1f MB\n", sum.documents,
              sum.bytes, sum.facts, static_cast<double>(peak) / 1000);
  return inputs.errors.empty() && sum.failed == 0 ? 0 : 2;
}
