#!/usr/bin/env bash
# stores.sh [sqlite|postgresql] [append|read|memory]: the durable stores beside plain loops over SQLite and libpq, and
# beside the Python package eventsourcing, on the same machine in the same run. A PostgreSQL server of its own is started.
set -euo pipefail
cd "$(dirname "$0")"

stores=${1:-all}
measures=${2:-append read}
[ "$stores" != all ] || stores="sqlite postgresql"
seconds=${SECONDS_EACH:-3}
events=${EVENTS:-10000000}

venv=.venv/eventsourcing
"$venv/bin/python" -c 'import eventsourcing.postgres' 2>/dev/null || {
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet "eventsourcing[postgres]>=9.4,<10" "psycopg[binary]"
}
[ -n "${SKIP_BUILD:-}" ] || swift build --package-path Stores -c release --product store-benchmark
benchmark="$(swift build --package-path Stores -c release --show-bin-path)/store-benchmark"

folder=$(mktemp -d)
as_server() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
  as_server() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
  chown postgres "$folder"
fi
for bin in /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb || echo /usr/bin/initdb)")"; do
  [ ! -x "$bin/initdb" ] || break
done
clean_up() {
  [ ! -f "$folder/data/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null
  rm -rf "$folder"
}
trap clean_up EXIT

for store in $stores; do
  if [ "$store" = sqlite ]; then
    address="sqlite:$folder/events.sqlite"
    export PERSISTENCE_MODULE=eventsourcing.sqlite SQLITE_DBNAME="$folder/peer.sqlite"
  else
    as_server "$bin/initdb" -D "$folder/data" -U postgres -A trust --no-sync -E UTF8 --locale=C >/dev/null
    as_server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
      -o "-c listen_addresses='' -c unix_socket_directories='$folder'" start >/dev/null
    address="postgres://postgres@/postgres?host=$folder"
    export PERSISTENCE_MODULE=eventsourcing.postgres POSTGRES_DBNAME=postgres POSTGRES_HOST="$folder" POSTGRES_PORT=5432
    export POSTGRES_USER=postgres POSTGRES_PASSWORD=none POSTGRES_POOL_SIZE=64 POSTGRES_MAX_OVERFLOW=0
  fi
  for measure in $measures; do
    if [ "$measure" = memory ]; then
      "$benchmark" "$address" fill "$events"
      "$benchmark" "$address" tail "$events"
    else
      "$venv/bin/python" Stores/peer.py "$measure" "$seconds" >"$folder/peer"
      "$benchmark" "$address" "$measure" "$seconds" "$folder/peer"
    fi
  done
done
