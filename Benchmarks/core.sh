#!/usr/bin/env bash
# core.sh: the bars of the event-sourcing core, beside the Python package eventsourcing in the same run.
set -euo pipefail
cd "$(dirname "$0")"

venv=.venv/eventsourcing
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet "eventsourcing>=9.4,<10"
fi
swift build -c release --product core-benchmark
binary="$(swift build -c release --show-bin-path)/core-benchmark"
# The figures stand on one line: appended and replayed events a second.
exec "$binary" $("$venv/bin/python" CoreBenchmark/account.py)
