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
swift build -c release --product domain-benchmark
binaries="$(swift build -c release --show-bin-path)"
# The figures stand on one line: appended and replayed events a second.
status=0
"$binaries/core-benchmark" $("$venv/bin/python" CoreBenchmark/account.py) || status=$?

printf '\nReading and checking the example domains in a new process, milliseconds (the median of 21 runs)\n'
median() { sort -n | sed -n 11p; }
for _ in $(seq 21); do "$binaries/domain-benchmark"; done >.build/domain-benchmark.txt
printf 'schemas %43s%s\n' '' "$(cut -d' ' -f1 .build/domain-benchmark.txt | median)"
printf 'findings %42s%s\n' '' "$(cut -d' ' -f2 .build/domain-benchmark.txt | median)"
exit "$status"
