#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Runs the tests of the everyday build with gcov and prints the covered lines of each folder. The pages for people are in
# build/coverage/html.
#   scripts/coverage.sh [CTEST OPTION...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_missing scripts/packages-analysis.txt
build coverage
find build/coverage -name '*.gcda' -delete
run_tests coverage -L '^(unit|integration|zoo|crash)$' "$@"

tell "righe coperte per cartella" "covered lines by folder"
mkdir -p build/coverage/html
gcovr --root . --object-directory build/coverage --filter '(core|adapters|plugins)/' \
  --exclude '.*/(tests|testing|bench)/.*' --exclude-throw-branches --gcov-ignore-parse-errors \
  --json-summary build/coverage/summary.json --html-details build/coverage/html/index.html >/dev/null
python3 scripts/covered_folders.py build/coverage/summary.json
