#include "RawStores.h"
#include "Shared.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *open_file(const char *path) {
  sqlite3 *database = NULL;
  if (sqlite3_open(path, &database) != SQLITE_OK) return NULL;
  sqlite3_exec(database, "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000", NULL, NULL, NULL);
  sqlite3_busy_timeout(database, 10000);
  state ^= (uint64_t)time(NULL) * 0x9e3779b97f4a7c15ULL;
  return database;
}

int64_t raw_sqlite_append(const char *path, int batch, const char *text, int payload, double seconds, double *taken) {
  sqlite3 *database = open_file(path);
  if (!database) return -1;
  sqlite3_stmt *begin, *commit, *head, *insert;
  sqlite3_prepare_v2(database, "begin immediate", -1, &begin, NULL);
  sqlite3_prepare_v2(database, "commit", -1, &commit, NULL);
  sqlite3_prepare_v2(database, "insert into streams (stream, version) values (?, 1)", -1, &head, NULL);
  if (sqlite3_prepare_v2(
        database, "insert into events (" COLUMNS ") values (null, ?, 1, ?, 'Added', 1, 800000000000000, '{}', ?)", -1, &insert,
        NULL) != SQLITE_OK)
    return -1;
  int64_t count = 0;
  double start = now();
  while (now() - start < seconds) {
    sqlite3_step(begin);
    sqlite3_reset(begin);
    for (int event = 0; event < batch; event++) {
      char name[64];
      uint64_t id[2] = {next(), next()};
      int length = snprintf(name, sizeof name, "raw-%016llx%08llx", (unsigned long long)next(), (unsigned long long)(next() >> 32));
      sqlite3_bind_text(head, 1, name, length, SQLITE_STATIC);
      sqlite3_step(head);
      sqlite3_reset(head);
      sqlite3_bind_text(insert, 1, name, length, SQLITE_STATIC);
      sqlite3_bind_blob(insert, 2, id, 16, SQLITE_STATIC);
      sqlite3_bind_text(insert, 3, text, payload, SQLITE_STATIC);
      if (sqlite3_step(insert) != SQLITE_DONE) return -1;
      sqlite3_reset(insert);
    }
    sqlite3_step(commit);
    if (sqlite3_reset(commit) != SQLITE_OK) return -1;
    count += batch;
  }
  *taken = now() - start;
  sqlite3_finalize(begin);
  sqlite3_finalize(commit);
  sqlite3_finalize(head);
  sqlite3_finalize(insert);
  sqlite3_close(database);
  return count;
}

static int64_t step_rows(sqlite3_stmt *statement, void (*sink)(const char *, int), int64_t *position) {
  int64_t count = 0;
  char *copy = malloc(1 << 20);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    *position = sqlite3_column_int64(statement, 0);
    for (int column = 1; column < 9; column++) {
      if (column == 2 || column == 5 || column == 6) {
        (void)sqlite3_column_int64(statement, column);
        continue;
      }
      const void *value = sqlite3_column_blob(statement, column);
      int length = sqlite3_column_bytes(statement, column);
      memcpy(copy, value, (size_t)(length < (1 << 20) ? length : 1 << 20));
      if (column == 8 && sink) sink(value, length);
    }
    count++;
  }
  free(copy);
  return count;
}

int64_t raw_sqlite_read(const char *path, int64_t limit, void (*sink)(const char *, int), double *taken) {
  sqlite3 *database = open_file(path);
  if (!database) return -1;
  sqlite3_stmt *statement;
  sqlite3_prepare_v2(
    database, "select " COLUMNS " from events where position > ? order by position limit 1000", -1, &statement, NULL);
  int64_t count = 0, position = 0;
  double start = now();
  while (count < limit) {
    sqlite3_bind_int64(statement, 1, position);
    int64_t rows = step_rows(statement, sink, &position);
    sqlite3_reset(statement);
    if (rows == 0) break;
    count += rows;
  }
  *taken = now() - start;
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return count;
}

int64_t raw_sqlite_load(const char *path, const char *stream, void (*sink)(const char *, int), double *taken) {
  sqlite3 *database = open_file(path);
  if (!database) return -1;
  sqlite3_stmt *statement;
  sqlite3_prepare_v2(database, "select " COLUMNS " from events where stream = ? order by version", -1, &statement, NULL);
  double start = now();
  int64_t position = 0;
  sqlite3_bind_text(statement, 1, stream, -1, SQLITE_STATIC);
  int64_t count = step_rows(statement, sink, &position);
  *taken = now() - start;
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return count;
}
