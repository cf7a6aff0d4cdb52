#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What a hub of thousands of connectors takes while most of them have nothing to do.

usage: idle_hub.py PROGRAM PLUGINS [--connectors 5000] [--deliveries 500] [--active 50] [--minutes 1] [--folder DIR]

Makes a hub in which each partner has a folder of its own with two services in it, lets the hub read them all once, and
starts it again, its plugins to rest when they were idle for ten minutes. Then it measures the daemon without its plugins'
workers: how long it took to start, resident memory and CPU, first while nothing was at work, then while the plugins of
`--active` partners that sent a file wait for more, last while these send one every ten seconds.
"""
import argparse
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CALM = 35  # seconds in which the daemon gives back what it needed for a moment
POLL = 35  # seconds, a little longer than a source waits by itself

MAPPING = """mapping: 1
input: {format: csv, separator: ";", encoding: utf-8}
entities:
  - service:
      id: {column: codice}
      name: {column: nome, trim: true}
      description: {column: descrizione, trim: true}
"""

SETTINGS = """config: 1
hub: {{id: molti, data: var}}
plugins: {{folders: [{plugins}], idle: {idle}}}
http: {{admin: "127.0.0.1:0"}}
include: connectors/*.yaml
"""

SOURCE = """  - id: fonte-{number}
    plugin: mapping
    options: {{mapping: ../maps/{map}.yaml}}
    from: {{files: {{path: ../in/{number}/*.csv}}}}
"""

DELIVERY = """  - id: consegna-{number}
    plugin: hsds
    subscribe: {{topics: [services]}}
    to: {{files: {{folder: ../out/{number}, name: "{{file}}-{{seq}}.ndjson"}}}}
"""


def rows(number, turn):
    return "codice;nome;descrizione\n" + "".join(
        f"s{number}-{row};Servizio {row} di {number}, versione {turn};Doposcuola con mensa\n" for row in (1, 2)
    )


def write_export(folder, number, turn):
    aside = folder / "in" / str(number) / f".{turn}"
    aside.write_text(rows(number, turn), encoding="utf-8")
    aside.rename(aside.with_name(f"{turn}.csv"))


def write_settings(folder, plugins, idle):
    (folder / "hub.yaml").write_text(SETTINGS.format(plugins=plugins, idle=idle), encoding="utf-8")


def write_hub(folder, plugins, sources, deliveries):
    for name in ("maps", "connectors"):
        (folder / name).mkdir(parents=True)
    write_settings(folder, plugins, "5s")
    for number in range(10):
        (folder / "maps" / f"{number}.yaml").write_text(MAPPING, encoding="utf-8")
    written = []
    for number in range(sources):
        (folder / "in" / str(number)).mkdir(parents=True)
        write_export(folder, number, 0)
        written.append(SOURCE.format(number=number, map=number % 10))
    for number in range(deliveries):
        (folder / "out" / str(number)).mkdir(parents=True)
        written.append(DELIVERY.format(number=number))
    for part in range(0, len(written), 1000):
        (folder / "connectors" / f"{part:06}.yaml").write_text("connectors:\n" + "".join(written[part : part + 1000]), encoding="utf-8")


class Hub:
    """The daemon at work."""

    def __init__(self, program, folder):
        self.log = folder / "log"
        begun = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [program, "run", "hub.yaml", "--lang", "en"], cwd=folder, stdout=log, stderr=subprocess.STDOUT
            )
        self.tasks = pathlib.Path(f"/proc/{self.process.pid}/task")
        self.await_words(b"health and metrics on port")
        self.started_in = time.monotonic() - begun

    def await_words(self, words):
        while words not in self.log.read_bytes():
            if self.process.poll() is not None:
                sys.exit(self.log.read_text(encoding="utf-8", errors="replace")[-4000:])
            time.sleep(0.05)

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def status(self, name):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(name + ":"))

    def workers(self):
        """Each is the child of the thread that started it."""
        found = 0
        for children in self.tasks.glob("*/children"):
            try:
                found += len(children.read_text(encoding="ascii").split())
            except OSError:
                pass  # the thread ended meanwhile
        return found

    def await_calm(self):
        """Until it takes less than a tenth of a core, and no plugin is at work."""
        calm = 0
        while calm < 3:
            before = self.cpu()
            time.sleep(2)
            calm = calm + 1 if self.cpu() - before < 0.2 and self.workers() == 0 else 0

    def stop(self):
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        return time.monotonic() - begun


def tell(what, hub, seconds, cpu, workers):
    print(
        f"{what}: {hub.status('VmRSS') / 1024:.1f} MiB resident (at most {hub.status('VmHWM') / 1024:.1f}), "
        f"{100 * cpu / seconds:.2f} % of a core, {hub.status('Threads')} threads, up to {workers} workers",
        flush=True,
    )


def measure(hub, what, seconds, every_ten_seconds):
    begun, before, workers = time.monotonic(), hub.cpu(), 0
    turn = 0
    while (now := time.monotonic() - begun) < seconds:
        if now >= turn * 10:
            turn += 1
            every_ten_seconds(turn)
        workers = max(workers, hub.workers())
        time.sleep(0.2)
    tell(what, hub, time.monotonic() - begun, hub.cpu() - before, workers)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("plugins", type=pathlib.Path)
    parser.add_argument("--connectors", type=int, default=5000)
    parser.add_argument("--deliveries", type=int, default=500)
    parser.add_argument("--active", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--folder", type=pathlib.Path, help="kept, and used again when it is there")
    given = parser.parse_args()
    folder = given.folder or pathlib.Path(tempfile.mkdtemp(prefix="raccordo-idle-"))
    program = given.program.resolve()
    fresh = not (folder / "hub.yaml").exists()
    if fresh:
        write_hub(folder, given.plugins.resolve(), given.connectors - given.deliveries, given.deliveries)
        hub = Hub(program, folder)
        hub.await_calm()
        tell("everything read for the first time", hub, 1, 0, 0)
        time.sleep(CALM)
        tell(f"{CALM} seconds later", hub, 1, 0, 0)
        hub.stop()
    write_settings(folder, given.plugins.resolve(), "10m")
    hub = Hub(program, folder)
    print(f"{given.connectors} connectors start in {hub.started_in:.1f} s", flush=True)
    hub.await_calm()
    time.sleep(POLL)  # each source has looked once
    print(f"calm after {hub.cpu():.1f} s of CPU", flush=True)
    measure(hub, "nothing comes", given.minutes * 60, lambda turn: None)
    stamp = int(time.time())

    def send(turn):
        for number in range(given.active):
            write_export(folder, number, f"{stamp}-{turn}")

    send("first")
    while hub.workers() < given.active:
        time.sleep(1)
    time.sleep(CALM)
    measure(hub, f"plugins of {given.active} partners wait", given.minutes * 60, lambda turn: None)
    measure(hub, f"{given.active} partners at work", given.minutes * 60, send)
    print(f"stops in {hub.stop():.1f} s", flush=True)
    if given.folder is None:
        shutil.rmtree(folder)


main()
