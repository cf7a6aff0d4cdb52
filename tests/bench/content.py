# SPDX-License-Identifier: EUPL-1.2
"""What a contestant left in its topic, and what should stand there: equal or not, in any order.

A message is taken as its key and its CloudEvent, without what differs from one run to the next (id, time, revision,
traceparent). What should stand there is computed from the table, here and on its own: in the partner's ids, as those
who only translate write it, and in canonical ids, as the hub does.
"""
import csv
import hashlib
import json
import uuid
from typing import NamedTuple

SOURCE = "urn:raccordo:bench:offers"
OF_A_RUN = ("id", "time", "revision", "traceparent")
CHANNELS = {"piano aziendale": "company_plan", "a pagamento": "pay", "comune": "municipal_entitlement"}
UNITS = {"ora": "hour", "giorno": "day", "pasto": "meal", "mese": "month"}
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, SOURCE)


class Content(NamedTuple):
    messages: int
    keys: int
    digest: int

    def __str__(self):
        return f"{self.messages} messages, {self.keys} keys, digest {self.digest:032x}"


def content(statements):
    """Of (key, bytes) pairs. The digest is a sum, so that order does not matter."""
    messages, digest, keys = 0, 0, set()
    for key, said in statements:
        messages += 1
        digest += int.from_bytes(hashlib.blake2b(said, digest_size=16).digest(), "big")
        keys.add(key)
    return Content(messages, len(keys), digest % (1 << 128))


def statement(key, event):
    return key, json.dumps([key, event], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def events(messages):
    """Of (key, value) pairs, both text."""
    for key, value in messages:
        event = json.loads(value)
        for attribute in OF_A_RUN[:2]:
            if not event[attribute]:
                raise ValueError(f"{key}: no {attribute}")
        for attribute in OF_A_RUN:
            event.pop(attribute, None)
        yield statement(key, event)


def raw(messages):
    for number, (_, value) in enumerate(messages):
        yield number, value.encode()


def canonical_id(kind, partners_id):
    return str(uuid.uuid5(SPACE, f"{kind}\n{partners_id}"))


def iso(date):
    day, month, year = date.split("/")
    return f"{year}-{month}-{day}"


def expected_event(row, canonical):
    partners_id = f"{row['centro']}:{row['codice']}"
    key = canonical_id("offer", partners_id) if canonical else partners_id
    service = {"service": row["servizio"]}
    if canonical:
        service = {"service": canonical_id("service", row["servizio"]), "service_source_id": row["servizio"]}
    return statement(
        key,
        {
            "specversion": "1.0",
            "type": "it.raccordo.offer.changed.v1",
            "source": SOURCE,
            "datacontenttype": "application/json",
            "subject": key,
            "data": {
                "id": key,
                "source_id": partners_id,
                **service,
                "channel": CHANNELS[row["canale"]],
                "description": row["descrizione"].strip(),
                "price": {"cents": int(row["centesimi"]), "currency": "EUR", "unit": UNITS[row["unita"]]},
                "tuir_letter": row["tuir"],
                "valid_from": iso(row["dal"]),
                "valid_to": iso(row["al"]),
            },
        },
    )


def expected(table):
    """By form: "canonical", "partner" and "raw"."""

    def rows():
        with open(table, encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)

    def lines():
        with open(table, encoding="utf-8", newline="\n") as whole:
            for line in whole:
                yield "", line.removesuffix("\n")

    return {
        "canonical": content(expected_event(row, True) for row in rows()),
        "partner": content(expected_event(row, False) for row in rows()),
        "raw": content(raw(lines())),
    }


def found(form, messages):
    return content(raw(messages) if form == "raw" else events(messages))
