#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Makes the workbooks of this folder anew, with the programs that README.md names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp servizi.fods "$work/calc.fods"
# The same sheets, counting days from 1904.
epoch='<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
sed "s|<office:spreadsheet>|&$epoch|" servizi.fods >"$work/calc_1904.fods"
for name in calc calc_1904; do
  soffice --headless --convert-to 'xlsx:Calc MS Excel 2007 XML' --outdir . "$work/$name.fods"
done
/usr/bin/python3 make.py  # Debian's: it has the libraries
