#include "RawStores.h"
#include "Shared.h"
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  char *bytes;
  int count;
} Buffer;

static void put(Buffer *buffer, const void *bytes, int count) {
  memcpy(buffer->bytes + buffer->count, bytes, (size_t)count);
  buffer->count += count;
}

static void put32(Buffer *buffer, int32_t value) {
  uint32_t big = htonl((uint32_t)value);
  put(buffer, &big, 4);
}

static void put64(Buffer *buffer, int64_t value) {
  put32(buffer, (int32_t)(value >> 32));
  put32(buffer, (int32_t)value);
}

static void begin(Buffer *buffer, int type, int count) {
  buffer->count = 0;
  put32(buffer, 1);
  put32(buffer, 0);
  put32(buffer, type);
  put32(buffer, count);
  put32(buffer, 1);
}

static PGconn *connect_to(const char *address, uint64_t seed) {
  PGconn *connection = PQconnectdb(address);
  state = seed ^ (uint64_t)time(NULL) * 0x9e3779b97f4a7c15ULL;
  if (PQstatus(connection) != CONNECTION_OK) {
    fprintf(stderr, "%s", PQerrorMessage(connection));
    return NULL;
  }
  PQclear(PQexec(connection, "set plan_cache_mode = force_generic_plan; set jit = off; set enable_seqscan = off"));
  return connection;
}

// Six arrays, an element for each event.
static const char many[] =
  "with counted as (update \"%1$s\".counters set position = position + cardinality($1::text[]) where shard = 0 "
  "returning position - cardinality($1::text[]) as base), "
  "heads as (insert into \"%1$s\".streams (shard, stream, version) select 0, s, 1 from unnest($1::text[]) s) "
  "insert into \"%1$s\".events (shard, position, stream, version, id, type, schema_version, occurred_at, metadata, payload) "
  "select 0, c.base + e.n, e.stream, 1, e.id, e.type, 1, e.at, e.metadata, e.payload from counted c, "
  "unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[], $5::bytea[], $6::bytea[]) "
  "with ordinality as e(stream, id, type, at, metadata, payload, n)";

// The same for one event, which is faster without arrays.
static const char one[] =
  "with counted as (update \"%1$s\".counters set position = position + 1 where shard = 0 returning position), "
  "heads as (insert into \"%1$s\".streams (shard, stream, version) values (0, $1::text, 1)) "
  "insert into \"%1$s\".events (shard, position, stream, version, id, type, schema_version, occurred_at, metadata, payload) "
  "select 0, c.position, $1::text, 1, $2::uuid, $3::text, 1, $4::timestamptz, $5::bytea, $6::bytea from counted c";

int64_t raw_postgresql_append(
  const char *address, const char *schema, int batch, const char *text, int payload, double seconds, double *taken) {
  PGconn *connection = connect_to(address, 1);
  if (!connection) return -1;
  char sql[4096];
  snprintf(sql, sizeof sql, batch == 1 ? one : many, schema);
  PQclear(PQprepare(connection, "raw", sql, 0, NULL));
  // Before a value alone stands nothing: an array has a head, and each element its length.
  int head = batch == 1 ? 24 : 0;
  Buffer buffers[6];
  for (int index = 0; index < 6; index++) buffers[index].bytes = malloc((size_t)(64 + batch * (payload + 64)));
  int64_t count = 0;
  double start = now();
  while (now() - start < seconds) {
    int types[6] = {25, 2950, 25, 1184, 17, 17};
    for (int index = 0; index < 6; index++) begin(&buffers[index], types[index], batch);
    for (int event = 0; event < batch; event++) {
      char name[64];
      int length = snprintf(name, sizeof name, "raw-%016llx%08llx", (unsigned long long)next(), (unsigned long long)(next() >> 32));
      put32(&buffers[0], length);
      put(&buffers[0], name, length);
      put32(&buffers[1], 16);
      put64(&buffers[1], (int64_t)next());
      put64(&buffers[1], (int64_t)next());
      put32(&buffers[2], 5);
      put(&buffers[2], "Added", 5);
      put32(&buffers[3], 8);
      put64(&buffers[3], 800000000000000LL);
      put32(&buffers[4], 2);
      put(&buffers[4], "{}", 2);
      put32(&buffers[5], payload);
      put(&buffers[5], text, payload);
    }
    const char *values[6];
    int lengths[6], formats[6] = {1, 1, 1, 1, 1, 1};
    for (int index = 0; index < 6; index++) {
      values[index] = buffers[index].bytes + head;
      lengths[index] = buffers[index].count - head;
    }
    PGresult *result = PQexecPrepared(connection, "raw", 6, values, lengths, formats, 1);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
      fprintf(stderr, "%s", PQresultErrorMessage(result));
      return -1;
    }
    PQclear(result);
    count += batch;
  }
  *taken = now() - start;
  for (int index = 0; index < 6; index++) free(buffers[index].bytes);
  PQfinish(connection);
  return count;
}

static int64_t read_rows(PGresult *result, void (*sink)(const char *, int)) {
  int rows = PQntuples(result);
  char *copy = malloc(1 << 20);
  for (int row = 0; row < rows; row++) {
    for (int column = 0; column < 9; column++) {
      int length = PQgetlength(result, row, column);
      memcpy(copy, PQgetvalue(result, row, column), (size_t)(length < (1 << 20) ? length : 1 << 20));
    }
    if (sink) sink(PQgetvalue(result, row, 8), PQgetlength(result, row, 8));
  }
  free(copy);
  return rows;
}

int64_t raw_postgresql_read(
  const char *address, const char *schema, int64_t limit, void (*sink)(const char *, int), double *taken) {
  PGconn *connection = connect_to(address, 2);
  if (!connection) return -1;
  char sql[1024];
  snprintf(
    sql, sizeof sql, "select " COLUMNS " from \"%s\".events where shard = 0 and position > $1::bigint order by position limit 1000",
    schema);
  // Without statistics the server may choose to sort the whole table for each batch.
  char analyze[256];
  snprintf(analyze, sizeof analyze, "analyze \"%s\".events", schema);
  PQclear(PQexec(connection, analyze));
  PQclear(PQprepare(connection, "raw", sql, 0, NULL));
  int64_t count = 0, position = 0;
  double start = now();
  while (count < limit) {
    char bytes[8];
    Buffer buffer = {bytes, 0};
    put64(&buffer, position);
    const char *values[1] = {bytes};
    int lengths[1] = {8}, formats[1] = {1};
    PGresult *result = PQexecPrepared(connection, "raw", 1, values, lengths, formats, 1);
    int rows = PQntuples(result);
    if (rows == 0) {
      PQclear(result);
      break;
    }
    read_rows(result, sink);
    count += rows;
    const unsigned char *last = (const unsigned char *)PQgetvalue(result, rows - 1, 0);
    position = 0;
    for (int index = 0; index < 8; index++) position = position << 8 | last[index];
    PQclear(result);
  }
  *taken = now() - start;
  PQfinish(connection);
  return count;
}

int64_t raw_postgresql_load(
  const char *address, const char *schema, const char *stream, void (*sink)(const char *, int), double *taken) {
  PGconn *connection = connect_to(address, 3);
  if (!connection) return -1;
  char sql[1024];
  snprintf(
    sql, sizeof sql, "select " COLUMNS " from \"%s\".events where shard = 0 and stream = $1::text order by version", schema);
  PQclear(PQprepare(connection, "raw", sql, 0, NULL));
  double start = now();
  const char *values[1] = {stream};
  PGresult *result = PQexecPrepared(connection, "raw", 1, values, NULL, NULL, 1);
  int64_t count = read_rows(result, sink);
  *taken = now() - start;
  PQclear(result);
  PQfinish(connection);
  return count;
}
