#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Covered lines of each folder, from gcovr's summary; the least covered first."""
import collections
import json
import pathlib
import sys

folders = collections.defaultdict(lambda: [0, 0])
for file in json.loads(pathlib.Path(sys.argv[1]).read_text())["files"]:
    parts = pathlib.PurePath(file["filename"]).parts
    depth = 3 if parts[:2] == ("core", "engine") else 2
    for name in ("/".join(parts[:depth]), "all"):
        folders[name][0] += file["line_covered"]
        folders[name][1] += file["line_total"]
for name, (covered, total) in sorted(folders.items(), key=lambda one: one[1][0] / max(one[1][1], 1)):
    print(f"{name:28} {covered:6} of {total:6} lines  {100 * covered / max(total, 1):5.1f} %")
