#include "tools/interrupt.h"

#include <pthread.h>

#include <csignal>
#include <thread>

#include "pipeline/run/work_folder.h"

namespace jiyao::command {

namespace {

bool is_ignored(int signal) {
  struct sigaction now = {};
  sigaction(signal, nullptr, &now);
  return now.sa_handler == SIG_IGN;
}

// As if nobody had waited for it: whoever started the program sees which it was.
void end_by(int signal, const sigset_t& waited_for) {
  WorkFolder::abandon_all();
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  sigaction(signal, &action, nullptr);
  pthread_sigmask(SIG_UNBLOCK, &waited_for, nullptr);
  raise(signal);
}

}  // namespace

// A thread of its own may remove files, which a signal handler may not.
void stop_on_interrupt(std::atomic<bool>& stop) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (!is_ignored(signal)) sigaddset(&signals, signal);
  }
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals, &stop] {
    int signal = 0;
    while (sigwait(&signals, &signal) == 0) {
      if (stop.exchange(true)) end_by(signal, signals);
    }
  }).detach();
}

}  // namespace jiyao::command
