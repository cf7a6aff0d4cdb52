#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A catalogue of offers through mapping, validation, comparison and the embedded backbone: records a second, CPU-seconds
# per million of all processes, peak memory. In a worker, the same again unchanged, and in process; rounds interleaved.
#   scripts/bench.sh [ROWS] [ROUNDS]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

rows=${1:-1000000}
rounds=${2:-3}
raccordo="$root/build/release/bin/raccordo"
results="build/bench/$(date -u +%Y%m%dT%H%M%SZ).jsonl"

# hub FOLDER ISOLATION: a configuration that reads the table.
hub() {
  rm -rf "$1" && mkdir -p "$1"
  cat >"$1/raccordo.yaml" <<YAML
config: 1
hub: {id: bench, data: var}
backbone: {embedded: {}}
store: {sqlite: {}}
plugins: {folders: ["$root/build/release/plugins"]}
connectors:
  - id: offers
    plugin: mapping
    isolation: $2
    options: {mapping: "$root/tests/bench/offers.yaml"}
    from: {files: {path: "$table", snapshot: complete}}
YAML
}

# measured LABEL FOLDER: one run of what lies there.
measured() {
  python3 tests/bench/measure.py "$1" "$rows" "$raccordo" run "$2/raccordo.yaml" --once --json 2>>"$2/log" |
    tee -a "$results" || { tail -n 20 "$2/log" >&2 && return 1; }
}

install_missing
build release raccordo mapping_plugin
mkdir -p build/bench

# Beside the results, not in $TMPDIR: that may be memory.
table="$root/build/bench/offers-$rows.csv"
if [[ ! -s $table ]]; then
  tell "scrivo $rows righe" "writing $rows rows"
  python3 tests/bench/offers_csv.py "$rows" "$table.part" && mv "$table.part" "$table"
fi

for ((turn = 1; turn <= rounds; ++turn)); do
  tell "giro $turn di $rounds" "round $turn of $rounds"
  hub build/bench/worker worker
  measured worker build/bench/worker
  measured "worker, unchanged" build/bench/worker
  hub build/bench/in_process in_process
  measured in_process build/bench/in_process
done

tell "mediane; ogni misura è in $results" "medians; every measurement is in $results"
python3 tests/bench/summary.py "$results"
