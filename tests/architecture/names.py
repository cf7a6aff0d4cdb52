#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""One type, one name: two types of one full name in one program are told apart by nothing (the one-definition rule),
and the linker takes the members of either."""
import collections
import re
import sys

import tree

NAMESPACE = re.compile(r"^namespace\s*([\w:]*)\s*\{")
END = re.compile(r"^\}\s*// namespace")
TYPE = re.compile(r"^(?:struct|class|enum class|enum struct|union)\s+(\w+)(?!\w|::)(?:\s+final)?\s*(?::(?!:)[^;{]*)?\{")
RAW_TEXT = re.compile(r'R"(\w*)\(.*?\)\1"', re.DOTALL)

# Never part of one program with the hub's: libraries with hidden symbols, and what plugins are made of.
PLUGIN_SIDE = ("sdk", "plugins")


def defined_in(text: str) -> list[str]:
    """Full names of types at namespace scope; those of anonymous namespaces belong to one file alone."""
    names, spaces = [], []
    for line in RAW_TEXT.sub('""', text).splitlines():
        if opened := NAMESPACE.match(line):
            spaces.append(opened[1] or "anonymous")
        elif END.match(line):
            del spaces[-1:]
        elif (found := TYPE.match(line)) and "anonymous" not in spaces:
            names.append("::".join(spaces + [found[1]]))
    return names


def side_of(file) -> str:
    """Which program it may become part of: any, plugin, hub, or a test's own."""
    layer = tree.layer_of(file)
    if layer in ("tests", "root"):
        return f"tests of {file.parent}"
    if layer in ("abi", "model"):
        return "any"
    return "plugin" if layer.split("/")[0] in PLUGIN_SIDE else "hub"


def meet(one, other) -> bool:
    """Whether two files can end up in one program."""
    sides = {side_of(one), side_of(other)}
    return len(sides) == 1 or "any" in sides


def complaints() -> list[str]:
    where = collections.defaultdict(list)
    for file in tree.files():
        if file.suffix in (".hpp", ".cpp"):
            for name in defined_in(tree.read(file)):
                where[name].append(file)
    return [f"{name} is defined in {one} and in {other}: give one of them another name"
            for name, files in sorted(where.items())
            for i, one in enumerate(files) for other in files[i + 1:] if meet(one, other)]


if __name__ == "__main__":
    sys.exit(tree.report(complaints()))
