#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The arrows between folders, read from #include lines and from what targets link (ARCHITECTURE.md):

  abi <- model <- sdk <- plugins;  model <- ports <- engine <- adapters <- adapters/daemon;  framing beside ports.
"""
import pathlib
import re
import sys

import tree

# What a layer may use besides itself.
MAY_USE = {
    "abi": set(),
    "model": {"abi"},
    "sdk": {"abi", "model"},
    "ports": {"abi", "model"},
    "framing": {"abi", "model", "ports"},
    "engine": {"abi", "model", "ports", "framing"},
}
ADAPTERS_USE = {"abi", "model", "ports", "framing", "engine"}
PLUGINS_USE = {"abi", "model", "sdk"}
COMPOSITION_ROOT = "adapters/daemon"

# Core speaks to no client, server, broker or database, and reads no configuration of the machine.
NOT_IN_CORE = re.compile(r"sqlite3|libpq|pqxx|rdkafka|curl/|boost/(asio|beast|dll)|Poco/(Net|Data|Redis|MongoDB)/|prometheus/|spdlog/|seccomp|sodium|sys/socket|netinet/")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)
COMMAND = re.compile(r"\b(raccordo_library|raccordo_plugin|raccordo_test|add_library|add_executable|target_link_libraries)\s*\(([^()]*)\)")
KEYWORDS = {"PUBLIC", "PRIVATE", "INTERFACE", "LINK", "PRIVATE_LINK", "SOURCES", "LABELS", "TIMEOUT", "ENVIRONMENT"}
# Without which nothing is built; what every program has.
EVERYWHERE = {"raccordo_build", "raccordo_coverage", "Threads::Threads", "${CMAKE_DL_LIBS}"}


def allowed(user: str) -> set[str] | None:
    """None: everything."""
    if user in ("tests", "root", COMPOSITION_ROOT):
        return None
    if user.startswith("adapters/"):
        return ADAPTERS_USE | {user}
    if user.startswith("plugins/"):
        return PLUGINS_USE | {user}
    return MAY_USE[user] | {user}


def included_layer(file: pathlib.Path, quote: str, name: str) -> str | None:
    """The layer of what is included; None for what is not ours."""
    if name.startswith("raccordo/"):
        return {"raccordo/abi.h": "abi", "raccordo/sdk.hpp": "sdk"}.get(name, name.split("/")[1])
    for base in (tree.ROOT, (tree.ROOT / file).parent):
        target = (base / name).resolve()
        if quote == '"' and target.exists() and target.is_relative_to(tree.ROOT):
            return tree.layer_of(target.relative_to(tree.ROOT))
    return None


def wrong_includes(file: pathlib.Path) -> list[str]:
    user, complaints = tree.layer_of(file), []
    for quote, name in INCLUDE.findall(tree.read(file)):
        used = included_layer(file, quote, name)
        if used and allowed(user) is not None and used not in allowed(user):
            complaints.append(f"{file}: includes {name}: {user} may not use {used}")
        if user in MAY_USE and NOT_IN_CORE.search(name):
            complaints.append(f"{file}: includes {name}: the core links no client, server, broker or database library")
    return complaints


def links_of(folder: pathlib.Path, text: str) -> list[tuple[str, str, bool]]:
    """(target, what it links, whether it is a test) of every command in a CMakeLists.txt."""
    links = []
    for command, arguments in COMMAND.findall(re.sub(r"#.*", "", text)):
        words = re.sub(r"\$<[^>]*>", " ", arguments).split()
        if not words:
            continue
        linking, target = command == "target_link_libraries", words[0]
        for word in words[1:]:
            if word in KEYWORDS:
                linking = word in ("LINK", "PRIVATE_LINK") or command == "target_link_libraries"
            elif linking:
                links.append((target, word, command == "raccordo_test"))
    return links


def targets() -> dict[str, str]:
    """Which layer each library of the tree belongs to."""
    owners = {}
    for file in lists():
        for command, arguments in COMMAND.findall(re.sub(r"#.*", "", tree.read(file))):
            if command in ("raccordo_library", "add_library") and arguments.split():
                owners[arguments.split()[0]] = tree.layer_of(file)
    return owners


def lists() -> list[pathlib.Path]:
    return [path for path in tree.files() if path.name == "CMakeLists.txt"]


def is_named(library: str, folder: pathlib.Path) -> bool:
    """An adapter's README names the libraries that it links."""
    readme = tree.ROOT / folder / "README.md"
    words = [word for word in re.split(r"::|[-_\d]", library.lower()) if len(word) > 2 and word not in ("pkgconfig", "core")]
    return readme.exists() and any(word in readme.read_text(encoding="utf-8").lower() for word in words)


def wrong_links(file: pathlib.Path, owners: dict[str, str]) -> list[str]:
    user, complaints = tree.layer_of(file), []
    if allowed(user) is None:
        return []
    for target, library, is_test in links_of(file.parent, tree.read(file)):
        used = owners.get(library)
        if is_test or target.endswith(("_test", "_bench", "_fuzz", "_testing")) or library in EVERYWHERE:
            continue
        if used and used not in allowed(user):
            complaints.append(f"{file}: {target} links {library}: {user} may not use {used}")
        if not used and user.startswith("adapters/") and not is_named(library, file.parent):
            complaints.append(f"{file}: {target} links {library}, which {file.parent}/README.md does not name")
    return complaints


def main() -> int:
    sources = [path for path in tree.files() if path.suffix in tree.CODE]
    owners = targets()
    if len(sources) < 100 or owners.get("raccordo_ports") != "ports":
        return tree.report(["the tree was not found: this test sees nothing"])
    complaints = [complaint for path in sources for complaint in wrong_includes(path)]
    return tree.report(complaints + [complaint for path in lists() for complaint in wrong_links(path, owners)])


if __name__ == "__main__":
    sys.exit(main())
