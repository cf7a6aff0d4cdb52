#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What a record costs that crashes its plugin: the same catalogue with such records, and without; one hub, one worker.

usage: crashing.py BUILD RECORDS CRASHES ROUNDS FOLDER

Rounds interleaved. Each run is compared with what it has to come to before it counts: all others delivered, those parked.
"""
import json
import shutil
import statistics
import sys
from pathlib import Path

from measure import measured

CONFIGURATION = """
config: 1
hub: {{id: bench, data: var}}
backbone: {{embedded: {{}}}}
store: {{sqlite: {{}}}}
plugins: {{folders: ["{plugins}"]}}
connectors:
  - id: catalogue
    plugin: segfaults
    from: {{files: {{path: catalogue.ndjson}}}}
"""


def service(number, crashes):
    # The plugin crashes on whatever contains this word.
    name = "bad" if crashes else "Servizio"
    return json.dumps({"id": f"S{number}", "name": f"{name} {number}", "organization": "ente", "status": "active"})


def write_hub(folder, build, records, crashes):
    """Those that crash stand at even distances: no two in a row, which would be a reason to pause."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "plugins").mkdir(parents=True)
    shutil.copy(build / "zoo/zoo_segfaults.so", folder / "plugins")
    (folder / "raccordo.yaml").write_text(CONFIGURATION.format(plugins=folder / "plugins"), encoding="utf-8")
    every = records // crashes if crashes else records + 1
    lines = (service(number, number % every == every // 2 and crashes) for number in range(records))
    (folder / "catalogue.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(folder, build, records, crashes):
    write_hub(folder, build, records, crashes)
    with open(folder / "log", "w", encoding="utf-8") as log:
        command = [str(build / "bin/raccordo"), "run", str(folder / "raccordo.yaml"), "--once", "--json"]
        figures, printed = measured(records, command, stderr=log)
    ledger = json.loads(printed)["connectors"][0]
    if (ledger["delivered"], ledger["parked"]) != (records - crashes, crashes):
        sys.exit(f"{ledger}: {records - crashes} delivered and {crashes} parked were to come; see {folder}/log")
    return figures["seconds"]


def main():
    build, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[5]).resolve()
    records, crashes, rounds = map(int, sys.argv[2:5])
    seconds = {0: [], crashes: []}
    for _ in range(rounds):
        for how_many, taken in seconds.items():
            taken.append(run(folder, build, records, how_many))
    without, with_them = (statistics.median(taken) for taken in seconds.values())
    print(f"{records} records, {rounds} rounds, medians: {without:.2f} s without a crash, {with_them:.2f} s with {crashes}")
    print(f"a record that crashes costs {1000 * (with_them - without) / crashes:.1f} ms")


if __name__ == "__main__":
    main()
