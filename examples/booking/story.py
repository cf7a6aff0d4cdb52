# SPDX-License-Identifier: EUPL-1.2
"""One service, three ways to be entitled to it: from a portal's click to two cooperatives' own systems and back.

    story.py RACCORDO FOLDER [--short]

The portal is a stand-in (portal.py), the cooperative Airone keeps a real CalDAV agenda (Radicale), the cooperative Brezza exchanges files, an employer
sends a payroll file that two people signed. At the end each party's view is read from its own system and compared with expected.txt.
--short: one booking at the Brezza, without Radicale.
"""
import csv
import io
import json
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from parties import HERE, Program, Valley, at, await_that, monday, rome, say

TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3
MARIA = {"name": "Maria", "surname": "Gatti", "phone": "0371 555101"}
LUCA = {"name": "Luca", "surname": "Verdi", "fiscal_code": "VRDLCU80A01D150V", "phone": "0371 555102"}
MOTHER = {"name": "Pia", "surname": "Neri", "phone": "0371 555103"}
ADA = {"name": "Ada", "surname": "Bruni", "phone": "0371 555104"}
PIERO = {"name": "Piero", "surname": "Sala", "phone": "0371 555105"}
NADIA = {"name": "Nadia", "surname": "Riva", "phone": "0371 555106"}


# -- the employer

def pay_in(valley: Valley) -> str:
    """Luca's 300 euro: a file, and two people who sign it. His wallet, as the portal is told of it."""
    say("Meccanica Po manda il file paghe: 300,00 a Luca; lo firmano Rossi e Bianchi", "Meccanica Po sends its payroll file: 300.00 for Luca; Rossi and Bianchi sign it")
    folder = valley.folder / "paghe"
    part = folder / "marzo.part"
    part.write_text("Matricola;Codice fiscale;Piano;Importo;Scadenza;Lettera\n"
                    f"101;{LUCA['fiscal_code']};meccanica-po;300,00;31/12/{monday().year + 1};f-ter\n")
    part.rename(folder / "marzo.csv")
    for name in ("rossi", "bianchi"):
        approve(valley, folder / "marzo.csv", name, "300.00")
    wallets = valley.folder / "portale/wallets"
    path = await_that("the portal knows Luca's wallet", lambda: next(iter(wallets.glob("*.json")), None))
    return json.loads(path.read_text())["id"]


def approve(valley: Valley, file: Path, name: str, total: str) -> None:
    """As docs/wallets.md says."""
    digest = valley.shell(f"openssl dgst -sha256 -r {file}").split()[0]
    text = file.with_name(f"{name}.text")
    text.write_text(f"raccordo payroll approval 1\nsha256: {digest}\ntotal: {total} EUR\napprover: {name}\n")
    signature = valley.shell(f"openssl pkeyutl -sign -rawin -inkey {valley.folder}/keys/{name}.key -in {text} | openssl base64 -A")
    part = file.with_name(f"{name}.part")
    part.write_text(text.read_text() + f"signature: {signature.strip()}\n")
    part.rename(file.with_name(f"{file.name}.{name}.approval"))
    text.unlink()


# -- the municipality

def entitlement(valley: Valley) -> str:
    """Ada's, by the id that the hub gave it: the municipality's letter has it."""
    def stated() -> list[str]:
        lines = map(json.loads, valley.told("events", "accreditations", "--json").splitlines())
        return [line["key"] for line in lines if line["event"]["type"] == "it.raccordo.entitlement.changed.v1"]

    return await_that("Ada's entitlement", stated)[0]


# -- the chapters

def offers(valley: Valley) -> dict[str, str]:
    """What the portal was told of: offers by the id that their source gives them."""
    folder = valley.folder / "portale/catalogue/offer"

    def known() -> dict[str, str]:
        told = [json.loads(path.read_text()) for path in folder.glob("*.json")]
        return {offer["source_id"]: offer["id"] for offer in told}

    wanted = 4 if valley.with_agenda else 1
    return await_that("the portal knows the offers", lambda: known() if len(known()) == wanted else None)


def quotes(valley: Valley, wallet: str) -> list[str]:
    service = next(json.loads(path.read_text())["service"] for path in (valley.folder / "portale/catalogue/offer").glob("*.json")
                   if json.loads(path.read_text())["channel"] == "company_plan")
    when = {"service": service, "start": rome(at(TUESDAY, 9)), "end": rome(at(TUESDAY, 10))}
    profiles = {
        "Maria": {},
        "Luca": {"wallet": wallet, "relation": "parent", "people": {"applicant": LUCA}},
        "Ada": {"entitlement": valley.entitlement},
    }
    lines = []
    for name, profile in profiles.items():
        status, quote = valley.ask("/quotes", {**when, **profile}, f"quote-{name}")
        if status != 200:
            sys.exit(f"story: quote: {status} {quote}")
        for offer in sorted(quote["offers"], key=lambda each: each["channel"]):
            lines.append(f"quote {name:6} {offer['channel']:22} {told_of(offer)}")
    return lines


def told_of(offer: dict) -> str:
    if not offer["applies"]:
        return "no: " + offer["reason"]["code"]
    split = " + ".join(f"{share['party']} {share['cents'] / 100:.2f}" for share in offer["split"])
    return f"{offer['total']['cents'] / 100:.2f} = {split}" + ("; needs a proof" if offer.get("needs") else "")


def home_help(valley: Valley, offer: dict[str, str], wallet: str) -> None:
    plan = {"wallet": wallet, "relation": "parent"}
    mother = {"people": {"applicant": LUCA, "beneficiary": MOTHER}}
    say("Maria prenota e paga da sé", "Maria books, and pays herself")
    valley.book("maria-1", offer["SAD:privati"], (TUESDAY, 9), MARIA)
    say("Luca prenota due ore per sua madre, con il piano; poi ne disdice una", "Luca books two hours for his mother, on the plan; then cancels one")
    valley.book("luca-1", offer["SAD:piano"], (TUESDAY, 10), MOTHER, **plan, **mother)
    valley.book("luca-2", offer["SAD:piano"], (WEDNESDAY, 10), MOTHER, **plan, **mother)
    say("l'assistente sociale prenota per Ada, con il titolo sociale", "the social worker books for Ada, on the entitlement")
    valley.book("ada-1", offer["SAD:comune"], (WEDNESDAY, 9), ADA, entitlement=valley.entitlement)
    for name in ("maria-1", "luca-1", "luca-2", "ada-1"):
        valley.await_state(name, "confirmed")
    valley.ask("/bookings/luca-2/cancel", {"reason": {"code": "changed_plans"}}, "cancels-luca-2")
    valley.await_state("luca-2", "cancelled_by_customer")
    await_that("24.00 are back in Luca's wallet", lambda: json.loads(
        (valley.folder / f"portale/wallets/{wallet}.json").read_text())["available"] == 27600)


def last_place(valley: Valley, offer: dict[str, str]) -> None:
    say("Piero e Nadia vogliono l'ultimo posto nello stesso momento", "Piero and Nadia want the last place at the same moment")
    with ThreadPoolExecutor() as both:
        for asked in [both.submit(valley.book, name, offer["CAMMINO:privati"], (THURSDAY, 9), person)
                      for name, person in (("piero", PIERO), ("nadia", NADIA))]:
            asked.result()


def night(valley: Valley) -> None:
    """The Brezza reads its file of bookings and answers in a file of its own."""
    say("viene la notte: la Brezza legge il suo file e risponde con un file", "night falls: the Brezza reads its file, and answers with a file")
    folder = valley.folder / "brezza"
    bookings = await_that("a file of bookings", lambda: sorted((folder / "prenotazioni").glob("*.csv")))
    rows = [row for path in bookings for row in csv.DictReader(path.open(), delimiter=";")]
    part = folder / "risposte.part"
    part.write_text("Pratica;Esito;Note\n" + "".join(f"{row['Pratica']};OK;\n" for row in rows))
    part.rename(folder / "risposte/lunedi.csv")
    await_that("a receipt", lambda: list((folder / "ricevute").glob("*.csv")))


def suspension(valley: Valley, offer: dict[str, str]) -> None:
    say("il Comune sospende l'accreditamento dell'Airone; Ada chiede ancora", "the municipality suspends Airone's accreditation; Ada asks again")
    path = valley.folder / "valfiorita/accreditamenti.csv"
    part = path.with_suffix(".part")
    part.write_text(path.read_text().replace("concesso", "sospeso"))
    part.rename(path)
    asked = iter(range(2, 1000))

    def refused() -> bool:
        """The catalogue is read every so often: what was asked before counts as it was."""
        name = f"ada-{next(asked)}"
        if valley.book(name, offer["SAD:comune"], (WEDNESDAY, 11), ADA, entitlement=valley.entitlement) == "refused":
            valley.cases["ada-2"] = valley.cases[name]
            valley.refused = name
            return True
        valley.ask(f"/bookings/{name}/cancel", {}, f"cancels-{name}")
        return False

    await_that("the suspension counts", refused)


# -- what each party sees in its own system

def at_the_portal(valley: Valley) -> list[str]:
    lines = []
    for name in ("maria-1", "luca-1", "luca-2", "ada-1", valley.refused):
        told = json.loads((valley.folder / "portale/bookings" / name / "status.json").read_text())
        words = f" ({told['reason']['text'].split(' ⁄ ')[1].split(': ', 1)[1]})" if told["state"] == "refused" else ""
        lines.append(f"portal {re.sub('ada-[0-9]+', 'ada-2', name) if words else name:8} {told['state']}{words}")
    last = sorted(valley.state_at_portal(name) for name in ("piero", "nadia"))
    return lines + [f"portal last place: one {last[0]}, one {last[1]}"]


def in_the_agenda(valley: Valley) -> list[str]:
    lines = []
    for path in (path for path in (valley.folder / "airone/agenda").rglob("raccordo-*.ics") if ".Radicale.cache" not in path.parts):
        event = path.read_text()
        start = re.search(r"DTSTART;TZID=Europe/Rome:(\d{8})T(\d\d)", event)
        day = ["monday", "tuesday", "wednesday", "thursday"][int(start.group(1)) - int(monday().strftime("%Y%m%d"))] if start else "?"
        state = re.search(r"STATUS:(\w+)", event).group(1).lower()
        lines.append(f"airone {day} {start.group(2)}:00 {state}")
    return sorted(line for line in lines if " 11:00 " not in line)


def in_files(valley: Valley) -> list[str]:
    taken = sum("taken" in line or "presa" in line for path in (valley.folder / "brezza/ricevute").glob("*.csv") for line in path.open())
    booked = sum(len(list(csv.DictReader(path.open(), delimiter=";"))) for path in (valley.folder / "brezza/prenotazioni").glob("*.csv"))
    return [f"brezza booked {booked}, answers taken {taken}"]


def at_the_employers(valley: Valley) -> list[str]:
    statement = valley.told("wallet", "statement", "--plan", "meccanica-po", "--lang", "en")
    return ["employer " + line for line in statement.splitlines()]


def views(valley: Valley) -> list[str]:
    return at_the_portal(valley) + in_the_agenda(valley) + in_files(valley) + at_the_employers(valley)


def compare(lines: list[str], expected: Path) -> None:
    print("\n".join(lines))
    wanted = [line for line in expected.read_text().splitlines() if line and not line.startswith("#")]
    if lines == wanted:
        return say("ogni parte vede ciò che deve", "each party sees what it should")
    for line in io.StringIO("\n".join(sorted(set(wanted) ^ set(lines)))):
        print(("missing: " if line.rstrip() in wanted else "unexpected: ") + line.rstrip(), file=sys.stderr)
    sys.exit(1)


def whole(valley: Valley) -> None:
    offer = offers(valley)
    wallet = pay_in(valley)
    valley.entitlement = entitlement(valley)
    say("tre profili chiedono un preventivo", "three profiles ask for a quote")
    quoted = quotes(valley, wallet)
    home_help(valley, offer, wallet)
    last_place(valley, offer)
    night(valley)
    await_that("the last place is confirmed", lambda: "confirmed" in (valley.state_at_portal("piero"), valley.state_at_portal("nadia")))
    suspension(valley, offer)
    valley.await_state(valley.refused, "refused")
    compare(quoted + views(valley), HERE / "expected.txt")


def short(valley: Valley) -> None:
    offer = offers(valley)
    say("Piero prenota dal portale", "Piero books at the portal")
    valley.book("piero", offer["CAMMINO:privati"], (THURSDAY, 9), PIERO)
    night(valley)
    valley.await_state("piero", "confirmed")
    case = valley.cases["piero"]
    say(f"raccordo cases timeline {case}", f"raccordo cases timeline {case}")
    print(valley.told("cases", "timeline", case))


def main() -> None:
    raccordo, folder = sys.argv[1], Path(sys.argv[2]).resolve()
    with_agenda = "--short" not in sys.argv
    if with_agenda and not shutil.which("radicale"):
        print("story: skipped: no CalDAV server: install Debian's radicale", file=sys.stderr)
        sys.exit(77)
    valley = Valley(raccordo, folder, with_agenda)
    try:
        valley.prepare()
        valley.start()
        (whole if with_agenda else short)(valley)
        if valley.hub.end() != 0:
            sys.exit(f"story: the hub ended badly: {valley.hub.log}")
    finally:
        for program in Program.running:
            program.process.kill()


if __name__ == "__main__":
    main()
