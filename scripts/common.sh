# SPDX-License-Identifier: EUPL-1.2
# Sourced by the other scripts: what is missing, how the tree is built, where temporary files go.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

jobs=${RACCORDO_JOBS:-$(nproc)}

# tell "italiano" "English": what a person reads, in the language that the program speaks.
tell() {
  local words=$2
  case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in it* | "") words=$1 ;; esac
  printf '\n== %d:%02d %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$words"
}

give_up() {
  tell "$1" "$2" >&2
  exit 1
}

# Everything temporary, the tests' too, lies in one folder and goes with the script.
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/raccordo.XXXXXX")
chmod 711 "$TMPDIR" # tests that become another user must get through to folders of their own
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

# missing_packages LIST...: the packages of these lists that are not there.
missing_packages() {
  local installed names name
  installed=" $(dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' | sed -n 's/^ii //p' | tr '\n' ' ')"
  while read -r names _; do
    [[ -z $names || $names == \#* ]] && continue
    for name in ${names//|/ }; do
      [[ $installed == *" $name "* ]] && continue 2
    done
    echo "${names%%|*}"
  done < <(cat "$@")
}

# install_missing [LIST...]: what packages.txt and these lists name.
install_missing() {
  command -v dpkg-query >/dev/null || give_up \
    "questo script installa pacchetti di Debian 12; altrove, vedere scripts/packages.txt" \
    "this script installs packages of Debian 12; elsewhere, see scripts/packages.txt"
  local missing
  mapfile -t missing < <(missing_packages scripts/packages.txt "$@")
  ((${#missing[@]})) || return 0
  tell "installo i pacchetti Debian che mancano: ${missing[*]}" "installing missing Debian packages: ${missing[*]}"
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || give_up \
      "serve root o sudo; oppure: apt-get install ${missing[*]}" "root or sudo is needed; or: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# Put in front of what is built and run.
under=()

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  tell "compilo: $preset${*:+ ($*)}" "building: $preset${*:+ ($*)}"
  cmake --preset "$preset" >"$TMPDIR/configure.log" || { cat "$TMPDIR/configure.log" && return 1; }
  "${under[@]}" cmake --build --preset "$preset" --parallel "$jobs" ${*:+--target "$@"}
}

# run_tests PRESET [CTEST OPTION...]
run_tests() {
  local preset=$1
  shift
  tell "test: $preset $*" "tests: $preset $*"
  "${under[@]}" ctest --test-dir "build/$preset" --output-on-failure --no-tests=error --parallel "$jobs" "$@"
}

# A registry that cannot be reached keeps no other test from running.
fetch_kafka() {
  scripts/kafka.sh fetch || tell \
    "SENZA KAFKA: i broker non si sono potuti scaricare; i test che li usano sono saltati, e il riepilogo li nomina" \
    "WITHOUT KAFKA: the brokers could not be fetched; the tests that need them are skipped, and the summary names them"
}
