# SPDX-License-Identifier: EUPL-1.2
"""A stand-in for a welfare portal: takes what the hub tells it, as docs/welfare-portal.md says, and keeps the last word of each thing as a file.

    portal.py FOLDER        listens on a free port of this machine, writes it to FOLDER/port, and runs until it is stopped
"""
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

LOCK = Lock()


def newer(path: Path, told: dict) -> bool:
    """A word that was overtaken on its way is taken and passed over."""
    if not path.exists():
        return True
    return json.loads(path.read_text()).get("revision", 0) <= told.get("revision", 0)


class Portal(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path

    def place(self) -> Path:
        parts = [part for part in self.path.strip("/").split("/") if part not in ("", ".", "..")]
        return self.folder.joinpath(*parts).with_suffix(".json")

    def do_PUT(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with LOCK:
            path = self.place()
            path.parent.mkdir(parents=True, exist_ok=True)
            if newer(path, told):
                part = path.with_suffix(".part")
                part.write_text(json.dumps(told, indent=2, ensure_ascii=False))
                part.replace(path)
        self.answer(204)

    def do_DELETE(self) -> None:
        with LOCK:
            self.place().unlink(missing_ok=True)
        self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    Portal.folder = Path(sys.argv[1])
    Portal.folder.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    part = Portal.folder / "port.part"
    part.write_text(str(server.server_port))
    os.replace(part, Portal.folder / "port")
    server.serve_forever()


if __name__ == "__main__":
    main()
