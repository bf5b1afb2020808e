#pragma once
#include <stdint.h>

// Plain loops over libpq and SQLite that do by hand what the stores do: the other side of each comparison.
// Each gives the number of events, or -1 where something failed, and the seconds taken.

// Appends batches of `batch` events, each to a new stream, in one statement until the time is over.
int64_t raw_postgresql_append(
  const char *address, const char *schema, int batch, const char *text, int payload, double seconds, double *taken);
// Reads the first events in batches of 1,000 in binary form and copies every column; `sink` is called with each payload.
int64_t raw_postgresql_read(
  const char *address, const char *schema, int64_t limit, void (*sink)(const char *, int), double *taken);
// Reads one stream.
int64_t raw_postgresql_load(
  const char *address, const char *schema, const char *stream, void (*sink)(const char *, int), double *taken);

// The same through the SQLite API, a transaction for each batch.
int64_t raw_sqlite_append(const char *path, int batch, const char *text, int payload, double seconds, double *taken);
int64_t raw_sqlite_read(const char *path, int64_t limit, void (*sink)(const char *, int), double *taken);
int64_t raw_sqlite_load(const char *path, const char *stream, void (*sink)(const char *, int), double *taken);
