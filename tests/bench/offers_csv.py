#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A table of offers, about 300 bytes a row, with quotes and commas inside: the same one for the same arguments.

usage: offers_csv.py ROWS FILE
"""
import sys

CHANNELS = ("piano aziendale", "a pagamento", "comune")
UNITS = ("ora", "giorno", "pasto", "mese")
LETTERS = ("f", "f_bis", "f_ter", "c3")
PLACES = ("Albino", "Nembro", "Alzano", "Clusone", "Gandino", "Vertova", "Leffe")
WORDS = (
    'Centro diurno "La Quercia", via dei Tigli 12',
    'Assistenza domiciliare, anche festiva, con "pacchetto famiglia"',
    "Doposcuola e compiti; piccoli gruppi, sala al piano terra",
    'Trasporto accompagnato, andata e ritorno, "porta a porta"',
)
HEADER = "centro,codice,servizio,canale,descrizione,centesimi,unita,tuir,dal,al,comune,note\r\n"


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def row(n):
    what = f"{WORDS[n % 4]}, {PLACES[n % 7]}: proposta n. {n:07d}, prenotazione con due giorni di anticipo"
    note = f"Rivolgersi all'operatore {n * 7919 % 1000:03d}, interno {n % 90 + 10}; portare il documento, se richiesto"
    return (
        f"C{n % 997:04d},{n:08d},S{n % 49999:06d},{CHANNELS[n % 3]},{quoted(what)},{500 + n * 31 % 9500},"
        f"{UNITS[n % 4]},{LETTERS[n % 4]},01/{n % 12 + 1:02d}/2026,31/12/2026,{PLACES[n % 7]},{quoted(note)}\r\n"
    )


def main():
    rows, path = int(sys.argv[1]), sys.argv[2]
    with open(path, "w", encoding="utf-8", newline="", buffering=1 << 20) as out:
        out.write(HEADER)
        for n in range(rows):
            out.write(row(n))


main()
