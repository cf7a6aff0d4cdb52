#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The leader board: the same table through the hub and through others, in turns, and what each of them took.

usage: board.py TABLE ROWS ROUNDS BUILD FOLDER RESULTS

The broker's address stands in RACCORDO_TEST_KAFKA. A figure counts once what stands in the topic is what should stand
there. Each measurement is a line of RESULTS; the table of medians is printed at the end. Who is not there is left out.
"""
import json
import os
import sys
from pathlib import Path

import content
import summary
from contestants import Ground, all_of
from measure import measured


def take_part(contestant, turn, should):
    """One turn, as a line of RESULTS."""
    ground = contestant.ground
    contestant.get_ready(turn)
    log = ground.folder / "log"
    with open(log, "a", encoding="utf-8") as words:
        figures, printed = measured(
            ground.rows,
            contestant.command(),
            contestant.finished if contestant.never_ends else None,
            stderr=words,
            env=os.environ | contestant.environment(),
        )
        words.write(printed)
    if figures["exit"] != 0:
        sys.exit(f"{contestant.label}: ended with {figures['exit']}; its words stand in {log}")
    found = content.found(contestant.form, contestant.said())
    if found != should[contestant.form]:
        sys.exit(f"{contestant.label}: what it published is wrong\nfound:    {found}\nexpected: {should[contestant.form]}")
    return {"label": contestant.label, "turn": turn, **figures}


def compare(medians, peers):
    """What the targets are about; nothing where one of the two is not there."""
    hub = medians["Raccordo, worker"]
    yield "over Kafka, " + summary.isolation(hub, medians["Raccordo, in process"])
    others = {label: medians[label] for label in peers if label in medians}
    for column, better in (("records_per_second", max), ("cpu_seconds_per_million", min)):
        if others:
            best = better(others, key=lambda label: others[label][column])
            factor = max(hub[column] / others[best][column], others[best][column] / hub[column])
            ahead = better(hub[column], others[best][column]) == hub[column]
            yield f"{column}: {factor:.1f} times {'better' if ahead else 'worse'} than {best}, the best that translates"


def main():
    table, rows, rounds, build, folder, results = sys.argv[1:]
    ground = Ground(Path(table), int(rows), os.environ["RACCORDO_TEST_KAFKA"], Path(build), Path(folder))
    should = content.expected(table)
    present = []
    for contestant in all_of(ground):
        if why := contestant.missing():
            print(f"{contestant.label} is left out: {why}", flush=True)
        else:
            present.append(contestant)
    with open(results, "w+", encoding="utf-8") as lines:
        for turn in range(1, int(rounds) + 1):
            for contestant in present:
                line = json.dumps(take_part(contestant, turn, should))
                print(line, file=lines, flush=True)
                print(line, flush=True)
        lines.seek(0)
        medians = summary.medians(lines)
    print(*summary.table(medians), sep="\n")
    print(*compare(medians, [one.label for one in present if one.peer]), sep="\n")


if __name__ == "__main__":
    main()
