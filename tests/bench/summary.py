#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Medians of what measure.py told, one row for each label, and what isolation costs.

usage: summary.py FILE
"""
import json
import statistics
import sys

COLUMNS = ("records_per_second", "cpu_seconds_per_million", "peak_mib")


def main():
    rounds = {}
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            rounds.setdefault(one["label"], []).append(one)
    print(f"{'':24}{'records/s':>12}{'CPU-s/million':>16}{'peak MiB':>10}")
    medians = {}
    for label, measured in rounds.items():
        medians[label] = [statistics.median(one[column] for one in measured) for column in COLUMNS]
        rate, cpu, peak = medians[label]
        print(f"{label:24}{rate:12,.0f}{cpu:16.2f}{peak:10.1f}")
    if "worker" in medians and "in_process" in medians:
        cost = 100 * (medians["worker"][1] / medians["in_process"][1] - 1)
        print(f"isolation costs {cost:.1f} % of CPU")


main()
