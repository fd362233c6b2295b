// What SIGINT, SIGTERM and SIGHUP do while results are being written.
#pragma once

#include <atomic>

namespace jiyao::command {

// From here on the first of these signals sets `stop`, so that the work at hand
// can end; the next one ends the program at once, as it would have without this,
// but leaves no WorkFolder. A signal that is ignored (nohup) stays so. To be
// called once, before there is any other thread; `stop` must outlast the program.
void stop_on_interrupt(std::atomic<bool>& stop);

}  // namespace jiyao::command
