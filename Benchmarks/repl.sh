#!/usr/bin/env bash
# repl.sh [FIGURE]…: the bars of the REPL, on a pseudo-terminal; figures are start, answer, past, completion, script.
set -euo pipefail
cd "$(dirname "$0")"

(cd .. && swift build -c release --product eventspec --traits SQLite --scratch-path .build-release)
swift build -c release --product large-domain-tool
exec python3 Repl/measure.py ../.build-release/release/eventspec \
  "$(swift build -c release --show-bin-path)/large-domain-tool" "$@"
