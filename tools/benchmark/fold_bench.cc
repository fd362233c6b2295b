// How fast texts are folded, and the two steps of it, beside OpenCC's own
// converter on the same text in the same run.
//
//   fold_bench [--benchmark_…] [PATH...]      $JIYAO_BENCH_TEXT (paths, ':' between
//                                             them), else corpus/, if no path is given
//
// The texts are folded as one. OpenCC is given what the width step leaves, so
// both convert the same.
#include <benchmark/benchmark.h>
#include <opencc/opencc.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "pipeline/normalize/normalize.h"
#include "pipeline/normalize/script.h"
#include "pipeline/normalize/width.h"
#include "pipeline/read/read.h"

namespace {

using namespace jiyao;

std::vector<std::string> paths(int argc, char** argv) {
  std::vector<std::string> given(argv + 1, argv + argc);
  const char* named = std::getenv("JIYAO_BENCH_TEXT");
  std::istringstream list(given.empty() && named != nullptr ? named : "");
  for (std::string path; std::getline(list, path, ':');) {
    if (!path.empty()) given.push_back(path);
  }
  if (given.empty()) given.emplace_back(JIYAO_SOURCE_DIR "/corpus");
  return given;
}

std::string read_texts(const std::vector<std::string>& from) {
  const Inputs inputs = find_inputs(from);
  for (const ReadError& error : inputs.errors) std::fprintf(stderr, "%s\n", error.message.c_str());
  std::string all;
  for (const Input& input : inputs.found) {
    const auto result = read(input);
    if (const auto* error = std::get_if<ReadError>(&result)) {
      std::fprintf(stderr, "%s\n", error->message.c_str());
    } else {
      all += std::get<SourceText>(result).text;
    }
  }
  return all;
}

void rate(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(text.size()));
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const std::string text = read_texts(paths(argc, argv));
  const Folder folder;
  const WidthFolder width;
  const ScriptFolder script;
  const opencc::SimpleConverter converter("t2s.json");
  const std::string wide = width.fold(text).text;
  benchmark::RegisterBenchmark("opencc SimpleConverter t2s", [&](auto& state) {
    for (auto _ : state) benchmark::DoNotOptimize(converter.Convert(wide));
    rate(state, wide);
  });
  benchmark::RegisterBenchmark("normalize", [&](auto& state) {
    for (auto _ : state) benchmark::DoNotOptimize(normalize(text, folder));
    rate(state, text);
  });
  benchmark::RegisterBenchmark("normalize: width", [&](auto& state) {
    for (auto _ : state) benchmark::DoNotOptimize(width.fold(text));
    rate(state, text);
  });
  benchmark::RegisterBenchmark("normalize: script", [&](auto& state) {
    for (auto _ : state) benchmark::DoNotOptimize(script.fold(wide));
    rate(state, wide);
  });
  benchmark::RegisterBenchmark("load the folder", [&](auto& state) {
    for (auto _ : state) benchmark::DoNotOptimize(Folder());
  });
  benchmark::RunSpecifiedBenchmarks();
  const bool same = normalize(text, folder).text == converter.Convert(wide);
  std::printf("%zu bytes; the folded text is %s\n", text.size(), same ? "OpenCC's" : "NOT OpenCC's");
  return same ? 0 : 1;
}
