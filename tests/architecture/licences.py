#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Every source file says in its first lines under which licence it stands, and it is the right one for its folder."""
import pathlib
import re
import sys

import tree

APACHE = ("core/abi/", "core/model/", "core/sdk/", "examples/plugin/")
SOURCES = tree.CODE | {".py", ".sh", ".cmake", ".map", ".sql"}
LINE = re.compile(r"SPDX-License-Identifier: (\S+)")


def is_source(path: pathlib.Path) -> bool:
    return path.suffix in SOURCES or path.name == "CMakeLists.txt" or path.name.endswith(".cmake.in")


def expected(path: pathlib.Path) -> str:
    return "Apache-2.0" if str(path).startswith(APACHE) else "EUPL-1.2"


def complaint_about(path: pathlib.Path) -> str | None:
    found = LINE.search("\n".join(tree.read(path).splitlines()[:3]))
    if not found:
        return f"{path}: no SPDX-License-Identifier in its first lines, {expected(path)} belongs there"
    if found[1] != expected(path):
        return f"{path}: says {found[1]}, {expected(path)} belongs there"
    return None


def texts_missing() -> list[str]:
    texts = {"EUPL-1.2": "EUROPEAN UNION PUBLIC LICENCE v. 1.2", "Apache-2.0": "Apache License\nVersion 2.0, January 2004"}
    return [f"LICENSES/{name}.txt is not the official text" for name, start in texts.items()
            if not (tree.ROOT / f"LICENSES/{name}.txt").exists() or start not in tree.read(pathlib.Path(f"LICENSES/{name}.txt"))]


def main() -> int:
    sources = [path for path in tree.files() if is_source(path)]
    if len(sources) < 100:
        return tree.report([f"only {len(sources)} source files found: this test sees nothing"])
    return tree.report([complaint for path in sources if (complaint := complaint_about(path))] + texts_missing())


if __name__ == "__main__":
    sys.exit(main())
