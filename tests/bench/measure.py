#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs a command and tells what it and all its children took, as one line of JSON.

usage: measure.py LABEL RECORDS COMMAND...

CPU time is what the kernel charged to the process and the children it waited for. Memory is the highest sum, over the
process and its descendants, of their resident memory, shared pages counted once (Pss).
"""
import json
import os
import subprocess
import sys
import threading
import time


def descendants(root):
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as stat:
                    parents[int(entry)] = int(stat.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                pass  # it ended meanwhile
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def resident(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def main():
    label, records, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = [0]
    over = threading.Event()

    def watch():
        while not over.wait(0.2):
            peak[0] = max(peak[0], sum(map(resident, descendants(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    over.set()
    watcher.join()
    seconds = time.monotonic() - begun
    exit_code = os.waitstatus_to_exitcode(status)
    ledger = json.loads(printed)["connectors"] if exit_code == 0 else None
    cpu = usage.ru_utime + usage.ru_stime
    print(
        json.dumps(
            {
                "label": label,
                "exit": exit_code,
                "seconds": round(seconds, 2),
                "records_per_second": round(records / seconds),
                "cpu_seconds_per_million": round(cpu * 1e6 / records, 2),
                "peak_mib": round(peak[0] / 1024, 1),
                "ledger": ledger,
            }
        ),
        flush=True,
    )
    sys.exit(exit_code)


main()
