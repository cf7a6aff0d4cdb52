#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Installs the whole program into a prefix of its own and uses it from there, as docs/install.md says."""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys


def said(*command: object) -> str:
    print("+", *command, flush=True)
    return subprocess.run([str(part) for part in command], check=True, text=True, stdout=subprocess.PIPE).stdout


def finds_its_plugins(program: pathlib.Path, prefix: pathlib.Path) -> None:
    versions = json.loads(said(program, "version", "--json"))
    assert versions["raccordo"], versions
    plugins = [json.loads(line) for line in said(program, "plugins", "--json").splitlines()]
    assert [plugin["name"] for plugin in plugins] == ["agenda", "hsds", "mapping", "welfare_portal"], plugins
    for plugin in plugins:
        assert plugin["path"].startswith(f"{prefix}/lib/raccordo/plugins/"), plugin["path"]


def brings_what_its_page_names(program: pathlib.Path, prefix: pathlib.Path) -> None:
    said(program, "check", prefix / "share/raccordo/raccordo.yaml")
    said(program, "mapping", "test", prefix / "share/raccordo/mappings")
    for page in ("README.md", "docs/install.md", "docs/reference/configuration.md", "examples/quickstart/run.sh"):
        assert (prefix / "share/doc/raccordo" / page).is_file(), page


def has_a_unit_for_this_prefix(program: pathlib.Path, prefix: pathlib.Path) -> None:
    unit = (prefix / "lib/systemd/system/raccordo.service").read_text(encoding="utf-8")
    assert "@prefix@" not in unit, unit
    for line in ("ExecStart", "ExecStartPre"):
        started = re.search(rf"^{line}=(\S+)", unit, re.MULTILINE)[1]
        assert started == str(program), f"{line} starts {started}, not {program}"
    page = re.search(r"^Documentation=file://(\S+)", unit, re.MULTILINE)[1]
    assert pathlib.Path(page).is_file(), f"{page} is not there"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    arguments = parser.parse_args()

    shutil.rmtree(arguments.work, ignore_errors=True)
    prefix = arguments.work.resolve() / "prefix"
    said("cmake", "--install", arguments.build, "--prefix", prefix)
    program = prefix / "bin/raccordo"
    finds_its_plugins(program, prefix)
    brings_what_its_page_names(program, prefix)
    has_a_unit_for_this_prefix(program, prefix)
    return 0


if __name__ == "__main__":
    sys.exit(main())
