#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs a command and tells what it and all its children took, as one line of JSON.

usage: measure.py LABEL RECORDS COMMAND...

CPU time is what the kernel charged to the process and the children it waited for. Memory is the highest sum, over the
process and its descendants, of their resident memory, shared pages counted once (Pss).
"""
import json
import os
import signal
import subprocess
import sys
import threading
import time

LOOK_SECONDS = 0.2


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


class Watch(threading.Thread):
    """Looks at a running process: how much memory it takes, and whether one that never ends has done its work."""

    def __init__(self, pid, finished):
        super().__init__()
        self.pid, self.finished = pid, finished
        self.peak_kib, self.done_at = 0, None
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(LOOK_SECONDS):
            self.peak_kib = max(self.peak_kib, sum(map(resident, descendants(self.pid))))
            if self.finished is not None and self.done_at is None and self.finished():
                self.done_at = time.monotonic()
                os.kill(self.pid, signal.SIGTERM)


def measured(records, command, finished=None, **how):
    """The figures, and what was printed. A command that never ends is told to once FINISHED() says so."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **how)
    watch = Watch(process.pid, finished)
    watch.start()
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    ended = time.monotonic()
    watch.over.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = (watch.done_at or ended) - begun
    figures = {
        "exit": process.returncode,
        "seconds": round(seconds, 2),
        "records_per_second": round(records / seconds),
        "cpu_seconds_per_million": round((usage.ru_utime + usage.ru_stime) * 1e6 / records, 2),
        "peak_mib": round(watch.peak_kib / 1024, 1),
    }
    return figures, printed


def main():
    label, records, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    figures, printed = measured(records, command)
    ledger = json.loads(printed)["connectors"] if figures["exit"] == 0 else None
    print(json.dumps({"label": label, **figures, "ledger": ledger}), flush=True)
    sys.exit(figures["exit"])


if __name__ == "__main__":
    main()
