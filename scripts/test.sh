#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Every test there is: unit and integration ones under AddressSanitizer and UBSan, threaded ones under ThreadSanitizer,
# and all of them in the release that users run. Stops at what fails: the last words are always a summary of ctest.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1

install_missing
build release

build asan unit_tests integration_tests
run_tests asan -L '^(unit|integration)$'

# The ThreadSanitizer of g++ 12 does not start where the kernel spreads addresses wider than it knows.
if setarch "$(uname -m)" -R true 2>/dev/null; then under=(setarch "$(uname -m)" -R); fi
build tsan threaded_tests
run_tests tsan -L '^threaded$'
under=()

fetch_kafka
run_tests release
