# SPDX-License-Identifier: EUPL-1.2
"""The tree as the architecture tests see it: which files there are, and to which layer each belongs."""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = {".c", ".h", ".cpp", ".hpp"}
CORE = ("abi", "model", "sdk", "ports", "framing", "engine")


def files() -> list[pathlib.Path]:
    """What belongs to the repository, as paths from its root; without git, whatever lies there."""
    listed = subprocess.run(["git", "-c", "safe.directory=*", "-C", ROOT, "ls-files", "-co", "--exclude-standard"],
                            capture_output=True, text=True)
    if listed.returncode == 0:
        found = [pathlib.Path(line) for line in listed.stdout.splitlines()]
    else:
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    apart = {"build", ".git", "var"}
    return sorted(path for path in found if not apart & set(path.parts) and (ROOT / path).exists())


def layer_of(path: pathlib.Path) -> str:
    """abi, model, sdk, ports, framing, engine; adapters/NAME, plugins/NAME; tests for what may use everything."""
    parts = path.parts
    if parts[0] not in ("core", "adapters", "plugins") or len(parts) < 3:
        return "tests" if parts[0] in ("tests", "examples") else "root"
    if {"tests", "bench", "fuzz", "testing"} & set(parts[2:-1]) and not is_test_kit(path):
        return "tests"
    return parts[1] if parts[0] == "core" else f"{parts[0]}/{parts[1]}"


def is_test_kit(path: pathlib.Path) -> bool:
    """core/sdk/testing is installed for plugin authors: it keeps the SDK's arrows."""
    return path.parts[:3] == ("core", "sdk", "testing")


def read(path: pathlib.Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def report(complaints: list[str]) -> int:
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0
