#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A small leader board, with those who are there: every topic holds what it should, and all stand in the table.

usage: board_test.py BUILD; the broker's address stands in RACCORDO_TEST_KAFKA. Ends with 77, which means skipped,
where kcat is not installed.
"""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROWS = "3000"
ALWAYS_THERE = ("worker", "unchanged", "in process", "embedded", "librdkafka alone", "kcat, raw lines")


def main():
    if not shutil.which("kcat"):
        print("skipped: no kcat; it is a package of Debian")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "offers.csv"
        subprocess.run([sys.executable, HERE / "offers_csv.py", ROWS, table], check=True)
        command = [sys.executable, HERE / "board.py", table, ROWS, "1", sys.argv[1], folder, f"{folder}/results"]
        board = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    print(board.stdout)
    if board.returncode != 0:
        sys.exit(board.returncode)
    printed = board.stdout.split("peak MiB", 1)[1]
    if missing := [label for label in ALWAYS_THERE if label not in printed]:
        sys.exit(f"not in the table: {missing}")


if __name__ == "__main__":
    main()
