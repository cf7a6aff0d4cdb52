#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# The main job, step by step: three catalogues in, one out; again: nothing changed; one row corrected: exactly that.
# RACCORDO names the program; everything is written below the folder named as first argument (build/quickstart).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
raccordo=${RACCORDO:-raccordo}
export QUICKSTART=${1:-$here/../../build/quickstart}

# step "italiano" "English": in the language that the program speaks.
step() {
  local words=$2
  case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in it* | "") words=$1 ;; esac
  printf '\n-- %s\n' "$words"
}
delivered() { find "$QUICKSTART/out" -type f -name '*.ndjson' -print0 | xargs -0 -r cat | wc -l; }
expect() {
  [[ $2 == "$3" ]] && return
  printf 'quickstart: %s: expected %s, got %s\n' "$1" "$3" "$2" >&2
  exit 1
}

rm -rf "$QUICKSTART"
mkdir -p "$QUICKSTART/in"
QUICKSTART=$(cd "$QUICKSTART" && pwd)
cp "$here"/data/* "$QUICKSTART/in/"

step "ciò che tre partner esportano:" "three partners' exports:" && ls -l "$QUICKSTART/in"
step "raccordo check hub.yaml" "raccordo check hub.yaml" && "$raccordo" check "$here/hub.yaml"

step "raccordo run hub.yaml --once" "raccordo run hub.yaml --once" && "$raccordo" run "$here/hub.yaml" --once
first=$(delivered)
step "consegnate al quarto partner, $first righe:" "delivered to the fourth partner, $first lines:" && ls -l "$QUICKSTART/out"

step "ancora una volta: niente è cambiato, niente è consegnato" "once more: nothing changed, so nothing is delivered" && "$raccordo" run "$here/hub.yaml" --once
expect "lines after the second run" "$(delivered)" "$first"

step "il comune corregge una riga" "the municipality corrects one row" 
sed -i '0,/<denominazione>[^<]*/s/<denominazione>[^<]*/& (nuova sede)/' "$QUICKSTART/in/comune-valfiorita.xml"
"$raccordo" run "$here/hub.yaml" --once
expect "lines after the correction" "$(delivered)" "$((first + 1))"
last=$(find "$QUICKSTART/out" -type f | sort -V | tail -n 1)
grep -q 'nuova sede' "$QUICKSTART"/out/services-*.ndjson
step "proprio quella è stata consegnata: $(basename "$last")" "exactly that one was delivered: $(basename "$last")"

step "raccordo ledger hub.yaml" "raccordo ledger hub.yaml" && "$raccordo" ledger "$here/hub.yaml"
step "raccordo events services --config hub.yaml (gli ultimi due)" "raccordo events services --config hub.yaml (the last two)"
"$raccordo" events services --config "$here/hub.yaml" | tail -n 4
