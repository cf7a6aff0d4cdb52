#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A catalogue of offers through the hub: records a second, CPU-seconds per million of all processes, peak memory; rounds
# interleaved, medians printed, every measurement in build/bench.
#   scripts/bench.sh [ROWS] [ROUNDS]          mapping, validation, comparison and the embedded backbone: in a worker, the
#                                             same again unchanged, and in process
#   scripts/bench.sh crash [ROWS] [ROUNDS]    what a record costs that crashes its plugin
#   scripts/bench.sh cases [REQUESTS] [ROUNDS] [CASES] bookings: the store of cases alone, and portals' requests through the
#                                             program over files, PostgreSQL, and Kafka with PostgreSQL; also over CASES (1M)
#   scripts/bench.sh board [ROWS] [ROUNDS]    the same and others over Kafka, beside a real broker (tests/bench/peers)
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mode=hub
if [[ ${1:-} == board || ${1:-} == crash || ${1:-} == cases ]]; then mode=$1 && shift; fi
if [[ $mode == cases ]]; then rows=${1:-60000}; else rows=${1:-1000000}; fi
rounds=${2:-3}
many=${3:-1000000} # cases that are there before
bench="$root/build/bench"
raccordo="$root/build/release/bin/raccordo"
results="$bench/$(date -u +%Y%m%dT%H%M%SZ).jsonl"

# Beside the results, not in $TMPDIR: that may be memory.
table="$bench/offers-$rows.csv"
write_table() {
  [[ -s $table ]] && return
  tell "scrivo $rows righe" "writing $rows rows"
  python3 tests/bench/offers_csv.py "$rows" "$table.part" && mv "$table.part" "$table"
}

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

measure_hub() {
  install_missing
  build release raccordo mapping_plugin
  write_table
  for ((turn = 1; turn <= rounds; ++turn)); do
    tell "giro $turn di $rounds" "round $turn of $rounds"
    hub "$bench/worker" worker
    measured worker "$bench/worker"
    measured "worker, unchanged" "$bench/worker"
    hub "$bench/in_process" in_process
    measured in_process "$bench/in_process"
  done
  tell "mediane; ogni misura è in $results" "medians; every measurement is in $results"
  python3 tests/bench/summary.py "$results"
}

measure_crash() {
  install_missing
  build release raccordo zoo_segfaults
  python3 tests/bench/crashing.py build/release "$rows" $((rows / 1000)) "$rounds" "$bench/crash"
}

# booked LABEL CASES COMMAND...: requests of 64 clients, then clicks one by one.
booked() {
  local label=$1 cases=$2
  shift 2
  tell "$label, $cases pratiche" "$label, $cases cases"
  "$@" "$root/build/release/bin/booking_bench" "$rows" 64 200 "$cases" |
    sed "s/^{/{\"over\":\"$label\",/" | tee -a "$results"
}

measure_cases() {
  install_missing
  fetch_kafka
  build release raccordo booking_bench case_bench with_broker with_postgresql
  local database="$root/build/release/bin/with_postgresql" broker="$root/build/release/bin/with_broker"
  for ((turn = 1; turn <= rounds; ++turn)); do
    tell "giro $turn di $rounds" "round $turn of $rounds"
    for cases in 0 "$many"; do
      "$root/build/release/bin/case_bench" "$bench" "$rows" 64 "$cases" | tee -a "$results.txt"
      booked files "$cases" env
      booked postgresql "$cases" "$database" --durable
    done
    booked "kafka and postgresql" 0 "$database" --durable "$broker" 4.1.1
  done
  tell "ogni misura è in $results" "every measurement is in $results"
}

# Both are called where failing is allowed: each step stands on the one before.
make_camel() {
  local folder="$bench/board/camel"
  if [[ ! -e $folder/lib/.whole ]]; then
    tell "scarico Camel" "fetching Camel"
    mvn -q -B -Dstyle.color=never -f tests/bench/peers/camel/pom.xml dependency:copy-dependencies \
      -DoutputDirectory="$folder/lib" && touch "$folder/lib/.whole" || return
  fi
  javac -cp "$folder/lib/*" -d "$folder" tests/bench/peers/camel/Offers.java
}

# In a copy: Go notes there what Bento itself needs.
make_bento() {
  local folder="$bench/board/bento"
  [[ -x $folder/bento ]] && return
  tell "compilo Bento" "building Bento"
  mkdir -p "$folder" && cp tests/bench/peers/bento/{go.mod,main.go} "$folder" &&
    (cd "$folder" && go build -mod=mod -buildvcs=false -o bento .)
}

# attempt NAME: who cannot be had is left out.
attempt() {
  "make_$1" || tell "SENZA $1: vedere sopra e tests/bench/peers/$1" "WITHOUT $1: see above, and tests/bench/peers/$1"
}

measure_board() {
  install_missing scripts/packages-kafka.txt scripts/packages-bench.txt
  build release raccordo mapping_plugin bare_producer
  write_table
  attempt camel
  attempt bento
  export RACCORDO_KAFKA_PORT=${RACCORDO_KAFKA_PORT:-19092} RACCORDO_KAFKA_FOLDER="$bench/kafka"
  export RACCORDO_TEST_KAFKA="127.0.0.1:$RACCORDO_KAFKA_PORT"
  trap 'scripts/kafka.sh stop; rm -rf "$TMPDIR" "$RACCORDO_KAFKA_FOLDER"' EXIT
  rm -rf "$RACCORDO_KAFKA_FOLDER"
  scripts/kafka.sh start
  tell "$rounds giri; ogni misura va in $results" "$rounds rounds; every measurement goes to $results"
  python3 tests/bench/board.py "$table" "$rows" "$rounds" "$root/build/release" "$bench/board" "$results"
}

mkdir -p "$bench"
"measure_$mode"
