#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Follows the tutorial as its reader would: installs Raccordo into a prefix of its own, takes the files out of the page, builds
them against the installed package, runs their tests, looks at what the library shows, and runs the hub where there is one."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def run(*command: object, **more: object) -> subprocess.CompletedProcess:
    print("+", *command, flush=True)
    return subprocess.run([str(part) for part in command], check=True, text=True, **more)


def install(build: pathlib.Path, prefix: pathlib.Path) -> None:
    run("cmake", "--install", build, "--component", "development", "--prefix", prefix, stdout=subprocess.DEVNULL)


def build(folder: pathlib.Path, prefix: pathlib.Path, arguments: argparse.Namespace) -> None:
    run("cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}",
        f"-DCMAKE_CXX_COMPILER={arguments.compiler}", f"-DCMAKE_CXX_FLAGS={arguments.flags} -Wall -Wextra -Werror",
        f"-DCMAKE_CXX_COMPILER_LAUNCHER={arguments.launcher}", "-DCMAKE_BUILD_TYPE=Release")
    run("cmake", "--build", folder / "build", "-j2")
    run("ctest", "--test-dir", folder / "build", "--output-on-failure")


def shows_one_symbol(library: pathlib.Path) -> None:
    listed = run("nm", "-D", "--defined-only", library, capture_output=True).stdout
    symbols = [line.split()[-1] for line in listed.splitlines()]
    assert symbols == ["raccordo_plugin_entry"], f"{library} shows {symbols}"


def ledger_of_a_run(program: pathlib.Path, folder: pathlib.Path) -> dict[str, int]:
    # The page says that one row is parked: exit 3 is what it promises.
    ended = subprocess.run([program, "run", "girasole.yaml", "--once", "--json"], cwd=folder, text=True, capture_output=True)
    print(ended.stdout, ended.stderr, sep="")
    assert ended.returncode in (0, 3), f"raccordo run ended with {ended.returncode}"
    return json.loads(ended.stdout)["connectors"][0]


def runs_in_the_hub(program: pathlib.Path, folder: pathlib.Path) -> None:
    run(program, "plugins", "turni", "--config", "girasole.yaml", cwd=folder)
    run(program, "check", "girasole.yaml", cwd=folder)
    first = ledger_of_a_run(program, folder)
    assert [first[end] for end in ("received", "delivered", "filtered", "parked")] == [4, 2, 1, 1], first

    table = next(folder.glob("turni-*.csv"))
    table.write_text(table.read_text(encoding="utf-8").replace("dodici", "2"), encoding="utf-8")
    then = ledger_of_a_run(program, folder)
    assert [then[end] for end in ("received", "delivered", "unchanged")] == [4, 1, 2], then


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--readme", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--launcher", default="")
    parser.add_argument("--flags", default="")
    parser.add_argument("--program", type=pathlib.Path)
    arguments = parser.parse_args()

    shutil.rmtree(arguments.work, ignore_errors=True)
    folder, prefix = arguments.work / "plugin", arguments.work / "prefix"
    install(arguments.build, prefix)
    run(sys.executable, HERE / "extract.py", arguments.readme, folder)
    build(folder, prefix, arguments)
    shows_one_symbol(folder / "build/plugins/turni.so")
    if arguments.program and os.access(arguments.program, os.X_OK):
        runs_in_the_hub(arguments.program, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
