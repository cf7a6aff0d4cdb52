#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A portal, two cooperatives, a municipality and an employer around one hub: booked, confirmed, cancelled, refused, paid.
# RACCORDO names the program; everything is written below the folder named as first argument (build/booking). --short: one booking.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec python3 -B "$here/story.py" "${RACCORDO:-raccordo}" "${1:-$here/../../build/booking}" "${@:2}"
