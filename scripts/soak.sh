#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Crash and load tests at their full size, which tests scale up when RACCORDO_SOAK is set. The log stays in build/soak.
#   scripts/soak.sh [REPETITIONS]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

repetitions=${1:-1}
log="build/soak/$(date -u +%Y%m%dT%H%M%SZ).log"
mkdir -p build/soak

install_missing
fetch_kafka
build release

tell "le prove complete; il diario è in $log" "the full-size tests; the log is $log"
export RACCORDO_SOAK=1 RACCORDO_CRASH_ROUNDS=100
for ((turn = 1; turn <= repetitions; ++turn)); do
  # One at a time: they load the machine by themselves, and their deadlines count on it.
  RACCORDO_SEED=$((RANDOM << 15 | RANDOM))
  export RACCORDO_SEED
  tell "giro $turn, seme $RACCORDO_SEED" "turn $turn, seed $RACCORDO_SEED" | tee -a "$log"
  ctest --test-dir build/release --verbose --no-tests=error --timeout 3600 -L '^(crash|load|zoo)$' 2>&1 | tee -a "$log"
done
