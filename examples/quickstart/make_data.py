#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Writes the sample data of the quickstart: three partners of an invented valley, each in its own format.

    python3 make_data.py [FOLDER]      (default: data, beside this file)

The same bytes at every run. Names, places, numbers and addresses are invented; no person is named.
"""
import json
import pathlib
import sys
import uuid
import zipfile
from xml.sax.saxutils import escape

FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "data"

# ------------------------------------------------------------------- a cooperative's workbook (XLSX, two header rows)

# code, service, type, town, street, postal code, telephone, e-mail, places, free, price, unit, updated (day count)
AIRONE = [
    ("AIR-01", "Centro diurno integrato Il Glicine", "CDI", "Valfiorita", "via dei Tigli, 4", "24099", "0345 555101",
     "glicine@airone.example", 30, 4, 38.5, "giorno", 46023),
    ("AIR-02", "Assistenza domiciliare Airone", "SAD", "Valfiorita", "via dei Tigli, 4", "24099", "0345 555102",
     "sad@airone.example", None, None, 21.8, "ora", 46023),
    ("AIR-03", "Centro diurno disabili La Quercia", "CDD", "Pontechiaro", "piazza del Mulino, 1", "24098", "0345 555103",
     "quercia@airone.example", 20, 0, 52, "giorno", 46030),
    ("AIR-04", "Comunità alloggio Casa Betulla", "CSS", "Pontechiaro", "via alle Fonti, 12", "24098", "0345 555104",
     "betulla@airone.example", 10, 1, 96, "giorno", 46030),
    ("AIR-05", "Pasti a domicilio", "Pasti", "Valfiorita", "via dei Tigli, 4", "24099", "0345 555105",
     "pasti@airone.example", 60, 12, 7.2, "pasto", 46037),
    ("AIR-06", "Trasporto sociale della valle", "Trasporto", "Valfiorita", "via della Stazione, 2", "24099", "0345 555106",
     "trasporti@airone.example", 16, 3, 4.5, "accesso", 46037),
    ("AIR-07", "Doposcuola Il Girotondo", "Doposcuola", "San Rocco in Valle", "via Scuole, 8", "24097", "0345 555107",
     "girotondo@airone.example", 40, 9, 3.5, "ora", 46044),
    ("AIR-08", "Telesoccorso Filo Diretto", "Telesoccorso", "Valfiorita", "via dei Tigli, 4", "24099", "0345 555108",
     "non ancora attiva", 200, 71, 18, "mese", 46044),
    ("AIR-09", "Nido famiglia Il Pettirosso", "Nido famiglia", "San Rocco in Valle", "via alla Chiesa, 3", "24097", "0345 555109",
     "pettirosso@airone.example", 6, 0, 5.9, "ora", 46051),
    ("AIR-10", "Soggiorno estivo al lago", "CRE", "Valfiorita", "via dei Tigli, 4", "24099", "0345 555110",
     "estate@airone.example", 35, 35, 110, "giorno", 46051),
]

HEADER_TOP = ["Codice", "Servizio", "Tipo", "Sede", None, None, "Contatti", None, "Posti", None, "Tariffa", None, "Aggiornato il"]
HEADER = [None, None, None, "Comune", "Indirizzo", "CAP", "Telefono", "E-mail", "Totali", "Liberi", "Euro", "Unità", None]
MERGED = ["A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:H3", "I3:J3", "K3:L3", "M3:M4", "A1:M1"]


def letters(index):
    return chr(ord("A") + index)


class Workbook:
    """One sheet, shared strings, one style for dates."""

    def __init__(self):
        self.strings, self.rows = [], []

    def cell(self, reference, value, date=False):
        if value is None:
            return ""
        if isinstance(value, str):
            if value not in self.strings:
                self.strings.append(value)
            return f'<c r="{reference}" t="s"><v>{self.strings.index(value)}</v></c>'
        style = ' s="1"' if date else ""
        return f'<c r="{reference}"{style}><v>{value}</v></c>'

    def row(self, number, values, date_column=None):
        cells = "".join(self.cell(f"{letters(i)}{number}", v, i == date_column) for i, v in enumerate(values))
        self.rows.append(f'<row r="{number}">{cells}</row>')

    def parts(self):
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006"
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        merged = "".join(f'<mergeCell ref="{m}"/>' for m in MERGED)
        shared = "".join(f"<si><t>{escape(s)}</t></si>" for s in self.strings)
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        yield "[Content_Types].xml", (
            f'{head}<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{sheet}.styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{sheet}.sharedStrings+xml"/></Types>')
        yield "_rels/.rels", (
            f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        yield "xl/workbook.xml", (
            f'{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Servizi" sheetId="1" r:id="rId1"/></sheets></workbook>')
        yield "xl/_rels/workbook.xml.rels", (
            f'{head}<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId3" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        yield "xl/styles.xml", (
            f'{head}<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>')
        yield "xl/sharedStrings.xml", (
            f'{head}<sst xmlns="{main}" count="{len(self.strings)}" uniqueCount="{len(self.strings)}">{shared}</sst>')
        yield "xl/worksheets/sheet1.xml", (
            f'{head}<worksheet xmlns="{main}"><sheetData>{"".join(self.rows)}</sheetData>'
            f'<mergeCells count="{len(MERGED)}">{merged}</mergeCells></worksheet>')

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.parts():
                entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, text.encode("utf-8"))


def cooperative():
    book = Workbook()
    book.row(1, ["Cooperativa sociale Airone – servizi e posti"])
    book.row(3, HEADER_TOP)
    book.row(4, HEADER)
    for number, service in enumerate(AIRONE, 5):
        book.row(number, service, date_column=12)
    book.save(FOLDER / "cooperativa-airone.xlsx")


# ---------------------------------------------------------------- a municipality's register (XML in Windows-1252)

VALFIORITA = [
    ("VF-101", "Segretariato sociale", "segretariato", "Sportello per orientarsi tra i servizi: perché nessuno resti solo",
     "piazza Libertà", "1", ["0345 555201"], "attivo", ["multiutenza"], "0,00", "accesso", "07/01/2026"),
    ("VF-102", "Assistenza domiciliare comunale", "sad", "Cura della persona e della casa per chi è in difficoltà",
     "piazza Libertà", "1", ["0345 555202", "0345 555203"], "attivo", ["anziani", "disabilità"], "19,50", "ora", "07/01/2026"),
    ("VF-103", "Asilo nido L'Aquilone", "nido", "Da 3 a 36 mesi, apertura 7.30–18.00",
     "via degli Ippocastani", "22/A", ["0345 555204"], "attivo", ["minori e famiglia"], "1.020,00", "mese", "12/01/2026"),
    ("VF-104", "Centro per le famiglie Più Insieme", "centro famiglie", "Incontri, ascolto, gruppi di genitori",
     "via Nazario Sauro", "5", ["0345 555205"], "attivo", ["minori e famiglia"], "", "", "12/01/2026"),
    ("VF-105", "Punto unico di accesso", "pua", "Accoglienza della domanda socio-sanitaria",
     "via dell'Ospedale", "2", ["0345 555206"], "attivo", ["anziani", "disabilità", "multiutenza"], "0,00", "accesso", "15/01/2026"),
    ("VF-106", "Centro ricreativo estivo Estate Ragazzi", "cre", "Dai 6 ai 14 anni, da giugno ad agosto",
     "via Scuole", "8", [], "sospeso", ["minori e famiglia"], "65,00", "pacchetto", "20/01/2026"),
    ("VF-107", "Alloggi protetti di via Mameli", "housing", "Sei appartamenti per anziani autosufficienti",
     "via Goffredo Mameli", "14", ["0345 555207"], "attivo", ["anziani"], "310,00", "mese", "20/01/2026"),
    ("VF-108", "Telesoccorso comunale", "telesoccorso", "Servizio passato alla cooperativa",
     "piazza Libertà", "1", ["0345 555208"], "cessato", ["anziani"], "", "", "20/01/2026"),
    ("VF-109", "Consultorio familiare", "consultorio", "Ascolto e sostegno – accesso libero, costo 0 €",
     "via dell'Ospedale", "2", ["0345 555209"], "attivo", ["minori e famiglia", "povertà"], "0,00", "accesso", "22/01/2026"),
]


def municipality():
    lines = ['<?xml version="1.0" encoding="windows-1252"?>', '<registro ente="c_z999" denominazione="Comune di Valfiorita">', "  <servizi>"]
    for code, name, kind, text, street, number, phones, state, areas, price, unit, updated in VALFIORITA:
        lines.append(f'    <servizio codice="{code}" stato="{state}">')
        lines.append(f"      <denominazione>{escape(name)}</denominazione>")
        lines.append(f"      <tipologia>{kind}</tipologia>")
        lines.append(f"      <descrizione>{escape(text)}</descrizione>")
        lines.append(f"      <sede><via>{escape(street)}</via><civico>{number}</civico><cap>24099</cap><comune>Valfiorita</comune></sede>")
        lines += [f"      <telefono>{phone}</telefono>" for phone in phones]
        lines.append("      <utenza>" + "".join(f"<area>{area}</area>" for area in areas) + "</utenza>")
        if price:
            lines.append(f'      <tariffa unita="{unit}">{price} €</tariffa>')
        lines.append(f"      <aggiornato>{updated}</aggiornato>")
        lines.append("    </servizio>")
    lines += ["  </servizi>", "</registro>", ""]
    (FOLDER / "comune-valfiorita.xml").write_bytes("\r\n".join(lines).encode("windows-1252"))


# ------------------------------------------------------------------- a consortium's catalogue (HSDS 3.0, a page of services)

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://catalogo.consorzio-lariana.example/")

MEMBERS = {
    "sole": ("Cooperativa sociale Il Sole di Casa", "Servizi educativi e per l'infanzia"),
    "tasso": ("Cooperativa sociale Il Tasso", "Inserimento lavorativo e manutenzioni"),
    "rondine": ("Cooperativa sociale Rondine", "Assistenza ad anziani e persone con disabilità"),
}

LARIANA = [
    ("micronido-sole", "sole", "Micronido Raggio di Sole", "Micronido per dieci bambini", "active", 0, 3, 540.0, "Retta mensile"),
    ("spazio-gioco", "sole", "Spazio gioco Coccinella", "Due mattine la settimana, con un adulto", "active", 1, 3, 8.0, "A ingresso"),
    ("doposcuola-sole", "sole", "Doposcuola Compiti e Merenda", "Lunedì, mercoledì e venerdì", "active", 6, 14, 4.0, "All'ora"),
    ("officina-tasso", "tasso", "Officina delle autonomie", "Percorsi verso il lavoro per giovani con disabilità", "active", 16, 35, None, None),
    ("verde-tasso", "tasso", "Cura del verde a domicilio", "Piccoli lavori per chi non può farli da sé", "active", None, None, 19.0, "All'ora"),
    ("sad-rondine", "rondine", "Assistenza domiciliare Rondine", "Operatori qualificati, anche la domenica", "active", 65, None, 23.5, "All'ora"),
    ("badanti-rondine", "rondine", "Sportello assistenti familiari", "Ricerca, contratto e tutoraggio", "active", None, None, 60.0, "A pratica"),
    ("sollievo-rondine", "rondine", "Fine settimana di sollievo", "Un respiro per chi cura", "temporarily closed", 18, None, 85.0, "Al giorno"),
    ("telefono-rondine", "rondine", "Telefono amico della valle", "Chiuso nel 2025", "defunct", None, None, None, None),
]


def identified(kind, name):
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{name}"))


def hsds_service(key, member, name, description, status, youngest, oldest, price, option):
    organization, about = MEMBERS[member]
    service = {
        "id": identified("service", key),
        "name": name,
        "description": description,
        "status": status,
        "url": f"https://{member}.consorzio-lariana.example/{key}",
        "email": f"{member}@consorzio-lariana.example",
        "last_modified": "2026-01-19T08:00:00Z",
        "organization": {"id": identified("organization", member), "name": organization, "description": about,
                         "website": f"https://{member}.consorzio-lariana.example/"},
        "phones": [{"id": identified("phone", key), "number": "031 555" + f"{300 + len(key):03d}", "type": "voice"}],
    }
    if youngest is not None:
        service["minimum_age"] = youngest
    if oldest is not None:
        service["maximum_age"] = oldest
    if price is not None:
        service["cost_options"] = [{"id": identified("cost_option", key), "option": option, "currency": "EUR", "amount": price,
                                    "amount_description": option}]
    return service


def consortium():
    services = [hsds_service(*row) for row in LARIANA]
    page = {"total_items": len(services), "total_pages": 1, "page_number": 1, "size": len(services), "first_page": True,
            "last_page": True, "empty": False, "contents": services}
    text = json.dumps(page, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "consorzio-lariana.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    cooperative()
    municipality()
    consortium()
