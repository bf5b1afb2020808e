#pragma once

#include <stdint.h>
#include <time.h>

/// The columns of an event, in the order in which they are read.
#define COLUMNS "position, stream, version, id, type, schema_version, occurred_at, metadata, payload"

/// Seconds on a clock that only goes forwards.
static inline double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// Pseudo-random numbers, other ones in each run.
static uint64_t state = 88172645463325252ULL;
static inline uint64_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}
