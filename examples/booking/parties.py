# SPDX-License-Identifier: EUPL-1.2
"""The parties of the story, each with a system of its own: a portal, the cooperative Airone's agenda, the hub; all else are files."""
import base64
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date, datetime, timedelta
from pathlib import Path
from socket import create_server
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
ITALIAN = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "it").startswith("it")
PATIENCE = 120.0  # seconds for whatever is awaited


def say(italian: str, english: str) -> None:
    print(f"-- {italian if ITALIAN else english}", flush=True)


def await_that(what: str, found):
    """Whatever `found` returns, once it is something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if there := found():
            return there
        time.sleep(0.1)
    sys.exit(f"story: not within {PATIENCE:.0f} s: {what}")


def monday() -> date:
    """Of the week after next: far enough for everybody to answer."""
    today = date.today()
    return today + timedelta(days=14 - today.weekday())


def at(weekday: int, hour: int) -> str:
    return f"{monday() + timedelta(days=weekday)}T{hour:02}:00:00"


class Program:
    """A process of the story, ended with it."""

    running: list["Program"] = []

    def __init__(self, name: str, arguments: list[str], folder: Path, environment: dict | None = None):
        self.log = folder / f"{name}.log"
        self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=self.log.open("w"), stderr=subprocess.STDOUT,
                                        env={**os.environ, **(environment or {})})
        Program.running.append(self)

    def says(self, pattern: str) -> re.Match:
        def found():
            if self.process.poll() is not None:
                sys.exit(f"story: it ended: {self.log}\n{self.log.read_text()}")
            return re.search(pattern, self.log.read_text())

        return await_that(f"{pattern} in {self.log}", found)

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(60)


class Valley:
    def __init__(self, raccordo: str, folder: Path, with_agenda: bool):
        self.raccordo = raccordo
        self.folder = folder
        self.with_agenda = with_agenda
        self.cases: dict[str, str] = {}
        self.refused = ""
        self.entitlement = ""

    # -- what each party has before the first click

    def prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("secrets", "keys", "paghe", "airone", "brezza/risposte", "valfiorita", "meccanica"):
            (self.folder / name).mkdir(parents=True)
        for source in (HERE / "data").iterdir():
            party, _, name = source.name.partition("-")
            shutil.copy(source, self.folder / party / name)
        for name in ("portale", "agenda"):
            path = self.folder / "secrets" / name
            path.write_text(f"segreto-{name}")
            path.chmod(0o600)
        for name in ("rossi", "bianchi"):
            key = self.folder / "keys" / f"{name}.key"
            self.shell(f"openssl genpkey -algorithm ed25519 -out {key} && openssl pkey -in {key} -pubout -out {key.with_suffix('.pub')}")
        self.shell(f"{self.raccordo} keys new {self.folder / 'people.key'}")
        self.environment = {"BOOKING": str(self.folder)}
        Program("portal", [sys.executable, str(HERE / "portal.py"), str(self.folder / "portale")], self.folder)
        port = await_that("the portal's port", lambda: (self.folder / "portale/port").exists() and (self.folder / "portale/port").read_text())
        self.environment["PORTAL"] = f"http://127.0.0.1:{port}"
        if self.with_agenda:
            self.open_agenda()
        self.config = self.written_configuration()

    def shell(self, command: str) -> str:
        return subprocess.run(["sh", "-ec", command], check=True, capture_output=True, text=True).stdout

    def written_configuration(self) -> Path:
        """The short story has no Airone and no municipality."""
        if self.with_agenda:
            return HERE / "hub.yaml"
        shutil.copytree(HERE / "connectors.d", self.folder / "connectors.d")
        shutil.copytree(HERE / "maps", self.folder / "maps")
        shutil.copy(HERE / "hub.yaml", self.folder)
        for name in ("airone", "valfiorita"):
            (self.folder / "connectors.d" / f"{name}.yaml").unlink()
        return self.folder / "hub.yaml"

    # -- the cooperative Airone's agenda

    def open_agenda(self) -> None:
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        keys = self.folder / "keys"
        self.shell(f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 "
                   f"-addext subjectAltName=IP:127.0.0.1 -keyout {keys}/agenda.key -out {keys}/agenda.pem")
        users = keys / "agenda.users"
        users.write_text("airone:segreto-agenda\n")
        server = Program("radicale", ["radicale", "--server-hosts", f"127.0.0.1:{port}", "--server-ssl", "--server-certificate",
                                      f"{keys}/agenda.pem", "--server-key", f"{keys}/agenda.key", "--auth-type", "htpasswd",
                                      "--auth-htpasswd-filename", str(users), "--auth-htpasswd-encryption", "plain",
                                      "--storage-filesystem-folder", str(self.folder / "airone/agenda")], self.folder)
        self.agenda = f"https://127.0.0.1:{port}/airone/servizi/"
        self.environment["AGENDA"] = self.agenda

        def answers() -> bool:
            if server.process.poll() is not None:
                sys.exit(f"story: Radicale ended: {server.log.read_text()}")
            try:
                return self.dav("MKCALENDAR", "") in (201, 405, 409)
            except urllib.error.URLError:
                return False

        await_that("Radicale answers", answers)
        for weekday in (1, 2):
            day = (monday() + timedelta(days=weekday)).strftime("%Y%m%d")
            self.dav("PUT", f"libero-{weekday}.ics", "\r\n".join(
                ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Airone//IT", "BEGIN:VEVENT", f"UID:libero-{weekday}",
                 "DTSTAMP:20260101T000000Z", f"DTSTART;TZID=Europe/Rome:{day}T080000", f"DTEND;TZID=Europe/Rome:{day}T130000",
                 "SUMMARY:Libero", "CATEGORIES:LIBERO", "END:VEVENT", "END:VCALENDAR", ""]))

    def dav(self, method: str, name: str, body: str = "") -> int:
        request = urllib.request.Request(self.agenda + name, body.encode(), method=method)
        request.add_header("Authorization", "Basic " + base64.b64encode(b"airone:segreto-agenda").decode())
        request.add_header("Content-Type", "text/calendar; charset=utf-8" if body else "application/xml")
        trust = ssl.create_default_context(cafile=str(self.folder / "keys/agenda.pem"))
        try:
            with urllib.request.urlopen(request, context=trust) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code

    # -- the hub

    def start(self) -> None:
        self.hub = Program("hub", [self.raccordo, "run", str(self.config), "--lang", "en"], self.folder, self.environment)
        port = self.hub.says(r"partners' calls on port (\d+)").group(1)
        self.address = f"http://127.0.0.1:{port}/in/portale"

    def told(self, *arguments: str) -> str:
        return subprocess.run([self.raccordo, *arguments, "--config", str(self.config)], check=True, capture_output=True, text=True,
                              env={**os.environ, **self.environment}).stdout

    # -- what people do at the portal

    def ask(self, path: str, body: dict, key: str) -> tuple[int, dict]:
        """As docs/partner-webhook.md says: told to come again, under the same key."""
        request = urllib.request.Request(self.address + path, json.dumps(body).encode(), method="POST", headers={
            "Authorization": "Bearer segreto-portale", "Content-Type": "application/json", "Idempotency-Key": key})

        def answered():
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return answer.status, json.load(answer)
            except urllib.error.HTTPError as refused:
                return None if refused.code in (429, 503) else (refused.code, json.load(refused))

        return await_that(f"an answer to {path}", answered)

    def book(self, name: str, offer: str, start: tuple[int, int], person: dict, **more) -> str:
        body = {"id": name, "offer": offer, "kind": "slot", "start": rome(at(*start)), "end": rome(at(start[0], start[1] + 1)),
                "people": {"beneficiary": person}, **more}
        tries = iter(range(1, 1000))

        def taken() -> dict | None:
            """An offer that was stated this very moment may not count yet; a request that was answered is another message when it is mended."""
            status, case = self.ask("/bookings", body, f"asks-{name}-{next(tries)}")
            if status not in (201, 422):
                sys.exit(f"story: {name}: {status} {case}")
            return case if status == 201 else None

        case = await_that(f"{name} may book", taken)
        self.cases[name] = case["case"]
        return case["state"]

    def state_at_portal(self, name: str) -> str:
        path = self.folder / "portale/bookings" / name / "status.json"
        return json.loads(path.read_text())["state"] if path.exists() else ""

    def await_state(self, name: str, state: str) -> None:
        await_that(f"{name} is {state} at the portal (it is {self.state_at_portal(name)!r})", lambda: self.state_at_portal(name) == state)


def rome(local: str) -> str:
    """With the offset of Europe/Rome on that day."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Rome")).isoformat()
