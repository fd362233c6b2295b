// Work on many things at once, its results one by one in their order.
#pragma once

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

namespace jiyao {

// work(0) … work(count - 1), `threads` at a time (0: as many as there are
// processors), each result to `give` from one thread at a time. Twice as many
// results as threads are held at most. When `stop` is set no further work is
// begun. What work and give throw ends it all and is thrown on.
template <typename Result>
void in_order(size_t count, int threads, const std::atomic<bool>* stop, const std::function<Result(size_t)>& work,
              const std::function<void(Result&&)>& give) {
  if (threads <= 0) threads = tbb::info::default_concurrency();
  // The arena alone would be cut down to the number of processors.
  const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(threads));
  tbb::task_arena arena(threads);
  using Held = std::shared_ptr<Result>;
  size_t next = 0;
  const auto take = [&](tbb::flow_control& control) {
    const bool stopped = stop != nullptr && stop->load();
    if (next < count && !stopped) return next++;
    control.stop();
    return next;
  };
  const auto done = [&](size_t index) { return std::make_shared<Result>(work(index)); };
  const auto take_out = [&](const Held& held) { give(std::move(*held)); };
  arena.execute([&] {
    tbb::parallel_pipeline(static_cast<size_t>(threads) * 2,
                           tbb::make_filter<void, size_t>(tbb::filter_mode::serial_in_order, take) &
                               tbb::make_filter<size_t, Held>(tbb::filter_mode::parallel, done) &
                               tbb::make_filter<Held, void>(tbb::filter_mode::serial_in_order, take_out));
  });
}

}  // namespace jiyao
