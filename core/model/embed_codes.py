# SPDX-License-Identifier: Apache-2.0
"""Turns code lists (config/codes/*.csv) into C++: embed_codes.py OUT.cpp LIST.csv..."""
import csv
import json
import pathlib
import sys


def literal(text):
    return json.dumps(text, ensure_ascii=False)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["code"] for row in rows]
    if not codes or codes != sorted(set(codes)):
        sys.exit(f"{path}: codes must be sorted and stand once")
    for row in rows:
        if set(row) != {"code", "it", "en", "source"} or not all(row.values()):
            sys.exit(f"{path}: {row['code']}: code, it, en and source must all be there")
    return rows


def main(out, *paths):
    lists = sorted((pathlib.Path(path).stem, rows_of(path)) for path in paths)
    lines = ["// Generated from config/codes by embed_codes.py.", '#include "code_lists.hpp"', "",
             "namespace raccordo::generated {", "namespace {", ""]
    for name, rows in lists:
        lines.append(f"constexpr Code k_{name}[] = {{")
        lines += [f"    {{{literal(r['code'])}, {{{literal(r['it'])}, {literal(r['en'])}}}}}," for r in rows]
        lines += ["};", ""]
    lines.append("constexpr CodeList kLists[] = {")
    lines += [f"    {{{literal(name)}, k_{name}}}," for name, _ in lists]
    lines += ["};", "", "}  // namespace", "", "std::span<const CodeList> code_lists() { return kLists; }", "",
              "}  // namespace raccordo::generated", ""]
    pathlib.Path(out).write_text("\n".join(lines), encoding="utf-8")


main(*sys.argv[1:])
