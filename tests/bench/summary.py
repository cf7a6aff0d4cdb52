#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Medians of what measure.py told, one row for each label, and what isolation costs.

usage: summary.py FILE
"""
import json
import statistics
import sys

COLUMNS = {
    "records/s": ("records_per_second", 12, ",.0f"),
    "seconds": ("seconds", 10, ".2f"),
    "CPU-s/million": ("cpu_seconds_per_million", 16, ".2f"),
    "peak MiB": ("peak_mib", 10, ".1f"),
}


def medians(lines):
    """By label, by column."""
    rounds = {}
    for line in lines:
        one = json.loads(line)
        rounds.setdefault(one["label"], []).append(one)
    return {
        label: {column: statistics.median(one[column] for one in measured) for column, *_ in COLUMNS.values()}
        for label, measured in rounds.items()
    }


def table(of_labels):
    width = max(map(len, of_labels)) + 2
    yield " " * width + "".join(f"{title:>{space}}" for title, (_, space, _) in COLUMNS.items())
    for label, figures in of_labels.items():
        yield f"{label:{width}}" + "".join(f"{figures[column]:{space}{form}}" for column, space, form in COLUMNS.values())


def isolation(worker, in_process):
    cost = 100 * (worker["cpu_seconds_per_million"] / in_process["cpu_seconds_per_million"] - 1)
    return f"isolation costs {cost:.1f} % of CPU"


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        of_labels = medians(lines)
    print(*table(of_labels), sep="\n")
    if "worker" in of_labels and "in_process" in of_labels:
        print(isolation(of_labels["worker"], of_labels["in_process"]))


if __name__ == "__main__":
    main()
