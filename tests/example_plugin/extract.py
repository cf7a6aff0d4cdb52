#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Takes the files out of a tutorial: a line `name`: and then a fenced block is that file, whole.

usage: extract.py README.md FOLDER            writes them into FOLDER
       extract.py README.md FOLDER --check    complains where FOLDER holds something else
"""
import pathlib
import re
import sys

BLOCK = re.compile(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    readme, folder = map(pathlib.Path, sys.argv[1:3])
    check = "--check" in sys.argv[3:]
    blocks = BLOCK.findall(readme.read_text(encoding="utf-8"))
    if not blocks:
        print(f"{readme}: no file in it", file=sys.stderr)
        return 1
    wrong = 0
    for name, content in blocks:
        path = folder / name
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != content:
            print(f"{path} is not what {readme} shows", file=sys.stderr)
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
