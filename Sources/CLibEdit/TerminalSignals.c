#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#define _DARWIN_C_SOURCE
#include "CLibEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

static const int handled[] = {SIGINT, SIGHUP, SIGTERM, SIGWINCH, SIGCONT};
#define HANDLED_COUNT (sizeof handled / sizeof *handled)

static struct sigaction previous[HANDLED_COUNT];
static bool installed = false;
static int pipe_ends[2] = {-1, -1};

static atomic_bool editing = false;
static atomic_int ending = 0;
static bool remembered = false;
static struct termios original;

// Only functions that POSIX lists as safe in a signal handler are called from here on down to `handle`.
static void restore_terminal(void) {
  static const char leave[] = "\033[?2004l\r\n";
  if (!atomic_exchange(&editing, false)) return;
  if (remembered) tcsetattr(STDIN_FILENO, TCSANOW, &original);
  ssize_t written = write(STDOUT_FILENO, leave, sizeof leave - 1);
  (void)written;
}

void eventspec_signals_end_process(int number) {
  restore_terminal();
  struct sigaction fallback = {.sa_handler = SIG_DFL};
  sigemptyset(&fallback.sa_mask);
  sigaction(number, &fallback, NULL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  kill(getpid(), number);
}

static void handle(int number) {
  int saved = errno;
  // Told to end twice: whoever reads the pipe does not come round to it.
  if ((number == SIGHUP || number == SIGTERM) && atomic_fetch_add(&ending, 1) > 0) {
    eventspec_signals_end_process(number);
  } else {
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(pipe_ends[1], &byte, 1);
    (void)written;
  }
  errno = saved;
}

static bool open_pipe(void) {
  if (pipe_ends[0] >= 0) return true;
  if (pipe(pipe_ends) != 0) return false;
  for (int end = 0; end < 2; end++) {
    fcntl(pipe_ends[end], F_SETFD, FD_CLOEXEC);
    fcntl(pipe_ends[end], F_SETFL, fcntl(pipe_ends[end], F_GETFL) | O_NONBLOCK);
  }
  return true;
}

int eventspec_signals_install(void) {
  if (!open_pipe()) return -1;
  if (installed) return pipe_ends[0];
  // A parent's mask is inherited, and one made by threads that leave signals to others blocks all of these.
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGTSTP);
  for (size_t index = 0; index < HANDLED_COUNT; index++) sigaddset(&wanted, handled[index]);
  pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
  for (size_t index = 0; index < HANDLED_COUNT; index++) {
    sigaction(handled[index], NULL, &previous[index]);
    bool ignored = previous[index].sa_handler == SIG_IGN;
    if (ignored && handled[index] != SIGWINCH && handled[index] != SIGCONT) continue;
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(handled[index], &action, NULL);
  }
  installed = true;
  return pipe_ends[0];
}

void eventspec_signals_uninstall(void) {
  if (!installed) return;
  for (size_t index = 0; index < HANDLED_COUNT; index++) sigaction(handled[index], &previous[index], NULL);
  installed = false;
}

void eventspec_terminal_remember(void) {
  static bool registered = false;
  if (!remembered) remembered = tcgetattr(STDIN_FILENO, &original) == 0;
  if (!registered) registered = atexit(restore_terminal) == 0;
}

void eventspec_terminal_guard(bool on) { atomic_store(&editing, on); }
