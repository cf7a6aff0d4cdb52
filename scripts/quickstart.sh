#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# From a fresh Debian 12 to three partners' catalogues delivered to a fourth, and one booking. May be run again and again.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_missing
build release

tell "la storia: tre partner in ingresso, uno in uscita (examples/quickstart)" \
  "the story: three partners in, one out (examples/quickstart)"
RACCORDO="$root/build/release/bin/raccordo" examples/quickstart/run.sh

tell "una prenotazione, da un portale a una cooperativa che scambia file (examples/booking)" \
  "one booking, from a portal to a cooperative that exchanges files (examples/booking)"
RACCORDO="$root/build/release/bin/raccordo" examples/booking/run.sh "$root/build/booking" --short
